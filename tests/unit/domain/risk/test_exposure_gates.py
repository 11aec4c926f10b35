"""Caps on what is held: everything open, resting, on its way or unclear counts."""

from dataclasses import replace
from typing import Any

import pytest

from signalos_desktop.domain.risk import exposure_gates as gates
from signalos_desktop.domain.risk.context import Reservation
from signalos_desktop.domain.risk.currencies import currency_values, leaning, legs_of
from signalos_desktop.domain.risk.decision import GateState
from signalos_desktop.domain.values import Side
from tests.unit.domain.risk.cases import (
    NEAR,
    OFF,
    PASSED,
    REFUSED,
    UNKNOWN,
    candidate,
    case,
    context,
    nothing_known,
)
from tests.unit.domain.samples import (
    EURUSD,
    EURUSD_QUOTE,
    GER40,
    USDJPY,
    XAUUSD,
    account,
    dec,
    order,
    position,
    quote,
    resting,
)

ALL_GATES = {
    gates.provider_positions_gate: "max_positions_provider",
    gates.side_positions_gate: "max_positions_side",
    gates.symbol_lots_gate: "max_lots_symbol",
    gates.total_lots_gate: "max_lots_total",
    gates.order_value_gate: "max_order_value",
    gates.currency_gate: "max_currency_exposure",
    gates.currency_risk_gate: "max_currency_risk_percent",
}


def reserved(symbol: str = "EURUSD", provider: str = "vip", lots: str = "0.10") -> Reservation:
    return Reservation(1, symbol, Side.BUY, dec(lots), dec("20.00"), provider, "s1")


def held(**changes: Any) -> Any:
    """0.10 bought and open, 0.10 bought and resting, 0.10 on its way."""
    fields: dict[str, Any] = {
        "positions": (position(ticket=1),),
        "orders": (resting(ticket=2),),
        "reserved": (reserved(),),
        "providers": {1: "vip", 2: "other"},
    }
    return context(**{**fields, **changes})


@pytest.mark.parametrize(("gate", "rule"), ALL_GATES.items())
def test_off_without_a_limit_and_unknown_without_data(gate: Any, rule: str) -> None:
    assert gate(case()).state is OFF
    blank = nothing_known()
    rules = replace(blank.rules, **{rule: dec("1")})
    assert gate(replace(blank, rules=rules)).state is UNKNOWN


@pytest.mark.parametrize(("limit", "state"), [(4, PASSED), (3, NEAR), (2, REFUSED)])
def test_positions_of_the_provider(limit: int, state: GateState) -> None:
    """One open, one on its way, the new one; the resting order is another provider's."""
    gate = gates.provider_positions_gate(case(context_=held(), max_positions_provider=limit))
    assert (gate.state, gate.actual) == (state, "3")


def test_positions_of_the_side() -> None:
    sold = position(ticket=9, side=Side.SELL, sl=dec("1.10200"))
    known = held(positions=(position(ticket=1), sold))
    gate = gates.side_positions_gate(case(context_=known, max_positions_side=3))
    assert (gate.state, gate.actual) == (REFUSED, "4")
    selling = candidate(order(Side.SELL, None, "1.10300", ()))
    assert gates.side_positions_gate(case(selling, known, max_positions_side=3)).actual == "2"


def test_lots_in_the_symbol_and_in_all() -> None:
    """0.30 of EURUSD, 0.50 of gold on its way, and 0.32 new."""
    gold = {"EURUSD": EURUSD, "XAUUSD": XAUUSD}
    quotes = {"EURUSD": EURUSD_QUOTE, "XAUUSD": quote("XAUUSD", "2400.00", "2400.10")}
    known = held(reserved=(reserved(), reserved("XAUUSD", lots="0.50")), specs=gold, quotes=quotes)
    found = case(context_=known, max_lots_symbol=dec("0.6"), max_lots_total=dec("1.2"))
    new = found.new_lots
    assert gates.symbol_lots_gate(found).actual == str(dec("0.30") + new)
    assert gates.symbol_lots_gate(found).state is REFUSED
    assert gates.total_lots_gate(found).actual == str(dec("0.80") + new)
    assert gates.total_lots_gate(found).state is NEAR


