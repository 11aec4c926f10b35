"""The strip in words: who, whether the EA lives, the clock, the state, today, what may be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import ZERO
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, ReceiptRead
from signalos_desktop.engine.limits import LimitStanding
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.theme.figures import MINUS, clock_span, counted, money, percent, took
from signalos_desktop.ui.viewmodels.book import LATE_AFTER_S, SILENT_AFTER_S, AccountBook

# What each reason to pause means to a trader; the others are shown as their code says.
REASONS = {
    PauseReason.USER: "Paused by you",
    PauseReason.STARTING: "Starting",
    PauseReason.DAILY_LOSS: "Daily loss limit",
    PauseReason.DRAWDOWN: "Drawdown limit",
    PauseReason.THROTTLE: "Too many orders",
    PauseReason.STALE_DATA: "EA silent or data old",
    PauseReason.RECONCILE_MISMATCH: "Journal and account differ",
    PauseReason.CLOCK_SKEW: "Clock not known",
    PauseReason.NEWS: "News",
    PauseReason.SESSION: "Outside your hours",
    PauseReason.CONFIG_INVALID: "Settings are damaged",
    PauseReason.ACCOUNT_CHANGED: "Another account",
    PauseReason.SLIPPAGE: "Three bad fills",
    PauseReason.FENCED: "Another panel took over",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the strip. colour and dot are tokens; dot "" = none."""

    figure: str
    note: str = ""
    colour: str = "text"
    dot: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What may still be lost. used: at the open S/Ls; trade: at the S/L of the ticket shown."""

    caption: str
    figure: str
    used: Decimal
    left: Decimal
    trade: Decimal = ZERO
    buffer: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class StopShown:
    """phase: ready, sent, stopping, flat, not_flat. positions None = not known."""

    phase: str
    positions: int | None
    orders: int | None
    note: str = ""
    left: int = 0
    total: int = 0


class RoundTrips:
    """How long the last command took from being sent to its receipt, in ms."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self.last_ms: int | None = None
        self._clock = clock
        self._sent: dict[int, float] = {}
        bus.subscribe(CommandChanged, self._on_command)
        bus.subscribe(ReceiptRead, self._on_receipt)

    def _on_command(self, event: CommandChanged) -> None:
        if event.state is CommandState.PUBLISHED:
            self._sent[event.command.cmd_id] = self._clock.monotonic()
        elif event.state is not CommandState.QUEUED:
            self._sent.pop(event.command.cmd_id, None)

    def _on_receipt(self, event: ReceiptRead) -> None:
        sent = self._sent.pop(event.receipt.cmd_id, None)
        if sent is not None:
            self.last_ms = round((self._clock.monotonic() - sent) * 1000)


def ea_mark(book: AccountBook | None, monotonic: float, trip_ms: int | None) -> Mark:
    if book is None:
        return Mark("not found", colour="bad", dot="bad")
    waited = book.silence(monotonic)
    if waited is None:
        return Mark("waiting", colour="stale", dot="stale")
    if waited >= SILENT_AFTER_S:
        return Mark(f"no answer {clock_span(int(waited))}", colour="bad", dot="bad")
    if waited >= LATE_AFTER_S:
        return Mark(f"late {waited:.0f} s", colour="amber", dot="amber")
    if book.status is not None and not _may_trade(book):
        return Mark("may not trade", "look at Algo Trading", colour="bad", dot="bad")
    note = f"{waited:.1f} s ago"
    return Mark("alive", note if trip_ms is None else f"{note}, {took(trip_ms)}", dot="ok")


def _may_trade(book: AccountBook) -> bool:
    if book.status is None:
        return False
    rights = book.status.permissions
    return (
        rights.connected
        and rights.terminal_trade
        and rights.ea_trade
        and rights.account_expert
        and rights.account_trade
    )


