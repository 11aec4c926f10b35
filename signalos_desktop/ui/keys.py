"""The keys that work everywhere, also under a dialog: a filter on the whole application."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from signalos_desktop.ui.viewmodels.hotkeys import Hotkeys, Keys, assign

_HELD = {
    Qt.KeyboardModifier.ControlModifier: "Ctrl",
    Qt.KeyboardModifier.AltModifier: "Alt",
    Qt.KeyboardModifier.ShiftModifier: "Shift",
}


class HotKeys(QObject):
    """Calls the wish of an action whose keys are pressed; the keys are those of the settings.

    Shortcuts of Qt are blocked by a modal dialog, an event filter of the application is not.
    """

    def __init__(self, app: QApplication, wishes: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(app)
        self._wishes = dict(wishes)
        self.hotkeys: Hotkeys = assign({})
        app.installEventFilter(self)

    def remove(self, app: QApplication) -> None:
        app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        action = self.hotkeys.actions.get(read_press(Qt.Key(event.key()), event.modifiers()))
        wish = self._wishes.get(action) if action else None
        if wish is None:
            return False
        if not event.isAutoRepeat():
            wish()
        return True


def read_press(key: Qt.Key, held: Qt.KeyboardModifier) -> Keys:
    """What was pressed. Windows sends Cancel (Break) for Pause with Ctrl."""
    names = frozenset(name for flag, name in _HELD.items() if held & flag)
    if key is Qt.Key.Key_Cancel and "Ctrl" in names:
        return Keys("Pause", names)
    return Keys(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText), names)
