"""What is really open in one account: the terminal's snapshots, their age, and what changed."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import Account, from_ms
from signalos_desktop.engine.entries import DealEntry as JournalDeal
from signalos_desktop.engine.entries import Entry, PositionEntry
from signalos_desktop.engine.events import (
    AccountChanged,
    EaSeen,
    Event,
    OrderChanged,
    PositionChanged,
    QuotesChanged,
    SymbolsChanged,
)
from signalos_desktop.engine.ports import Facts

STALE_AFTER_S = 5.0
PRICED_EVERY_S = 1.0
SKEWS_KEPT = 20
BEATING = ("status", "account", "positions", "orders", "quotes")


class Book:
    """One account as the terminal states it. Nothing in it is ever guessed."""

    def __init__(self, account: Account, stale_after_s: float = STALE_AFTER_S) -> None:
        self.account = account
        self.status: EaStatus | None = None
        self.state: AccountState | None = None
        self.positions: Mapping[int, Position] = MappingProxyType({})
        self.orders: Mapping[int, RestingOrder] = MappingProxyType({})
        self.specs: Mapping[str, SymbolSpec] = MappingProxyType({})
        self.quotes: Mapping[str, Quote] = MappingProxyType({})
        self.positions_seen = 0
        self.orders_seen = 0
        self.clock_skew_s: float | None = None
        self.ended: set[int] = set()
        self._deals: dict[int, Deal] = {}
        self._stale_after_s = stale_after_s
        self._seen_at: dict[str, float] = {}
        self._priced_at = 0.0
        self._skews: deque[float] = deque(maxlen=SKEWS_KEPT)

    @property
    def complete(self) -> bool:
        """True once every snapshot that rules need has been read at least once."""
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """The snapshots that rules need and that have never been read."""
        seen = {
            "status": self.status,
            "account": self.state,
            "symbols": self.specs,
            "positions": self.positions_seen,
            "orders": self.orders_seen,
        }
        return tuple(name for name, value in seen.items() if not value)

    def heartbeat_age(self, monotonic: float) -> float:
        """Seconds since the EA's seq last changed; infinite if it was never heard."""
        return monotonic - self._seen_at.get("status", float("-inf"))

    def status_age(self, monotonic: float) -> float:
        """Seconds since the EA wrote its status, which may be longer than since it was read.

        The clocks differ by what they differed least by lately; the rest is delay.
        """
        if self.clock_skew_s is None:
            return float("inf")
        return self.heartbeat_age(monotonic) + self.clock_skew_s - min(self._skews)

    def data_age(self, monotonic: float) -> float:
        """Seconds since the oldest of the snapshots changed; all are written each second."""
        if "status" not in self._seen_at:
            return float("inf")
        return monotonic - min(self._seen_at.values())

    def stale(self, monotonic: float) -> tuple[str, ...]:
        """The snapshots that were read once and stand still now."""
        limit = self._stale_after_s
        return tuple(name for name, at in self._seen_at.items() if monotonic - at > limit)

    @property
    def netting(self) -> bool:
        """True if all trades of a symbol make one position."""
        return self.state is not None and self.state.margin_mode != "RETAIL_HEDGING"

    def fresh(self, monotonic: float) -> bool:
        return self.heartbeat_age(monotonic) <= self._stale_after_s

    def apply(
        self, facts: Facts, now: datetime, monotonic: float
    ) -> tuple[list[Event], list[Entry]]:
        """Take what is new; returns what to tell and what to journal, in order."""
        events: list[Event] = []
        entries: list[Entry] = []
        left_over = self._left_over(facts.status, now)
        for name in BEATING:
            if getattr(facts, name) is not None and not (left_over and name == "status"):
                self._seen_at[name] = monotonic
        if facts.status is not None:
            self.status = facts.status
            if not left_over:
                self.clock_skew_s = (now - from_ms(facts.status.utc_ms)).total_seconds()
                self._skews.append(self.clock_skew_s)
            events.append(EaSeen(self.account, facts.status))
        if facts.symbols is not None:
            self.specs = MappingProxyType({spec.name: spec for spec in facts.symbols})
            events.append(SymbolsChanged(self.account, facts.symbols))
        if facts.quotes is not None:
            self.quotes = MappingProxyType({quote.symbol: quote for quote in facts.quotes})
            events.append(QuotesChanged(self.account, facts.quotes))
        if facts.account is not None and facts.account != self.state:
            self.state = facts.account
            events.append(AccountChanged(facts.account))
        if facts.orders is not None:
            self.orders_seen += 1
            events.extend(self._apply_orders(facts.orders))
        if facts.positions is not None:
            self.positions_seen += 1
            self._apply_positions(facts.positions, now, monotonic, events, entries)
        return events, entries

    def _left_over(self, status: EaStatus | None, now: datetime) -> bool:
        """True for an old status that lay there before: no heartbeat until its seq changes."""
        if status is None or self.status is not None:
            return False
        age = (now - from_ms(status.utc_ms)).total_seconds()
        return abs(age) > self._stale_after_s

    def remember(self, deals: Iterable[JournalDeal]) -> None:
        """Take the deals of the journal, without telling anybody."""
        for entry in deals:
            self._keep(entry.deal)

    def new_deals(self, deals: Iterable[Deal]) -> list[Deal]:
        """The deals that were not known yet, remembered from now on."""
        fresh = {deal.ticket: deal for deal in deals if deal.ticket not in self._deals}
        for deal in fresh.values():
            self._keep(deal)
        return list(fresh.values())

    @property
    def deals(self) -> Mapping[int, Deal]:
        return MappingProxyType(self._deals)

    def _keep(self, deal: Deal) -> None:
        self._deals[deal.ticket] = deal
        if deal.entry is not DealEntry.IN:
            self.ended.add(deal.position_id)

    def _apply_orders(self, orders: tuple[RestingOrder, ...]) -> list[Event]:
        old, new = self.orders, {order.ticket: order for order in orders}
        self.orders = MappingProxyType(new)
        events: list[Event] = [
            OrderChanged(self.account, "closed", order)
            for ticket, order in old.items()
            if ticket not in new
        ]
        for ticket, order in new.items():
            if ticket not in old:
                events.append(OrderChanged(self.account, "opened", order))
            elif order != old[ticket]:
                events.append(OrderChanged(self.account, "changed", order))
        return events

    def _apply_positions(
        self,
        positions: tuple[Position, ...],
        now: datetime,
        monotonic: float,
        events: list[Event],
        entries: list[Entry],
    ) -> None:
        old, new = self.positions, {position.ticket: position for position in positions}
        self.positions = MappingProxyType(new)
        priced = monotonic - self._priced_at >= PRICED_EVERY_S
        if priced:
            self._priced_at = monotonic
        changes = [("closed", position) for key, position in old.items() if key not in new]
        for ticket, position in new.items():
            known = old.get(ticket)
            if known is None:
                changes.append(("opened", position))
            elif _shape(known) != _shape(position):
                changes.append(("changed", position))
            elif priced and known != position:
                events.append(PositionChanged(self.account, "priced", position))
        for change, position in changes:
            events.append(PositionChanged(self.account, change, position))
            entries.append(PositionEntry(self.account, now, change, position))


def _shape(position: Position) -> tuple[object, ...]:
    """What makes a position another one, prices and profit left out."""
    return (position.volume, position.sl, position.tp, position.side, position.price_open)
