"""What a decision is made from: the candidate, and a frozen snapshot of account and market."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.news import Calendar
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.cooldown import ClosedTrade
from signalos_desktop.domain.risk.floors import Floor
from signalos_desktop.domain.signal import OrderReading
from signalos_desktop.domain.symbols import Quote, Resolution, SymbolSpec
from signalos_desktop.domain.values import Side


@dataclass(frozen=True, slots=True)
class Candidate:
    """One order of a signal that asks to be sent; index: which order of its message it is.

    override: why the user fires over the rules that are not hard, empty = he does not.
    """

    signal: str
    provider: str
    message_id: str | None
    received: datetime
    expires: datetime
    order: OrderReading
    symbol: Resolution
    confidence: Decimal | None = None
    index: int = 0
    override: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """An order on its way or of unclear outcome; loss = its max_loss, in account currency."""

    cmd_id: int
    symbol: str
    side: Side
    lots: Decimal
    loss: Decimal
    provider: str
    signal: str


@dataclass(frozen=True, slots=True)
class AcceptedEntry:
    """An order of a signal that was accepted at FIRE; entry = Levels.anchor, at = when."""

    signal: str
    provider: str
    message_id: str | None
    symbol: str
    side: Side
    entry: Decimal
    at: datetime
    index: int = 0


NO_CALENDAR = Calendar()


@dataclass(frozen=True, slots=True)
class RiskContext:
    """Everything the rules look at. None = not known, which refuses.

    data_age_s: seconds since the terminal's snapshots last changed. reserved: every order queued,
    published or unresolved that is not yet seen in positions or orders. accepted: at least those of
    today and of the duplicate window; sent: when each entry order of a day was sent; both ascend.
    floors: those of the account's limits, empty = none set. specs and quotes by the broker's names.
    providers: who asked for a ticket that is open or rests. closed: trades of the last day and
    more, oldest first.
    """

    now: datetime
    day_start: datetime
    account: AccountState | None = None
    data_age_s: Decimal | None = None
    specs: Mapping[str, SymbolSpec] | None = None
    quotes: Mapping[str, Quote] | None = None
    positions: tuple[Position, ...] | None = None
    orders: tuple[RestingOrder, ...] | None = None
    reserved: tuple[Reservation, ...] = ()
    accepted: tuple[AcceptedEntry, ...] = ()
    sent: tuple[datetime, ...] = ()
    server_utc_offset_s: int | None = None
    floors: tuple[Floor, ...] | None = ()
    providers: Mapping[int, str] = field(default_factory=dict)
    closed: tuple[ClosedTrade, ...] = ()
    news: Calendar = NO_CALENDAR
