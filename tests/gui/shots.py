"""Pictures of the whole window on a real simulated terminal: `python -m tests.gui.shots FOLDER`."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from signalos_desktop.app.gui import Panel
from signalos_desktop.app.gui import read_samples as samples_of
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from tests.gui.panel_run import drive, fire, running, state_is, until
from tests.helpers.processes import Terminal

SIZES = {"1366": (1366, 768), "1920": (1920, 1080)}
SCHEMES = {"dark": Scheme.DARK, "light": Scheme.LIGHT}
SELL = "SELL EURUSD SL 1.0900 TP 1.0600"
LATE_EA_S = 6.0


async def take(panel: Panel, theme: Theme, folder: Path, name: str) -> None:
    """The window in both sizes and both schemes."""
    for scheme, wish in SCHEMES.items():
        theme.set_appearance(Appearance(wish, reduced_motion=True))
        for label, size in SIZES.items():
            panel.window.resize(*size)
            await asyncio.sleep(0.05)
            panel.window.desk.reset_layout()
            panel.window.refresh()
            await asyncio.sleep(0.3)
            panel.window.grab().save(str(folder / f"{name}-{scheme}-{label}.png"))


async def play(panel: Panel, theme: Theme, folder: Path, terminal: Terminal) -> None:
    await running(panel)
    await fire(panel, SELL)
    for provider, text in samples_of(RESOURCES / "samples"):
        await panel.actions.submit(text, provider)
    inbox = panel.window.views.inbox
    newest = next(reversed(inbox.records))
    panel.window.desk.inbox.list.select_key(newest)
    await until(lambda: inbox.records[newest].state is not None, "the newest signal")
    await take(panel, theme, folder, "main-normal")
    panel.window.strip.pause.click()
    await state_is(panel, TradingState.PAUSED)
    await take(panel, theme, folder, "main-paused")
    panel.window.strip.stop.click()
    await state_is(panel, TradingState.STOPPED_FLAT)
    await take(panel, theme, folder, "main-proof")
    panel.window.desk.proof.back.click()
    await take(panel, theme, folder, "main-stopped-flat")
    terminal.process.kill()
    await asyncio.sleep(LATE_EA_S)
    await take(panel, theme, folder, "alarm-ea")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme = Theme(RESOURCES, Appearance(Scheme.DARK, reduced_motion=True))
    apply_theme(app, theme)
    with tempfile.TemporaryDirectory() as home:
        files = Path(home) / "MQL5" / "Files"
        with Terminal(files) as terminal:
            drive(
                app,
                theme,
                Path(home) / "data",
                files,
                lambda panel: play(panel, theme, folder, terminal),
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
