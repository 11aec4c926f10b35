"""The simulated broker's durable memory: SQLite, committed before an answer leaves the broker."""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import finalize

import msgspec

from signalos_desktop.simulator.ledger_file import LedgerFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, line BLOB NOT NULL);
"""


class Ledger:
    """State by kind and key, and a journal of lines, written together in one transaction.

    state: the SQLite file; None keeps it in memory for runs on a virtual clock. export: a file
    that gets every journal line as JSON, with `seq` and the name of this book in front; what a
    kill kept from it is made up for at the next start.
    """

    def __init__(self, state: Path | None = None, export: Path | None = None) -> None:
        if state is not None:
            state.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(":memory:" if state is None else state, isolation_level=None)
        self.close = finalize(self, self._db.close)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        self.book = self._book_name("memory" if state is None else secrets.token_hex(4))
        row = self._db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        self._seq: int = row[0]
        self._export = None
        if export is not None:
            self._export = LedgerFile(export)
            self._catch_up(self._export)

    def rows(self, kind: str) -> dict[str, bytes]:
        """State of a kind in the order of its numbers."""
        query = "SELECT key, value FROM state WHERE kind = ? ORDER BY length(key), key"
        return dict(self._db.execute(query, (kind,)))

    def lines(self) -> Iterator[Mapping[str, Any]]:
        for (line,) in self._db.execute("SELECT line FROM journal ORDER BY seq"):
            yield msgspec.json.decode(line)

    def commit(
        self,
        changed: Mapping[tuple[str, str], bytes | None],
        lines: Sequence[Mapping[str, str]],
    ) -> None:
        """Write changed state (None = gone) and new journal lines; durable when it returns."""
        first = self._seq + 1
        heads = ({"seq": seq, "book": self.book} for seq in range(first, first + len(lines)))
        encoded = [
            msgspec.json.encode({**head, **line}) for head, line in zip(heads, lines, strict=True)
        ]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for (kind, key), value in changed.items():
                self._put(kind, key, value)
            self._db.executemany("INSERT INTO journal VALUES (?, ?)", enumerate(encoded, first))
        self._seq += len(encoded)
        if self._export is not None and encoded:
            self._export.append(encoded)

    def _put(self, kind: str, key: str, value: bytes | None) -> None:
        if value is None:
            self._db.execute("DELETE FROM state WHERE kind = ? AND key = ?", (kind, key))
        else:
            self._db.execute("REPLACE INTO state VALUES (?, ?, ?)", (kind, key, value))

    def _book_name(self, fresh: str) -> str:
        found = self.rows("book").get("0")
        if found is None:
            self._put("book", "0", fresh.encode())
            return fresh
        return found.decode()

    def _catch_up(self, export: LedgerFile) -> None:
        known = 0 if self.book == "memory" else export.last_seq(self.book)
        query = "SELECT line FROM journal WHERE seq > ? ORDER BY seq"
        missing = [line for (line,) in self._db.execute(query, (known,))]
        if missing:
            export.append(missing)
