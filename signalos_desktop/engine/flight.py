"""Commands of one account on their way: reserved, unclear, and what a receipt settles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.engine.book import Book
from signalos_desktop.engine.entries import CommandEntry, CommandState, KnownCommand

RECEIPT_GRACE = timedelta(seconds=5)
SNAPSHOTS_UNTIL_SEEN = 2
_NEVER_EXECUTED = (ReceiptStatus.EXPIRED, ReceiptStatus.DENIED)
FILLED, NOT_FILLED, CLOSED = "filled", "not_filled", "closed"


class ReceiptVerdict(StrEnum):
    """What a receipt means for the journal."""

    SETTLED = "settled"
    UNKNOWN = "unknown"
    LATE_FILL = "late_fill"
    REPEATED = "repeated"
    CONFLICT = "conflict"
    EXTERNAL = "external"


@dataclass(slots=True)
class Tracked:
    """One command and all that became of it; only the engine's thread changes it.

    joins: it adds to a position that was there before (netting), so that seeing it proves nothing.
    """

    entry: CommandEntry
    state: CommandState
    reason: str = ""
    receipts: list[Receipt] = field(default_factory=list)
    settled: Receipt | None = None
    resolved_as: str | None = None
    seen_from: int | None = None
    joins: bool = False

    @property
    def command(self) -> Command:
        return self.entry.command

    @property
    def open_ended(self) -> bool:
        """True while its outcome is still to come."""
        if self.state is CommandState.NOT_SENT or self.resolved_as is not None:
            return False
        return self.settled is None


class Flight:
    """All commands of one account that matter now, by id; voids counts the changes of void."""

    def __init__(self) -> None:
        self.tracked: dict[int, Tracked] = {}
        self.void: set[int] = set()
        self.voids = 0
        self._outstanding: dict[int, Tracked] = {}
        self._held: dict[int, Tracked] = {}
        self._by_position: dict[int, int] = {}
        self._by_deal: dict[int, int] = {}
        self._by_signal: dict[str, list[int]] = {}

    def restore(self, known: Iterable[KnownCommand]) -> None:
        """Take the commands of the journal as they stood."""
        for item in known:
            tracked = self.add(item.entry)
            tracked.state, tracked.reason = item.state, item.reason
            tracked.resolved_as = item.resolved_as
            for receipt in item.receipts:
                self.take(receipt, book=None)
            if not tracked.open_ended:
                self._forget(tracked)

    def add(self, entry: CommandEntry) -> Tracked:
        """Reserve: from now on the command counts against every cap."""
        tracked = Tracked(entry, CommandState.QUEUED)
        self.tracked[entry.command.cmd_id] = tracked
        self._outstanding[entry.command.cmd_id] = tracked
        if entry.command.action.opens:
            self._held[entry.command.cmd_id] = tracked
        if entry.signal is not None:
            self._by_signal.setdefault(entry.signal, []).append(entry.command.cmd_id)
        return tracked

    def drop(self, cmd_id: int, reason: str) -> None:
        """The command was not sent and never will be: its reservation is free again."""
        tracked = self.tracked[cmd_id]
        tracked.state, tracked.reason = CommandState.NOT_SENT, reason
        self._forget(tracked)

    def publish(self, cmd_id: int) -> None:
        tracked = self.tracked[cmd_id]
        if tracked.state is CommandState.QUEUED:
            tracked.state = CommandState.PUBLISHED

    def resolve(self, cmd_id: int, resolved_as: str) -> None:
        """The user has looked at the broker and says what became of it."""
        tracked = self.tracked[cmd_id]
        tracked.resolved_as = resolved_as
        self._forget(tracked)

    def take(self, receipt: Receipt, book: Book | None) -> ReceiptVerdict:
        """Settle by a receipt; the first terminal one counts, a late fill is the one correction."""
        tracked = self.tracked.get(receipt.cmd_id)
        if tracked is None or not _meant(receipt, tracked.command):
            return ReceiptVerdict.EXTERNAL
        if tracked.state is CommandState.QUEUED and book is not None:
            return ReceiptVerdict.EXTERNAL
        if receipt in tracked.receipts:
            return ReceiptVerdict.REPEATED
        given_up = tracked.state is CommandState.NOT_SENT or tracked.resolved_as == NOT_FILLED
        if not receipt.status.terminal:
            tracked.receipts.append(receipt)
            self._revive(tracked)
            return ReceiptVerdict.UNKNOWN if tracked.settled is None else ReceiptVerdict.REPEATED
        first = tracked.settled
        corrects = first is not None and receipt.late_fill and first.status is ReceiptStatus.ERROR
        if first is not None and not corrects:
            return ReceiptVerdict.CONFLICT if _differs(first, receipt) else ReceiptVerdict.REPEATED
        tracked.receipts.append(receipt)
        tracked.settled = receipt
        tracked.state = CommandState.SETTLED
        self._outstanding.pop(receipt.cmd_id, None)
        self._index(tracked, receipt, book)
        late = first is not None or (given_up and receipt.status.executed)
        return ReceiptVerdict.LATE_FILL if late else ReceiptVerdict.SETTLED

    def _revive(self, tracked: Tracked) -> None:
        """The EA has read a row that was held for not written: it counts as published."""
        if tracked.state in (CommandState.QUEUED, CommandState.NOT_SENT):
            self.find_in_file(tracked.command.cmd_id)

    def find_in_file(self, cmd_id: int) -> None:
        """The row lies in a command file, whatever was thought of it before."""
        tracked = self.tracked[cmd_id]
        tracked.state, tracked.reason = CommandState.PUBLISHED, ""
        self._outstanding[cmd_id] = tracked
        self._void(cmd_id, void=False)
        if tracked.command.action.opens:
            self._held[cmd_id] = tracked

    def release_seen(self, book: Book) -> None:
        """Free reservations whose position or order the snapshots show, or whose deals ended it."""
        for tracked in tuple(self._held.values()):
            receipt = tracked.settled
            if receipt is None or tracked.seen_from is None:
                continue
            counted = book.orders_seen if tracked.command.action.pending else book.positions_seen
            if (
                (receipt.position in book.positions and not tracked.joins)
                or receipt.ticket in book.orders
                or receipt.position in book.ended
                or counted - tracked.seen_from >= SNAPSHOTS_UNTIL_SEEN
            ):
                del self._held[tracked.command.cmd_id]

    def held(self) -> list[Tracked]:
        """Opens that count as exposure although no snapshot shows them yet."""
        return list(self._held.values())

    def outstanding(self) -> list[Tracked]:
        return list(self._outstanding.values())

    def opens_on_their_way(self) -> int:
        """Opens that were written and have no final receipt yet."""
        return sum(
            1
            for tracked in self._outstanding.values()
            if tracked.command.action.opens and tracked.state is CommandState.PUBLISHED
        )

    def opens_unread(self, now: datetime) -> int:
        """Opens that the EA may still begin: written, without any receipt, their time not over."""
        return self.opens_on_their_way() - sum(
            1 for tracked in self.unresolved(now) if tracked.command.action.opens
        )

    def symbols_opened(self) -> frozenset[str]:
        """Symbols in which something of ours may be open: all but what never was executed."""
        return frozenset(
            tracked.command.symbol
            for tracked in self.tracked.values()
            if tracked.command.action.opens
            and (tracked.settled is None or tracked.settled.status not in _NEVER_EXECUTED)
            and tracked.state in (CommandState.PUBLISHED, CommandState.SETTLED)
        )

    def signals(self) -> list[str]:
        """Signals that commands of this account were made for."""
        return list(self._by_signal)

    def has(self, signal: str) -> bool:
        """True if a command of the signal was ever made for this account."""
        return signal in self._by_signal

    def opens_of(self, signal: str) -> list[Tracked]:
        """The commands that the signal was sent with, whatever became of them."""
        return [tracked for tracked in self.of_signal(signal) if tracked.command.action.opens]

    def unresolved(self, now: datetime) -> list[Tracked]:
        """Published commands whose outcome is unknown, or overdue."""
        return [
            tracked
            for tracked in self._outstanding.values()
            if tracked.state is CommandState.PUBLISHED
            and (tracked.receipts or now > tracked.command.expires + RECEIPT_GRACE)
        ]

    def command_of_deal(self, deal: Deal) -> int | None:
        """The command behind a deal: its receipt, its tag, a close of its position, its opener.

        What ends a position without a command (S/L, T/P, a stop) belongs to what opened it.
        """
        if deal.ticket in self._by_deal:
            return self._by_deal[deal.ticket]
        if deal.entry is DealEntry.IN:
            return self.tagged(deal)
        for tracked in reversed(tuple(self.tracked.values())):
            command = tracked.command
            if not (command.action.reduces and command.ticket == deal.position_id):
                continue
            if tracked.open_ended and tracked.state is CommandState.PUBLISHED:
                return command.cmd_id
        return self._by_position.get(deal.position_id)

    def opened(self, position_id: int) -> Tracked | None:
        """The command that opened a position, if it was one of ours."""
        cmd_id = self._by_position.get(position_id)
        return self.tracked.get(cmd_id) if cmd_id is not None else None

    def note_deal(self, deal: Deal, cmd_id: int) -> None:
        """Remember whose deal it was, so that later deals of the position are known too."""
        self._by_deal[deal.ticket] = cmd_id
        if deal.entry is DealEntry.IN:
            self._by_position.setdefault(deal.position_id, cmd_id)

    def summary(self, signal: str) -> str:
        """`2 of 3 executed`, once every command of the signal has its outcome; else empty."""
        mine = self.opens_of(signal) or self.of_signal(signal)
        if not mine or any(tracked.open_ended for tracked in mine):
            return ""
        done = [t for t in mine if t.settled is not None and t.settled.status.executed]
        why = [_why(tracked) for tracked in mine if tracked not in done]
        return "; ".join((f"{len(done)} of {len(mine)} executed", *dict.fromkeys(why)))

    def of_signal(self, signal: str) -> list[Tracked]:
        """Every command of a signal, in the order of their ids."""
        return [self.tracked[cmd_id] for cmd_id in self._by_signal.get(signal, ())]

    def tagged(self, deal: Deal | Position | RestingOrder) -> int | None:
        """The command whose tag the comment carries."""
        tag = deal.comment.partition(" ")[0]
        if tag.startswith("#") and tag[1:].isascii() and tag[1:].isdigit():
            tracked = self.tracked.get(int(tag[1:]))
            if tracked is not None and tracked.command.magic == deal.magic:
                return tracked.command.cmd_id
        return None

    def _index(self, tracked: Tracked, receipt: Receipt, book: Book | None) -> None:
        command = tracked.command
        if receipt.deal:
            self._by_deal[receipt.deal] = command.cmd_id
        if not command.action.opens:
            return
        if not receipt.status.executed:
            self._void(command.cmd_id, void=True)
            self._held.pop(command.cmd_id, None)
            return
        self._void(command.cmd_id, void=False)
        self._held[command.cmd_id] = tracked
        if receipt.position:
            self._by_position[receipt.position] = command.cmd_id
        if book is None:
            tracked.seen_from = 0
        else:
            tracked.joins = book.netting and receipt.position in book.positions
            tracked.seen_from = book.orders_seen if command.action.pending else book.positions_seen

    def _void(self, cmd_id: int, *, void: bool) -> None:
        """What never opened anything is no trade of the day, no duplicate and no order sent."""
        if (cmd_id in self.void) != void:
            self.voids += 1
            self.void ^= {cmd_id}

    def _forget(self, tracked: Tracked) -> None:
        self._outstanding.pop(tracked.command.cmd_id, None)
        executed = tracked.settled is not None and tracked.settled.status.executed
        if not executed and tracked.resolved_as != FILLED:
            self._void(tracked.command.cmd_id, void=True)
        if not executed:
            self._held.pop(tracked.command.cmd_id, None)


def held_lots(tracked: Tracked) -> Decimal:
    """Volume that a reservation still stands for: PARTIAL has released the unfilled rest."""
    receipt = tracked.settled
    if receipt is not None and receipt.status is ReceiptStatus.PARTIAL:
        return receipt.volume
    return tracked.command.lots


def _meant(receipt: Receipt, command: Command) -> bool:
    """False for a receipt of another session or login that carries the same id."""
    ours = receipt.session in (None, command.session)
    return ours and receipt.login in (None, command.account.login)


def _why(tracked: Tracked) -> str:
    if tracked.settled is not None:
        return f"{tracked.settled.status} {tracked.settled.message}".strip()
    return tracked.reason or f"resolved as {tracked.resolved_as}"


def _differs(first: Receipt, second: Receipt) -> bool:
    return (first.status, first.ticket, first.deal, first.retcode) != (
        second.status,
        second.ticket,
        second.deal,
        second.retcode,
    )