def test_the_value_of_the_order() -> None:
    found = case(max_order_value=dec("35000"))
    mid = (EURUSD_QUOTE.bid + EURUSD_QUOTE.ask) / 2
    exact = mid * 100_000 * found.new_lots
    gate = gates.order_value_gate(found)
    assert dec(gate.actual) == exact.quantize(dec("0.01"))
    assert (gate.unit, gate.state) == ("USD", REFUSED if exact > 35000 else NEAR)
    silent = context(quotes={"EURUSD": replace(EURUSD_QUOTE, tick_value_loss=dec("0"))})
    assert gates.order_value_gate(case(context_=silent, max_order_value=dec("1"))).state is UNKNOWN


@pytest.mark.parametrize(
    ("spec", "side", "legs"),
    [
        (EURUSD, Side.BUY, (("EUR", 1), ("USD", -1))),
        (USDJPY, Side.SELL, (("USD", -1), ("JPY", 1))),
        (XAUUSD, Side.BUY, (("XAU", 1), ("USD", -1))),
        (GER40, Side.SELL, (("EUR", -1),)),
        (replace(GER40, currency_base=""), Side.BUY, (("EUR", 1),)),
    ],
)
def test_the_currencies_of_a_trade(spec: Any, side: Side, legs: Any) -> None:
    assert legs_of(spec, side) == legs


def test_net_values_of_currencies() -> None:
    """Long 1.00 EURUSD at 1.10 and long 0.50 USDJPY: USD is short 110 000 and long 50 000."""
    market = {
        "EURUSD": (EURUSD, quote("EURUSD", "1.10000", "1.10000")),
        "USDJPY": (USDJPY, quote("USDJPY", "150.000", "150.000", value="0.66666666666667")),
    }
    one = [("EURUSD", Side.BUY, dec("1")), ("USDJPY", Side.BUY, dec("0.5"))]
    found = currency_values(one, market)
    assert found is not None
    assert round(found["EUR"]) == 110_000
    assert round(found["USD"]) == -60_000
    assert round(found["JPY"]) == -50_000
    flat = [("GER40", Side.BUY, dec("1")), ("GER40", Side.SELL, dec("1"))]
    assert currency_values(flat, market) == {}
    assert currency_values(flat[:1], market) is None
    lost = [("EURUSD", Side.BUY, dec("5")), ("USDJPY", Side.SELL, dec("7"))]
    assert leaning(lost, market) == {("EUR", 1): 5, ("USD", -1): 12, ("JPY", 1): 7}


@pytest.mark.parametrize(("limit", "state"), [("10", PASSED), ("7", NEAR), ("6", REFUSED)])
def test_currency_exposure(limit: str, state: GateState) -> None:
    """0.30 held and about 0.3 new: 66 000 of 10 000 equity."""
    gate = gates.currency_gate(case(context_=held(), max_currency_exposure=dec(limit)))
    assert gate.state is state
    assert dec("6") < dec(gate.actual) < dec("7")


def test_an_order_that_reduces_a_currency_passes() -> None:
    long_ = context(positions=(position(volume=dec("3.00")),))
    selling = candidate(order(Side.SELL, None, "1.10300", ()))
    gate = gates.currency_gate(case(selling, long_, max_currency_exposure=dec("5")))
    assert (gate.state, gate.actual) == (PASSED, "0")
    unpriced = context(positions=(position(symbol="ODD"),))
    assert gates.currency_gate(case(context_=unpriced, max_currency_exposure=dec("5"))).state is (
        UNKNOWN
    )
    broke = context(account=account(equity=dec("0")))
    assert (
        gates.currency_gate(case(context_=broke, max_currency_exposure=dec("5"))).state is UNKNOWN
    )


def test_risk_on_one_currency() -> None:
    """20 open, 20 on their way, the resting order's, and the new 100: of 10 000."""
    found = case(context_=held(), max_currency_risk_percent=dec("1.4"))
    gate = gates.currency_risk_gate(found)
    assert gate.state is REFUSED
    assert gate.name == "Risk on EUR rising"
    assert dec(gate.actual) > dec("1.4")
    hedge = candidate(order(Side.SELL, None, "1.10300", ()))
    other = gates.currency_risk_gate(case(hedge, held(), max_currency_risk_percent=dec("1.4")))
    assert (other.state, other.name) == (PASSED, "Risk on EUR falling")


def test_risk_on_a_currency_needs_every_loss() -> None:
    for known in (
        context(positions=(position(sl=None),)),
        context(reserved=(reserved("ODD"),)),
        context(account=account(balance=dec("0"), equity=dec("0"))),
    ):
        found = case(context_=known, max_currency_risk_percent=dec("5"))
        assert gates.currency_risk_gate(found).state is UNKNOWN
