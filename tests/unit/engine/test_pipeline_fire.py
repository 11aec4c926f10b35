"""FIRE: every rule again on live data, then reserve, journal and send in one step."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandState, Entry, SignalState
from signalos_desktop.engine.events import (
    CommandChanged,
    Decided,
    SignalChanged,
)
from signalos_desktop.engine.ports import Facts, LedgerFailedError
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import (
    FakeBridge,
    Rig,
    account_state,
    play,
    quote,
    receipt,
    snapshot,
)


def last_state(rig: Rig) -> tuple[SignalState, str]:
    changed = rig.told(SignalChanged)[-1]
    return changed.state, changed.reason


def test_fire_journals_before_it_writes_and_tells_both(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        [row] = rig.bridge.outbox.rows
        states = [event.state for event in rig.told(CommandChanged)]
        assert states == [CommandState.QUEUED, CommandState.PUBLISHED]
        assert (row.symbol, row.sl, row.comment) == ("EURUSD", Decimal("1.07700"), "#1 paste")
        await rig.settle()
        [known] = rig.ledger.replay().commands
        assert (known.state, known.entry.intent) == (
            CommandState.PUBLISHED,
            f"{signal}/0.0@{rig.bridge.account}",
        )

    play(tmp_path, scene)


def test_a_signal_is_fired_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        again = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert again is not None
        assert again.code == "NOT_FIREABLE"
        assert len(rig.bridge.outbox.rows) == 1

    play(tmp_path, scene)


def test_fire_decides_again_on_live_data(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        rig.feed(snapshot(rig.clock, quotes=(quote(rig.clock.now(), "1.08298", "1.08300"),)))
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert rig.told(Decided)[-1].stage == "fire"
        if refusal is None:
            [row] = rig.bridge.outbox.rows
            assert row.price == Decimal("1.08000")
        else:
            assert last_state(rig)[0] is SignalState.REJECTED

    play(tmp_path, scene)


def test_a_rejected_preview_may_be_fired_when_the_rules_allow_it_again(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(account=account_state(trade_allowed=False))
        signal = await rig.submit()
        state, reason = last_state(rig)
        assert state is SignalState.REJECTED
        assert "master password" in reason
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "PERMISSION"
        rig.feed(snapshot(rig.clock))
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None

    play(tmp_path, scene)


def test_fire_is_refused_while_stopped(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        waiting = await rig.submit()
        press = rig.latch.new_press(StopLevel.FLATTEN, "button")
        rig.desk.safety.stop(press, rig.clock.monotonic())
        refusal = await rig.pipeline.fire(waiting, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "HALTED"

    play(tmp_path, scene)


def test_in_auto_a_signal_that_passes_is_fired_at_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        await rig.submit()
        assert len(rig.bridge.outbox.rows) == 1

    play(tmp_path, scene)


def test_in_auto_only_the_account_that_accepts_is_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        second = rig.add_desk(FakeBridge(Account(6, "Other")))
        second.safety.clear(PauseReason.STARTING)
        await rig.submit()
        assert len(rig.bridge.outbox.rows) == 1
        assert second.bridge.outbox.rows == []  # type: ignore[attr-defined] # the fake's list

    play(tmp_path, scene)


def test_too_many_orders_at_once_latch_a_pause(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rules = {"risk.throttle.per_10s": "1", "risk.duplicate_window_min": "0"}
        rig.pipeline.settings = Settings().with_changes(rules)
        rig.open_for_business()
        signals = [await rig.submit(), await rig.submit()]
        assert await rig.pipeline.fire(signals[0], rig.desk, by_user=True) is None
        refusal = await rig.pipeline.fire(signals[1], rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "THROTTLE"
        assert PauseReason.THROTTLE in rig.desk.safety.reasons

    play(tmp_path, scene)


def test_a_flood_that_nobody_fires_by_hand_latches_the_pause_too(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rules = {"autonomy": "auto", "risk.throttle.per_10s": "1"}
        rig.pipeline.settings = Settings().with_changes({**rules, "risk.duplicate_window_min": "0"})
        rig.open_for_business()
        first, second = await rig.submit(), await rig.submit()
        assert rows(rig.desk) == 1
        assert rig.desk.safety.reasons == {PauseReason.THROTTLE}
        rig.clock.move(11)
        third = await rig.submit()
        states = [item.state.value for item in map(rig.inbox.get, (first, second, third)) if item]
        assert states == ["fired", "rejected", "skipped_paused"]

    play(tmp_path, scene)


def test_a_preview_that_waits_for_a_person_pauses_nothing(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rules = {"risk.throttle.per_10s": "1", "risk.duplicate_window_min": "0"}
        rig.pipeline.settings = Settings().with_changes(rules)
        rig.open_for_business()
        assert await rig.pipeline.fire(await rig.submit(), rig.desk, by_user=True) is None
        await rig.submit()
        assert rig.desk.safety.reasons == frozenset()

    play(tmp_path, scene)


def second_account(rig: Rig) -> Desk:
    """Another account on the same symbols, ready to trade."""
    desk = rig.add_desk(FakeBridge(Account(6, "Other")))
    rig.pipeline.on_facts(desk, snapshot(rig.clock))
    desk.safety.clear(PauseReason.STARTING)
    return desk


def rows(desk: Desk) -> int:
    return len(desk.bridge.outbox.rows)  # type: ignore[attr-defined] # the fake's list


def test_in_auto_every_account_that_accepts_is_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        second = second_account(rig)
        signal = await rig.submit()
        assert (rows(rig.desk), rows(second)) == (1, 1)
        again = await rig.pipeline.fire(signal, second, by_user=True)
        assert again is not None
        assert again.code == "NOT_FIREABLE"
        for desk in (rig.desk, second):
            filled = receipt(1, ticket=11, position=11)
            rig.pipeline.on_facts(desk, Facts(receipts=(filled,)))
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert reason.count("1 of 1 executed") == 2

    play(tmp_path, scene)


def test_a_refusal_on_one_account_does_not_reopen_what_another_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        second = second_account(rig)
        signal = await rig.submit()
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        closed = snapshot(rig.clock, account=account_state(trade_allowed=False))
        rig.pipeline.on_facts(second, closed)
        refusal = await rig.pipeline.fire(signal, second, by_user=True)
        assert refusal is not None
        item = rig.inbox.get(signal)
        assert item is not None
        assert item.state is SignalState.FIRED

    play(tmp_path, scene)


def test_in_auto_a_refusal_is_told_in_the_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        record = rig.ledger.record

        async def paused_meanwhile(*entries: Entry) -> None:
            await record(*entries)
            rig.desk.safety.pause(PauseReason.USER)

        rig.ledger.record = paused_meanwhile  # type: ignore[method-assign] # the race
        await rig.submit()
        rig.ledger.record = record  # type: ignore[method-assign] # over
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert "paused (user)" in reason
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


def test_what_the_gate_refuses_is_answered_and_ends_the_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        rig.latch.press(StopLevel.FLATTEN, "button")
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "HALTED"
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert reason.startswith("0 of 1 executed; HALTED")
        assert rig.desk.flight.held() == []

    play(tmp_path, scene)


def test_a_rejection_at_fire_is_journalled_with_its_decisions(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        rig.clock.move(61)
        rig.feed(snapshot(rig.clock))
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "EXPIRED"
        await rig.settle()
        [known] = rig.ledger.replay().signals
        assert known.state is SignalState.REJECTED

    play(tmp_path, scene)


def test_what_a_signal_reads_as_is_looked_at_once_more(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit("EURUSD BUY 1.08000 SL 1.08300 TP 1.08600")
        item = rig.inbox.get(signal)
        assert item is not None
        item.state = SignalState.REJECTED
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "REVIEW"

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_in_auto_a_signal_that_is_not_kept_is_not_sent(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        record = rig.ledger.record

        async def refuses_the_signal(*entries: Entry) -> None:
            rig.ledger.record = record  # type: ignore[method-assign] # once
            raise LedgerFailedError("no space")

        rig.ledger.record = refuses_the_signal  # type: ignore[method-assign] # the fault
        with pytest.raises(LedgerFailedError):
            await rig.submit()
        assert last_state(rig)[0] is SignalState.SKIPPED
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)
