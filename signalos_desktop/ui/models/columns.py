"""A table is a declaration of columns; a cell is what its delegate paints, ready to paint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.theme.figures import MINUS, money
from signalos_desktop.ui.theme.tokens import Tone

Row = TypeVar("Row")
SortKey = int | float | str | Decimal


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something one click does with a row: a word or an icon; name tells it apart and in words."""

    name: str
    words: str
    label: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """colour: token of text and icon. chip: the text is a chip of this tone. bar: 0 to 1."""

    text: str = ""
    colour: str = "text"
    weight: int = 400
    icon: str = ""
    chip: Tone | None = None
    bar: float | None = None
    actions: tuple[RowAction, ...] = ()

    @property
    def words(self) -> str:
        """What a screen reader says and a copy holds."""
        return self.text or ", ".join(action.words for action in self.actions)


# Without slots: a generic class with them cannot be made as Column[X](...) on Python 3.11.
@dataclass(frozen=True)
class Column(Generic[Row]):
    """width, compact: px; 0 takes a share of what is left (compact 0 = as width).

    order: what the column is sorted by, None = not sortable. drop: 0 is never given up, else 1 is
    given up first where there is no room. minimum: px a flexible column needs. wrap: a sentence
    that may take two lines where the rows are high enough.
    """

    key: str
    caption: str
    width: int
    cell: Callable[[Row], Cell]
    order: Callable[[Row], SortKey] | None = None
    right: bool = False
    compact: int = 0
    drop: int = 0
    minimum: int = 80
    flash: bool = False
    wrap: bool = False

    def fixed(self, *, compact: bool) -> int:
        return (self.compact or self.width) if compact else self.width


def side_cell(side: Side, text: str = "") -> Cell:
    """`buy` or `sell` as MT5 writes it, or an order type in its colour."""
    return Cell(text or side.value, side.value, 600)


def profit_cell(amount: Decimal, digits: int = 2, *, stale: bool = False) -> Cell:
    """Arrow, sign, figure and colour; an old value is grey and has no arrow."""
    text = money(amount, digits, signed=True)
    if stale:
        return Cell(text, "stale", 600)
    if not text.startswith(("+", MINUS)):
        return Cell(text, "text2", 600)
    loss = text.startswith(MINUS)
    return Cell(text, "loss" if loss else "profit", 600, "arrow-down" if loss else "arrow-up")


def chip_cell(text: str, tone: Tone, icon: str = "") -> Cell:
    return Cell(text, tone.text, 600, icon, tone)


def fit_columns(columns: Sequence[Column[Row]], room: int, *, compact: bool) -> list[int]:
    """A width for each column, 0 for one that is given up; flexible ones share what is left.

    Where all of those are given up the last one takes it, so that the table ends with its head.
    """
    shown = list(columns)
    for leaving in sorted((c for c in columns if c.drop), key=lambda column: column.drop):
        if _needed(shown, compact) <= room:
            break
        shown.remove(leaving)
    fixed = {column.key: column.fixed(compact=compact) for column in shown}
    flexible = [key for key, width in fixed.items() if not width]
    left = max(room - sum(fixed.values()), 0)
    for place, key in enumerate(flexible):
        share = left // (len(flexible) - place)
        fixed[key] = share
        left -= share
    if shown:
        fixed[shown[-1].key] += left
    return [fixed.get(column.key, 0) for column in columns]


def _needed(columns: Sequence[Column[Row]], compact: bool) -> int:
    return sum(column.fixed(compact=compact) or column.minimum for column in columns)
