"""The rules' defaults and ranges."""

from dataclasses import fields, replace

import pytest

from signalos_desktop.domain.levels import LevelPolicy, TargetPolicy, ZonePick
from signalos_desktop.domain.risk.rules import (
    BOUNDS,
    CHOICE_KEYS,
    LOAD_BOUNDS,
    RiskRules,
    out_of_range,
)
from tests.unit.domain.samples import dec


def test_the_defaults_are_in_range() -> None:
    assert out_of_range(RiskRules()) == ()


def test_every_rule_has_a_key_of_its_own() -> None:
    keys = {**{field: bound.key for field, bound in BOUNDS.items()}, **CHOICE_KEYS}
    assert set(keys) == {field.name for field in fields(RiskRules)}
    assert len(set(keys.values())) == len(keys)


@pytest.mark.parametrize("percent", ["200", "0", "-1", "5.01"])
def test_outside_the_range_is_named_with_the_range(percent: str) -> None:
    found = out_of_range(replace(RiskRules(), percent=dec(percent)))
    assert found == (f"risk.percent = {percent}, allowed 0.01-5",)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_is_out_of_range(value: str) -> None:
    assert out_of_range(RiskRules(percent=dec(value)))
    assert out_of_range(RiskRules(targets_weights=(dec("1"), dec(value))))


def test_weights_are_above_zero() -> None:
    assert out_of_range(RiskRules(targets_weights=(dec("50"), dec("0")))) == (
        "targets.weights = 50,0, allowed: numbers above 0",
    )


def test_the_load_strategy_widens_counts_but_not_the_risk_of_a_trade() -> None:
    many = replace(RiskRules(), max_positions=1000, max_daily_trades=100000)
    assert out_of_range(many) != ()
    assert out_of_range(many, LOAD_BOUNDS) == ()
    assert LOAD_BOUNDS["percent"] == BOUNDS["percent"]


def test_level_policy_of_the_rules() -> None:
    rules = RiskRules(entry_zone=ZonePick.LAST, targets_policy=TargetPolicy.FIRST)
    assert rules.levels == LevelPolicy(ZonePick.LAST, TargetPolicy.FIRST, dec("0.25"))
