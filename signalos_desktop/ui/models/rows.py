"""The rows behind a table: kept by key, in the order and the selection the user asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Generic

from signalos_desktop.ui.models.columns import Cell, Column, Row, SortKey

# From so many numbers on it pays to hand them to numpy.
_MANY = 5000


class Record(Generic[Row]):
    """One row with its painted cells, built when they are first shown."""

    __slots__ = ("cells", "key", "needle", "row")

    def __init__(self, key: str, row: Row, needle: str) -> None:
        self.key = key
        self.row = row
        self.cells: list[Cell | None] = []
        self.needle = needle


class RowStore(Generic[Row]):
    """Sorted and filtered view over rows; no Qt. shown: the records in the order of the screen."""

    def __init__(self, columns: tuple[Column[Row], ...], search: Callable[[Row], str]) -> None:
        self._columns = columns
        self._search = search
        self._records: dict[str, Record[Row]] = {}
        self._order: Callable[[Row], SortKey] | None = None
        self._descending = False
        self._words: tuple[str, ...] = ()
        self._accept: Callable[[Row], bool] | None = None
        self.shown: list[Record[Row]] = []

    def __len__(self) -> int:
        return len(self._records)

    def record(self, key: str) -> Record[Row] | None:
        return self._records.get(key)

    def cell(self, record: Record[Row], column: int) -> Cell:
        if not record.cells:
            record.cells = [None] * len(self._columns)
        found = record.cells[column]
        if found is None:
            found = record.cells[column] = self._columns[column].cell(record.row)
        return found

    def replace_all(self, rows: Iterable[tuple[str, Row]]) -> None:
        self._records = {}
        for key, row in rows:
            self._put(key, row)
        self.arrange()

    def put(self, key: str, row: Row) -> tuple[Record[Row], list[Cell | None]]:
        """Set a row; returns its record and the cells it showed before."""
        record = self._records.get(key)
        if record is None:
            return self._put(key, row), []
        before = record.cells
        record.row, record.cells, record.needle = row, [], self._search(row).casefold()
        return record, before

    def drop(self, key: str) -> None:
        self._records.pop(key, None)

    def set_order(self, order: Callable[[Row], SortKey] | None, *, descending: bool) -> None:
        """order None: newest last, as they came."""
        self._order, self._descending = order, descending

    def set_filter(self, text: str, accept: Callable[[Row], bool] | None) -> None:
        """Show rows that hold every word of the text and that accept agrees to."""
        self._words = tuple(text.casefold().split())
        self._accept = accept

    def arrange(self) -> None:
        """Filter and sort anew."""
        records = list(self._records.values())
        for word in self._words:
            records = [record for record in records if word in record.needle]
        if self._accept is not None:
            accept = self._accept
            records = [record for record in records if accept(record.row)]
        if self._order is None:
            self.shown = records[::-1] if self._descending else records
            return
        # Sorted by position, so that no key function is called more than once for a row.
        keys = list(map(self._order, [record.row for record in records]))
        self.shown = [records[place] for place in sorted_places(keys, self._descending)]

    def place(self, key: str) -> int:
        """Where a record stands on the screen, -1 if it is not shown."""
        record = self._records.get(key)
        if record is None:
            return -1
        try:
            return self.shown.index(record)
        except ValueError:
            return -1

    def wanted(self, record: Record[Row]) -> bool:
        if self._accept is not None and not self._accept(record.row):
            return False
        return all(word in record.needle for word in self._words)

    def place_for(self, record: Record[Row]) -> int:
        """Where a record that is not shown yet belongs on the screen."""
        if self._order is None:
            return 0 if self._descending else len(self.shown)
        order = self._order

        def key(other: Record[Row]) -> Any:
            return comparable(order(other.row))

        if self._descending:
            return len(self.shown) - bisect_left(self.shown[::-1], key(record), key=key)
        return bisect_right(self.shown, key(record), key=key)

    def sorted_here(self, place: int) -> bool:
        """Whether the row at this place still stands in order beside its neighbours."""
        if self._order is None:
            return True
        beside = self.shown[max(place - 1, 0) : place + 2]
        near: list[Any] = [comparable(self._order(record.row)) for record in beside]
        return near == sorted(near, reverse=self._descending)

    def _put(self, key: str, row: Row) -> Record[Row]:
        record = self._records[key] = Record(key, row, self._search(row).casefold())
        return record


def comparable(key: SortKey) -> int | float | str:
    """What has no place in any order, as a price that is no number, stands lowest."""
    if isinstance(key, Decimal):
        return float(key) if key.is_finite() else float("-inf")
    return key


def sorted_places(keys: Sequence[SortKey], descending: bool) -> list[int]:
    """Where the keys stand in order; equal ones keep theirs, as sorted() has it."""
    found = _sorted_numbers(keys, descending) if len(keys) >= _MANY else None
    if found is not None:
        return found
    plain: list[Any] = [comparable(key) for key in keys]
    return sorted(range(len(plain)), key=plain.__getitem__, reverse=descending)


def _sorted_numbers(keys: Sequence[SortKey], descending: bool) -> list[int] | None:
    """Many of them at once, None where they are no numbers or not all in order."""
    if not isinstance(keys[0], float | Decimal):
        return None
    # Only here: the first window is painted before numpy is loaded.
    import numpy as np

    try:
        values = np.array(list(map(float, keys)))
    except ValueError:
        return None
    if not np.isfinite(values).all():
        return None
    places: list[int] = np.argsort(-values if descending else values, kind="stable").tolist()
    return places
