"""Damaged files of the Expert Advisor: the way back offers START_FRESH, held to be confirmed."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.panel_run import drive, running, state_is, until
from tests.helpers.processes import Terminal

SELL = "SELL EURUSD SL 1.0900 TP 1.0600"


async def hold(button: QPushButton) -> None:
    """Two seconds of Space."""
    await until(button.isEnabled, "a button that can be held")
    QTest.keyPress(button, Qt.Key.Key_Space)
    await asyncio.sleep(2.3)
    QTest.keyRelease(button, Qt.Key.Key_Space)


def damaged(panel: Panel) -> bool:
    book = panel.window.views.book
    return book is not None and book.status is not None and book.status.halt.damaged


def test_damaged_files_are_started_fresh_from_the_summary_of_the_way_back(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    files = tmp_path / "MQL5" / "Files"
    with Terminal(files):
        drive(qapp, theme, tmp_path / "data", files, stop_once)
    [latch] = files.rglob("latch.csv")
    latch.write_bytes(latch.read_bytes().replace(b"1", b"2", 1))

    async def play(panel: Panel) -> None:
        window = panel.window
        await until(lambda: damaged(panel), "the damage")
        window.strip.resume_begun.emit()
        assert window.summary.start_fresh.isVisible()
        window.grab()
        await hold(window.summary.start_fresh)
        await until(lambda: not damaged(panel), "the fresh start")
        window.refresh()
        assert not window.summary.start_fresh.isVisible()
        assert window.strip.state.state is not TradingState.RUNNING
        await hold(window.strip.resume)
        await state_is(panel, TradingState.PAUSED)
        await hold(window.strip.resume)
        await running(panel)

    with Terminal(files):
        drive(qapp, theme, tmp_path / "data", files, play)


async def stop_once(panel: Panel) -> None:
    await running(panel)
    panel.window.strip.resume_begun.emit()
    assert not panel.window.summary.start_fresh.isVisible()
    panel.window.strip.stop.click()
    await state_is(panel, TradingState.STOPPED_FLAT)
