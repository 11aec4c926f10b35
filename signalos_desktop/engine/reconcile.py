"""The start of a terminal: journal and command files are compared before anything may be sent."""

from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import (
    CommandState,
    CommandStateEntry,
    Entry,
    Replay,
    StateEntry,
)
from signalos_desktop.engine.flight import Flight
from signalos_desktop.engine.ports import Beginning


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the comparison found; foreign: ids in the files that the journal never gave."""

    entries: tuple[Entry, ...]
    foreign: tuple[int, ...]


def reconcile(
    flight: Flight, beginning: Beginning, account: Account, journal_largest: int, now: datetime
) -> Reconciled:
    """Settle what a crash left between journal and file. Nothing is ever appended later."""
    in_files = {row.cmd_id for row in beginning.rows}
    entries: list[Entry] = []
    for tracked in flight.outstanding():
        cmd_id = tracked.command.cmd_id
        if tracked.state is not CommandState.QUEUED:
            continue
        if cmd_id in in_files:
            flight.publish(cmd_id)
            state, reason = CommandState.PUBLISHED, ""
        else:
            state, reason = CommandState.NOT_SENT, "RESTART: the panel ended before it was sent"
            flight.drop(cmd_id, reason)
        entries.append(CommandStateEntry(account, cmd_id, now, state, reason))
    foreign = tuple(sorted(cmd_id for cmd_id in in_files if cmd_id > journal_largest))
    return Reconciled(tuple(entries), foreign)


def settled_rows(flight: Flight, beginning: Beginning) -> frozenset[int]:
    """Rows of the files whose outcome is in the journal: their file may be archived."""
    waiting = {tracked.command.cmd_id for tracked in flight.outstanding()}
    return frozenset(row.cmd_id for row in beginning.rows if row.cmd_id not in waiting)


@dataclass(frozen=True, slots=True)
class LastState:
    """The state that the journal remembers for an account: what a start may not fall below."""

    reasons: frozenset[PauseReason]
    stop_level: StopLevel


def last_state(replay: Replay, account: Account) -> LastState:
    """The last entry of the account; reasons that clear themselves are found anew."""
    last: StateEntry | None = None
    for entry in replay.states:
        if entry.account in (None, account) and (last is None or entry.time >= last.time):
            last = entry
    if last is None:
        return LastState(frozenset(), StopLevel.NONE)
    kept = frozenset(reason for reason in last.reasons if not reason.clears_itself)
    level = last.stop_level if last.state.stopped else StopLevel.NONE
    return LastState(kept - {PauseReason.FENCED}, level)
