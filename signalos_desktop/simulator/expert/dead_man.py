"""What happens when the app falls silent, and when a limit of the expert's own is breached."""

from collections.abc import Callable

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.inputs import DeadMan

SILENT_S = 60.0
LOOK_EVERY_S = 1.0
LIMIT = "LIMIT_DAILY_LOSS"

_LEVELS = {DeadMan.CANCEL: StopLevel.HALT, DeadMan.FLATTEN: StopLevel.FLATTEN}


class DeadManSwitch:
    """A policy that acts latches. A clean quit (`closing`) is no loss, and so is no app at all."""

    def __init__(self, desk: Desk, breach: Callable[[], str]) -> None:
        self._desk = desk
        self._breach = breach
        self._was_alive = False
        self._acted = False
        self._breached = False
        self._looked_at = desk.monotonic()

    def look(self) -> None:
        pulse = self._desk.pulse
        alive = pulse.alive
        if alive:
            self._acted = False
        if alive != self._was_alive:
            self._was_alive = alive
            self._tell(alive)
        if pulse.known and not self._acted and pulse.silent_s >= SILENT_S:
            self._acted = True
            self._act(pulse.silent_s)
        self._watch_limit()

    def _tell(self, alive: bool) -> None:
        pulse = self._desk.pulse
        if alive:
            self._desk.events.add("APP_BACK", f"session {pulse.session}")
        else:
            why = "it closed" if pulse.closing else f"silent for {pulse.silent_s:.1f} s"
            self._desk.events.add("APP_LOST", f"session {pulse.session}: {why}")

    def _act(self, silent_s: float) -> None:
        level = _LEVELS.get(self._desk.inputs.dead_man)
        if level is not None:
            self._desk.latch.stop_myself(level, "APP_LOST", f"silent for {silent_s:.0f} s")

    def _watch_limit(self) -> None:
        """A loss limit that is breached halts once; it keeps RESUME from being obeyed."""
        now = self._desk.monotonic()
        if not self._desk.inputs.max_daily_loss or now - self._looked_at < LOOK_EVERY_S:
            return
        self._looked_at = now
        breach = self._breach()
        if breach and not self._breached and self._desk.latch.level is StopLevel.NONE:
            self._desk.events.add("GUARD", f"{LIMIT}: {breach}")
            self._desk.latch.stop_myself(StopLevel.HALT, LIMIT, breach)
        self._breached = bool(breach)
