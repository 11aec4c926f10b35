"""The charts as widgets: they paint, follow the newest point, and never let tags overlap."""

from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.axes import TAG_HEIGHT
from signalos_desktop.ui.charts.equity_chart import EquityChart
from signalos_desktop.ui.charts.equity_data import EquityMark
from signalos_desktop.ui.charts.price_chart import PriceChart
from signalos_desktop.ui.charts.price_data import LevelKind, PriceLevel, PriceMark
from signalos_desktop.ui.theme.theme import Scheme, Theme

START = 1.6e9


@pytest.fixture
def equity(theme: Theme, qtbot: QtBot) -> EquityChart:
    chart = EquityChart(theme)
    qtbot.addWidget(chart)
    chart.resize(700, 300)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


@pytest.fixture
def price(theme: Theme, qtbot: QtBot) -> PriceChart:
    chart = PriceChart(theme, 60, 2)
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def load(chart: EquityChart, count: int = 500) -> None:
    time = START + np.arange(count, dtype=np.float64)
    values = 10_000 + 50 * np.sin(np.arange(count) / 30)
    chart.load(time, np.full(count, 10_000.0), values)
    chart.show_all()


def load_bars(chart: PriceChart, count: int = 200) -> None:
    close = 4060 + np.sin(np.arange(count) / 9)
    time = START + np.arange(count, dtype=np.float64) * 60
    chart.load(time, close - 0.2, close + 0.5, close - 0.5, close)


def levels() -> tuple[PriceLevel, ...]:
    prices = {"T/P 2": 4063.6, "T/P 1": 4063.5, "Entry": 4063.4, "S/L": 4057.5}
    kinds = {"Entry": LevelKind.ENTRY, "S/L": LevelKind.SL}
    return tuple(
        PriceLevel(kinds.get(name, LevelKind.TP), at, name, f"{at:.2f}")
        for name, at in prices.items()
    )


def test_an_empty_chart_paints(equity: EquityChart, price: PriceChart) -> None:
    for chart in (equity, price):
        assert not chart.grab().isNull()
    equity.show_all()
    assert equity.drop is None


def test_everything_in_view_lies_inside_the_height(equity: EquityChart) -> None:
    load(equity)
    low, high = equity.canvas.value_span()

    assert low < 9950
    assert high > 10_050


def test_it_follows_the_newest_point(equity: EquityChart) -> None:
    load(equity)
    width = equity.canvas.span()[1] - equity.canvas.span()[0]
    for second in range(500, 700):
        equity.append(START + second, 10_000, 10_000)

    low, high = equity.canvas.span()
    assert high >= START + 699
    assert high - low == pytest.approx(width)


def test_it_stays_where_the_user_panned_to(equity: EquityChart) -> None:
    load(equity)
    equity.canvas.view.setXRange(START, START + 100, padding=0)
    equity.canvas.moved.emit()
    equity.append(START + 900, 10_000, 10_000)

    assert equity.canvas.span() == (START, START + 100)


def test_the_last_values_are_tags(equity: EquityChart) -> None:
    load(equity)
    equity.append(START + 600, 10_000, 12_645.18)
    tags = equity.canvas.values.tag_places()

    assert [tag.text for tag, _ in tags] == ["12\u202f645.18", "10\u202f000.00"]
    equity.append(START + 601, 12_000, 12_000)
    assert [tag.text for tag, _ in equity.canvas.values.tag_places()] == ["12\u202f000.00"]


def test_trades_zone_and_old_prices_change_the_picture(equity: EquityChart) -> None:
    load(equity)
    pictures = [equity.grab().toImage()]
    equity.set_marks(
        (
            EquityMark(START + 100, 10_000, Side.BUY),
            EquityMark(START + 200, 10_000, Side.SELL),
            EquityMark(START + 300, 10_000, Side.BUY, -5.0),
            EquityMark(START + 350, 10_000, Side.BUY, 5.0),
        )
    )
    pictures.append(equity.grab().toImage())
    equity.set_zone(ZoneInfo("Asia/Kathmandu"))
    pictures.append(equity.grab().toImage())
    equity.set_stale(stale=True)
    pictures.append(equity.grab().toImage())

    same = [n for n in range(1, len(pictures)) if pictures[n] == pictures[n - 1]]
    assert same == []


def test_the_price_tags_never_overlap(price: PriceChart) -> None:
    load_bars(price)
    price.set_levels(Side.BUY, levels())
    places = sorted(y for _, y in price.canvas.values.tag_places())

    assert len(places) == 5
    gaps = [b - a for a, b in pairwise(places)]
    assert min(gaps) >= TAG_HEIGHT - 1e-6


def test_every_level_is_in_sight(price: PriceChart) -> None:
    load_bars(price)
    price.set_levels(Side.SELL, (PriceLevel(LevelKind.SL, 4200.0, "S/L", "4200.00"),))
    low, high = price.canvas.value_span()

    assert low < 4059 < 4200 < high


def test_live_quotes_move_the_last_bar_and_the_view(price: PriceChart) -> None:
    load_bars(price)
    end = price.canvas.span()[1]
    price.add_quote(START + 200 * 60, 4070.5)
    price.add_quote(START + 200 * 60 + 5, 4071.25)

    assert price.series.size == 201
    assert price.canvas.span()[1] == pytest.approx(end + 1)
    assert price.canvas.values.tag_places()[-1][0].text == "4071.25"


def test_it_does_not_run_away_from_a_user_who_looks_at_the_past(price: PriceChart) -> None:
    load_bars(price)
    price.canvas.view.setXRange(10, 60, padding=0)
    price.canvas.moved.emit()
    price.add_quote(START + 200 * 60, 4070.5)

    assert price.canvas.span() == (10.0, 60.0)


def test_bars_line_marks_and_old_prices_change_the_picture(price: PriceChart) -> None:
    load_bars(price)
    pictures = [price.grab().toImage()]
    price.set_levels(Side.BUY, levels())
    pictures.append(price.grab().toImage())
    price.set_marks(
        (PriceMark(START + 9000, 4060, Side.BUY), PriceMark(START + 9900, 4060, Side.SELL, -1.0))
    )
    pictures.append(price.grab().toImage())
    price.show_as_line(line=True)
    pictures.append(price.grab().toImage())
    price.set_stale(stale=True)
    pictures.append(price.grab().toImage())

    same = [n for n in range(1, len(pictures)) if pictures[n] == pictures[n - 1]]
    assert same == []


def test_another_instrument_starts_empty(price: PriceChart) -> None:
    load_bars(price)
    price.set_levels(Side.BUY, levels())
    price.set_instrument("EURUSD", 5, 300)
    assert price.series.size == 0
    assert price.canvas.values.tag_places() == []

    price.add_quote(START, 1.08412)
    assert [tag.text for tag, _ in price.canvas.values.tag_places()] == ["1.08412"]
    assert not price.grab().isNull()


def test_charts_follow_the_theme(theme: Theme, equity: EquityChart) -> None:
    load(equity)
    dark = equity.grab().toImage()
    theme.set_scheme(Scheme.LIGHT)
    light = equity.grab().toImage()

    assert light.pixelColor(5, 5).name() == theme.palette.panel.lower()
    assert dark != light
