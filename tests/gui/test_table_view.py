"""The table as it is used: clicks on heads and actions, keys, copying, narrow windows."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.models.columns import Cell, profit_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.density import COMPACT
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.table import TablePanel, TableView
from tests.gui.gallery_tables import ACTIONS, COLUMNS, ROWS, Row

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> Iterator[TablePanel[Row]]:
    model = TableModel(COLUMNS, lambda row: f"{row.symbol} {row.provider}")
    model.set_rows((str(row.ticket), row) for row in ROWS)
    made = TablePanel(theme, model, "Positions")
    qtbot.addWidget(made)
    made.resize(1880, 260)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()


@pytest.fixture
def view(panel: TablePanel[Row]) -> TableView[Row]:
    return panel.view


def click_head(view: TableView[Row], qtbot: QtBot, key: str) -> None:
    number = next(n for n, column in enumerate(COLUMNS) if column.key == key)
    head = view.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(number) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), LEFT, pos=spot)


def first_key(view: TableView[Row]) -> str:
    return view.table.key_at(0)


def test_a_head_sorts_up_down_and_not_at_all(view: TableView[Row], qtbot: QtBot) -> None:
    click_head(view, qtbot, "profit")
    assert first_key(view) == "48219188"
    click_head(view, qtbot, "profit")
    assert first_key(view) == "48219120"
    click_head(view, qtbot, "profit")
    assert first_key(view) == "48219031"


def action_spot(view: TableView[Row], row: int, name: str) -> QPoint:
    """Somewhere in the row where the view finds this action."""
    rect = view.visualRect(view.table.index(row, len(COLUMNS) - 1))
    for x in range(rect.left(), rect.right()):
        spot = QPoint(x, rect.center().y())
        if view.action_at(spot) == name:
            return spot + QPoint(4, 0)
    raise AssertionError(f"no action {name}")


@pytest.mark.parametrize("name", [action.name for action in ACTIONS])
def test_a_click_on_an_action_names_row_and_action(
    view: TableView[Row], qtbot: QtBot, name: str
) -> None:
    with qtbot.waitSignal(view.acted) as acted:
        qtbot.mouseClick(view.viewport(), LEFT, pos=action_spot(view, 3, name))

    assert acted.args == ["48219164", name]


def test_the_pointer_over_an_action_says_what_it_does(view: TableView[Row], qtbot: QtBot) -> None:
    qtbot.mouseMove(view.viewport(), action_spot(view, 1, "breakeven"))

    assert view.viewport().toolTip() == "Break-even"


def test_a_click_beside_an_action_does_nothing(view: TableView[Row], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.acted):
        qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(20, 20))
    assert view.current_key == "48219031"


@pytest.mark.qt_log_ignore("does not support")
def test_the_actions_of_a_row_are_reached_by_keyboard(view: TableView[Row], qtbot: QtBot) -> None:
    view.select_key("48219077")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    menu = view.findChild(QMenu)
    assert isinstance(menu, QMenu)

    assert [item.text() for item in menu.actions()] == [action.words for action in ACTIONS]
    with qtbot.waitSignal(view.acted) as acted:
        menu.actions()[3].trigger()
    menu.close()
    assert acted.args == ["48219077", "close"]


def test_enter_activates_the_row(view: TableView[Row], qtbot: QtBot) -> None:
    view.select_key("48219077")
    with qtbot.waitSignal(view.activated_row) as activated:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert activated.args == ["48219077"]


def test_what_is_copied_is_plain_text(view: TableView[Row], qtbot: QtBot) -> None:
    view.select_key("48219188")
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QGuiApplication.clipboard().text()
    assert copied.isascii()
    lines = [line.split("\t") for line in copied.splitlines()]
    assert len(lines) == 2
    assert dict(zip(*lines, strict=True))["Profit, USD"] == "-17.90"


def test_the_selection_survives_a_reset_and_a_filter(view: TableView[Row]) -> None:
    view.select_key("48219120")
    view.table.set_rows((str(row.ticket), row) for row in reversed(ROWS))
    assert view.current_key == "48219120"
    view.table.set_filter("gold circle")
    assert view.current_key == "48219120"


def shown_columns(view: TableView[Row]) -> set[str]:
    return {c.key for n, c in enumerate(COLUMNS) if not view.isColumnHidden(n)}


def test_narrow_windows_give_up_columns_and_never_cut_figures(
    panel: TablePanel[Row], theme: Theme, qtbot: QtBot
) -> None:
    everything = shown_columns(panel.view)
    theme.set_density(COMPACT)
    panel.resize(1100, 240)
    qtbot.waitUntil(lambda: len(shown_columns(panel.view)) < len(everything))

    gone = everything - shown_columns(panel.view)
    assert gone <= {"state", "risk", "provider"}
    assert "state" in gone


def test_totals_stand_under_the_table_and_are_said(panel: TablePanel[Row]) -> None:
    assert not panel.totals.isVisible()
    panel.set_totals({"symbol": Cell("6 positions"), "profit": profit_cell(Decimal(5))})
    panel.grab()

    assert panel.totals.isVisible()
    assert panel.totals.accessibleName() == "Total: 6 positions, +5.00"
