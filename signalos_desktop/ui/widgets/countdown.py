"""The ring that empties with a signal's life: quiet, amber from 20 s, red from 5 s."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from signalos_desktop.ui.theme.figures import clock_span
from signalos_desktop.ui.theme.paint import CENTRE, draw_text
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.text import Painted

AMBER_S = 20
RED_S = 5
_HOUR = 3600


class CountdownRing(Painted):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._left = 0.0
        self._total = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_left(0, 1)

    def set_left(self, seconds: float, total: float) -> None:
        self._left, self._total = max(seconds, 0.0), max(total, 0.001)
        self.setAccessibleName(f"{clock_span(self._seconds())} left")
        self.update()

    def text(self) -> str:
        """As much as the ring has room for: minutes alone from an hour on."""
        seconds = self._seconds()
        return clock_span(seconds) if seconds < _HOUR else f"{seconds // 60} m"

    def _seconds(self) -> int:
        # Whole seconds are rounded up, so that 0:00 is shown when nothing is left and not before.
        return -int(-self._left // 1)

    def token(self) -> str:
        if self._left <= RED_S:
            return "bad"
        return "amber" if self._left <= AMBER_S else "text2"

    def sizeHint(self) -> QSize:
        side = self._theme.density.fire
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        ring = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(theme.colour("line"), 3))
        painter.drawArc(ring, 0, 360 * 16)
        pen = QPen(theme.colour(self.token()), 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, round(360 * 16 * min(self._left / self._total, 1.0)))
        font = theme.font("body", 600) if self._left < 600 else theme.font_px(10, 600)
        draw_text(painter, QRectF(self.rect()), self.text(), font, theme.colour("text"), CENTRE)
