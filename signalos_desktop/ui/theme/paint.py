"""The few shapes every painted widget is made of: rounded grounds, icons, chips, fitted text."""

from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

CHIP_HEIGHT = 18
_CHIP_PAD = 7
_CHIP_ICON = 12


def draw_rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded rectangle with its edge drawn inside the rectangle."""
    painter.setPen(QPen(edge, width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    inset = width / 2 if edge else 0.0
    box = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, radius, radius)


def draw_icon(
    painter: QPainter, theme: Theme, name: str, x: float, y: float, size: int, token: str
) -> None:
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(x, y), theme.pixmap(name, size, token, ratio))


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    *,
    cut: bool = False,
) -> None:
    """One line; cut ends a text that does not fit in an ellipsis: names and sentences only."""
    painter.setFont(font)
    painter.setPen(colour)
    if cut:
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, text)


def make_tip(text: str) -> str:
    """A tip that shows a text as it is: Qt would take one with tags in it for a page."""
    return f"<span>{escape(text)}</span>" if text else ""


def text_width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def chip_width(theme: Theme, text: str, icon: str = "") -> float:
    words = text_width(theme.font("caption", 600), text)
    return words + 2 * _CHIP_PAD + (_CHIP_ICON + 4 if icon else 0)


def draw_chip(
    painter: QPainter,
    theme: Theme,
    place: QRectF,
    text: str,
    tone: Tone,
    icon: str = "",
    *,
    on_tint: bool = False,
) -> QRectF:
    """A chip at the left of a place, centred in its height; returns the ground it covers.

    on_tint: the row has a tint of its own, so the chip's ground is the panel's.
    """
    height = min(place.height(), float(CHIP_HEIGHT))
    width = min(chip_width(theme, text, icon), place.width())
    ground = QRectF(place.left(), place.center().y() - height / 2, width, height)
    draw_rounded(painter, ground, 4, theme.colour("panel" if on_tint else tone.tint))
    left = ground.left() + _CHIP_PAD - (2 if icon else 0)
    if icon:
        top = ground.center().y() - _CHIP_ICON / 2
        draw_icon(painter, theme, icon, left, top, _CHIP_ICON, tone.text)
        left += _CHIP_ICON + 4
    words = QRectF(left, ground.top(), ground.right() - left, height)
    draw_text(painter, words, text, theme.font("caption", 600), theme.colour(tone.text))
    return ground
