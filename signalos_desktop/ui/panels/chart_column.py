"""The charts at the right: equity and balance, and the price of one symbol with its levels."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.domain.position import Deal, Position
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import (
    AccountChanged,
    DealSeen,
    PositionChanged,
    QuotesChanged,
    SymbolsChanged,
)
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.charts.equity_chart import EquityChart
from signalos_desktop.ui.charts.equity_data import EquityMark
from signalos_desktop.ui.charts.price_chart import PriceChart
from signalos_desktop.ui.panels.chart_levels import (
    equity_mark,
    one_side,
    order_levels,
    position_levels,
    price_marks,
)
from signalos_desktop.ui.theme.figures import percent
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.price_bars import TIMEFRAMES, BarBook
from signalos_desktop.ui.viewmodels.ticket import ChartOrder
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.panel import PanelFrame

_STALE_AFTER_S = 10.0
_LOOK_EVERY_MS = 1000
_LOW = 330
_MOST_MARKS = 500
_FIRST_SPAN_S = 300.0


class ChartColumn(QWidget):
    """Follows the ticket (actions.drawn) and the chosen row (actions.symbol_wanted)."""

    def __init__(
        self,
        theme: Theme,
        bus: EventBus,
        actions: Actions,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._theme, self._now, self._actions = theme, now, actions
        self.instruments = Instruments()
        self._bars = BarBook()
        self._positions: dict[tuple[Account, int], Position] = {}
        self._deals: list[tuple[Account, Deal]] = []
        self._equity_marks: list[EquityMark] = []
        self._order: ChartOrder | None = None
        self.account: Account | None = None
        self.symbol = ""
        self._quoted_at = self._seen_at = now()
        self._make(theme)
        self._listen(bus)
        actions.drawn.connect(self._draw_order)
        actions.symbol_wanted.connect(self._show_positions_of)
        self._watch = QTimer(self, interval=_LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look_for_silence)
        self._watch.start()

    def show_symbol(self, symbol: str, account: Account | None = None) -> None:
        """Chart another symbol; its bars are those of the quotes since the start."""
        if not symbol or (symbol == self.symbol and self.account is not None):
            return
        self.symbol = symbol
        self.account = account or self._bars.account_of(symbol) or self._actions.account
        self._reload()

    # ------------------------------------------------------------------ making

    def _make(self, theme: Theme) -> None:
        self.which = Segmented(theme, ("Price", "Equity"), "Price", "Chart")
        self.period = Segmented(theme, ("Hour", "Day", "All"), "All", "Period")
        self.timeframe = Segmented(theme, tuple(TIMEFRAMES), "Ticks", "Timeframe")
        self.equity_frame = PanelFrame(theme, "Equity", "waiting for the account", line=False)
        self.equity = EquityChart(theme)
        self.equity_frame.head.add_action(self.period)
        self.equity_frame.add(self.equity, 1)
        self.price_frame = PanelFrame(theme, "Price", "waiting for prices", line=False)
        self.price = PriceChart(theme, 1, 5)
        self.price.show_as_line(line=True)
        self.price_frame.head.add_action(self.timeframe)
        self.price_frame.add(self.price, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.density.gutter)
        layout.addWidget(self.which)
        layout.addWidget(self.equity_frame, 2)
        layout.addWidget(self.price_frame, 3)
        self.which.chosen.connect(lambda _key: self._arrange())
        self.period.chosen.connect(lambda _key: self._show_period())
        self.timeframe.chosen.connect(lambda _key: self._reload())
        self._arrange()

    def _listen(self, bus: EventBus) -> None:
        bus.subscribe(SymbolsChanged, self._take_symbols)
        bus.subscribe(AccountChanged, self._take_account)
        bus.subscribe(QuotesChanged, self._take_quotes)
        bus.subscribe(PositionChanged, self._take_position)
        bus.subscribe(DealSeen, self._take_deal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Where it is too low for both charts, one of them is chosen."""
        low = self.height() < _LOW
        self.which.setVisible(low)
        self.equity_frame.setVisible(not low or self.which.current == "Equity")
        self.price_frame.setVisible(not low or self.which.current == "Price")

    # ------------------------------------------------------------------ events

    def _take_symbols(self, event: SymbolsChanged) -> None:
        self.instruments.take_symbols(event)
        if self.symbol in {spec.name for spec in event.symbols}:
            self._reload()

    def _take_account(self, event: AccountChanged) -> None:
        state = event.state
        self.instruments.take_account(event)
        if self._actions.account not in (None, state.account):
            return
        if not (state.balance.is_finite() and state.equity.is_finite()):
            return
        self._seen_at = self._now()
        first = self.equity.series.size == 0
        # One point a second is enough: a later one of the same second takes its place.
        at = float(int(self._seen_at.timestamp()))
        self.equity.append(at, float(state.balance), float(state.equity))
        if first or self.period.current != "Day":
            self._show_period()
        self._tell_drop()

    def _take_quotes(self, event: QuotesChanged) -> None:
        for quote in event.quotes:
            if not self._bars.take(event.account, quote):
                continue
            if not self.symbol:
                self.show_symbol(quote.symbol, event.account)
            elif (event.account, quote.symbol) == (self.account, self.symbol):
                self._quoted_at = self._now()
                self.price.set_stale(stale=False)
                self.price.add_quote(quote.time.timestamp(), float(quote.bid))
                self._tell_spread()

    def _take_position(self, event: PositionChanged) -> None:
        key = (event.account, event.position.ticket)
        if event.change == "closed":
            self._positions.pop(key, None)
        else:
            self._positions[key] = event.position
        if event.change != "priced" and event.position.symbol == self.symbol:
            self._show_levels()

    def _take_deal(self, event: DealSeen) -> None:
        self._deals = [*self._deals, (event.account, event.deal)][-_MOST_MARKS:]
        series, at = self.equity.series, event.deal.time.timestamp()
        value = series.value_at(at) if series.size else None
        mark = equity_mark(event.deal, value) if value is not None else None
        if mark is not None:
            self._equity_marks = [*self._equity_marks, mark][-_MOST_MARKS:]
            self.equity.set_marks(self._equity_marks)
        if event.deal.symbol == self.symbol:
            self._show_marks()

    def _draw_order(self, order: ChartOrder | None) -> None:
        self._order = order
        if order is not None and order.symbol != self.symbol:
            self.show_symbol(order.symbol, self._actions.account)
        else:
            self._show_levels()

    def _show_positions_of(self, symbol: str) -> None:
        self._order = None
        if symbol != self.symbol:
            self.show_symbol(symbol)
        else:
            self._show_levels()

    # ------------------------------------------------------------------ showing

    def _reload(self) -> None:
        if self.account is None:
            return
        seconds = TIMEFRAMES[self.timeframe.current]
        last = self._bars.last(self.account, self.symbol)
        digits = self.instruments.digits(
            self.account, self.symbol, *((last.bid,) if last is not None else ())
        )
        self.price.set_instrument(self.symbol, digits, seconds)
        self.price.show_as_line(line=seconds == 1)
        bars = self._bars.bars(self.account, self.symbol, seconds)
        if bars:
            columns = np.array([(b.time, b.open, b.high, b.low, b.close) for b in bars]).T
            self.price.load(*columns)
        self.price_frame.head.set_title(self.symbol)
        self._tell_spread()
        self._show_levels()
        self._show_marks()

    def _show_levels(self) -> None:
        if self.account is None:
            return
        order = self._order
        if order is not None and order.symbol == self.symbol:
            lines = order_levels(order, self.account, self.instruments)
            self.price.set_levels(order.side, lines)
            return
        shown = [
            position
            for (account, _), position in self._positions.items()
            if account == self.account and position.symbol == self.symbol
        ]
        lines = position_levels(shown, self.account, self.instruments)
        self.price.set_levels(one_side(shown), lines)

    def _show_marks(self) -> None:
        deals = [d for a, d in self._deals if a == self.account and d.symbol == self.symbol]
        first = self.price.series.time[0] if self.price.series.size else float("inf")
        self.price.set_marks([mark for mark in price_marks(deals) if mark.time >= first])

    def _tell_spread(self) -> None:
        if self.account is None:
            return
        quote = self._bars.last(self.account, self.symbol)
        spec = self.instruments.spec(self.account, self.symbol)
        if quote is None or spec is None or spec.point <= 0:
            self.price_frame.head.set_note("waiting for prices" if quote is None else "")
            return
        self.price_frame.head.set_note(f"spread {(quote.ask - quote.bid) / spec.point:.0f}")

    def _show_period(self) -> None:
        last = self.equity.series.last
        if last is None:
            return
        end, first = last[0], float(self.equity.series.time[0])
        back = {"Hour": 3600.0, "Day": 86_400.0}.get(self.period.current, end - first)
        start = max(end - back, first)
        self.equity.show_period(start, max(end, start + _FIRST_SPAN_S))

    def _tell_drop(self) -> None:
        drop = self.equity.drop
        since = {"Hour": "last hour", "Day": "last day"}.get(self.period.current, "since start")
        fall = f", max drawdown {percent(Decimal(repr(drop.percent)))}" if drop else ""
        self.equity_frame.head.set_note(f"{since}{fall}")

    def _look_for_silence(self) -> None:
        now = self._now()
        self.equity.set_stale(stale=(now - self._seen_at).total_seconds() > _STALE_AFTER_S)
        self.price.set_stale(stale=(now - self._quoted_at).total_seconds() > _STALE_AFTER_S)
