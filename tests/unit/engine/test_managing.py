"""Rules of open trades: when they act, what they write, and what they never do twice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest

from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, RuleActed
from tests.helpers.rig import Rig, play, position, snapshot
from tests.unit.engine.managing_rig import (
    alarms,
    answer,
    entry_deal,
    fire,
    open_trade,
    out_deal,
    price,
    sent,
    set_rules,
)

ONE = "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400"
AT_ENTRY = ("BREAKEVEN", 101, Decimal("1.08000"))


def test_break_even_after_a_target_is_journalled_told_and_sent_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__after_tp=1)
        first, second, third = await open_trade(rig)
        await price(rig, "1.08050", first, second, third)
        assert sent(rig) == []
        # The broker has closed the first one, and the price is back again.
        await price(rig, "1.08050", second, third, deals=(out_deal(900, first),))
        moves = [("BREAKEVEN", ticket, Decimal("1.08000")) for ticket in (102, 103)]
        assert sent(rig) == moves
        acted = rig.told(RuleActed)
        assert [event.ticket for event in acted] == [102, 103]
        assert acted[0].text == "rule: break-even after T/P 1: S/L 1.07900 -> 1.08000"
        known = rig.ledger.replay().commands[-1].entry
        assert (known.source, known.signal) == (acted[1].text, "S000001")
        assert known.intent.startswith("RULE/103/sl/")
        assert known.command.expires - known.command.created == timedelta(seconds=20)
        await price(rig, "1.08060", second, third)
        assert sent(rig) == moves

    play(tmp_path, scene)


def test_a_reached_target_counts_before_the_deal_is_known(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__after_tp=1)
        held = await open_trade(rig)
        await price(rig, "1.08100", *held)
        assert [ticket for _, ticket, _ in sent(rig)] == [102, 103]

    play(tmp_path, scene)


def test_costs_are_commission_both_ways_and_swap(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1)
        [row] = await fire(rig, ONE)
        held = position(101, rig.clock.now(), volume=row.lots, sl=row.sl, tp=row.tp)
        held = replace(held, swap=Decimal("-0.50"))
        paid = entry_deal(row, rig.clock.now(), commission=row.lots * -3)
        await price(rig, "1.08100", held, deals=(paid,))
        [(_, _, level)] = sent(rig)
        cost = row.lots * 6 + Decimal("0.50")
        assert level == Decimal("1.08000") + ceil(cost / row.lots) * Decimal("0.00001")

    play(tmp_path, scene)


def test_nothing_is_sent_while_something_about_the_ticket_is_on_its_way(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, trail__mode="points", trail__points=50)
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08050", held)
        assert sent(rig) == [AT_ENTRY]
        await price(rig, "1.08090", held)
        # Done, but the snapshot may be older than that: the second one counts.
        await answer(rig, rig.bridge.outbox.rows[-1])
        await price(rig, "1.08090", held)
        assert sent(rig) == [AT_ENTRY]
        await price(rig, "1.08090", replace(held, sl=Decimal("1.08000")))
        await price(rig, "1.08090", replace(held, sl=Decimal("1.08000")))
        assert sent(rig)[1:] == [("BREAKEVEN", 101, Decimal("1.08040"))]

    play(tmp_path, scene)


def test_an_unclear_outcome_is_waited_for(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08100", held)
        [(action, _, _)] = sent(rig)
        assert action == "CLOSE_PARTIAL"
        await answer(rig, rig.bridge.outbox.rows[-1], ReceiptStatus.UNKNOWN)
        for _ in range(5):
            await price(rig, "1.08100", held, seconds=400)
        assert len(sent(rig)) == 1

    play(tmp_path, scene)


async def lose(rig: Rig) -> None:
    """The Expert Advisor has found no trace of what was asked for last."""
    row = rig.bridge.outbox.rows[-1]
    await answer(rig, row, ReceiptStatus.ERROR, message="NOT_FOUND: no trace of it")


async def losing_a_part(rig: Rig) -> Position:
    rig.open_for_business()
    set_rules(rig, partials="1,50")
    [held] = await open_trade(rig, ONE)
    await price(rig, "1.08100", held)
    await lose(rig)
    return held


def test_a_part_that_no_deal_shows_is_asked_for_once_more_and_never_again(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        held = await losing_a_part(rig)
        for _ in range(4):
            await price(rig, "1.08100", held, seconds=65)
        again = rig.bridge.outbox.rows[-1]
        assert len(sent(rig)) == 2
        assert "/part/1.r1/2@" in rig.desk.flight.tracked[again.cmd_id].entry.intent
        assert [code for code in alarms(rig) if code.startswith("RULE")] == ["RULE_AGAIN"]
        await lose(rig)
        for _ in range(5):
            await price(rig, "1.08100", held, seconds=400)
        assert len(sent(rig)) == 2
        assert alarms(rig).count("RULE_AGAIN") == alarms(rig).count("RULE_UNCLEAR") == 1

    play(tmp_path, scene)


@pytest.mark.parametrize("shown", ["deal", "volume"])
def test_a_part_that_may_have_been_closed_is_not_asked_for_again_and_that_is_said(
    tmp_path: Path, shown: str
) -> None:
    async def scene(rig: Rig) -> None:
        held = await losing_a_part(rig)
        left = replace(held, volume=Decimal("0.48"))
        out = out_deal(900, held, volume=held.volume - left.volume, time=rig.clock.now())
        deals = (out,) if shown == "deal" else ()
        await price(rig, "1.08100", left, deals=deals)
        for _ in range(5):
            await price(rig, "1.08100", left, seconds=400)
        assert len(sent(rig)) == 1
        assert [code for code in alarms(rig) if code.startswith("RULE")] == ["RULE_UNCLEAR"]
        await price(rig, "1.08100")
        await price(rig, "1.08100")
        assert alarms(rig)[-1] == "RULE_SETTLED"
        assert alarms(rig).count("RULE_SETTLED") == 1

    play(tmp_path, scene)


@pytest.mark.parametrize("status", [ReceiptStatus.REJECTED, ReceiptStatus.EXPIRED])
def test_a_refusal_is_said_once_and_tried_again_with_growing_pauses(
    tmp_path: Path, status: ReceiptStatus
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08100", held)
        waits = []
        for _ in range(3):
            await answer(rig, rig.bridge.outbox.rows[-1], status, message="market closed")
            rows, waited = len(sent(rig)), 0
            while len(sent(rig)) == rows:
                waited += 1
                await price(rig, "1.08100", held)
            waits.append(waited)
        assert waits == [5, 10, 20]
        assert alarms(rig).count("RULE_REFUSED") == 1
        intents = [known.entry.intent for known in rig.ledger.replay().commands]
        parts = [intent for intent in intents if "/part/" in intent]
        assert [part.partition("@")[0] for part in parts] == [
            f"RULE/101/part/1.r1/{number}" for number in (1, 2, 3, 4)
        ]

    play(tmp_path, scene)


def test_a_lost_move_of_the_stop_is_simply_asked_for_again(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1)
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08100", held)
        await answer(rig, rig.bridge.outbox.rows[-1], ReceiptStatus.ERROR)
        for _ in range(6):
            await price(rig, "1.08100", held)
        assert sent(rig) == [AT_ENTRY, AT_ENTRY]
        assert "RULE_UNCLEAR" not in alarms(rig)

    play(tmp_path, scene)


def test_paused_tightens_and_reduces_on(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1, partials="1,50")
        [held] = await open_trade(rig, ONE)
        rig.desk.safety.pause(PauseReason.USER)
        await price(rig, "1.08100", held)
        half = ("CLOSE_PARTIAL", 101, held.volume / 2)
        assert [half[:2], AT_ENTRY[:2]] == [row[:2] for row in sent(rig)]
        assert len(rig.bridge.outbox.rows) == 3

    play(tmp_path, scene)


def test_a_stop_ends_every_rule(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1, max_hold_min=1)
        [held] = await open_trade(rig, ONE)
        # Pressed, but the engine has not taken it yet: the gate has the last word.
        rig.latch.press(StopLevel.HALT, "test")
        await price(rig, "1.08050", held, seconds=60)
        assert sent(rig) == []
        states = [event.state for event in rig.told(CommandChanged)]
        assert states[-1] is CommandState.NOT_SENT
        rig.desk.safety.take_over(StopLevel.HALT, rig.clock.monotonic())
        told = len(rig.told(RuleActed))
        await price(rig, "1.08100", held, seconds=600)
        assert (sent(rig), len(rig.told(RuleActed))) == ([], told)

    play(tmp_path, scene)


def test_unknown_prices_are_said_once_until_they_are_back(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1)
        held = await open_trade(rig)
        for _ in range(3):
            rig.clock.move(1)
            rig.feed(snapshot(rig.clock, positions=tuple(held), quotes=()))
        assert alarms(rig) == ["RULES_WAIT"]
        await price(rig, "1.08000", *held)
        rig.feed(snapshot(rig.clock, positions=tuple(held), quotes=()))
        assert alarms(rig) == ["RULES_WAIT", "RULES_WAIT"]
        assert sent(rig) == []

    play(tmp_path, scene)


def test_snapshots_that_stand_still_decide_nothing(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, max_hold_min=1)
        [held] = await open_trade(rig, ONE)
        rig.clock.move(61)
        fresh = snapshot(rig.clock, positions=(held,))
        for _ in range(2):
            rig.feed(replace(fresh, account=None, orders=None))
        assert (sent(rig), alarms(rig)) == ([], ["RULES_WAIT"])
        rig.feed(fresh)
        await rig.settle()
        assert sent(rig) == [("CLOSE_TICKET", 101, None)]

    play(tmp_path, scene)


def test_what_has_no_plan_is_left_alone(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        [unmanaged] = await open_trade(rig, ONE)
        assert rig.desk.flight.tracked[1].entry.plan is None
        set_rules(rig, breakeven__r=1, max_hold_min=1)
        by_hand = position(500, rig.clock.now(), magic=0)
        nobodys = position(501, rig.clock.now())
        await price(rig, "1.08300", unmanaged, by_hand, nobodys, seconds=90)
        assert sent(rig) == []

    play(tmp_path, scene)


def test_an_unknown_symbol_and_the_second_panel_do_nothing(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, breakeven__r=1)
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08100", held, symbols=())
        rig.desk.fenced = True
        await price(rig, "1.08100", held)
        assert sent(rig) == []

    play(tmp_path, scene)


def test_the_rest_of_a_part_that_was_filled_in_part_follows(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, ONE)
        await price(rig, "1.08100", held)
        part = rig.bridge.outbox.rows[-1]
        some = Decimal("0.05")
        await answer(rig, part, ReceiptStatus.PARTIAL, volume=some)
        left = replace(held, volume=held.volume - some)
        for _ in range(3):
            await price(rig, "1.08100", left)
        assert [lots for _, _, lots in sent(rig)] == [part.lots, part.lots - some]

    play(tmp_path, scene)
