"""The doctor's look at our own house: settings, data folder, journal, keyring, server."""

import tempfile
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from signalos_desktop.adapters.ledger.database import SCHEMA, check
from signalos_desktop.app.commands.findings import Finding
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError

_KEYRING_PATIENCE_S = 5.0
_BLIND_KEYRINGS = ("keyring.backends.fail", "keyring.backends.null")


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


def check_keyring() -> Finding:
    """Asked in a thread of its own: a locked keyring may show a question and wait for ever."""
    answer: SimpleQueue[Finding] = SimpleQueue()
    Thread(target=lambda: answer.put(_keyring()), daemon=True).start()
    try:
        return answer.get(timeout=_KEYRING_PATIENCE_S)
    except Empty:
        return Finding(
            "keyring",
            False,
            f"the keyring did not answer within {_KEYRING_PATIENCE_S:g} s",
            "Unlock it, or answer the question that it asks on the screen",
        )


def check_server() -> Finding:
    return Finding("server", True, "none is configured: signals come from local sources only")


def _keyring() -> Finding:
    try:
        import keyring

        backend = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - a backend of the system may fail in any way
        return Finding("keyring", True, f"KEYRING_UNAVAILABLE ({error}): {_SESSION_ONLY}")
    if type(backend).__module__.startswith(_BLIND_KEYRINGS):
        return Finding("keyring", True, f"KEYRING_UNAVAILABLE: {_SESSION_ONLY}")
    return Finding("keyring", True, f"{backend.name} keeps secrets")


_SESSION_ONLY = "a token would be kept for one session only, and none is in use"
