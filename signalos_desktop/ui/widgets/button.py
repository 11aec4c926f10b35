"""The ordinary buttons: one main button of a form, secondary, ghost, buy, sell, amber, danger."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from signalos_desktop.ui.theme.paint import draw_icon, draw_rounded, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import mix
from signalos_desktop.ui.widgets.pressable import Pressable

_PAD = 12
_MINIMUM = 24


class ButtonKind(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    BUY = "buy"
    SELL = "sell"
    AMBER = "amber"
    DANGER = "danger"


# Ground, text and edge; an empty token is none.
_LOOKS = {
    ButtonKind.PRIMARY: ("primary", "primary_text", ""),
    ButtonKind.SECONDARY: ("raised", "text", "line2"),
    ButtonKind.GHOST: ("", "text2", ""),
    ButtonKind.BUY: ("buy_fill", "white", ""),
    ButtonKind.SELL: ("sell_fill", "white", ""),
    ButtonKind.AMBER: ("amber_bg", "amber", "amber_line"),
    ButtonKind.DANGER: ("", "bad", "line2"),
}
_STRONG = (
    ButtonKind.PRIMARY,
    ButtonKind.BUY,
    ButtonKind.SELL,
    ButtonKind.AMBER,
    ButtonKind.DANGER,
)


class Button(Pressable):
    """height 0 = the density's button; sub is a second, smaller line; key the shortcut shown."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
        *,
        height: int = 0,
        sub: str = "",
        key: str = "",
        role: str = "body",
        minimum: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._icon = icon
        self._height = height
        self._sub = sub
        self._key = key
        self._role = role
        self._minimum = minimum
        self.set_text(text)

    def set_text(self, text: str, sub: str | None = None) -> None:
        self.setText(text)
        self._sub = self._sub if sub is None else sub
        self.setAccessibleName(f"{text}, {self._sub}" if self._sub else text)
        self.refresh()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def sub_text(self) -> str:
        return self._sub

    def sizeHint(self) -> QSize:
        height = max(self._height or self.theme.density.button, _MINIMUM)
        width = round(self._content_width(height)) + 2 * _PAD
        return QSize(max(width, self._minimum, _MINIMUM), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin_paint()
        fill, text, edge = self._colours()
        radius = 6 if self.height() >= 32 else 4
        area = QRectF(self.rect())
        draw_rounded(painter, area, radius, fill, edge)
        self.paint_progress(painter, area, radius)
        self.paint_focus(painter, radius)
        self._paint_content(painter, text)

    def looks_pressed(self) -> bool:
        return self.isDown()

    def paint_progress(self, painter: QPainter, area: QRectF, radius: float) -> None:
        """Between ground and text; for a button that fills while it is held."""

    def _font(self) -> QFont:
        return self.theme.font(self._role, 600 if self._kind in _STRONG else 500)

    def _icon_size(self, height: int) -> int:
        return 20 if height >= 40 else 16

    def _content_width(self, height: int) -> float:
        caption = self.theme.font("caption")
        small = self.theme.font("caption", 500)
        width = max(text_width(self._font(), self.text()), text_width(small, self._sub))
        if self._icon:
            width += self._icon_size(height) + (8 if width else 0)
        return width + (text_width(caption, self._key) + 12 if self._key else 0)

    def _colours(self) -> tuple[QColor | None, QColor, QColor | None]:
        theme = self.theme
        fill, text, edge = _LOOKS[self._kind]
        if not self.isEnabled():
            fill, text, edge = "raised", "text3", "line"
        elif self.looks_pressed():
            fill = mix(theme.hex(fill or "panel"), "#000000", 0.22)
        elif self.hovered:
            towards = "panel" if self._kind is ButtonKind.PRIMARY else "text"
            fill = mix(theme.hex(fill or "panel"), theme.hex(towards), 0.10)
        return (
            theme.colour(fill) if fill else None,
            theme.colour(text),
            theme.colour(edge) if edge else None,
        )

    def _paint_content(self, painter: QPainter, colour: QColor) -> None:
        theme, height = self.theme, self.height()
        x = max((self.width() - self._content_width(height)) / 2, 4.0)
        if self._icon:
            size = self._icon_size(height)
            draw_icon(painter, theme, self._icon, x, (height - size) / 2, size, colour.name())
            x += size + 8
        room = self.width() - x
        if self._sub:
            top = QRectF(x, height / 2 - 18, room, 19)
            draw_text(painter, top, self.text(), self._font(), colour)
            below = QRectF(x, height / 2 + 1, room, 15)
            draw_text(painter, below, self._sub, theme.font("caption", 500), colour)
            return
        draw_text(painter, QRectF(x, 0, room, height), self.text(), self._font(), colour)
        if self._key:
            x += text_width(self._font(), self.text()) + 12
            place = QRectF(x, 0, self.width() - x, height)
            draw_text(painter, place, self._key, theme.font("caption"), colour)


class IconButton(Pressable):
    """A bare icon with a name in words; checkable ones show that they are on."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        size: int = 28,
        icon_size: int = 16,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._side = max(size, _MINIMUM)
        self._icon_size = icon_size
        self.setCheckable(checkable)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin_paint()
        theme = self.theme
        area = QRectF(self.rect())
        ground = "selected" if self.isChecked() else "hover" if self.hovered else ""
        if self.isDown():
            ground = "line2"
        if ground:
            draw_rounded(painter, area, 6, theme.colour(ground))
        token = "text" if self.isChecked() or self.hovered else "text3"
        x, y = (self.width() - self._icon_size) / 2, (self.height() - self._icon_size) / 2
        draw_icon(painter, theme, self._icon, x, y, self._icon_size, token)
        self.paint_focus(painter, 6)


class RailButton(IconButton):
    """A page of the rail at the left; its side follows the density."""

    def __init__(self, theme: Theme, icon: str, name: str) -> None:
        super().__init__(theme, icon, name, icon_size=20, checkable=True)
        self.setAutoExclusive(True)

    def sizeHint(self) -> QSize:
        side = self.theme.density.rail - 8
        return QSize(side, side)
