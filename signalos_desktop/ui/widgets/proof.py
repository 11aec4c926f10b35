"""The stop that proves itself: how much is flat, every ticket's last answer, what happened when."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.columns import Cell, Column, chip_cell, profit_cell, side_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.paint import draw_rounded
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.button import Button
from signalos_desktop.ui.widgets.layouts import boxed, empty_layout, row, stack
from signalos_desktop.ui.widgets.panel import Ground
from signalos_desktop.ui.widgets.scroll import ScrollPage
from signalos_desktop.ui.widgets.stat import Stat
from signalos_desktop.ui.widgets.table import TableView
from signalos_desktop.ui.widgets.text import CutText, Icon, Rule, Text

_ROW = 52
_ROW_COMPACT = 44
_SIDE = 336
_SIDE_COMPACT = 262
_SIDE_FROM = 760
# The scale of the time bars: a stop proves itself or raises the alarm within this.
_SCALE_MS = 5000


@dataclass(frozen=True, slots=True)
class ProofTicket:
    """One position or order in the scope. order: its type where it is a resting order.

    answer: the last retcode in words; next_step: what happens next, empty once it is settled.
    """

    ticket: int
    symbol: str
    side: Side
    volume: str
    profit: Decimal | None
    sl: str
    state: str
    settled: bool
    tries: int
    took_ms: int
    answer: str
    next_step: str = ""
    order: str = ""
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One line of what happened; when empty = it has not happened yet."""

    text: str
    when: str


@dataclass(frozen=True, slots=True)
class Proof:
    """headline: `7 of 9 flat`. advice: what the user does if it does not get there."""

    headline: str
    pressed: str
    scope: str
    elapsed: str
    next_retry: str
    tickets: tuple[ProofTicket, ...]
    steps: tuple[ProofStep, ...]
    advice: tuple[str, ...]
    rule: str


def _state(ticket: ProofTicket) -> Cell:
    if ticket.settled:
        return chip_cell(ticket.state, Tone.OK, "check")
    icon = "question" if ticket.unclear else "refresh"
    return chip_cell(ticket.state, Tone.AMBER, icon)


def _answer(ticket: ProofTicket) -> Cell:
    text = f"{ticket.answer}, {ticket.next_step}" if ticket.next_step else ticket.answer
    return Cell(text, "text2" if ticket.settled else "amber")


def _time(ticket: ProofTicket) -> Cell:
    colour = "text2" if ticket.settled else "amber"
    weight = 400 if ticket.settled else 600
    return Cell(f"{ticket.took_ms / 1000:.1f} s", colour, weight, bar=ticket.took_ms / _SCALE_MS)


COLUMNS = (
    Column[ProofTicket](
        "ticket", "Ticket", 92, lambda t: Cell(str(t.ticket)), lambda t: t.ticket, compact=80
    ),
    Column[ProofTicket]("symbol", "Symbol", 92, lambda t: Cell(t.symbol, weight=600), compact=80),
    Column[ProofTicket]("type", "Type", 84, lambda t: side_cell(t.side, t.order), compact=76),
    Column[ProofTicket]("volume", "Volume", 68, lambda t: Cell(t.volume), right=True, compact=60),
    Column[ProofTicket](
        "profit",
        "Profit",
        96,
        lambda t: Cell() if t.profit is None else profit_cell(t.profit),
        right=True,
        compact=88,
        drop=4,
    ),
    Column[ProofTicket]("sl", "S/L", 84, lambda t: Cell(t.sl), right=True, drop=2),
    Column[ProofTicket]("state", "State", 160, _state, compact=150),
    Column[ProofTicket]("tries", "Tries", 52, lambda t: Cell(str(t.tries)), right=True, drop=1),
    Column[ProofTicket]("took", "Confirmed, 0 to 5 s", 240, _time, compact=150, drop=3),
    Column[ProofTicket](
        "answer", "Last answer, and what is next", 0, _answer, minimum=180, wrap=True
    ),
)


def make_proof_model() -> TableModel[ProofTicket]:
    def tint(ticket: ProofTicket) -> str:
        return "" if ticket.settled else "amber_bg"

    return TableModel(COLUMNS, lambda t: f"{t.ticket} {t.symbol} {t.state}", tint)


