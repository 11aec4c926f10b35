"""What the journal keeps: one frozen entry for each thing that happened, and what a start needs."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.management.rules import TradePlan
from signalos_desktop.domain.position import Deal, Position
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.anchors import Sighting
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.risk.floors import Anchor
from signalos_desktop.domain.signal import Message, Reading
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account


class SignalState(StrEnum):
    """Where a signal stands; the words of the inbox."""

    READY = "ready"
    REVIEW = "review"
    REJECTED = "rejected"
    NONE = "none"
    FIRED = "fired"
    SKIPPED = "skipped"
    SKIPPED_PAUSED = "skipped_paused"
    SKIPPED_STOPPED = "skipped_stopped"
    EXPIRED = "expired"
    DONE = "done"


class CommandState(StrEnum):
    """Where a command stands. Only PUBLISHED ones may be at the EA."""

    QUEUED = "queued"
    PUBLISHED = "published"
    NOT_SENT = "not_sent"
    SETTLED = "settled"


class Relation(StrEnum):
    """How a message belongs to an earlier one of its provider."""

    NEW = "new"
    REPEAT = "repeat"
    EDIT = "edit"
    LEVELS = "levels"
    REPLY = "reply"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """A message as it came in with its reading; expires None = it does not run out.

    thread: the signal that it belongs to, empty = itself. changes: what an edit says differently.
    """

    signal: str
    time: datetime
    message: Message
    reading: Reading
    expires: datetime | None
    relation: Relation = Relation.NEW
    thread: str = ""
    changes: tuple[FieldChange, ...] = ()

    @property
    def root(self) -> str:
        return self.thread or self.signal


@dataclass(frozen=True, slots=True)
class SignalStateEntry:
    signal: str
    time: datetime
    state: SignalState
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """stage: preview (shown before FIRE) or fire (evaluated again on live data)."""

    signal: str
    account: Account
    time: datetime
    stage: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command before it may be sent. intent: what must happen at most once, as `signal/leg`.

    plan: how the trade that it opens is looked after. source: the rule that asked for it, with its
    numbers; empty = a signal, a person or the stop.
    """

    command: Command
    signal: str | None
    intent: str
    reserved_loss: Decimal
    plan: TradePlan | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CommandStateEntry:
    """reason: why not sent (code and numbers), or empty."""

    account: Account
    cmd_id: int
    time: datetime
    state: CommandState
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    account: Account
    receipt: Receipt
    time: datetime
    verdict: str


@dataclass(frozen=True, slots=True)
class DealEntry:
    """cmd_id None and external True: a trade by hand or by another program."""

    account: Account
    deal: Deal
    cmd_id: int | None
    external: bool


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """change: opened, changed or closed; the position as it was last seen."""

    account: Account
    time: datetime
    change: str
    position: Position


STOPPED_BY = "stop: "
"""Before the name of whoever stopped, in the source of every state that is a stop."""


@dataclass(frozen=True, slots=True)
class StateEntry:
    """account None = all of them. source: what moved it: a rule, start, stop: by whom, ..."""

    account: Account | None
    time: datetime
    state: TradingState
    reasons: frozenset[PauseReason]
    source: str
    stop_level: StopLevel = StopLevel.NONE


@dataclass(frozen=True, slots=True)
class SessionEntry:
    account: Account
    time: datetime
    session: int


@dataclass(frozen=True, slots=True)
class AlarmEntry:
    account: Account | None
    time: datetime
    code: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class CheckpointEntry:
    """How far an EA file has been read into the journal, committed with what was read."""

    account: Account
    file: str
    offset: int
    mark: str


@dataclass(frozen=True, slots=True)
class ResolutionEntry:
    """What the user said of an unclear outcome: filled, not_filled."""

    account: Account
    cmd_id: int
    time: datetime
    resolved_as: str


@dataclass(frozen=True, slots=True)
class AnchorEntry:
    """What an account's limits of one schedule are measured from; written anew as it changes."""

    account: Account
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class SightingEntry:
    """The account's money as it was seen last; the newest one is kept."""

    account: Account
    sighting: Sighting


Entry = (
    SignalEntry
    | SignalStateEntry
    | DecisionEntry
    | CommandEntry
    | CommandStateEntry
    | ReceiptEntry
    | DealEntry
    | PositionEntry
    | StateEntry
    | SessionEntry
    | AlarmEntry
    | CheckpointEntry
    | ResolutionEntry
    | AnchorEntry
    | SightingEntry
)


@dataclass(frozen=True, slots=True)
class KnownSignal:
    """A signal of the journal with its last state."""

    entry: SignalEntry
    state: SignalState
    reason: str


@dataclass(frozen=True, slots=True)
class KnownCommand:
    """A command of the journal with all that became of it."""

    entry: CommandEntry
    state: CommandState
    reason: str
    receipts: tuple[Receipt, ...]
    resolved_as: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What a start needs of the journal: everything not older than `since` and all that is open."""

    signals: tuple[KnownSignal, ...] = ()
    commands: tuple[KnownCommand, ...] = ()
    deals: tuple[DealEntry, ...] = ()
    states: tuple[StateEntry, ...] = ()
    anchors: tuple[AnchorEntry, ...] = ()
    sightings: tuple[SightingEntry, ...] = ()
    checkpoints: tuple[CheckpointEntry, ...] = ()
    sessions: dict[Account, int] = field(default_factory=dict)
    largest_ids: dict[Account, int] = field(default_factory=dict)
    last_signal: int = 0
