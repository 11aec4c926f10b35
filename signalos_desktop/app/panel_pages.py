"""What the panel's pages need of the world outside: settings, findings, sign-in, journal."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from signalos_desktop.adapters.ledger.reading import JournalLine, read_journal
from signalos_desktop.adapters.ledger.results import read_results
from signalos_desktop.adapters.mt5_files.terminals import (
    TerminalFolder,
    default_roots,
    find_terminals,
)
from signalos_desktop.adapters.plain_token import PlainToken, PlainTokenError
from signalos_desktop.adapters.qr_picture import GreyPicture, QrRefusedError, qr_available, read_qr
from signalos_desktop.adapters.settings_file import SettingsFile, SettingsNotSavedError
from signalos_desktop.app.commands.bridge_checks import check_bridges
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.commands.house_checks import (
    check_data_folder,
    check_journal,
    check_keyring,
    check_server,
    check_settings,
)
from signalos_desktop.app.commands.installation_check import check_installation
from signalos_desktop.app.ea_copies import TerminalCopies
from signalos_desktop.app.installation import find_installation
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.signing_in import build_sign_in
from signalos_desktop.app.update_check import check_for_update
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.pages.needs import Needs, Results
from signalos_desktop.ui.wizard import WizardNeeds

_LAST_LINES = 2000


class PlainTokenFile:
    """The plain token of the user, with its troubles as ValueError."""

    def __init__(self, token: PlainToken) -> None:
        self._token = token

    @property
    def name(self) -> str:
        return str(self._token.path)

    def is_there(self) -> bool:
        return self._token.is_there()

    def read(self) -> bytes:
        try:
            return self._token.read()
        except PlainTokenError as error:
            raise ValueError(str(error)) from None

    def delete(self, imported: bytes) -> None:
        try:
            self._token.delete(imported)
        except PlainTokenError as error:
            raise ValueError(str(error)) from None


def build_needs(data: DataFolder) -> Needs:
    """Everything that touches a disk, the keyring or the network runs in a thread."""

    async def settings() -> Settings:
        return (await asyncio.to_thread(SettingsFile(data.root).load)).settings

    async def examine() -> Sequence[Finding]:
        return await asyncio.to_thread(find_all, data)

    return Needs(
        settings,
        examine,
        build_sign_in(),
        read_picture if qr_available() else None,
        partial(past_results, data),
        PlainTokenFile(PlainToken.of_user()),
        TerminalCopies(data, os.environ),
        partial(check_for_update, data),
    )


def build_wizard_needs(data: DataFolder) -> WizardNeeds:
    async def find() -> Sequence[TerminalFolder]:
        roots = default_roots(os.environ, Path.home())
        return await asyncio.to_thread(find_terminals, roots)

    async def prove(folder: str) -> Sequence[Finding]:
        return await asyncio.to_thread(check_bridges, [folder])

    async def keep(folder: str) -> str:
        return await asyncio.to_thread(_keep_folder, data, folder)

    return WizardNeeds(find, prove, keep, TerminalCopies(data, os.environ).deploy)


def _keep_folder(data: DataFolder, folder: str) -> str:
    """What went wrong, empty if nothing did."""
    file = SettingsFile(data.root)
    try:
        file.save(file.load().settings.with_changes({"bridge.folders": [folder]}))
    except SettingsNotSavedError as error:
        return str(error)
    return ""


def last_lines(data: DataFolder) -> list[JournalLine]:
    """What the journal remembers of earlier sessions; blocking."""
    if not data.journal.exists():
        return []
    return list(read_journal(data.journal))[-_LAST_LINES:]


async def past_results(data: DataFolder) -> Mapping[Account, Results]:
    """Every account's deals as the journal has them."""
    return await asyncio.to_thread(read_results, data.journal)


async def read_picture(image: QImage) -> bytes:
    """The one QR code in a picture; ValueError says in words why there is none."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    picture = GreyPicture(grey.width(), grey.height(), grey.bytesPerLine(), bytes(grey.constBits()))
    try:
        return await asyncio.to_thread(read_qr, picture)
    except QrRefusedError as error:
        raise ValueError(str(error)) from None


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
        check_installation(find_installation()),
    ]
