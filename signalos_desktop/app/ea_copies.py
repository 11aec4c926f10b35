"""The Expert Advisor in this computer's terminals, for the panel: what lies there, put it there."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from signalos_desktop.adapters.deployment import Deployed, Deployment, SourceState
from signalos_desktop.adapters.mt5_files.terminals import (
    TerminalFolder,
    default_roots,
    find_terminals,
)
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.commands.deploy import build_deployment, describe
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.ui.pages.needs import EaCopy


class TerminalCopies:
    """Implements pages.needs.EaCopies; everything that touches a disk runs in a thread."""

    def __init__(self, data: DataFolder, environ: os._Environ[str] | dict[str, str]) -> None:
        self._data, self._environ = data, environ
        self._deployment = build_deployment(data)

    async def look(self) -> Sequence[EaCopy]:
        return await asyncio.to_thread(self._look_at_all)

    async def deploy(self, folder: str) -> Finding:
        return await asyncio.to_thread(self._deploy, _terminal(folder))

    def _look_at_all(self) -> list[EaCopy]:
        return [look_at(self._deployment, terminal) for terminal in self._terminals()]

    def _terminals(self) -> list[TerminalFolder]:
        found = find_terminals(default_roots(self._environ, Path.home()))
        known = {terminal.path for terminal in found}
        named = SettingsFile(self._data.root).load().settings.texts("bridge.folders")
        return [*found, *(_terminal(name) for name in named if Path(name) not in known)]

    def _deploy(self, terminal: TerminalFolder) -> Finding:
        result = self._deployment.deploy(terminal)
        if not isinstance(result, Deployed):
            return Finding(terminal.name, False, f"{result.code}: {result.text}", result.next_step)
        kept = f"; what was there lies in {result.backup}" if result.backup else ""
        text = f"{result.written} files written{kept}"
        return Finding(terminal.name, True, text, result.next_step)


def look_at(deployment: Deployment, terminal: TerminalFolder) -> EaCopy:
    """What lies in a terminal, and what a button may offer there."""
    folder = str(terminal.path)
    try:
        standing = deployment.look(terminal)
    except OSError as error:
        text = f"cannot be read: {error.strerror}. Close MetaEditor, then look again"
        return EaCopy(folder, terminal.name, text, ok=False)
    offer = {
        SourceState.ABSENT: "Put it there",
        SourceState.OLDER: f"Update to {standing.brought}",
        SourceState.EDITED: "Put ours there",
    }.get(standing.state, "")
    ok = standing.state is SourceState.SAME and standing.compiled
    return EaCopy(folder, terminal.name, describe(standing), offer, ok=ok)


def _terminal(folder: str) -> TerminalFolder:
    return TerminalFolder(Path(folder).absolute(), folder, "named")