class _Segments(QWidget):
    """One piece for each ticket: solid when settled, hatched while it is not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._settled = self._total = 0
        self.setFixedHeight(10)
        theme.changed.connect(self.update)

    def set_counts(self, settled: int, total: int) -> None:
        self._settled, self._total = settled, total
        self.setAccessibleName(f"{settled} of {total} settled")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 4 if self._total <= 40 else 1
        width = (self.width() - gap * (self._total - 1)) / self._total
        for number in range(self._total):
            piece = QRectF(number * (width + gap), 1, width, 8)
            done = number < self._settled
            draw_rounded(painter, piece, 3, self._theme.colour("ok" if done else "amber_fill"))
            if not done:
                lines = QBrush(self._theme.colour("panel", 150), Qt.BrushStyle.BDiagPattern)
                painter.setBrush(lines)
                painter.drawRoundedRect(piece, 3, 3)


class ProofPanel(Ground):
    """copied: the user asks for the report as text."""

    copied = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._model = make_proof_model()
        self.table = TableView(theme, self._model, "Tickets of the stop")
        self._headline = Text(theme, "", "headline", "text", 700)
        self._pressed = CutText(theme, "", "body", "text", 600)
        self._scope = CutText(theme, "", "small", "text3")
        self._elapsed = Stat(theme, "Elapsed", "title")
        self._retry = Stat(theme, "Next retry", "title")
        self._segments = _Segments(theme)
        self._steps = stack(gap=8)
        self._advice = stack(gap=8)
        self._rule = Text(theme, "", "small", "text2", wrap=True)
        self.copy = Button(theme, "Copy the report", icon="copy")
        self.copy.clicked.connect(self.copied)
        self._side = self._make_side()
        middle = row(gap=0)
        middle.addWidget(self.table, 1)
        middle.addWidget(Rule(theme, standing=True))
        middle.addWidget(self._side)
        layout = stack(self._make_head(), Rule(theme))
        layout.addLayout(middle, 1)
        self.setLayout(layout)
        theme.changed.connect(self._fit)
        self._fit()

    def set_proof(self, proof: Proof) -> None:
        settled = sum(ticket.settled for ticket in proof.tickets)
        self._headline.setText(proof.headline)
        self._pressed.setText(proof.pressed)
        self._scope.setText(proof.scope)
        self._elapsed.set_figure(proof.elapsed)
        self._retry.set_figure(proof.next_retry or "none", colour="text2")
        self._segments.set_counts(settled, len(proof.tickets))
        self._rule.setText(proof.rule)
        self._set_tickets(proof.tickets)
        self._set_steps(proof.steps)
        empty_layout(self._advice)
        for sentence in proof.advice:
            self._advice.addWidget(Text(self._theme, sentence, "small", "text2", wrap=True))
        self.setAccessibleName(f"Emergency stop: {proof.headline}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the tickets matter more than the steps."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= _SIDE_FROM)

    def _set_tickets(self, tickets: Sequence[ProofTicket]) -> None:
        """What is not settled yet stands first."""
        ranked = sorted(tickets, key=lambda ticket: ticket.settled)
        keys = [str(ticket.ticket) for ticket in ranked]
        if keys != [self._model.key_at(n) for n in range(self._model.rowCount())]:
            self._model.set_rows(zip(keys, ranked, strict=True))
            return
        for key, ticket in zip(keys, ranked, strict=True):
            self._model.put(key, ticket)
        self._model.flush()

    def _set_steps(self, steps: Sequence[ProofStep]) -> None:
        empty_layout(self._steps)
        for step in steps:
            done = bool(step.when)
            mark = Icon(self._theme, "check" if done else "clock", 14, "ok" if done else "amber")
            text = Text(self._theme, step.text, "body", "text" if done else "text2")
            when = Text(self._theme, step.when or "waiting", "small", "text3" if done else "amber")
            self._steps.addLayout(row(mark, text, None, when))

    def _make_head(self) -> QWidget:
        words = stack(None, self._pressed, self._scope, None, gap=2)
        line = row(self._headline, 8, words, self._elapsed, self._retry, gap=16)
        line.setStretch(2, 1)
        return boxed(stack(line, self._segments, gap=10, margins=(16, 12, 16, 10)))

    def _make_side(self) -> QWidget:
        theme = self._theme
        head = Text(theme, "What happened", "emphasis", "text", 600)
        otherwise = Text(theme, "If it does not get there", "emphasis", "text", 600)
        side = stack(head, self._steps, 4, Rule(theme), 4, otherwise, self._advice, gap=8)
        side.addWidget(Rule(theme))
        side.addWidget(self._rule)
        side.addStretch(1)
        side.setContentsMargins(16, 12, 16, 12)
        page = boxed(side)
        whole = stack(ScrollPage(theme, page))
        # A scroll area makes its page paint a ground of its own; this one lies on the panel's.
        page.setAutoFillBackground(False)
        whole.addLayout(row(self.copy, None, margins=(16, 8, 16, 12)))
        return boxed(whole)

    def _fit(self) -> None:
        compact = self._theme.density.compact
        self._side.setFixedWidth(_SIDE_COMPACT if compact else _SIDE)
        self.table.set_row_height(_ROW_COMPACT if compact else _ROW)
