"""Deals and positions of a hedging account, seen in the ledger with the right money."""

from decimal import Decimal

from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest
from tests.unit.simulator.broker_bench import make_bench


def test_open_and_close_move_the_balance_by_profit_and_commission() -> None:
    bench = make_bench()
    opened = bench.deal("BUY", "EURUSD", "0.50", sl="1.09500", tp="1.11000", comment="#1 gold")
    assert (opened.retcode, opened.accepted, str(opened.price)) == (10009, True, "1.10010")
    held = bench.held()
    assert (held.ticket, held.identifier, held.comment, held.magic) == (
        opened.order,
        opened.order,
        "#1 gold",
        77,
    )
    assert bench.balance() == "9998.25"
    bench.quote("EURUSD", "1.10500", "1.10510")
    assert str(bench.held().profit) == "245.00"
    closed = bench.close(bench.held(), comment="#2")
    assert bench.broker.positions() == ()
    assert bench.balance() == "10241.50"
    first, last = bench.trades()
    assert (first.entry.name, str(first.commission), str(first.profit)) == ("IN", "-1.75", "0")
    assert (last.ticket, last.entry, last.type, str(last.profit), last.comment) == (
        closed.deal,
        "OUT",
        "SELL",
        "245.00",
        "#2",
    )
    assert last.position_id == opened.order
    assert bench.broker.order_filled(opened.order) is True


def test_opposite_positions_stand_side_by_side_and_cost_the_larger_margin() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50")
    bench.deal("SELL", "EURUSD", "0.20")
    assert [held.side.name for held in bench.broker.positions()] == ["BUY", "SELL"]
    assert str(bench.broker.account().margin) == "550.05"


def test_a_part_is_closed_with_its_share_of_the_swap() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50")
    bench.wait(2 * 86_400)
    # Tuesday's night once, Wednesday's three times: -7.2 points * 0.5 lots * 4.
    assert str(bench.held().swap) == "-14.40"
    bench.quote("EURUSD", "1.10210", "1.10220")
    bench.close(bench.held(), "0.20")
    last = bench.trades()[-1]
    assert (str(last.profit), str(last.swap), str(last.commission)) == ("40.00", "-5.76", "-0.70")
    rest = bench.held()
    assert (rest.volume, str(rest.swap)) == (Decimal("0.30"), "-8.64")
    assert str(bench.broker.account().margin) == "330.03"
    # 10000 - 1.75 at the open, then 40.00 - 5.76 - 0.70.
    assert bench.balance() == "10031.79"


def test_closing_asks_for_the_right_position() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.50")
    held = bench.held()
    assert bench.deal("BUY", "EURUSD", "0.50", position=held.ticket).retcode == 10013
    assert bench.deal("SELL", "GBPUSD", "0.50", position=held.ticket).retcode == 10013
    assert bench.deal("SELL", "EURUSD", "0.60", position=held.ticket).retcode == 10038
    assert bench.deal("SELL", "EURUSD", "0.50", position=held.ticket).retcode == 10009
    assert bench.deal("SELL", "EURUSD", "0.50", position=held.ticket).retcode == 10036


def test_the_owner_may_trade_by_hand_and_pay_in() -> None:
    bench = make_bench(faults=["algo-off", "no-connection", "requote:9"])
    bench.deal("BUY", "EURUSD", "0.10")
    bench.faults.clear("no-connection")
    bench.faults.clear("algo-off")
    bench.wait(1)
    request = TradeRequest(
        TradeAction.DEAL,
        magic=5,
        symbol="EURUSD",
        volume=Decimal("0.10"),
        type="BUY",
        filling=Filling.FOK,
    )
    assert bench.broker.trade_by_hand(request).retcode == 10009
    bench.broker.deposit(Decimal("-250.00"))
    (deal,) = bench.trades()
    assert (deal.reason, deal.magic) == ("CLIENT", 0)
    assert bench.balance() == "9749.65"
