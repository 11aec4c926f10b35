"""Each setting has one declaration; a value outside it never gets in, in whatever form it comes."""

from dataclasses import fields
from decimal import Decimal

import pytest

from signalos_desktop.domain.risk.rules import (
    LOAD_BOUNDS,
    RiskBase,
    RiskMode,
    RiskRules,
    out_of_range,
)
from signalos_desktop.engine.setting_kinds import SettingInvalidError, to_plain
from signalos_desktop.engine.setting_list import RULE_HELP
from signalos_desktop.engine.settings import Settings, live_warning

NAN = float("nan")


def test_every_rule_of_risk_is_a_setting() -> None:
    assert set(RULE_HELP) == {field.name for field in fields(RiskRules)}


@pytest.mark.parametrize("strategy", ["standard", "load"])
def test_every_default_lies_in_its_own_range(strategy: str) -> None:
    settings = Settings().with_change("strategy", strategy)
    for setting in settings:
        assert setting.help
        assert settings.with_change(setting.key, settings.get(setting.key)).get(
            setting.key
        ) == settings.get(setting.key)


def test_what_is_shown_can_be_typed_again() -> None:
    settings = Settings.from_stored(
        {
            "symbol.map": {"GOLD": "XAUUSD.m", "US30": "#DJ30"},
            "bridge.folders": ["C:\\MT5 one\\MQL5\\Files", "/home/x/Files"],
            "targets.weights": [Decimal("50"), Decimal("30"), 20],
            "risk.require_confidence": True,
            "risk.percent": Decimal("0.25"),
        }
    )
    for setting in settings:
        if settings.shown(setting.key):
            again = Settings().with_change(setting.key, settings.shown(setting.key))
            assert again.get(setting.key) == settings.get(setting.key)


def test_a_text_may_be_empty() -> None:
    settings = Settings().with_change("stock.account", " 7@Broker ")
    assert settings.text("stock.account") == "7@Broker"
    assert settings.with_change("stock.account", "").shown("stock.account") == ""
    assert settings.declared("stock.account").allowed == "a text, or nothing"
    for wrong in (7, "a\nb", "x" * 1001):
        with pytest.raises(SettingInvalidError):
            settings.with_change("stock.account", wrong)


def test_defaults_are_the_rules_own() -> None:
    assert Settings().rules == RiskRules()


def test_rules_follow_the_settings() -> None:
    settings = Settings().with_changes(
        {
            "risk.percent": "0.5",
            "risk.mode": "money",
            "risk.base": "balance",
            "risk.throttle.per_10s": 7,
            "targets.weights": "60,40",
            "risk.require_confidence": "yes",
        }
    )
    rules = settings.rules
    assert (rules.percent, rules.throttle_per_10s) == (Decimal("0.5"), 7)
    assert (rules.mode, rules.base) == (RiskMode.MONEY, RiskBase.BALANCE)
    assert rules.targets_weights == (Decimal(60), Decimal(40))
    assert rules.require_confidence is True
    assert out_of_range(rules) == ()


def test_a_change_makes_another_object() -> None:
    before = Settings()
    after = before.with_change("risk.percent", "0.5")
    assert (before.decimal("risk.percent"), after.decimal("risk.percent")) == (
        Decimal(1),
        Decimal("0.5"),
    )
    assert after.explicit == {"risk.percent": Decimal("0.5")}
    assert before != after
    assert after == Settings().with_change("risk.percent", 0.5)
    assert len({after, Settings().with_change("risk.percent", 0.5)}) == 1


