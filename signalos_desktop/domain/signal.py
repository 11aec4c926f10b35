"""What a message says: the reading of a signal's text, before any price or rule is applied."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.values import Side


class Kind(StrEnum):
    """What a message is: a new trade, an instruction about existing trades, or neither."""

    OPEN = "open"
    UPDATE = "update"
    NONE = "none"


class OrderType(StrEnum):
    """Order type only as written; UNSPECIFIED is a price without a word for the type."""

    MARKET = "market"
    LIMIT = "limit"
    STOP = "stop"
    UNSPECIFIED = "unspecified"


class ActionKind(StrEnum):
    """What an update asks for."""

    CLOSE = "close"
    CLOSE_PARTIAL = "close_partial"
    BREAKEVEN = "breakeven"
    MODIFY_SL = "modify_sl"
    MODIFY_TP = "modify_tp"
    CANCEL_PENDING = "cancel_pending"
    CLOSE_ALL = "close_all"


@dataclass(frozen=True, slots=True)
class Zone:
    """An entry price (low == high) or an entry zone."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the original text a field was read: text[start:end], in code points."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a reading must be looked at by a person; code is stable, text is for people."""

    code: str
    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class OrderReading:
    """One order as the message states it. Prices are prices, pips are unsigned and as written."""

    symbol: str | None
    side: Side | None
    order_type: OrderType
    entry: Zone | None = None
    sl: Decimal | None = None
    sl_pips: Decimal | None = None
    tps: tuple[Decimal, ...] = ()
    tp_pips: tuple[Decimal, ...] = ()
    tp_rr: tuple[Decimal, ...] = ()
    tp_open: bool = False
    leverage: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An instruction about existing trades; it filters only by what the message names."""

    kind: ActionKind
    symbol: str | None = None
    side: Side | None = None
    fraction: Decimal | None = None
    price: Decimal | None = None
    prices: tuple[Decimal, ...] = ()
    tp_index: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. An OPEN with problems is for review and never trades by itself."""

    kind: Kind
    orders: tuple[OrderReading, ...] = ()
    actions: tuple[Action, ...] = ()
    problems: tuple[Problem, ...] = ()
    spans: tuple[Span, ...] = ()
    confidence: Decimal | None = None

    @property
    def tradable(self) -> bool:
        """True if the message states complete orders and nothing in it needs a person."""
        return self.kind is Kind.OPEN and bool(self.orders) and not self.problems


@dataclass(frozen=True, slots=True)
class Message:
    """One signal text as it came in, and where from. deleted: the provider took it back."""

    text: str
    provider: str = "paste"
    message_id: str | None = None
    reply_to: str | None = None
    edited: bool = False
    deleted: bool = False
