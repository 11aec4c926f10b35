"""Symbol, session and prices: passed, near, refused, unknown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.risk import market_gates as gates
from signalos_desktop.domain.risk.case import Case
from signalos_desktop.domain.risk.decision import GateState
from signalos_desktop.domain.risk.rules import RewardOf
from signalos_desktop.domain.signal import OrderReading, OrderType
from signalos_desktop.domain.symbols import Ambiguous, NotFound, Quote, SymbolSpec, TradeMode
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
    state,
)
from tests.unit.domain.samples import EURUSD, GER40, NOW, dec, order, quote

SELL = order(Side.SELL, None, "1.10300", ("1.09400",))


def with_spec(reading: OrderReading | None = None, **changes: Any) -> Case:
    spec = replace(EURUSD, **changes)
    return case(candidate(reading), context(specs={"EURUSD": spec}))


def priced(reading: OrderReading, bid: str, ask: str, **rules: Any) -> Case:
    live = quote("EURUSD", bid, ask)
    return case(candidate(reading), context(quotes={"EURUSD": live}), **rules)


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        (gates.symbol_gate, "SYMBOL"),
        (gates.session_gate, "SESSION_CLOSED"),
        (gates.price_gate, "NO_PRICE"),
        (gates.entry_gate, "ENTRY"),
        (gates.stop_gate, "SL_REQUIRED"),
        (gates.target_gate, "TP"),
        (gates.late_gate, "LATE_SIGNAL"),
        (gates.reward_gate, "LOW_RR"),
        (gates.spread_gate, "SPREAD"),
        (gates.collar_gate, "PRICE_COLLAR"),
    ],
)
def test_not_known_is_never_passed(gate: Any, code: str) -> None:
    assert state(gate, nothing_known()) == (code, UNKNOWN)


@pytest.mark.parametrize(
    ("mode", "reading", "result"),
    [
        (TradeMode.FULL, None, PASSED),
        (TradeMode.LONGONLY, None, PASSED),
        (TradeMode.LONGONLY, SELL, REFUSED),
        (TradeMode.SHORTONLY, SELL, PASSED),
        (TradeMode.SHORTONLY, None, REFUSED),
        (TradeMode.CLOSEONLY, None, REFUSED),
        (TradeMode.DISABLED, None, REFUSED),
        (TradeMode.DISABLED, order(side=None), REFUSED),
    ],
)
def test_trade_mode(mode: TradeMode, reading: OrderReading | None, result: GateState) -> None:
    code = "SYMBOL" if result is PASSED else "SYMBOL_NOT_TRADABLE"
    assert state(gates.symbol_gate, with_spec(reading, trade_mode=mode)) == (code, result)


@pytest.mark.parametrize(
    ("modes", "reading", "result"),
    [
        (("LIMIT", "STOP", "SL", "TP"), None, REFUSED),
        (("MARKET", "TP"), None, REFUSED),
        (("MARKET", "SL"), None, REFUSED),
        (("MARKET", "SL"), order(tps=()), PASSED),
        ((), None, PASSED),
    ],
)
def test_order_modes(
    modes: tuple[str, ...], reading: OrderReading | None, result: GateState
) -> None:
    assert gates.symbol_gate(with_spec(reading, order_mode=modes)).state is result


def test_a_name_that_is_not_resolved() -> None:
    double = candidate(symbol=Ambiguous("GOLD", ("XAUUSD", "XAUUSD.m")))
    assert state(gates.symbol_gate, case(double)) == ("AMBIGUOUS_SYMBOL", REFUSED)
    missing = candidate(symbol=NotFound("GOLD"))
    assert state(gates.symbol_gate, case(missing)) == ("SYMBOL_NOT_FOUND", REFUSED)


@pytest.mark.parametrize("field", ["point", "tick_size", "volume_min", "volume_step", "volume_max"])
@pytest.mark.parametrize("value", ["0", "-1", "NaN"])
def test_a_specification_that_cannot_be_computed_with_is_not_known(field: str, value: str) -> None:
    changes: dict[str, Any] = {field: dec(value)}
    assert state(gates.symbol_gate, with_spec(**changes)) == ("SYMBOL", UNKNOWN)


MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("server_time", "result", "words"),
    [
        (MONDAY, PASSED, "open until 24:00"),
        (MONDAY + timedelta(days=4, hours=23, minutes=54), PASSED, "open until 23:55"),
        (MONDAY + timedelta(days=4, hours=23, minutes=55), REFUSED, "opens Monday 00:00"),
        (MONDAY + timedelta(days=5), REFUSED, "opens Monday 00:00"),
        (MONDAY - timedelta(minutes=1), REFUSED, "opens Monday 00:00"),
    ],
)
def test_sessions_in_server_time(server_time: datetime, result: GateState, words: str) -> None:
    gate = gates.session_gate(case(context_=context(now=server_time - timedelta(hours=2))))
    assert gate.state is result
    assert words in gate.text


@pytest.mark.parametrize(
    "changes", [{"server_utc_offset_s": None}, {"specs": {"EURUSD": replace(EURUSD, sessions=())}}]
)
def test_sessions_that_are_not_known(changes: dict[str, Any]) -> None:
    assert gates.session_gate(case(context_=context(**changes))).state is UNKNOWN


def test_a_session_only_once_a_week_opens_again_next_week() -> None:
    wednesday = ((), (), (), ((600, 660),), (), (), ())
    gate = gates.session_gate(with_spec(sessions=wednesday))
    assert "opens Wednesday 10:00" in gate.text
    assert gates.session_gate(with_spec(sessions=((),) * 7)).state is UNKNOWN


@pytest.mark.parametrize(("bid", "ask"), [("0", "0"), ("1.1", "0"), ("1.2", "1.1"), ("NaN", "1")])
def test_a_price_that_is_none(bid: str, ask: str) -> None:
    assert gates.price_gate(priced(order(), bid, ask)).state is UNKNOWN


def test_price_entry_stop_and_target() -> None:
    found = case()
    assert gates.price_gate(found).actual == "1.09998 / 1.10000"
    assert gates.entry_gate(found).actual == "BUY 1.10000"
    assert gates.stop_gate(found).actual == "1.09700 (300 points)"
    assert gates.target_gate(found).actual == "1.10600"
    assert gates.target_gate(case(candidate(order(tps=())))).actual == "none"


@pytest.mark.parametrize(
    ("gate", "reading", "code"),
    [
        (gates.entry_gate, order(side=None), "SIDE_MISSING"),
        (gates.entry_gate, order(type_=OrderType.STOP), "ENTRY_MISSING"),
        (gates.stop_gate, order(sl=None), "SL_REQUIRED"),
        (gates.stop_gate, order(sl="1.10300"), "SL_WRONG_SIDE"),
        (gates.target_gate, order(tps=("1.09900",)), "TP_WRONG_SIDE"),
    ],
)
def test_levels_that_are_wrong(gate: Any, reading: OrderReading, code: str) -> None:
    assert state(gate, case(candidate(reading))) == (code, REFUSED)


# Asked at 1.10000, d = 30 pips: 7.5 pips of lateness are allowed.
@pytest.mark.parametrize(
    ("bid", "ask", "result"),
    [
        ("1.09948", "1.09950", PASSED),
        ("1.09998", "1.10000", PASSED),
        ("1.10057", "1.10059", PASSED),
        ("1.10058", "1.10060", NEAR),
        ("1.10073", "1.10075", NEAR),
        ("1.10074", "1.10076", REFUSED),
        ("1.10598", "1.10600", REFUSED),
        ("1.09700", "1.09702", REFUSED),
    ],
)
def test_late_entry(bid: str, ask: str, result: GateState) -> None:
    asked = order(entry="1.10000", type_=OrderType.MARKET)
    assert state(gates.late_gate, priced(asked, bid, ask)) == ("LATE_SIGNAL", result)


@pytest.mark.parametrize(
    ("points", "ask", "result"),
    [(50, "1.10050", NEAR), (50, "1.10051", REFUSED), (1000, "1.10075", NEAR),
     (1000, "1.10076", REFUSED)],
)  # fmt: skip
def test_the_nearer_of_part_and_distance_counts(points: int, ask: str, result: GateState) -> None:
    asked = order(entry="1.10000", type_=OrderType.MARKET)
    bid = f"{Decimal(ask) - Decimal('0.00002')}"
    assert gates.late_gate(priced(asked, bid, ask, late_points=points)).state is result


def test_the_edge_of_a_zone_counts() -> None:
    zone = order(entry=("1.09900", "1.10000"), type_=OrderType.MARKET)
    assert gates.late_gate(priced(zone, "1.10048", "1.10050")).actual == "0.0005"
    sell = replace(
        SELL, entry=order(entry=("1.10000", "1.10100")).entry, order_type=OrderType.MARKET
    )
    assert gates.late_gate(priced(sell, "1.09950", "1.09952")).actual == "0.0005"


def test_late_entry_needs_an_entry_and_a_stop() -> None:
    assert gates.late_gate(case()).state is OFF
    resting = order(entry="1.09900", type_=OrderType.LIMIT)
    assert gates.late_gate(case(candidate(resting))).state is OFF
    unprotected = order(entry="1.10000", sl=None, type_=OrderType.MARKET)
    assert gates.late_gate(case(candidate(unprotected))).state is OFF
    assert gates.late_gate(case(candidate(order(tps=())))).state is OFF


@pytest.mark.parametrize(
    ("tp", "least", "result"),
    [
        ("1.10600", "1.5", PASSED),
        ("1.10600", "2", NEAR),
        ("1.10599", "2", REFUSED),
        ("1.10600", "0", OFF),
        (None, "2", OFF),
    ],
)
def test_reward_to_risk(tp: str | None, least: str, result: GateState) -> None:
    reading = order(tps=() if tp is None else (tp,))
    found = case(candidate(reading), min_rr=dec(least))
    assert state(gates.reward_gate, found) == ("LOW_RR", result)


def test_reward_to_risk_of_all_targets_by_their_volumes() -> None:
    """0.16 lots at 1:1, 0.10 at 2:1, 0.06 at 4:1 of 0.32: the mean is 1.87."""
    three = candidate(order(tps=("1.10300", "1.10600", "1.11200")))
    rules = {"rr_of": RewardOf.WEIGHTED, "targets_weights": (dec("5"), dec("3"), dec("2"))}
    gate = gates.reward_gate(case(three, **rules, min_rr=dec("1.5")))
    assert gate.state is PASSED
    assert dec("1.8") < dec(gate.actual) < dec("2")
    assert gates.reward_gate(case(three, **rules, min_rr=dec("2"))).state is REFUSED
    # Without a volume, or with a leg that runs on, it is the first T/P.
    assert gates.reward_gate(case(three, **rules, percent=dec("0.01"))).actual == "1"
    open_end = candidate(order(tps=()))
    assert gates.reward_gate(case(open_end, **rules)).state is OFF


@pytest.mark.parametrize("size", ["contract_size", "tick_size", "volume_step"])
@pytest.mark.parametrize("value", ["0", "-1", "NaN"])
def test_sizes_that_nothing_can_be_computed_with_are_named(size: str, value: str) -> None:
    gate = gates.symbol_gate(with_spec(**{size: dec(value)}))
    assert gate.state is UNKNOWN
    assert f"{size} = {value}" in gate.text


def test_reward_to_risk_needs_a_stop() -> None:
    assert gates.reward_gate(case(candidate(order(sl=None)))).state is OFF


@pytest.mark.parametrize(
    ("points", "limit", "result"),
    [
        (10, 0, PASSED),
        (24, 0, NEAR),
        (30, 0, NEAR),
        (31, 0, REFUSED),
        (10, 9, REFUSED),
        (7, 9, PASSED),
    ],
)
def test_spread(points: int, limit: int, result: GateState) -> None:
    """A tenth of 30 pips is 30 points."""
    bid = str(dec("1.10000") - points * EURUSD.point)
    found = priced(order(), bid, "1.10000", max_spread_points=limit)
    assert state(gates.spread_gate, found) == ("SPREAD", result)


def test_spread_without_a_stop_and_of_a_resting_order() -> None:
    unprotected = candidate(order(sl=None))
    assert gates.spread_gate(case(unprotected)).state is OFF
    assert gates.spread_gate(case(unprotected, max_spread_points=9)).state is PASSED
    resting = candidate(order(entry="1.09900", type_=OrderType.LIMIT))
    assert gates.spread_gate(case(resting)).state is OFF


@pytest.mark.parametrize(
    ("spec", "live", "entry", "result"),
    [
        (EURUSD, quote("EURUSD", "1.10000", "1.10000"), "1.06700", PASSED),
        (EURUSD, quote("EURUSD", "1.10000", "1.10000"), "1.04500", NEAR),
        (EURUSD, quote("EURUSD", "1.10000", "1.10000"), "1.04490", REFUSED),
        (EURUSD, quote("EURUSD", "1.10000", "1.10000"), "1.20000", REFUSED),
        (GER40, quote("GER40", "18000.0", "18000.0"), "16900.0", PASSED),
        (GER40, quote("GER40", "18000.0", "18000.0"), "16100.0", REFUSED),
    ],
)
def test_collar(spec: SymbolSpec, live: Quote, entry: str, result: GateState) -> None:
    known = context(specs={"EURUSD": spec}, quotes={"EURUSD": live})
    reading = order(entry=entry, sl="1", tps=())
    assert state(gates.collar_gate, case(candidate(reading), known)) == ("PRICE_COLLAR", result)


def test_now_is_inside_a_session() -> None:
    assert gates.session_gate(case()).state is PASSED
    assert NOW.weekday() == 2
