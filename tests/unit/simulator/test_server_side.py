"""What the server does of itself: S/L, T/P, resting orders, gaps, swap, stop-out, expiry."""

from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.simulator.sessions import Calendar
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.unit.simulator.broker_bench import START, make_bench


def test_stop_loss_closes_at_the_market() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09500", comment="#1")
    bench.quote("EURUSD", "1.09501", "1.09511")
    assert len(bench.broker.positions()) == 1
    bench.quote("EURUSD", "1.09500", "1.09510")
    assert bench.broker.positions() == ()
    last = bench.trades()[-1]
    assert (last.reason, last.comment, last.magic) == ("SL", "[sl 1.09500]", 77)
    assert (str(last.price), str(last.profit)) == ("1.09500", "-255.00")
    assert bench.balance() == "9741.50"


def test_gap_through_the_stop_loss_costs_the_gap() -> None:
    bench = make_bench()
    bench.deal("SELL", "XAUUSD", "0.33", sl="2406.00")
    bench.quote("XAUUSD", "2419.80", "2420.00")
    last = bench.trades()[-1]
    assert (last.reason, last.comment) == ("SL", "[sl 2406.00]")
    # (2400.00 - 2420.00) * 100 * 0.33; commission 2 * 1.16
    assert (str(last.price), str(last.profit)) == ("2420.00", "-660.00")
    assert bench.balance() == "9337.68"


def test_the_gap_fault_jumps_through_the_oldest_stop_once() -> None:
    bench = make_bench(faults=["gap:0.01"])
    bench.deal("BUY", "EURUSD", "0.10")
    bench.deal("BUY", "EURUSD", "0.10", sl="1.09000")
    bench.wait(1)
    last = bench.trades()[-1]
    assert (last.reason, str(last.price), str(last.profit)) == ("SL", "1.07910", "-210.00")
    assert len(bench.broker.positions()) == 1
    assert bench.faults.hits["gap"] == 1


def test_take_profit() -> None:
    bench = make_bench()
    bench.deal("SELL", "USDJPY", "0.30", tp="149.400")
    bench.quote("USDJPY", "149.390", "149.400")
    last = bench.trades()[-1]
    assert (last.reason, last.comment, str(last.profit)) == ("TP", "[tp 149.400]", "120.48")


@pytest.mark.parametrize(
    ("type_", "price", "still", "there", "filled"),
    [
        ("BUY_STOP", "1.10500", "1.10499", "1.10500", "1.10500"),
        ("BUY_STOP", "1.10500", "1.10499", "1.10700", "1.10700"),
        ("BUY_LIMIT", "1.09500", "1.09501", "1.09500", "1.09500"),
        ("BUY_LIMIT", "1.09500", "1.09501", "1.09400", "1.09400"),
        # Selling orders look at the bid, ten points below.
        ("SELL_STOP", "1.09500", "1.09511", "1.09510", "1.09500"),
        ("SELL_LIMIT", "1.10500", "1.10509", "1.10610", "1.10600"),
    ],
)
def test_resting_order_fills_when_its_price_is_reached(
    type_: str, price: str, still: str, there: str, filled: str
) -> None:
    bench = make_bench()
    placed = bench.rest(type_, "EURUSD", "0.20", price, comment="#7 rest")
    assert (placed.retcode, placed.deal) == (10008, 0)
    for ask in (still, there):
        assert len(bench.broker.orders()) == 1
        assert bench.broker.order_filled(placed.order) is None
        bench.quote("EURUSD", str(Decimal(ask) - Decimal("0.00010")), ask)
    assert bench.broker.orders() == ()
    held = bench.held()
    assert (held.ticket, held.comment, str(held.price_open)) == (placed.order, "#7 rest", filled)
    assert bench.broker.order_filled(placed.order) is True
    assert [line["state"] for line in bench.lines("order")] == ["PLACED", "FILLED"]
    assert bench.lines("deal")[-1]["price"] == filled.rstrip("0")


def test_resting_order_without_money_at_its_price_is_dropped() -> None:
    bench = make_bench(balance="1000")
    placed = bench.rest("BUY_STOP", "EURUSD", "0.50", "1.10500")
    bench.deal("BUY", "GBPUSD", "0.60")
    bench.quote("EURUSD", "1.10490", "1.10500")
    line = bench.lines("order")[-1]
    assert (line["state"], line["retcode"]) == ("REJECTED", "10019")
    assert bench.broker.order_filled(placed.order) is False
    assert len(bench.trades()) == 1


