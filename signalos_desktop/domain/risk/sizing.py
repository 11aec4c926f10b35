"""Volume from money at risk. Exact ratios inside; sizes are rounded down, losses up."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.levels import Levels
from signalos_desktop.domain.risk.commissions import commission_of
from signalos_desktop.domain.risk.rules import OverMax, RiskBase, RiskMode, RiskRules
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side, exact, floor_money, plain, with_digits

_COST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Size:
    """A volume and why: budget = what may be lost (None with fixed lots), per_lot with costs.

    commission: per lot and side, part of per_lot.
    """

    lots: Decimal
    wanted: Decimal
    budget: Decimal | None
    per_lot: Fraction
    commission: Decimal = ZERO
    notes: tuple[str, ...] = ()


def base_money(account: AccountState, rules: RiskRules) -> Decimal:
    """What percentages are taken of."""
    return {
        RiskBase.BALANCE: account.balance,
        RiskBase.EQUITY: account.equity,
        RiskBase.FIXED: rules.base_money,
        RiskBase.MIN: min(account.balance, account.equity),
    }[rules.base]


def ceil_cents(value: Fraction, digits: int) -> Decimal:
    """An exact amount rounded up to the currency's digits."""
    return Decimal(-(-value.numerator * 10**digits // value.denominator)).scaleb(-digits)


def floor_lots(value: Fraction, step: Decimal) -> Decimal:
    """The largest number of whole steps that is not above value."""
    return floor(value / exact(step)) * step


def stop_loss_per_lot(
    side: Side, entry: Decimal, stop: Decimal, spec: SymbolSpec, quote: Quote, currency: str
) -> Fraction | None:
    """What one lot loses from entry to stop, in account currency; 0 if the stop is in profit.

    None: the terminal gives no usable tick value.
    """
    price = loss_per_price(spec, quote)
    if price is None:
        return None
    distance = side.sign * (entry - stop)
    if distance <= 0:
        return Fraction(0)
    loss = exact(distance) * price
    return loss * exact(quote.ask) / exact(stop) if at_stop_rate(spec, currency) else loss


def loss_per_price(spec: SymbolSpec, quote: Quote) -> Fraction | None:
    """What one lot loses when the price moves by 1; None without a usable tick value."""
    value = quote.tick_value_loss
    if not value.is_finite() or value <= 0:
        return None
    return exact(value) / exact(spec.tick_size)


def at_stop_rate(spec: SymbolSpec, currency: str) -> bool:
    """True where the account's currency is the pair's base.

    There the loss is converted at the stop, not at today's price: the tick value times ask / stop.
    """
    return (
        spec.calc_mode.startswith("FOREX")
        and _same_money(currency, spec.currency_base)
        and not _same_money(currency, spec.currency_profit)
    )


def deviation_points(levels: Levels, spec: SymbolSpec, rules: RiskRules) -> int:
    """Slippage that a market order may have, in points; the volume is sized for it.

    The setting, or a hundredth of the S/L's distance if that is more (three points are much for
    EURUSD and nothing for an index); never more than a tenth of the distance.
    """
    if levels.order_type is not OrderType.MARKET or levels.distance is None:
        return 0
    points = int(levels.distance / spec.point)
    return min(max(rules.slippage_points, points // 100), points // 10)


def cost_per_lot(
    levels: Levels, stop: Decimal, spec: SymbolSpec, quote: Quote, currency: str, rules: RiskRules
) -> Fraction | None:
    """Loss of one lot at the S/L from the worst allowed price, with commission of both sides."""
    slip = deviation_points(levels, spec, rules) * spec.point
    worst = levels.price + levels.side.sign * slip
    loss = stop_loss_per_lot(levels.side, worst, stop, spec, quote, currency)
    return None if loss is None else loss + 2 * commission_per_lot(spec, quote, rules)


def size_order(
    levels: Levels,
    spec: SymbolSpec,
    quote: Quote,
    account: AccountState,
    rules: RiskRules,
    held: Decimal,
) -> Size | Refusal:
    """The volume the rules allow. held: lots of this symbol and side, open or on their way."""
    if levels.sl is None:
        return Refusal("SL_REQUIRED", "no S/L, so no volume: ask the provider for the S/L")
    if levels.side.sign * (levels.price - levels.sl) <= 0:
        price, stop = (with_digits(value, spec.digits) for value in (levels.price, levels.sl))
        text = f"price {price} is not on the right side of the S/L {stop}: skip the signal"
        return Refusal("SL_WRONG_SIDE", text)
    per_lot = cost_per_lot(levels, levels.sl, spec, quote, account.currency, rules)
    if not per_lot:
        text = (
            f"{spec.name}: the terminal states no tick value (tick_value_loss "
            f"{quote.tick_value_loss}): open its chart in MT5, then try again"
        )
        return Refusal("TICK_VALUE_UNAVAILABLE", text)
    budget = _budget(account, rules)
    wanted = exact(rules.fixed_lots) if budget is None else exact(budget) / per_lot
    lots = floor_lots(wanted, spec.volume_step)
    if lots < spec.volume_min:
        return _below_minimum(wanted, per_lot, spec, account, rules)
    commission = ceil_cents(commission_per_lot(spec, quote, rules), _COST_DIGITS)
    notes = _notes(spec, account.currency, rules)
    most, why = _largest(spec, rules, held)
    if lots > most:
        if rules.over_max == OverMax.DENY or most < spec.volume_min:
            text = f"{plain(lots)} lots, allowed {plain(most)} ({why}): lower the risk or raise it"
            return Refusal("VOLUME_ABOVE_MAX", text)
        notes = (*notes, f"{plain(lots)} lots cut to {plain(most)} ({why})")
        lots = most
    shown = floor_lots(wanted, Decimal("0.0001"))
    return Size(lots, shown, budget, per_lot, commission, notes)


def _budget(account: AccountState, rules: RiskRules) -> Decimal | None:
    if rules.mode == RiskMode.FIXED:
        return None
    share = base_money(account, rules) * rules.percent / 100
    amount = rules.money if rules.mode == RiskMode.MONEY else share
    return floor_money(amount, account.currency_digits)


def _below_minimum(
    wanted: Fraction,
    per_lot: Fraction,
    spec: SymbolSpec,
    account: AccountState,
    rules: RiskRules,
) -> Refusal:
    digits = account.currency_digits
    needed = ceil_cents(per_lot * exact(spec.volume_min), digits)
    base = base_money(account, rules)
    share = f" ({plain(ceil_cents(100 * exact(needed) / exact(base), 2))} %)" if base else ""
    text = (
        f"the risk allows {plain(floor_lots(wanted, Decimal('0.00001')))} lots, "
        f"the smallest volume is {plain(spec.volume_min)}: it would risk "
        f"{with_digits(needed, digits)} {account.currency}{share}: raise the risk or skip it"
    )
    return Refusal("RISK_BELOW_MIN_LOT", text)


def _largest(spec: SymbolSpec, rules: RiskRules, held: Decimal) -> tuple[Decimal, str]:
    limits = [(rules.max_lots, "risk.max_lots"), (spec.volume_max, "the broker's largest volume")]
    if spec.volume_limit > 0:
        limits.append((spec.volume_limit - held, "the broker's limit for one direction"))
    most, why = min(limits)
    return floor_lots(exact(most), spec.volume_step), why


def commission_per_lot(spec: SymbolSpec, quote: Quote, rules: RiskRules) -> Fraction:
    """Per lot and side: as stated for the symbol, else as last paid, else the allowance."""
    stated = commission_of(spec.name, rules.commissions)
    if stated is not None:
        return stated.per_lot(exact(quote.ask) * (loss_per_price(spec, quote) or 0))
    return exact(rules.commission_per_lot if spec.commission is None else abs(spec.commission))


def _notes(spec: SymbolSpec, currency: str, rules: RiskRules) -> tuple[str, ...]:
    notes = []
    if spec.commission is None and commission_of(spec.name, rules.commissions) is None:
        allowance = plain(rules.commission_per_lot)
        notes.append(f"commission not known: {allowance} {currency} a lot and side assumed")
    sides = (spec.currency_base, spec.currency_profit)
    if spec.calc_mode.startswith("FOREX") and not any(_same_money(currency, s) for s in sides):
        notes.append(f"loss in {spec.currency_profit} converted to {currency} at today's rate")
    return tuple(notes)


def _same_money(one: str, other: str) -> bool:
    """True also for a cent account's currency: USC and USD move together."""
    return one == other or (one[:2] == other[:2] and "C" in (one[2:], other[2:]))
