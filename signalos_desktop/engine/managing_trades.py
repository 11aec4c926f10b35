"""The open trades that rules look after: position, plan and history put together, never guessed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import takewhile

from signalos_desktop.domain.management.rules import TradePlan
from signalos_desktop.domain.management.state import ManagedTrade
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.values import ZERO, Side, ceil_money
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import DealSeen
from signalos_desktop.engine.flight import Tracked
from signalos_desktop.engine.managing_history import History

TAKEN = "TP"
"""DEAL_REASON of a deal by which the broker has closed at the T/P."""
SKEW = timedelta(seconds=5)
"""So far the broker's clock and ours may be apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a position came about. volume: right after the last entry of ours with a plan.

    paid: commission and fees for opening so many lots, in account currency.
    """

    opener: Tracked
    plan: TradePlan
    opened: datetime
    volume: Decimal
    paid: Decimal
    lots: Decimal


@dataclass(frozen=True, slots=True)
class Overdue:
    """A resting order of ours with the time at which it has to be gone."""

    order: RestingOrder
    opener: Tracked
    expiry: datetime


class Trades:
    """Of one desk. Looks at the deals once, then at what is new."""

    def __init__(self, desk: Desk, history: History, bus: EventBus) -> None:
        self._desk = desk
        self._history = history
        self._deals: dict[int, list[Deal]] = {}
        self._entries: dict[tuple[int, Side], tuple[int, Entry | None]] = {}
        self._held: tuple[object, list[tuple[Position, Entry]]] = (None, [])
        self._resting: tuple[object, list[Overdue]] = (None, [])
        for deal in desk.book.deals.values():
            self._add(deal)
        bus.subscribe(DealSeen, self._on_deal)

    def managed(self) -> list[tuple[Position, Entry]]:
        """The positions that have a plan, as the last snapshot shows them."""
        positions = self._desk.book.positions
        if self._held[0] is not positions:
            # A net position carries the magic number of whoever came first.
            magic, netting = self._desk.bridge.magic, self._desk.book.netting
            ours = (one for one in positions.values() if netting or one.magic == magic)
            pairs = ((held, self._entry(held)) for held in ours)
            self._held = (positions, [(held, entry) for held, entry in pairs if entry is not None])
        return self._held[1]

    def overdue(self, now: datetime) -> list[Overdue]:
        """Resting orders of ours that have outlived their time."""
        orders = self._desk.book.orders
        if self._resting[0] is not orders:
            known = sorted(self._with_expiry(orders), key=lambda one: one.expiry)
            self._resting = (orders, known)
        return [*takewhile(lambda one: one.expiry <= now, self._resting[1])]

    def trade(self, held: Position, entry: Entry) -> ManagedTrade | None:
        """Everything that the rules look at but the price; None = its symbol is not known."""
        spec = self._desk.book.specs.get(held.symbol)
        if spec is None:
            return None
        return ManagedTrade(
            position=held,
            plan=entry.plan,
            spec=spec,
            volume=entry.volume,
            opened=entry.opened,
            taken=self._taken(held, entry),
            closed=self._history.closed(held.identifier, entry.opener.command.cmd_id),
            costs=self._costs(held, entry),
        )

    def untouched(self, held: Position, tracked: Tracked) -> bool:
        """True if the deals explain the position's volume and none of them can be the command's."""
        volume, flight = ZERO, self._desk.flight
        opener, since = flight.opened(held.identifier), tracked.command.created - SKEW
        theirs = {None, tracked.command.cmd_id, opener.command.cmd_id if opener else None}
        for deal in sorted(self._deals.get(held.identifier, ()), key=lambda one: one.ticket):
            volume = _after(volume, deal)
            out = deal.entry is not DealEntry.IN and deal.time >= since
            if out and flight.command_of_deal(deal) in theirs:
                return False
        return volume == held.volume

    def _on_deal(self, event: DealSeen) -> None:
        if event.account == self._desk.account:
            self._add(event.deal)

    def _add(self, deal: Deal) -> None:
        if deal.trade:
            self._deals.setdefault(deal.position_id, []).append(deal)
            # A plan found before may have been followed by another entry.
            self._held = (None, [])

    def _with_expiry(self, orders: Mapping[int, RestingOrder]) -> Iterator[Overdue]:
        flight, magic = self._desk.flight, self._desk.bridge.magic
        for order in orders.values():
            cmd_id = flight.tagged(order) if order.magic == magic else None
            if cmd_id is None:
                continue
            opener = flight.tracked[cmd_id]
            plan = opener.entry.plan
            expiry = opener.command.order_expiry or (plan.order_expiry if plan else None)
            if expiry is not None:
                yield Overdue(order, opener, expiry)

    # ------------------------------------------------------------------ from deals and commands

    def _entry(self, held: Position) -> Entry | None:
        """The newest entry of ours into the position that has a plan; None = there is none."""
        deals = self._deals.get(held.identifier, [])
        # A net position that turned is another trade, whichever of snapshot and deal came first.
        key = (held.identifier, held.side)
        known = self._entries.get(key)
        if known is not None and known[0] == len(deals):
            return known[1]
        entries = [deal for deal in deals if deal.entry in (DealEntry.IN, DealEntry.INOUT)]
        openers = {deal.ticket: self._opener(deal) for deal in entries}
        entry = self._read_entry(held, deals, openers)
        if openers and None not in openers.values():
            self._entries[key] = (len(deals), entry)
        return entry

    @staticmethod
    def _read_entry(
        held: Position, deals: list[Deal], openers: Mapping[int, Tracked | None]
    ) -> Entry | None:
        volume, found = ZERO, None
        paid, lots = ZERO, ZERO
        for deal in sorted(deals, key=lambda one: one.ticket):
            volume = _after(volume, deal)
            if deal.ticket not in openers:
                continue
            paid, lots = paid - deal.commission - deal.fee, lots + deal.volume
            opener = openers[deal.ticket]
            if opener is not None and opener.entry.plan and deal.type == held.side.upper():
                found = (opener, opener.entry.plan, deal.time, volume)
        if found is None:
            return None
        return Entry(*found, paid=paid, lots=lots)

    def _opener(self, deal: Deal) -> Tracked | None:
        cmd_id = self._desk.flight.command_of_deal(deal)
        return self._desk.flight.tracked.get(cmd_id) if cmd_id is not None else None

    def _costs(self, held: Position, entry: Entry) -> Decimal:
        """Commission for the way in and out again of what is left, and the swap so far."""
        if not entry.plan.rules.breakeven_costs:
            return ZERO
        exact = 2 * entry.paid * held.volume / entry.lots - held.swap
        state = self._desk.book.state
        digits = state.currency_digits if state is not None else 2
        return max(ceil_money(exact, digits), ZERO)

    def _taken(self, held: Position, entry: Entry) -> int:
        """The highest T/P of the trade that a deal has taken."""
        if entry.plan.weights:
            keys = self._history.executed(held.identifier, entry.opener.command.cmd_id)
            return max((int(key[2:]) for key in keys if key.startswith("tp")), default=0)
        signal, order = entry.opener.entry.signal, _order_of(entry.opener)
        legs = self._desk.flight.of_signal(signal) if signal is not None else []
        return max(
            (
                leg.entry.plan.target
                for leg in legs
                if leg.entry.plan is not None and _order_of(leg) == order and self._at_target(leg)
            ),
            default=0,
        )

    def _at_target(self, leg: Tracked) -> bool:
        """True if the leg's position was closed at its T/P or better."""
        target, receipt = leg.command.tp, leg.settled
        if target is None or receipt is None:
            return False
        # A position carries the number of the order that opened it.
        position = receipt.position or receipt.ticket
        sign = 1 if leg.command.action.value.startswith("BUY") else -1
        out = (d for d in self._deals.get(position, ()) if d.entry is not DealEntry.IN)
        return any(d.reason == TAKEN or sign * (d.price - target) >= 0 for d in out)


def _after(volume: Decimal, deal: Deal) -> Decimal:
    """What a position holds after a deal."""
    if deal.entry is DealEntry.IN:
        return volume + deal.volume
    return abs(volume - deal.volume)


def _order_of(tracked: Tracked) -> str:
    """`S000001/0` of the intent `S000001/0.2@account`: the legs of one order share it."""
    return tracked.entry.intent.rpartition("@")[0].rpartition(".")[0]
