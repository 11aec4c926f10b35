"""The ledger as a file of JSON lines for anyone to read; mends its own torn end."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec


class LedgerFile:
    """Appends lines, each batch in one write. On opening, a torn last line is cut off."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self._path = path
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole != len(data):
            os.truncate(path, whole)

    def last_seq(self, book: str) -> int:
        """The highest line number of a book in the file; 0 = none."""
        last = 0
        for line in self._path.read_bytes().splitlines():
            try:
                entry = msgspec.json.decode(line, type=dict[str, object])
            except msgspec.DecodeError:
                continue
            seq = entry.get("seq")
            if entry.get("book") == book and isinstance(seq, int):
                last = max(last, seq)
        return last

    def append(self, lines: Sequence[bytes]) -> None:
        data = b"".join(line + b"\n" for line in lines)
        with self._path.open("ab", buffering=0) as file:
            while data:
                data = data[file.write(data) :]
