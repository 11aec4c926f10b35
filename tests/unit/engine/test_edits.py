"""Edits, repeats and deletions: what differs is shown, nothing is ever opened a second time."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import Relation, SignalState
from signalos_desktop.engine.events import SignalRead, UpdatePlanned
from tests.helpers.rig import FakeBridge, account_state, snapshot, status
from tests.helpers.trader import LEVELS, Trader, actions, trade

TIGHTER = LEVELS.replace("1.07700", "1.07800")


def test_an_edit_of_a_waiting_signal_replaces_it_and_shows_what_differs(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        first = await trader.say(LEVELS, message_id="7")
        edit = await trader.say(TIGHTER, message_id="7", edited=True)
        assert (edit.entry.relation, edit.entry.thread) == (Relation.EDIT, first.entry.signal)
        assert edit.entry.changes == (FieldChange(0, "sl", "1.077", "1.078"),)
        assert trader.rig.told(SignalRead)[-1].changes == edit.entry.changes
        assert (first.state, edit.state) == (SignalState.EXPIRED, SignalState.READY)
        assert edit.entry.expires == first.entry.expires

    trade(tmp_path, scene)


def test_an_edit_does_not_make_an_old_signal_young(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await trader.say(LEVELS, message_id="7")
        trader.rig.clock.move(61)
        edit = await trader.say(TIGHTER, message_id="7")
        assert edit.state is SignalState.EXPIRED
        assert await trader.fire(edit) == "NOT_FIREABLE"

    trade(tmp_path, scene)


def test_an_edit_from_talk_to_a_signal_is_a_signal(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await trader.say("good morning", message_id="7")
        trader.rig.clock.move(300)
        trader.rig.open_for_business()
        edit = await trader.say(LEVELS, message_id="7")
        assert edit.state is SignalState.READY

    trade(tmp_path, scene)


def test_ask_waits_for_fire_whatever_the_trust(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.rig.pipeline.settings = trader.rig.pipeline.settings.with_change(
            "autonomy", "confirm"
        )
        first = await trader.say(LEVELS, message_id="7")
        trader.set(trust="auto", edits="ask")
        edit = await trader.say(TIGHTER, message_id="7")
        assert (first.state, edit.state) == (SignalState.EXPIRED, SignalState.READY)
        assert "S/L 1.077 -> 1.078" in edit.reason
        assert trader.rows() == []

    trade(tmp_path, scene)


@pytest.mark.parametrize("text", [TIGHTER, LEVELS])
def test_what_the_user_skipped_is_not_sent_by_itself_when_it_is_said_again(
    tmp_path: Path, text: str
) -> None:
    async def scene(trader: Trader) -> None:
        first = await trader.say(LEVELS, message_id="7")
        await trader.rig.pipeline.skip(first.entry.signal)
        trader.set(trust="auto")
        again = await trader.say(text, message_id="7")
        assert again.state is SignalState.READY
        assert "was skipped" in again.reason
        assert trader.rows() == []
        assert await trader.fire(again) == ""

    trade(tmp_path, scene)


def test_an_edit_of_a_message_that_is_not_known_is_not_acted_on_by_itself(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        unknown = await trader.say(LEVELS, message_id="7", edited=True)
        assert unknown.state is SignalState.READY
        assert "first version is not known" in unknown.reason
        assert trader.rows() == []
        assert await trader.fire(unknown) == ""
        await trader.filled()
        update = await trader.say("close half", message_id="8", edited=True)
        assert update.state is SignalState.READY
        assert "first version is not known" in update.reason
        assert trader.rows() == []

    trade(tmp_path, scene)


def test_ignored_edits_leave_the_first_version_as_it_is(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(edits="ignore")
        first = await trader.say(LEVELS, message_id="7")
        edit = await trader.say(TIGHTER, message_id="7")
        assert (first.state, edit.state) == (SignalState.READY, SignalState.SKIPPED)
        assert "S/L 1.077 -> 1.078" in edit.reason

    trade(tmp_path, scene)


def test_changed_levels_of_a_fired_signal_become_its_levels(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        edit = await trader.say(
            LEVELS.replace("1.07700", "1.07800").replace("1.08600", "1.08700"), message_id="7"
        )
        assert actions(await trader.filled()) == [
            (CommandAction.MODIFY, Decimal("1.07800"), None),
            (CommandAction.MODIFY, Decimal("1.07800"), Decimal("1.08700")),
        ]
        assert edit.state is SignalState.DONE
        assert edit.reason == "2 of 2 executed"
        [planned] = {event.steps for event in trader.rig.told(UpdatePlanned)}
        assert len(planned) == 2

    trade(tmp_path, scene)


def test_a_level_moved_meanwhile_stays_where_the_edit_does_not_name_it(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say("EURUSD BUY 1.08000 SL 1.07700 TP 1.08600", message_id="7")
        await trader.filled()
        await trader.say("SL to BE", reply_to="7")
        await trader.filled()
        await trader.say("EURUSD BUY 1.08000 SL 1.07700 TP 1.08700", message_id="7")
        assert actions(await trader.filled()) == [(CommandAction.MODIFY, None, Decimal("1.08700"))]

    trade(tmp_path, scene)


@pytest.mark.parametrize(
    "text",
    [
        LEVELS.replace("BUY 1.08000", "BUY 1.07900"),
        "EURUSD SELL 1.08000\nSL 1.08300\nTP1 1.07700\nTP2 1.07400",
        LEVELS.replace("EURUSD", "GBPUSD"),
        f"{LEVELS}\n\nEURUSD SELL LIMIT 1.09000 SL 1.09300 TP 1.08100",
    ],
)
def test_nothing_but_levels_is_acted_on_after_fire(tmp_path: Path, text: str) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        edit = await trader.say(text, message_id="7")
        assert edit.state is SignalState.REVIEW
        assert edit.reason.startswith("EDIT_AFTER_FIRE")
        assert await trader.fire(edit) == "NOT_FIREABLE"
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_an_edit_that_reads_with_problems_is_not_acted_on(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        edit = await trader.say(LEVELS.replace("SL 1.07700", "SL 1.09700"), message_id="7")
        assert edit.state is SignalState.REVIEW
        assert edit.reason.startswith("READ_WITH_PROBLEMS")
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_a_wider_stop_is_asked_for(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        edit = await trader.say(LEVELS.replace("1.07700", "1.07500"), message_id="7")
        assert edit.state is SignalState.READY
        assert "risks more" in edit.reason
        assert trader.rows() == []
        assert await trader.fire(edit) == ""
        assert [row.sl for row in await trader.filled()] == [Decimal("1.07500")] * 2

    trade(tmp_path, scene)


def test_an_edit_of_a_closed_trade_changes_nothing(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        await trader.say("close all", reply_to="7")
        await trader.filled()
        edit = await trader.say(TIGHTER, message_id="7")
        assert edit.state is SignalState.REVIEW
        assert edit.reason.startswith("NO_TRADE")

    trade(tmp_path, scene)


def test_an_alert_edited_into_its_levels_is_one_signal(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say("EURUSD BUY NOW", message_id="7")
        trader.rig.clock.move(90)
        trader.rig.open_for_business()
        edit = await trader.say(LEVELS, message_id="7")
        assert edit.state is SignalState.FIRED
        assert len(await trader.filled()) == 2

    trade(tmp_path, scene)


def test_a_traded_alert_edited_into_its_levels_gets_them(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say("EURUSD BUY NOW SL 1.07600", message_id="7")
        await trader.filled()
        await trader.say(LEVELS, message_id="7")
        [row] = await trader.filled()
        assert (row.action, row.sl, row.tp) == (
            CommandAction.MODIFY,
            Decimal("1.07700"),
            Decimal("1.08300"),
        )

    trade(tmp_path, scene)


def test_a_repeat_is_refused_as_a_duplicate(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        repeat = await trader.say(LEVELS, message_id="7")
        assert (repeat.entry.relation, repeat.state) == (Relation.REPEAT, SignalState.REJECTED)
        await trader.say("close half", message_id="8", reply_to="7")
        assert len(await trader.filled()) == 1
        again = await trader.say("close half", message_id="8", reply_to="7")
        assert again.state is SignalState.SKIPPED
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_an_edited_update_that_was_acted_on_asks(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        await trader.say("close half", message_id="8", reply_to="7")
        await trader.filled()
        edit = await trader.say("close all", message_id="8", reply_to="7")
        assert edit.state is SignalState.READY
        assert edit.reason.startswith("FIRE will")
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_a_post_edited_into_close_now_closes_its_trade(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        await trader.say("close now", message_id="7")
        assert [row.action for row in await trader.filled()] == [CommandAction.CLOSE_TICKET] * 2

    trade(tmp_path, scene)


def test_a_deletion_ends_what_waits_and_leaves_what_is_open(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        waiting = await trader.say(LEVELS, message_id="7")
        deletion = await trader.say("", message_id="7", deleted=True)
        assert (waiting.state, deletion.state) == (SignalState.EXPIRED, SignalState.NONE)
        assert deletion.entry.relation is Relation.DELETION
        again = await trader.say(LEVELS, message_id="8")
        await trader.fire(again)
        await trader.filled()
        gone = await trader.say("", message_id="8", deleted=True)
        assert again.entry.signal in gone.reason
        assert await trader.filled() == []
        assert len(trader.positions) == 2
        unknown = await trader.say("", message_id="99", deleted=True)
        assert unknown.state is SignalState.NONE

    trade(tmp_path, scene)


def test_what_another_terminal_was_sent_is_not_opened_here(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        rig = trader.rig
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="7")
        await trader.filled()
        other = rig.add_desk(FakeBridge(Account(7, "Other")))
        state = replace(account_state(), account=other.account)
        shown = snapshot(rig.clock, status=status(rig.clock.now(), login=7), account=state)
        rig.pipeline.on_facts(other, shown)
        rig.pipeline.desks = {other.account: other}
        edit = await trader.say(TIGHTER, message_id="7")
        assert edit.state is SignalState.REVIEW
        assert edit.reason.startswith("NO_TRADE")
        await rig.settle()
        assert other.flight.tracked == {}

    trade(tmp_path, scene)
