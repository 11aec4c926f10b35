"""What counts against the caps of one account: open, resting, reserved, unclear and done today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

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
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.flight import Tracked, held_lots
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.ports import Clock

KEEP = timedelta(days=2)
PASTE = "paste"


@dataclass(frozen=True, slots=True)
class _Taken:
    """An order of a signal that was accepted, with the commands that carry it."""

    entry: AcceptedEntry
    cmd_ids: tuple[int, ...]


class Exposure:
    """Builds the snapshot that the rules look at."""

    def __init__(self, desk: Desk, inbox: Inbox, clock: Clock) -> None:
        self._desk = desk
        self._inbox = inbox
        self._clock = clock
        self._taken: list[_Taken] = []
        self._reserved: dict[int, tuple[Receipt | None, Reservation]] = {}
        self._balance_key: tuple[int, datetime] | None = None
        self._day_result = ZERO
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
        counted = self._counted(now)
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
            accepted=tuple(taken.entry for taken in counted),
            sent=tuple(t.entry.at for t in counted for _ in t.cmd_ids),
            server_utc_offset_s=offset,
            day_balance=self._day_balance(day_start),
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

    def _counted(self, now: datetime) -> list[_Taken]:
        void, since = self._desk.flight.void, now - KEEP
        self._taken = [taken for taken in self._taken if taken.entry.at > since]
        return [taken for taken in self._taken if not void.issuperset(taken.cmd_ids)]

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

    def _day_balance(self, day_start: datetime) -> Decimal | None:
        book = self._desk.book
        if book.state is None:
            return None
        key = (len(book.deals), day_start)
        if key != self._balance_key:
            self._balance_key = key
            self._day_result = sum(
                (
                    deal.profit + deal.commission + deal.swap + deal.fee
                    for deal in book.deals.values()
                    if deal.time >= day_start
                ),
                ZERO,
            )
        return book.state.balance - self._day_result

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
