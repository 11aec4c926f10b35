"""Where the engine's events come over to the panel's thread: a queued Qt signal a batch."""

import threading
import time
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Event

SILENT_AFTER_S = 2.0
LOOK_EVERY_MS = 500


class EventBridge(QObject):
    """post() and beat() may be called from any thread; everything else lives on the panel's.

    bus: panels subscribe here; nothing is delivered before open(), so that a part that is made
    late misses nothing. engine_silent says when the engine's thread stops answering, and when it
    is back.
    """

    engine_silent = Signal(bool)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bus = EventBus()
        self._waiting: deque[Event] = deque()
        self._lock = threading.Lock()
        self._signalled = False
        self._open = False
        self._beat_at = time.monotonic()
        self._silent = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)
        self._watch.start()

    def post(self, event: Event) -> None:
        with self._lock:
            self._waiting.append(event)
            first, self._signalled = not self._signalled, True
        if first:
            self._arrived.emit()

    def open(self) -> None:
        """Everybody has subscribed: deliver what waits, and from now on at once."""
        self._open = True
        self._deliver()

    def beat(self) -> None:
        self._beat_at = time.monotonic()

    def _deliver(self) -> None:
        if not self._open:
            return
        with self._lock:
            batch, self._waiting = self._waiting, deque()
            self._signalled = False
        for event in batch:
            self.bus.publish(event)

    def _look(self) -> None:
        silent = time.monotonic() - self._beat_at > SILENT_AFTER_S
        if silent != self._silent:
            self._silent = silent
            self.engine_silent.emit(silent)
