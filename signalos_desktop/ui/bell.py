"""What makes an alarm heard: a sound at once, and again until somebody has looked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

AGAIN_MS = 30_000


class Bell(QObject):
    """pressing: whether an alarm stands that may cost money. The system's own alert sound.

    QtMultimedia is no part of the Qt that is shipped; the system's sound also obeys its volume.
    """

    def __init__(
        self,
        window: QWidget,
        pressing: Callable[[], bool],
        ring: Callable[[], None] = QApplication.beep,
    ) -> None:
        super().__init__(window)
        self.on = True
        self._window, self._pressing, self._ring = window, pressing, ring
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self.again)
        self._timer.start()

    def alarm(self) -> None:
        """Something new: heard, and seen in the task bar."""
        if self.on:
            self._ring()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.alert(0)

    def again(self) -> None:
        if self._pressing():
            self.alarm()
