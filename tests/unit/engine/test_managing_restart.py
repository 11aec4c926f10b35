"""Rules after a restart, on netting accounts, and of orders that nobody takes back."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import DealEntry, Position
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.events import Decided, RuleActed
from signalos_desktop.engine.ports import ALL_MEANS, Facts
from tests.helpers.rig import (
    EURUSD,
    Rig,
    SetClock,
    account_state,
    play,
    receipt,
    resting,
    snapshot,
)
from tests.unit.engine.managing_rig import (
    answer,
    entry_deal,
    fire,
    open_trade,
    opened,
    out_deal,
    price,
    sent,
    set_rules,
)

NET = account_state(margin_mode="RETAIL_NETTING")
WEIGHTS = {"targets.weights": "5,3,2"}


def restarted(rig: Rig, clock: SetClock) -> Rig:
    """Another run on the journal of this one."""
    rig.ledger.close()
    after = Rig(rig.folder, clock)
    replay = after.ledger.replay()
    after.desk.begin(2, replay.largest_ids[after.desk.account])
    after.desk.flight.restore(replay.commands)
    for known in replay.deals:
        after.desk.remember_deal(known)
    return after


def run_twice(folder: Path, first: object, second: object) -> None:
    """Two scenes, the second one on what the first has left in the journal."""

    async def whole() -> None:
        rig = Rig(folder)
        held = await first(rig)  # type: ignore[operator]  # a scene
        await rig.settle()
        after = restarted(rig, rig.clock)
        try:
            await second(after, held)  # type: ignore[operator]  # a scene
            await after.settle()
        finally:
            after.ledger.close()

    asyncio.run(whole())


def test_after_a_restart_a_taken_target_is_known_from_the_journal(tmp_path: Path) -> None:
    async def before(rig: Rig) -> list[Position]:
        rig.open_for_business()
        set_rules(rig, breakeven__after_tp=1)
        held = await open_trade(rig)
        rig.desk.fenced = True
        await price(rig, "1.08050", *held[1:], deals=(out_deal(900, held[0]),))
        assert sent(rig) == []
        return held[1:]

    async def after(rig: Rig, held: list[Position]) -> None:
        # Not before journal and broker agree.
        await price(rig, "1.08050", *held)
        assert sent(rig) == []
        rig.desk.safety.clear(PauseReason.STARTING)
        await price(rig, "1.08050", *held)
        assert [row[1:] for row in sent(rig)] == [
            (ticket, Decimal("1.08000")) for ticket in (102, 103)
        ]

    run_twice(tmp_path, before, after)


def test_a_part_that_was_closed_before_a_restart_is_not_closed_again(tmp_path: Path) -> None:
    async def before(rig: Rig) -> Position:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        await price(rig, "1.08100", held)
        part = rig.bridge.outbox.rows[-1]
        left = replace(held, volume=held.volume - part.lots)
        out = out_deal(900, held, volume=part.lots, reason="EXPERT", price=Decimal("1.081"))
        done = receipt(part.cmd_id, position=held.ticket, deal=900)
        await price(rig, "1.08100", left, deals=(out,), receipts=(done,))
        return left

    async def after(rig: Rig, held: Position) -> None:
        rig.desk.safety.clear(PauseReason.STARTING)
        for days in (0, 3):
            await price(rig, "1.08100", held, seconds=days * 86400)
        assert sent(rig) == []

    run_twice(tmp_path, before, after)


def test_an_unclear_part_stays_unclear_over_a_restart(tmp_path: Path) -> None:
    async def before(rig: Rig) -> Position:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        await price(rig, "1.08100", held)
        return held

    async def after(rig: Rig, held: Position) -> None:
        rig.desk.safety.clear(PauseReason.STARTING)
        await price(rig, "1.08100", held, seconds=600)
        assert sent(rig) == []
        await answer(rig, rig.desk.flight.tracked[2].command, ReceiptStatus.DENIED)
        await price(rig, "1.08100", held)
        [part] = sent(rig)
        assert part[0] == "CLOSE_PARTIAL"
        assert "/part/1.r1/2@" in rig.desk.flight.tracked[3].entry.intent

    run_twice(tmp_path, before, after)


@pytest.mark.parametrize("times", [1, 2])
def test_a_part_that_was_not_found_is_asked_for_once_more_over_a_restart(
    tmp_path: Path, times: int
) -> None:
    async def before(rig: Rig) -> Position:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        [held] = await open_trade(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        for _ in range(times):
            for _ in range(3):
                await price(rig, "1.08100", held)
            row = rig.bridge.outbox.rows[-1]
            await answer(rig, row, ReceiptStatus.ERROR, message="NOT_FOUND")
        return held

    async def after(rig: Rig, held: Position) -> None:
        rig.desk.safety.clear(PauseReason.STARTING)
        for _ in range(4):
            await price(rig, "1.08100", held, seconds=400)
        assert len(sent(rig)) == 2 - times

    run_twice(tmp_path, before, after)


async def net_trade(rig: Rig, text: str, **held: object) -> Position:
    """One net position of a fired signal."""
    [row] = await fire(rig, text)
    made = opened(row, rig.clock.now(), ticket=101, identifier=101, **held)
    fill = receipt(row.cmd_id, position=101, ticket=101, deal=700 + row.cmd_id)
    way = "BUY" if row.action is CommandAction.BUY else "SELL"
    entry = entry_deal(row, rig.clock.now(), ticket=700 + row.cmd_id, position_id=101, type=way)
    rig.feed(snapshot(rig.clock, account=NET, receipts=(fill,), deals=(entry,), positions=(made,)))
    await rig.settle()
    return made


async def part_closed(rig: Rig, held: Position, bid: str) -> Position:
    """The part that the rules have just asked for is done, and two snapshots show it."""
    row = rig.bridge.outbox.rows[-1]
    left = replace(held, volume=held.volume - row.lots)
    done = receipt(row.cmd_id, position=101, deal=700 + row.cmd_id)
    out = out_deal(700 + row.cmd_id, held, volume=row.lots, reason="EXPERT", price=Decimal(bid))
    await price(rig, bid, left, receipts=(done,), deals=(out,), account=NET)
    await price(rig, bid, left, account=NET)
    await price(rig, bid, left, account=NET)
    return left


def test_a_net_position_takes_its_targets_one_after_the_other(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=NET)
        rig.pipeline.settings = rig.pipeline.settings.with_changes(
            {**WEIGHTS, "manage.breakeven.after_tp": "1", "risk.mode": "fixed"}
            | {"risk.fixed_lots": "1"}
        )
        held = await net_trade(
            rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08100 TP 1.08200 TP 1.08400"
        )
        assert (held.volume, held.tp) == (Decimal(1), Decimal("1.08400"))
        await price(rig, "1.08100", held, account=NET)
        assert sent(rig) == [
            ("CLOSE_PARTIAL", 101, Decimal("0.50")),
            ("BREAKEVEN", 101, Decimal("1.08000")),
        ]
        part, stop = rig.bridge.outbox.rows[-2:]
        await answer(rig, stop)
        rig.bridge.outbox.rows[:] = [part]
        held = await part_closed(rig, replace(held, sl=Decimal("1.08000")), "1.08100")
        await price(rig, "1.08050", held, account=NET)
        assert len(sent(rig)) == 1
        await price(rig, "1.08200", held, account=NET)
        assert sent(rig)[1:] == [("CLOSE_PARTIAL", 101, Decimal("0.30"))]

    play(tmp_path, scene)


def test_the_next_entry_into_a_net_position_has_parts_of_its_own(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=NET)
        fixed = {"risk.mode": "fixed", "risk.fixed_lots": "1", "risk.duplicate_window_min": "0"}
        rig.pipeline.settings = rig.pipeline.settings.with_changes(
            {**fixed, "manage.breakeven.after_tp": "1", "manage.breakeven.costs": "false"}
        )
        text = "EURUSD BUY 1.08000 SL 1.07900 TP 1.08100 TP 1.08200"
        held = await net_trade(rig, text)
        await price(rig, "1.08099", held, account=NET)
        assert sent(rig) == []
        await price(rig, "1.08100", held, account=NET)
        part, stop = rig.bridge.outbox.rows[-2:]
        assert part.lots == Decimal("0.50")
        await answer(rig, stop)
        rig.bridge.outbox.rows[:] = [part]
        held = await part_closed(rig, replace(held, sl=Decimal("1.08000")), "1.08100")
        later = "EURUSD BUY 1.08000 SL 1.07950 TP 1.08150 TP 1.08300"
        held = replace(held, sl=Decimal("1.07950"))
        await price(rig, "1.07998", held, account=NET)
        joined = await net_trade(rig, later, volume=Decimal("1.5"))
        [note] = [n for n in rig.told(Decided)[-1].decision.notes if n.startswith("netting")]
        assert "BUY 0.5 EURUSD (101) becomes one position with it" in note
        assert "then the rules of this order and its S/L 1.0795 hold for all of it" in note
        await price(rig, "1.08150", joined, account=NET)
        assert sent(rig)[-2] == ("CLOSE_PARTIAL", 101, Decimal("0.75"))
        keys = [t.entry.intent for t in rig.desk.flight.tracked.values()]
        assert [key for key in keys if "/part/" in key][-1].startswith("RULE/101/part/4.tp1/1@")

    play(tmp_path, scene)


def test_an_order_without_rules_joins_a_net_position_under_the_rules_that_it_has(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=NET)
        fixed = {"risk.mode": "fixed", "risk.fixed_lots": "1", "risk.duplicate_window_min": "0"}
        rig.pipeline.settings = rig.pipeline.settings.with_changes(fixed)
        text = "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400"
        held = await net_trade(rig, text)
        assert "netting" not in " ".join(rig.told(Decided)[-1].decision.notes)
        await price(rig, "1.07998", held, account=NET)
        await rig.submit("EURUSD BUY 1.08000 SL 1.07950 TP 1.08300")
        [note] = [n for n in rig.told(Decided)[-1].decision.notes if n.startswith("netting")]
        assert "then the rules that it has and its S/L 1.0795 hold" in note

    play(tmp_path, scene)


def test_an_order_against_a_net_position_leaves_its_rules_in_force(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=NET)
        rig.pipeline.settings = rig.pipeline.settings.with_changes(
            {"risk.mode": "fixed", "risk.fixed_lots": "1", "manage.breakeven.r": "1"}
        )
        held = await net_trade(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        rig.pipeline.settings = rig.pipeline.settings.with_changes({"risk.fixed_lots": "0.4"})
        await fire(rig, "EURUSD SELL 1.07998 SL 1.08100 TP 1.07500")
        decision = rig.told(Decided)[-1].decision
        [said] = [gate.text for gate in decision.gates if gate.code == "OPPOSITE"]
        assert said.endswith("netting, SELL 0.4 leaves BUY 0.6 with its own S/L")
        row = rig.bridge.outbox.rows[-1]
        left = replace(held, volume=Decimal("0.6"))
        less = entry_deal(row, rig.clock.now(), position_id=101, type="SELL", entry=DealEntry.OUT)
        done = receipt(row.cmd_id, position=101, deal=less.ticket)
        await price(rig, "1.08100", left, receipts=(done,), deals=(less,), account=NET)
        assert [(event.ticket, event.rule) for event in rig.told(RuleActed)] == [
            (101, "break-even")
        ]
        assert left.side is Side.BUY

    play(tmp_path, scene)


def test_a_net_position_that_turned_follows_the_order_that_turned_it(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=NET)
        rig.pipeline.settings = rig.pipeline.settings.with_changes(
            {"risk.mode": "fixed", "risk.fixed_lots": "1", "manage.breakeven.r": "1"}
        )
        held = await net_trade(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        rig.pipeline.settings = rig.pipeline.settings.with_changes({"risk.fixed_lots": "3"})
        [row] = await fire(rig, "EURUSD SELL 1.07998 SL 1.08048 TP 1.07500")
        turn = entry_deal(
            row,
            rig.clock.now(),
            ticket=700 + row.cmd_id,
            position_id=101,
            type="SELL",
            entry=DealEntry.INOUT,
        )
        done = receipt(row.cmd_id, position=101, deal=turn.ticket)
        # The deal is there before the snapshot shows the other side.
        await price(rig, "1.07998", held, receipts=(done,), deals=(turn,), account=NET)
        turned = replace(
            held,
            ticket=300,
            side=Side.SELL,
            volume=Decimal(2),
            price_open=Decimal("1.07998"),
            sl=row.sl,
            tp=row.tp,
        )
        await price(rig, "1.07949", turned, account=NET)
        assert sent(rig) == []
        await price(rig, "1.07946", turned, account=NET)
        assert sent(rig) == [("BREAKEVEN", 300, Decimal("1.07998"))]

    play(tmp_path, scene)


GTC_ONLY = replace(EURUSD, expiration_mode=("GTC",))
LIMIT = "EURUSD BUY LIMIT 1.07500 SL 1.07400 TP 1.08300"


def test_where_the_broker_keeps_no_expiry_the_order_is_taken_back_in_time(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(symbols=(GTC_ONLY,))
        [row] = await fire(rig, LIMIT)
        assert row.order_expiry is None
        notes = rig.told(Decided)[-1].decision.notes
        assert any("keeps no expiry" in note for note in notes)
        order = resting(101, rig.clock.now(), comment=row.comment, price=row.price)
        placed = receipt(row.cmd_id, ReceiptStatus.PLACED, ticket=101)
        show = {"orders": (order, resting(500, rig.clock.now()))}
        rig.feed(snapshot(rig.clock, receipts=(placed,), symbols=(GTC_ONLY,), **show))
        await price(rig, "1.07998", **show, seconds=1440 * 60 - 2)
        assert sent(rig) == []
        await price(rig, "1.07998", **show, seconds=2)
        assert sent(rig) == [("CANCEL", 101, None)]
        await price(rig, "1.07998", **show)
        assert len(sent(rig)) == 1

    play(tmp_path, scene)


def test_an_expiry_that_the_broker_let_pass_is_enforced(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        [row] = await fire(rig, LIMIT)
        expiry = row.order_expiry
        assert expiry is not None
        order = resting(101, rig.clock.now(), comment=row.comment, expiration=expiry)
        foreign = replace(order, ticket=500, magic=0)
        rig.clock.move((expiry - rig.clock.now()).total_seconds() + 29)
        rig.feed(snapshot(rig.clock, orders=(order, foreign)))
        await rig.settle()
        assert sent(rig) == []
        rig.clock.move(1)
        rig.feed(snapshot(rig.clock, orders=(order, foreign)))
        await rig.settle()
        assert sent(rig) == [("CANCEL", 101, None)]
        assert row.created + timedelta(minutes=1440) == expiry

    play(tmp_path, scene)


def test_without_prices_rules_are_not_run_and_that_is_said_beforehand(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.bridge.means = replace(ALL_MEANS, prices=False)
        rig.open_for_business()
        set_rules(rig, breakeven__r=1)
        await fire(rig, "EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        notes = rig.told(Decided)[-1].decision.notes
        assert any("break-even, trailing" in note for note in notes)
        assert rig.desk.flight.tracked[1].entry.plan is None
        rig.feed(Facts())

    play(tmp_path, scene)


def test_a_part_that_is_too_small_is_said_with_the_decision(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        set_rules(rig, partials="1,50")
        rig.pipeline.settings = rig.pipeline.settings.with_changes(
            {"risk.mode": "fixed", "risk.fixed_lots": "0.01"}
        )
        await rig.submit("EURUSD BUY 1.08000 SL 1.07900 TP 1.08400")
        notes = rig.told(Decided)[-1].decision.notes
        assert any("nothing is closed at 1 R" in note for note in notes)

    play(tmp_path, scene)
