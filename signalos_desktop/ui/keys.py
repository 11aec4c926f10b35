"""The keys that work everywhere, also under a dialog: a filter on the whole application."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_PAUSE_KEYS = (Qt.Key.Key_Pause, Qt.Key.Key_Cancel)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

STOP, PAUSE, PASTE = "stop", "pause", "paste"


class HotKeys(QObject):
    """Ctrl+Shift+Pause stops, Pause pauses, F9 goes to the paste box as F9 is a new order in MT5.

    Shortcuts of Qt are blocked by a modal dialog, an event filter of the application is not.
    """

    def __init__(self, app: QApplication, wishes: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(app)
        self._wishes = dict(wishes)
        app.installEventFilter(self)

    def remove(self, app: QApplication) -> None:
        app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        wish = which_wish(Qt.Key(event.key()), event.modifiers())
        if not wish or event.isAutoRepeat():
            return bool(wish)
        self._wishes[wish]()
        return True


def which_wish(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """Empty = a key like any other. Windows sends Cancel (Break) for Pause with Ctrl."""
    if key in _PAUSE_KEYS:
        if held & _CTRL and held & _SHIFT:
            return STOP
        return PAUSE if key is Qt.Key.Key_Pause and not held & (_CTRL | _SHIFT) else ""
    return PASTE if key is Qt.Key.Key_F9 else ""
