"""The charts of the gallery, with invented prices, and banners over old ones."""

from datetime import UTC, datetime

import numpy as np
from PySide6.QtWidgets import QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.equity_chart import EquityChart
from signalos_desktop.ui.charts.equity_data import EquityMark
from signalos_desktop.ui.charts.price_chart import PriceChart
from signalos_desktop.ui.charts.price_data import LevelKind, PriceLevel, PriceMark
from signalos_desktop.ui.theme.figures import MINUS
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.choices import Segmented
from signalos_desktop.ui.widgets.layouts import boxed, row, stack
from signalos_desktop.ui.widgets.notices import Banner
from signalos_desktop.ui.widgets.panel import PanelFrame

START = datetime(2026, 11, 20, 8, tzinfo=UTC).timestamp()


def equity(theme: Theme, *, stale: bool = False) -> PanelFrame:
    frame = PanelFrame(theme, "Equity", "today", line=False)
    frame.head.add_action(Segmented(theme, ("Day", "Week", "Month", "All"), "Day", "Period"))
    rng, count = np.random.default_rng(11), 394 * 6
    time = START + np.arange(count) * 10.0
    anchors = [12399.2, 12420, 12345, 12388, 12470, 12431, 12560, 12512, 12618, 12570, 12645.18]
    curve = np.interp(np.arange(count), np.linspace(0, count - 1, len(anchors)), anchors)
    curve += np.convolve(rng.normal(0, 26, count), np.ones(30) / 30, "same")
    balance = np.full(count, 12399.2)
    closes = ((380, -38.0), (970, 64.4), (1200, -21.2), (2060, 81.0))
    for place, gained in closes:
        balance[place:] += gained
    chart = EquityChart(theme)
    chart.load(time, balance, curve)
    marks = [
        EquityMark(float(time[p]), float(curve[p]), side)
        for p, side in (
            (84, Side.BUY),
            (246, Side.SELL),
            (492, Side.BUY),
            (738, Side.SELL),
            (1302, Side.BUY),
            (1830, Side.BUY),
        )
    ]
    marks += [EquityMark(float(time[p]), float(balance[p]), Side.BUY, g) for p, g in closes]
    chart.set_marks(marks)
    chart.show_all()
    chart.set_stale(stale=stale)
    frame.add(chart, 1)
    return frame


def price(theme: Theme, *, stale: bool = False) -> PanelFrame:
    frame = PanelFrame(theme, "XAUUSD.r", "Gold vs US Dollar", line=False)
    frame.head.add_action(Segmented(theme, ("M1", "M5", "M15", "H1"), "M5", "Timeframe"))
    rng, count = np.random.default_rng(5), 140
    anchors = [4049, 4056, 4051.5, 4060, 4058.6, 4063.18]
    close = np.interp(np.arange(count), np.linspace(0, count - 1, 6), anchors)
    close += rng.normal(0, 0.7, count)
    close[-1] = 4063.18
    opens = np.append(close[0], close[:-1])
    high = np.maximum(opens, close) + rng.exponential(0.6, count)
    low = np.minimum(opens, close) - rng.exponential(0.6, count)
    time = START - 5 * 3600 + np.arange(count) * 300.0
    chart = PriceChart(theme, 300, 2)
    chart.load(time, opens, high, low, close)
    chart.set_levels(
        Side.BUY,
        (
            PriceLevel(LevelKind.TP, 4084.5, "T/P 3   0.04   +83.72", "4084.50"),
            PriceLevel(LevelKind.TP, 4075.5, "T/P 2   0.06   +71.58", "4075.50"),
            PriceLevel(LevelKind.TP, 4069.5, "T/P 1   0.10   +59.30", "4069.50"),
            PriceLevel(LevelKind.ENTRY, 4063.5, "Entry   buy 0.20 at ask", "4063.50"),
            PriceLevel(LevelKind.SL, 4057.5, f"S/L   {MINUS}122.40   {MINUS}1.00 R", "4057.50"),
        ),
    )
    chart.set_marks((PriceMark(float(time[70]), float(low[70]), Side.BUY),))
    chart.set_stale(stale=stale)
    frame.add(chart, 1)
    return frame


def alarms(theme: Theme) -> QWidget:
    """Banners of a pause, a stop and an alarm, and charts with old prices."""
    paused, stopped, silent = Banner(theme), Banner(theme), Banner(theme)
    paused.set_notice(
        Tone.AMBER,
        "pause",
        "Paused",
        facts=(
            ("News: USD retail sales 14:30", "ends by itself 15:00"),
            ("You, at 14:31:52", "needs you"),
        ),
        actions=(("why", "Why", "info"),),
    )
    stopped.set_notice(
        Tone.STALE,
        "lock",
        "Stopped by you at 14:33:02. 0 positions, 0 orders, checked 14:33:07.",
        actions=(("proof", "See the proof", "receipt"),),
    )
    silent.set_notice(
        Tone.BAD,
        "unlink",
        "The EA has not answered for 28 s. 6 positions are protected only by their S/L.",
        "In MT5: is Algo Trading green? Is SignalOS at the top right of the chart?",
        actions=(("ping", "Send PING", "refresh"),),
        alarm=True,
    )
    charts = row(equity(theme, stale=True), price(theme, stale=True), gap=4)
    body = stack(paused, stopped, silent, gap=4, margins=(4, 4, 4, 4))
    body.addLayout(charts, 1)
    return boxed(body)
