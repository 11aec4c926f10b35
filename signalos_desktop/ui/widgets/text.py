"""Plain text in a role of the type scale, icons, dots and lines: what layouts are filled with."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from signalos_desktop.ui.models.columns import profit_cell
from signalos_desktop.ui.theme.paint import draw_icon, draw_rounded, make_tip
from signalos_desktop.ui.theme.theme import Theme


class Text(QLabel):
    """A label of plain text: role names the size in Density, colour a token."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        colour: str = "text",
        weight: int = 400,
        *,
        wrap: bool = False,
        right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._role = role
        self._colour = colour
        self._weight = weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        top = Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(side | top)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_look(self, colour: str, weight: int | None = None) -> None:
        if (colour, weight or self._weight) != (self._colour, self._weight):
            self._colour = colour
            self._weight = weight or self._weight
            self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role, self._weight))
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.colour(self._colour))
        self.setPalette(palette)


class CutText(Text):
    """A name or a sentence that ends in an ellipsis where it does not fit; the tip has it whole.

    With word wrap it is shown whole, on as many lines as it needs.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            self.setToolTip("")
            super().paintEvent(event)
            return
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(make_tip(self.text() if shown != self.text() else ""))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)


class Icon(QWidget):
    """A drawing beside a text, which says the same; so it has no name of its own."""

    def __init__(self, theme: Theme, name: str, size: int = 16, colour: str = "text2") -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._size = size
        self._colour = colour
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def set_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            draw_icon(QPainter(self), self._theme, self._name, 0, 0, self._size, self._colour)


class Dot(QWidget):
    """A round mark in a colour that the text beside it repeats in words."""

    def __init__(self, theme: Theme, colour: str, size: int = 8) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def set_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self.width())
        draw_rounded(painter, QRectF(0, 0, side, side), side / 2, self._theme.colour(self._colour))


class Rule(QWidget):
    """A line of 1 px between parts: lying, or standing with a height."""

    def __init__(
        self, theme: Theme, *, standing: bool = False, length: int = 0, colour: str = "line"
    ) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        if standing:
            self.setFixedWidth(1)
            if length:
                self.setFixedHeight(length)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour(self._colour))


class Painted(QLabel):
    """For a figure or word that its class paints itself.

    A screen reader finds it as a label of its accessible name; it passes over a mere QWidget.
    """


class ProfitText(QWidget):
    """An amount gained or lost: arrow, sign, figure, and the colour last."""

    def __init__(self, theme: Theme, role: str = "emphasis", unit: str = "") -> None:
        super().__init__()
        self._unit = unit
        self._icon = Icon(theme, "", 14)
        self._figure = Text(theme, "", role, "text2", 600)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._figure)

    def set_amount(self, amount: Decimal | None, digits: int = 2, *, stale: bool = False) -> None:
        """None: not known yet."""
        if amount is None:
            self._show("unknown", "stale", "")
            return
        cell = profit_cell(amount, digits, stale=stale)
        text = f"{cell.text} {self._unit}" if self._unit else cell.text
        self._show(text, cell.colour, cell.icon)

    def set_unit(self, unit: str) -> None:
        self._unit = unit

    def text(self) -> str:
        return self._figure.text()

    def _show(self, text: str, colour: str, icon: str) -> None:
        self._icon.setVisible(bool(icon))
        self._icon.set_icon(icon, colour)
        self._figure.setText(text)
        self._figure.set_look(colour)
        self.setAccessibleName(text)
