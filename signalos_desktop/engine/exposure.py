"""What counts against the caps of one account: open, resting, reserved, unclear and done today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from operator import attrgetter

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.context import (
    AcceptedEntry,
    Candidate,
    Reservation,
    RiskContext,
)
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.stated_price import quote_at
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.engine.closed_trades import ClosedTrades
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.flight import Tracked, held_lots
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.ports import Clock

KEEP = timedelta(days=2)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
PASTE = "paste"


@dataclass(frozen=True, slots=True)
class _Taken:
    """An order of a signal that was accepted, with the commands that carry it."""

    entry: AcceptedEntry
    cmd_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Of the taken ones those that count, and what they were counted from."""

    taken: int = 0
    voids: int = 0
    until: datetime = LONG_AGO
    accepted: tuple[AcceptedEntry, ...] = ()
    sent: tuple[datetime, ...] = ()


class Exposure:
    """Builds the snapshot that the rules look at."""

    def __init__(self, desk: Desk, inbox: Inbox, clock: Clock) -> None:
        self._desk = desk
        self._inbox = inbox
        self._clock = clock
        self._taken: list[_Taken] = []
        self._counted = _Counted()
        self._owned: Mapping[int, str] = {}
        self._owned_at = (-1, -1)
        self._closed = ClosedTrades(desk.book)
        self._reserved: dict[int, tuple[Receipt | None, Reservation]] = {}
        self.accept([tracked.entry for tracked in desk.flight.tracked.values()])

    def accept(
        self, entries: Sequence[CommandEntry], anchors: Sequence[Decimal | None] = ()
    ) -> None:
        """Count the orders of these commands; anchors: the entry each order of a signal asked for.

        After a restart the anchor is no longer known and the price of the command stands for it.
        """
        groups: dict[tuple[str, str], list[CommandEntry]] = {}
        for entry in entries:
            if entry.command.action.opens and entry.signal is not None:
                order = entry.intent.partition("/")[2].partition(".")[0]
                groups.setdefault((entry.signal, order), []).append(entry)
        for (signal, order), legs in groups.items():
            command = legs[0].command
            index = int(order) if order.isdecimal() else 0
            anchor = anchors[index] if index < len(anchors) else None
            accepted = AcceptedEntry(
                signal=signal,
                provider=self._provider(signal),
                message_id=self._message_id(signal),
                symbol=command.symbol,
                side=Side.BUY if command.action.value.startswith("BUY") else Side.SELL,
                entry=anchor or command.price or ZERO,
                at=command.created,
                index=index,
            )
            self._taken.append(_Taken(accepted, tuple(e.command.cmd_id for e in legs)))

    def context(self) -> RiskContext:
        """Everything known now; what is not known is None and refuses."""
        book = self._desk.book
        now, monotonic = self._clock.now(), self._clock.monotonic()
        age = book.data_age(monotonic)
        if not self._desk.bridge.means.prices and book.fresh(monotonic):
            # What is stated in the settings has no age; that the EA lives is all there is to see.
            age = 0.0
        offset = book.status.server_utc_offset_s if book.status is not None else None
        day_start = _midnight(now, offset or 0)
        counted = self._count(now)
        return RiskContext(
            now=now,
            day_start=day_start,
            account=book.state,
            data_age_s=None if age == float("inf") else Decimal(round(age * 1000)) / 1000,
            specs=book.specs or None,
            quotes=self._quotes(now) or None,
            positions=tuple(book.positions.values()) if book.positions_seen else None,
            orders=tuple(book.orders.values()) if book.orders_seen else None,
            reserved=self._reservations(),
            accepted=counted.accepted,
            sent=counted.sent,
            server_utc_offset_s=offset,
            floors=self._desk.floors,
            providers=self._owners(),
            closed=self._closed.now(),
            news=self._desk.calendar,
        )

    def after(self, context: RiskContext, candidate: Candidate, decision: Decision) -> RiskContext:
        """The same snapshot as if the decision's legs were on their way already."""
        reserved = tuple(
            Reservation(
                0,
                leg.symbol,
                leg.side,
                leg.lots,
                leg.max_loss,
                candidate.provider,
                candidate.signal,
            )
            for leg in decision.legs
        )
        sent = context.sent + (context.now,) * len(reserved)
        quotes = context.quotes
        if not self._desk.bridge.means.prices:
            stated = [(leg.symbol, leg.price) for leg in decision.legs]
            quotes = {**(quotes or {}), **self._quotes_at(stated, context.now)}
        return replace(context, reserved=context.reserved + reserved, sent=sent, quotes=quotes)

    def _quotes(self, now: datetime) -> Mapping[str, Quote]:
        """Where the terminal shows no prices: of what is at risk, those it was opened at."""
        if self._desk.bridge.means.prices:
            return self._desk.book.quotes
        reserved = [tracked.command for tracked in self._desk.flight.held()]
        prices = [(one.symbol, one.price or ZERO) for one in reserved]
        held = self._desk.book.positions.values()
        return self._quotes_at([*prices, *((one.symbol, one.price_open) for one in held)], now)

    def _quotes_at(self, prices: Iterable[tuple[str, Decimal]], now: datetime) -> dict[str, Quote]:
        specs, state = self._desk.book.specs, self._desk.book.state
        return {
            name: quote_at(specs[name], price, state.leverage, now)
            for name, price in prices
            if state is not None and name in specs
        }

    def _count(self, now: datetime) -> _Counted:
        """Counted anew only after an order was taken or became void, or was kept long enough."""
        flight = self._desk.flight
        known, key = self._counted, (len(self._taken), flight.voids)
        if (known.taken, known.voids) == key and now < known.until:
            return known
        self._taken = [taken for taken in self._taken if taken.entry.at > now - KEEP]
        counting = [t for t in self._taken if not flight.void.issuperset(t.cmd_ids)]
        oldest = min((taken.entry.at for taken in self._taken), default=now)
        self._counted = _Counted(
            len(self._taken),
            flight.voids,
            oldest + KEEP,
            tuple(sorted((taken.entry for taken in counting), key=attrgetter("at"))),
            tuple(sorted(t.entry.at for t in counting for _ in t.cmd_ids)),
        )
        return self._counted

    def _reservations(self) -> tuple[Reservation, ...]:
        """All of now; one that was made before is made anew only if a receipt has changed it."""
        known, self._reserved = self._reserved, {}
        for tracked in self._desk.flight.held():
            cmd_id, settled = tracked.entry.command.cmd_id, tracked.settled
            made = known.get(cmd_id)
            if made is None or made[0] is not settled:
                made = (settled, self._reservation(tracked))
            self._reserved[cmd_id] = made
        return tuple(reservation for _, reservation in self._reserved.values())

    def _reservation(self, tracked: Tracked) -> Reservation:
        command, lots = tracked.command, held_lots(tracked)
        share = lots / command.lots if command.lots else Decimal(1)
        signal = tracked.entry.signal or ""
        return Reservation(
            cmd_id=command.cmd_id,
            symbol=command.symbol,
            side=Side.BUY if command.action.value.startswith("BUY") else Side.SELL,
            lots=lots,
            loss=tracked.entry.reserved_loss * share,
            provider=self._provider(signal),
            signal=signal,
        )

    def _owners(self) -> Mapping[int, str]:
        """Who asked for what is open and rests; reckoned anew when that changes."""
        book, flight = self._desk.book, self._desk.flight
        seen = (book.positions_seen, book.orders_seen)
        if seen != self._owned_at:
            self._owned_at = seen
            opened = {t: flight.opened(p.identifier) for t, p in book.positions.items()}
            held_now: list[Position | RestingOrder] = [*book.positions.values()]
            held_now += book.orders.values()
            for held in held_now:
                if opened.get(held.ticket) is None:
                    opened[held.ticket] = flight.tracked.get(flight.tagged(held) or 0)
            self._owned = {
                ticket: self._provider(one.entry.signal or "")
                for ticket, one in opened.items()
                if one
            }
        return self._owned

    def _provider(self, signal: str) -> str:
        item = self._inbox.get(signal)
        return item.entry.message.provider if item is not None else PASTE

    def _message_id(self, signal: str) -> str | None:
        item = self._inbox.get(signal)
        return item.entry.message.message_id if item is not None else None


def _midnight(now: datetime, offset_s: int) -> datetime:
    """Start of the trade server's day that `now` is in."""
    shift = timedelta(seconds=offset_s)
    local = now + shift
    return local.replace(hour=0, minute=0, second=0, microsecond=0) - shift
