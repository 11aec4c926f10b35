"""The theme every widget of these tests takes."""

import pytest
from PySide6.QtWidgets import QApplication

from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES, Appearance(Scheme.DARK))
    apply_theme(qapp, made)
    return made
