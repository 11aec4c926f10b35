"""Cells and the widths of columns, without any Qt."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.columns import (
    Cell,
    Column,
    RowAction,
    fit_columns,
    profit_cell,
    side_cell,
)


def column(key: str, width: int, drop: int = 0, minimum: int = 80) -> Column[str]:
    return Column(key, key, width, Cell, drop=drop, minimum=minimum)


COLUMNS = (
    column("symbol", 96),
    column("risk", 100, drop=2),
    column("provider", 0, drop=3, minimum=120),
    column("state", 0, drop=1, minimum=180),
    column("actions", 140),
)


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (800, [96, 100, 232, 232, 140]),
        (636, [96, 100, 150, 150, 140]),
        (635, [96, 100, 299, 0, 140]),
        (400, [96, 0, 164, 0, 140]),
        (300, [96, 0, 0, 0, 204]),
        (10, [96, 0, 0, 0, 140]),
    ],
)
def test_columns_are_given_up_in_their_order(room: int, widths: list[int]) -> None:
    assert fit_columns(COLUMNS, room, compact=False) == widths


@given(st.integers(min_value=636, max_value=4000))
def test_no_room_is_left_over_where_a_column_can_take_it(room: int) -> None:
    assert sum(fit_columns(COLUMNS, room, compact=False)) == room


@pytest.mark.parametrize(
    ("amount", "stale", "cell"),
    [
        ("48.8", False, Cell("+48.80", "profit", 600, "arrow-up")),
        ("-17.1", False, Cell("\u221217.10", "loss", 600, "arrow-down")),
        ("0", False, Cell("0.00", "text2", 600)),
        ("-0.001", False, Cell("0.00", "text2", 600)),
        ("22.58", True, Cell("+22.58", "stale", 600)),
    ],
)
def test_a_profit_is_arrow_sign_figure_and_colour(amount: str, stale: bool, cell: Cell) -> None:
    assert profit_cell(Decimal(amount), stale=stale) == cell


def test_a_cell_of_actions_is_said_in_words() -> None:
    cell = Cell(
        actions=(RowAction("be", "Break-even", "BE"), RowAction("x", "Close", icon="cross"))
    )

    assert cell.words == "Break-even, Close"
    assert side_cell(Side.SELL).text == "sell"
    assert side_cell(Side.BUY, "buy limit").colour == "buy"
