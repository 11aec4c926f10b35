"""The Qt model of a table: coalesced updates, sorting and filtering without a proxy."""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from signalos_desktop.ui.models.columns import Cell, Column, Row
from signalos_desktop.ui.models.rows import Record, RowStore

Index = QModelIndex | QPersistentModelIndex
FLUSH_MS = 50
FLASH_MS = 400
# Above this many new or gone rows at once one reset is cheaper than a signal for each.
_ONE_BY_ONE = 64
# Rows move to their new place by themselves only in tables of this size.
_LIVE_SORT = 5000
# For more keys than this a table of all places is worth its making.
_FEW = 8
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """What a delegate asks for besides Qt's own roles."""

    CELL = Qt.ItemDataRole.UserRole + 1
    TINT = Qt.ItemDataRole.UserRole + 2
    FLASH = Qt.ItemDataRole.UserRole + 3
    KEY = Qt.ItemDataRole.UserRole + 4
    ROW = Qt.ItemDataRole.UserRole + 5


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows by key. put and remove take effect together, at most 20 times a second."""

    flushed = Signal()

    def __init__(
        self,
        columns: Iterable[Column[Row]],
        search: Callable[[Row], str],
        tint: Callable[[Row], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """search: the text a filter looks in. tint: a token for the row's ground, or empty."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._store = RowStore(self.columns, search)
        self._tint = tint
        self._pending: dict[str, Row | None] = {}
        self._rows: dict[str, int] | None = None
        self._flashes: dict[tuple[str, int], int] = {}
        self._flash_round = 0
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._timer = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._timer.timeout.connect(self.flush)

    # Filling

    def set_rows(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Replace everything at once."""
        self.beginResetModel()
        self._pending.clear()
        self._flashes.clear()
        self._store.replace_all(rows)
        self._rows = None
        self.endResetModel()
        self.flushed.emit()

    def put(self, key: str, row: Row) -> None:
        self._pending[key] = row
        if not self._timer.isActive():
            self._timer.start()

    def remove(self, key: str) -> None:
        self._pending[key] = None
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Bring what has been put and removed to the screen now."""
        self._timer.stop()
        pending, self._pending = self._pending, {}
        if self._rows is None and len(pending) > _FEW:
            self._rows = {record.key: place for place, record in enumerate(self._store.shown)}
        come_and_go = sum((self.place(key) >= 0) == (row is None) for key, row in pending.items())
        if come_and_go > _ONE_BY_ONE:
            self._reset_with(pending)
        else:
            moved = [self._apply(key, row) for key, row in pending.items()]
            if any(moved) and len(self._store.shown) <= _LIVE_SORT:
                self._rearrange()
            self._end_flashes_later()
        self.flushed.emit()

    def show_newest_first(self) -> None:
        """For a table that is not sorted by a column: what came last stands first."""
        self._store.set_order(None, descending=True)
        self._rearrange()

    def set_filter(self, text: str, accept: Callable[[Row], bool] | None = None) -> None:
        self._store.set_filter(text, accept)
        self.beginResetModel()
        self._store.arrange()
        self._rows = None
        self.endResetModel()
        self.flushed.emit()

    # Reading

    def row(self, key: str) -> Row | None:
        record = self._store.record(key)
        return None if record is None else record.row

    def key_at(self, row: int) -> str:
        shown = self._store.shown
        return shown[row].key if 0 <= row < len(shown) else ""

    def place(self, key: str) -> int:
        """The row on the screen, -1 if it is not shown."""
        return self._store.place(key) if self._rows is None else self._rows.get(key, -1)

    def total(self) -> int:
        """How many rows there are, those the filter hides included."""
        return len(self._store)

    def shown_rows(self) -> list[Row]:
        return [record.row for record in self._store.shown]

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """Column (-1 = as they came) and direction."""
        return self._sorted

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._store.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record = self._store.shown[index.row()]
        if role == Role.CELL:
            return self._store.cell(record, index.column())
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.AccessibleTextRole:
            return self._store.cell(record, index.column()).words
        return self._extra(record, index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].caption
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].order if 0 <= column < len(self.columns) else None
        self._sorted = (column if key else -1, order)
        self._store.set_order(key, descending=order is Qt.SortOrder.DescendingOrder)
        self._rearrange()

    # Parts

    def _extra(self, record: Record[Row], column: int, role: int) -> Any:
        if role == Role.TINT:
            return self._tint(record.row) if self._tint else ""
        if role == Role.FLASH:
            return (record.key, column) in self._flashes
        if role == Role.KEY:
            return record.key
        return record.row if role == Role.ROW else None

    def _reset_with(self, pending: Mapping[str, Row | None]) -> None:
        self.beginResetModel()
        for key, row in pending.items():
            if row is None:
                self._store.drop(key)
            else:
                self._store.put(key, row)
        self._store.arrange()
        self._rows = None
        self.endResetModel()

    def _apply(self, key: str, row: Row | None) -> bool:
        """Returns whether a shown row left its place in the order."""
        if row is None:
            self._hide(key)
            self._store.drop(key)
            return False
        record, before = self._store.put(key, row)
        wanted = self._store.wanted(record)
        place = self.place(key)
        if place < 0 or not wanted:
            if wanted:
                self._show(record)
            else:
                self._hide(key)
            return False
        self._announce(record, before, place)
        return not self._store.sorted_here(place)

    def _announce(self, record: Record[Row], before: list[Cell | None], place: int) -> None:
        """Tell the view of the cells that look different; one never shown has no look yet."""
        if not before:
            return
        changed = []
        for column, old in enumerate(before):
            if old is not None and self._store.cell(record, column) != old:
                changed.append(column)
                if self.columns[column].flash:
                    self._flashes[record.key, column] = self._flash_round
        for column in changed:
            index = self.index(place, column)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DisplayRole, Role.CELL])
        if self._tint is not None and changed:
            self.dataChanged.emit(
                self.index(place, 0), self.index(place, len(self.columns) - 1), [Role.TINT]
            )

    def _end_flashes_later(self) -> None:
        if self._flash_round in self._flashes.values():
            ending = self._flash_round
            self._flash_round += 1
            QTimer.singleShot(FLASH_MS, self, lambda: self._end_flashes(ending))

    def _end_flashes(self, ending: int) -> None:
        over = [spot for spot, since in self._flashes.items() if since <= ending]
        for key, column in over:
            del self._flashes[key, column]
            place = self.place(key)
            if place >= 0:
                index = self.index(place, column)
                self.dataChanged.emit(index, index, [Role.FLASH])

    def _show(self, record: Record[Row]) -> None:
        place = self._store.place_for(record)
        self.beginInsertRows(_NOWHERE, place, place)
        self._store.shown.insert(place, record)
        self._rows = None
        self.endInsertRows()

    def _hide(self, key: str) -> None:
        place = self.place(key)
        if place >= 0:
            self.beginRemoveRows(_NOWHERE, place, place)
            del self._store.shown[place]
            self._rows = None
            self.endRemoveRows()

    def _rearrange(self) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key_at(index.row()) for index in before]
        self._store.arrange()
        self._rows = None
        places = {key: self._store.place(key) for key in set(keys)}
        after = [
            self.index(places[key], index.column()) if places[key] >= 0 else QModelIndex()
            for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
