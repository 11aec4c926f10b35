"""What an Expert Advisor's heartbeat says of it: silent, standing still, another clock."""

from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.stop_words import protected

SKEW_S = 5.0
SILENT_S = 3.0
LOOK_AT_TERMINAL = "look at the terminal: is it running, is the EA on a chart, is Algo Trading on"


def tell_late_start(desk: Desk, clock: Clock) -> None:
    """Say why a terminal that is attached does not come to life."""
    if desk.book.fresh(clock.monotonic()):
        missing = ", ".join(desk.book.missing) or "what time it goes by"
        text, code = f"{desk.account} has not shown yet: {missing}", "SNAPSHOTS_MISSING"
    else:
        text, code = f"the EA of {desk.account} gives no heartbeat", "EA_SILENT"
    desk.alarm(code, text, LOOK_AT_TERMINAL)


def follow_heartbeat(desk: Desk, clock: Clock) -> None:
    """Pause for what stands still or does not fit, and clear what has passed."""
    safety, book = desk.safety, desk.book
    stale = book.stale(clock.monotonic())
    if not stale:
        safety.clear(PauseReason.STALE_DATA)
    elif safety.pause(PauseReason.STALE_DATA):
        _tell_stale(desk, clock, stale)
    skew = book.clock_skew_s
    if not desk.bridge.clock_known:
        safety.pause(PauseReason.CLOCK_SKEW)
    elif skew is not None and abs(skew) > SKEW_S:
        if safety.pause(PauseReason.CLOCK_SKEW):
            text = f"the EA's clock is {-skew:.1f} s ahead of this one, allowed {SKEW_S:.0f} s"
            desk.alarm("CLOCK_SKEW", text, "set the computer's clock")
    else:
        safety.clear(PauseReason.CLOCK_SKEW)
    if book.status is not None and book.status.protocol != desk.bridge.protocol:
        safety.pause(PauseReason.VERSION_MISMATCH)


def _tell_stale(desk: Desk, clock: Clock, stale: tuple[str, ...]) -> None:
    now = clock.monotonic()
    age, silent = desk.book.data_age(now), desk.book.heartbeat_age(now)
    stops = protected(desk.book.positions.values())
    open_now = f"{len(desk.book.positions)} position(s) may be open"
    open_now += f"; {stops}" if stops else ""
    if silent > SILENT_S:
        code, text = "EA_SILENT", f"no heartbeat of the EA for {silent:.1f} s; {open_now}"
    else:
        code, text = "SNAPSHOT_STALE", f"{', '.join(stale)} {age:.0f} s old: entries paused"
    desk.alarm(code, text, LOOK_AT_TERMINAL)
