"""The charts at the right: equity and balance, and the price of one symbol with its levels."""

from collections.abc import Callable, Mapping, Sequence
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
from signalos_desktop.ui.viewmodels.equity_book import EquityBook, Point
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
_PERIODS = {"Hour": 3600.0, "Day": 86_400.0, "Week": 604_800.0}


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
        self._equity = EquityBook()
        self._equity_of: Account | None = None
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
        known = self.account is not None and account in (None, self.account)
        if not symbol or (symbol == self.symbol and known):
            return
        self.symbol = symbol
        self.account = account or self._bars.account_of(symbol) or self._actions.account
        self._reload()

    def load_history(
        self, deals: Mapping[Account, Sequence[Deal]], points: Mapping[Account, Sequence[Point]]
    ) -> None:
        """What earlier sessions have left, oldest first."""
        known = {(account, deal.ticket) for account, deal in self._deals}
        past = [
            (account, deal)
            for account, found in deals.items()
            for deal in found
            if (account, deal.ticket) not in known
        ]
        self._deals = [*past, *self._deals][-_MOST_MARKS:]
        self._equity.load(points)
        if self._equity_of is not None:
            self._show_equity(self._equity_of)
        self._show_marks()

    # ------------------------------------------------------------------ making

    def _make(self, theme: Theme) -> None:
        self.which = Segmented(theme, ("Price", "Equity"), "Price", "Chart")
        self.period = Segmented(theme, ("Hour", "Day", "Week", "All"), "Hour", "Period")
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
        now = self._now()
        point = self._equity.take(state, now.timestamp())
        wanted = self._actions.account or state.account
        if point is None or state.account != wanted:
            return
        self._seen_at = now
        if wanted != self._equity_of:
            self._show_equity(wanted)
            return
        self.equity.append(*point)
        if self.period.current == "All":
            self._show_period()
        self._tell_drop()

    def _take_quotes(self, event: QuotesChanged) -> None:
        for quote in event.quotes:
            if not self._bars.take(event.account, quote):
                continue
            if not self.symbol or (self.account is None and self.symbol == quote.symbol):
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
        known = {(account, deal.ticket) for account, deal in self._deals}
        if (event.account, event.deal.ticket) in known:
            return
        self._deals = [*self._deals, (event.account, event.deal)][-_MOST_MARKS:]
        self._mark_equity()
        if event.deal.symbol == self.symbol:
            self._show_marks()

    def _draw_order(self, order: ChartOrder | None) -> None:
        self._order = order
        if order is not None and order.symbol != self.symbol:
            self.show_symbol(order.symbol, self._actions.account)
        else:
            self._show_levels()

    def _show_positions_of(self, symbol: str, account: Account) -> None:
        self._order = None
        if (symbol, account) != (self.symbol, self.account):
            self.show_symbol(symbol, account)
        else:
            self._show_levels()

    # ------------------------------------------------------------------ showing

    def _show_equity(self, account: Account) -> None:
        """Another account, or what is remembered of this one."""
        self._equity_of = account
        points = self._equity.points(account)
        if points:
            self.equity.load(*np.array(points).T)
            self._show_period()
        self._mark_equity()
        self._tell_drop()

    def _mark_equity(self) -> None:
        series = self.equity.series
        if not series.size:
            return
        first = float(series.time[0])
        own = [deal for account, deal in self._deals if account == self._equity_of]
        times = [(deal, deal.time.timestamp()) for deal in own]
        marks = [
            equity_mark(deal, value)
            for deal, at in times
            if at >= first and (value := series.value_at(at)) is not None
        ]
        self.equity.set_marks([mark for mark in marks if mark is not None])

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
        back = _PERIODS.get(self.period.current, end - first)
        start = max(end - back, first)
        self.equity.show_period(start, max(end, start + _FIRST_SPAN_S))

    def _tell_drop(self) -> None:
        drop = self.equity.drop
        fall = f"max drawdown {percent(Decimal(repr(drop.percent)))}" if drop else ""
        self.equity_frame.head.set_note(fall)

    def _look_for_silence(self) -> None:
        now = self._now()
        self.equity.set_stale(stale=(now - self._seen_at).total_seconds() > _STALE_AFTER_S)
        self.price.set_stale(stale=(now - self._quoted_at).total_seconds() > _STALE_AFTER_S)
