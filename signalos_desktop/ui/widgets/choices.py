"""Small choices: a row of segments, a switch, a list that drops down."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from signalos_desktop.ui.theme.paint import CENTRE, draw_icon, draw_rounded, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.pressable import Pressable


class _Segment(Pressable):
    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        width = text_width(self.theme.font("caption", 600), self.text()) + 14
        return QSize(max(round(width), 24), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = self.begin_paint(), self.theme
        place = QRectF(self.rect()).adjusted(0, 3, 0, -3)
        on = self.isChecked()
        if on:
            ground = "line2" if theme.palette.dark else "panel"
            draw_rounded(painter, place, 3, theme.colour(ground))
        token = "text" if on or self.hovered else "text3"
        font = theme.font("caption", 600 if on else 500)
        draw_text(painter, place, self.text(), font, theme.colour(token), CENTRE)
        self.paint_focus(painter, 3, place)


class Segmented(QWidget):
    """One of a few; chosen is sent with the key the user picked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, keys: Sequence[str], current: str, name: str) -> None:
        """name: what is chosen here, for screen readers."""
        super().__init__()
        self._theme = theme
        self._segments: dict[str, _Segment] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(0)
        for key in keys:
            segment = _Segment(theme, key)
            segment.setAccessibleName(f"{name}: {key}")
            segment.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._segments[key] = segment
            layout.addWidget(segment)
        self.setFixedSize(layout.sizeHint().width(), 24)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)
        self.set_current(current)

    @property
    def current(self) -> str:
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def set_current(self, key: str) -> None:
        self._segments[key].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        draw_rounded(painter, place, 5, self._theme.colour("raised"))


class Switch(Pressable):
    """On or off; `toggled` as of any check box."""

    def __init__(self, theme: Theme, name: str, *, on: bool = False) -> None:
        super().__init__(theme)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(36, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, on = self.begin_paint(), self.theme, self.isChecked()
        track = QRectF(1, 3, 34, 18)
        dim = not self.isEnabled()
        if on:
            draw_rounded(painter, track, 9, theme.colour("line2" if dim else "accent"))
        else:
            edge = theme.colour("text" if self.hovered else "line2" if dim else "text3")
            draw_rounded(painter, track, 9, theme.colour("raised"), edge, 1.25)
        painter.setPen(Qt.PenStyle.NoPen)
        knob = "text3" if dim or not on else "primary_text"
        painter.setBrush(theme.colour(knob))
        painter.drawEllipse(QPointF(26 if on else 10, 12), 6, 6)
        self.paint_focus(painter, 11, track.adjusted(-1, -2, 1, 2))


class Combo(QComboBox):
    """A list that drops down; turning the wheel over it changes nothing."""

    def __init__(
        self, theme: Theme, choices: Sequence[str], name: str, *, width: int = 148
    ) -> None:
        super().__init__()
        self._theme = theme
        self._edged = False
        self._width = width
        self.addItems(list(choices))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._fit)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._edged = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, area = self._theme, QRectF(self.rect())
        edge = "line"
        if self.isEnabled():
            edge = "text3" if self.underMouse() else "line2"
        fill = theme.colour("raised" if self.isEnabled() else "panel")
        draw_rounded(painter, area, 4, fill, theme.colour(edge))
        if self.hasFocus() and self._edged:
            draw_rounded(painter, area, 4, None, theme.colour("accent"), 2)
        token = "text" if self.isEnabled() else "text3"
        place = area.adjusted(8, 0, -28, 0)
        font = theme.font("body", 500)
        draw_text(painter, place, self.currentText(), font, theme.colour(token), cut=True)
        x, y = area.right() - 22, area.center().y() - 7
        draw_icon(painter, theme, "chevron-down", x, y, 14, "text3")

    def _fit(self) -> None:
        self.setFont(self._theme.font("body", 500))
        self.setFixedSize(self._width, self._theme.density.input)
