"""The table model: every change reaches the view as Qt wants it, sorted, filtered, coalesced."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.models.columns import Cell, Column
from signalos_desktop.ui.models.rows import RowStore
from signalos_desktop.ui.models.table import Role, TableModel

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    price: int
    unclear: bool = False


COLUMNS = (
    Column[Item]("name", "Name", 80, lambda item: Cell(item.name), lambda item: item.name),
    Column[Item](
        "price",
        "Price",
        80,
        lambda item: Cell(str(item.price)),
        lambda item: item.price,
        right=True,
        flash=True,
    ),
    Column[Item]("plain", "", 40, lambda _: Cell("x")),
)
ITEMS = {"a": Item("Eur", 3), "b": Item("Gbp", 1), "c": Item("Jpy", 2)}


def tint(item: Item) -> str:
    return "amber_bg" if item.unclear else ""


@pytest.fixture
def model(qapp: object) -> TableModel[Item]:
    made = TableModel(COLUMNS, lambda item: f"{item.name} {item.price}", tint)
    made.set_rows(ITEMS.items())
    return made


def keys(model: TableModel[Item]) -> str:
    return "".join(model.key_at(row) for row in range(model.rowCount()))


def test_qt_finds_nothing_wrong_with_it(
    model: TableModel[Item], qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    model.put("d", Item("Chf", 0))
    model.remove("a")
    model.flush()
    model.sort(1, FALLING)
    model.put("e", Item("Nzd", 2))
    model.put("b", Item("Gbp", 9))
    model.flush()
    model.set_filter("n")

    assert keys(model) == "e"


def test_rows_come_and_go_together(model: TableModel[Item], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.flushed) as flushed:
        model.put("d", Item("Chf", 0))
        model.remove("a")
        model.put("d", Item("Chf", 5))
        assert keys(model) == "abc"

    assert flushed.signal_triggered
    assert keys(model) == "bcd"
    assert model.row("d") == Item("Chf", 5)
    assert (model.row("a"), model.place("a"), model.total()) == (None, -1, 3)


def test_only_the_changed_cell_is_announced(model: TableModel[Item], qtbot: QtBot) -> None:
    seen: list[tuple[int, int, int, int]] = []
    for row in range(3):
        for column in range(3):
            model.index(row, column).data(Role.CELL)
    model.dataChanged.connect(
        lambda first, last, roles: (
            seen.append((first.row(), first.column(), last.row(), last.column()))
            if Role.CELL in roles
            else None
        )
    )

    model.put("b", Item("Gbp", 7))
    model.put("c", ITEMS["c"])
    model.flush()

    assert seen == [(1, 1, 1, 1)]


def test_a_changed_figure_flashes_once(model: TableModel[Item], qtbot: QtBot) -> None:
    index = QPersistentModelIndex(model.index(1, 1))
    assert index.data() == "1"
    model.put("b", Item("Gbp", 7))
    model.flush()

    assert index.data(Role.FLASH)
    assert not model.index(1, 0).data(Role.FLASH)
    qtbot.waitUntil(lambda: not index.data(Role.FLASH))


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [(1, RISING, "bca"), (1, FALLING, "acb"), (0, FALLING, "cba"), (2, RISING, "abc")],
)
def test_sorting(model: TableModel[Item], column: int, order: Qt.SortOrder, expected: str) -> None:
    model.sort(column, order)

    assert keys(model) == expected
    assert model.sorted_by() == (column if column < 2 else -1, order)


def test_a_sort_can_be_taken_back(model: TableModel[Item]) -> None:
    model.sort(1, RISING)
    model.sort(-1)

    assert keys(model) == "abc"


def test_a_marked_row_is_followed_through_a_sort(model: TableModel[Item]) -> None:
    marked = QPersistentModelIndex(model.index(0, 1))
    model.sort(1, FALLING)
    assert (marked.row(), marked.data()) == (0, "3")
    model.sort(1, RISING)

    assert (marked.row(), marked.column(), marked.data()) == (2, 1, "3")


def test_a_new_row_goes_where_it_belongs(model: TableModel[Item]) -> None:
    model.sort(1, FALLING)
    model.put("d", Item("Chf", 2))
    model.put("e", Item("Nzd", 9))
    model.flush()

    assert keys(model) == "eacdb"


def test_a_changed_row_moves_to_its_new_place(model: TableModel[Item]) -> None:
    model.sort(1, RISING)
    model.put("b", Item("Gbp", 8))
    model.flush()

    assert keys(model) == "cab"


def test_filtering(model: TableModel[Item]) -> None:
    model.set_filter("P 1")
    assert keys(model) == "b"
    model.set_filter("", lambda item: item.price > 1)
    assert keys(model) == "ac"

    model.put("a", Item("Eur", 0))
    model.put("b", Item("Gbp", 5))
    model.put("d", Item("Chf", 0))
    model.flush()

    assert keys(model) == "cb"
    assert model.total() == 4
    model.set_filter("")
    assert set(keys(model)) == set("abcd")


def test_the_newest_first(model: TableModel[Item]) -> None:
    model.show_newest_first()
    model.put("d", Item("Chf", 0))
    model.flush()

    assert keys(model) == "dcba"


def test_many_changes_at_once_are_one_reset(model: TableModel[Item], qtbot: QtBot) -> None:
    for number in range(5000):
        model.put(f"n{number}", Item("New", number))
    model.remove("a")

    with qtbot.waitSignal(model.modelReset):
        model.flush()
    assert model.rowCount() == 5002


def test_roles(model: TableModel[Item]) -> None:
    model.put("b", replace(ITEMS["b"], unclear=True))
    model.flush()
    index = model.index(1, 0)

    assert index.data(Role.TINT) == "amber_bg"
    assert index.data(Role.KEY) == "b"
    assert index.data(Role.ROW) == replace(ITEMS["b"], unclear=True)
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Price"
    assert model.headerData(1, Qt.Orientation.Vertical) is None


CHANGES = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.none() | st.integers(0, 5)), max_size=30
)


@given(CHANGES, st.sampled_from([-1, 0, 1]), st.sampled_from([RISING, FALLING]))
def test_small_steps_lead_where_one_big_one_does(
    changes: list[tuple[str, int | None]], column: int, order: Qt.SortOrder
) -> None:
    model = TableModel(COLUMNS, lambda item: item.name)
    model.sort(column, order)
    for key, price in changes:
        if price is None:
            model.remove(key)
        else:
            model.put(key, Item(key, price))
        model.flush()
    rows = {key: model.row(key) for key in "abcdefgh" if model.row(key) is not None}

    assert sorted(keys(model)) == sorted(rows)
    shown = [row for row in (model.row(key) for key in keys(model)) if row is not None]
    if column >= 0:
        values = [(item.name, item.price)[column] for item in shown]
        assert values == sorted(values, reverse=order is FALLING)
    assert [model.place(key) for key in keys(model)] == list(range(len(rows)))


def test_the_store_alone_knows_no_more_than_it_shows() -> None:
    store = RowStore(COLUMNS, lambda item: item.name)
    store.replace_all(ITEMS.items())
    store.set_filter("gbp", None)
    store.arrange()

    assert (store.place("a"), store.place("b"), store.place("z")) == (-1, 0, -1)
    assert len(store) == 3