def clock_mark(book: AccountBook | None, monotonic: float) -> Mark:
    """The EA's clock beside this computer's, as the last heartbeat showed it."""
    if book is None or book.offset_s is None or book.silent(monotonic):
        return Mark("unknown", colour="stale", icon="clock")
    skewed = book.state is not None and PauseReason.CLOCK_SKEW in book.state.reasons
    sign = "+" if book.offset_s >= 0 else MINUS
    figure = f"{sign}{abs(book.offset_s):.2f} s"
    return Mark(figure, colour="amber" if skewed else "text", icon="clock" if skewed else "lock")


def today_mark(book: AccountBook | None, monotonic: float) -> Mark:
    """The day's result with the open positions' profit, as the account's limits count the day."""
    result = book.limits.day_result if book is not None and book.limits is not None else None
    if book is None or book.money is None or result is None:
        return Mark("unknown", colour="stale")
    figure = money(result, book.money.currency_digits, signed=True)
    if book.silent(monotonic):
        return Mark(figure, "old", colour="stale")
    start = book.money.equity - result
    note = percent(result * 100 / start, signed=True) if start > 0 else ""
    if not result:
        return Mark(figure, note)
    gained = result > 0
    return Mark(
        figure,
        note,
        colour="profit" if gained else "loss",
        icon="arrow-up" if gained else "arrow-down",
    )


def reason_words(reason: PauseReason) -> tuple[str, str]:
    """What it is, and how it ends."""
    words = REASONS.get(reason, reason.value.replace("-", " ").capitalize())
    return words, "ends by itself" if reason.clears_itself else "needs you"


def room_of(book: AccountBook | None, this_trade: Decimal = ZERO) -> Room | None:
    """What may still be lost until a limit of the account acts; without one, the open risk.

    this_trade: money at the S/L of the ticket that is shown.
    """
    if book is None:
        return None
    if book.limits is not None and book.limits.limits:
        return _room_in_money(book, book.limits.limits, book.limits.headroom, this_trade)
    limits = book.standing.limits if book.standing is not None else ()
    heat = next((limit for limit in limits if limit.code == "OPEN_RISK"), None)
    if heat is None or heat.actual is None:
        return None
    figure = f"{percent(heat.left)} of {percent(heat.limit)}"
    return Room("Open risk left", figure, heat.actual, heat.left)


def _room_in_money(
    book: AccountBook,
    limits: Sequence[LimitStanding],
    headroom: Decimal | None,
    this_trade: Decimal,
) -> Room:
    tightest = min(limits, key=lambda limit: limit.left)
    digits = book.money.currency_digits if book.money is not None else 2
    buffer = max(tightest.act - tightest.floor, ZERO)
    if headroom is None:
        return Room(
            "May still lose", money(tightest.left, digits), ZERO, tightest.left, ZERO, buffer
        )
    stops = max(tightest.left - headroom, ZERO)
    trade = min(this_trade, max(headroom, ZERO))
    left = headroom - trade
    return Room("After all S/Ls", money(headroom, digits), stops, left, trade, buffer)


def state_shown(book: AccountBook | None, pressed: bool) -> TradingState:
    """pressed: a stop was, whether or not an account has said so yet."""
    if book is not None and book.state is not None:
        return book.trading
    return TradingState.STOPPING if pressed else TradingState.STARTING


def stop_shown(
    book: AccountBook | None, whole_account: bool, total: int, *, pressed: bool = False
) -> StopShown:
    """What the stop button says; total: how many were open when it was pressed."""
    if book is None or book.state is None:
        return StopShown("sent" if pressed else "ready", None, None)
    ours = (len(book.positions), len(book.orders)) if whole_account else book.ours()
    state = book.state.state
    left = sum(ours)
    if state is TradingState.STOPPED_FLAT:
        return StopShown("flat", *ours, note="nothing open")
    if state is TradingState.STOPPED_NOT_FLAT:
        if book.state.stop_level is StopLevel.HALT:
            note = f"{counted(ours[0], 'position')} kept"
        else:
            note = f"{left} still open" if left else "not proven flat"
        return StopShown("not_flat", *ours, note=note)
    if state is TradingState.STOPPING:
        return StopShown("stopping", *ours, left=left, total=max(total, left))
    return StopShown("ready", *ours)
