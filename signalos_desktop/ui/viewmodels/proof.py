"""The proof of a stop: every ticket that was open at the press, and its last answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.ea_status import StopTicket
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.retcodes import describe_retcode
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import OrderChanged, PositionChanged, StateChanged
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.theme.figures import price, volume
from signalos_desktop.ui.viewmodels.book import AccountBook

MANUAL = (
    "In MT5: Toolbox, tab Trade, right-click the ticket, Close position (or Delete order).",
    "Every S/L stays at the broker until its position is closed.",
)
RULE = (
    "Flat is shown only when the account itself lists no position and no order of ours, "
    "and no send is unclear."
)
MARKET_CLOSED = 10018
VERDICTS = {
    "": "waiting for the account",
    "EA_SILENT": "the EA does not answer: close by hand in MT5 now",
    "NOT_ACKNOWLEDGED": "the EA has not confirmed this stop yet",
    "STATUS_OLD": "what the EA said last is too old to prove it: waiting for its next report",
    "SNAPSHOTS_FROZEN": "the account's list has stopped moving: it is not believed",
    "UNRESOLVED": "the outcome of a send is unknown: settle it below",
    "STILL_OPEN": "something is still open: the EA keeps trying",
    "TRADING_OFF": "MT5 or the broker does not let the EA trade: press Algo Trading",
    "NO_CONNECTION": "MT5 has no connection to the trade server: the EA waits for it",
    "WAITING_MARKET": "the market is closed: the EA closes it at the open",
    "STILL_CLOSING": "the panel is still closing what is open",
    "POSITIONS_KEPT": "positions were kept, as the stop asked for",
    "CANNOT_BE_PROVEN": "this EA cannot prove it: look in MT5, then say so",
}


@dataclass(slots=True)
class ProofRow:
    """One ticket in the scope; ended: when it was seen gone, on the monotonic clock."""

    ticket: int
    symbol: str
    side: Side
    volume: str
    profit: Decimal | None
    sl: str
    order: str = ""
    ended: float | None = None
    tried: StopTicket | None = None


@dataclass(slots=True)
class ProofSteps:
    """When each step was seen, on the monotonic clock; None = not yet."""

    pressed: float
    pressed_at: datetime
    stopping: float | None = None
    latched: float | None = None
    flat: float | None = None


class ProofBook:
    """Remembers what was open when a stop began and what became of it."""

    def __init__(
        self,
        bus: EventBus,
        book: Callable[[], AccountBook | None],
        clock: Clock,
    ) -> None:
        self.rows: dict[int, ProofRow] = {}
        self.steps: ProofSteps | None = None
        self.by_us = False
        self._book = book
        self._clock = clock
        bus.subscribe(StateChanged, self._on_state)
        bus.subscribe(PositionChanged, self._on_position)
        bus.subscribe(OrderChanged, self._on_order)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def settled(self) -> int:
        return sum(row.ended is not None for row in self.rows.values())

    def press(self) -> None:
        """The button of this panel went down."""
        if self.steps is None or self.steps.flat is not None:
            self._begin()
        self.by_us = True

    def note_latched(self) -> None:
        """The EA has confirmed the stop."""
        if self.steps is not None and self.steps.latched is None:
            self.steps.latched = self._clock.monotonic()

    def headline(self, state: TradingState) -> str:
        if state is TradingState.STOPPED_FLAT:
            return "Flat" if not self.total else f"{self.total} of {self.total} flat"
        if state is TradingState.STOPPED_NOT_FLAT and self.settled == self.total:
            return "Not proven flat"
        if not self.total:
            return "Checking that nothing is open"
        return f"{self.settled} of {self.total} flat"

    def answer(self, row: ProofRow) -> tuple[str, str]:
        """The last answer in words, and what happens next."""
        if row.ended is not None:
            return ("gone from the account", "")
        if row.tried is None or not row.tried.attempts:
            return ("not tried yet", "orders go first, then the largest risk")
        known = describe_retcode(row.tried.retcode)
        waits = row.tried.retcode == MARKET_CLOSED
        step = "waits for the market to open" if waits else "the EA tries again"
        return (f"{row.tried.retcode} {known.wording}: {known.cause}", step)

    def _begin(self) -> None:
        now, monotonic = self._clock.now(), self._clock.monotonic()
        self.steps = ProofSteps(monotonic, now)
        self.rows = {}
        self.by_us = False
        book = self._book()
        if book is None:
            return
        for position in book.positions.values():
            self._add_position(position, book)
        for order in book.orders.values():
            self._add_order(order, book)

    def _add_position(self, position: Position, book: AccountBook) -> None:
        if book.status is not None and position.magic != book.status.magic:
            return
        spec = book.specs.get(position.symbol)
        digits = spec.digits if spec is not None else 5
        self.rows[position.ticket] = ProofRow(
            position.ticket,
            position.symbol,
            position.side,
            volume(position.volume),
            position.profit,
            price(position.sl, digits) if position.sl else "",
        )

    def _add_order(self, order: RestingOrder, book: AccountBook) -> None:
        if book.status is not None and order.magic != book.status.magic:
            return
        words = order.type.lower().replace("_", " ")
        self.rows[order.ticket] = ProofRow(
            order.ticket, order.symbol, order.side, volume(order.volume), None, "", words
        )

    def _on_state(self, event: StateChanged) -> None:
        book = self._book()
        if book is None or event.account != book.account:
            return
        now = self._clock.monotonic()
        if not event.state.stopped:
            self.steps, self.rows = None, {}
            return
        if self.steps is None:
            self._begin()
        if self.steps is not None and self.steps.stopping is None:
            self.steps.stopping = now
        tried = {ticket.ticket: ticket for ticket in event.tickets}
        for row in self.rows.values():
            row.tried = tried.get(row.ticket, row.tried)
        if event.state is TradingState.STOPPED_FLAT:
            self._flat(now)
        elif self.steps is not None:
            self.steps.flat = None

    def _flat(self, now: float) -> None:
        for row in self.rows.values():
            row.ended = row.ended if row.ended is not None else now
        if self.steps is not None and self.steps.flat is None:
            self.steps.flat = now

    def _on_position(self, event: PositionChanged) -> None:
        self._move(event.position.ticket, event.change)
        row = self.rows.get(event.position.ticket)
        if row is not None and row.ended is None:
            row.profit = event.position.profit
        elif row is None and event.change == "opened" and self.steps is not None:
            book = self._book()
            if book is not None:
                self._add_position(event.position, book)

    def _on_order(self, event: OrderChanged) -> None:
        self._move(event.order.ticket, event.change)

    def _move(self, ticket: int, change: str) -> None:
        row = self.rows.get(ticket)
        if row is not None and change == "closed" and row.ended is None:
            row.ended = self._clock.monotonic()
