"""What an Expert Advisor may ask of its terminal, as MQL5 names it; the broker answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from signalos_desktop.domain.ea_status import Permissions
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec


class TradeAction(StrEnum):
    """MT5's TRADE_ACTION."""

    DEAL = "DEAL"
    PENDING = "PENDING"
    SLTP = "SLTP"
    MODIFY = "MODIFY"
    REMOVE = "REMOVE"


class Filling(StrEnum):
    """MT5's ORDER_FILLING."""

    FOK = "FOK"
    IOC = "IOC"
    RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class TradeRequest:
    """MqlTradeRequest. type: BUY, SELL, BUY_LIMIT, SELL_LIMIT, BUY_STOP, SELL_STOP.

    deviation in points. sl, tp 0 = none; order, position 0 = none; price is ignored by a DEAL in
    MARKET execution.
    """

    action: TradeAction
    magic: int = 0
    symbol: str = ""
    volume: Decimal = Decimal(0)
    type: str = ""
    price: Decimal = Decimal(0)
    sl: Decimal = Decimal(0)
    tp: Decimal = Decimal(0)
    deviation: int = 0
    filling: Filling = Filling.FOK
    order: int = 0
    position: int = 0
    expiration: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TradeResult:
    """MqlTradeResult; accepted is OrderSend's return value. Tickets 0 = not known at reply time."""

    accepted: bool
    retcode: int
    deal: int = 0
    order: int = 0
    volume: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class OldOrder:
    """An order of the history; time: when it was done with."""

    ticket: int
    symbol: str
    type: str
    state: str
    volume: Decimal
    price: Decimal
    magic: int
    comment: str
    time: datetime


class Terminal(Protocol):
    """The functions of the terminal; times are aware UTC, money in account currency."""

    def order_send(self, request: TradeRequest) -> TradeResult: ...

    def order_check(self, request: TradeRequest) -> int:
        """Retcode that the terminal's own check gives; 0 = fine."""
        ...

    def order_calc_profit(
        self, type_: str, symbol: str, volume: Decimal, price_open: Decimal, price_close: Decimal
    ) -> Decimal | None:
        """Profit of BUY or SELL between two prices; None = cannot be computed."""
        ...

    def order_calc_margin(
        self, type_: str, symbol: str, volume: Decimal, price: Decimal
    ) -> Decimal | None: ...

    def account(self) -> AccountState: ...

    def positions(self) -> Sequence[Position]: ...

    def orders(self) -> Sequence[RestingOrder]: ...

    def deals(self, since: datetime) -> Sequence[Deal]: ...

    def old_orders(self) -> Sequence[OldOrder]:
        """All orders of the history, in the order in which they were done with."""
        ...

    def order_filled(self, ticket: int) -> bool | None:
        """An order that no longer rests: True filled, False cancelled, None not known."""
        ...

    def symbols(self) -> Sequence[SymbolSpec]: ...

    def quotes(self) -> Sequence[Quote]: ...

    def select_symbol(self, symbol: str) -> bool:
        """Put a symbol into the Market Watch; False if the broker does not have it."""
        ...

    def permissions(self) -> Permissions: ...

    def time_gmt(self) -> datetime:
        """TimeGMT(): whole seconds, UTC, from the computer's clock."""
        ...

    def server_utc_offset(self) -> int:
        """Seconds that the trade server's clock is ahead of UTC."""
        ...
