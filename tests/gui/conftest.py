"""What these tests share: the theme of every widget, and the panel on a simulated terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from tests.gui.panel_run import Play
from tests.helpers.processes import Terminal


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES, Appearance(Scheme.DARK))
    apply_theme(qapp, made)
    return made


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "MQL5" / "Files"


@pytest.fixture
def terminal(files: Path) -> Iterator[Terminal]:
    with Terminal(files) as made:
        yield made


@pytest.fixture
def play(qapp: QApplication, theme: Theme, tmp_path: Path, files: Path, terminal: Terminal) -> Play:
    return Play(qapp, theme, tmp_path / "data", files)
