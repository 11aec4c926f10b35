"""Where the S/L goes: each rule, what the broker allows, and the same for a sell."""

from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.management.planning import plan
from signalos_desktop.domain.management.rules import TrailMode
from signalos_desktop.domain.management.state import StepKind
from tests.unit.domain.management.trades import at, mirrored_quote, short, trade
from tests.unit.domain.samples import NOW, dec, quote

POINTS = {"trail": TrailMode.POINTS, "trail_points": 60, "trail_step_points": 10}
BEGUN = {**POINTS, "trail_from_target": 1, "taken": 1}


def level(bid: str, **changes: Any) -> str | None:
    """The S/L that a buy gets at this price, which a sell mirrored at its entry gets too."""
    made = trade(**changes)
    found = [step.level for step in plan(made, at(bid), NOW)]
    turned = plan(short(made), mirrored_quote(at(bid)), NOW)
    mirrored = [None if one.level is None else dec("2.2") - one.level for one in turned]
    assert found == mirrored
    assert len(found) <= 1
    return None if not found or found[0] is None else str(found[0])


@pytest.mark.parametrize(
    ("bid", "changes", "expected"),
    [
        ("1.10049", {"breakeven_points": 50}, None),
        ("1.10050", {"breakeven_points": 50}, "1.10000"),
        ("1.10099", {"breakeven_r": dec("1")}, None),
        ("1.10100", {"breakeven_r": dec("1")}, "1.10000"),
        ("1.10099", {"breakeven_target": 1}, None),
        ("1.10100", {"breakeven_target": 1}, "1.10000"),
        ("1.10040", {"breakeven_target": 1, "taken": 1}, "1.10000"),
        ("1.10040", {"breakeven_target": 2, "taken": 1}, None),
        ("1.10050", {"breakeven_points": 50, "breakeven_offset_points": 7}, "1.10007"),
        # 7 USD over 1 lot at 1 USD a tick are 7 ticks; what is not whole is rounded up.
        (
            "1.10050",
            {"breakeven_points": 50, "breakeven_costs": True, "costs": dec("7")},
            "1.10007",
        ),
        (
            "1.10050",
            {"breakeven_points": 50, "breakeven_costs": True, "costs": dec("6.01")},
            "1.10007",
        ),
        ("1.10050", {"breakeven_points": 50, "sl": "1.10000"}, None),
        ("1.10050", {"breakeven_points": 50, "sl": "1.10003"}, None),
        ("1.10050", {"breakeven_points": 50, "sl": None}, "1.10000"),
        ("1.10100", {}, None),
    ],
)
def test_break_even(bid: str, changes: dict[str, Any], expected: str | None) -> None:
    assert level(bid, **changes) == expected


@pytest.mark.parametrize(
    ("bid", "changes", "expected"),
    [
        ("1.10059", POINTS, None),
        ("1.10060", POINTS, "1.10000"),
        ("1.10069", {**POINTS, "sl": "1.10000"}, None),
        ("1.10070", {**POINTS, "sl": "1.10000"}, "1.10010"),
        ("1.10010", {**POINTS, "sl": "1.10000"}, None),
        ("1.10049", {**POINTS, "trail_from_points": 50}, None),
        ("1.10050", {**POINTS, "trail_from_points": 50}, "1.09990"),
        ("1.10149", {**POINTS, "trail_from_r": dec("1.5")}, None),
        ("1.10150", {**POINTS, "trail_from_r": dec("1.5")}, "1.10090"),
        ("1.10099", {**POINTS, "trail_from_target": 1}, None),
        ("1.10030", {**POINTS, "trail_from_target": 1, "taken": 1}, "1.09970"),
        ("1.10100", {"trail": TrailMode.R, "trail_r": dec("0.75")}, "1.10025"),
        # Half a point is no price: rather more room.
        ("1.10100", {"trail": TrailMode.R, "trail_r": dec("0.755")}, "1.10024"),
        ("1.10100", {**POINTS, "sl": None}, "1.10040"),
    ],
)
def test_trailing(bid: str, changes: dict[str, Any], expected: str | None) -> None:
    assert level(bid, **changes) == expected


