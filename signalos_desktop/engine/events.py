"""Everything the engine tells: one frozen class for each event, all in this file."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.ea_status import EaStatus, StopTicket
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, Position, RestingOrder
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.signal import Message, Reading
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.drill_steps import DrillStep
from signalos_desktop.engine.entries import CommandState, Relation, SignalState
from signalos_desktop.engine.limits import LimitStanding


@dataclass(frozen=True, slots=True)
class TerminalReady:
    """A terminal is attached and reconciled."""

    account: Account
    version: str
    protocol: int


@dataclass(frozen=True, slots=True)
class SignalRead:
    """A message came in and was read; expires None = it does not run out.

    thread: the signal that it belongs to, empty = itself. changes: what an edit says differently.
    """

    signal: str
    message: Message
    reading: Reading
    expires: datetime | None
    relation: Relation = Relation.NEW
    thread: str = ""
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalChanged:
    signal: str
    state: SignalState
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """stage: preview or fire; order: which order of the signal, from 0."""

    account: Account
    signal: str
    stage: str
    order: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class UpdatePlanned:
    """What an update, an edit or late levels do to open trades, in words.

    ends: signals that wait and are called off. asks: why it waits for a person. notes: what is left
    out, and why.
    """

    account: Account
    signal: str
    thread: str
    steps: tuple[str, ...]
    ends: tuple[str, ...]
    asks: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommandChanged:
    """reason: why it was not sent, or empty."""

    account: Account
    command: Command
    signal: str | None
    state: CommandState
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    account: Account
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """change: opened, changed (volume or levels), priced (profit only), closed."""

    account: Account
    change: str
    position: Position


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """change: opened, changed, closed."""

    account: Account
    change: str
    order: RestingOrder


@dataclass(frozen=True, slots=True)
class DealSeen:
    """cmd_id None and external: a trade by hand or by another program."""

    account: Account
    deal: Deal
    cmd_id: int | None
    external: bool


@dataclass(frozen=True, slots=True)
class AccountChanged:
    state: AccountState


@dataclass(frozen=True, slots=True)
class QuotesChanged:
    account: Account
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SymbolsChanged:
    account: Account
    symbols: tuple[SymbolSpec, ...]


@dataclass(frozen=True, slots=True)
class EaSeen:
    """A fresh status of the EA."""

    account: Account
    status: EaStatus


@dataclass(frozen=True, slots=True)
class LimitsChanged:
    """What the day has brought, and what is left of each limit of the account, in its currency.

    The day is that of the account's daily limit, else the trade server's.
    headroom: what is left above the highest floor if every S/L is hit, None without a limit.
    day_result and limits None = not known yet.
    """

    account: Account
    currency: str
    day_result: Decimal | None
    headroom: Decimal | None
    limits: tuple[LimitStanding, ...] | None


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Effective state of an account. verdict: why a stop is not flat, empty otherwise.

    stopped_by, stopped_at: who was the first to press the stop that stands, and when.
    undoable: a pause of the user's that may be taken back at once; all else is held.
    """

    account: Account
    state: TradingState
    reasons: frozenset[PauseReason]
    open_positions: int
    resting_orders: int
    unresolved: int
    stop_level: StopLevel
    verdict: str
    tickets: tuple[StopTicket, ...]
    stopped_by: str = ""
    stopped_at: datetime | None = None
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something the user must not miss; account None = it concerns all."""

    account: Account | None
    code: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Slippage:
    """A fill that was worse than the price the decision was made at, in price units."""

    account: Account
    cmd_id: int
    worse_by: Decimal


@dataclass(frozen=True, slots=True)
class RuleActed:
    """A rule of an open trade has asked for a command. text: the rule with its numbers."""

    account: Account
    ticket: int
    symbol: str
    signal: str | None
    cmd_id: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class DrillMoved:
    """The stop drill has come further; the steps that have no time yet are still to come."""

    steps: tuple[DrillStep, ...]


Event = (
    TerminalReady
    | SignalRead
    | SignalChanged
    | Decided
    | UpdatePlanned
    | CommandChanged
    | ReceiptRead
    | PositionChanged
    | OrderChanged
    | DealSeen
    | AccountChanged
    | QuotesChanged
    | SymbolsChanged
    | EaSeen
    | LimitsChanged
    | StateChanged
    | Alarm
    | Slippage
    | RuleActed
    | DrillMoved
)
