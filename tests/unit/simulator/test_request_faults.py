"""The faults of the trade server: what is answered, and what the ledger says was done."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest
from tests.unit.simulator.broker_bench import START, VirtualClock, make_bench


def test_partial_fill() -> None:
    bench = make_bench(faults=["partial:0.4"])
    result = bench.deal("BUY", "EURUSD", "0.50")
    assert (result.retcode, result.accepted, result.volume) == (10010, True, Decimal("0.20"))
    assert bench.held().volume == Decimal("0.20")
    (order,) = bench.lines("order")
    assert (order["state"], order["volume"], order["retcode"]) == ("PARTIAL", "0.5", "10010")
    (deal,) = bench.trades()
    assert (deal.volume, str(deal.commission)) == (Decimal("0.20"), "-0.70")
    assert bench.broker.order_filled(result.order) is True


@pytest.mark.parametrize(("volume", "filled"), [("0.02", "0.01"), ("0.03", "0.01")])
def test_a_partial_fill_is_never_nothing_nor_all(volume: str, filled: str) -> None:
    bench = make_bench(faults=["partial:0.01"])
    assert bench.deal("BUY", "EURUSD", volume).volume == Decimal(filled)


def test_the_smallest_volume_cannot_be_cut_and_leaves_the_fault_armed() -> None:
    bench = make_bench(faults=["partial"])
    assert bench.deal("BUY", "EURUSD", "0.01").retcode == 10009
    assert bench.faults.on("partial")


def test_partial_close_by_fault() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50")
    bench.faults.arm("partial:0.5")
    assert bench.close(bench.held()).retcode == 10010
    assert bench.held().volume == Decimal("0.25")


@pytest.mark.parametrize(("fault", "retcode"), [("requote:2", 10004), ("price-changed:2", 10020)])
def test_refused_for_the_price_then_done(fault: str, retcode: int) -> None:
    bench = make_bench(faults=[fault])
    answers = [bench.deal("BUY", "EURUSD", "0.50") for _ in range(3)]
    assert [answer.retcode for answer in answers] == [retcode, retcode, 10009]
    assert [answer.accepted for answer in answers] == [False, False, True]
    assert str(answers[0].price) == "1.10010"
    states = [(line["state"], line["retcode"]) for line in bench.lines("order")]
    assert states == [("REJECTED", str(retcode))] * 2 + [("FILLED", "10009")]
    assert len(bench.trades()) == 1


def test_reject_with_a_chosen_code() -> None:
    bench = make_bench(faults=["reject:10024"])
    assert bench.rest("BUY_LIMIT", "EURUSD", "0.50", "1.09000").retcode == 10024
    assert bench.broker.orders() == ()
    assert bench.lines("order")[-1]["retcode"] == "10024"


def test_timeout_executed_hides_what_was_done() -> None:
    bench = make_bench(faults=["timeout-executed"])
    result = bench.deal("BUY", "EURUSD", "0.50", comment="#4")
    assert (result.retcode, result.accepted, result.order, result.deal) == (10012, False, 0, 0)
    assert bench.held().comment == "#4"


def test_timeout_not_executed_leaves_no_trace() -> None:
    bench = make_bench(faults=["timeout-not-executed"])
    assert bench.deal("BUY", "EURUSD", "0.50").retcode == 10012
    assert bench.broker.positions() == ()
    assert bench.lines("order") == []


def test_late_execution_happens_at_the_price_of_its_time() -> None:
    bench = make_bench(faults=["late-execution:30"])
    assert bench.deal("BUY", "EURUSD", "0.50", comment="#5").retcode == 10012
    bench.quote("EURUSD", "1.10300", "1.10310", after=29.5)
    assert bench.broker.positions() == ()
    bench.wait(0.5)
    assert (bench.held().comment, str(bench.held().price_open)) == ("#5", "1.10310")


def test_a_late_close_of_what_is_gone_is_rejected_in_the_ledger() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50")
    held = bench.held()
    bench.faults.arm("late-execution:10")
    bench.close(held)
    assert bench.close(held).retcode == 10009
    bench.wait(10)
    assert bench.lines("order")[-1]["retcode"] == "10036"
    assert len(bench.trades()) == 2


def test_slippage_is_always_for_the_worse() -> None:
    bench = make_bench(faults=["slippage:7"])
    assert str(bench.deal("BUY", "EURUSD", "0.10").price) == "1.10017"
    assert str(bench.close(bench.held()).price) == "1.09993"
    bench.rest("BUY_LIMIT", "EURUSD", "0.10", "1.09000")
    bench.quote("EURUSD", "1.08990", "1.09000")
    assert str(bench.held().price_open) == "1.09000"


def test_algo_trading_off() -> None:
    bench = make_bench(faults=["algo-off"])
    assert not bench.broker.permissions().terminal_trade
    assert bench.deal("BUY", "EURUSD", "0.50").retcode == 10027
    assert bench.lines("order") == []
    bench.faults.clear("algo-off")
    assert bench.deal("BUY", "EURUSD", "0.50").retcode == 10009


def test_market_closed_refuses_everything_and_stops_the_ticks() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09500")
    placed = bench.rest("BUY_LIMIT", "EURUSD", "0.50", "1.09000").order
    bench.wait(1)
    bench.faults.arm("market-closed")
    held = bench.held()
    before = bench.broker.quotes()
    bench.wait(60)
    assert [quote.time for quote in bench.broker.quotes()] == [quote.time for quote in before]
    for request in (
        TradeRequest(TradeAction.SLTP, symbol="EURUSD", position=held.ticket),
        TradeRequest(TradeAction.REMOVE, order=placed),
    ):
        assert bench.broker.order_send(request).retcode == 10018
        assert bench.broker.order_check(request) == 10018
    assert bench.close(held).retcode == 10018
    bench.quote("EURUSD", "1.08000", "1.08010")
    assert len(bench.broker.positions()) == 1
    bench.faults.clear("market-closed")
    bench.wait(1)
    assert bench.broker.orders() == ()
    assert {deal.reason for deal in bench.trades()} == {"SL", "EXPERT"}


def test_without_a_connection_the_picture_stands_still_and_the_broker_goes_on() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09500")
    resting = bench.rest("SELL_LIMIT", "GBPUSD", "0.10", "1.26000").order
    seen = bench.broker.positions()
    bench.faults.arm("no-connection:60")
    bench.wait(0)
    bench.quote("EURUSD", "1.09000", "1.09010")
    bench.quote("GBPUSD", "1.26000", "1.26010")
    assert not bench.broker.permissions().connected
    assert bench.broker.positions() == seen
    assert [order.ticket for order in bench.broker.orders()] == [resting]
    assert bench.broker.order_filled(resting) is None
    assert len(bench.trades()) == 1
    assert bench.balance() == "9998.25"
    assert {str(quote.bid) for quote in bench.broker.quotes()} >= {"1.10000"}
    assert bench.deal("BUY", "EURUSD", "0.10").retcode == 10031
    bench.wait(60)
    assert bench.broker.permissions().connected
    assert [held.symbol for held in bench.broker.positions()] == ["GBPUSD"]
    assert bench.broker.order_filled(resting) is True
    assert [deal.reason for deal in bench.trades()] == ["EXPERT", "SL", "EXPERT"]


def test_a_slow_line_deals_at_the_price_of_arrival() -> None:
    clock = VirtualClock()
    market = Market(LISTINGS, seed=1, now=clock.now)
    market.set_quote("EURUSD", Decimal("1.10000"), Decimal("1.10010"))

    def pass_time(seconds: float) -> None:
        clock.add(seconds)
        market.set_quote("EURUSD", Decimal("1.10200"), Decimal("1.10210"))

    broker = Broker(
        terms=AccountTerms(),
        market=market,
        ledger=Ledger(),
        faults=Faults((), Random(1)),
        clock=clock,
        send_delay=2.5,
        delay=pass_time,
    )
    request = TradeRequest(
        TradeAction.DEAL, symbol="EURUSD", volume=Decimal("0.10"), type="BUY", filling=Filling.FOK
    )
    assert str(broker.order_send(request).price) == "1.10210"
    (held,) = broker.positions()
    assert held.time == START + timedelta(seconds=2.5)
    assert broker.time_gmt() == START + timedelta(seconds=2)
    assert broker.server_utc_offset() == 7200
