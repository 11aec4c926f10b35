"""Fonts, icons and the change of the look at run time."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.theme.density import COMPACT
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from signalos_desktop.ui.widgets.text import Text


def ink(pixmap: QPixmap) -> set[str]:
    """Colours of the solid pixels."""
    image = pixmap.toImage()
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (image.pixelColor(x, y) for x, y in spots)
    return {colour.name() for colour in colours if colour.alpha() == 255}


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_digits_of_every_weight_are_equally_wide(theme: Theme, weight: int) -> None:
    metrics = QFontMetricsF(theme.font_px(13, weight))

    widths = [metrics.horizontalAdvance(digit * 8) for digit in "0123456789"]

    assert theme.missing_fonts == ()
    # Proportional ones differ by some 20 px here, advances rounded to 1/64 px by 0.3.
    assert max(widths) - min(widths) < 0.5


def test_the_application_font_has_equally_wide_digits(theme: Theme) -> None:
    metrics = QFontMetricsF(QApplication.font())

    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_missing_and_damaged_fonts_are_named_and_do_no_harm(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Inter-Bold.otf").write_bytes(b"not a font")

    theme = Theme(tmp_path)

    assert set(theme.missing_fonts) == {
        "Inter-Regular.otf",
        "Inter-Medium.otf",
        "Inter-SemiBold.otf",
        "Inter-Bold.otf",
    }
    assert theme.font().pixelSize() == theme.density.body


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_tinted_and_as_sharp_as_the_screen(theme: Theme, ratio: float) -> None:
    pixmap = theme.pixmap("stop-octagon", 24, "loss", ratio)

    assert pixmap.width() == round(24 * ratio)
    assert pixmap.deviceIndependentSize().width() == 24
    assert theme.palette.loss.lower() in ink(pixmap)


def test_an_icon_is_drawn_once(theme: Theme) -> None:
    first = theme.pixmap("check", 16, "text")

    assert theme.pixmap("check", 16, "text").cacheKey() == first.cacheKey()
    assert theme.pixmap("check", 16, "loss").cacheKey() != first.cacheKey()


def test_every_icon_of_the_set_can_be_drawn(theme: Theme) -> None:
    for name in theme.icons.names():
        assert ink(theme.pixmap(name, 20, "#FF0000", 2.0)) == {"#ff0000"}
    assert theme.icons.missing == set()


def test_a_missing_icon_is_empty_and_noted(theme: Theme) -> None:
    assert ink(theme.pixmap("no-such-icon", 16, "text")) == set()
    assert theme.icons.missing == {"no-such-icon"}


def test_a_text_keeps_its_colour_when_theme_and_parent_change(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, "12", colour="profit")
    qtbot.addWidget(text)
    text.show()

    theme.set_scheme(Scheme.LIGHT)
    parent = QWidget()
    qtbot.addWidget(parent)
    text.setParent(parent)

    shown = text.palette().color(QPalette.ColorRole.WindowText).name()
    assert shown == theme.palette.profit.lower()


def test_one_change_reaches_application_and_widgets(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, "12", role="emphasis")
    qtbot.addWidget(text)

    with qtbot.waitSignals([theme.changed, theme.changed]):
        theme.set_appearance(Appearance(Scheme.LIGHT, colour_blind=True))
        theme.set_density(COMPACT)

    window = QApplication.palette().color(QPalette.ColorRole.Window).name()
    assert window == theme.palette.bg.lower()
    assert text.font().pixelSize() == COMPACT.emphasis
    assert theme.palette.profit == "#0A5A94"


def test_where_the_desktop_says_nothing_the_look_is_dark(qapp: object) -> None:
    assert Theme(RESOURCES, Appearance(Scheme.SYSTEM)).palette.dark
