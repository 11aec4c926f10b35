"""The steps of a set-up: done with a tick, the current one lit, the others to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.paint import CENTRE, draw_icon, draw_rounded, draw_text
from signalos_desktop.ui.theme.theme import Theme

_ROW = 44


class StepList(QWidget):
    """Nothing to press: what is asked stands on the page."""

    def __init__(self, theme: Theme, steps: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._steps = theme, tuple(steps)
        self._current = 0
        self.setFixedHeight(_ROW * len(self._steps))
        theme.changed.connect(self.update)
        self.set_current(0)

    def set_current(self, number: int) -> None:
        """From 0."""
        self._current = number
        at = f"step {number + 1} of {len(self._steps)}"
        self.setAccessibleName(f"{at}: {self._steps[number]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, step in enumerate(self._steps):
            top = number * _ROW
            current, done = number == self._current, number < self._current
            if current:
                ground = QRectF(0, top + 2, self.width(), _ROW - 4)
                draw_rounded(painter, ground, 6, theme.colour("hover"))
            middle = QPointF(19, top + _ROW / 2)
            if done:
                draw_icon(painter, theme, "check", middle.x() - 8, middle.y() - 8, 16, "ok")
            else:
                self._paint_number(painter, middle, number + 1, current=current)
            place = QRectF(42, top, self.width() - 46, _ROW)
            font = theme.font("body", 600 if current else 500)
            colour = theme.colour("text" if current or done else "text3")
            draw_text(painter, place, step, font, colour, cut=True)

    def _paint_number(
        self, painter: QPainter, middle: QPointF, number: int, *, current: bool
    ) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen if current else QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("text") if current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 10.5, 10.5)
        place = QRectF(middle.x() - 10, middle.y() - 10, 20, 20)
        colour = theme.colour("panel" if current else "text3")
        draw_text(painter, place, str(number), theme.font("caption", 600), colour, CENTRE)
