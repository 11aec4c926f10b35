"""What the panel's pages need of the world outside: settings, the doctor's findings, sign-in."""

import asyncio
from collections.abc import Sequence

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.commands.bridge_checks import check_bridges
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.commands.house_checks import (
    check_data_folder,
    check_journal,
    check_keyring,
    check_server,
    check_settings,
)
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.signing_in import build_sign_in
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.pages.needs import Needs


def build_needs(data: DataFolder) -> Needs:
    """Everything that touches a disk, the keyring or the network runs in a thread."""

    async def settings() -> Settings:
        return (await asyncio.to_thread(SettingsFile(data.root).load)).settings

    async def examine() -> Sequence[Finding]:
        return await asyncio.to_thread(find_all, data)

    return Needs(settings, examine, build_sign_in())


def find_all(data: DataFolder) -> list[Finding]:
    """What the verb `doctor` looks at; blocking."""
    loaded = SettingsFile(data.root).load()
    server = loaded.settings.text("server.url")
    return [
        *check_bridges(loaded.settings.texts("bridge.folders")),
        *check_settings(data, loaded.problems),
        check_data_folder(data),
        check_journal(data),
        check_keyring(server),
        check_server(server),
    ]
