"""A decision as figures: what was asked and what the broker allows, and the money at each level."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.risk.decision import Decision, Gate, Leg
from signalos_desktop.domain.risk.sizing import ceil_cents
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, parse_decimal, plain
from signalos_desktop.ui.theme.figures import money, percent, price, volume

_RISK = "RISK"
_LONGEST = 12
_CLOSE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One line of Input -> Result; asked "" where there is only a result."""

    name: str
    asked: str
    result: str
    deciding: bool = False


@dataclass(frozen=True, slots=True)
class LevelLine:
    """What happens at a level, in account money; multiple: in parts of the money at risk."""

    name: str
    price: str
    lots: str
    money: Decimal
    multiple: Decimal | None
    loss: bool = False
    total: bool = False


def _risk_budget(decision: Decision) -> Decimal | None:
    """The money that the rules allow for the loss, as the risk gate states it."""
    gate = next((gate for gate in decision.gates if gate.code == _RISK), None)
    if gate is None or not gate.limit:
        return None
    try:
        return parse_decimal(gate.limit.partition(" ")[0])
    except ValueError:
        return None


def volume_lines(
    decision: Decision | None,
    spec: SymbolSpec | None,
    quote: Quote | None,
    account: AccountState | None,
) -> tuple[VolumeLine, ...]:
    if decision is None or spec is None or account is None or not decision.lots:
        return ()
    digits = account.currency_digits
    budget, risk = _risk_budget(decision), decision.risk_money
    asked_percent = asked_money = asked_lots = ""
    if budget is not None and risk > 0:
        asked_percent = _budget_percent(decision, budget, account)
        asked_money = money(budget, digits)
        exact = Fraction(decision.lots) * Fraction(budget) / Fraction(risk)
        asked_lots = f"{float(exact):.4f}"
    lines = [
        VolumeLine("Risk", asked_percent, percent(decision.risk_percent), deciding=True),
        VolumeLine("Money at risk", asked_money, money(risk, digits), deciding=True),
        VolumeLine(
            "Volume, lots", asked_lots, volume(decision.lots, spec.volume_step), deciding=True
        ),
    ]
    if quote is not None and quote.margin_1lot > 0:
        lines.append(VolumeLine("Margin", "", money(quote.margin_1lot * decision.lots, digits)))
    return tuple(lines)


def _budget_percent(decision: Decision, budget: Decimal, account: AccountState) -> str:
    """The budget in percent of what the decision's own percentage is of; empty if that is neither
    the balance nor the equity."""
    for base in (min(account.balance, account.equity), account.balance, account.equity):
        if base > 0 and abs(decision.risk_money * 100 / base - decision.risk_percent) <= _CLOSE:
            return percent(budget * 100 / base)
    return ""


def volume_note(spec: SymbolSpec | None) -> str:
    if spec is None:
        return ""
    return f"step {plain(spec.volume_step)}, min {plain(spec.volume_min)}"


def show_outcome(
    decision: Decision, spec: SymbolSpec | None, quote: Quote | None, digits: int
) -> tuple[LevelLine, ...]:
    levels = decision.levels
    if levels is None or levels.sl is None or spec is None or not decision.lots:
        return ()
    risk = decision.risk_money
    stop = LevelLine(
        "S/L",
        price(levels.sl, spec.digits),
        volume(decision.lots, spec.volume_step),
        -risk,
        Decimal(-1) if risk > 0 else None,
        loss=True,
    )
    legs = [leg for leg in decision.legs if leg.tp is not None]
    gains = [_gain(leg, decision.commission, spec, quote, digits) for leg in legs]
    rows = [
        LevelLine(
            "T/P" if len(legs) == 1 else f"T/P {number}",
            price(leg.tp or ZERO, spec.digits),
            volume(leg.lots, spec.volume_step),
            gain,
            gain / risk if risk > 0 else None,
        )
        for number, (leg, gain) in enumerate(zip(legs, gains, strict=True), 1)
        if gain is not None
    ]
    if len(rows) > 1:
        total = sum((line.money for line in rows), ZERO)
        lots = volume(sum((leg.lots for leg in legs), ZERO), spec.volume_step)
        multiple = total / risk if risk > 0 else None
        rows.append(LevelLine("All T/Ps", "", lots, total, multiple, total=True))
    return (stop, *rows)


def _gain(
    leg: Leg, commission: Decimal, spec: SymbolSpec, quote: Quote | None, digits: int
) -> Decimal | None:
    """What a leg earns at its T/P after commission; None without a usable tick value."""
    value = quote.tick_value if quote is not None else spec.tick_value
    if leg.tp is None or value <= 0 or spec.tick_size <= 0:
        return None
    ticks = Fraction(leg.side.sign * (leg.tp - leg.price)) / Fraction(spec.tick_size)
    gross = ticks * Fraction(value) * Fraction(leg.lots)
    return -ceil_cents(-(gross - 2 * Fraction(commission * leg.lots)), digits)


def show_costs(decision: Decision | None, spec: SymbolSpec | None, digits: int) -> str:
    if decision is None or spec is None or not decision.lots:
        return ""
    if spec.commission is None and not decision.commission:
        return ""
    return f"commission {money(2 * decision.commission * decision.lots, digits)}, slippage in S/L"


def shown_gate(gate: Gate, decision: Decision | None) -> Gate:
    """A gate's value short enough for its row; the whole sentence stays in its text."""
    if gate.code != _RISK or gate.refuses or decision is None:
        return _shortened(gate)
    limit, _, unit = gate.limit.partition(" ")
    actual = f"{decision.risk_money:f}"
    return replace(gate, actual=actual, limit=limit, unit=unit, bound="max" if limit else "")


def _shortened(gate: Gate) -> Gate:
    actual = gate.actual.partition(" (")[0]
    if len(actual) > _LONGEST:
        first, *more = actual.split(", ")
        actual = f"{len(more) + 1} levels" if more else first.partition(" ")[0]
    limit = gate.limit if gate.bound or len(gate.limit) <= _LONGEST else ""
    return replace(gate, actual=actual, limit=limit)
