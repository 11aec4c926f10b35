"""From the first painted window on a stop stops: before the panel, before and without an engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.app.early_stop import EarlyStop
from signalos_desktop.app.gui import load, load_beside, open_panel, show_start
from signalos_desktop.app.panel import Panel
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.panel_run import drive, fire, play_panel, running, state_is, until
from tests.helpers.processes import Terminal

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.make()
    return made


@pytest.fixture
def terminal(data: DataFolder) -> Iterator[Terminal]:
    with Terminal(data.demo_files) as made:
        yield made


async def flat_by_the_press(panel: Panel) -> None:
    await state_is(panel, TradingState.STOPPED_FLAT)
    book = panel.window.views.book
    assert book is not None
    assert book.state is not None
    assert book.state.stopped_by == "you (stop button)"
    assert not book.positions


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_press_in_the_start_window_is_obeyed_while_the_panel_still_loads(
    qapp: QApplication, qtbot: QtBot, theme: Theme, data: DataFolder, terminal: Terminal
) -> None:
    async def trade(panel: Panel) -> None:
        await running(panel)
        await fire(panel, SELL)

    drive(qapp, theme, data.root, data.demo_files, trade)
    stop = EarlyStop()
    start = show_start(qapp, theme, stop)
    assert "Emergency stop" in start.stop.accessibleName()
    QTimer.singleShot(0, start.stop.click)
    folders = load_beside(lambda: load(data, stop, demo=True))
    assert start.pressed
    # No engine runs: the flag alone reaches the Expert Advisor.
    qtbot.waitUntil(lambda: any(data.demo_files.rglob("halt.flag")))
    panel = Panel(qapp, theme, data, folders, stop=stop)
    open_panel(qapp, start, panel)
    assert not start.isVisible()
    assert panel.window.strip.state.state is TradingState.STOPPING
    panel.window.refresh()
    assert panel.window.strip.state.state is TradingState.STOPPING
    assert "no answer yet" in panel.window.strip.stop.accessibleName()
    play_panel(qapp, panel, flat_by_the_press)


@pytest.mark.expects_warning
def test_without_an_engine_the_stop_still_writes_its_flags(
    qapp: QApplication, theme: Theme, data: DataFolder, terminal: Terminal
) -> None:
    async def once(panel: Panel) -> None:
        await running(panel)

    drive(qapp, theme, data.root, data.demo_files, once)
    data.journal.write_bytes(b"no journal")

    async def stop(panel: Panel) -> None:
        await until(lambda: panel.window.views.alarms.failure, "the engine's refusal")
        panel.window.strip.stop.click()
        await until(lambda: any(data.demo_files.rglob("halt.flag")), "the flag")

    drive(qapp, theme, data.root, data.demo_files, stop)


def test_what_fails_while_loading_is_raised(qapp: QApplication) -> None:
    with pytest.raises(ZeroDivisionError):
        load_beside(lambda: 1 // 0)
