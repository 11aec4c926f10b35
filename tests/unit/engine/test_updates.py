"""Updates act on the trade they mean, only on trades of their provider, and only reduce."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import UpdatePlanned
from signalos_desktop.engine.settings import Settings
from tests.helpers.trader import LEVELS, Trader, actions, trade

A = CommandAction
ONE = "EURUSD BUY 1.08000 SL 1.07700 TP 1.08600"
LIMIT = "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500"


async def opened(trader: Trader, text: str = ONE, **message: str) -> None:
    await trader.fire(await trader.say(text, **message))
    await trader.filled()


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("close half", [(A.CLOSE_PARTIAL, None, None)]),
        ("SL to BE", [(A.BREAKEVEN, None, None)]),
        ("TP1 hit, move SL to entry", [(A.BREAKEVEN, None, None)]),
        ("move SL to 1.07800", [(A.MODIFY, Decimal("1.07800"), None)]),
        ("set TP 1.08800", [(A.MODIFY, None, Decimal("1.08800"))]),
        ("close EURUSD now", [(A.CLOSE_TICKET, None, None)]),
        ("close all EURUSD", [(A.CLOSE_TICKET, None, None)]),
        ("close all", [(A.CLOSE_TICKET, None, None)]),
    ],
)
def test_fire_does_what_ready_says_to_the_only_trade(
    tmp_path: Path, text: str, sent: list[tuple[A, Decimal | None, Decimal | None]]
) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        update = await trader.say(text)
        assert update.state is SignalState.READY
        assert update.reason.startswith("FIRE will: ")
        assert trader.rows() == []
        assert await trader.fire(update) == ""
        rows = await trader.filled()
        assert actions(rows) == sent
        assert {row.ticket for row in rows} <= {1001}
        assert (update.state, update.reason) == (SignalState.DONE, "1 of 1 executed")
        assert await trader.fire(update) == "NOT_FIREABLE"

    trade(tmp_path, scene)


def test_close_half_takes_the_nearest_legs_first(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto", weights="1,1,1")
        await opened(trader, f"{LEVELS}\nTP3 1.08900")
        before = sum((p.volume for p in trader.positions.values()), Decimal(0))
        await trader.say("close half")
        rows = await trader.filled()
        assert [row.action for row in rows] == [A.CLOSE_TICKET, A.CLOSE_PARTIAL]
        after = sum((p.volume for p in trader.positions.values()), Decimal(0))
        assert abs(before / 2 - after) <= Decimal("0.01")
        await trader.say("close half", reply_to=None)
        assert len(await trader.filled()) >= 1

    trade(tmp_path, scene)


def test_a_limit_order_is_cancelled_and_one_that_waits_is_called_off(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        waiting = await trader.say(LIMIT)
        cancel = await trader.say("cancel")
        assert waiting.state is SignalState.EXPIRED
        assert cancel.state is SignalState.DONE
        await opened(trader, LIMIT.replace("1.07000", "1.07100"))
        assert len(trader.orders) == 1
        update = await trader.say("cancel the pending order")
        assert await trader.fire(update) == ""
        assert [row.action for row in await trader.filled()] == [A.CANCEL]
        assert trader.orders == {}

    trade(tmp_path, scene)


def test_what_is_filled_is_never_cancelled(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        update = await trader.say("cancel")
        assert update.state is SignalState.DONE
        assert "filled: nothing to cancel" in update.reason
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_two_trades_need_a_reply_and_the_candidates_are_named(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader, ONE, message_id="1")
        await opened(trader, LIMIT, message_id="2")
        update = await trader.say("close half")
        assert update.state is SignalState.REVIEW
        assert update.reason.startswith("AMBIGUOUS_TRADE")
        assert "S000001 EURUSD buy, S000002 EURUSD buy" in update.reason
        assert await trader.fire(update) == "NOT_FIREABLE"
        reply = await trader.say("close now", reply_to="2")
        assert await trader.fire(reply) == ""
        assert [row.action for row in await trader.filled()] == [A.CANCEL]
        on_reply = await trader.say("close now", reply_to="1")
        assert await trader.fire(on_reply) == ""
        assert [row.action for row in await trader.filled()] == [A.CLOSE_TICKET]

    trade(tmp_path, scene)


def test_a_reply_to_a_reply_means_the_same_trade(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader, ONE, message_id="1")
        await opened(trader, LIMIT, message_id="2")
        await trader.say("30 pips running", message_id="3", reply_to="1")
        await trader.say("SL to BE", message_id="4", reply_to="3")
        assert [(row.action, row.ticket) for row in await trader.filled()] == [(A.BREAKEVEN, 1001)]

    trade(tmp_path, scene)


def test_a_reply_by_text_is_found_and_an_unknown_one_is_not_guessed(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader, ONE)
        unknown = await trader.say("close half", reply_to="4711")
        assert unknown.state is SignalState.REVIEW
        assert unknown.reason.startswith("UNKNOWN_REPLY")
        other = await trader.say("close half", reply_to="GBPUSD SELL 1.27 SL 1.28 TP 1.25")
        assert other.reason.startswith("NO_TRADE")
        await trader.say("close half", reply_to=ONE)
        assert [row.action for row in await trader.filled()] == [A.CLOSE_PARTIAL]
        await trader.say("SL to BE", reply_to="EURUSD buy 1.08 sl 1.077 tp 1.086 please")
        assert [row.action for row in await trader.filled()] == [A.BREAKEVEN]

    trade(tmp_path, scene)


def test_only_trades_of_the_provider_are_touched(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        stranger = Trader(trader.rig, "other")
        stranger.set(trust="auto")
        for text in ("close all", "close all EURUSD", "SL to BE", "close half"):
            update = await stranger.say(text)
            assert update.state is SignalState.REVIEW
            assert update.reason.startswith("NO_TRADE")
        assert await trader.filled() == []

    trade(tmp_path, scene)


def test_auto_acts_and_ask_and_observe_do_not(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        trader.set(trust="auto", updates="ask")
        asked = await trader.say("close half")
        assert asked.state is SignalState.READY
        trader.set(trust="observe", updates="act")
        shown = await trader.say("SL to BE")
        assert shown.state is SignalState.READY
        assert await trader.fire(shown) == "OBSERVE"
        assert await trader.filled() == []
        trader.set(trust="auto")
        acted = await trader.say("SL to BE")
        assert acted.state is SignalState.FIRED
        assert [row.action for row in await trader.filled()] == [A.BREAKEVEN]
        assert acted.state is SignalState.DONE

    trade(tmp_path, scene)


def test_observe_for_all_holds_for_everybody(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader)
        trader.rig.pipeline.settings = trader.rig.pipeline.settings.with_change(
            "autonomy", "observe"
        )
        shown = await trader.say("SL to BE")
        assert shown.state is SignalState.READY
        assert await trader.fire(shown) == "OBSERVE"

    trade(tmp_path, scene)


def test_widening_and_impossible_levels_are_asked_and_left_out(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader)
        wider = await trader.say("move SL to 1.07500")
        assert "risks more" in wider.reason
        beyond = await trader.say("move SL to 1.09000")
        assert beyond.state is SignalState.REVIEW
        passed = await trader.say("set TP 1.07900")
        assert passed.state is SignalState.REVIEW
        assert await trader.filled() == []
        assert await trader.fire(wider) == ""
        assert [row.sl for row in await trader.filled()] == [Decimal("1.07500")]

    trade(tmp_path, scene)


def test_updates_act_while_paused_and_never_while_stopped(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader)
        trader.rig.desk.safety.pause(PauseReason.USER)
        await trader.say("close half")
        assert [row.action for row in await trader.filled()] == [A.CLOSE_PARTIAL]
        await trader.say("move SL to 1.07800")
        [nearer] = await trader.filled()
        assert (nearer.action, nearer.price) == (A.BREAKEVEN, Decimal("1.07800"))
        target = await trader.say("move TP to 1.08700")
        assert target.state is SignalState.DONE
        assert target.reason.startswith("0 of 1 executed; PAUSED")
        press = trader.rig.latch.press(StopLevel.FLATTEN, "button")
        trader.rig.latch.take()
        trader.rig.desk.safety.stop(press, trader.rig.clock.monotonic())
        late = await trader.say("close all")
        assert late.state is SignalState.SKIPPED_STOPPED

    trade(tmp_path, scene)


def test_an_update_that_nobody_fires_runs_out(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        await opened(trader)
        update = await trader.say("close half")
        trader.rig.clock.move(3601)
        trader.rig.pipeline.expire()
        assert update.state is SignalState.EXPIRED

    trade(tmp_path, scene)


def test_several_instructions_of_one_message_join(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.set(trust="auto")
        await opened(trader)
        await trader.say("move SL to 1.07900\nnew TP 1.08700")
        both = (A.MODIFY, Decimal("1.07900"), Decimal("1.08700"))
        assert actions(await trader.filled()) == [both]
        await trader.say("Close half and move SL to BE")
        assert [row.action for row in await trader.filled()] == [A.CLOSE_PARTIAL, A.BREAKEVEN]
        [*_, planned] = trader.rig.told(UpdatePlanned)
        assert planned.thread == planned.signal

    trade(tmp_path, scene)


def test_without_a_terminal_an_update_waits_for_a_person(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.rig.pipeline.desks = {}
        update = await trader.say("close half")
        assert (update.state, update.reason[:11]) == (SignalState.REVIEW, "NO_TERMINAL")

    trade(tmp_path, scene)


def test_a_signal_that_also_closes_others_is_not_sent_by_itself(tmp_path: Path) -> None:
    async def scene(trader: Trader) -> None:
        trader.rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        signal = await trader.say(f"close all EURUSD sells\n\n{ONE}")
        assert signal.state is SignalState.READY
        assert "it also says close_all EURUSD sell" in signal.reason
        assert trader.rows() == []

    trade(tmp_path, scene)
