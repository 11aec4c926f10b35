"""The banner of a stop that stands: by whom, since when, what is open, when it was checked."""

from collections.abc import Callable
from datetime import datetime, timedelta

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.events import StateChanged
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.viewmodels.book import AccountBook

ENDED = (TradingState.STOPPED_FLAT, TradingState.STOPPED_NOT_FLAT)


def stop_words(
    book: AccountBook,
    state: StateChanged,
    show_time: Callable[[datetime], str],
    now: datetime,
    monotonic: float,
) -> str:
    """`Stopped by you (stop button) at 14:03:22. 0 positions, 0 orders, checked 14:03:26.`"""
    by = f" by {state.stopped_by}" if state.stopped_by else ""
    at = f" at {show_time(state.stopped_at)}" if state.stopped_at is not None else ""
    silence = book.silence(monotonic)
    checked = "never checked"
    if silence is not None:
        checked = f"checked {show_time(now - timedelta(seconds=silence))}"
    unclear = f", {state.unresolved} unclear" if state.unresolved else ""
    return (
        f"Stopped{by}{at}. {counted(state.open_positions, 'position')},"
        f" {counted(state.resting_orders, 'order')}{unclear}, {checked}."
    )
