"""Quotes from a CSV file `utc_ms,symbol,bid,ask` that may grow while it is read."""

from collections import deque
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.values import parse_decimal


@dataclass(frozen=True, slots=True)
class FileQuote:
    """One row: from utc_ms on these are the symbol's prices."""

    utc_ms: int
    symbol: str
    bid: Decimal
    ask: Decimal


class QuoteFile:
    """Rows in order of time. A row counts once its line ends (at the first read: or the file)."""

    def __init__(self, path: Path) -> None:
        self.named: set[str] = set()
        self._path = path
        self._offset = 0
        self._line = 0
        self._rows: deque[FileQuote] = deque()
        self.read_growth(whole=True)

    def next_ms(self) -> int | None:
        """When the next row is due."""
        return self._rows[0].utc_ms if self._rows else None

    def take_due(self, now_ms: int) -> list[FileQuote]:
        due: list[FileQuote] = []
        while self._rows and self._rows[0].utc_ms <= now_ms:
            due.append(self._rows.popleft())
        return due

    def read_growth(self, *, whole: bool = False) -> None:
        """Take in what was appended; ValueError names the line that is no quote."""
        if self._path.stat().st_size <= self._offset:
            return
        with self._path.open("rb") as file:
            file.seek(self._offset)
            data = file.read()
        if not whole:
            data = data[: data.rfind(b"\n") + 1]
        self._offset += len(data)
        fresh = [row for row in map(self._row, data.decode("ascii").splitlines()) if row]
        if fresh:
            self.named |= {row.symbol for row in fresh}
            self._rows = deque(sorted([*self._rows, *fresh], key=lambda row: row.utc_ms))

    def _row(self, line: str) -> FileQuote | None:
        self._line += 1
        if not line.strip() or line.startswith("utc_ms"):
            return None
        try:
            utc_ms, symbol, bid, ask = line.strip().split(",")
            quote = FileQuote(int(utc_ms), symbol, parse_decimal(bid), parse_decimal(ask))
        except ValueError as error:
            raise ValueError(f"{self._path}, line {self._line}: {error}") from error
        if not 0 < quote.bid <= quote.ask:
            raise ValueError(f"{self._path}, line {self._line}: bid must be above 0, ask not below")
        return quote
