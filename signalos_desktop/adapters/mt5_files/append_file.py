"""A file that only this program appends to: one write a row, never after a row cut short."""

from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import FileStat, FileSystem, sharing_violation
from signalos_desktop.domain.wire.commands import TORN_MARK
from signalos_desktop.engine.ports import OutboxBusyError, OutboxFailedError


class AppendFile:
    """Remembers the file it wrote to and refuses to write into another one.

    torn_mark: what goes before a row that follows a torn one; None = nothing may follow it.
    """

    def __init__(self, files: FileSystem, path: Path, torn_mark: bytes | None = TORN_MARK) -> None:
        self.path = path
        self.unflushed = False
        self._files = files
        self._torn_mark = torn_mark
        self._last: FileStat | None = None

    def append(self, line: bytes) -> None:
        """Write the row or raise; after OutboxBusyError nothing was written."""
        try:
            self._append(line)
        except OSError as error:
            if sharing_violation(error):
                raise OutboxBusyError(f"{self.path}: another program holds it ({error})") from error
            raise OutboxFailedError(
                f"{self.path}: {error.strerror or error}. Look at disk space and rights of the "
                "folder, then restart the panel."
            ) from error

    def flush(self) -> None:
        """Wait until the rows are on the disk; blocking."""
        if self.unflushed:
            self.unflushed = False
            try:
                self._files.fsync(self.path)
            except OSError:
                self.unflushed = True
                raise

    def forget(self) -> None:
        """The file was moved aside on purpose: the next row makes a new one."""
        self._last, self.unflushed = None, False

    def _append(self, line: bytes) -> None:
        found = self._files.stat(self.path)
        if self._last and (found is None or found.identity != self._last.identity):
            raise OutboxFailedError(
                f"{self.path} was removed or replaced by another program. "
                "Restart the panel: it begins a new file."
            )
        if self._last and found and found.size < self._last.size:
            raise OutboxFailedError(
                f"{self.path} was cut from {self._last.size} to {found.size} bytes by another "
                "program. Restart the panel: it begins a new file."
            )
        if self._ends_torn(found):
            line = self._after_torn() + line
        try:
            self._last = self._files.append(self.path, line, found)
        except OSError:
            if not self._stands(line, found):
                raise
        self.unflushed = True

    def _stands(self, line: bytes, before: FileStat | None) -> bool:
        """True if the row is there in full although the write gave an error: the EA reads it."""
        offset = before.size if before else 0
        try:
            whole = self._files.read(self.path, offset, len(line)) == line
            self._last = self._files.stat(self.path) if whole else self._last
        except OSError:
            return False
        return whole

    def _after_torn(self) -> bytes:
        if self._torn_mark is None:
            raise OutboxFailedError(
                f"{self.path} ends in a row that was cut short. Nothing is written behind it: "
                "close the terminal, rename the file, start both again."
            )
        return self._torn_mark

    def _ends_torn(self, found: FileStat | None) -> bool:
        """True if the last byte is no LF; looked at whenever the file is not as we left it."""
        if found is None or found.size == 0 or (self._last and found.size == self._last.size):
            return False
        return self._files.read(self.path, found.size - 1, 1) != b"\n"
