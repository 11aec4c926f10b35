"""What the Expert Advisor says of itself: its version, permissions, doubts and its stop."""

from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.trading_state import StopLevel


@dataclass(frozen=True, slots=True)
class StopTicket:
    """A position or order that a stop could not close yet; next_ms = time of the next attempt."""

    ticket: int
    symbol: str
    volume: Decimal
    retcode: int
    attempts: int
    next_ms: int


@dataclass(frozen=True, slots=True)
class Halt:
    """The EA's stop. flags: identities of the flags lying there now; known: those of this stop."""

    stop_id: int
    level: StopLevel
    source: str
    since_ms: int
    flags: tuple[str, ...]
    known: tuple[str, ...]
    flat: bool
    positions: int
    orders: int
    unresolved: int
    damaged: bool
    tickets: tuple[StopTicket, ...]


@dataclass(frozen=True, slots=True)
class Permissions:
    """What the terminal and the broker allow; one False and the EA cannot trade."""

    connected: bool
    terminal_trade: bool
    ea_trade: bool
    account_expert: bool
    account_trade: bool


@dataclass(frozen=True, slots=True)
class EaStatus:
    """status.json. account: the tag `login@server`, the server spelt as in the folder's name."""

    seq: int
    protocol: int
    ea: str
    version: str
    utc_ms: int
    server_utc_offset_s: int
    account: str
    login: int
    server: str
    magic: int
    margin_mode: str
    session: int
    phase: str
    last_settled: int
    file: str
    consumed: int
    in_doubt: tuple[int, ...]
    timer_ms: int
    scope: str
    sl_required: bool
    common: str
    permissions: Permissions
    refused: tuple[str, ...]
    halt: Halt


@dataclass(frozen=True, slots=True)
class EaEvent:
    """One row of events.csv, such as LATE_FILL or RISK_OVERRUN."""

    utc_ms: int
    session: int
    event: str
    cmd_id: int
    ticket: int
    text: str
