"""The doctor's page on real terminal folders: deploys at a press, shows a newer version."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from signalos_desktop.app.ea_copies import TerminalCopies
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.update_check import UpdateAnswer
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages.doctor import DoctorPage
from signalos_desktop.ui.pages.ea_list import EaList
from signalos_desktop.ui.pages.needs import News
from signalos_desktop.ui.pages.update_notice import UpdateNotice
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.test_pages import needs

__all__ = ["needs"]


@dataclass(frozen=True)
class Place:
    files: Path
    copies: TerminalCopies


@pytest.fixture
def place(tmp_path: Path) -> Place:
    data = DataFolder(tmp_path / "data")
    data.make()
    files = tmp_path / "MetaQuotes" / "Terminal" / "D0E8" / "MQL5" / "Files"
    files.mkdir(parents=True)
    return Place(files, TerminalCopies(data, {"APPDATA": str(tmp_path)}))


def test_the_expert_advisor_is_put_into_a_terminal_and_said_what_is_left(
    qtbot: QtBot, theme: Theme, place: Place
) -> None:
    made = EaList(theme, Actions(), place.copies)
    qtbot.addWidget(made)
    asyncio.run(made.look())
    button = made.buttons[str(place.files)]
    assert button.accessibleName().startswith("Put it there")
    asyncio.run(made.deploy(str(place.files)))
    assert (place.files.parent / "Experts/SignalOS/SignalOSBridge.mq5").exists()
    assert "files written" in made.said
    assert "F7" in made.said
    assert made.buttons == {}
    settings = place.files.parent / "Include/SignalOS/Settings.mqh"
    settings.write_bytes(settings.read_bytes() + b"// mine")
    asyncio.run(made.look())
    assert "Put ours there" in made.buttons[str(place.files)].accessibleName()
    asyncio.run(made.deploy(str(place.files)))
    assert "what was there lies in" in made.said
    made.resize(900, 300)
    made.grab()


def test_what_cannot_be_deployed_is_refused_with_a_next_step(
    qtbot: QtBot, theme: Theme, place: Place, tmp_path: Path
) -> None:
    made = EaList(theme, Actions(), place.copies)
    qtbot.addWidget(made)
    asyncio.run(made.deploy(str(tmp_path / "no")))
    assert "DEPLOY_NO_TERMINAL" in made.said
    assert "Start the terminal once" in made.said
    made.show_copies(())
    made.grab()


def test_a_newer_version_is_shown_and_its_page_opened_only_by_a_click(
    qtbot: QtBot, theme: Theme
) -> None:
    made = UpdateNotice(theme)
    qtbot.addWidget(made)
    wanted: list[str] = []
    made.wanted.connect(wanted.append)
    made.show_news(UpdateAnswer(True, "1.0 is the newest version"))
    assert made.isHidden()
    page = "https://signalos.example/releases"
    made.show_news(UpdateAnswer(True, "version 2.0 is out, this is 1.0", "2.0", "Faster", page))
    assert made.isVisible()
    assert "Faster" in made.accessibleName()
    assert wanted == []
    QTest.mouseClick(made.open_page, Qt.MouseButton.LeftButton)
    assert wanted == [page]


def test_the_doctor_shows_both(qtbot: QtBot, theme: Theme, needs: object, place: Place) -> None:
    async def news() -> News:
        return UpdateAnswer(True, "version 2.0 is out", "2.0", "", "https://signalos.example")

    made = DoctorPage(theme, Actions(), replace(needs, copies=place.copies, news=news))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    asyncio.run(made.look())
    assert made.update_notice.isVisible()
    assert made.copies is not None
    assert list(made.copies.buttons) == [str(place.files)]
    made.grab()
