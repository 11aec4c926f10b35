"""Everything that can be pressed or typed into has a name, a size, and a place in the tab order."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.theme.density import COMFORTABLE, COMPACT
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from signalos_desktop.ui.widgets.pressable import Pressable
from tests.gui.gallery_cards import components
from tests.gui.gallery_charts import alarms
from tests.gui.gallery_desk import desk, strip
from tests.gui.gallery_proof import proof

Page = Callable[[Theme], QWidget]
CONTROLS = (QAbstractButton, QLineEdit, QComboBox)
LEAST = 24


def controls(page: QWidget) -> list[QWidget]:
    return [w for kind in CONTROLS for w in page.findChildren(kind) if w.isVisible()]


def ours(widget: QWidget) -> bool:
    """Not a part of Qt's own table or combo box."""
    return isinstance(widget, (Pressable, QLineEdit, QComboBox))


@pytest.fixture(params=[components, desk, proof, alarms], ids=lambda page: page.__name__)
def page(request: pytest.FixtureRequest, theme: Theme, qtbot: QtBot) -> QWidget:
    theme.set_appearance(Appearance(Scheme.DARK, reduced_motion=True))
    made: QWidget = request.param(theme)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    return made


def test_every_control_has_a_name(page: QWidget) -> None:
    nameless = [type(w).__name__ for w in controls(page) if ours(w) and not w.accessibleName()]

    assert nameless == []


def test_every_control_is_reached_by_tab(page: QWidget) -> None:
    skipped = [
        w.accessibleName()
        for w in controls(page)
        if ours(w) and not w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert skipped == []


def test_every_control_is_large_enough(page: QWidget) -> None:
    small = [
        (w.accessibleName(), w.width(), w.height())
        for w in controls(page)
        if isinstance(w, Pressable) and min(w.width(), w.height()) < LEAST
    ]

    assert small == []


@pytest.mark.parametrize("density", [COMFORTABLE, COMPACT], ids=["comfortable", "compact"])
def test_the_strip_has_targets_of_44(theme: Theme, qtbot: QtBot, density: object) -> None:
    theme.set_density(COMPACT if density is COMPACT else COMFORTABLE)
    made = strip(theme)
    qtbot.addWidget(made)
    made.resize(1366, 56)
    made.show()

    heights = {w.accessibleName(): w.height() for w in made.findChildren(Pressable)}
    assert len(heights) == 2
    assert min(heights.values()) >= 44


def test_the_strip_fits_the_smallest_window(theme: Theme, qtbot: QtBot) -> None:
    theme.set_density(COMPACT)
    made = strip(theme)
    qtbot.addWidget(made)

    assert made.minimumSizeHint().width() <= 1366


def test_no_icon_is_missing(page: QWidget, theme: Theme) -> None:
    page.grab()

    assert theme.icons.missing == set()


def test_a_page_follows_every_change_of_the_look(page: QWidget, theme: Theme) -> None:
    dark = page.grab().toImage()
    theme.set_density(COMPACT)
    theme.set_appearance(Appearance(Scheme.LIGHT, colour_blind=True, red_up=True))

    assert page.grab().toImage() != dark
