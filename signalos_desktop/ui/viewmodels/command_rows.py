"""Rows of Commands & receipts: what was asked, what the EA says became of it, in words."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, ReceiptRead, StateChanged
from signalos_desktop.engine.flight import RECEIPT_GRACE
from signalos_desktop.ui.viewmodels.instruments import row_key
from signalos_desktop.ui.viewmodels.trade_rows import one_line

MOST_COMMANDS = 20_000


class Outcome(StrEnum):
    """What stands on a command's chip."""

    WAITING = "Waiting"
    UNKNOWN = "Unknown, checking"
    FILLED = "Filled"
    PARTIAL = "Partial"
    PLACED = "Placed"
    REJECTED = "Rejected"
    EXPIRED = "Expired"
    DENIED = "Denied"
    ERROR = "Error"
    NOT_SENT = "Not sent"
    SETTLED = "Settled by hand"

    @property
    def refused(self) -> bool:
        return self in _REFUSED

    @property
    def done(self) -> bool:
        return self in (Outcome.FILLED, Outcome.PARTIAL, Outcome.PLACED)


_REFUSED = frozenset(
    {Outcome.REJECTED, Outcome.EXPIRED, Outcome.DENIED, Outcome.ERROR, Outcome.NOT_SENT}
)


@dataclass(frozen=True, slots=True)
class CommandRow:
    """overdue: sent, and the EA should have answered by now. sent, answered: by this clock."""

    account: Account
    command: Command
    signal: str | None
    state: CommandState
    reason: str
    receipt: Receipt | None = None
    overdue: bool = False
    sent: datetime | None = None
    answered: datetime | None = None

    @property
    def key(self) -> str:
        return row_key(self.account, self.command.cmd_id)

    @property
    def ticket(self) -> int:
        """The position or order that it is about, 0 = none yet."""
        receipt = self.receipt
        found = (receipt.position or receipt.ticket) if receipt else 0
        return found or self.command.ticket or 0

    @property
    def outcome(self) -> Outcome:
        if self.receipt is not None and (
            self.receipt.status.terminal or self.state is not CommandState.SETTLED
        ):
            unknown = self.receipt.status is ReceiptStatus.UNKNOWN
            return Outcome.UNKNOWN if unknown else Outcome[self.receipt.status.name]
        if self.state is CommandState.NOT_SENT:
            return Outcome.NOT_SENT
        return Outcome.SETTLED if self.state is CommandState.SETTLED else Outcome.WAITING

    @property
    def unclear(self) -> bool:
        """True: it stays on the list of what must be settled."""
        waits = self.overdue and self.outcome is Outcome.WAITING
        return waits or self.outcome is Outcome.UNKNOWN

    @property
    def words(self) -> str:
        if self.receipt is not None and self.receipt.message:
            return one_line(self.receipt.message)
        if self.reason:
            return one_line(self.reason)
        if self.outcome is not Outcome.WAITING:
            return ""
        if self.overdue:
            return "the EA should have answered by now: look in MT5 whether it was executed"
        queued = self.state is CommandState.QUEUED
        return "not written yet" if queued else "written, the EA has not answered yet"

    @property
    def took_ms(self) -> int | None:
        """From the sending to the receipt as this panel saw them; None if it did not."""
        if self.sent is None or self.answered is None:
            return None
        return max(0, round((self.answered - self.sent).total_seconds() * 1000))


class CommandBook:
    """The newest commands, oldest first; unclear ones are never let go."""

    def __init__(self, most: int = MOST_COMMANDS) -> None:
        self.rows: OrderedDict[str, CommandRow] = OrderedDict()
        self.gone: list[str] = []
        self._most = most
        self._early: dict[str, Receipt] = {}

    def take_command(self, event: CommandChanged, now: datetime | None = None) -> str:
        """now: when it was seen here, None = it is told of the past."""
        key = row_key(event.account, event.command.cmd_id)
        known = self.rows.get(key)
        receipt = known.receipt if known else self._early.pop(key, None)
        row = CommandRow(
            event.account, event.command, event.signal, event.state, event.reason, receipt
        )
        if known is not None:
            row = replace(row, sent=known.sent, answered=known.answered)
        if event.state is CommandState.PUBLISHED and row.sent is None:
            row = replace(row, sent=now)
        self.rows[key] = row
        if known is None:
            self._let_go()
        return key

    def take_receipt(self, event: ReceiptRead, now: datetime | None = None) -> str:
        """The key of its row; empty if its command is not known (yet)."""
        key = row_key(event.account, event.receipt.cmd_id)
        known = self.rows.get(key)
        if known is None:
            self._early[key] = event.receipt
            return ""
        if counts(known.receipt, event.receipt):
            self.rows[key] = replace(known, receipt=event.receipt, answered=now)
        return key

    def take_state(self, event: StateChanged, now: datetime) -> list[str]:
        """What a new state says of the outcomes: all clear, or some overdue; the rows it changed.

        Without an unresolved command the engine has settled, or the user has, what was unclear.
        """
        changed = []
        for key, row in self.rows.items():
            if row.account != event.account:
                continue
            new = row
            if not event.unresolved and row.unclear:
                new = replace(row, state=CommandState.SETTLED, overdue=False)
            elif event.unresolved and row.state is CommandState.PUBLISHED:
                new = replace(
                    row, overdue=row.receipt is None and now > row.command.expires + RECEIPT_GRACE
                )
            if new != row:
                self.rows[key] = new
                changed.append(key)
        return changed

    def unclear(self) -> list[CommandRow]:
        return [row for row in self.rows.values() if row.unclear]

    def unsettled_tickets(self) -> set[str]:
        """Keys of the positions and orders that an unclear command is about."""
        return {row_key(row.account, row.ticket) for row in self.unclear() if row.ticket}

    def _let_go(self) -> None:
        if len(self.rows) <= self._most:
            return
        for key, row in self.rows.items():
            if not row.unclear and row.outcome is not Outcome.WAITING:
                del self.rows[key]
                self.gone.append(key)
                return


def counts(before: Receipt | None, now: Receipt) -> bool:
    """True if the new receipt says what became of the command: the first final one, or a late fill.

    After a final receipt the only correction is a LATE_FILL after an ERROR.
    """
    if before is None or not before.status.terminal:
        return True
    return before.status is ReceiptStatus.ERROR and now.late_fill
