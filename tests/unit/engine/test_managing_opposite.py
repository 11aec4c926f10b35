"""A signal against open trades: refused, beside them, or fired once they are closed."""

import asyncio
from dataclasses import replace
from pathlib import Path

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.engine.entries import Entry, SignalState
from signalos_desktop.engine.events import SignalChanged
from tests.helpers.rig import Rig, play, resting, snapshot
from tests.unit.engine.managing_rig import alarms, answer, fire, open_trade, price, sent, set_rules

BUY = "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400"
SELL = "EURUSD SELL 1.07998 SL 1.08100 TP 1.07600"
LIMIT = "EURUSD BUY LIMIT 1.07500 SL 1.07400 TP 1.08300"


async def against(rig: Rig, *, by_user: bool = True) -> tuple[str, str]:
    """Fire a sell: its signal and the code of the refusal, empty if it was sent."""
    signal = await rig.submit(SELL)
    refusal = await rig.pipeline.fire(signal, rig.desk, by_user=by_user)
    await rig.settle()
    return signal, refusal.code if refusal is not None else ""


def test_beside_or_not_at_all(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await open_trade(rig, BUY)
        set_rules(rig, opposite="refuse")
        assert (await against(rig))[1] == "OPPOSITE"
        set_rules(rig, opposite="allow")
        assert (await against(rig))[1] == ""
        assert [row.action.value for row in rig.bridge.outbox.rows] == ["BUY", "SELL"]

    play(tmp_path, scene)


def test_an_entry_on_its_way_is_against_it_too(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="refuse")
        await fire(rig, BUY)
        assert (await against(rig))[1] == "OPPOSITE"
        set_rules(rig, opposite="close")
        assert (await against(rig))[1] == "OPPOSITE"
        assert sent(rig) == []

    play(tmp_path, scene)


def test_closed_first_then_fired_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="close")
        [held] = await open_trade(rig, BUY)
        [limit] = await fire(rig, LIMIT)
        placed = resting(300, rig.clock.now(), comment=limit.comment)
        await price(rig, "1.07998", held, orders=(placed,))
        await answer(rig, limit, ReceiptStatus.PLACED, ticket=300)
        await price(rig, "1.07998", held, orders=(placed,))
        signal, code = await against(rig)
        assert code == "CLOSING_OPPOSITE"
        assert [row[:2] for row in sent(rig)] == [("CLOSE_TICKET", 101), ("CANCEL", 300)]
        again = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert again is not None
        assert (again.code, len(sent(rig))) == ("CLOSING_OPPOSITE", 2)
        for row in rig.bridge.outbox.rows[-2:]:
            await answer(rig, row)
            # Done, but still shown: it waits for what the broker shows.
            await price(rig, "1.07998", held, orders=(placed,))
        assert rig.bridge.outbox.rows[-1].action.value == "CANCEL"
        await price(rig, "1.07998")
        assert rig.bridge.outbox.rows[-1].action.value == "SELL"
        assert rig.told(SignalChanged)[-1].state is SignalState.FIRED
        await price(rig, "1.07998")
        assert len([r for r in rig.bridge.outbox.rows if r.action.value == "SELL"]) == 1
        sources = [known.entry.source for known in rig.ledger.replay().commands]
        assert f"rule: manage.opposite = close: 101 before {signal}" in sources

    play(tmp_path, scene)


def test_in_auto_nothing_is_closed_before_the_signal_is_kept(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="close")
        await open_trade(rig, BUY)
        rig.pipeline.settings = rig.pipeline.settings.with_change("autonomy", "auto")
        record, closed_early = rig.ledger.record, []

        async def kept_late(*entries: Entry) -> None:
            rig.ledger.record = record  # type: ignore[method-assign] # once
            await asyncio.sleep(0)
            closed_early.extend(sent(rig))
            await record(*entries)

        rig.ledger.record = kept_late  # type: ignore[method-assign] # a slow disk
        await rig.submit(SELL)
        await rig.settle()
        assert closed_early == []
        assert [row[:2] for row in sent(rig)] == [("CLOSE_TICKET", 101)]

    play(tmp_path, scene)


def test_what_could_not_be_closed_is_said_and_nothing_is_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="close")
        [held] = await open_trade(rig, BUY)
        await against(rig)
        await answer(rig, rig.bridge.outbox.rows[-1], ReceiptStatus.REJECTED)
        await price(rig, "1.07998", held)
        await price(rig, "1.07998")
        assert alarms(rig) == ["OPPOSITE_NOT_CLOSED"]
        assert rig.bridge.outbox.rows[-1].action.value == "CLOSE_TICKET"

    play(tmp_path, scene)


def test_a_signal_that_has_expired_meanwhile_is_not_fired_and_that_is_said(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="close")
        await open_trade(rig, BUY)
        await against(rig, by_user=False)
        await answer(rig, rig.bridge.outbox.rows[-1])
        await price(rig, "1.07998", seconds=90)
        assert alarms(rig) == ["NOT_FIRED_AFTER_CLOSE"]
        assert rig.bridge.outbox.rows[-1].action.value == "CLOSE_TICKET"

    play(tmp_path, scene)


def test_a_stop_forgets_what_waited(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="close")
        await open_trade(rig, BUY)
        await against(rig)
        rig.desk.safety.take_over(StopLevel.HALT, rig.clock.monotonic())
        rig.feed(snapshot(rig.clock))
        rig.desk.safety.expect_release(expected=True)
        await answer(rig, rig.bridge.outbox.rows[-1])
        await price(rig, "1.07998")
        assert rig.bridge.outbox.rows[-1].action.value == "CLOSE_TICKET"

    play(tmp_path, scene)


def test_a_symbol_that_is_not_known_has_nothing_open(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, opposite="refuse")
        held = await open_trade(rig, BUY)
        other = replace(held[0], ticket=7, identifier=7, symbol="GBPUSD")
        await price(rig, "1.07998", *held, other)
        signal = await rig.submit(SELL.replace("EURUSD", "XAUUSD"))
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is not None

    play(tmp_path, scene)


def test_the_reason_to_fire_over_a_rule_waits_with_the_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        [held] = await open_trade(rig, BUY)
        set_rules(rig, opposite="close")
        rig.pipeline.settings = rig.pipeline.settings.with_changes({"risk.min_rr": "1.5"})
        poor = await rig.submit(SELL.replace("1.07600", "1.07950"))
        refusal = await rig.pipeline.fire(poor, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "LOW_RR"
        refusal = await rig.pipeline.fire(poor, rig.desk, by_user=True, override="the news")
        assert refusal is not None
        assert refusal.code == "CLOSING_OPPOSITE"
        await answer(rig, rig.bridge.outbox.rows[-1])
        await price(rig, "1.07998")
        assert rig.bridge.outbox.rows[-1].action.value == "SELL"
        fired = [e for e in rig.told(SignalChanged) if e.state is SignalState.FIRED][-1]
        assert fired.reason == "fired over Reward to risk: the news"
        assert held.ticket not in rig.desk.book.positions

    play(tmp_path, scene)
