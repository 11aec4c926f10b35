"""Trades as they are gathered: legs, limits, netting, zones, pips, several terminals."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import Decided
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import (
    FakeBridge,
    account_state,
    position,
    receipt,
    resting,
    snapshot,
    status,
)
from tests.helpers.trader import LEVELS, Trader, actions, trade

A = CommandAction
ONE = "EURUSD BUY 1.08000 SL 1.07700 TP 1.08600"


async def opened(trader: Trader, text: str = ONE, **message: str) -> None:
    await trader.fire(await trader.say(text, **message))
    await trader.filled()


def test_a_zone_as_a_range_is_three_orders_of_one_signal(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(zone="range", trust="auto")
        signal = await trader.say("EURUSD BUY 1.08000 - 1.07800 SL 1.07500 TP 1.08600")
        assert signal.state is SignalState.FIRED
        rows = await trader.filled()
        assert [(row.action, row.price) for row in rows] == [
            (A.BUY, Decimal("1.08000")),
            (A.BUY_LIMIT, Decimal("1.07900")),
            (A.BUY_LIMIT, Decimal("1.07800")),
        ]
        [*_, first, _, _] = trader.rig.told(Decided)
        assert sum(row.max_loss or 0 for row in rows) <= 100
        assert first.decision.risk_money <= Decimal("33.34")
        await trader.say("close all", reply_to=signal.entry.message.text)
        ended = await trader.filled()
        assert sorted(row.action for row in ended) == [A.CANCEL, A.CANCEL, A.CLOSE_TICKET]

    trade(tmp_path, scene)


def test_an_edit_of_a_range_moves_all_its_orders(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(zone="range", trust="auto")
        text = "EURUSD BUY 1.08000 - 1.07800 SL 1.07500 TP 1.08600"
        await trader.say(text, message_id="1")
        await trader.filled()
        await trader.say(text.replace("1.08600", "1.08700"), message_id="1")
        moved = await trader.filled()
        assert actions(moved) == [(A.MODIFY, None, Decimal("1.08700"))] * 3

    trade(tmp_path, scene)


def test_a_providers_pips_are_its_own(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(pips="EURUSD=0.001", trust="auto")
        await trader.say("EURUSD BUY NOW SL 3 pips TP 6 pips", message_id="1")
        [row] = await trader.filled()
        assert (row.sl, row.tp) == (Decimal("1.07700"), Decimal("1.08600"))
        await trader.say("EURUSD BUY NOW SL 2 pips TP 6 pips", message_id="1")
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07800"), None)]

    trade(tmp_path, scene)


def test_an_edit_that_names_no_target_any_more_leaves_it(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        edit = await trader.say("EURUSD BUY 1.08000 SL 1.07800 TP open", message_id="1")
        assert await trader.fire(edit) == ""
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07800"), None)]
        gone = await trader.say("EURUSD BUY 1.08000 TP 1.08700", message_id="1")
        assert "S/L of position" in gone.reason

    trade(tmp_path, scene)


def test_without_a_price_an_edit_is_for_a_person(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        trader.rig.feed(Facts(quotes=()))
        edit = await trader.say(ONE.replace("1.07700", "1.07800"), message_id="1")
        assert edit.state is SignalState.REVIEW
        assert "no price" in edit.reason

    trade(tmp_path, scene)


def test_layered_orders_are_told_apart_by_their_place(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        layers = (
            "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500\n\n"
            "EURUSD BUY LIMIT 1.06900 SL 1.06400 TP 1.08400"
        )
        await opened(trader, layers, message_id="1")
        assert len(trader.orders) == 2
        edit = await trader.say(layers.replace("1.06400", "1.06450"), message_id="1")
        assert await trader.fire(edit) == ""
        rows = await trader.filled()
        assert {(row.ticket, row.sl) for row in rows} >= {(1002, Decimal("1.06450"))}

    trade(tmp_path, scene)


def test_on_netting_a_position_of_two_trades_is_asked_for(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        netting = account_state(margin_mode="RETAIL_NETTING")
        trader.rig.feed(Facts(account=netting))
        await trader.say(ONE, message_id="1")
        await trader.filled()
        trader.rig.feed(Facts(account=netting))
        await trader.say("EURUSD BUY 1.08000 SL 1.07800 TP 1.09500", message_id="2")
        await trader.rig.settle()
        added = trader.rows()
        filled = receipt(added[-1].cmd_id, ticket=5, position=1001, volume=added[-1].lots)
        trader.rig.feed(Facts(receipts=(filled,), account=netting))
        close = await trader.say("close now", reply_to="1")
        assert close.state is SignalState.READY
        assert "netting" in close.reason

    trade(tmp_path, scene, **{"risk.duplicate_window_min": 0})


def test_a_position_is_known_by_its_tag_where_no_receipt_names_it(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        [held] = trader.positions.values()
        renamed = replace(held, ticket=77, identifier=77, comment="#1 gold")
        trader.rig.feed(snapshot(trader.rig.clock, positions=(renamed,)))
        update = await trader.say("SL to BE")
        assert "position 77" in update.reason

    trade(tmp_path, scene)


def test_each_terminal_is_acted_on_by_itself(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        rig = trader.rig
        other = rig.add_desk(FakeBridge(Account(7, "Other")))
        state = replace(account_state(), account=other.account)
        shown = snapshot(rig.clock, status=status(rig.clock.now(), login=7), account=state)
        rig.pipeline.on_facts(other, shown)
        await opened(trader)
        update = await trader.say("close half")
        assert update.state is SignalState.READY
        refusal = await rig.pipeline.fire(update.entry.signal, other, by_user=True)
        assert refusal is not None
        assert refusal.code == "NO_TRADE"
        assert await trader.fire(update) == ""
        assert [row.action for row in trader.rows()] == [A.CLOSE_PARTIAL]

    trade(tmp_path, scene)


def test_an_order_that_never_opened_leaves_nothing_to_manage(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(LEVELS, message_id="1")
        for row in trader.rows():
            refused = receipt(row.cmd_id, ReceiptStatus.REJECTED, retcode=10006)
            trader.rig.feed(Facts(receipts=(refused,)))
        edit = await trader.say(LEVELS.replace("1.07700", "1.07800"), message_id="1")
        assert edit.state is SignalState.REVIEW
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_an_update_that_this_expert_advisor_cannot_do_says_so(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        update = await trader.say("SL to BE")
        few = frozenset({A.BUY, A.SELL, A.CLOSE})
        trader.rig.bridge.means = replace(trader.rig.bridge.means, actions=few)
        assert await trader.fire(update) == "NOT_WITH_PROTOCOL_1"
        assert update.state is SignalState.READY

    trade(tmp_path, scene)


def test_what_waits_for_a_fill_is_refused_by_hand_and_dropped_when_skipped(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await trader.fire(await trader.say(ONE, message_id="1"))
        trader.set(trust="auto")
        update = await trader.say("close half", reply_to="1")
        assert update.state is SignalState.READY
        assert await trader.fire(update) == "ON_ITS_WAY"
        assert await trader.rig.pipeline.skip(update.entry.signal) is None
        await trader.filled()
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_orders_and_positions_by_hand_are_nobodys(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        now = trader.rig.clock.now()
        by_hand = snapshot(
            trader.rig.clock, positions=(position(5, now, magic=0),), orders=(resting(6, now),)
        )
        trader.rig.feed(by_hand)
        update = await trader.say("close all")
        assert update.state is SignalState.REVIEW
        assert update.reason.startswith("NO_TRADE")

    trade(tmp_path, scene)


def test_an_order_that_is_seen_before_it_is_filled_is_on_its_way_no_more(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500")
        update = await trader.say("close now")
        assert update.reason == "FIRE will: cancel order 1001 buy 0.2 EURUSD"

    trade(tmp_path, scene)


def test_an_edit_of_other_orders_leaves_a_position_that_none_of_them_means(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        layers = (
            "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500\n\n"
            "EURUSD BUY LIMIT 1.06900 SL 1.06400 TP 1.08400"
        )
        await opened(trader, layers, message_id="1")
        moved = layers.replace("1.06500", "1.06600").replace("1.06400", "1.06500")
        edit = await trader.say(moved, message_id="1")
        assert await trader.fire(edit) == ""
        assert sorted((row.ticket, row.sl) for row in await trader.filled()) == [
            (1001, Decimal("1.06600")),
            (1002, Decimal("1.06500")),
        ]

    trade(tmp_path, scene)


def test_an_edit_that_leaves_the_stop_out_leaves_the_stop(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        edit = await trader.say("EURUSD BUY 1.08000 TP 1.08700", message_id="1")
        assert "S/L of position 1001 buy 0.33 EURUSD stays" in edit.reason
        assert await trader.fire(edit) == ""
        assert actions(await trader.filled()) == [(A.MODIFY, None, Decimal("1.08700"))]

    trade(tmp_path, scene)


def test_an_update_refused_on_its_way_stays_ready_with_the_reason(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader)
        few = frozenset({A.BUY, A.SELL, A.CLOSE})
        trader.rig.bridge.means = replace(trader.rig.bridge.means, actions=few)
        update = await trader.say("SL to BE")
        assert update.state is SignalState.READY
        assert "this Expert Advisor can only open" in update.reason

    trade(tmp_path, scene)


@pytest.mark.parametrize("reply", ["1", None])
def test_levels_that_followed_an_alert_can_be_edited(tmp_path: Path, reply: str | None) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say("EURUSD BUY NOW", message_id="1")
        await trader.say("SL 1.07700\nTP 1.08600", message_id="2", reply_to=reply)
        await trader.filled()
        await trader.say("SL 1.07800\nTP 1.08600", message_id="2", reply_to=reply)
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07800"), None)]
        await trader.say("SL 1.07850\nTP 1.08600", message_id="2", reply_to=reply)
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07850"), None)]
        talk = await trader.say("what a day", message_id="2", reply_to=reply)
        assert talk.state is SignalState.NONE

    trade(tmp_path, scene)


def test_new_levels_of_a_signal_that_waits_are_taken_and_can_be_edited(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await trader.say(ONE, message_id="1")
        moved = await trader.say("move SL to 1.07800", message_id="2", reply_to="1")
        assert moved.entry.reading.orders[0].sl == Decimal("1.07800")
        again = await trader.say("move SL to 1.07850", message_id="2", reply_to="1")
        assert again.entry.reading.orders[0].sl == Decimal("1.07850")
        assert await trader.fire(moved) == "NOT_FIREABLE"
        assert await trader.fire(again) == ""
        assert [row.sl for row in await trader.filled()] == [Decimal("1.07850")]

    trade(tmp_path, scene)


def test_an_update_leaves_an_edit_of_the_same_trade_waiting(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        edit = await trader.say(ONE.replace("1.08600", "1.08700"), message_id="1")
        update = await trader.say("move SL to 1.07900", message_id="2", reply_to="1")
        assert (edit.state, update.state) == (SignalState.READY, SignalState.READY)
        assert await trader.fire(update) == ""
        assert await trader.fire(edit) == ""
        assert actions(await trader.filled()) == [
            (A.MODIFY, Decimal("1.07900"), None),
            (A.MODIFY, None, Decimal("1.08700")),
        ]

    trade(tmp_path, scene)


def test_a_post_that_is_edited_into_bare_levels_is_the_signal_with_them(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say("EURUSD BUY NOW", message_id="1")
        edit = await trader.say("SL 1.07700\nTP 1.08600", message_id="1")
        assert edit.state is SignalState.FIRED
        await trader.filled()
        await trader.say("move SL to 1.07800", message_id="1")
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07800"), None)]

    trade(tmp_path, scene)


def test_an_edited_reply_stays_an_update(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        for text in ("close half", "SL to BE", "move SL to 1.07900"):
            update = await trader.say(text, message_id="2", reply_to="1")
        assert update.state is SignalState.READY
        assert await trader.fire(update) == ""
        assert actions(await trader.filled()) == [(A.MODIFY, Decimal("1.07900"), None)]

    trade(tmp_path, scene)


def test_what_is_to_be_asked_when_the_fill_is_known_is_asked_then(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await trader.say(ONE, message_id="1")
        wider = await trader.say("move SL to 1.07500", reply_to="1")
        assert wider.state is SignalState.READY
        await trader.filled()
        assert await trader.filled() == []
        assert wider.state is SignalState.READY
        assert "risks more" in wider.reason
        assert await trader.fire(wider) == ""

    trade(tmp_path, scene)


def test_what_was_done_meanwhile_is_nothing_to_do(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        first, second = await trader.say("SL to BE"), await trader.say("SL to BE now")
        assert await trader.fire(first) == ""
        await trader.filled()
        assert await trader.fire(second) == "NOTHING_TO_DO"
        assert second.state is SignalState.READY

    trade(tmp_path, scene)
