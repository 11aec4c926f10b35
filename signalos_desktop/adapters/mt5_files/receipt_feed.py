"""Reads what grows at the end of the EA's append-only files, whole lines only, each byte once."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from signalos_desktop.adapters.mt5_files.files import FileStat, FileSystem
from signalos_desktop.domain.wire.commands import TORN_MARK
from signalos_desktop.domain.wire.fields import RowError, is_skipped
from signalos_desktop.engine.ports import BadLine, Checkpoint

T = TypeVar("T")

CHUNK = 256 * 1024
"""Bytes read at one poll: some 2,500 rows, so that no poll takes long."""

_MARKED = 64
_BAD_LINES = 50
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class TailReader(Generic[T]):
    """Follows one file. A poll without news is one stat, whatever the file's size.

    A file that shrank or was replaced is read again from its beginning, unless the bytes before
    the place where we stood are the same; who gets the rows must know those he has seen.
    """

    def __init__(
        self, files: FileSystem, path: Path, decode: Callable[[bytes], T], header: str = ""
    ) -> None:
        self.path = path
        self.offset = 0
        self.bad_lines: list[BadLine] = []
        self._files = files
        self._decode = decode
        self._header = header
        self._mark = _mark(b"")
        self._seen: FileStat | None = None
        self._more = False

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(self.path.name, self.offset, self._mark)

    @property
    def behind(self) -> bool:
        """True if the last poll left bytes unread because there were so many."""
        return self._more

    def resume(self, checkpoint: Checkpoint) -> None:
        """Go on where an earlier run stopped; the mark is checked when the file is read."""
        self.offset = checkpoint.offset
        self._mark = checkpoint.mark

    def skip(self) -> None:
        """Go on at the end of the file as it is now: its whole lines are none of ours."""
        found = self._files.stat(self.path)
        size = found.size if found is not None else 0
        data = self._files.read(self.path, max(0, size - CHUNK), CHUNK) if size else b""
        used = data.rfind(b"\n") + 1
        self.offset = max(0, size - CHUNK) + used if used else 0
        self._mark = _mark(data[:used][-_MARKED:])

    def stands(self) -> bool:
        """True if the bytes before the place where we stand are those that were read."""
        found = self._files.stat(self.path)
        if found is None or found.size < self.offset:
            return False
        before = min(self.offset, _MARKED)
        return _mark(self._files.read(self.path, self.offset - before, before)) == self._mark

    def poll(self) -> list[T]:
        """New rows; lines that are none are left in bad_lines. OSError: try again later."""
        found = self._files.stat(self.path)
        if found is None:
            self._seen, self._more = None, False
            return []
        if found == self._seen:
            return []
        before, data = self._new_bytes(found)
        self._more = self.offset + len(data) < found.size
        rows, used = self._rows(data)
        if used:
            self._mark = _mark((before + data[:used])[-_MARKED:])
            self.offset += used
        self._seen = None if self._more else found
        return rows

    def take_bad_lines(self) -> tuple[BadLine, ...]:
        taken, self.bad_lines = tuple(self.bad_lines), []
        return taken

    def _new_bytes(self, found: FileStat) -> tuple[bytes, bytes]:
        """The marked bytes and those after them; from the start if they are not what they were."""
        if found.size >= self.offset > 0:
            before = min(self.offset, _MARKED)
            data = self._files.read(self.path, self.offset - before, before + CHUNK)
            if _mark(data[:before]) == self._mark:
                return data[:before], data[before:]
        self.offset = 0
        self._mark = _mark(b"")
        return b"", self._files.read(self.path, 0, CHUNK)

    def _rows(self, data: bytes) -> tuple[list[T], int]:
        """Rows of the whole lines, and how many bytes those lines are."""
        if self.offset == 0 and data[:2] in _UTF16:
            self._bad(0, "UTF-16 instead of ASCII: the whole file is put aside", data)
            return [], len(data)
        end = data.rfind(b"\n") + 1
        if not end:
            if len(data) < CHUNK:
                return [], 0
            self._bad(self.offset, f"no line end in {len(data)} bytes", data)
            return [], len(data)
        rows: list[T] = []
        place = 0
        for line in data[: end - 1].split(b"\n"):
            self._row(rows, self.offset + place, line + b"\n")
            place += len(line) + 1
        return rows, end

    def _row(self, rows: list[T], offset: int, line: bytes) -> None:
        if offset == 0:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if is_skipped(line, self._header) or line.endswith(TORN_MARK):
            return
        try:
            rows.append(self._decode(line))
        except RowError as error:
            self._bad(offset, str(error), line)

    def _bad(self, offset: int, why: str, data: bytes) -> None:
        if len(self.bad_lines) < _BAD_LINES:
            text = data[:200].decode("ascii", "backslashreplace")[:200]
            self.bad_lines.append(BadLine(self.path.name, offset, why, text))


def _mark(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}"
