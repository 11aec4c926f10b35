"""Strategies: named sets of rules for a provider, an account or all, kept with the settings."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.risk.account_limits import Preset
from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.setting_controls import SettingControls
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.strategies import StrategyControls, StrategyLine
from signalos_desktop.engine.strategy_files import read_strategy
from tests.helpers.rig import ACCOUNT, GOOD, Rig, play, snapshot
from tests.helpers.rig_deals import deal
from tests.helpers.session_rig import MemoryStore

CAREFUL = {
    "version": 1,
    "strategy": "careful",
    "rules": {"risk.percent": "0.5", "risk.max_daily_trades": 2, "risk.mode": "percent"},
}


def careful(**more: object) -> Settings:
    own = {f"strategy.careful.{key}": value for key, value in CAREFUL["rules"].items()}  # type: ignore[attr-defined]
    return Settings().with_changes({**own, **more})


def controls(rig: Rig) -> StrategyControls:
    return StrategyControls(SettingControls(rig.pipeline, MemoryStore()), rig.pipeline)


def test_who_a_strategy_holds_for() -> None:
    settings = careful(**{"strategy.for": {"vip": "careful"}})
    assert settings.rules.percent == 1
    assert settings.applied("vip").rules.percent == Decimal("0.5")
    assert settings.applied("vip").rules.max_daily_trades == 2
    assert settings.applied("other").rules.percent == 1
    assert settings.applied("vip") is settings.applied("vip")
    assert Settings().applied("vip", "1@x") == Settings()


def test_the_accounts_strategy_has_the_last_word() -> None:
    settings = careful(
        **{
            "strategy.prop.risk.percent": "0.25",
            "strategy.prop.limits.initial": 100_000,
            "strategy.prop.limits.preset": "ftmo-2-step",
            "strategy.all.risk.percent": "2",
            "strategy.all.risk.min_rr": "1",
            "strategy.for": {"vip": "careful", "7@Demo": "prop", "*": "all"},
        }
    )
    both = settings.applied("vip", "7@Demo")
    assert (both.rules.percent, both.rules.max_daily_trades) == (Decimal("0.25"), 2)
    assert both.rules.min_rr == 1
    assert both.limits.preset is Preset.FTMO_2_STEP
    assert settings.applied(account="8@Demo").limits.preset is Preset.NONE
    assert settings.applied("x").rules.percent == 2


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("strategy.careful.risk.percent", "200", "strategy.careful.risk.percent = 200, allowed"),
        ("strategy.careful.risk.percent", "NaN", "strategy.careful.risk.percent = NaN, allowed"),
        ("strategy.careful.risk.percent", "-1", "allowed 0.01-5"),
        ("strategy.careful.autonomy", "auto", "autonomy' is no rule of a strategy"),
        ("strategy.load.risk.percent", "1", "a strategy's name has"),
        ("strategy.a b.risk.percent", "1", "a strategy's name has"),
        ("strategy.careful", "x", "is no setting"),
        ("strategy.for", {"vip": "bold"}, "strategy.for = vip=bold, allowed: careful, prop"),
        ("strategy.for", {"vip": "prop"}, "vip=prop: limits.action is of an account as a whole"),
        ("strategy.careful.limits.preset", "ftmo-2-step", "strategy careful: limits.initial"),
        ("strategy.careful.hours.windows", "always", "strategy careful: hours.windows"),
        ("strategy.careful.risk.max_daily_loss_percent", "0.2", "risk.loss_buffer_percent = 0.3"),
    ],
)
def test_what_is_wrong_with_a_strategy_is_named(key: str, value: object, words: str) -> None:
    with pytest.raises(SettingInvalidError) as raised:
        careful(**{"strategy.prop.limits.action": "stop"}).with_change(key, value)
    assert words in raised.value.text


def test_too_many_strategies() -> None:
    many = {f"strategy.s{number}.risk.percent": 1 for number in range(51)}
    with pytest.raises(SettingInvalidError, match="51 strategies, allowed 50"):
        Settings().with_changes(many)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ('{"version":1,"version":1}', "twice"),
        ("[]", "not of the form"),
        ('{"version":1,"strategy":"a","rules":{},"x":1}', "not of the form"),
        ('{"version":2,"strategy":"a","rules":{"risk.percent":1}}', "version = 2"),
        ('{"version":true,"strategy":"a","rules":{"risk.percent":1}}', "version = true"),
        ('{"version":1,"strategy":7,"rules":{"risk.percent":1}}', "must be a name"),
        ('{"version":1,"strategy":"a","rules":{}}', "must be a name"),
        ('{"version":1,"strategy":"a","rules":{"risk.percent":NaN}}', "NaN"),
        ("x" * 70_000, "allowed 65536"),
    ],
)
def test_a_file_that_is_no_strategy(text: str, words: str) -> None:
    with pytest.raises(SettingInvalidError, match=words):
        read_strategy(text)


def test_list_use_show_export_import_remove(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        asked = controls(rig)
        assert asked.names() == {"strategies": []}
        taken = asked.take_in(CAREFUL)
        assert taken == {"strategies": [StrategyLine("careful", 3, ())]}
        used = asked.use("careful", "vip")
        assert used == {"strategies": [StrategyLine("careful", 3, ("vip",))]}
        shown: Any = asked.shown("careful")
        [percent] = [row for row in shown["rules"] if row["key"] == "risk.percent"]
        assert (percent["value"], percent["without"], percent["range"]) == ("0.5", "1", "0.01-5")
        exported: Any = asked.export("careful")
        text = json.dumps(exported["document"])
        assert next(iter(exported["document"]["rules"])) == "risk.percent"
        refused: Any = asked.remove("careful")
        assert (refused.code, "vip=careful" in refused.text) == ("CONFIG_INVALID", True)
        assert asked.use("none", "vip") == {"strategies": [StrategyLine("careful", 3, ())]}
        assert isinstance(asked.use("none", "vip"), Refusal)
        assert asked.remove("careful") == {"strategies": []}
        assert asked.take_in(text) == taken
        assert asked.export("careful") == exported
        # Another version takes the place of the first: rules that it lacks are gone.
        fewer = {**CAREFUL, "rules": {"risk.percent": 1}}
        assert asked.take_in(fewer) == {"strategies": [StrategyLine("careful", 1, ())]}
        bad: Any = asked.take_in({**CAREFUL, "rules": {"risk.percent": 200}})
        assert (bad.code, "risk.percent = 200, allowed 0.01-5" in bad.text) == (
            "CONFIG_INVALID",
            True,
        )
        assert rig.pipeline.settings.strategies["careful"] == {"risk.percent": 1}

    play(tmp_path, scene)


def test_a_strategy_that_does_not_exist(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        asked = controls(rig)
        for found in (
            asked.shown("bold"),
            asked.use("bold"),
            asked.export("bold"),
            asked.remove("bold"),
            asked.preview("bold", rig.desk, None),
        ):
            assert isinstance(found, Refusal)
            assert found.code == "UNKNOWN_STRATEGY"

    play(tmp_path, scene)


def test_fire_goes_by_the_providers_strategy(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = careful(**{"strategy.for": {"vip": "careful"}})
        rig.open_for_business()
        signal = await rig.submit(GOOD, provider="vip", message_id="1")
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        [row] = rig.bridge.outbox.rows
        assert row.max_loss == Decimal("50.00")
        assert rig.pipeline.rules(ACCOUNT).percent == 1

    play(tmp_path, scene)


def test_the_preview_says_which_decisions_would_change(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = careful(**{"strategy.careful.risk.min_rr": "1.5"})
        rig.open_for_business()
        first = await rig.submit(GOOD, provider="vip", message_id="1")
        rig.clock.move(900)
        second = await rig.submit(
            "EURUSD BUY 1.08000 SL 1.07700 TP 1.08310", provider="vip", message_id="2"
        )
        await rig.submit("good morning", provider="vip", message_id="3")
        for number in range(4, 6):
            rig.clock.move(900)
            await rig.submit(GOOD, provider="vip", message_id=str(number))
        found: Any = controls(rig).preview("careful", rig.desk, None)
        lines = found["signals"]
        assert [line.signal for line in lines][:2] == [first, second]
        assert len(lines) == 4
        assert all(line.now.verdict is Verdict.ACCEPTED for line in lines)
        assert (lines[0].then.verdict, lines[0].then.risk_money <= 50) == (Verdict.ACCEPTED, True)
        assert lines[0].changed
        assert lines[1].then.codes == ("LOW_RR",)
        assert lines[2].then.verdict is Verdict.ACCEPTED
        assert lines[3].then.codes == ("MAX_DAILY_TRADES",)
        assert found["changed"] == 4
        last: Any = controls(rig).preview("careful", rig.desk, 1)
        assert [line.then.verdict for line in last["signals"]] == [Verdict.ACCEPTED]
        assert isinstance(controls(rig).preview("careful", rig.desk, 0), Refusal)

    play(tmp_path, scene)


def test_the_preview_shows_the_volume_that_would_come_even_where_it_is_refused(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = careful(**{"risk.min_rr": "3"})
        rig.open_for_business()
        await rig.submit(GOOD, provider="vip", message_id="1")
        # What was reached and lost since then says nothing of that moment.
        rig.desk.floors = None
        found: Any = controls(rig).preview("careful", rig.desk, None)
        [line] = found["signals"]
        assert line.now.codes == line.then.codes == ("LOW_RR",)
        assert (line.now.lots, line.then.lots) == (Decimal("0.33"), Decimal("0.16"))
        assert (line.changed, found["changed"]) == (False, 0)

    play(tmp_path, scene)


def test_what_was_lost_after_a_signal_does_not_hold_it_back_in_the_preview(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = careful(**{"cooldown.losses": "1"})
        rig.open_for_business()
        await rig.submit(GOOD, provider="vip", message_id="1")
        rig.clock.move(600)
        out = deal(9, rig.clock.now(), entry=DealEntry.OUT, profit=Decimal(-5), position_id=9)
        rig.feed(snapshot(rig.clock, deals=(out,)))
        rig.clock.move(600)
        await rig.submit(GOOD, provider="vip", message_id="2")
        found: Any = controls(rig).preview("careful", rig.desk, None)
        codes = [line.now.codes for line in found["signals"]]
        assert codes == [(), ("COOLDOWN",)]

    play(tmp_path, scene)
