"""Why the journal cannot be used at all. A record() that meets one of them has failed as well."""

from pathlib import Path

from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError


class JournalDamagedError(LedgerDamagedError, LedgerFailedError):
    """The file is no whole journal: start STOPPED, keep the file, rebuild from the broker."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is damaged ({why}): trading stays stopped. Save what can be read with "
            f"`signalos-desktop journal --json`, move {path.name} and its -wal and -shm files to "
            "another folder, start again and compare with the history in MetaTrader 5"
        )


class JournalTooNewError(LedgerDamagedError, LedgerFailedError):
    """A newer version of this program wrote the file; an older one must not touch it."""

    def __init__(self, path: Path, schema: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer SignalOS Desktop (schema {schema}, this one knows "
            f"{known}): start the newer version, or choose another folder with --data-dir"
        )
