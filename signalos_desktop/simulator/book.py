"""What is on the broker's books: balance, positions, orders, deals; each change is journalled."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import ZERO, Side, iso_ms, plain, to_ms
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.trade import OldOrder, TradeRequest

FIRST_ORDER = 100001
FIRST_DEAL = 500001

_T = TypeVar("_T")


class OrderState(StrEnum):
    """What became of an order."""

    PLACED = "PLACED"
    FILLED = "FILLED"
    PARTIAL = "PARTIAL"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """An open position; margin as it was reckoned when it was opened."""

    ticket: int
    identifier: int
    symbol: str
    side: Side
    volume: Decimal
    price_open: Decimal
    sl: Decimal | None
    tp: Decimal | None
    swap: Decimal
    margin: Decimal
    magic: int
    comment: str
    time: datetime


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order, resting or done; price 0 = market; position: what it closed or made."""

    ticket: int
    symbol: str
    type: str
    volume: Decimal
    price: Decimal
    sl: Decimal | None
    tp: Decimal | None
    expiration: datetime | None
    magic: int
    comment: str
    reason: str
    time: datetime
    state: OrderState = OrderState.PLACED
    retcode: int = 0
    position: int = 0

    @property
    def side(self) -> Side:
        return Side.BUY if self.type.startswith("BUY") else Side.SELL


@dataclass(frozen=True, slots=True)
class LateRequest:
    """A request that was answered with a timeout and is executed when it is due."""

    number: int
    due: datetime
    request: TradeRequest


@dataclass(slots=True)
class _Figures:
    """The numbers that are kept beside the tables; trading_day: the one that runs, by the server's
    clock; terms: what account the books are of."""

    balance: Decimal = ZERO
    next_order: int = FIRST_ORDER
    next_deal: int = FIRST_DEAL
    next_late: int = 1
    trading_day: date | None = None
    terms: str = ""


