"""Scroll bars as slim as the design wants them, and the scrolled page that has one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme

_WIDTH = 10
_SHORTEST = 28.0


class SlimBar(QScrollBar):
    """A standing bar: a rounded grip on nothing; nothing at all where all is in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        span = self.maximum() - self.minimum()
        if span <= 0:
            return
        length = max(self.height() * self.pageStep() / (span + self.pageStep()), _SHORTEST)
        top = (self.height() - length) * (self.value() - self.minimum()) / span
        token = "text3" if self.underMouse() or self.isSliderDown() else "line2"
        grip = QRectF(3, top + 2, self.width() - 5, length - 4)
        draw_rounded(painter, grip, 2.5, self._theme.colour(token))


class ScrollPage(QScrollArea):
    """A page that is higher than its place; its ground is that of the panel around it."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        # The arrow keys scroll it, so Tab stops here.
        self.setAccessibleName("Scrolled part of the page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(SlimBar(theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        self.setWidget(page)
