"""One of several things to choose from, as a card with a name and two lines about it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from signalos_desktop.ui.theme.paint import draw_rounded, draw_text
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.pressable import Pressable

_HEIGHT = 76
_RING = 8.0


class ChoiceCard(Pressable):
    """Checked by its owner, who knows the others; Space and a click ask for it."""

    def __init__(self, theme: Theme, name: str, kind: str, place: str) -> None:
        super().__init__(theme)
        self._kind, self._place = kind, place
        self.setText(name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # A page that scrolls would press it flat instead.
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(f"{name}, {kind}, {place}")
        self.setToolTip(place)

    def sizeHint(self) -> QSize:
        return QSize(360, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        on = self.isChecked()
        edge = "accent" if on else "text3" if self.hovered else "line2"
        ground = "selected" if on else "panel"
        draw_rounded(painter, QRectF(self.rect()), 8, theme.colour(ground), theme.colour(edge))
        middle = QPointF(26, self.height() / 2)
        painter.setPen(QPen(theme.colour("accent" if on else "text3"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, _RING, _RING)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(middle, _RING - 4, _RING - 4)
        lines = (
            (self.text(), theme.font("emphasis", 600), "text", 8, 22),
            (self._kind, theme.font("body"), "text2", 30, 18),
            (self._place, theme.font("small"), "text3", 49, 18),
        )
        for text, font, colour, top, height in lines:
            place = QRectF(52, top, self.width() - 68, height)
            draw_text(painter, place, text, font, theme.colour(colour), cut=True)
        self.paint_focus(painter, 8)