def test_resting_order_is_changed_cancelled_and_expires() -> None:
    bench = make_bench()
    kept = bench.rest("BUY_LIMIT", "EURUSD", "0.20", "1.09000").order
    change = TradeRequest(
        TradeAction.MODIFY,
        order=kept,
        price=Decimal("1.09100"),
        sl=Decimal("1.08000"),
        expiration=START + timedelta(hours=1),
    )
    assert bench.broker.order_send(change).retcode == 10009
    assert bench.broker.order_send(change).retcode == 10025
    (resting,) = bench.broker.orders()
    assert (resting.price, resting.sl) == (Decimal("1.09100"), Decimal("1.08000"))
    other = bench.rest("SELL_LIMIT", "EURUSD", "0.20", "1.12000").order
    remove = TradeRequest(TradeAction.REMOVE, order=other)
    assert bench.broker.order_send(remove).retcode == 10009
    assert bench.broker.order_send(remove).retcode == 10035
    bench.wait(3599)
    assert len(bench.broker.orders()) == 1
    bench.wait(1)
    states = [line["state"] for line in bench.lines("order")]
    assert states == ["PLACED", "PLACED", "PLACED", "CANCELLED", "EXPIRED"]
    assert bench.broker.order_filled(kept) is False


def test_swap_is_charged_at_the_servers_midnight() -> None:
    bench = make_bench()
    bench.deal("BUY", "USDJPY", "1.00")
    bench.deal("SELL", "EURUSD", "1.00")
    bench.deal("SELL", "GER40", "1.0")
    # Tuesday 12:00 UTC; the server's midnight is at 22:00 UTC.
    bench.wait(36_000 - 1)
    assert [held.swap for held in bench.broker.positions()] == [0, 0, 0]
    bench.wait(1)
    # 11.4 points: 1140 JPY / 150.010. 2.4 points: 2.40. 60 points: 0.60 EUR * 1.10000.
    nightly = [str(held.swap) for held in bench.broker.positions()]
    assert nightly == ["7.60", "2.40", "0.66"]
    account = bench.broker.account()
    assert account.equity == account.balance + sum(
        held.swap + held.profit for held in bench.broker.positions()
    )
    bench.wait(86_400)
    # Wednesday counts three times in currencies.
    assert [str(held.swap) for held in bench.broker.positions()] == ["30.40", "9.60", "1.32"]
    bench.wait(4 * 86_400)
    # Thursday and Friday, which counts three times in indices; nothing at the weekend.
    assert [str(held.swap) for held in bench.broker.positions()] == ["45.60", "14.40", "3.96"]


def test_nights_that_were_slept_through_are_charged_at_the_next_look() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "1.00")
    bench.clock.add(7 * 86_400)
    bench.broker.advance(bench.clock.now)
    assert str(bench.held().swap) == "-50.40"


def test_stop_out_closes_the_largest_loss_first() -> None:
    bench = make_bench(balance="1000")
    bench.deal("BUY", "EURUSD", "0.40", comment="#1")
    bench.deal("BUY", "GBPUSD", "0.10", comment="#2")
    # Balance 1000 - 1.40 - 0.35; margin 440.04 + 125.01; stop-out below equity 282.53.
    bench.quote("EURUSD", "1.08232", "1.08242")
    # Loss 711.20 + 1.00: equity 286.05, level 50.62.
    assert len(bench.broker.positions()) == 2
    bench.quote("EURUSD", "1.08222", "1.08232")
    # Loss 715.20 + 1.00: equity 282.05, level 49.92.
    last = bench.trades()[-1]
    assert (last.reason, last.comment, str(last.profit)) == ("SO", "so", "-715.20")
    assert bench.held().symbol == "GBPUSD"
    # 998.25 - 715.20 - 1.40
    assert bench.balance() == "281.65"
    assert str(bench.broker.account().margin_level) == "224.50"


def test_nothing_triggers_while_the_market_is_closed() -> None:
    bench = make_bench(calendar=Calendar.REAL)
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09500")
    bench.deal("BUY", "BTCUSD", "0.01", sl="60000.00")
    friday_night = START + timedelta(days=3, hours=10)
    bench.wait((friday_night - START).total_seconds())
    bench.quote("EURUSD", "1.08000", "1.08010")
    bench.quote("BTCUSD", "59000.00", "59018.00")
    assert bench.held().symbol == "EURUSD"
    quotes = {quote.symbol: quote.time for quote in bench.broker.quotes()}
    assert quotes["EURUSD"] < friday_night < quotes["BTCUSD"]
    assert bench.close(bench.held()).retcode == 10018
    bench.wait(2 * 86_400)
    # Monday: filled at the price the market opened with; 4 nights of Tuesday to Friday are six.
    last = bench.trades()[-1]
    assert (last.reason, str(last.price), str(last.swap)) == ("SL", "1.08000", "-21.60")
