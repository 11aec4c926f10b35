"""The statistics page: what was earned over a period, by provider and by symbol."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from signalos_desktop.domain.values import Account
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.charts.equity_chart import EquityChart
from signalos_desktop.ui.models.columns import Cell, Column
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.pages.needs import Needs, Results
from signalos_desktop.ui.theme.figures import counted, money, multiple, number, percent
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.statistics import (
    PERIODS,
    Bin,
    Line,
    Summary,
    TradeBook,
    as_csv,
)
from signalos_desktop.ui.widgets.bars import Bars, BarShown
from signalos_desktop.ui.widgets.button import Button, ButtonKind
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.notices import EmptyState
from signalos_desktop.ui.widgets.panel import FigureCard, PanelFrame
from signalos_desktop.ui.widgets.table import TablePanel

_DIGITS = 2
_LEAST_SPAN_S = 3600.0


def line_columns(name: str) -> tuple[Column[Line], ...]:
    """Trades, how many won, what each and all of them brought."""

    def rate(line: Line) -> Cell:
        won = line.statistics.win_rate
        return Cell("" if won is None else percent(won, 1))

    def each(line: Line) -> Cell:
        if line.each is None:
            return Cell("unknown", "text3")
        return Cell(multiple(line.each), _colour(line.each), 600)

    def net(line: Line) -> Cell:
        value = line.statistics.net_profit
        return Cell(money(value, _DIGITS, signed=True), _colour(value), 600)

    def trades(line: Line) -> int:
        return line.statistics.trades

    def earned(line: Line) -> float:
        return float(line.statistics.net_profit)

    return (
        Column("name", name, 0, lambda r: Cell(r.name, weight=600), lambda r: r.name, minimum=120),
        Column("trades", "Trades", 72, lambda r: Cell(str(trades(r))), trades, right=True),
        Column("won", "Won", 84, rate, right=True, drop=1),
        Column("each", "Each", 92, each, right=True, drop=2),
        Column("net", "Net", 108, net, earned, right=True),
    )


class StatisticsPage(QWidget):
    """Reads the journal when it is opened, and at a press."""

    def __init__(
        self,
        theme: Theme,
        actions: Actions,
        needs: Needs,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._theme, self._actions, self._needs, self._now = theme, actions, needs, now
        self.book = TradeBook()
        self.summary: Summary | None = None
        self.note = ""
        self.period = Segmented(theme, PERIODS, "Month", "Period")
        self.again = Button(theme, "Look again", ButtonKind.GHOST, "refresh", height=28)
        self.export = Button(theme, "Copy as CSV", ButtonKind.GHOST, "copy", height=28)
        self._head = PanelFrame(theme, "Statistics", "reading the journal", line=False)
        self._cards: list[FigureCard] = []
        self._grid = QGridLayout()
        self._chart = EquityChart(theme)
        self.bars = Bars(theme, "Results in R")
        self._curve_frame = PanelFrame(theme, "Result", "net of commission and swap", line=False)
        self._bars_frame = PanelFrame(theme, "Results in R", line=False)
        self.providers = self._table("Provider")
        self.symbols = self._table("Symbol")
        self._make()
        actions.do(self.load())

    async def load(self) -> None:
        """The account that the panel is about; the first one where that has no results."""
        try:
            found = await self._needs.results()
        except Exception as failure:  # noqa: BLE001 - a damaged journal is told, the page stays
            self._tell(f"the journal cannot be read: {failure}. Look at Doctor")
            self._show()
            return
        self.show_results(found)

    def show_results(self, found: Mapping[Account, Results]) -> None:
        account = self._actions.account
        results = found.get(account) if account is not None else None
        if account is None and found:
            account, results = next(iter(found.items()))
        empty = results is None
        self.book = (
            TradeBook()
            if results is None
            else TradeBook(results.deals, results.providers, results.risks)
        )
        who = str(account or "no account yet")
        self._tell(f"{who}, no deal is known yet" if empty else who)
        self._show()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # handed on as it came
        if self.summary is not None:
            self._actions.do(self.load())

    # ------------------------------------------------------------------ making

    def _make(self) -> None:
        for widget in (self.period, self.again, self.export):
            self._head.head.add_action(widget)
        self._grid.setSpacing(4)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._curve_frame.add(self._chart, 1)
        self._bars_frame.add(self.bars, 1)
        middle = row(self._curve_frame, self._bars_frame, gap=4)
        middle.setStretch(0, 3)
        middle.setStretch(1, 2)
        low = row(self._framed("By provider", self.providers), gap=4)
        low.addWidget(self._framed("By symbol", self.symbols))
        page = stack(gap=4)
        page.addLayout(middle, 3)
        page.addLayout(low, 2)
        self._empty = EmptyState(
            self._theme,
            "chart-line",
            "No trade was closed in this time",
            "Closed positions are counted here, those by hand too; choose a longer time above",
        )
        self._places = QStackedWidget()
        self._places.addWidget(boxed(page))
        self._places.addWidget(self._empty)
        whole = stack(self._head, boxed(self._grid), gap=4, margins=(4, 4, 4, 4))
        whole.addWidget(self._places, 1)
        self.setLayout(whole)
        self.period.chosen.connect(lambda _key: self._show())
        self.again.clicked.connect(lambda: self._actions.do(self.load()))
        self.export.clicked.connect(self._copy)

    def _table(self, name: str) -> TablePanel[Line]:
        model: TableModel[Line] = TableModel(line_columns(name), lambda r: r.name, parent=self)
        return TablePanel(self._theme, model, f"Results by {name.lower()}")

    def _framed(self, title: str, table: TablePanel[Line]) -> PanelFrame:
        frame = PanelFrame(self._theme, title, line=False)
        frame.add(table, 1)
        return frame

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        summary = self.book.summary(self.period.current, self._now(), None, _DIGITS)
        self.summary = summary
        while len(self._cards) < len(summary.figures):
            card = FigureCard(self._theme, summary.figures[len(self._cards)].title)
            self._grid.addWidget(card, 0, len(self._cards))
            self._grid.setColumnStretch(len(self._cards), 1)
            self._cards.append(card)
        for card, shown in zip(self._cards, summary.figures, strict=True):
            card.set_figure(shown.figure, shown.note, shown.colour)
        self._places.setCurrentIndex(0 if summary.trades else 1)
        self.export.setEnabled(bool(summary.trades))
        if summary.curve:
            # Steps: a result does not grow between two trades.
            times, values = (np.repeat(c, 2) for c in zip(*summary.curve, strict=True))
            times, values = times[1:], values[:-1]
            self._chart.load(times, values, values)
            end = max(times[-1], times[0] + _LEAST_SPAN_S)
            self._chart.show_period(float(times[0]), float(end))
        self.bars.set_bars([_bar(found) for found in summary.bins])
        trades = counted(len(summary.trades), "trade")
        self._bars_frame.head.set_note(f"{summary.in_r} of {trades}")
        for panel, lines in ((self.providers, summary.providers), (self.symbols, summary.symbols)):
            panel.view.table.set_rows((line.name, line) for line in lines)

    def _tell(self, note: str) -> None:
        self.note = note
        self._head.head.set_note(note)

    def _copy(self) -> None:
        if self.summary is not None:
            QGuiApplication.clipboard().setText(as_csv(self.book, self.summary.trades))
            count = counted(len(self.summary.trades), "trade")
            self._actions.say(Tone.OK, f"{count} copied", "paste it into a spreadsheet", "copy")


def _bar(found: Bin) -> BarShown:
    colour = "text3" if found.centre == 0 else "up" if found.centre > 0 else "down"
    return BarShown(number(found.centre, 1, signed=True), found.count, colour)


def _colour(value: Decimal) -> str:
    return "profit" if value > 0 else "loss" if value < 0 else "text2"
