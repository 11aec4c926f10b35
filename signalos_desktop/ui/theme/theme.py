"""The look in force, one object handed down to every widget, and its change at run time."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPixmap

from signalos_desktop.ui.theme.density import COMFORTABLE, Density
from signalos_desktop.ui.theme.fonts import load_fonts, make_font
from signalos_desktop.ui.theme.icons import IconSet
from signalos_desktop.ui.theme.tokens import Palette, choose_palette


class Scheme(StrEnum):
    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the user wishes; reduced_motion: nothing moves by itself."""

    scheme: Scheme = Scheme.SYSTEM
    colour_blind: bool = False
    red_up: bool = False
    reduced_motion: bool = False


class Theme(QObject):
    """Colours, sizes, fonts and icons; `changed` says that all of them may be new."""

    changed = Signal()

    def __init__(
        self,
        resources: Path,
        appearance: Appearance | None = None,
        density: Density = COMFORTABLE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.missing_fonts = load_fonts(resources / "fonts")
        self.icons = IconSet(resources / "icons")
        self.appearance = appearance or Appearance()
        self.density = density
        self.palette: Palette = self._choose()
        self._colours: dict[tuple[str, int], QColor] = {}
        self._fonts: dict[tuple[int, int], QFont] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    def set_appearance(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self._refresh()

    def set_scheme(self, scheme: Scheme) -> None:
        self.set_appearance(replace(self.appearance, scheme=scheme))

    def set_density(self, density: Density) -> None:
        if density is not self.density:
            self.density = density
            self.changed.emit()

    def colour(self, token: str, alpha: int = 255) -> QColor:
        """The colour of a token, or of a literal #RRGGBB."""
        key = (token, alpha)
        found = self._colours.get(key)
        if found is None:
            found = QColor(token if token.startswith("#") else self.palette[token])
            found.setAlpha(alpha)
            self._colours[key] = found
        return found

    def hex(self, token: str) -> str:
        return token if token.startswith("#") else self.palette[token]

    def font(self, role: str = "body", weight: int = 400) -> QFont:
        """The font of a role, which is a type size's name in Density."""
        return self.font_px(int(getattr(self.density, role)), weight)

    def font_px(self, pixels: int, weight: int = 400) -> QFont:
        key = (pixels, weight)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = make_font(pixels, weight)
        return found

    def pixmap(self, name: str, size: int, token: str, ratio: float = 1.0) -> QPixmap:
        return self.icons.pixmap(name, size, self.hex(token), ratio)

    def _choose(self) -> Palette:
        wish = self.appearance
        dark = system_is_dark() if wish.scheme is Scheme.SYSTEM else wish.scheme is Scheme.DARK
        return choose_palette(dark=dark, colour_blind=wish.colour_blind, red_up=wish.red_up)

    def _follow_system(self) -> None:
        if self.appearance.scheme is Scheme.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        self.palette = self._choose()
        self._colours.clear()
        self.changed.emit()


def system_is_dark() -> bool:
    """What the desktop says; where it says nothing, dark as MT5's own charts are."""
    return QGuiApplication.styleHints().colorScheme() is not Qt.ColorScheme.Light
