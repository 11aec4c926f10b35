"""Small tables of the ticket that never scroll: volume asked and allowed, outcome at each level."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from signalos_desktop.ui.models.columns import Cell
from signalos_desktop.ui.theme.figures import money, multiple, plain_figure
from signalos_desktop.ui.theme.paint import LEFT, RIGHT, draw_text
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.outcome import LevelLine, VolumeLine
from signalos_desktop.ui.widgets.layouts import stack
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.text import Painted

_HEAD = 22
_HEAD_COMPACT = 18


class FigureGrid(Painted):
    """A painted head and rows. widths: px of every column after the first, which takes the rest.

    name: what a screen reader says before the figures.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        head: Sequence[str],
        widths: Sequence[int],
        compact: Sequence[int],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._head = tuple(head)
        self._widths = (tuple(widths), tuple(compact))
        self._rows: tuple[tuple[Cell, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refresh)

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        shown = tuple(tuple(row) for row in rows)
        if shown == self._rows:
            return
        self._rows = shown
        words = "; ".join(", ".join(cell.text for cell in row if cell.text) for row in shown)
        self.setAccessibleName(f"{self._name}: {plain_figure(words)}")
        self._refresh()

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        density = self._theme.density
        head = _HEAD_COMPACT if density.compact else _HEAD
        widths = self._widths[density.compact]
        return QSize(sum(widths) + 70, head + density.ticket_row * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        head = _HEAD_COMPACT if theme.density.compact else _HEAD
        caption = theme.font("caption")
        for number, (place, text) in enumerate(zip(self._places(0, head), self._head, strict=True)):
            draw_text(painter, place, text, caption, theme.colour("text3"), self._align(number))
        painter.fillRect(QRectF(0, head - 1, self.width(), 1), theme.colour("line"))
        top = float(head)
        for row in self._rows:
            places = self._places(top, theme.density.ticket_row)
            for number, (place, cell) in enumerate(zip(places, row, strict=True)):
                font = theme.font("body", cell.weight)
                colour = theme.colour(cell.colour)
                align, name = self._align(number), number == 0
                draw_text(painter, place, cell.text, font, colour, align, cut=name)
            top += theme.density.ticket_row

    def _places(self, top: float, height: float) -> list[QRectF]:
        widths = self._widths[self._theme.density.compact]
        first = self.width() - sum(widths)
        places, x = [], 0.0
        for width in (first, *widths):
            places.append(QRectF(x, top, width, height))
            x += width
        return places

    def _align(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if column else LEFT

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class VolumeTable(QWidget):
    """Volume: what was asked and what the broker allows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.head = SectionHead(theme, "Volume")
        head = ("", "Input", "Result")
        self.grid = FigureGrid(theme, "Volume, input and result", head, (84, 80), (64, 64))
        self.setLayout(stack(self.head, self.grid, None))

    def set_lines(self, lines: Sequence[VolumeLine], note: str) -> None:
        """note: the broker's step and smallest volume."""
        self.head.set_note(note)
        self.grid.set_rows(
            [
                (
                    Cell(line.name, "text2"),
                    Cell(line.asked, "text", 500),
                    Cell(line.result, "text", 700 if line.deciding else 500),
                )
                for line in lines
            ]
        )


class LevelTable(QWidget):
    """Outcome at each level: price, lots, money and multiples of the risk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.head = SectionHead(theme, "Outcome")
        head, name = ("", "Price", "Lots", "Money", "R"), "Outcome at each level"
        self.grid = FigureGrid(theme, name, head, (76, 52, 80, 56), (66, 42, 72, 48))
        self.setLayout(stack(self.head, self.grid, None))

    def set_lines(
        self, lines: Sequence[LevelLine], currency: str, note: str, digits: int = 2
    ) -> None:
        """note: the costs that are in the figures."""
        self.head.set_title(f"Outcome in {currency}")
        self.head.set_note(note)
        self.grid.set_rows([self._row(line, digits) for line in lines])

    def _row(self, line: LevelLine, digits: int) -> tuple[Cell, ...]:
        colour = "loss" if line.money < 0 else "profit"
        # The multiple stands under its own caption, so it needs no unit.
        r = "" if line.multiple is None else multiple(line.multiple).removesuffix(" R")
        name = "text2" if line.total else "loss" if line.loss else "profit"
        return (
            Cell(line.name, name, 500 if line.total else 600),
            Cell(line.price, "text", 500),
            Cell(line.lots, "text", 500),
            Cell(money(line.money, digits, signed=True), colour, 700 if line.total else 600),
            Cell(r, colour, 700 if line.total else 500),
        )
