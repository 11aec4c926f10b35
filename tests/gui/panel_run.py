"""The real panel with its engine thread on a folder, driven by a coroutine on the same loop."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.panel import Panel
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.qt_loop import run_on_qt
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.theme.theme import Theme

WAIT_S = 20.0
Script = Callable[[Panel], Awaitable[None]]


def drive(
    app: QApplication,
    theme: Theme,
    folder: Path,
    files: Path,
    script: Script,
    *,
    wizard: bool = False,
    others: Sequence[Path] = (),
) -> None:
    """Open the panel, run the script, close the panel as its user does. others: more terminals."""
    data = DataFolder(folder)
    data.make()
    panel = Panel(app, theme, data, [files, *others], wizard=wizard)
    panel.window.resize(1366, 768)
    panel.window.show()
    play_panel(app, panel, script)


def play_panel(app: QApplication, panel: Panel, script: Script) -> None:
    """Run the script in a panel that stands, close the panel as its user does."""

    async def play() -> None:
        serving = asyncio.ensure_future(panel.serve())
        try:
            await script(panel)
        finally:
            panel.window.leave()
            await serving

    run_on_qt(app, play())
    # Here and now, not by the garbage collector on some thread of the next test.
    panel.window.deleteLater()
    panel.bridge.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


class Play:
    """The panel on a running simulator; kept() reads what is on the disk."""

    def __init__(self, app: QApplication, theme: Theme, data: Path, files: Path) -> None:
        self._app, self._theme, self.data, self._files = app, theme, data, files

    def __call__(self, script: Script) -> None:
        drive(self._app, self._theme, self.data, self._files, script)

    def kept(self) -> Settings:
        return SettingsFile(self.data).load().settings


async def until(condition: Callable[[], object], what: str) -> None:
    """Let the panel live until the condition holds."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not come within {WAIT_S:.0f} s"
        await asyncio.sleep(0.01)


async def state_is(panel: Panel, state: TradingState) -> None:
    def reached() -> bool:
        book = panel.window.views.book
        return book is not None and book.trading is state

    await until(reached, state.name)


async def running(panel: Panel) -> None:
    await state_is(panel, TradingState.RUNNING)


async def paste(panel: Panel, text: str) -> str:
    """Paste a signal as the user does; returns its id, shown in the ticket."""
    inbox, before = panel.window.desk.inbox, panel.window.desk.ticket.signal
    inbox.focus_paste()
    inbox.paste.setPlainText(text)
    inbox.submit.click()
    ticket = panel.window.desk.ticket
    await until(lambda: ticket.signal != before, "the pasted signal")
    return ticket.signal


async def press_fire(panel: Panel) -> None:
    """Twice, as the settings want it: the second press is heard after a double click's time."""
    bar = panel.window.desk.ticket.bar
    bar.fire.click()
    if panel.window.desk.ticket.asks:
        await until(lambda: bar.hears, "the time of a double click")
        bar.fire.click()


async def fire(panel: Panel, text: str) -> int:
    """Paste, press FIRE, wait for the position; returns its ticket."""
    signal = await paste(panel, text)
    desk = panel.window.desk
    record = panel.window.views.inbox.records[signal]
    await until(lambda: record.state is not None, f"what becomes of {text}")
    assert record.state is SignalState.READY, f"{text}: {record.reason}"
    await until(desk.ticket.bar.fire.isEnabled, "FIRE")
    book = panel.window.views.book
    assert book is not None
    before = set(book.positions)
    await press_fire(panel)
    await until(lambda: set(book.positions) - before, "the position")
    return max(set(book.positions) - before)
