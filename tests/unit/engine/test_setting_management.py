"""The settings of open trades: off by default, read as rules, refused where they cannot be."""

import re
from decimal import Decimal

import pytest

from signalos_desktop.domain.management.rules import ManagementRules, TrailMode
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings


def test_the_rules_of_open_trades_are_off_unless_they_are_set() -> None:
    rules = Settings().management
    assert rules == ManagementRules()
    assert not rules.active
    assert Settings().text("manage.opposite") == "allow"


def test_the_rules_of_open_trades_are_read_from_the_settings() -> None:
    changed = Settings().with_changes(
        {
            "manage.breakeven.after_tp": "1",
            "manage.trail.mode": "r",
            "manage.trail.r": "1.5",
            "manage.partials": "1,50,2.5,25",
            "manage.cascade": "on",
            "manage.max_hold_min": "0.5",
        }
    )
    assert changed.management == ManagementRules(
        breakeven_target=1,
        trail=TrailMode.R,
        trail_r=Decimal("1.5"),
        partials=((Decimal(1), Decimal(50)), (Decimal("2.5"), Decimal(25))),
        cascade=True,
        hold_minutes=Decimal("0.5"),
    )
    assert changed.management is changed.management


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("manage.partials", "1,50,2", "3 numbers, allowed: R and percent in turn"),
        ("manage.partials", "1,80,2,30", "110 % together, allowed up to 100 %"),
        ("manage.partials", "nan,50", "allowed numbers above 0"),
        ("manage.trail.points", "-5", "allowed 1-100000"),
        ("manage.trail.r", "NaN", "allowed 0.1-20"),
        ("manage.breakeven.r", "200", "allowed 0-20"),
        ("manage.opposite", "sometimes", "allowed allow, refuse, close"),
    ],
)
def test_a_rule_that_cannot_be_is_named(key: str, value: str, why: str) -> None:
    with pytest.raises(SettingInvalidError, match=re.escape(f"{key} = ")) as refused:
        Settings().with_change(key, value)
    assert why in refused.value.text


def test_a_strategy_may_have_rules_of_its_own_for_open_trades() -> None:
    settings = Settings().with_changes(
        {"strategy.vip.manage.cascade": "on", "strategy.for": "channel=vip"}
    )
    assert settings.applied("channel", "1@x").management == ManagementRules(cascade=True)
    assert not settings.applied("other", "1@x").management.active
    with pytest.raises(SettingInvalidError, match=r"vip: manage\.partials = 1: 1 numbers"):
        settings.with_change("strategy.vip.manage.partials", "1")
