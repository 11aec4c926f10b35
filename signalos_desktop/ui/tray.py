"""The icon in the system's tray: state, pause and stop while the window is out of sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.stop_words import TRAY
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.theme import Theme

_SHOWN_MS = 10_000
_RED = (TradingState.STOPPING, TradingState.STOPPED_NOT_FLAT)


class Tray(QObject):
    """state: the word for the tip. scope: what a stop closes, as the stop button says it."""

    def __init__(self, theme: Theme, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._shown: tuple[TradingState, str] | None = None
        self.menu = QMenu(window)
        self.stop = self._add("EMERGENCY STOP", lambda: actions.stop(TRAY))
        self.pause = self._add("Pause entries", lambda: actions.do(actions.pause("tray")))
        self.menu.addSeparator()
        self.show_window = self._add("Show the panel", self._show)
        self.quit = self._add("Quit", window.close)
        self.icon = QSystemTrayIcon(self._picture("text"), window)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activate)
        self.icon.show()

    def refresh(self, state: TradingState, scope: str) -> None:
        if (state, scope) == self._shown:
            return
        self._shown = (state, scope)
        self.stop.setText(f"EMERGENCY STOP: {scope}")
        self.pause.setEnabled(state is TradingState.RUNNING)
        word = state.name.replace("_", " ")
        self.icon.setToolTip(f"SignalOS Desktop: {word}")
        amber = state in (TradingState.PAUSED, TradingState.STARTING)
        self.icon.setIcon(self._picture("bad" if state in _RED else "amber" if amber else "ok"))

    def alarm(self, alarms: Sequence[Alarm]) -> None:
        """The newest one; the others stand in the window."""
        if alarms:
            last = alarms[-1]
            self.icon.showMessage(
                last.text, last.next_step, QSystemTrayIcon.MessageIcon.Critical, _SHOWN_MS
            )

    def remove(self) -> None:
        self.icon.hide()

    def _add(self, words: str, act: Callable[[], object]) -> QAction:
        item = QAction(words, self.menu)
        item.triggered.connect(lambda _checked=False: act())
        self.menu.addAction(item)
        return item

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._show()

    def _show(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _picture(self, token: str) -> QIcon:
        return QIcon(self._theme.pixmap("candles", 32, token))
