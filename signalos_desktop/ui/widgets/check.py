"""A box to tick with its sentence: for what the user has to say himself."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF

from signalos_desktop.ui.theme.paint import draw_rounded, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.pressable import Pressable

_BOX = 16


class Check(Pressable):
    """`toggled` as of any check box."""

    def __init__(self, theme: Theme, text: str, *, on: bool = False) -> None:
        super().__init__(theme)
        self.setCheckable(True)
        self.setChecked(on)
        self.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        width = text_width(self.theme.font("body", 500), self.text()) + _BOX + 14
        return QSize(round(width), 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        box = QRectF(2, (self.height() - _BOX) / 2, _BOX, _BOX)
        on = self.isChecked()
        edge = "accent" if on else "text3" if self.hovered else "line2"
        draw_rounded(
            painter, box, 4, theme.colour("accent_bg" if on else "panel"), theme.colour(edge), 1.25
        )
        if on:
            painter.setPen(QPen(theme.colour("accent"), 1.8))
            left, top = box.left(), box.top()
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(left + 4, top + 8.5),
                        QPointF(left + 7, top + 11.5),
                        QPointF(left + 12, top + 5),
                    ]
                )
            )
        place = QRectF(_BOX + 10, 0, self.width() - _BOX - 10, self.height())
        draw_text(painter, place, self.text(), theme.font("body", 500), theme.colour("text"))
        self.paint_focus(painter, 4)
