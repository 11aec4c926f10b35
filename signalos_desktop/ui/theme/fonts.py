"""The bundled font, Inter with tabular figures, and one QFont for each size and weight."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
_TABULAR = QFont.Tag("tnum")


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Load the bundled files; returns the names of those that are missing or damaged."""
    return tuple(name for name in FILES if not _load(folder / name))


def make_font(pixels: int, weight: int = 400) -> QFont:
    font = QFont(FAMILY)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(_TABULAR, 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _load(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return QFontDatabase.addApplicationFontFromData(data) >= 0
