"""What FIRE fixes for the time after it: the plan of each order, and what is said about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.management.parts import too_small
from signalos_desktop.domain.management.rules import ManagementRules, TradePlan
from signalos_desktop.domain.risk.decision import Decision, Leg
from signalos_desktop.domain.risk.legs import weights_for
from signalos_desktop.domain.values import ZERO, plain
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.settings import Settings

NO_PRICES = "no live price: break-even, trailing, partial closes and holding time are not run"


def managed(
    entry: CommandEntry, decision: Decision, desk: Desk, settings: Settings, provider: str
) -> CommandEntry:
    """The command with its plan; its own expiry only where the broker can keep it.

    settings: as they hold for the provider and the account.
    """
    rules = settings.provider(provider).rules(settings.rules)
    plan = _plan(entry.command, decision, desk, settings.management, rules.targets_weights)
    if plan.order_expiry is not None:
        entry = replace(entry, command=replace(entry.command, order_expiry=None))
    active = plan.active and desk.bridge.means.prices
    return replace(entry, plan=plan) if active else entry


def with_notes(decision: Decision, desk: Desk, settings: Settings) -> Decision:
    """What of the rules cannot be done for these orders, said before they are sent."""
    notes = dict.fromkeys(_notes(decision, desk, settings))
    return replace(decision, notes=(*decision.notes, *notes)) if notes else decision


def _plan(
    command: Command,
    decision: Decision,
    desk: Desk,
    rules: ManagementRules,
    weights: Sequence[Decimal],
) -> TradePlan:
    levels = decision.levels
    targets = levels.targets if levels is not None else (command.tp,)
    return TradePlan(
        rules=rules,
        sl=command.sl or ZERO,
        targets=targets,
        target=targets.index(command.tp) + 1,
        weights=weights_for(len(targets), weights) if desk.book.netting else (),
        order_expiry=command.order_expiry if _kept_by_us(desk, command.symbol) else None,
    )


def _kept_by_us(desk: Desk, symbol: str) -> bool:
    """True if the broker takes resting orders of the symbol without an expiry only."""
    return "SPECIFIED" not in desk.book.specs[symbol].expiration_mode


def _joined(desk: Desk, decision: Decision, leg: Leg, *, ruled: bool) -> Iterator[str]:
    """On a netting account the newest entry that has a plan rules the whole position."""
    targets = decision.levels.targets if decision.levels is not None else ()
    ours = "the rules of this order" if ruled or len(targets) > 1 else "the rules that it has"
    for held in desk.book.positions.values() if desk.book.netting else ():
        if (held.symbol, held.side) == (leg.symbol, leg.side):
            yield (
                f"netting: {held.side.upper()} {plain(held.volume)} {held.symbol} ({held.ticket})"
                f" becomes one position with it: then {ours} and its S/L {plain(leg.sl)} hold for"
                " all of it"
            )


def _notes(decision: Decision, desk: Desk, settings: Settings) -> Iterator[str]:
    rules = settings.management
    if rules.active and decision.legs and not desk.bridge.means.prices:
        yield NO_PRICES
        return
    for leg in decision.legs:
        yield from _joined(desk, decision, leg, ruled=rules.active)
        plan = TradePlan(rules, leg.sl, (leg.tp,), 1)
        yield from too_small(plan, leg.lots, desk.book.specs[leg.symbol])
        if leg.action.pending and _kept_by_us(desk, leg.symbol):
            yield (
                f"the broker keeps no expiry for {leg.symbol}: the panel cancels the order in time,"
                " if it is running then"
            )
