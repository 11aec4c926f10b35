"""The first run on a real data folder: the wizard comes once, proves a living EA, or is skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.panel import Panel
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.wizard import Wizard
from tests.gui.panel_run import drive, running, until
from tests.helpers.processes import Terminal


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "terminal" / "MQL5" / "Files"


@pytest.fixture
def terminal(files: Path) -> Iterator[Terminal]:
    with Terminal(files) as made:
        yield made


async def wizard_of(panel: Panel) -> Wizard:
    await until(lambda: panel.first_run.page is not None, "the wizard")
    page = panel.first_run.page
    assert page is not None
    await until(lambda: "found" in page.title.text(), "the search")
    return page


def test_a_living_ea_is_proven_kept_and_traded_with(
    qapp: QApplication, theme: Theme, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    data, empty = tmp_path / "data", tmp_path / "empty"

    async def play(panel: Panel) -> None:
        page = await wizard_of(panel)
        assert not panel.actions.connected
        page.other.line.setText(str(empty))
        page.other.line.textEdited.emit(str(empty))
        page.prove.click()
        await until(lambda: page.steps.accessibleName().startswith("step 2"), "the refusal")
        page.other.line.setText(str(files))
        page.prove.click()
        await running(panel)
        assert panel.window.pages.currentWidget() is panel.window.desk

    drive(qapp, theme, data, empty, play, wizard=True)
    assert SettingsFile(data).load().settings.texts("bridge.folders") == (str(files),)


def test_it_can_be_skipped_and_does_not_come_again(
    qapp: QApplication, theme: Theme, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    async def skip(panel: Panel) -> None:
        (await wizard_of(panel)).skip.click()
        await running(panel)

    async def again(panel: Panel) -> None:
        await running(panel)
        assert panel.first_run.page is None

    drive(qapp, theme, tmp_path / "data", files, skip, wizard=True)
    drive(qapp, theme, tmp_path / "data", files, again, wizard=True)


def test_the_demo_ends_this_panel_and_is_wanted(
    qapp: QApplication, theme: Theme, tmp_path: Path, files: Path
) -> None:
    ended: list[Panel] = []

    async def play(panel: Panel) -> None:
        (await wizard_of(panel)).try_demo.click()
        await until(lambda: not panel.window.isVisible(), "the end")
        ended.append(panel)

    drive(qapp, theme, tmp_path / "data", files, play, wizard=True)
    assert ended[0].first_run.wants_demo
    assert not (tmp_path / "data" / "journal.sqlite3").exists()
