"""Gathers the trades that a provider's signals opened in one account, and those that wait."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.providers.trades import Holding, Trade
from signalos_desktop.domain.signal import Kind
from signalos_desktop.domain.symbols import Resolution, Resolved
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.flight import Tracked
from signalos_desktop.engine.inbox import Inbox, Item

Resolve = Callable[[str, Desk], Resolution]


@dataclass(slots=True)
class _Group:
    names: set[str] = field(default_factory=set)
    holdings: list[Holding] = field(default_factory=list)
    waiting: dict[str, None] = field(default_factory=dict)
    coming: int = 0


class Trades:
    """What is open, on its way or waiting, by the signal that began it."""

    def __init__(self, inbox: Inbox, resolve: Resolve) -> None:
        self._inbox = inbox
        self._resolve = resolve

    def of(self, provider: str, desk: Desk) -> list[Trade]:
        """Every trade of a provider in one account; what it did not open is never among them."""
        groups: dict[tuple[str, str, Side], _Group] = {}
        for tracked, held in self._held(desk):
            item = self._item(tracked, provider)
            if item is not None:
                group = groups.setdefault((item.entry.root, held.symbol, held.side), _Group())
                group.names |= self._names(item, held.symbol, desk)
                group.holdings.append(self._holding(desk, tracked, held))
        for tracked in self._coming(desk):
            item = self._item(tracked, provider)
            if item is not None:
                symbol, side = tracked.command.symbol, _side(tracked)
                group = groups.setdefault((item.entry.root, symbol, side), _Group())
                group.names |= self._names(item, symbol, desk)
                group.coming += 1
        self._add_waiting(provider, groups)
        return [_trade(root, side, group) for (root, _, side), group in groups.items()]

    def names(self, symbol: str | None, desk: Desk) -> frozenset[str]:
        """Every name of the symbol that an instruction names; empty if it names none."""
        if symbol is None:
            return frozenset()
        found = self._resolve(symbol, desk)
        return frozenset({symbol} | ({found.symbol} if isinstance(found, Resolved) else set()))

    def _held(self, desk: Desk) -> Iterator[tuple[Tracked, Position | RestingOrder]]:
        flight, book = desk.flight, desk.book
        for position in book.positions.values():
            for tracked in _openers(desk, position):
                yield tracked, position
        if not book.orders:
            return
        placed = {t.settled.ticket: t for t in flight.tracked.values() if t.settled is not None}
        for order in book.orders.values():
            sent = placed.get(order.ticket)
            if sent is not None and sent.command.action.opens:
                yield sent, order

    @staticmethod
    def _coming(desk: Desk) -> Iterator[Tracked]:
        """Opens that no snapshot shows yet."""
        seen = {position.identifier for position in desk.book.positions.values()}
        for tracked in desk.flight.held():
            receipt = tracked.settled
            shown = receipt is not None and (
                receipt.position in seen or receipt.ticket in desk.book.orders
            )
            if not shown:
                yield tracked

    def _item(self, tracked: Tracked, provider: str) -> Item | None:
        item = self._inbox.get(tracked.entry.signal or "")
        return item if item is not None and item.entry.message.provider == provider else None

    def _names(self, item: Item, symbol: str, desk: Desk) -> set[str]:
        said = {order.symbol for order in item.entry.reading.orders if order.symbol}
        return {symbol} | {name for name in said if symbol in self.names(name, desk)}

    def _add_waiting(self, provider: str, groups: dict[tuple[str, str, Side], _Group]) -> None:
        for item in self._inbox.waiting():
            if item.entry.message.provider != provider or item.entry.reading.kind is not Kind.OPEN:
                continue
            for order in item.entry.reading.orders:
                if order.symbol and order.side:
                    key = (item.entry.root, order.symbol, order.side)
                    group = groups.setdefault(key, _Group())
                    group.names.add(order.symbol)
                    group.waiting[item.entry.signal] = None

    @staticmethod
    def _holding(desk: Desk, tracked: Tracked, held: Position | RestingOrder) -> Holding:
        order, leg = _place(tracked)
        position = isinstance(held, Position)
        return Holding(
            ticket=held.ticket,
            symbol=held.symbol,
            side=held.side,
            lots=held.volume,
            price=held.price_open if isinstance(held, Position) else held.price,
            sl=held.sl,
            tp=held.tp,
            resting=not position,
            order=order,
            leg=leg,
            spec=desk.book.specs.get(held.symbol),
            quote=desk.book.quotes.get(held.symbol),
            shared=isinstance(held, Position) and len(_openers(desk, held)) > 1,
        )


def _place(tracked: Tracked) -> tuple[int, int]:
    """Which order of its signal and which T/P of it a command was made for, from 0."""
    order, _, leg = tracked.entry.intent.partition("/")[2].partition("@")[0].partition(".")
    if tracked.entry.plan is not None:
        leg = str(tracked.entry.plan.target - 1)
    return int(order) if order.isdecimal() else 0, int(leg) if leg.isdecimal() else 0


def _openers(desk: Desk, position: Position) -> list[Tracked]:
    """The command that opened a position; on a netting account one of each signal in it."""
    flight = desk.flight
    if desk.book.netting:
        joined = {
            tracked.entry.signal: tracked
            for tracked in flight.tracked.values()
            if tracked.command.action.opens
            and tracked.settled is not None
            and tracked.settled.status.executed
            and tracked.settled.position == position.identifier
        }
        if joined:
            return list(joined.values())
    opener = flight.opened(position.identifier)
    if opener is None:
        opener = flight.tracked.get(flight.tagged(position) or 0)
    return [] if opener is None else [opener]


def _side(tracked: Tracked) -> Side:
    return Side.BUY if tracked.command.action.value.startswith("BUY") else Side.SELL


def _trade(root: str, side: Side, group: _Group) -> Trade:
    return Trade(
        thread=root,
        names=frozenset(group.names),
        side=side,
        holdings=tuple(group.holdings),
        waiting=tuple(group.waiting),
        coming=group.coming,
    )
