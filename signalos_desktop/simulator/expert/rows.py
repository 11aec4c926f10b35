"""Settles rows strictly in file order: each gets its own receipt, and nothing waits."""

from collections.abc import Callable, Mapping

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO
from signalos_desktop.domain.wire.commands import CommandRow, decode_command
from signalos_desktop.domain.wire.fields import BAD_ROW, RowError, account_tag
from signalos_desktop.simulator.expert.closing import Closer
from signalos_desktop.simulator.expert.command_files import CommandFiles, Line
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.doubt import Doubts
from signalos_desktop.simulator.expert.guard import Guard
from signalos_desktop.simulator.expert.journal import Journal
from signalos_desktop.simulator.expert.levels import Levels
from signalos_desktop.simulator.expert.opening import Opener, denied, expiry, receipt
from signalos_desktop.simulator.expert.sending import Barrier

BUSY_S = 0.5
"""How long an open may wait for receipts that another program keeps from being written."""


class Rows:
    def __init__(
        self,
        desk: Desk,
        files: CommandFiles,
        doubts: Doubts,
        bad_rows: Journal,
        withdrawn: Mapping[int, int],
    ) -> None:
        self._desk = desk
        self._files = files
        self._doubts = doubts
        self._bad_rows = bad_rows
        self._withdrawn = withdrawn
        self._busy_since: float | None = None
        self.guard = Guard(desk)
        self._opener = Opener(desk, self.guard, self._stop)
        closer, levels = Closer(desk), Levels(desk)
        self._others: dict[CommandAction, Callable[[CommandRow], Receipt]] = {
            CommandAction.CLOSE: closer.close_many,
            CommandAction.CLOSE_ALL: closer.close_many,
            CommandAction.CLOSE_TICKET: closer.close_ticket,
            CommandAction.CLOSE_PARTIAL: closer.close_partial,
            CommandAction.CANCEL: closer.cancel,
            CommandAction.MODIFY: levels.modify,
            CommandAction.BREAKEVEN: levels.breakeven,
            CommandAction.PING: self._ping,
        }

    def settle_next(self) -> bool:
        """Settle one row; False if there is none, or the next one must wait for the disk."""
        line = self._files.peek()
        if line is None:
            return False
        try:
            row = decode_command(line.data)
        except RowError as error:
            self._unreadable(line, error)
        else:
            if not self._settle(row, line):
                return False
        self._files.settled(line)
        return True

    def bad_row(self, file: str, offset: int, data: bytes, error: RowError) -> None:
        """A line that is no row: said once, with a copy put aside."""
        place = f"{BAD_ROW} {file} {offset}"
        if place in self._desk.receipts.bad_rows:
            return
        self._bad_rows.add(data)
        told = Receipt(0, ReceiptStatus.DENIED, 0, 0, ZERO, f"{place}: {error.text}")
        self._desk.receipts.give(told, self._desk.pulse.session)
        self._desk.events.add("QUARANTINE", told.message)

    def _unreadable(self, line: Line, error: RowError) -> None:
        if not error.cmd_id:
            self.bad_row(line.file, line.offset, line.data, error)
            return
        receipts, session = self._desk.receipts, self._desk.pulse.session
        new = line.at_start or error.cmd_id > receipts.mark(session)
        if new and not receipts.has(error.cmd_id):
            words = f"{error.code}: {error.text}"
            told = Receipt(error.cmd_id, ReceiptStatus.DENIED, 0, 0, ZERO, words)
            receipts.give(told, session)

    def _settle(self, row: CommandRow, line: Line) -> bool:
        receipts = self._desk.receipts
        if receipts.has(row.cmd_id):
            self._doubts.tell_row(row)
            return True
        current = self._desk.pulse.refresh()
        if not line.at_start and self._repeated(row):
            return True
        if line.at_start and row.action.needs_intent:
            receipts.give(self._doubts.found_at_start(row), row.session)
            return True
        if row.action.needs_intent and self._must_wait(current):
            return False
        told = self._outcome(row, current)
        receipts.give(told, row.session)
        if told.status is ReceiptStatus.UNKNOWN:
            self._doubts.add(row)
        return True

    def _repeated(self, row: CommandRow) -> bool:
        """Not above the mark; in an older session's file that is no excuse."""
        if row.session != self._desk.pulse.session:
            return False
        return row.cmd_id <= self._desk.receipts.mark(row.session)

    def _must_wait(self, current: bool) -> bool:
        """Receipts and app.json that another program holds for a moment come first."""
        journal = self._desk.receipts.journal
        if current and (journal.flush() or journal.failed):
            self._busy_since = None
            return False
        now = self._desk.monotonic()
        if self._busy_since is None:
            self._busy_since = now
        return now - self._busy_since < BUSY_S

    def _outcome(self, row: CommandRow, current: bool) -> Receipt:
        refusal = self._elsewhere(row)
        if refusal:
            return denied(row, refusal)
        if not row.action.opens:
            return self._others[row.action](row)
        barrier = self._not_now(row, current)
        return denied(row, barrier) if barrier else self._opener.run(row)

    def _elsewhere(self, row: CommandRow) -> Refusal | None:
        """Rows for another account, another magic, another session."""
        desk = self._desk
        bound = account_tag(desk.terminal.account().account)
        if row.account != bound:
            return Refusal("WRONG_ACCOUNT", f"{row.account}, this is {bound}")
        if row.magic != desk.inputs.magic:
            return Refusal("WRONG_MAGIC", f"{row.magic}, this is {desk.inputs.magic}")
        idempotent = row.action.reduces and not row.action.needs_intent
        if not idempotent and row.session != desk.pulse.session:
            return Refusal("STALE_SESSION", f"{row.session}, app.json says {desk.pulse.session}")
        return None

    def _not_now(self, row: CommandRow, current: bool) -> Refusal | Barrier | None:
        """What stands against any open at this moment. current: app.json could be read."""
        desk = self._desk
        too_far = self.guard.too_far_ahead(row)
        if too_far:
            return too_far
        if not (current and desk.pulse.alive):
            why = f"is silent for {desk.pulse.silent_s:.1f} s" if current else "cannot be read"
            return Refusal("APP_LOST", f"app.json {why}")
        if row.cmd_id <= self._withdrawn.get(row.session, 0):
            return Refusal("WITHDRAWN", f"up to {self._withdrawn[row.session]}")
        barrier = self._stop() or expiry(desk, row)
        if barrier:
            return barrier
        if len(self._doubts):
            return Refusal("IN_DOUBT", f"unclear: {self._doubts.ids}")
        if desk.receipts.journal.behind:
            return Refusal("DISK", "receipts cannot be written")
        return None

    def _stop(self) -> Barrier | None:
        """Looks at the flags anew: asked before every attempt of an open."""
        latch = self._desk.latch
        latch.look()
        if not latch.stopped:
            return None
        return Barrier("HALTED", f"stop {latch.stop_id} {latch.level.name} {latch.source}")

    def _ping(self, row: CommandRow) -> Receipt:
        late = expiry(self._desk, row)
        return denied(row, late) if late else receipt(row, ReceiptStatus.FILLED, "PONG")
