"""What every painted control shares: focus edge for the keyboard only, hover, redraw on change."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme

_BY_POINTER = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class Pressable(QAbstractButton):
    """A button that paints itself; subclasses say their size and paint on `begin_paint`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._edged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.refresh)

    @property
    def focus_edge(self) -> bool:
        """True while the focus came by keyboard: then the edge shows where it is."""
        return self._edged and self.isEnabled()

    @property
    def hovered(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def setText(self, text: str) -> None:
        """Plain words: an ampersand in them makes no shortcut."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def refresh(self) -> None:
        """Sizes and colours may be new."""
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._edged = event.reason() not in _BY_POINTER
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._edged = False
        super().focusOutEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def begin_paint(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def paint_focus(self, painter: QPainter, radius: float, area: QRectF | None = None) -> None:
        if self.focus_edge:
            place = area or QRectF(self.rect())
            draw_rounded(painter, place, radius, None, self.theme.colour("accent"), 2)
