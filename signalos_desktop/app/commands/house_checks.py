"""The doctor's look at our own house: settings, data folder, journal, keyring, server."""

import asyncio
import tempfile
from collections.abc import Sequence

from signalos_desktop.adapters.ledger.database import SCHEMA, check
from signalos_desktop.adapters.secrets import KeyringSecrets
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError
from signalos_desktop.engine.signin_ports import SecretsUnavailableError

_KEYRING_PATIENCE_S = 5.0


def check_settings(folder: DataFolder, problems: Sequence[str]) -> list[Finding]:
    if not problems:
        return [Finding("settings", True, f"the settings in {folder.root} are in order")]
    *what, next_step = problems
    return [Finding("settings", False, text, next_step) for text in what]


def check_data_folder(folder: DataFolder) -> Finding:
    """A folder that is not there yet is looked at where it will be made."""
    place = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            return Finding("data folder", True, f"{folder.root} can be written")
    except OSError as error:
        return Finding(
            "data folder",
            False,
            f"{place} cannot be written ({error.strerror})",
            "Free disk space, allow this user to write there, or choose another --data-dir",
        )


def check_journal(folder: DataFolder) -> Finding:
    path = folder.journal
    if not path.exists():
        return Finding("journal", True, "there is none yet: nothing has been traded")
    try:
        damage = check(path)
    except (LedgerFailedError, LedgerDamagedError) as error:
        text, _, next_step = str(error).partition(": ")
        return Finding("journal", False, text, next_step)
    if damage:
        return Finding(
            "journal",
            False,
            f"{path} is damaged: {damage}",
            "Do not trade. Save what `signalos-desktop journal --json` still reads, move the file "
            "to another folder, and compare with the history in MetaTrader 5",
        )
    size = path.stat().st_size // 1024
    return Finding("journal", True, f"{path} is whole (schema {SCHEMA}, {size} KiB)")


def check_keyring(server_url: str) -> Finding:
    """Without a server nothing is kept there, so that nothing has to be done about it."""
    secrets = KeyringSecrets(patience_s=_KEYRING_PATIENCE_S)
    try:
        name = asyncio.run(secrets.name())
    except SecretsUnavailableError as error:
        if not server_url:
            return Finding("keyring", True, f"not needed without a server ({error})")
        text = f"{error.code}: {error}: a token would be kept for one session only"
        return Finding("keyring", False, text, error.next_step)
    return Finding("keyring", True, f"{name} keeps secrets")


def check_server(server_url: str) -> Finding:
    """Asks the server whether the sign-in in the keyring holds."""
    if not server_url:
        return Finding("server", True, "none is configured: signals come from local sources only")
    # Only here: without a server the doctor need not wait for the HTTP client to load.
    from signalos_desktop.app.signing_in import build_sign_in

    answer = asyncio.run(build_sign_in(_KEYRING_PATIENCE_S).restore(server_url))
    if answer is None:
        return Finding(
            "server",
            False,
            f"nobody is signed in at {server_url}",
            "signalos-desktop login, with a token from the dashboard on stdin",
        )
    return Finding("server", answer.ok, answer.text, answer.next_step)
