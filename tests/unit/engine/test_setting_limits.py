"""The settings of the account's limits and of the moment: ranges, zones, contradictions."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.risk.account_limits import LimitRules, Preset
from signalos_desktop.domain.risk.rules import CooldownScope, NewsMissing
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings


def test_the_defaults_are_those_of_the_rules() -> None:
    assert Settings().limits == LimitRules()


def test_limits_as_they_are_typed() -> None:
    settings = Settings().with_changes(
        {
            "limits.initial": "100000",
            "limits.preset": "the5ers-high-stakes",
            "limits.zone": "America/New_York",
            "risk.loss_buffer_percent": "0.5",
            "limits.trailing_lock": "true",
        }
    )
    assert settings.limits.preset is Preset.THE5ERS_HIGH_STAKES
    assert settings.limits.buffer_percent == Decimal("0.5")
    assert settings.limits.trailing_lock
    assert settings.limits is settings.limits


def test_rules_of_the_moment_as_they_are_typed() -> None:
    settings = Settings().with_changes(
        {
            "hours.windows": "Mon-Fri 08:00-17:00",
            "hours.zone": "Europe/Prague",
            "news.before_min": 30,
            "news.missing": "warn",
            "cooldown.scope": "symbol",
        }
    )
    assert settings.rules.hours == "Mon-Fri 08:00-17:00"
    assert settings.rules.news_missing is NewsMissing.WARN
    assert settings.rules.cooldown_scope is CooldownScope.SYMBOL


@pytest.mark.parametrize("zone", ["Prague", "Europe", "../etc/passwd", "/etc/localtime", "UTC\n+1"])
def test_a_zone_that_does_not_exist_is_named(zone: str) -> None:
    with pytest.raises(SettingInvalidError, match=r"limits\.zone = .*, allowed a time zone"):
        Settings.from_stored({"limits.zone": zone})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"limits.preset": "ftmo-2-step"}, "limits.initial = 0"),
        ({"risk.max_daily_loss_percent": "0.3"}, "risk.loss_buffer_percent = 0.3, must be below"),
        ({"hours.windows": "always"}, "hours.windows = always, allowed windows such as"),
        ({"limits.percent": "200"}, "limits.percent = 200, allowed 0-90"),
        ({"limits.initial": "-1"}, "limits.initial = -1, allowed"),
        ({"limits.initial": "NaN"}, "limits.initial = NaN, allowed"),
        ({"limits.preset": "ftmo"}, "limits.preset = ftmo, allowed none, ftmo-2-step"),
    ],
)
def test_what_cannot_be_is_named(changes: dict[str, object], words: str) -> None:
    with pytest.raises(SettingInvalidError) as raised:
        Settings().with_changes(changes)
    assert words in raised.value.text