def test_the_words_of_a_refusal() -> None:
    with pytest.raises(SettingInvalidError) as caught:
        Settings().with_change("risk.percent", "200")
    assert caught.value.code == "CONFIG_INVALID"
    assert caught.value.text == "risk.percent = 200, allowed 0.01-5"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("risk.percent", "200"),
        ("risk.percent", "-1"),
        ("risk.percent", "0"),
        ("risk.percent", "nan"),
        ("risk.percent", "1e0"),
        ("risk.percent", "0,5"),
        ("risk.percent", ""),
        ("risk.percent", NAN),
        ("risk.percent", float("inf")),
        ("risk.percent", True),
        ("risk.percent", None),
        ("risk.percent", [1]),
        ("risk.percent", Decimal("1.0000000000001")),
        ("risk.min_rr", Decimal("1E-999999")),
        ("risk.max_positions", "2.5"),
        ("risk.max_positions", 2.5),
        ("risk.max_positions", "201"),
        ("risk.require_confidence", "perhaps"),
        ("risk.require_confidence", 1),
        ("risk.mode", "PERCENT"),
        ("risk.mode", ""),
        ("risk.mode", True),
        ("bridge.protocol", 3),
        ("bridge.folders", 5),
        ("bridge.folders", ["a\x00b"]),
        ("bridge.folders", [""]),
        ("bridge.folders", ["x" * 1001]),
        ("bridge.folders", ["x"] * 501),
        ("symbol.map", "GOLD"),
        ("symbol.map", {"GOLD": 5}),
        ("symbol.map", []),
        ("targets.weights", "50,0"),
        ("targets.weights", "a"),
        ("targets.weights", [Decimal("1E+999999")]),
        ("magic", 0),
        ("strategy", "gamble"),
        ("strategy", None),
        ("no.such.key", "1"),
    ],
)
def test_what_is_not_allowed_is_refused(key: str, value: object) -> None:
    with pytest.raises(SettingInvalidError):
        Settings().with_change(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("risk.percent", "0.5"),
        ("risk.max_positions", "5"),
        ("risk.require_confidence", "true"),
    ],
)
def test_stored_values_are_strictly_typed(key: str, value: str) -> None:
    Settings().with_change(key, value)
    with pytest.raises(SettingInvalidError):
        Settings.from_stored({key: value})


def test_a_protocol_may_be_written_as_a_number() -> None:
    assert Settings().with_change("bridge.protocol", 2).text("bridge.protocol") == "2"


def test_all_changes_or_none() -> None:
    settings = Settings()
    with pytest.raises(SettingInvalidError):
        settings.with_changes({"risk.percent": "0.5", "risk.min_rr": "-1"})
    assert settings.explicit == {}


def test_reading_a_setting_as_another_type_is_a_mistake_of_the_program() -> None:
    settings = Settings()
    assert settings.integer("magic") == 4400000
    assert settings.boolean("risk.require_confidence") is False
    assert settings.text("autonomy") == "confirm"
    assert settings.texts("bridge.folders") == ()
    assert settings.mapping("symbol.map") == {}
    for read in (settings.decimal, settings.boolean, settings.texts, settings.mapping):
        with pytest.raises(TypeError):
            read("magic")
    with pytest.raises(TypeError):
        settings.integer("risk.require_confidence")


def test_the_strategy_load_allows_hundreds_of_quick_signals() -> None:
    settings = Settings().with_change("strategy", " load ")
    rules = settings.rules
    assert (
        min(
            rules.max_daily_trades,
            rules.max_positions,
            rules.throttle_per_10s,
            rules.throttle_per_minute,
            rules.throttle_per_day,
        )
        >= 200
    )
    assert out_of_range(rules, LOAD_BOUNDS) == ()
    assert live_warning(settings)
    assert live_warning(Settings()) is None


def test_wide_values_do_not_survive_the_way_back_to_standard() -> None:
    load = Settings().with_changes({"risk.max_positions": "5000", "strategy": "load"})
    with pytest.raises(SettingInvalidError, match=r"risk\.max_positions = 5000, allowed 1-200"):
        load.with_change("strategy", "standard")
    back = load.with_changes({"strategy": "standard", "risk.max_positions": "20"})
    assert back.integer("risk.max_positions") == 20


def test_values_leave_the_program_with_decimals_as_strings() -> None:
    assert to_plain(Decimal("0.50")) == "0.5"
    assert to_plain((Decimal(1), Decimal("2.5"))) == ["1", "2.5"]
    assert to_plain(5) == 5
