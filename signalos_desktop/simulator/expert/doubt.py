"""IN DOUBT: sent, or perhaps sent, outcome not known. Looked for until found or proven absent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import ZERO
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.opening import receipt
from signalos_desktop.simulator.expert.search import (
    Wanted,
    find,
    wanted_by_intent,
    wanted_by_receipt,
    wanted_by_row,
)

BLIND_S = 5.0
"""Not having looked for so long is as good as not having been connected."""
WATCH_EVERY_S = 0.2
NOT_FOUND = "NOT_FOUND"

Picture = tuple[object, ...]


@dataclass(slots=True)
class _Doubt:
    wanted: Wanted
    since: float
    picture: Picture | None = None


class Doubts:
    """All unclear commands, and those called NOT_FOUND, which are watched for a late fill."""

    def __init__(self, desk: Desk, on_late: Callable[[Receipt], None]) -> None:
        self._desk = desk
        self._on_late = on_late
        self._open: dict[int, _Doubt] = {}
        self._watched: dict[int, Wanted] = {}
        self._connected_since: float | None = None
        self._looked_at = desk.monotonic()

    def restore(self) -> None:
        """At OnInit: what intents and receipts leave open, and what is watched for since today."""
        desk, now = self._desk, self._desk.terminal.time_gmt()
        receipts = desk.receipts
        for cmd_id, unclear in receipts.unclear.items():
            if cmd_id not in receipts.final:
                self._add(self._known(unclear))
        for cmd_id, intent in desk.intents.by_id.items():
            if cmd_id not in receipts.final and cmd_id not in self._open:
                wanted = wanted_by_intent(intent)
                words = "IN_DOUBT: announced, and no outcome known when the expert started"
                unknown = Receipt(cmd_id, ReceiptStatus.UNKNOWN, 0, 0, ZERO, words)
                receipts.give(unknown, intent.session)
                self._add(wanted)
        for cmd_id, final in receipts.final.items():
            recent = final.time is not None and now - final.time < timedelta(hours=24)
            not_found = final.status is ReceiptStatus.ERROR and final.message.startswith(NOT_FOUND)
            if recent and not_found and cmd_id not in receipts.late:
                self._watched[cmd_id] = self._known(final)

    def _known(self, told: Receipt) -> Wanted:
        intent = self._desk.intents.by_id.get(told.cmd_id)
        if intent:
            return wanted_by_intent(intent)
        return wanted_by_receipt(told, self._desk.terminal.time_gmt())

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(sorted(self._open))

    def __len__(self) -> int:
        return len(self._open)

    def found_at_start(self, row: CommandRow) -> Receipt:
        """A row that cannot be told from one that was sent: the UNKNOWN receipt for it."""
        self.add(row)
        words = "IN_DOUBT: it lay in the file without a receipt when the expert started"
        return receipt(row, ReceiptStatus.UNKNOWN, words)

    def add(self, row: CommandRow) -> None:
        intent = self._desk.intents.by_id.get(row.cmd_id)
        now = self._desk.terminal.time_gmt()
        wanted = wanted_by_intent(intent) if intent else wanted_by_row(row, now)
        self._add(wanted.with_row(row))

    def _add(self, wanted: Wanted) -> None:
        self._open[wanted.cmd_id] = _Doubt(wanted, self._desk.monotonic())

    def tell_row(self, row: CommandRow) -> None:
        """The row of a doubt that was restored from a receipt alone."""
        doubt, watched = self._open.get(row.cmd_id), self._watched.get(row.cmd_id)
        if doubt and doubt.wanted.action is None:
            doubt.wanted = doubt.wanted.with_row(row)
        if watched and watched.action is None:
            self._watched[row.cmd_id] = watched.with_row(row)

    def look(self) -> None:
        """Once a timer: found, absent for long enough, or still in doubt."""
        if not self._open and not self._watch_due():
            return
        desk = self._desk
        desk.history.scan()
        connected = self._connected_for()
        for cmd_id, doubt in tuple(self._open.items()):
            found = find(desk, doubt.wanted)
            if found is None and not self._absent(doubt, connected):
                continue
            if found is None:
                found = self._not_found(doubt.wanted)
            del self._open[cmd_id]
            desk.receipts.give(found, doubt.wanted.session)
        self._look_for_late_fills()

    def _watch_due(self) -> bool:
        return bool(self._watched) and self._desk.monotonic() - self._looked_at >= WATCH_EVERY_S

    def _connected_for(self) -> float:
        now = self._desk.monotonic()
        if not self._desk.terminal.permissions().connected:
            self._connected_since = None
        elif self._connected_since is None or now - self._looked_at > BLIND_S:
            self._connected_since = now
        self._looked_at = now
        return 0.0 if self._connected_since is None else now - self._connected_since

    def _absent(self, doubt: _Doubt, connected: float) -> bool:
        """Long enough connected, and two scans in a row that show the same."""
        if min(self._desk.monotonic() - doubt.since, connected) < self._desk.inputs.doubt_wait_s:
            doubt.picture = None
            return False
        picture = self._picture()
        same = picture == doubt.picture
        doubt.picture = picture
        return same

    def _picture(self) -> Picture:
        terminal = self._desk.terminal
        return (
            tuple((held.ticket, held.volume) for held in terminal.positions()),
            tuple(order.ticket for order in terminal.orders()),
            tuple(deal.ticket for deal in self._desk.history.deals),
        )

    def _not_found(self, wanted: Wanted) -> Receipt:
        words = (
            f"{NOT_FOUND}: connected for {self._desk.inputs.doubt_wait_s} s, two scans without it"
        )
        if wanted.action is None or wanted.action.needs_intent:
            self._watched[wanted.cmd_id] = wanted
        return Receipt(wanted.cmd_id, ReceiptStatus.ERROR, 0, 0, ZERO, words)

    def _look_for_late_fills(self) -> None:
        for cmd_id, wanted in tuple(self._watched.items()):
            found = find(self._desk, wanted)
            if found is None:
                continue
            del self._watched[cmd_id]
            late = replace(found, message=f"LATE_FILL {found.message}")
            self._desk.receipts.give(late, wanted.session)
            ticket = late.position or late.ticket
            self._desk.events.add("LATE_FILL", late.message, cmd_id=cmd_id, ticket=ticket)
            self._on_late(late)
