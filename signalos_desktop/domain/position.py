"""What is really open at the broker: positions, resting orders and deals as MT5 names them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.values import Side


@dataclass(frozen=True, slots=True)
class Position:
    """An open position; sl and tp None = none set. identifier never changes, ticket may."""

    ticket: int
    identifier: int
    symbol: str
    side: Side
    volume: Decimal
    price_open: Decimal
    sl: Decimal | None
    tp: Decimal | None
    price_current: Decimal
    swap: Decimal
    profit: Decimal
    magic: int
    comment: str
    time: datetime


@dataclass(frozen=True, slots=True)
class RestingOrder:
    """A pending order at the broker; type is MT5's name, such as BUY_LIMIT."""

    ticket: int
    symbol: str
    type: str
    state: str
    volume: Decimal
    price: Decimal
    sl: Decimal | None
    tp: Decimal | None
    expiration: datetime | None
    magic: int
    comment: str
    time: datetime

    @property
    def side(self) -> Side:
        return Side.BUY if self.type.startswith("BUY") else Side.SELL


class DealEntry(StrEnum):
    """MT5's DEAL_ENTRY."""

    IN = "IN"
    OUT = "OUT"
    INOUT = "INOUT"
    OUT_BY = "OUT_BY"


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal of the account's history; type BUY, SELL, BALANCE, CREDIT, ... as MT5 names it."""

    ticket: int
    order: int
    position_id: int
    time: datetime
    symbol: str
    type: str
    entry: DealEntry
    reason: str
    volume: Decimal
    price: Decimal
    commission: Decimal
    swap: Decimal
    fee: Decimal
    profit: Decimal
    magic: int
    comment: str

    @property
    def trade(self) -> bool:
        """True for a deal that moved a position, not the balance alone."""
        return self.type in ("BUY", "SELL")
