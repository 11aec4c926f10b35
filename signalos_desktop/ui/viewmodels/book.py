"""What is known of each account right now: money, prices, positions, state, the EA's last word."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import (
    AccountChanged,
    EaSeen,
    LimitsChanged,
    OrderChanged,
    PositionChanged,
    QuotesChanged,
    StateChanged,
    SymbolsChanged,
    TerminalReady,
)
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.standings import Standing
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.viewmodels.open_items import fold

SILENT_AFTER_S = 5.0
SKEWS_KEPT = 120
LATE_AFTER_S = 3.0


@dataclass(frozen=True, slots=True)
class Look:
    """What the panel asks the engine for again and again. age_s: since the EA's last heartbeat."""

    standing: Standing
    status: EaStatus | None
    age_s: float
    skew_s: float | None


@dataclass(slots=True)
class AccountBook:
    """One account. seen: when the EA was last heard, on the monotonic clock."""

    account: Account
    money: AccountState | None = None
    money_at: datetime | None = None
    status: EaStatus | None = None
    seen: float | None = None
    offset_s: float | None = None
    skews: deque[float] = field(default_factory=lambda: deque(maxlen=SKEWS_KEPT))
    state: StateChanged | None = None
    standing: Standing | None = None
    limits: LimitsChanged | None = None
    positions: dict[int, Position] = field(default_factory=dict)
    orders: dict[int, RestingOrder] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    specs: dict[str, SymbolSpec] = field(default_factory=dict)

    @property
    def trading(self) -> TradingState:
        return self.state.state if self.state is not None else TradingState.STARTING

    @property
    def live(self) -> bool | None:
        """None until the terminal has said what kind of account this is."""
        return None if self.money is None else self.money.trade_mode == "REAL"

    def silence(self, monotonic: float) -> float | None:
        """Seconds since the EA was heard; None = never yet."""
        return None if self.seen is None else max(0.0, monotonic - self.seen)

    def silent(self, monotonic: float) -> bool:
        waited = self.silence(monotonic)
        return waited is not None and waited >= SILENT_AFTER_S

    def ours(self) -> tuple[int, int]:
        """Positions and orders that carry our magic number."""
        magic = self.status.magic if self.status is not None else None
        return (
            sum(magic in (None, p.magic) for p in self.positions.values()),
            sum(magic in (None, o.magic) for o in self.orders.values()),
        )


class Books:
    """All accounts; `current` is the one the panel is about, the first one unless chosen."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self._clock = clock
        self._books: dict[Account, AccountBook] = {}
        self._chosen: Account | None = None
        bus.subscribe(TerminalReady, self._on_ready)
        bus.subscribe(AccountChanged, self._on_money)
        bus.subscribe(EaSeen, self._on_ea)
        bus.subscribe(LimitsChanged, self._on_limits)
        bus.subscribe(StateChanged, self._on_state)
        bus.subscribe(PositionChanged, self._on_position)
        bus.subscribe(OrderChanged, self._on_order)
        bus.subscribe(QuotesChanged, self._on_quotes)
        bus.subscribe(SymbolsChanged, self._on_symbols)

    @property
    def accounts(self) -> tuple[Account, ...]:
        return tuple(self._books)

    @property
    def current(self) -> AccountBook | None:
        if self._chosen is not None:
            return self._books[self._chosen]
        return next(iter(self._books.values()), None)

    def choose(self, account: Account) -> None:
        if account in self._books:
            self._chosen = account

    @property
    def live(self) -> bool:
        """True where any account trades real money, or may for all that is known."""
        return any(book.live is not False for book in self._books.values())

    def open_words(self) -> str:
        """What is open over all accounts, `3 positions + 1 order`; empty = nothing."""
        books = self._books.values()
        positions = sum(len(book.positions) for book in books)
        orders = sum(len(book.orders) for book in books)
        parts = [counted(positions, "position")] if positions else []
        parts += [counted(orders, "order")] if orders else []
        return " + ".join(parts)

    def of(self, account: Account) -> AccountBook | None:
        return self._books.get(account)

    def take_looks(self, looks: list[Look]) -> None:
        for look in looks:
            book = self._note(look.standing.state.account)
            book.standing, book.status = look.standing, look.status
            if isfinite(look.age_s):
                book.seen = self._clock.monotonic() - look.age_s
            if look.skew_s is not None:
                # Whatever came between writing and reading makes it larger, never smaller.
                book.skews.append(look.skew_s)
                book.offset_s = -min(book.skews)

    def _on_ready(self, event: TerminalReady) -> None:
        self._note(event.account)

    def _note(self, account: Account) -> AccountBook:
        return self._books.setdefault(account, AccountBook(account))

    def _on_money(self, event: AccountChanged) -> None:
        book = self._note(event.state.account)
        book.money, book.money_at = event.state, self._clock.now()

    def _on_ea(self, event: EaSeen) -> None:
        book = self._note(event.account)
        book.status, book.seen = event.status, self._clock.monotonic()
        book.offset_s = event.status.utc_ms / 1000 - self._clock.now().timestamp()

    def _on_limits(self, event: LimitsChanged) -> None:
        self._note(event.account).limits = event

    def _on_state(self, event: StateChanged) -> None:
        self._note(event.account).state = event

    def _on_position(self, event: PositionChanged) -> None:
        held = self._note(event.account).positions
        fold(held, event.position.ticket, event.change, event.position)

    def _on_order(self, event: OrderChanged) -> None:
        held = self._note(event.account).orders
        fold(held, event.order.ticket, event.change, event.order)

    def _on_quotes(self, event: QuotesChanged) -> None:
        self._note(event.account).quotes.update({q.symbol: q for q in event.quotes})

    def _on_symbols(self, event: SymbolsChanged) -> None:
        self._note(event.account).specs.update({s.name: s for s in event.symbols})
