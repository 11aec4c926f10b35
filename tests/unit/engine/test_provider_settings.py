"""The settings of one provider: declared, strict, falling back to those for all."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.domain.levels import TargetPolicy, ZonePick
from signalos_desktop.domain.parsing.profile import Role
from signalos_desktop.domain.providers.policy import EditPolicy, Trust, UpdatePolicy
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings


def changed(**values: object) -> Settings:
    return Settings().with_changes({f"provider.gold.{k}": v for k, v in values.items()})


def test_an_unknown_provider_has_what_holds_for_all() -> None:
    settings = Settings().with_changes(
        {"autonomy": "auto", "entry.zone": "last", "targets.weights": "2,1"}
    )
    policy = settings.provider("whoever")
    assert (policy.trust, policy.zone, policy.weights) == (
        Trust.AUTO,
        ZonePick.LAST,
        (Decimal(2), Decimal(1)),
    )
    assert (policy.edits, policy.updates) == (EditPolicy.ACCEPT, UpdatePolicy.ACT)
    assert settings.providers == ()


def test_own_settings_win_for_that_provider_alone() -> None:
    settings = changed(
        trust="auto",
        zone="range",
        targets="first",
        weights="3,1",
        edits="ask",
        updates="ask",
        alert_window_s="60",
        symbol="XAUUSD",
        symbols="YELLOW=XAUUSD",
        words="compra=buy",
        ignored_words="vip",
        ignored_lines="join us;buy now or cry later",
        pips="XAUUSD=0.1",
    )
    policy, other = settings.provider("gold"), settings.provider("silver")
    assert (policy.zone, policy.targets) == (ZonePick.RANGE, TargetPolicy.FIRST)
    assert policy.alert_window_s == 60
    assert policy.profile.words == (("compra", Role.BUY),)
    assert policy.profile.default_symbol == "XAUUSD"
    assert policy.profile.pip_size("XAUUSD") == Decimal("0.1")
    assert policy.profile.ignored_lines == ("join us", "buy now or cry later")
    assert (other.trust, other.zone) == (Trust.CONFIRM, ZonePick.FIRST)
    assert settings.providers == ("gold",)
    assert settings.without(list(settings.explicit)) == Settings()


def test_observe_for_all_cannot_be_overridden() -> None:
    assert changed(trust="auto").with_change("autonomy", "observe").provider("gold").trust is (
        Trust.OBSERVE
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("provider.gold.trust", "yes", "provider.gold.trust = yes, allowed confirm, auto, observe"),
        ("provider.gold.nix", "1", "provider.gold.nix is no setting of a provider, allowed: trust"),
        ("provider.gold.words", "compra=bought", "compra=bought, allowed after the =: buy, sell"),
        ("provider.gold.pips", "XAUUSD=ten", "provider.gold.pips: not a plain decimal"),
        ("provider.gold.pips", "XAUUSD=0", "the pip of XAUUSD is 0"),
        ("provider.gold.ignored_words", "25", "has no letters"),
        ("provider.gold.alert_window_s", "9999", "allowed 0-3600"),
        ("provider. gold.trust", "auto", "1 to 80 printable characters"),
        ("provider.go\x00ld.trust", "auto", "1 to 80 printable characters"),
        (f"provider.{'g' * 81}.trust", "auto", "1 to 80 printable characters"),
        ("provider.trust", "auto", "provider.trust is no setting"),
    ],
)
def test_bad_ones_are_named(key: str, value: str, said: str) -> None:
    with pytest.raises(SettingInvalidError) as refused:
        Settings().with_change(key, value)
    assert said in refused.value.text


def test_a_name_may_be_anything_printable() -> None:
    name = "Gold V.I.P 黄金 =;,"
    settings = Settings().with_change(f"provider.{name}.edits", "ignore")
    assert settings.provider(name).edits is EditPolicy.IGNORE


def test_strangers_share_what_holds_for_all_whatever_they_are_called() -> None:
    settings = changed(trust="auto")
    everybody = settings.provider("stranger")
    assert everybody.trust is Trust.CONFIRM
    assert settings.provider("\x00" * 5000) is everybody
    assert settings.provider("") is everybody


def test_they_are_kept_with_the_settings_and_a_bad_one_keeps_the_last_good(tmp_path: Path) -> None:
    store = SettingsFile(tmp_path)
    store.save(changed(words="compra=buy", weights="2,1", trust="auto"))
    assert store.load().settings == changed(words="compra=buy", weights="2,1", trust="auto")
    document = json.loads(store.path.read_text())
    document["values"]["provider.gold.words"] = {"compra": "sideways"}
    store.path.write_text(json.dumps(document))
    loaded = store.load()
    assert "compra=sideways" in loaded.problems[0]
    assert loaded.settings.provider("gold").trust is Trust.AUTO
