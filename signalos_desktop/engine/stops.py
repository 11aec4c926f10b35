"""Where presses of the stop meet the terminals: taken once, delivered until the EA has them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.reconcile import LastState
from signalos_desktop.engine.stop_latch import StopLatch, StopPress
from signalos_desktop.engine.stop_words import REMEMBERED
from signalos_desktop.engine.sweep import Sweep

DELIVER_AGAIN_S = 3.0


class Stops:
    """The stop of one session over all its terminals; only the engine's loop calls it."""

    def __init__(self, latch: StopLatch, desks: Mapping[Account, Desk], clock: Clock) -> None:
        self._latch = latch
        self._desks = desks
        self._clock = clock
        self._standing: StopPress | None = None
        self._sweeps: dict[Account, Sweep] = {}
        self._delivered_at: dict[Account, float] = {}

    @property
    def standing(self) -> StopPress | None:
        """The press that a terminal which comes later is stopped by, at its highest level."""
        return self._standing

    def watch(self, notify: Callable[[], None]) -> None:
        """Flags go to every terminal that is attached now; notify is called from any thread."""
        paths = [path for desk in self._desks.values() for path in desk.bridge.flag_paths()]
        self._latch.watch(paths, notify)

    def take(self) -> tuple[StopPress, ...]:
        """Stop every desk for each new press, before anything is told; note what was delivered."""
        pressed, deliveries = self._latch.take()
        now = self._clock.monotonic()
        for press in pressed:
            level = max(press.level, self._standing.level if self._standing else StopLevel.NONE)
            self._standing = replace(press, level=level)
            for desk in self._desks.values():
                desk.safety.stop(press, now)
                desk.sweep_anew()
                self._delivered_at[desk.account] = now
        for delivery in deliveries:
            for desk in self._desks.values():
                if delivery.path in desk.bridge.flag_paths():
                    desk.safety.note_delivery(delivery)
        return pressed

    def restore(self, desk: Desk, before: LastState) -> None:
        """Stop a terminal that was just attached, as the journal and this session ask for."""
        now = self._clock.monotonic()
        if before.stop_level is not StopLevel.NONE:
            desk.safety.take_over(before.stop_level, now, before.stopped_by)
        if self._standing is not None:
            desk.safety.stop(self._standing, now)
            self._deliver(desk, self._standing)

    def sweep(self, desk: Desk) -> None:
        """Where the Expert Advisor cannot stop by itself the app closes: the next step of it."""
        if desk.bridge.means.proves_flat:
            return
        if desk.account not in self._sweeps:
            self._sweeps[desk.account] = Sweep(desk, self._clock)
        self._sweeps[desk.account].look()

    def deliver_again(self, desk: Desk) -> None:
        """The EA does not have a stop that the app asks for, and no flag says so: say it anew."""
        safety, status = desk.safety, desk.book.status
        if desk.fenced or not safety.stopped or status is None or safety.acknowledged(status.halt):
            return
        since = self._clock.monotonic() - self._delivered_at.get(desk.account, float("-inf"))
        if since < DELIVER_AGAIN_S or self._lies(desk) or not desk.bridge.flag_paths():
            return
        press = safety.press or self._latch.new_press(safety.wanted, REMEMBERED)
        safety.renew(press)
        self._deliver(desk, press)

    def released(self) -> bool:
        """A resume ended a stop: a terminal that comes later is not stopped; True if one would."""
        stood, self._standing = self._standing is not None, None
        return stood

    @staticmethod
    def _lies(desk: Desk) -> bool:
        """True if a flag lies that the EA will read: our press's, or any if we have none."""
        lying = {flag.identity for flag in desk.bridge.flags()}
        return desk.safety.press_id in lying if desk.safety.press is not None else bool(lying)

    def _deliver(self, desk: Desk, press: StopPress) -> None:
        self._delivered_at[desk.account] = self._clock.monotonic()
        strongest = replace(press, level=max(press.level, desk.safety.wanted))
        self._latch.deliver(strongest, desk.bridge.flag_paths())
