"""The runbook with its drill, and who stopped: on the banner, from every place in the panel."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.drill_steps import FLAG, FLAT, RUNNING, first_steps
from signalos_desktop.engine.stop_words import TRAY
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.pages import runbook
from signalos_desktop.ui.pages.runbook import DrillCard, RunbookPage
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.text import Text
from tests.gui.panel_run import Play, drive, fire, running, state_is, until
from tests.helpers.processes import Terminal

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def texts(page: RunbookPage) -> str:
    return "\n".join(text.text() for text in page.findChildren(Text))


def banner(panel: Panel) -> str:
    panel.window.refresh()
    shown = [b.accessibleName() for b in panel.window.banners.banners if b.isVisible()]
    return "\n".join(shown)


async def resume(panel: Panel, state: TradingState) -> None:
    window = panel.window
    await until(window.strip.resume.isEnabled, "the way back")
    window.strip.resume_begun.emit()
    window.strip.resume_held.emit()
    await state_is(panel, state)


def test_the_drill_shows_its_times_and_leads_back_in_two_steps(play: Play) -> None:
    async def script(panel: Panel) -> None:
        window = panel.window
        await running(panel)
        await fire(panel, SELL)
        window.open_page("runbook")
        page = window.page("runbook")
        assert isinstance(page, RunbookPage)
        page.drill.begin.click()
        await state_is(panel, TradingState.STOPPED_FLAT)
        window.open_page("desk")
        assert "Stopped by you (stop drill) at " in banner(panel)
        await until(page.drill.begin.isEnabled, "the end of the drill")
        assert "resumed twice" in texts(page)
        assert f"{FLAT}: not reached" not in texts(page)
        assert f"{RUNNING}: not reached" in texts(page)
        await resume(panel, TradingState.PAUSED)
        await resume(panel, TradingState.RUNNING)
        await until(lambda: f"{RUNNING}: not reached" not in texts(page), "the last step")

    play(script)


def by_button(panel: Panel) -> None:
    panel.window.strip.stop.click()


def by_key(panel: Panel) -> None:
    QTest.keyClick(panel.window, Qt.Key.Key_Pause, CTRL | SHIFT)


PLACES: dict[str, Callable[[Panel], None]] = {
    "you (stop button)": by_button,
    "you (key)": by_key,
    TRAY: lambda panel: panel.actions.stop(TRAY),
}


@pytest.mark.parametrize("who", PLACES)
def test_the_banner_says_who_stopped_also_after_a_restart(
    who: str, qapp: QApplication, theme: Theme, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    async def press(panel: Panel) -> None:
        await running(panel)
        PLACES[who](panel)
        await state_is(panel, TradingState.STOPPED_FLAT)
        assert f"Stopped by {who} at " in banner(panel)

    async def look_again(panel: Panel) -> None:
        await state_is(panel, TradingState.STOPPED_FLAT)
        said = banner(panel)
        assert f"Stopped by {who} at " in said
        assert "0 positions, 0 orders, checked " in said

    run = partial(drive, qapp, theme, tmp_path / "data", files)
    run(press)
    run(look_again)


def test_the_runbook_needs_nothing_but_its_file(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = RunbookPage(theme, Actions())
    qtbot.addWidget(page)
    assert "press Algo Trading in the toolbar" in texts(page)
    assert "Unlock to paused" in texts(page)
    monkeypatch.setattr(runbook, "TEXT", tmp_path / "nowhere.md")
    bare = RunbookPage(theme, Actions())
    qtbot.addWidget(bare)
    assert "install the program again" in texts(bare)


def test_a_step_that_was_late_is_marked(qtbot: QtBot, theme: Theme) -> None:
    actions = Actions()
    card = DrillCard(theme, actions)
    qtbot.addWidget(card)
    steps = first_steps(anything_open=False)
    steps[FLAG], steps[FLAT] = replace(steps[FLAG], took_ms=251), replace(steps[FLAT], took_ms=90)
    actions.drill_moved.emit(tuple(steps.values()))
    said = card.accessibleName()
    assert "halt flag on the disk: 251 ms (target 250 ms), late" in said
    assert "flat, proven by the account: 90 ms (target 5000 ms);" in said
    assert "nothing was open" in said
