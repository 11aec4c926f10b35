"""Where an account stands now: its state, its limits, and what is still to be resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import StateChanged
from signalos_desktop.engine.limits import Headroom


@dataclass(frozen=True, slots=True)
class Unclear:
    """A command on the must-resolve list: its outcome is unknown or overdue."""

    cmd_id: int
    signal: str | None
    action: str
    symbol: str
    lots: Decimal
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands now. outstanding: commands whose outcome is still to come."""

    state: StateChanged
    limits: tuple[Headroom, ...]
    outstanding: int
    unclear: tuple[Unclear, ...]


def standing_of(desk: Desk, limits: Iterable[Headroom]) -> Standing:
    state = desk.judge("asked")
    return Standing(state, tuple(limits), len(desk.flight.outstanding()), _unclear(desk))


def _unclear(desk: Desk) -> tuple[Unclear, ...]:
    entries = [tracked.entry for tracked in desk.flight.unresolved(desk.issuer().now)]
    return tuple(
        Unclear(c.cmd_id, entry.signal, c.action.value, c.symbol, c.lots, c.created)
        for entry in entries
        for c in (entry.command,)
    )
