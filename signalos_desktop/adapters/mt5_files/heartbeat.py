"""app.json: the panel's heartbeat and its fence against a second panel."""

import contextlib
from datetime import datetime
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import (
    TEMPORARY,
    FileSystem,
    sharing_violation,
)
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.snapshots import (
    AppHeartbeat,
    SnapshotBad,
    SnapshotTorn,
    decode_app,
    encode_app,
)

_LIMIT = 64 * 1024
_PATIENCE = 2
"""Beats whose rename may fail before the file is written in place."""


class AppFile:
    """Writes app.json; seq grows with each write."""

    def __init__(self, files: FileSystem, folder: Path) -> None:
        self._files = files
        self._path = folder / "app.json"
        self._seq = 0
        self._failed = 0

    def announced(self) -> int:
        """The session in the file; 0 = none can be read."""
        try:
            if self._files.stat(self._path) is None:
                return 0
            return decode_app(self._files.read(self._path, 0, _LIMIT)).value.session
        except (OSError, SnapshotTorn, SnapshotBad):
            return 0

    def announce(self, session: int, file: str, now: datetime) -> None:
        """The first word of a session: it must be written, or OSError."""
        self._forget_leftovers()
        data = self._data(session, file, now, closing=False)
        try:
            self._files.replace(self._path, data, durable=True)
        except OSError as error:
            if not sharing_violation(error):
                raise
            self._files.overwrite(self._path, data, durable=True)

    def _forget_leftovers(self) -> None:
        """What a crash left beside app.json; only who holds the folder's lock may do this."""
        for name in self._files.names(self._path.parent):
            if name.startswith(self._path.name) and name.endswith(TEMPORARY):
                with contextlib.suppress(OSError):
                    self._files.remove(self._path.with_name(name))

    def beat(self, session: int, file: str, now: datetime, *, closing: bool) -> None:
        """One heartbeat; OSError = not this time, the next one tries again."""
        data = self._data(session, file, now, closing=closing)
        try:
            if self._failed >= _PATIENCE or closing:
                self._write_surely(data)
            else:
                self._files.replace(self._path, data)
        except OSError:
            self._failed += 1
            raise
        self._failed = 0

    def _write_surely(self, data: bytes) -> None:
        """In place if the rename is refused: a reader sees a half file as such."""
        try:
            self._files.replace(self._path, data)
        except OSError:
            self._files.overwrite(self._path, data)

    def _data(self, session: int, file: str, now: datetime, *, closing: bool) -> bytes:
        self._seq += 1
        return encode_app(AppHeartbeat(session, file, 2, closing, to_ms(now)), self._seq)
