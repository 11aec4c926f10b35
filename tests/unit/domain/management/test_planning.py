"""Holding time, unknown prices, resting orders, and what makes a plan or its settings."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.management.planning import plan, take_back
from signalos_desktop.domain.management.rules import (
    ManagementRules,
    TradePlan,
    TrailMode,
    pairs,
    unpaired,
)
from signalos_desktop.domain.management.state import StepKind
from signalos_desktop.domain.symbols import Quote
from tests.unit.domain.management.trades import at, trade
from tests.unit.domain.samples import NOW, dec, resting


def test_a_trade_is_closed_when_its_time_is_over() -> None:
    made = trade(hold_minutes=dec("90"), opened=NOW - timedelta(minutes=90), breakeven_points=1)
    [step] = plan(made, at("1.10100"), NOW)
    assert (step.kind, step.rule) == (StepKind.CLOSE, "holding time")
    assert step.text == "rule: held for 90.0 min, allowed 90 min: close it"
    young = replace(made, opened=NOW - timedelta(minutes=89, seconds=59))
    assert [s.kind for s in plan(young, at("1.10100"), NOW)] == [StepKind.MOVE_STOP]


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        (None, "EURUSD has no price: "),
        (at("1.10300"), ""),
        (replace(at("1.10300"), time=NOW - timedelta(seconds=60)), ""),
        (
            replace(at("1.10300"), time=NOW - timedelta(seconds=61)),
            "the price of EURUSD is 61 s old, allowed 60 s: ",
        ),
        (replace(at("1.10300"), time=NOW + timedelta(hours=1)), "the price of EURUSD is 3600 s"),
    ],
)
def test_without_a_live_price_nothing_is_done_and_that_is_said(
    quote: Quote | None, told: str
) -> None:
    made = trade(breakeven_points=1, hold_minutes=dec("1"), opened=NOW - timedelta(days=1))
    [step] = plan(made, quote, NOW)
    if told:
        assert (step.kind, step.key) == (StepKind.SAY, "RULES_WAIT")
        assert step.text.startswith(told)
        assert step.advice
    else:
        assert step.kind is StepKind.CLOSE


def test_a_resting_order_that_outlived_its_time_is_taken_back() -> None:
    order = resting()
    assert take_back(order, None, NOW) is None
    assert take_back(order, NOW + timedelta(seconds=1), NOW) is None
    step = take_back(order, NOW, NOW)
    assert step is not None
    assert (step.kind, step.rule) == (StepKind.CANCEL, "order expiry")
    assert "cancel BUY_LIMIT 201" in step.text


def test_the_broker_may_take_its_own_expiry_first() -> None:
    order = resting(expiration=NOW)
    assert take_back(order, NOW, NOW + timedelta(seconds=29)) is None
    assert take_back(order, NOW, NOW + timedelta(seconds=30)) is not None


@pytest.mark.parametrize(
    ("rules", "active"),
    [
        (ManagementRules(), False),
        (ManagementRules(breakeven_points=1), True),
        (ManagementRules(breakeven_r=dec("1")), True),
        (ManagementRules(breakeven_target=1), True),
        (ManagementRules(trail=TrailMode.R), True),
        (ManagementRules(cascade=True), True),
        (ManagementRules(partials=((dec("1"), dec("50")),)), True),
        (ManagementRules(hold_minutes=dec("1")), True),
    ],
)
def test_a_plan_is_active_when_there_is_anything_to_do(
    rules: ManagementRules, active: bool
) -> None:
    own = TradePlan(rules, dec("1.099"), (dec("1.1"),), 1)
    assert (rules.active, own.active) == (active, active)
    assert replace(own, weights=(dec("1"), dec("1"))).active
    assert not replace(own, weights=(dec("1"),)).active or active
    assert replace(own, order_expiry=NOW).active


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ("", []),
        ("1,50,2,50", []),
        ("1,50,2", ["3 numbers, allowed: R and percent in turn, as 1,50,2,25"]),
        ("1,50,2,50.1", ["100.1 % together, allowed up to 100 %"]),
        ("2,10,1,10", ["R = 2,1, allowed: each larger than the one before"]),
        ("1,10,1,10", ["R = 1,1, allowed: each larger than the one before"]),
    ],
)
def test_partial_closes_that_contradict_each_other_are_named(
    numbers: str, problems: list[str]
) -> None:
    given = [Decimal(part) for part in numbers.split(",") if part]
    assert [*unpaired(given)] == problems
    if not problems:
        assert [value for pair in pairs(given) for value in pair] == given