@pytest.mark.parametrize(
    ("bid", "changes", "expected"),
    [
        ("1.10099", {}, None),
        ("1.10100", {}, "1.10000"),
        ("1.10150", {"taken": 1}, "1.10000"),
        ("1.10200", {}, "1.10100"),
        ("1.10190", {"taken": 2}, "1.10100"),
        ("1.10190", {"taken": 2, "sl": "1.10100"}, None),
        # The price fell back before the level could be set: the next one down it is.
        ("1.10090", {"taken": 2}, "1.10000"),
        ("1.10150", {"taken": 3}, "1.10100"),
        ("1.09990", {"taken": 2}, None),
    ],
)
def test_cascade(bid: str, changes: dict[str, Any], expected: str | None) -> None:
    assert level(bid, cascade=True, **changes) == expected


def test_a_cascade_over_an_open_target_goes_to_the_one_before() -> None:
    targets = {"targets": (None, dec("1.10200"), None)}
    assert level("1.10200", cascade=True, tp=None, plan=targets) == "1.10000"


def test_the_rule_that_locks_in_most_wins_and_says_so() -> None:
    [step] = plan(trade(cascade=True, breakeven_r=dec("1"), **POINTS), at("1.10250"), NOW)
    assert (step.kind, step.rule, step.level) == (StepKind.MOVE_STOP, "trailing", dec("1.10190"))
    assert step.text == (
        "rule: trailing 60 points behind +250 points (2.50 R): S/L 1.09900 -> 1.10190"
    )


def test_the_text_of_break_even_names_trigger_and_costs() -> None:
    made = trade(breakeven_points=50, breakeven_costs=True, costs=dec("7.00"), sl=None)
    [step] = plan(made, at("1.10050"), NOW)
    assert step.text == (
        "rule: break-even at +50 points (0.50 R), costs of 7 covered: S/L none -> 1.10007"
    )


@pytest.mark.parametrize(
    ("bid", "spec", "expected"),
    [
        ("1.10050", {"stops_level": 50}, "1.10000"),
        ("1.10050", {"stops_level": 51}, None),
        ("1.10050", {"freeze_level": 49}, "1.10000"),
        ("1.10050", {"freeze_level": 50}, None),
        # Frozen: the T/P is 40 points away, the broker changes nothing now.
        ("1.10360", {"freeze_level": 40}, None),
        ("1.10359", {"freeze_level": 40}, "1.10000"),
    ],
)
def test_what_the_broker_does_not_allow_waits(
    bid: str, spec: dict[str, Any], expected: str | None
) -> None:
    assert level(bid, breakeven_points=50, spec=spec) == expected


def test_trailing_keeps_the_brokers_distance_where_that_is_the_larger_one() -> None:
    assert level("1.10100", spec={"stops_level": 80}, **POINTS) == "1.10020"
    assert level("1.10100", spec={"freeze_level": 80}, **POINTS) == "1.10019"


def test_a_position_at_its_own_target_is_left_to_the_broker() -> None:
    assert plan(trade(**POINTS, hold_minutes=dec("0")), at("1.10400"), NOW) == ()


def test_a_level_beyond_the_price_or_below_zero_is_none() -> None:
    assert level("1.10090", breakeven_points=50, breakeven_offset_points=97) is None
    far = trade(**{**BEGUN, "trail_points": 200000}, sl=None)
    assert plan(far, at("1.10000"), NOW) == ()


def test_without_a_known_risk_the_rules_in_r_do_nothing() -> None:
    unknown = {"sl": Decimal(2)}
    for changes in (
        {"breakeven_r": dec("1")},
        {"trail": TrailMode.R, "trail_r": dec("1")},
        {**POINTS, "trail_from_r": dec("1")},
        {"partials": ((dec("1"), dec("50")),)},
    ):
        assert plan(trade(plan=unknown, **changes), at("1.10300"), NOW) == ()
    [step] = plan(trade(plan=unknown, **BEGUN), at("1.09990"), NOW)
    assert "behind -10 points: S/L" in step.text


def test_costs_without_a_tick_value_are_said_and_break_even_waits() -> None:
    made = trade(breakeven_points=50, breakeven_costs=True, costs=dec("7"))
    [said] = plan(made, at("1.10100", value="0"), NOW)
    assert (said.kind, said.key) == (StepKind.SAY, "TICK_VALUE_UNAVAILABLE")
    assert said.advice
    assert plan(trade(breakeven_points=50, breakeven_costs=True), at("1.10100", value="0"), NOW)
    assert not plan(trade(breakeven_costs=True, costs=dec("7")), at("1.1", value="0"), NOW)


def test_break_even_of_a_sell_is_measured_on_the_ask() -> None:
    made = short(trade(breakeven_points=50))
    assert plan(made, quote("EURUSD", "1.09948", "1.09951"), NOW) == ()
    assert plan(made, quote("EURUSD", "1.09947", "1.09950"), NOW) != ()
