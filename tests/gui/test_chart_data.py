"""Charts without Qt: series that grow, thinning that keeps every extreme, ticks and tags."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from signalos_desktop.ui.charts.equity_data import EquitySeries
from signalos_desktop.ui.charts.price_data import BarSeries
from signalos_desktop.ui.charts.scale import bar_ticks, place_tags, time_ticks, value_ticks

VALUES = st.lists(st.integers(1, 1000), min_size=1, max_size=80)
PRAGUE = ZoneInfo("Europe/Prague")


def floats(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def seconds(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@given(VALUES)
def test_growing_and_loading_give_the_same_curve(values: list[int]) -> None:
    grown, loaded = EquitySeries(), EquitySeries()
    for time, value in enumerate(values):
        grown.append(time, value // 100, value)
    times = np.arange(len(values), dtype=np.float64)
    equity = np.array(values, dtype=np.float64)
    loaded.load(times, equity // 100, equity)

    assert grown.last == loaded.last
    assert grown.drop == loaded.drop
    for one, other in zip(grown.balance_steps(0, 99), loaded.balance_steps(0, 99), strict=True):
        assert one.tolist() == other.tolist()
    assert grown.outline(0, 99, 100).peak.tolist() == np.maximum.accumulate(equity).tolist()


@given(VALUES)
def test_the_largest_drop_is_that_of_the_figures(values: list[int]) -> None:
    series = EquitySeries()
    for time, value in enumerate(values):
        series.append(time, 0, value)
    falls = [max(values[: n + 1]) - value for n, value in enumerate(values)]

    assert (series.drop.amount if series.drop else 0) == max(falls)


def test_a_series_outgrows_its_first_room() -> None:
    series = EquitySeries()
    for number in range(10_000):
        series.append(number, 5, number)

    assert series.size == 10_000
    assert series.equity[[0, 4095, 4096, 9999]].tolist() == [0, 4095, 4096, 9999]


def test_a_point_that_is_not_newer_takes_the_place_of_the_last() -> None:
    series = EquitySeries()
    series.append(10, 100, 100)
    series.append(10, 100, 90)
    series.append(4, 100, 95)

    assert (series.size, series.last) == (1, (10.0, 100.0, 95.0))


@pytest.mark.parametrize("columns", [1, 7, 300, 1200])
@pytest.mark.parametrize("span", [(0, 100_000), (123, 77_777), (50_000, 50_900)])
def test_thinning_keeps_every_extreme(columns: int, span: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    equity = np.cumsum(rng.normal(0, 1, 100_000))
    series = EquitySeries()
    series.load(np.arange(100_000, dtype=np.float64), np.zeros(100_000), equity)
    shown = series.outline(*span, columns)
    part = equity[span[0] : span[1] + 1]

    assert len(shown.x) <= 2 * columns + 2 + 2 * (-(-len(part) // columns))
    assert shown.y.min() <= part.min()
    assert shown.y.max() >= part.max()
    assert (np.diff(shown.x) >= 0).all()
    assert (shown.peak >= shown.y).all()


def test_a_period_counts_its_own_peaks() -> None:
    series = EquitySeries()
    series.load(floats(1, 2, 3, 4, 5), floats(9, 9, 9, 9, 9), floats(100, 50, 60, 55, 80))
    assert series.drop is not None
    assert series.drop.amount == 50
    series.start_period(3)

    assert series.drop is not None
    assert (series.drop.time, series.drop.amount) == (4, 5)
    series.start_period(99)
    assert series.drop is None


def test_an_empty_series_has_nothing_to_show() -> None:
    series, bars = EquitySeries(), BarSeries(60)

    assert (series.last, series.drop, series.bounds(0, 1)) == (None, None, None)
    assert (bars.last_close, bars.bounds(0, 10), len(bars.bars(0, 10).x)) == (None, None, 0)


def test_the_balance_is_a_line_of_steps() -> None:
    series = EquitySeries()
    series.load(floats(0, 1, 2, 3), floats(10, 10, 12, 12), floats(10, 11, 12, 13))
    x, y = series.balance_steps(0, 9)

    assert list(zip(x.tolist(), y.tolist(), strict=True)) == [(0, 10), (2, 10), (2, 12), (3, 12)]
    assert series.value_at(1.5) == 11
    assert series.value_at(-1) is None


def test_quotes_become_bars() -> None:
    bars = BarSeries(60)
    for time, price in ((60, 5), (70, 9), (119, 4), (120, 6), (100, 99), (300, 7)):
        bars.add_quote(time, price)
    shown = bars.bars(0, 10)

    assert bars.time.tolist() == [60, 120, 300]
    assert shown.open.tolist() == [5, 6, 7]
    assert shown.high.tolist() == [9, 6, 7]
    assert shown.low.tolist() == [4, 6, 7]
    assert shown.close.tolist() == [4, 6, 7]
    assert [bars.place(time) for time in (0, 60, 119, 200, 900)] == [-1, 0, 0, 1, 2]


def test_live_bars_follow_history_and_outgrow_their_room() -> None:
    bars = BarSeries(60)
    times = np.arange(5, dtype=np.float64) * 60
    bars.load(times, *(np.full(5, price) for price in (1.0, 3.0, 0.5, 2.0)))
    for number in range(3000):
        bars.add_quote(300 + 60 * number, 2.0)

    assert bars.size == 3005
    assert bars.bounds(0, 1) == (0.5, 3.0)


@pytest.mark.parametrize("count", [10, 2000, 2001, 60_000])
def test_many_bars_are_drawn_as_few_and_keep_every_extreme(count: int) -> None:
    rng = np.random.default_rng(4)
    close = np.cumsum(rng.normal(0, 1, count))
    bars = BarSeries(60)
    bars.load(np.arange(count) * 60.0, close, close + 1, close - 1, close)
    shown = bars.bars(0, count)

    assert len(shown.x) <= 2001
    assert shown.high.max() == (close + 1).max()
    assert shown.low.min() == (close - 1).min()
    assert (shown.open[0], shown.close[-1]) == (close[0], close[-1])


@given(
    st.floats(-1e9, 1e9),
    st.floats(1e-6, 1e9),
    st.integers(1, 40),
)
def test_value_ticks_are_in_range_and_few(low: float, span: float, most: int) -> None:
    ticks = value_ticks(low, low + span, most)

    assert len(ticks) <= most + 1
    slack = span * 1e-6 + abs(low) * 1e-9
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)


@pytest.mark.parametrize("span", [(1.0, 1.0), (2.0, 1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_no_ticks_without_a_range(span: tuple[float, float]) -> None:
    assert value_ticks(*span, 5) == []
    assert time_ticks(*span, 5, UTC) == []


def test_value_ticks_are_round() -> None:
    assert value_ticks(4045.5, 4087.5, 10) == [4050, 4055, 4060, 4065, 4070, 4075, 4080, 4085]


def test_times_stand_on_round_hours_of_the_zone() -> None:
    low = seconds("2026-11-20T07:10:00")
    ticks = time_ticks(low, low + 6 * 3600, 7, PRAGUE)

    assert [text for _, text in ticks] == ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"]


def test_midnight_is_written_as_a_date() -> None:
    low = seconds("2026-11-20T18:00:00")
    ticks = time_ticks(low, low + 12 * 3600, 6, PRAGUE)

    assert "21 Nov" in [text for _, text in ticks]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_hours_stay_round_when_the_clocks_change(day: str) -> None:
    low = seconds(f"{day}T00:00:00") - 6 * 3600
    ticks = time_ticks(low, low + 24 * 3600, 10, PRAGUE)

    assert all(text.endswith((":00", "Mar", "Oct")) for _, text in ticks)
    assert [at for at, _ in ticks] == sorted({at for at, _ in ticks})


def test_bars_are_ticked_where_a_round_time_begins_even_after_a_weekend() -> None:
    friday, monday = seconds("2026-11-20T20:00:00"), seconds("2026-11-23T00:00:00")
    times = np.concatenate((friday + np.arange(12) * 300.0, monday + np.arange(36) * 300.0))
    ticks = bar_ticks(times, 100, 6, UTC)

    assert (112.0, "23 Nov") in ticks
    assert len(ticks) <= 6
    assert bar_ticks(times[:1], 0, 6, UTC) == []


@given(
    st.lists(st.floats(-200, 900), max_size=14),
    st.floats(1, 30),
)
def test_tags_never_overlap_and_stay_inside(wanted: list[float], height: float) -> None:
    top, bottom = 0.0, 600.0
    placed = place_tags(wanted, height, top, bottom)
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    centres = [placed[number] for number in order]

    assert all(top + height / 2 - 1e-6 <= y <= bottom - height / 2 + 1e-6 for y in placed)
    gaps = [b - a for a, b in pairwise(centres)]
    assert all(gap >= height - 1e-6 for gap in gaps)


def test_tags_with_room_stay_where_they_are_wanted() -> None:
    assert place_tags([300.0, 100.0, 101.0], 16, 0, 600) == [300.0, 100.0, 116.0]
    assert place_tags([], 16, 0, 600) == []
    squeezed = place_tags([5.0, 5.0, 5.0], 20, 0, 40)
    assert squeezed == [10.0, 20.0, 30.0]
