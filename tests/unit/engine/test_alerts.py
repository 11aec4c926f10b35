"""An alert and the levels that follow it are one signal and one trade."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.engine.entries import Relation, SignalState
from tests.helpers.trader import ALERT, LEVELS, Trader, actions, trade


def test_levels_complete_the_alert_that_waits(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        alert = await trader.say(ALERT)
        assert alert.state is SignalState.REVIEW
        assert alert.reason.startswith("ALERT")
        trader.rig.clock.move(70)
        trader.rig.open_for_business()
        trader.rig.pipeline.expire()
        assert alert.state is SignalState.REVIEW
        levels = await trader.say(LEVELS)
        assert (levels.entry.relation, levels.entry.thread) == (
            Relation.LEVELS,
            alert.entry.signal,
        )
        assert alert.state is SignalState.EXPIRED
        assert levels.state is SignalState.READY
        assert await trader.fire(alert) == "NOT_FIREABLE"
        assert await trader.fire(levels) == ""
        opened = await trader.filled()
        assert [row.action for row in opened] == [CommandAction.BUY, CommandAction.BUY]

    trade(tmp_path, scene)


@pytest.mark.parametrize(
    ("text", "reply"), [("SL 1.07700\nTP 1.08600", True), ("SL 1.07700\nTP 1.08600", False)]
)
def test_levels_without_a_symbol_complete_it_too(tmp_path: Path, text: str, reply: bool) -> None:
    async def scene(trader: Trader) -> None:
        await trader.say(ALERT, message_id="1")
        levels = await trader.say(text, message_id="2", reply_to="1" if reply else None)
        assert levels.entry.relation is Relation.LEVELS
        assert levels.state is SignalState.READY
        [order] = levels.entry.reading.orders
        assert (order.sl, order.tps) == (Decimal("1.07700"), (Decimal("1.08600"),))

    trade(tmp_path, scene)


def test_another_symbol_side_provider_or_a_late_one_is_a_signal_of_its_own(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await trader.say(ALERT)
        sell = "EURUSD SELL 1.08000 SL 1.08300 TP 1.07400"
        assert (await trader.say(sell)).entry.relation is Relation.NEW
        stranger = Trader(trader.rig, "other")
        assert (await stranger.say(LEVELS)).entry.relation is Relation.NEW
        trader.rig.clock.move(301)
        assert (await trader.say(LEVELS)).entry.relation is Relation.NEW

    trade(tmp_path, scene)


def test_with_a_window_of_0_nothing_is_joined(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(alert_window_s=0)
        alert = await trader.say(ALERT)
        assert alert.state is SignalState.REJECTED
        assert (await trader.say(LEVELS)).entry.relation is Relation.NEW

    trade(tmp_path, scene)


def test_the_levels_of_a_traded_alert_become_its_levels_and_open_nothing(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        alert = await trader.say(f"{ALERT} SL 1.07600")
        await trader.fire(alert)
        await trader.filled()
        levels = await trader.say(LEVELS)
        assert levels.state is SignalState.READY
        assert await trader.fire(levels) == ""
        moved = await trader.filled()
        assert actions(moved) == [
            (CommandAction.MODIFY, Decimal("1.07700"), Decimal("1.08300")),
        ]
        assert levels.state is SignalState.DONE

    trade(tmp_path, scene)


def test_levels_that_come_before_the_fill_act_once_it_is_known(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(f"{ALERT} SL 1.07600")
        levels = await trader.say(LEVELS)
        assert levels.state is SignalState.READY
        opened = await trader.filled()
        assert [row.action for row in opened] == [CommandAction.BUY]
        assert [row.action for row in await trader.filled()] == [CommandAction.MODIFY]
        assert levels.state is SignalState.DONE

    trade(tmp_path, scene)


def test_a_second_full_signal_after_the_levels_is_a_duplicate(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(ALERT)
        await trader.say(LEVELS)
        await trader.filled()
        again = await trader.say(LEVELS)
        assert again.entry.relation is Relation.NEW
        assert again.state is SignalState.REJECTED
        assert await trader.filled() == []

    trade(tmp_path, scene)
