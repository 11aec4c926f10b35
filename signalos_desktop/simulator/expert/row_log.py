"""An append-only file of the expert that mends its own torn tail and never writes a row twice."""

from signalos_desktop.domain.wire.commands import TORN_MARK
from signalos_desktop.domain.wire.fields import is_skipped
from signalos_desktop.simulator.files import Files, FilesFailedError

BOM = b"\xef\xbb\xbf"


class RowLog:
    """One file with its header. After an error the same row may be tried again."""

    def __init__(self, files: Files, name: str, header: str) -> None:
        self.name = name
        self._files = files
        self._header = header
        self._size: int | None = None
        self._tried = b""

    def lines(self) -> list[bytes]:
        """Whole rows, torn and mended ones left out; raises the errors of Files."""
        data = self._files.read(self.name) or b""
        rows = data.removeprefix(BOM).split(b"\n")[:-1]
        return [
            row + b"\n"
            for row in rows
            if not is_skipped(row, self._header) and not row.endswith(TORN_MARK[:-1])
        ]

    def append(self, row: bytes) -> None:
        size = self._size
        if size is None:
            size = self._mend(row)
            if size is None:
                return
        data = row if size else self._header.encode("ascii") + b"\n" + row
        self._tried = row
        self._write(size, data)
        self._tried = b""

    def _mend(self, row: bytes) -> int | None:
        """Size of the file, its torn end made harmless; None if the row already stands there."""
        size = self._files.size(self.name) or 0
        tail = self._files.read(self.name, max(0, size - len(row))) or b"" if size else b""
        if tail and not tail.endswith(b"\n"):
            self._write(size, TORN_MARK)
            return self._size
        self._size = size
        written = row == self._tried and tail == row
        self._tried = b""
        return None if written else size

    def _write(self, size: int, data: bytes) -> None:
        self._size = size
        try:
            self._files.append(self.name, data)
        except FilesFailedError:
            self._size = None
            raise
        self._size = size + len(data)
