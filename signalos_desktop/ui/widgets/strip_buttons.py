"""Pause, its undo, and the button that is held for two seconds to resume."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from signalos_desktop.ui.theme.paint import text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.button import Button, ButtonKind

HEIGHT = 44
HOLD_S = 2.0
FALL_S = 0.15
_FRAME_MS = 16


class PauseButton(Button):
    """`clicked` pauses entries at once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, "Pause", ButtonKind.AMBER, "pause", height=HEIGHT, minimum=96, parent=parent
        )
        self.setAccessibleName("Pause entries")
        self.setToolTip("Pause entries: open positions keep their S/L and T/P")


class UndoButton(Button):
    """In Pause's place while the pause is nobody's but the user's: one click takes it back."""

    undone = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            "Resume",
            ButtonKind.AMBER,
            "play",
            height=HEIGHT,
            sub="one click",
            minimum=128,
            parent=parent,
        )
        self.setToolTip("Take your pause back: entries are allowed again")
        # The second click of a double click on Pause comes down here.
        self.deaf = QTimer(self, singleShot=True)
        self.clicked.connect(self._undo)

    def showEvent(self, event: QShowEvent) -> None:
        self.deaf.start(QApplication.doubleClickInterval())
        super().showEvent(event)

    def _undo(self) -> None:
        if not self.deaf.isActive():
            self.undone.emit()


class HoldButton(Button):
    """Fills while it is held, by mouse or by Space; `completed` once after HOLD_S seconds.

    Letting go, leaving the button or losing the focus empties it in FALL_S seconds.
    """

    completed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str = "Resume",
        icon: str = "play",
        kind: ButtonKind = ButtonKind.AMBER,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, text, kind, icon, height=HEIGHT, sub="hold 2 s", minimum=128, parent=parent
        )
        self._clock = clock
        self._since = 0.0
        self._full = False
        self.progress = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.advance)
        self.pressed.connect(self._begin)
        self.released.connect(self._let_go)

    def block(self, why: str) -> None:
        """Not possible now; why stands in its second line."""
        self.setEnabled(False)
        self.set_text(self.text(), why)

    def unblock(self) -> None:
        self.setEnabled(True)
        self.set_text(self.text(), "hold 2 s")

    def advance(self) -> None:
        """Move the fill on to where the clock says it is."""
        now = self._clock()
        passed, self._since = now - self._since, now
        if self.isDown() and self.isEnabled():
            self._fill(passed)
        else:
            self.progress = max(self.progress - passed / FALL_S, 0.0)
            if self.progress == 0.0:
                self._timer.stop()
                self._say("hold 2 s")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter would click, and a click resumes nothing.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setDown(False)
        super().focusOutEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the longest of its second lines, so that holding it moves nothing beside it."""
        hint = super().sizeHint()
        longest = text_width(self.theme.font("caption", 500), f"keep holding {HOLD_S:.1f} s")
        return QSize(max(hint.width(), round(longest) + 56), hint.height())

    def looks_pressed(self) -> bool:
        """Its fill says that it is held."""
        return False

    def paint_progress(self, painter: QPainter, area: QRectF, radius: float) -> None:
        if self.progress <= 0:
            return
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        painter.save()
        painter.setClipPath(path)
        filled = QRectF(0, 0, area.width() * self.progress, area.height())
        alpha = 110 if self.theme.palette.dark else 90
        painter.fillRect(filled, self.theme.colour("amber_line", alpha))
        painter.restore()

    def _begin(self) -> None:
        self._since = self._clock()
        self._full = False
        self._timer.start()

    def _let_go(self) -> None:
        self.advance()

    def _fill(self, passed: float) -> None:
        if self._full:
            return
        self.progress = min(self.progress + passed / HOLD_S, 1.0)
        if self.progress < 1.0:
            self._say(f"keep holding {HOLD_S * (1 - self.progress):.1f} s")
            return
        self._full = True
        self.progress = 0.0
        self._timer.stop()
        self._say("hold 2 s")
        self.completed.emit()

    def _say(self, sub: str) -> None:
        if self.isEnabled() and sub != self.sub_text():
            self.set_text(self.text(), sub)
