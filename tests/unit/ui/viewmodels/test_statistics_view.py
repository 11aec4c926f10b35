"""Statistics as the page shows them: periods, results in R, what is not known, the CSV."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.ui.viewmodels.statistics import BY_HAND, TradeBook, as_csv, make_bins
from tests.gui.panel_samples import deal_seen

D = Decimal
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def trade(position: int, profit: str, closed: datetime, symbol: str = "EURUSD") -> list[Deal]:
    out = deal_seen(2 * position + 1, DealEntry.OUT, profit).deal
    common = {"position_id": position, "symbol": symbol, "commission": D(0)}
    opening = replace(
        out, **common, ticket=2 * position, entry=DealEntry.IN, type="BUY", profit=D(0),
        time=closed - timedelta(hours=1),
    )  # fmt: skip
    return [opening, replace(out, **common, time=closed)]


def book() -> TradeBook:
    deals = [
        *trade(1, "150", NOW - timedelta(hours=2)),
        *trade(2, "-100", NOW - timedelta(days=3)),
        *trade(3, "40", NOW - timedelta(days=100), "XAUUSD"),
    ]
    return TradeBook(deals, {1: "Meridian", 2: "Meridian"}, {1: D(100), 2: D(100)})


def test_a_period_counts_what_was_closed_in_it() -> None:
    counts = [
        len(book().summary(p, NOW, UTC, 2).trades)
        for p in ("Today", "Week", "Month", "Year", "All")
    ]
    assert counts == [1, 2, 2, 3, 3]


def test_results_in_r_know_only_what_was_risked() -> None:
    summary = book().summary("All", NOW, UTC, 2)
    assert summary.in_r == 2
    assert {f.title: f.figure for f in summary.figures}["Expectancy"] == "+0.25 R"
    assert [(b.centre, b.count) for b in summary.bins if b.count] == [(D("-1.0"), 1), (D("1.5"), 1)]
    by_name = {line.name: line.each for line in summary.providers}
    assert by_name == {"Meridian": D("0.25"), BY_HAND: None}


def test_the_curve_starts_at_nothing_and_ends_at_the_net_result() -> None:
    curve = book().summary("All", NOW, UTC, 2).curve
    assert curve[0][1] == 0
    assert curve[-1][1] == 90
    assert [time for time, _ in curve] == sorted(time for time, _ in curve)


def test_the_best_day_and_its_share_of_all_days_in_profit() -> None:
    found = {f.title: f for f in book().summary("All", NOW, UTC, 2).figures}["Best day"]
    assert (found.figure, found.note) == ("+150.00", "78.9 % of gains")


def test_without_trades_nothing_is_divided() -> None:
    summary = TradeBook().summary("All", NOW, UTC, 2)
    assert (summary.curve, summary.bins, summary.providers) == ((), (), ())
    assert [f.figure for f in summary.figures][2:4] == ["none", "none"]


def test_extreme_results_are_counted_at_the_ends() -> None:
    bins = make_bins([D(100), D(-50)])
    assert (bins[0].centre, bins[0].count) == (D(-2), 1)
    assert (bins[-1].centre, bins[-1].count) == (D(4), 1)


def test_the_csv_holds_no_formula() -> None:
    deals = trade(1, "150", NOW, '=HYPERLINK("x")')
    made = TradeBook(deals, {1: "+cmd|' /C calc'!A0"}, {1: D(100)})
    lines = as_csv(made, made.trades).splitlines()
    assert len(lines) == 2
    assert '"\'=HYPERLINK(""x"")"' in lines[1]
    assert "\"'+cmd" in lines[1]
    assert ",150.0" not in lines[1] or ",1.5" in lines[1]
