"""The start of a terminal: journal and command files are compared before anything may be sent."""

from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import (
    STOPPED_BY,
    CommandState,
    CommandStateEntry,
    Entry,
    Replay,
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
    for cmd_id, tracked in tuple(flight.tracked.items()):
        if tracked.state not in (CommandState.QUEUED, CommandState.NOT_SENT):
            continue
        if cmd_id in in_files:
            flight.find_in_file(cmd_id)
            state, reason = CommandState.PUBLISHED, ""
        elif tracked.state is CommandState.NOT_SENT:
            continue
        else:
            state, reason = CommandState.NOT_SENT, "RESTART: the panel ended before it was sent"
            flight.drop(cmd_id, reason)
        entries.append(CommandStateEntry(account, cmd_id, now, state, reason))
    foreign = tuple(sorted(cmd_id for cmd_id in in_files if cmd_id > journal_largest))
    return Reconciled(tuple(entries), foreign)


def settled_rows(flight: Flight, beginning: Beginning, foreign: tuple[int, ...]) -> frozenset[int]:
    """Rows of the files whose outcome is in the journal: their file may be archived."""
    waiting = {tracked.command.cmd_id for tracked in flight.outstanding()} | set(foreign)
    return frozenset(row.cmd_id for row in beginning.rows if row.cmd_id not in waiting)


@dataclass(frozen=True, slots=True)
class LastState:
    """The state that the journal remembers for an account: what a start may not fall below."""

    reasons: frozenset[PauseReason]
    stop_level: StopLevel
    stopped_by: str = ""


def last_state(replay: Replay, account: Account) -> LastState:
    """The last entry of the account in the journal's order, whatever the clock said meanwhile.

    Reasons that clear themselves are found anew.
    """
    states = [entry for entry in replay.states if entry.account in (None, account)]
    if not states:
        return LastState(frozenset(), StopLevel.NONE)
    last = states[-1]
    kept = frozenset(reason for reason in last.reasons if not reason.clears_itself)
    level = max(last.stop_level, StopLevel.HALT) if last.state.stopped else StopLevel.NONE
    named = last.source.startswith(STOPPED_BY) and last.state.stopped
    by = last.source.removeprefix(STOPPED_BY) if named else ""
    return LastState(kept - {PauseReason.FENCED}, level, by)
