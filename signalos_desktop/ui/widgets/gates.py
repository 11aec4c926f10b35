"""The gates of a signal: mark, name, value and limit; refused ones first, unknown never green."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.ui.theme.figures import written
from signalos_desktop.ui.theme.paint import (
    RIGHT,
    draw_icon,
    draw_rounded,
    draw_text,
    make_tip,
    text_width,
)
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.section import SectionHead
from signalos_desktop.ui.widgets.text import Painted

# Icon, and the colour of icon and value; a passed value is plain text.
_MARKS = {
    GateState.PASSED: ("check", "ok"),
    GateState.NEAR: ("check", "amber"),
    GateState.REFUSED: ("cross", "bad"),
    GateState.UNKNOWN: ("clock", "stale"),
    GateState.OVERRIDDEN: ("warning", "amber"),
    GateState.OFF: ("skip", "stale"),
}
_WORDS = {
    GateState.PASSED: "passed",
    GateState.NEAR: "passed, near its limit",
    GateState.REFUSED: "refused",
    GateState.UNKNOWN: "not known, so it refuses",
    GateState.OVERRIDDEN: "refused, fired over",
    GateState.OFF: "switched off",
}
_SIGNS = {"max": "\u2264", "min": "\u2265"}
_UNITS = {"points": "pt", "seconds": "s"}
_LIMIT = 68
_LIMIT_COMPACT = 42
# Names for where there are three columns; the tip has the whole sentence.
_SHORT = {
    "Signal age": "Age",
    "Reward to risk": "R:R",
    "Price collar": "Collar",
    "Account data": "Data",
    "Trading allowed": "Allowed",
    "Positions in the symbol": "In symbol",
    "S/L of open positions": "Open S/Ls",
    "Loss of the day": "Day",
    "Drawdown": "Peak",
    "Left if every S/L is hit": "Room",
    "Not taken before": "New",
    "Begin and end of the week": "Week",
    "Margin level": "Level",
    "Orders sent": "Orders",
    "Stop loss": "S/L",
    "Take profit": "T/P",
}


class GateRow(Painted):
    """One gate; its whole sentence is the tip and the accessible name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gate: Gate | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_gate(self, gate: Gate) -> None:
        if gate != self._gate:
            self._gate = gate
            self.setToolTip(make_tip(gate.text))
            self.setAccessibleName(f"{gate.name}, {_WORDS[gate.state]}: {gate.text}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(150, self._theme.density.gate_row)

    def paintEvent(self, event: QPaintEvent) -> None:
        gate, theme = self._gate, self._theme
        if gate is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, compact = QRectF(self.rect()), theme.density.compact
        refused = gate.state is GateState.REFUSED
        if refused:
            draw_rounded(painter, area, 4, theme.colour("bad_bg"))
        icon, token = _MARKS[gate.state]
        left = 2 if compact else 4
        draw_icon(painter, theme, icon, left, area.center().y() - 7, 14, token)
        room = area.adjusted(left + (18 if compact else 22), 0, -left, 0)
        self._paint_limit(painter, room, gate)
        self._paint_value(painter, room, gate, token)
        colour = theme.colour("text" if refused else "text2")
        draw_text(painter, room, self._name(gate), self._font(400), colour, cut=True)

    def _paint_limit(self, painter: QPainter, room: QRectF, gate: Gate) -> None:
        """At the right end; takes its width off the room."""
        font, text = self._theme.font("caption"), self._limit_text(gate)
        draw_text(painter, room, text, font, self._theme.colour("text3"), RIGHT)
        least = _LIMIT_COMPACT if self._theme.density.compact else _LIMIT
        if not text and not self._fits(room.width() - least, gate):
            least = 0
        room.setRight(room.right() - max(least, text_width(font, text) + 8))

    def _paint_value(self, painter: QPainter, room: QRectF, gate: Gate, token: str) -> None:
        """Left of the limit; takes its width off the room."""
        font = self._font(400 if gate.state is GateState.UNKNOWN else 600)
        colour = self._theme.colour("text" if gate.state is GateState.PASSED else token)
        text = self._value_text(gate)
        draw_text(painter, room, text, font, colour, RIGHT)
        room.setRight(room.right() - text_width(font, text) - 6)

    def _fits(self, width: float, gate: Gate) -> bool:
        """Whether name and value have room beside the column of the limits."""
        name = text_width(self._font(400), self._name(gate))
        return name + text_width(self._font(600), self._value_text(gate)) + 6 <= width

    def _name(self, gate: Gate) -> str:
        return _SHORT.get(gate.name, gate.name) if self._theme.density.compact else gate.name

    def _font(self, weight: int) -> QFont:
        return self._theme.font("small" if self._theme.density.compact else "body", weight)

    def _value_text(self, gate: Gate) -> str:
        unit = "" if self._theme.density.compact and gate.unit != "%" else gate.unit
        unit = _UNITS.get(unit, unit)
        return f"{written(gate.actual)} {unit}".rstrip()

    def _limit_text(self, gate: Gate) -> str:
        if not gate.bound:
            return written(gate.limit)
        limit = written(gate.limit)
        if self._theme.density.compact:
            return f"{_SIGNS[gate.bound]} {limit.removesuffix('.00')}"
        return f"{gate.bound} {limit}"


class GatesList(QWidget):
    """All gates in the columns of the density, read down each column."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gates: tuple[Gate, ...] = ()
        self._rows: list[GateRow] = []
        self._head = SectionHead(theme, "Gates")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._grid)
        theme.changed.connect(self._lay_out)

    def set_gates(self, gates: Sequence[Gate]) -> None:
        shown = tuple(sorted(gates, key=_rank))
        laid_out = len(shown) == len(self._gates)
        self._gates = shown
        self._head.set_note(count_gates(shown))
        while len(self._rows) < len(shown):
            self._rows.append(GateRow(self._theme))
        if not laid_out:
            self._lay_out()
        for row, gate in zip(self._rows, shown, strict=False):
            row.set_gate(gate)

    def _lay_out(self) -> None:
        columns = self._theme.density.gate_columns
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
        self._grid.setHorizontalSpacing(12 if self._theme.density.compact else 32)
        high = -(-len(self._gates) // columns)
        for place in range(len(self._gates)):
            self._grid.addWidget(self._rows[place], place % high, place // high)
            self._rows[place].show()
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _rank(gate: Gate) -> tuple[bool, bool]:
    """What refuses first, then what has a limit; else nothing moves while figures change."""
    return gate.state is not GateState.REFUSED, not gate.bound


def count_gates(gates: Sequence[Gate]) -> str:
    """`14 of 14 passed, 3 near their limit`; gates that are off are not counted."""
    count = {state: sum(gate.state is state for gate in gates) for state in GateState}
    near, refused, unknown = (
        count[state] for state in (GateState.NEAR, GateState.REFUSED, GateState.UNKNOWN)
    )
    asked = len(gates) - count[GateState.OFF]
    text = f"{count[GateState.PASSED] + near} of {asked} passed"
    if refused:
        text += f", {refused} {'refuses' if refused == 1 else 'refuse'}"
    if unknown:
        text += f", {unknown} not known"
    if count[GateState.OVERRIDDEN]:
        text += f", {count[GateState.OVERRIDDEN]} fired over"
    if near and not refused and not unknown:
        text += f", {near} near {'its' if near == 1 else 'their'} limit"
    return text
