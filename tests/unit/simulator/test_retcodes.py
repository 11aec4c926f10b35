"""What the trade server says no to, and with which code."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.retcodes import RETCODES
from signalos_desktop.domain.symbols import TradeMode
from signalos_desktop.simulator.retcodes import Retcode
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest
from tests.unit.simulator.broker_bench import START, Bench, make_bench

MARKET = TradeRequest(
    TradeAction.DEAL,
    symbol="EURUSD",
    volume=Decimal("0.10"),
    type="BUY",
    filling=Filling.FOK,
)
RESTING = replace(MARKET, action=TradeAction.PENDING, type="BUY_LIMIT", price=Decimal("1.09000"))


def bench_with(**changes: Any) -> Bench:
    first = LISTINGS[0]
    return make_bench(listings=[replace(first, spec=replace(first.spec, **changes)), *LISTINGS[1:]])


def check(bench: Bench, request: TradeRequest, retcode: int) -> None:
    """The check says it before and the server says it after; the ledger has the rejected order."""
    before = len(bench.lines("order"))
    assert bench.broker.order_check(request) == retcode
    result = bench.broker.order_send(request)
    assert (result.retcode, result.accepted, result.deal) == (retcode, False, 0)
    assert [line["state"] for line in bench.lines("order")[before:]] == ["REJECTED"]
    assert bench.trades() == []


@pytest.mark.parametrize(
    ("changes", "retcode"),
    [
        ({"symbol": "NONE"}, 10013),
        ({"type": "BUY_LIMIT"}, 10013),
        ({"volume": Decimal("0.001")}, 10014),
        ({"volume": Decimal("0.015")}, 10014),
        ({"volume": Decimal("100.01")}, 10014),
        # The stops level is 10 points from the bid for a buy.
        ({"sl": Decimal("1.09991")}, 10016),
        ({"sl": Decimal("1.10500")}, 10016),
        ({"sl": Decimal("1.099001")}, 10016),
        ({"tp": Decimal("1.10009")}, 10016),
        ({"tp": Decimal("1.09000")}, 10016),
        ({"type": "SELL", "sl": Decimal("1.10019")}, 10016),
        ({"volume": Decimal("10.00")}, 10019),
        ({"filling": Filling.RETURN}, 10030),
        ({"position": 4711}, 10036),
    ],
)
def test_market_order(changes: dict[str, Any], retcode: int) -> None:
    check(make_bench(), replace(MARKET, **changes), retcode)


@pytest.mark.parametrize(
    ("changes", "retcode"),
    [
        ({"type": "BUY"}, 10013),
        ({"volume": Decimal("0.005")}, 10014),
        ({"price": Decimal("1.10001")}, 10015),
        ({"price": Decimal("1.20000")}, 10015),
        ({"price": Decimal("1.090001")}, 10015),
        ({"type": "BUY_STOP"}, 10015),
        ({"type": "SELL_LIMIT"}, 10015),
        ({"sl": Decimal("1.09500")}, 10016),
        ({"tp": Decimal("1.08500")}, 10016),
        ({"volume": Decimal("20.00")}, 10019),
        ({"expiration": START}, 10022),
    ],
)
def test_resting_order(changes: dict[str, Any], retcode: int) -> None:
    check(make_bench(), replace(RESTING, **changes), retcode)


@pytest.mark.parametrize(
    ("spec", "request_", "retcode"),
    [
        ({"trade_mode": TradeMode.DISABLED}, MARKET, 10017),
        ({"trade_mode": TradeMode.CLOSEONLY}, MARKET, 10044),
        ({"trade_mode": TradeMode.CLOSEONLY}, RESTING, 10044),
        ({"trade_mode": TradeMode.SHORTONLY}, MARKET, 10043),
        ({"trade_mode": TradeMode.LONGONLY}, replace(MARKET, type="SELL"), 10042),
        ({"filling": ("IOC",)}, MARKET, 10030),
        ({"volume_limit": Decimal("0.05")}, MARKET, 10034),
        ({"volume_limit": Decimal("0.05")}, RESTING, 10034),
        ({"order_mode": ("LIMIT",)}, MARKET, 10013),
        ({"order_mode": ("MARKET",)}, RESTING, 10013),
        (
            {"order_mode": ("MARKET", "TP")},
            replace(MARKET, sl=Decimal("1.09000")),
            10016,
        ),
        (
            {"expiration_mode": ("GTC",)},
            replace(RESTING, expiration=START + timedelta(hours=1)),
            10022,
        ),
    ],
)
def test_what_the_symbol_does_not_allow(
    spec: dict[str, Any], request_: TradeRequest, retcode: int
) -> None:
    check(bench_with(**spec), request_, retcode)


def test_volume_limit_counts_positions_and_orders_of_the_side() -> None:
    bench = bench_with(volume_limit=Decimal("0.30"))
    for request in (MARKET, RESTING):
        assert bench.broker.order_send(request).accepted
    assert bench.broker.order_check(replace(MARKET, volume=Decimal("0.11"))) == 10034
    assert bench.broker.order_check(replace(MARKET, volume=Decimal("0.10"))) == 0
    assert bench.broker.order_check(replace(MARKET, type="SELL", volume=Decimal("0.30"))) == 0


def test_instant_execution_keeps_to_the_deviation() -> None:
    bench = bench_with(exemode="INSTANT")
    asked = replace(MARKET, price=Decimal("1.10000"), deviation=9, filling=Filling.FOK)
    refused = bench.broker.order_send(asked)
    assert (refused.retcode, str(refused.price)) == (10004, "1.10010")
    assert bench.broker.order_send(replace(asked, deviation=10)).retcode == 10009


def test_frozen_near_the_levels() -> None:
    bench = bench_with(freeze_level=20, stops_level=0)
    bench.deal("BUY", "EURUSD", "0.10", sl="1.09000")
    order = bench.rest("BUY_LIMIT", "EURUSD", "0.10", "1.08900").order
    held = bench.held()
    levels = TradeRequest(
        TradeAction.SLTP, symbol="EURUSD", position=held.ticket, sl=Decimal("1.08800")
    )
    remove = TradeRequest(TradeAction.REMOVE, order=order)
    bench.quote("EURUSD", "1.09020", "1.09030")
    assert bench.broker.order_check(levels) == 10029
    assert bench.close(held).retcode == 10029
    assert bench.broker.order_check(remove) == 0
    bench.quote("EURUSD", "1.09021", "1.09031")
    assert bench.broker.order_send(levels).retcode == 10009
    bench.quote("EURUSD", "1.08910", "1.08920")
    assert bench.broker.order_check(remove) == 10029


def test_levels_of_a_position() -> None:
    bench = make_bench()
    bench.deal("BUY", "EURUSD", "0.10", sl="1.09000")
    ticket = bench.held().ticket

    def levels(sl: str, tp: str) -> int:
        request = TradeRequest(
            TradeAction.SLTP, symbol="EURUSD", position=ticket, sl=Decimal(sl), tp=Decimal(tp)
        )
        return bench.broker.order_send(request).retcode

    assert levels("1.09000", "0") == 10025
    assert levels("1.10000", "0") == 10016
    assert levels("1.09500", "1.12000") == 10009
    assert (bench.held().sl, bench.held().tp) == (Decimal("1.09500"), Decimal("1.12000"))
    assert levels("0", "1.12000") == 10009
    assert bench.held().sl is None
    assert bench.broker.order_send(TradeRequest(TradeAction.SLTP, position=9)).retcode == 10036


@pytest.mark.parametrize(
    ("mode", "retcode"), [(TradeMode.DISABLED, 10017), (TradeMode.CLOSEONLY, 10009)]
)
def test_a_disabled_symbol_cannot_even_be_closed_a_close_only_one_can(
    mode: TradeMode, retcode: int, tmp_path: Path
) -> None:
    state = tmp_path / "state.sqlite3"
    bench = make_bench(state=state)
    bench.deal("BUY", "EURUSD", "0.10")
    bench.ledger.close()
    first = LISTINGS[0]
    changed = [replace(first, spec=replace(first.spec, trade_mode=mode)), *LISTINGS[1:]]
    bench = make_bench(state=state, listings=changed)
    assert bench.close(bench.held()).retcode == retcode
    bench.ledger.close()


def test_a_currency_without_a_rate_cannot_be_traded() -> None:
    check(make_bench(currency="CHF"), MARKET, 10021)


def test_comments_are_cut_at_31_characters() -> None:
    bench = make_bench()
    bench.broker.order_send(replace(MARKET, comment="#1 " + "x" * 40))
    assert len(bench.held().comment) == 31


def test_the_simulated_server_names_its_codes_as_the_table_does() -> None:
    assert {code.name: RETCODES[code].name for code in Retcode} == {
        code.name: code.name for code in Retcode
    }
