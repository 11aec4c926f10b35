"""The stop latch: set from any thread in microseconds, its flags written by their own thread."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.ports import FlagWriter


@dataclass(frozen=True, slots=True)
class StopPress:
    """One press of a stop: how much, who pressed, and the id that its flags carry."""

    press_id: str
    level: StopLevel
    source: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether the flag of a press lies at a path; error empty = it does."""

    press: StopPress
    path: str
    error: str


StartThread = Callable[[Callable[[], None], str], None]


def start_thread(work: Callable[[], None], name: str) -> None:
    """Do the work in a thread of its own; RuntimeError if the system has none left."""
    threading.Thread(target=work, name=name).start()


class StopLatch:
    """The one object that threads share. Anybody may press; only the engine takes and clears.

    start: how a flag's writing gets a thread of its own.
    """

    def __init__(
        self, writer: FlagWriter, new_id: Callable[[], str], start: StartThread = start_thread
    ) -> None:
        self._writer = writer
        self._new_id = new_id
        self._start = start
        self._set = threading.Event()
        self._lock = threading.Lock()
        self._pending: list[StopPress] = []
        self._paths: tuple[str, ...] = ()
        self._places: dict[str, None] = {}
        self._deliveries: list[Delivery] = []
        self._notify: Callable[[], None] = lambda: None

    def is_set(self) -> bool:
        return self._set.is_set()

    def watch(self, paths: Iterable[str], notify: Callable[[], None]) -> None:
        """Where flags go from now on, and whom to call (from any thread) when there is news."""
        with self._lock:
            self._paths = tuple(dict.fromkeys(paths))
            self._places.update(dict.fromkeys(self._paths))
            self._notify = notify

    def press(self, level: StopLevel, source: str) -> StopPress:
        """Latch at once, write the flags in a thread. Any thread; never waits for a disk."""
        press = self.new_press(level, source)
        with self._lock:
            self._set.set()
            self._pending.append(press)
            paths, notify = self._paths, self._notify
        self.deliver(press, paths)
        notify()
        return press

    def new_press(self, level: StopLevel, source: str) -> StopPress:
        """A press with an id of its own that latches nothing yet."""
        return StopPress(self._new_id(), level, source)

    def deliver(self, press: StopPress, paths: Iterable[str]) -> None:
        """Write the flags of a press, also again for a terminal that came later.

        Each place has a thread of its own: one that hangs holds up no other one.
        """
        for path in paths:
            try:
                self._start(partial(self._write, press, path), f"stop-{press.press_id}")
            except RuntimeError as failure:
                self._note(Delivery(press, path, str(failure)))

    def clear(
        self, press_ids: frozenset[str], but: frozenset[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove the flags of these presses from every place that was ever aimed at, but for some.

        Returned are the places where one was removed, and why one stays. Blocks: use a thread.
        """
        with self._lock:
            places = [place for place in self._places if place not in but]
        gone, stays = [], []
        for place in places:
            try:
                if self._writer.remove(place, press_ids):
                    gone.append(place)
            except OSError as failure:
                stays.append(f"{place}: {failure}")
        return tuple(gone), tuple(stays)

    def take(self) -> tuple[tuple[StopPress, ...], tuple[Delivery, ...]]:
        """What came in since the last take. The caller must block every entry before it returns."""
        with self._lock:
            pressed, delivered = tuple(self._pending), tuple(self._deliveries)
            self._pending.clear()
            self._deliveries.clear()
            self._set.clear()
        return pressed, delivered

    def _write(self, press: StopPress, path: str) -> None:
        try:
            self._writer.write(path, press.level, press.press_id)
            error = ""
        except Exception as failure:  # noqa: BLE001 - the thread's boundary: it becomes an alarm
            error = str(failure) or type(failure).__name__
        self._note(Delivery(press, path, error))

    def _note(self, delivery: Delivery) -> None:
        with self._lock:
            self._deliveries.append(delivery)
            notify = self._notify
        notify()
