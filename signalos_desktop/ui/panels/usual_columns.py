"""The columns that several tables have: symbol, numbers, times, prices, volume, profit, comment."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from signalos_desktop.ui.models.columns import Cell, Column, Row, SortKey
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.trade_rows import one_line

TIME, TIME_COMPACT = 164, 148


def symbol_column(read: Callable[[Row], str]) -> Column[Row]:
    return Column(
        "symbol", "Symbol", 104, lambda row: Cell(one_line(read(row)), weight=600), read, compact=88
    )


def number_column(
    key: str,
    caption: str,
    read: Callable[[Row], int],
    *,
    width: int = 124,
    compact: int = 120,
    drop: int = 0,
) -> Column[Row]:
    """A ticket or another number that names something; 0 is none."""
    return Column(
        key,
        caption,
        width,
        lambda row: Cell(str(read(row) or ""), "text2"),
        read,
        right=True,
        compact=compact,
        drop=drop,
    )


def time_column(use: Instruments, read: Callable[[Row], datetime], *, drop: int = 0) -> Column[Row]:
    return Column(
        "time",
        "Time",
        TIME,
        lambda row: Cell(use.time(read(row)), "text2"),
        lambda row: read(row).timestamp(),
        right=True,
        compact=TIME_COMPACT,
        drop=drop,
    )


def volume_column(
    show: Callable[[Row], str],
    order: Callable[[Row], SortKey] | None = None,
    *,
    drop: int = 0,
) -> Column[Row]:
    return Column(
        "volume",
        "Volume",
        84,
        lambda row: Cell(show(row)),
        order,
        right=True,
        compact=72,
        drop=drop,
    )


def price_column(
    key: str, caption: str, show: Callable[[Row], str], *, level: bool = False, flash: bool = False
) -> Column[Row]:
    """level: S/L or T/P, which is quieter than a price."""
    colour = "text2" if level else "text"
    return Column(key, caption, 92, lambda row: Cell(show(row), colour), right=True, flash=flash)


def profit_column(cell: Callable[[Row], Cell], read: Callable[[Row], Decimal]) -> Column[Row]:
    return Column("profit", "Profit", 124, cell, read, right=True, compact=108)


def comment_column(show: Callable[[Row], str], *, drop: int = 3) -> Column[Row]:
    return Column(
        "comment", "Comment", 0, lambda row: Cell(show(row), "text2"), drop=drop, minimum=90
    )
