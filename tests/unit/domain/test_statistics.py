"""Trades made of deals, and figures made of trades."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.statistics import (
    BestDay,
    ClosedTrade,
    best_day,
    by_day,
    by_provider,
    by_symbol,
    closed_trades,
    summarise,
)
from signalos_desktop.domain.values import ZERO, Side
from tests.unit.domain.samples import NOW, deal, dec

IN, OUT, INOUT = DealEntry.IN, DealEntry.OUT, DealEntry.INOUT


def test_a_trade_from_opening_to_end() -> None:
    deals = [
        deal(3, "SELL", OUT, "1.1020", volume=dec("0.4"), profit=dec("80"), swap=dec("-2")),
        deal(1, "BUY", IN, "1.1000", commission=dec("-3.5")),
        deal(2, "SELL", OUT, "1.1010", volume=dec("0.6"), profit=dec("60")),
        deal(4, "BALANCE", IN, "0", profit=dec("500")),
    ]
    (trade,) = closed_trades(deals, {1: "VIP"})
    assert trade == ClosedTrade(
        position_id=1,
        symbol="EURUSD",
        side=Side.BUY,
        volume=dec("1.0"),
        opened=NOW + timedelta(minutes=1),
        closed=NOW + timedelta(minutes=3),
        price_open=dec("1.1000"),
        price_close=dec("1.1014"),
        profit=dec("140"),
        costs=dec("-5.5"),
        provider="VIP",
    )
    assert trade.net == dec("134.5")


def test_a_trade_that_is_still_open_in_part_is_not_closed() -> None:
    deals = [deal(1, "BUY", IN, "1.1"), deal(2, "SELL", OUT, "1.2", volume=dec("0.5"))]
    assert closed_trades(deals) == ()


def test_additions_give_an_average_price() -> None:
    deals = [
        deal(1, "SELL", IN, "1.10"),
        deal(2, "SELL", IN, "1.20"),
        deal(3, "BUY", OUT, "1.05", volume=dec("2"), profit=dec("200")),
    ]
    (trade,) = closed_trades(deals)
    assert (trade.side, trade.volume, trade.price_open) == (Side.SELL, dec("2"), dec("1.15"))


def test_a_reversal_ends_one_trade_and_begins_the_next() -> None:
    deals = [
        deal(1, "BUY", IN, "1.10"),
        deal(2, "SELL", INOUT, "1.12", volume=dec("3"), profit=dec("200"), commission=dec("-7")),
        deal(3, "BUY", OUT, "1.11", volume=dec("2"), profit=dec("20")),
    ]
    first, second = closed_trades(deals)
    assert (first.side, first.volume, first.net) == (Side.BUY, dec("1"), dec("193"))
    assert (second.side, second.volume, second.net) == (Side.SELL, dec("2"), dec("20"))
    assert (second.price_open, second.opened) == (dec("1.12"), NOW + timedelta(minutes=2))


def test_a_trade_whose_opening_is_not_known_still_counts_its_money() -> None:
    (trade,) = closed_trades([deal(5, "SELL", OUT, "1.12", profit=dec("-30"))])
    assert (trade.side, trade.opened, trade.price_open) == (Side.BUY, None, None)
    assert trade.net == dec("-30")


def trades(*results: str) -> list[ClosedTrade]:
    (first,) = closed_trades([deal(1, "BUY", IN, "1.1"), deal(2, "SELL", OUT, "1.1")])
    return [
        replace(first, position_id=at, profit=dec(net), closed=NOW + timedelta(hours=at))
        for at, net in enumerate(results)
    ]


def test_figures() -> None:
    figures = summarise(trades("100", "-50", "-30", "0", "60", "-20"))
    assert (figures.trades, figures.wins, figures.losses) == (6, 2, 3)
    assert (figures.net_profit, figures.gross_profit, figures.gross_loss) == (
        dec("60"),
        dec("160"),
        dec("-100"),
    )
    assert figures.win_rate == dec("200") / 6
    assert figures.profit_factor == dec("1.6")
    assert (figures.average_win, figures.average_loss) == (dec("80"), dec("-100") / 3)
    assert figures.expectancy == dec("10")
    assert (figures.best, figures.worst) == (dec("100"), dec("-50"))
    assert (figures.max_drawdown, figures.losing_streak) == (dec("80"), 2)


def test_a_first_loss_is_a_fall_from_nothing() -> None:
    assert summarise(trades("-50", "20")).max_drawdown == dec("50")


def test_figures_of_nothing() -> None:
    figures = summarise([])
    assert (figures.trades, figures.net_profit, figures.max_drawdown) == (0, ZERO, ZERO)
    unknown = (figures.win_rate, figures.profit_factor, figures.expectancy, figures.best)
    assert unknown == (None, None, None, None)
    assert summarise(trades("5")).profit_factor is None


def test_groups() -> None:
    one, two, three = trades("10", "-5", "7")
    made = [
        replace(one, symbol="XAUUSD", provider="VIP"),
        replace(two, closed=NOW.replace(hour=23, minute=30)),
        replace(three, provider="VIP"),
    ]
    assert {name: s.net_profit for name, s in by_symbol(made).items()} == {
        "XAUUSD": dec("10"),
        "EURUSD": dec("2"),
    }
    assert {name: s.trades for name, s in by_provider(made).items()} == {"VIP": 2, "": 1}
    assert list(by_day(made, UTC)) == [date(2026, 3, 4)]
    assert list(by_day(made, ZoneInfo("Europe/Prague"))) == [date(2026, 3, 4), date(2026, 3, 5)]


def test_the_best_day_counts_the_days_of_its_zone() -> None:
    one, two, three = trades("10", "-5", "30")
    late = NOW.replace(hour=23, minute=30)
    made = [one, two, replace(three, closed=late)]
    assert best_day(made, UTC) == BestDay(date(2026, 3, 4), dec("35"), dec("100"))
    in_prague = best_day(made, ZoneInfo("Europe/Prague"))
    assert in_prague is not None
    assert (in_prague.day, in_prague.net) == (date(2026, 3, 5), dec("30"))
    assert round(in_prague.share, 2) == dec("85.71")
    assert best_day([two], UTC) is None
