"""Rows of the tables Positions, Orders and History, folded from the engine's events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from signalos_desktop.domain.position import Deal, Position, RestingOrder
from signalos_desktop.domain.values import ZERO, Account, Side
from signalos_desktop.engine.events import DealSeen, OrderChanged, PositionChanged
from signalos_desktop.ui.viewmodels.instruments import Instruments, row_key
from signalos_desktop.ui.viewmodels.open_items import fold

_LONGEST_COMMENT = 200


@dataclass(frozen=True, slots=True)
class PositionRow:
    """unsettled: a command about it has no clear outcome yet."""

    account: Account
    position: Position
    unsettled: bool = False

    @property
    def key(self) -> str:
        return row_key(self.account, self.position.ticket)


@dataclass(frozen=True, slots=True)
class OrderRow:
    account: Account
    order: RestingOrder
    unsettled: bool = False

    @property
    def key(self) -> str:
        return row_key(self.account, self.order.ticket)


@dataclass(frozen=True, slots=True)
class DealRow:
    account: Account
    deal: Deal
    cmd_id: int | None
    external: bool

    @property
    def key(self) -> str:
        return row_key(self.account, self.deal.ticket)


class OpenTrades:
    """Positions and orders that are open now, by the key of their row."""

    def __init__(self) -> None:
        self.positions: dict[str, PositionRow] = {}
        self.orders: dict[str, OrderRow] = {}
        self._unsettled: frozenset[str] = frozenset()

    def take_position(self, event: PositionChanged) -> str:
        """The key of the row that is new, changed or gone."""
        key = row_key(event.account, event.position.ticket)
        row = PositionRow(event.account, event.position, key in self._unsettled)
        fold(self.positions, key, event.change, row)
        return key

    def take_order(self, event: OrderChanged) -> str:
        key = row_key(event.account, event.order.ticket)
        row = OrderRow(event.account, event.order, key in self._unsettled)
        fold(self.orders, key, event.change, row)
        return key

    def mark_unsettled(self, keys: Iterable[str]) -> Iterator[str]:
        """Which tickets wait for an outcome; the keys of the rows that change by it."""
        now = frozenset(keys)
        for key in now ^ self._unsettled:
            if key in self.positions:
                self.positions[key] = replace(self.positions[key], unsettled=key in now)
                yield key
            if key in self.orders:
                self.orders[key] = replace(self.orders[key], unsettled=key in now)
                yield key
        self._unsettled = now


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over positions; profit and swap None: accounts of several currencies do not add up."""

    count: int
    volume: Decimal
    profit: Decimal | None
    swap: Decimal | None


def sum_positions(rows: Iterable[PositionRow], instruments: Instruments) -> Totals:
    shown = list(rows)
    currencies = {instruments.currency(row.account) for row in shown}
    volume = sum((row.position.volume for row in shown), ZERO)
    if len(currencies) > 1:
        return Totals(len(shown), volume, None, None)
    profit = sum((row.position.profit for row in shown), ZERO)
    swap = sum((row.position.swap for row in shown), ZERO)
    return Totals(len(shown), volume, profit, swap)


def deal_row(event: DealSeen) -> DealRow:
    return DealRow(event.account, event.deal, event.cmd_id, event.external)


def deal_side(deal: Deal) -> Side | None:
    """None for a deal that only moved the balance."""
    return {"BUY": Side.BUY, "SELL": Side.SELL}.get(deal.type)


def order_word(order: RestingOrder) -> str:
    """The order's type as MT5's table writes it: `buy limit`."""
    return order.type.lower().replace("_", " ")


def one_line(text: str) -> str:
    """Stranger's text on one line, without control characters, and not endless."""
    tidy = "".join(c if c.isprintable() else " " for c in text[: 2 * _LONGEST_COMMENT])
    joined = " ".join(tidy.split())
    return joined if len(joined) <= _LONGEST_COMMENT else f"{joined[: _LONGEST_COMMENT - 1]}…"
