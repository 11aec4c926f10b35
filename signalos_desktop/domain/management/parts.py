"""Which parts of an open trade are closed at which price, and which of them are due now."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.levels import exit_price
from signalos_desktop.domain.management.rules import TradePlan
from signalos_desktop.domain.management.state import ManagedTrade, Step, StepKind
from signalos_desktop.domain.risk.legs import split_volume
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, floor_to_step, plain, with_digits

PARTIAL = "partial close"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the volume that the app closes at a price; key: what it may do once only."""

    key: str
    price: Decimal
    lots: Decimal
    why: str


def parts_of(trade: ManagedTrade) -> tuple[Part, ...]:
    """All parts of a trade, nearest price first; what is left is closed by its T/P or S/L."""
    found = [*_at_targets(trade), *_at_r(trade)]
    return tuple(sorted(found, key=lambda part: trade.side.sign * part.price))


def due_parts(trade: ManagedTrade, quote: Quote) -> tuple[Step, ...]:
    """Steps for what is left of the parts whose price has come.

    A rest below the smallest volume goes with the part before it.
    """
    steps: list[Step] = []
    left, price = trade.position.volume, exit_price(trade.side, quote)
    for part in parts_of(trade):
        rest = part.lots - trade.closed.get(part.key, ZERO)
        if rest < trade.spec.volume_min or trade.side.sign * (price - part.price) < 0:
            continue
        lots = min(rest, left)
        text = f"rule: {part.why}: {plain(lots)} of {plain(left)} lots"
        if left - lots < trade.spec.volume_min:
            text = f"rule: {part.why}: all {plain(left)} lots, the rest would be too small"
            return (*steps, Step(StepKind.CLOSE, part.key, PARTIAL, text))
        steps.append(Step(StepKind.CLOSE_PART, part.key, PARTIAL, text, lots=lots))
        left -= lots
    return tuple(steps)


def too_small(plan: TradePlan, lots: Decimal, spec: SymbolSpec) -> Iterator[str]:
    """Parts that are no volume of the symbol: said when the order is decided, then left out."""
    for r, percent in plan.rules.partials:
        part = floor_to_step(lots * percent / 100, spec.volume_step)
        if part < spec.volume_min:
            yield (
                f"{plain(percent)} % of {plain(lots)} lots is {plain(part)}, smallest volume"
                f" {plain(spec.volume_min)}: nothing is closed at {plain(r)} R"
            )


def _at_targets(trade: ManagedTrade) -> Iterator[Part]:
    plan, spec = trade.plan, trade.spec
    if len(plan.weights) < 2:
        return
    volumes = split_volume(trade.volume, plan.weights, spec.volume_step, spec.volume_min)
    for number, (target, lots) in enumerate(zip(plan.targets, volumes, strict=True), 1):
        if target is not None and lots and number < len(plan.targets):
            why = f"T/P {number} at {with_digits(target, spec.digits)}"
            yield Part(f"tp{number}", target, lots, why)


def _at_r(trade: ManagedTrade) -> Iterator[Part]:
    spec = trade.spec
    for r, percent in trade.plan.rules.partials:
        price = trade.ahead(r)
        lots = floor_to_step(trade.volume * percent / 100, spec.volume_step)
        if price is not None and lots >= spec.volume_min:
            why = f"{plain(percent)} % at {plain(r)} R ({with_digits(price, spec.digits)})"
            yield Part(f"r{plain(r)}", price, lots, why)
