"""Attaches one terminal: takes its folder, restores its desk from the journal, reconciles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import Replay, SessionEntry
from signalos_desktop.engine.ports import (
    Beginning,
    Bridge,
    Checkpoint,
    FolderHeldError,
    OutboxBusyError,
    OutboxFailedError,
    Trouble,
)
from signalos_desktop.engine.reconcile import LastState, last_state, reconcile, settled_rows

MakeDesk = Callable[[Bridge, frozenset[PauseReason]], Desk]


@dataclass(frozen=True, slots=True)
class Attached:
    """A desk that may be polled; before: what the journal remembers of its stop."""

    desk: Desk
    before: LastState


def attach(
    bridge: Bridge, replay: Replay, make_desk: MakeDesk, now: datetime
) -> Attached | Trouble:
    """Nothing may be sent before this is done; a trouble means: try again later."""
    beginning = _begin(bridge, replay)
    if isinstance(beginning, Trouble):
        return beginning
    account = bridge.account
    before = last_state(replay, account)
    desk = make_desk(bridge, before.reasons)
    largest = replay.largest_ids.get(account, 0)
    desk.begin(beginning.session, max(largest, beginning.largest_id))
    desk.flight.restore(k for k in replay.commands if k.entry.command.account == account)
    for known in replay.deals:
        if known.account == account:
            desk.remember_deal(known)
    bridge.recall([k for k in replay.commands if k.entry.command.account == account])
    found = reconcile(desk.flight, beginning, account, largest, now)
    desk.journal(SessionEntry(account, now, beginning.session), *found.entries)
    if found.foreign:
        desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
        listed = ", ".join(map(str, found.foreign[:10]))
        desk.alarm(
            "FOREIGN_ROWS",
            f"the command files hold rows that this journal never wrote: {listed}",
            "find out which program wrote them, look at the account, then resume",
        )
    desk.settled_rows = lambda: settled_rows(desk.flight, beginning, found.foreign)
    desk.archive()
    return Attached(desk, before)


def _begin(bridge: Bridge, replay: Replay) -> Beginning | Trouble:
    account = bridge.account
    marks = [
        Checkpoint(c.file, c.offset, c.mark) for c in replay.checkpoints if c.account == account
    ]
    try:
        return bridge.begin(replay.sessions.get(account, 0), marks)
    except FolderHeldError as held:
        return Trouble("FOLDER_HELD", str(held), "close the other panel or choose another terminal")
    except (OutboxBusyError, OutboxFailedError) as failure:
        return Trouble("FOLDER_NOT_WRITABLE", str(failure), "free the disk or the folder")