class Book:
    """The broker's books. Changes are collected and become durable together by `commit`."""

    def __init__(self, ledger: Ledger) -> None:
        self.version = 0
        self._ledger = ledger
        self._changed: dict[tuple[str, str], bytes | None] = {}
        self._lines: list[dict[str, str]] = []
        figures = self._load("figures", _Figures)
        self._figures = figures.get("0", _Figures())
        self.positions = {
            int(key): one for key, one in self._load("position", HeldPosition).items()
        }
        self.orders = {int(key): one for key, one in self._load("order", OrderRecord).items()}
        self.late = {int(key): one for key, one in self._load("late", LateRequest).items()}
        self.shifts = self._load("shift", int)
        self.deals: list[Deal] = []
        self.done: dict[int, bool] = {}
        self.old_orders: list[OldOrder] = []
        for line in ledger.lines():
            self._remember(line)

    @property
    def balance(self) -> Decimal:
        return self._figures.balance

    @property
    def trading_day(self) -> date | None:
        return self._figures.trading_day

    @trading_day.setter
    def trading_day(self, day: date) -> None:
        self._figures.trading_day = day
        self._keep_figures()

    def open_for(self, terms: str) -> bool:
        """True if the books are new; ValueError if they are those of another account."""
        if self._figures.terms == terms:
            return False
        if self._figures.terms:
            raise ValueError(f"the state is of account {self._figures.terms}, not {terms}")
        self._figures.terms = terms
        self._keep_figures()
        return True

    def next_order(self) -> int:
        self._figures.next_order += 1
        self._keep_figures()
        return self._figures.next_order - 1

    def next_deal(self) -> int:
        self._figures.next_deal += 1
        self._keep_figures()
        return self._figures.next_deal - 1

    def of_symbol(self, symbol: str) -> HeldPosition | None:
        """The oldest position of a symbol: on a netting account the only one."""
        return next((held for held in self.positions.values() if held.symbol == symbol), None)

    def put_position(self, held: HeldPosition) -> None:
        self.positions[held.ticket] = held
        self._keep("position", held.ticket, held)

    def drop_position(self, ticket: int) -> None:
        del self.positions[ticket]
        self._keep("position", ticket, None)

    def place(self, order: OrderRecord, now: datetime) -> None:
        """Put a resting order on the books, or the changed one in its place."""
        self.orders[order.ticket] = order
        self._keep("order", order.ticket, order)
        self._lines.append(order_line(order, now))

    def finish(self, order: OrderRecord, now: datetime) -> None:
        """Note an order that is done with, whether it has rested or not."""
        if self.orders.pop(order.ticket, None) is not None:
            self._keep("order", order.ticket, None)
        line = order_line(order, now)
        self._lines.append(line)
        self._remember_order(line)

    def add_deal(self, deal: Deal) -> None:
        """Note a deal and let its money move the balance."""
        self.deals.append(deal)
        self._lines.append(deal_line(deal))
        self._figures.balance += deal.profit + deal.swap + deal.commission + deal.fee
        self._keep_figures()

    def put_late(self, request: TradeRequest, due: datetime) -> None:
        late = LateRequest(self._figures.next_late, due, request)
        self._figures.next_late += 1
        self._keep_figures()
        self.late[late.number] = late
        self._keep("late", late.number, late)

    def drop_late(self, number: int) -> None:
        del self.late[number]
        self._keep("late", number, None)

    def put_shift(self, symbol: str, ticks: int) -> None:
        self.shifts[symbol] = ticks
        self._keep("shift", symbol, ticks)

    def commit(self) -> None:
        """Make everything since the last commit durable, in one transaction."""
        if self._changed or self._lines:
            self._ledger.commit(self._changed, self._lines)
            self._changed, self._lines = {}, []
            self.version += 1

    def _keep(self, kind: str, key: int | str, value: object) -> None:
        self._changed[kind, str(key)] = None if value is None else msgspec.json.encode(value)

    def _keep_figures(self) -> None:
        self._keep("figures", 0, self._figures)

    def _load(self, kind: str, type_: type[_T]) -> dict[str, _T]:
        rows = self._ledger.rows(kind)
        return {key: msgspec.json.decode(blob, type=type_) for key, blob in rows.items()}

    def _remember(self, line: Mapping[str, Any]) -> None:
        if line["kind"] == "deal":
            self.deals.append(_deal_of(line))
        elif line["state"] != OrderState.PLACED:
            self._remember_order(line)

    def _remember_order(self, line: Mapping[str, str]) -> None:
        old = _old_order_of(line)
        self.done[old.ticket] = old.state in (OrderState.FILLED, OrderState.PARTIAL)
        self.old_orders.append(old)


def deal_line(deal: Deal) -> dict[str, str]:
    """A deal as the ledger's file shows it: columns as in deals.csv, with the time as ISO too."""
    line = {"kind": "deal"} | _texts(deal)
    line["utc"] = line.pop("time")
    line["time_msc"] = str(to_ms(deal.time))
    return line


def order_line(order: OrderRecord, now: datetime) -> dict[str, str]:
    """An order's state from `now` on, as the ledger's file shows it."""
    line = {"kind": "order"} | _texts(order)
    del line["time"]
    return line | {"utc": iso_ms(now)}


def _texts(record: Deal | OrderRecord) -> dict[str, str]:
    return {one.name: _text(getattr(record, one.name)) for one in fields(record)}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return iso_ms(value)
    return "" if value is None else str(value)


def _old_order_of(line: Mapping[str, str]) -> OldOrder:
    return OldOrder(
        ticket=int(line["ticket"]),
        symbol=line["symbol"],
        type=line["type"],
        state=line["state"],
        volume=Decimal(line["volume"]),
        price=Decimal(line["price"]),
        magic=int(line["magic"]),
        comment=line["comment"],
        time=datetime.fromisoformat(line["utc"]).astimezone(UTC),
    )


def _deal_of(line: Mapping[str, str]) -> Deal:
    money = ("volume", "price", "commission", "swap", "fee", "profit")
    return Deal(
        ticket=int(line["ticket"]),
        order=int(line["order"]),
        position_id=int(line["position_id"]),
        time=datetime.fromisoformat(line["utc"]).astimezone(UTC),
        symbol=line["symbol"],
        type=line["type"],
        entry=DealEntry(line["entry"]),
        reason=line["reason"],
        magic=int(line["magic"]),
        comment=line["comment"],
        **{key: Decimal(line[key]) for key in money},
    )
