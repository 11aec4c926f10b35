"""The first run: the wizard, what it kept, and the demo that it may lead to."""

import asyncio
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.installation import own_command
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from signalos_desktop.ui.wizard import Wizard


class FirstRun:
    """wants_demo: the user went for the demo; the owner starts it when this panel has ended."""

    def __init__(self, theme: Theme, data: DataFolder, actions: Actions) -> None:
        self._theme, self._data, self._actions = theme, data, actions
        self._mark = data.state / "first-run-done"
        self._over: asyncio.Event | None = None
        self.wants_demo = False
        self.page: Wizard | None = None

    def is_due(self) -> bool:
        """Once: not where somebody has named folders, traded already, or skipped it."""
        named = SettingsFile(self._data.root).load().settings.explicit.get("bridge.folders")
        used = self._mark.exists() or self._data.journal.exists()
        return not named and not used

    def open(self) -> "Wizard":
        """Needs a running loop."""
        from signalos_desktop.app.panel_pages import build_wizard_needs
        from signalos_desktop.ui.wizard import Wizard

        self._over = asyncio.Event()
        page = self.page = Wizard(self._theme, self._actions, build_wizard_needs(self._data))
        page.done.connect(self._end)
        page.demo.connect(self._choose_demo)
        return page

    async def wait(self) -> None:
        if self._over is not None:
            await self._over.wait()

    def folders(self, found: Sequence[Path]) -> Sequence[Path]:
        """Those that the wizard kept, else those that were found."""
        kept = SettingsFile(self._data.root).load().settings.texts("bridge.folders")
        return [Path(name) for name in kept] or found

    def start_demo(self) -> None:
        """A panel of its own, with a data folder of its own."""
        home = str(self._data.root / "demo")
        subprocess.Popen(
            [*own_command(), "--demo", "--data-dir", home],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _choose_demo(self) -> None:
        self.wants_demo = True

    def _end(self) -> None:
        # It is shown again at the next start if this cannot be written.
        with suppress(OSError):
            self._mark.touch()
        if self._over is not None:
            self._over.set()
