"""What the engine asks of the outside world; adapters implement it, tests bring their own."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.ea_status import EaEvent, EaStatus
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import Entry, KnownCommand, Replay


class OutboxBusyError(Exception):
    """Another program holds the command file; nothing was written, try again with every check."""


class OutboxFailedError(Exception):
    """The row could not be written (disk full, folder gone); it will never be executed."""


class FolderHeldError(Exception):
    """Another panel writes into this terminal's folder; the text names its process."""


class LedgerFailedError(Exception):
    """The journal could not be written; whoever asked must not go on to send."""


class LedgerRefusedError(LedgerFailedError):
    """The journal is well and contradicts the entry: this intent or id was there before."""


class LedgerDamagedError(Exception):
    """The journal cannot be read; the text names the file and what to do."""


class Clock(Protocol):
    """Time: aware UTC for what people and the EA see, monotonic seconds for ages."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Outbox(Protocol):
    """The one door to the EA. append writes one row or raises OutboxBusy/OutboxFailedError.

    prepare does what append would have to compute, while the journal is still writing.
    """

    def prepare(self, command: Command) -> None: ...

    def append(self, command: Command) -> None: ...


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of an EA file that could not be read, put aside; text is cut to 200 characters."""

    file: str
    offset: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about the bridge's files that a person should know; code is stable."""

    code: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far an append-only file was read: bytes, and a mark of the file's identity."""

    file: str
    offset: int
    mark: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is new since the last poll; None = that snapshot has not changed."""

    receipts: tuple[Receipt, ...] = ()
    deals: tuple[Deal, ...] = ()
    events: tuple[EaEvent, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    status: EaStatus | None = None
    account: AccountState | None = None
    positions: tuple[Position, ...] | None = None
    orders: tuple[RestingOrder, ...] | None = None
    symbols: tuple[SymbolSpec, ...] | None = None
    quotes: tuple[Quote, ...] | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """A whole, intact row found in a command file at start."""

    cmd_id: int
    session: int
    file: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a bridge found when it began a session: its number and the rows in command files."""

    session: int
    rows: tuple[FileRow, ...]
    largest_id: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A halt flag that lies somewhere; identity as in status.halt."""

    path: str
    identity: str
    level: StopLevel


@dataclass(frozen=True, slots=True)
class Means:
    """What the Expert Advisor behind a bridge can do and show.

    prices: it shows live ones. proves_flat: it latches a stop, states what is open and settles its
    own doubts; else the app closes, and nobody can prove the result. controls: it takes control
    rows. silent_after_s: without news for so long it counts as silent.
    """

    actions: frozenset[CommandAction]
    prices: bool
    proves_flat: bool
    controls: bool
    silent_after_s: float


ALL_MEANS = Means(
    frozenset(CommandAction), prices=True, proves_flat=True, controls=True, silent_after_s=5.0
)
"""Those of the Expert Advisor that belongs to this panel."""


class Bridge(Protocol):
    """One terminal. Everything but flush is synchronous and short; poll costs microseconds."""

    @property
    def account(self) -> Account: ...

    @property
    def magic(self) -> int: ...

    @property
    def protocol(self) -> int: ...

    @property
    def means(self) -> Means: ...

    @property
    def clock_known(self) -> bool:
        """False while it is not known what time the Expert Advisor decides by: no entries."""
        ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def behind(self) -> bool:
        """True if there is more to read than one poll takes: poll again at once."""
        ...

    def begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        """Announce a session above the floor in app.json, then read the command files.

        Raises FolderHeldError if another panel holds the folder, OutboxBusyError or
        OutboxFailedError if it cannot be written now.
        """
        ...

    def recall(self, known: Sequence[KnownCommand]) -> None:
        """What the journal knows of commands, for a bridge that sees no positions itself.

        Called once after begin(), and again when the user has settled one.
        """
        ...

    def poll(self, *, fast: bool = False) -> Facts | None:
        """What is new, or None. Never raises for a file that is absent, locked or damaged.

        fast: receipts and status only, while a receipt is waited for.
        """
        ...

    def beat(self, *, closing: bool = False) -> bool:
        """Write the heartbeat; False if another app has announced a higher session (fenced)."""
        ...

    def control(self, verb: str, arg: str) -> None:
        """Append a control row; raises OutboxBusy/OutboxFailedError."""
        ...

    def flags(self) -> tuple[Flag, ...]:
        """The halt flags lying in the instance folder and in Common now."""
        ...

    def remove_flags(self, identities: frozenset[str]) -> str | None:
        """Remove the flags if they are just these; None, or the path of one that stays."""
        ...

    def flag_paths(self) -> tuple[str, ...]:
        """Where a stop must write its flag for this terminal."""
        ...

    def archive(self, settled: frozenset[int]) -> None:
        """Archive command files of older sessions all of whose rows are settled."""
        ...

    async def flush(self) -> None:
        """Wait until every appended row is on the disk."""
        ...

    def close(self) -> None:
        """Give the folder's lock back."""
        ...


class FlagWriter(Protocol):
    """Writes a halt flag, never with a lower level than one lying there; blocking."""

    def write(self, path: str, level: StopLevel, press_id: str) -> None: ...

    def remove(self, path: str, press_ids: frozenset[str]) -> bool:
        """Remove the flag if it is of one of these presses; False = none of theirs lies there.

        OSError: it stays.
        """
        ...


class Ledger(Protocol):
    """The journal. record is one durable transaction, begun at once; awaited, it is on the disk.

    Awaiting raises LedgerRefusedError (nothing of this call was kept) or LedgerFailedError.
    """

    def record(self, *entries: Entry) -> Awaitable[None]: ...

    def replay(self) -> Replay: ...

    def close(self) -> None: ...
