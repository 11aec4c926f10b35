"""One position per symbol: added to, reduced, turned round; money as the ledger shows it."""

from decimal import Decimal

from signalos_desktop.domain.values import Side
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.unit.simulator.broker_bench import Bench, make_bench


def grown() -> Bench:
    bench = make_bench(netting=True)
    bench.deal("BUY", "EURUSD", "0.50", sl="1.09000", comment="#1")
    bench.quote("EURUSD", "1.10200", "1.10210")
    bench.deal("BUY", "EURUSD", "0.50", comment="#2")
    return bench


def test_adding_averages_the_price_and_keeps_the_ticket() -> None:
    bench = grown()
    held = bench.held()
    assert (held.ticket, held.volume, held.comment) == (100001, Decimal("1.00"), "#1")
    assert held.price_open == Decimal("1.10110")
    assert held.sl == Decimal("1.09000")
    assert str(bench.broker.account().margin) == "1101.10"


def test_an_average_keeps_three_digits_more_than_the_price() -> None:
    bench = make_bench(netting=True)
    bench.deal("BUY", "EURUSD", "0.10")
    bench.quote("EURUSD", "1.10010", "1.10020")
    bench.deal("BUY", "EURUSD", "0.20")
    assert str(bench.held().price_open) == "1.10016667"


def test_reduction_realises_its_part() -> None:
    bench = grown()
    bench.quote("EURUSD", "1.10400", "1.10410")
    bench.deal("SELL", "EURUSD", "0.40")
    last = bench.trades()[-1]
    assert (last.entry, str(last.profit), last.position_id) == ("OUT", "116.00", 100001)
    held = bench.held()
    assert (held.side, held.volume, held.price_open) == (
        Side.BUY,
        Decimal("0.60"),
        Decimal("1.10110"),
    )
    # 10000 - 1.75 - 1.75 + 116.00 - 1.40
    assert bench.balance() == "10111.10"


def test_reversal_is_one_inout_deal() -> None:
    bench = grown()
    bench.quote("EURUSD", "1.10300", "1.10310")
    turned = bench.deal("SELL", "EURUSD", "1.40", sl="1.11000", comment="#3")
    last = bench.trades()[-1]
    assert (last.entry, last.volume, str(last.profit)) == ("INOUT", Decimal("1.40"), "190.00")
    held = bench.held()
    assert (held.side, held.volume, held.price_open) == (
        Side.SELL,
        Decimal("0.40"),
        Decimal("1.10300"),
    )
    assert (held.ticket, held.identifier, held.comment) == (turned.order, 100001, "#3")
    assert (held.sl, str(bench.broker.account().margin)) == (Decimal("1.11000"), "441.20")
    # 10000 - 3.50 + 190.00 - 4.90
    assert bench.balance() == "10181.60"


def test_exact_opposite_closes() -> None:
    bench = grown()
    bench.deal("SELL", "EURUSD", "1.00")
    assert bench.broker.positions() == ()
    assert str(bench.trades()[-1].profit) == "90.00"
    assert bench.broker.account().margin == 0


def test_levels_go_by_symbol() -> None:
    bench = grown()
    request = TradeRequest(TradeAction.SLTP, symbol="EURUSD", sl=Decimal("1.09500"))
    assert bench.broker.order_send(request).retcode == 10009
    assert bench.held().sl == Decimal("1.09500")
    assert bench.broker.order_send(request).retcode == 10025


def test_a_reduction_needs_no_money() -> None:
    bench = make_bench(netting=True, balance="600")
    bench.deal("BUY", "EURUSD", "0.50")
    assert bench.deal("BUY", "EURUSD", "0.10").retcode == 10019
    assert bench.deal("SELL", "EURUSD", "2.00").retcode == 10019
    assert bench.deal("SELL", "EURUSD", "0.50").retcode == 10009
