"""Caps on what is held: orders by provider and side, lots, value, and each currency's share."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from signalos_desktop.domain.risk.case import Case, priced_symbols
from signalos_desktop.domain.risk.currencies import (
    Market,
    currency_values,
    leaning,
    legs_of,
    lot_value,
)
from signalos_desktop.domain.risk.decision import Gate
from signalos_desktop.domain.risk.limits import Rule, at_most, off, unknown
from signalos_desktop.domain.risk.sizing import ceil_cents, stop_loss_per_lot
from signalos_desktop.domain.values import ZERO, Side

PROVIDER = Rule("MAX_POSITIONS_PROVIDER", "Positions of the provider")
SIDE = Rule("MAX_POSITIONS_SIDE", "Positions of the side")
SYMBOL_LOTS = Rule("MAX_LOTS_SYMBOL", "Lots in the symbol", "lots")
TOTAL_LOTS = Rule("MAX_LOTS_TOTAL", "Lots in all", "lots")
ORDER_VALUE = Rule("MAX_ORDER_VALUE", "Value of the order")
CURRENCY = Rule("CURRENCY_EXPOSURE", "Currency exposure", "x equity")
CURRENCY_RISK = Rule("CURRENCY_RISK", "Risk on one currency", "%")

ADVICE = "close something first, or raise the limit"
_OFF = {
    rule: off(rule, f"{rule.name}: no limit set")
    for rule in (PROVIDER, SIDE, SYMBOL_LOTS, TOTAL_LOTS, ORDER_VALUE, CURRENCY, CURRENCY_RISK)
}


def provider_positions_gate(case: Case) -> Gate:
    """Orders and positions of the candidate's provider, with the new ones."""
    limit = case.rules.max_positions_provider
    if not limit:
        return _OFF[PROVIDER]
    context, provider = case.context, case.candidate.provider
    if context.positions is None or context.orders is None:
        return _unknown(PROVIDER)
    tickets = [*(p.ticket for p in context.positions), *(o.ticket for o in context.orders)]
    held = sum(context.providers.get(ticket) == provider for ticket in tickets)
    held += sum(order.provider == provider for order in context.reserved)
    return at_most(PROVIDER, Decimal(held + case.new_orders), Decimal(limit), ADVICE)


def side_positions_gate(case: Case) -> Gate:
    """Orders and positions of the same side in all symbols, with the new ones."""
    limit, side = case.rules.max_positions_side, case.candidate.order.side
    if not limit:
        return _OFF[SIDE]
    if case.exposure is None or side is None:
        return _unknown(SIDE)
    held = sum(way is side for _, way, _ in case.exposure.orders)
    return at_most(SIDE, Decimal(held + case.new_orders), Decimal(limit), ADVICE)


def symbol_lots_gate(case: Case) -> Gate:
    return _lots(case, SYMBOL_LOTS, case.rules.max_lots_symbol, only=True)


def total_lots_gate(case: Case) -> Gate:
    return _lots(case, TOTAL_LOTS, case.rules.max_lots_total, only=False)


def order_value_gate(case: Case) -> Gate:
    """What the new orders of this signal are worth, in account currency."""
    limit = case.rules.max_order_value
    if not limit:
        return _OFF[ORDER_VALUE]
    value = None
    if case.spec is not None and case.quote is not None:
        value = lot_value(case.spec, case.quote)
    if value is None or case.account is None:
        return _unknown(ORDER_VALUE)
    worth = _rounded(value * case.new_lots)
    rule = Rule(ORDER_VALUE.code, ORDER_VALUE.name, case.account.currency)
    return at_most(rule, worth, limit, "lower the risk, or raise the limit")


def currency_gate(case: Case) -> Gate:
    """Net value of each currency of the order, all trades together, as a multiple of equity.

    An order that makes a currency's net value smaller passes.
    """
    limit = case.rules.max_currency_exposure
    if not limit:
        return _OFF[CURRENCY]
    spec, quote = case.spec, case.quote
    account, side = case.account, case.candidate.order.side
    if case.exposure is None or spec is None or quote is None or side is None or account is None:
        return _unknown(CURRENCY)
    market = {**priced_symbols(case.context), spec.name: (spec, quote)}
    new = (spec.name, side, case.new_lots)
    before = currency_values(case.exposure.orders, market)
    after = currency_values((*case.exposure.orders, new), market)
    if before is None or after is None or account.equity <= 0:
        return _unknown(CURRENCY)
    worst, name = ZERO, ""
    for currency, _ in legs_of(spec, side):
        value = abs(after.get(currency, ZERO))
        if value > abs(before.get(currency, ZERO)) and value >= worst:
            worst, name = value, currency
    rule = Rule(CURRENCY.code, f"{CURRENCY.name} {name}".strip(), CURRENCY.unit)
    return at_most(rule, _rounded(worst / account.equity), limit, ADVICE)


def currency_risk_gate(case: Case) -> Gate:
    """Losses at S/L of all trades that lean the same way on a currency of this one."""
    limit = case.rules.max_currency_risk_percent
    if not limit:
        return _OFF[CURRENCY_RISK]
    side, spec, quote = case.candidate.order.side, case.spec, case.quote
    losses = _losses(case, priced_symbols(case.context))
    if losses is None or side is None or spec is None or quote is None or case.base <= 0:
        return _unknown(CURRENCY_RISK)
    market = {**priced_symbols(case.context), spec.name: (spec, quote)}
    found = leaning((*losses, (spec.name, side, case.new_loss)), market)
    legs = legs_of(spec, side)
    (currency, way) = max(legs, key=lambda leg: found.get(leg, ZERO))
    share = ceil_cents(100 * Fraction(found[currency, way]) / Fraction(case.base), 2)
    lean = "rising" if way > 0 else "falling"
    rule = Rule(CURRENCY_RISK.code, f"Risk on {currency} {lean}", CURRENCY_RISK.unit)
    return at_most(rule, share, limit, ADVICE)


def _lots(case: Case, rule: Rule, limit: Decimal, *, only: bool) -> Gate:
    if not limit:
        return _OFF[rule]
    if case.exposure is None or case.spec is None:
        return _unknown(rule)
    name = case.spec.name
    held = (lots for symbol, _, lots in case.exposure.orders if not only or symbol == name)
    return at_most(rule, sum(held, case.new_lots), limit, ADVICE)


def _losses(case: Case, market: Market) -> list[tuple[str, Side, Decimal]] | None:
    """Of each trade its loss at the S/L; None = one of them cannot be computed."""
    if case.exposure is None or case.exposure.heat is None or case.account is None:
        return None
    found = [(order.symbol, order.side, order.loss) for order in case.context.reserved]
    digits, currency = case.account.currency_digits, case.account.currency
    for symbol, side, lots, at, sl in _held(case):
        spec, quote = market[symbol]
        loss = stop_loss_per_lot(side, at, sl, spec, quote, currency)
        found.append((symbol, side, ceil_cents((loss or 0) * Fraction(lots), digits)))
    return found


def _held(case: Case) -> Iterator[tuple[str, Side, Decimal, Decimal, Decimal]]:
    """Symbol, side, lots, opening price and S/L; exposure has seen that each has an S/L."""
    for pos in case.context.positions or ():
        yield pos.symbol, pos.side, pos.volume, pos.price_open, pos.sl or ZERO
    for order in case.context.orders or ():
        yield order.symbol, order.side, order.volume, order.price, order.sl or ZERO


def _unknown(rule: Rule) -> Gate:
    text = "symbol, price, tick value or positions are not known yet: wait, or open the chart"
    return unknown(rule, f"{rule.name}: cannot be computed, {text}")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_CEILING)
