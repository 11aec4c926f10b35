"""Pictures of the whole window on a real simulated terminal: `python -m tests.gui.shots FOLDER`.

Every state in dark and light, at 1366x768 and 1920x1080, at 100 % and at 150 %: each scale is a
process of its own, since Qt reads it once. Everything shown is what the simulated terminal did; the
statistics page alone shows invented deals, as a demo of a minute has hardly any.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from signalos_desktop.app.panel import Panel
from signalos_desktop.app.panel import read_samples as samples_of
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.ui.pages.settings import SettingsPage
from signalos_desktop.ui.pages.statistics import StatisticsPage
from signalos_desktop.ui.start_window import StartWindow
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from tests.gui.invented_results import invented_results
from tests.gui.panel_run import drive, fire, paste, running, state_is, until
from tests.gui.rule_shots import take_rules
from tests.gui.small_png import save_small
from tests.helpers.processes import Terminal

# In pixels of the screen; a scale of 150 % leaves two thirds of them to the window.
SIZES = {"1366": (1366, 768), "1920": (1920, 1080)}
SCHEMES = {"dark": Scheme.DARK, "light": Scheme.LIGHT}
SCALES = ("1", "1.5")
TRADES = (
    "SELL EURUSD SL 1.0900 TP 1.0600",
    "BUY GBPUSD SL 1.2500 TP 1.3100",
    "BUY USDJPY SL 148.2 TP 153.5",
)
UNSURE = "BUY EURUSD SL 1.0600 TP 1.1000 confidence 60%"
LATER = ("SELL XAUUSD SL 2450 TP 2300", "BUY US30 SL 38300 TP 40500")
LATE_EA_S = 6.0
WARM_UP_S = 12.0


class Studio:
    """Takes a picture of the window in every size and scheme."""

    def __init__(self, panel: Panel, theme: Theme, folder: Path, scale: float) -> None:
        self._panel, self._theme, self._folder, self._scale = panel, theme, folder, scale

    async def take(self, name: str) -> None:
        window = self._panel.window
        suffix = "" if self._scale == 1 else f"-{round(self._scale * 100)}"
        for scheme, wish in SCHEMES.items():
            self._theme.set_appearance(Appearance(wish, reduced_motion=True))
            for label, (width, height) in SIZES.items():
                window.resize(round(width / self._scale), round(height / self._scale))
                await asyncio.sleep(0.05)
                window.desk.reset_layout()
                window.refresh()
                await asyncio.sleep(0.3)
                picture = window.grab().toImage()
                save_small(picture, self._folder / f"{name}-{scheme}-{label}{suffix}.png")


async def play(panel: Panel, studio: Studio, terminal: Terminal) -> None:
    await running(panel)
    await trade(panel)
    await take_desk(panel, studio)
    await take_override(panel, studio)
    await take_pages(panel, studio)
    await take_rules(panel, studio.take)
    panel.window.open_page("desk")
    panel.window.strip.pause.click()
    await state_is(panel, TradingState.PAUSED)
    await studio.take("main-paused")
    panel.window.strip.stop.click()
    await state_is(panel, TradingState.STOPPED_FLAT)
    await studio.take("main-proof")
    panel.window.desk.proof.back.click()
    await studio.take("main-stopped-flat")
    panel.window.strip.resume_begun.emit()
    await studio.take("main-resume")
    panel.window.summary.hide()
    terminal.process.kill()
    await asyncio.sleep(LATE_EA_S)
    await studio.take("alarm-ea")
    panel.window.open_page("settings")
    await studio.take("alarm-page")


async def trade(panel: Panel) -> None:
    """Some trades that are closed, some that are open, and sample signals that wait."""
    # The shots fire faster than a trader may.
    await panel.actions.settings({"risk.throttle.per_10s": 50, "risk.max_daily_loss_percent": 5})
    book = panel.window.views.book
    assert book is not None
    await until(lambda: book.limits and book.limits.limits, "the daily limit")
    for text in TRADES:
        await fire(panel, text)
    await asyncio.sleep(WARM_UP_S)
    for ticket in sorted(book.positions)[:2]:
        await panel.actions.close(ticket)
    await until(lambda: len(book.positions) == 1, "the closes")
    for text in LATER:
        await fire(panel, text)
    for provider, text in samples_of(RESOURCES / "samples"):
        await panel.actions.submit(text, provider)


async def take_desk(panel: Panel, studio: Studio) -> None:
    inbox, tables = panel.window.views.inbox, panel.window.desk.tables
    assert tables is not None
    newest = next(reversed(inbox.records))
    panel.window.desk.inbox.list.select_key(newest)
    await until(lambda: inbox.records[newest].state is not None, "the newest signal")
    await studio.take("main-normal")
    tables.show_tab("commands")
    await studio.take("receipts")
    tables.show_tab("journal")
    await studio.take("journal")
    tables.show_tab("positions")


async def take_override(panel: Panel, studio: Studio) -> None:
    """A signal that only a soft rule refuses, with the reason half typed."""
    ticket = panel.window.desk.ticket
    signal = await paste(panel, UNSURE)
    record = panel.window.views.inbox.records[signal]
    await until(lambda: record.state is not None, "the unsure signal")
    await until(ticket.bar.over.isVisible, "the way over the rule")
    ticket.bar.over.click()
    ticket.over_line.reason.line.setText("retest of the level")
    ticket.over_line.reason.edited.emit("")
    await studio.take("main-override")
    ticket.skip()
    await until(lambda: record.state is SignalState.SKIPPED, "the rejection")


async def take_pages(panel: Panel, studio: Studio) -> None:
    account = panel.actions.account
    assert account is not None
    for page in ("statistics", "settings", "signin", "runbook", "doctor"):
        panel.window.open_page(page)
        await asyncio.sleep(2.5 if page == "doctor" else 0.5)
        made = panel.window.page(page)
        if isinstance(made, StatisticsPage):
            made.show_results({account: invented_results()})
        elif isinstance(made, SettingsPage):
            made.choose_group("Risk rules")
        await studio.take(page)
    panel.window.open_page("desk")


async def play_first_run(panel: Panel, studio: Studio) -> None:
    await until(lambda: panel.first_run.page is not None, "the wizard")
    await asyncio.sleep(0.5)
    await studio.take("wizard")


def take_start(theme: Theme, folder: Path, scale: float) -> None:
    """What stands before the panel."""
    suffix = "" if scale == 1 else f"-{round(scale * 100)}"
    for scheme, wish in SCHEMES.items():
        theme.set_appearance(Appearance(wish, reduced_motion=True))
        for label, (width, height) in SIZES.items():
            start = StartWindow(theme)
            start.resize(round(width / scale), round(height / scale))
            save_small(start.grab().toImage(), folder / f"start-{scheme}-{label}{suffix}.png")


def take_all(folder: Path, scale: float) -> None:
    """At the scale that Qt was started with."""
    app = QApplication([])
    theme = Theme(RESOURCES, Appearance(Scheme.DARK, reduced_motion=True))
    apply_theme(app, theme)
    take_start(theme, folder, scale)
    with tempfile.TemporaryDirectory() as home:
        files = Path(home) / "MQL5" / "Files"
        with Terminal(files) as terminal:

            async def script(panel: Panel) -> None:
                await play(panel, Studio(panel, theme, folder, scale), terminal)

            drive(app, theme, Path(home) / "data", files, script)

        async def first(panel: Panel) -> None:
            await play_first_run(panel, Studio(panel, theme, folder, scale))

        drive(app, theme, Path(home) / "new", files, first, wizard=True)


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for scale in SCALES:
        command = [sys.executable, "-m", "tests.gui.shots", str(folder), scale]
        environ = {**os.environ, "QT_SCALE_FACTOR": scale}
        failed |= subprocess.run(command, env=environ, check=False).returncode
    return failed


if __name__ == "__main__":
    if len(sys.argv) == 3:
        take_all(Path(sys.argv[1]), float(sys.argv[2]))
    else:
        sys.exit(main(Path(sys.argv[1])))
