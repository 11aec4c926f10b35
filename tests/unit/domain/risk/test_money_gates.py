"""Money and counts: passed, near, refused, unknown."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from signalos_desktop.domain.risk import money_gates as gates
from signalos_desktop.domain.risk.account_limits import LimitRules, limits_of
from signalos_desktop.domain.risk.context import Reservation
from signalos_desktop.domain.risk.decision import GateState
from signalos_desktop.domain.risk.floors import Anchor, Floor, Transfers, floor_of
from signalos_desktop.domain.values import Side
from tests.unit.domain.risk.cases import (
    NEAR,
    OFF,
    PASSED,
    REFUSED,
    UNKNOWN,
    accepted,
    candidate,
    case,
    context,
    nothing_known,
    state,
)
from tests.unit.domain.samples import (
    EURUSD_QUOTE,
    NOW,
    account,
    dec,
    order,
    position,
    quote,
    resting,
)

THREE = order(tps=("1.10300", "1.10600", "1.10900"))


def reserved(cmd_id: int, loss: str = "20.00", symbol: str = "EURUSD") -> Reservation:
    return Reservation(cmd_id, symbol, Side.BUY, dec("0.10"), dec(loss), "vip", f"s{cmd_id}")


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        (gates.data_gate, "SNAPSHOT_STALE"),
        (gates.permission_gate, "PERMISSION"),
        (gates.risk_gate, "RISK"),
        (gates.positions_gate, "MAX_POSITIONS"),
        (gates.unprotected_gate, "POSITION_WITHOUT_SL"),
        (gates.heat_gate, "OPEN_RISK"),
        (gates.margin_gate, "NO_MARGIN"),
        (gates.margin_level_gate, "MARGIN_LEVEL"),
    ],
)
def test_not_known_is_never_passed(gate: Any, code: str) -> None:
    assert state(gate, nothing_known()) == (code, UNKNOWN)


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({}, PASSED),
        ({"data_age_s": dec("5")}, PASSED),
        ({"data_age_s": dec("5.1")}, UNKNOWN),
        ({"data_age_s": None}, UNKNOWN),
        ({"account": None}, UNKNOWN),
        ({"positions": None}, UNKNOWN),
        ({"orders": None}, UNKNOWN),
    ],
)
def test_data(changes: dict[str, Any], result: GateState) -> None:
    found = case(context_=context(**changes))
    assert state(gates.data_gate, found) == ("SNAPSHOT_STALE", result)


@pytest.mark.parametrize(
    ("changes", "result"),
    [({}, PASSED), ({"trade_allowed": False}, REFUSED), ({"trade_expert": False}, REFUSED)],
)
def test_permission(changes: dict[str, Any], result: GateState) -> None:
    found = case(context_=context(account=account(**changes)))
    assert state(gates.permission_gate, found) == ("PERMISSION", result)


def test_risk_says_volume_money_and_limit() -> None:
    gate = gates.risk_gate(case())
    assert (gate.state, gate.actual) == (PASSED, "0.33 lots risk at most 100.00 USD")
    assert gate.limit == "100.00 USD"
    fixed = gates.risk_gate(case(mode="fixed", fixed_lots=dec("0.1")))
    assert (fixed.actual, fixed.limit) == ("0.1 lots risk at most 30.30 USD", "")


def test_risk_carries_the_exact_refusal() -> None:
    poor = case(context_=context(account=account(balance=dec("100"))))
    assert state(gates.risk_gate, poor) == ("RISK_BELOW_MIN_LOT", REFUSED)
    blind = context(quotes={"EURUSD": quote("EURUSD", "1.1", "1.1", value="0")})
    assert state(gates.risk_gate, case(context_=blind)) == ("TICK_VALUE_UNAVAILABLE", REFUSED)


@pytest.mark.parametrize(
    ("limit", "result"), [(10, PASSED), (6, NEAR), (5, NEAR), (4, REFUSED), (1, REFUSED)]
)
def test_positions_count_open_resting_reserved_and_every_leg(limit: int, result: GateState) -> None:
    """One open, one resting, and three legs."""
    held = context(positions=(position(),), orders=(resting(),))
    found = case(candidate(THREE), held, max_positions=limit)
    assert state(gates.positions_gate, found) == ("MAX_POSITIONS", result)
    assert gates.positions_gate(found).actual == "5"


def test_a_reservation_takes_a_place() -> None:
    found = case(context_=context(reserved=(reserved(1), reserved(2))), max_positions=2)
    assert state(gates.positions_gate, found) == ("MAX_POSITIONS", REFUSED)


@pytest.mark.parametrize(("limit", "result"), [(0, OFF), (5, PASSED), (2, NEAR), (1, REFUSED)])
def test_positions_in_the_symbol(limit: int, result: GateState) -> None:
    held = context(positions=(position(), position(ticket=102, symbol="GBPUSD")))
    found = case(context_=held, max_positions_symbol=limit)
    assert state(gates.symbol_positions_gate, found) == ("MAX_POSITIONS_SYMBOL", result)


def test_positions_in_the_symbol_need_positions_and_symbol() -> None:
    for changes in ({"positions": None}, {"specs": None}):
        found = case(context_=context(**changes), max_positions_symbol=3)
        assert state(gates.symbol_positions_gate, found) == ("MAX_POSITIONS_SYMBOL", UNKNOWN)


def test_an_open_position_without_a_stop_denies_every_entry() -> None:
    held = context(positions=(position(), position(ticket=102, sl=None)))
    found = case(context_=held)
    assert state(gates.unprotected_gate, found) == ("POSITION_WITHOUT_SL", REFUSED)
    assert gates.unprotected_gate(found).actual == "102"
    assert state(gates.heat_gate, found) == ("OPEN_RISK", UNKNOWN)
    assert gates.unprotected_gate(case()).state is PASSED


@pytest.mark.parametrize(
    ("losses", "result"),
    [
        ((), PASSED),
        (("200.00", "180.00"), NEAR),
        (("200.00", "300.00"), NEAR),
        (("200.00", "300.01"), REFUSED),
    ],
)
def test_open_risk(losses: tuple[str, ...], result: GateState) -> None:
    """6 % of 10 000 are 600, the new trade reserves 100."""
    pending = tuple(reserved(at, loss) for at, loss in enumerate(losses))
    found = case(context_=context(reserved=pending))
    assert state(gates.heat_gate, found) == ("OPEN_RISK", result)


def test_open_risk_of_what_cannot_be_priced_is_not_known() -> None:
    found = case(context_=context(positions=(position(symbol="GBPUSD"),)))
    assert state(gates.heat_gate, found) == ("OPEN_RISK", UNKNOWN)
    assert "GBPUSD" in gates.heat_gate(found).text
    broke = case(context_=context(account=account(equity=dec("0"))))
    assert state(gates.heat_gate, broke) == ("OPEN_RISK", UNKNOWN)


@pytest.mark.parametrize(
    ("earlier", "limit", "result"), [(2, 5, PASSED), (3, 5, NEAR), (4, 5, NEAR), (5, 5, REFUSED)]
)
def test_trades_today_count_signals(earlier: int, limit: int, result: GateState) -> None:
    entries = tuple(
        accepted(signal=f"s{at // 2}", index=at % 2, at=NOW - timedelta(hours=1))
        for at in range(earlier * 2)
    )
    yesterday = accepted(signal="old", at=NOW - timedelta(hours=13))
    found = case(context_=context(accepted=(yesterday, *entries)), max_daily_trades=limit)
    assert state(gates.daily_trades_gate, found) == ("MAX_DAILY_TRADES", result)


def test_the_day_begins_with_its_first_moment() -> None:
    known = context()
    first = accepted(signal="s1", at=known.day_start)
    last = accepted(signal="s2", at=known.day_start - timedelta(milliseconds=1))
    found = case(context_=context(accepted=(last, first)))
    assert gates.daily_trades_gate(found).actual == "2"


@pytest.mark.parametrize(
    ("ages", "result", "unit"),
    [
        ([], PASSED, "in 10 s"),
        ([1, 2, 3], NEAR, "in 10 s"),
        ([1, 2, 3, 4, 9.9], REFUSED, "in 10 s"),
        ([10, 11, 12, 13, 14], PASSED, "in a minute"),
        ([*range(20, 40)], REFUSED, "in a minute"),
        ([100] * 200, REFUSED, "in a day"),
        ([100] * 199, NEAR, "in a day"),
    ],
)
def test_throttle_shows_the_fullest_window(ages: list[float], result: GateState, unit: str) -> None:
    sent = tuple(sorted(NOW - timedelta(seconds=age) for age in ages))
    found = case(context_=context(sent=sent))
    assert state(gates.throttle_gate, found) == ("THROTTLE", result)
    assert gates.throttle_gate(found).unit == unit


def test_every_leg_is_an_order_for_the_throttle() -> None:
    assert gates.throttle_gate(case(candidate(THREE), throttle_per_10s=2)).state is REFUSED


@pytest.mark.parametrize(
    ("free", "result"), [("1000", PASSED), ("500", NEAR), ("453.75", NEAR), ("453.74", REFUSED)]
)
def test_margin(free: str, result: GateState) -> None:
    """0.33 lots need 363; a fifth of the free margin stays free."""
    found = case(context_=context(account=account(margin_free=dec(free))))
    assert state(gates.margin_gate, found) == ("NO_MARGIN", result)


def test_resting_and_reserved_orders_will_take_margin_too() -> None:
    crowded = context(
        account=account(margin_free=dec("500")), orders=(resting(),), reserved=(reserved(1),)
    )
    gate = gates.margin_gate(case(context_=crowded))
    assert (gate.state, gate.actual, gate.limit) == (REFUSED, "583.00", "400.00")
    debt = context(account=account(margin_free=dec("-50")))
    assert gates.margin_gate(case(context_=debt)).limit == "0.00"


@pytest.mark.parametrize("margin", ["0", "-1", "NaN"])
def test_margin_that_is_not_known(margin: str) -> None:
    live = quote("EURUSD", "1.09998", "1.10000", margin=margin)
    found = case(context_=context(quotes={"EURUSD": live}))
    assert state(gates.margin_gate, found) == ("NO_MARGIN", UNKNOWN)
    assert state(gates.margin_level_gate, found) == ("MARGIN_LEVEL", UNKNOWN)
    held = {"EURUSD": EURUSD_QUOTE, "GBPUSD": live}
    other = context(quotes=held, reserved=(reserved(1, symbol="GBPUSD"),))
    assert gates.margin_gate(case(context_=other)).state is UNKNOWN


@pytest.mark.parametrize(
    ("margin", "result"), [("1000", PASSED), ("4400", NEAR), ("4637", NEAR), ("4640", REFUSED)]
)
def test_margin_level(margin: str, result: GateState) -> None:
    found = case(context_=context(account=account(margin=dec(margin))))
    assert state(gates.margin_level_gate, found) == ("MARGIN_LEVEL", result)


def test_a_margin_below_zero_is_not_believed() -> None:
    odd = case(context_=context(account=account(margin=dec("-363"))))
    assert state(gates.margin_level_gate, odd) == ("MARGIN_LEVEL", UNKNOWN)


@pytest.mark.parametrize(
    "gate",
    [gates.heat_gate, gates.margin_gate, gates.margin_level_gate, gates.worst_case_gate],
)
def test_without_a_volume_there_is_nothing_to_add(gate: Any) -> None:
    """Not shown as passed; the rule for the risk refuses."""
    none = case(candidate(order(sl=None)), context(floors=(floor("5"),)))
    assert gate(none).state is OFF
    assert gates.risk_gate(none).state is REFUSED


def test_an_account_without_currency_is_not_known() -> None:
    gate = gates.data_gate(case(context_=context(account=account(currency=""))))
    assert (gate.code, gate.state) == ("SNAPSHOT_STALE", UNKNOWN)
    assert "currency" in gate.text


def floor(percent: str, **changes: Any) -> Floor:
    """Of the day, from 10 000 with a buffer of 0.3 %."""
    limit = limits_of(LimitRules(daily_percent=dec(percent)))[0]
    anchor = Anchor("day", NOW, *(dec("10000"),) * 4)
    return replace(floor_of(limit, anchor, Transfers(), LimitRules(), 2), **changes)


FLOOR_GATES = [gates.daily_loss_gate, gates.drawdown_gate, gates.worst_case_gate]


@pytest.mark.parametrize("gate", FLOOR_GATES)
def test_a_limit_that_is_not_set(gate: Any) -> None:
    assert gate(case()).state is OFF
    assert gate(case(context_=context(floors=None))).state is UNKNOWN


@pytest.mark.parametrize(
    ("equity", "result"), [("10600", PASSED), ("9600", NEAR), ("9530", NEAR), ("9529.99", REFUSED)]
)
def test_daily_loss(equity: str, result: GateState) -> None:
    """5 % of 10 000 and a buffer of 0.3 %: the app acts at 9 530."""
    found = case(context_=context(account=account(equity=dec(equity)), floors=(floor("5"),)))
    assert state(gates.daily_loss_gate, found) == ("DAILY_LOSS", result)
    assert gates.drawdown_gate(found).state is OFF


def test_the_floor_that_is_reached_first_counts_and_an_estimate_is_said() -> None:
    floors = (floor("5"), floor("4", exact=False, source="a guess"))
    money = account(equity=dec("9600"))
    gate = gates.daily_loss_gate(case(context_=context(account=money, floors=floors)))
    assert (gate.state, gate.limit) == (REFUSED, "9630.00")
    assert "a guess" in gate.text


def test_a_limit_that_was_reached_refuses_until_it_begins_anew() -> None:
    reached = floor("5", breached=True, resets=NOW + timedelta(hours=12))
    gate = gates.daily_loss_gate(case(context_=context(floors=(reached,))))
    assert gate.state is REFUSED
    assert "entries again after 2026-" in gate.text
    for_good = replace(reached, resets=None)
    assert "above 9530" in gates.daily_loss_gate(case(context_=context(floors=(for_good,)))).text


def test_worst_case_subtracts_every_stop_and_the_new_risk() -> None:
    """9 700 less 50 to the open S/L and 97 of new risk."""
    money = account(equity=dec("9700"))
    held = context(
        account=money, positions=(position(price_current=dec("1.10300")),), floors=(floor("5"),)
    )
    gate = gates.worst_case_gate(case(context_=held))
    assert (gate.state, gate.actual, gate.limit) == (NEAR, "9553.00", "9530.00")
    refused = gates.worst_case_gate(case(context_=replace(held, floors=(floor("4"),))))
    assert refused.state is REFUSED


def test_a_floor_needs_the_account_and_every_loss() -> None:
    nobody = case(context_=context(account=None, floors=(floor("5"),)))
    assert state(gates.daily_loss_gate, nobody) == ("DAILY_LOSS", UNKNOWN)
    assert gates.worst_case_gate(nobody).state is UNKNOWN
    unprotected = context(positions=(position(sl=None),), floors=(floor("5"),))
    found = case(context_=unprotected)
    assert state(gates.worst_case_gate, found) == ("WORST_CASE", UNKNOWN)
