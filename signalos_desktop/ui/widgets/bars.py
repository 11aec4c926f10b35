"""A few standing bars with their counts: how often a result of each size came."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from signalos_desktop.ui.theme.paint import CENTRE, draw_rounded, draw_text
from signalos_desktop.ui.theme.theme import Theme

_FOOT, _HEAD, _SIDE = 22, 24, 12
_WIDEST = 46.0


@dataclass(frozen=True, slots=True)
class BarShown:
    """colour: a token."""

    label: str
    count: int
    colour: str


class Bars(QWidget):
    """As high as their count, the highest over the whole height."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name = theme, name
        self._bars: tuple[BarShown, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def set_bars(self, bars: Sequence[BarShown]) -> None:
        self._bars = tuple(bars)
        words = ", ".join(f"{bar.count} at {bar.label}" for bar in bars if bar.count)
        self.setAccessibleName(f"{self._name}: {words or 'nothing yet'}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.height() - _FOOT - _HEAD
        most = max(bar.count for bar in self._bars) or 1
        step = (self.width() - 2 * _SIDE) / len(self._bars)
        wide = min(step * 0.72, _WIDEST)
        for place, bar in enumerate(self._bars):
            middle = _SIDE + step * (place + 0.5)
            high = room * bar.count / most
            box = QRectF(middle - wide / 2, _HEAD + room - high, wide, high)
            if bar.count:
                draw_rounded(painter, box, 3, theme.colour(bar.colour))
                above = QRectF(middle - 30, box.top() - 18, 60, 16)
                font = theme.font("caption", 500)
                draw_text(painter, above, str(bar.count), font, theme.colour("text2"), CENTRE)
            below = QRectF(middle - step / 2, self.height() - _FOOT + 3, step, 16)
            font = theme.font("caption")
            draw_text(painter, below, bar.label, font, theme.colour("text3"), CENTRE)
