"""The straight path on a fake terminal: what each step tells, journals and refuses."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import CommandState, SignalState
from signalos_desktop.engine.events import (
    Alarm,
    CommandChanged,
    DealSeen,
    Decided,
    ReceiptRead,
    SignalChanged,
    SignalRead,
)
from signalos_desktop.engine.ports import Checkpoint, Facts
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import (
    GOOD,
    FakeBridge,
    Rig,
    account_state,
    play,
    position,
    quote,
    receipt,
    snapshot,
)
from tests.helpers.rig_deals import deal


def last_state(rig: Rig) -> tuple[SignalState, str]:
    changed = rig.told(SignalChanged)[-1]
    return changed.state, changed.reason


def test_a_clear_signal_is_read_decided_and_waits_for_fire(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        [read] = rig.told(SignalRead)
        [decided] = rig.told(Decided)
        assert (read.signal, read.expires) == (signal, rig.clock.now().replace(minute=1))
        assert (decided.stage, decided.decision.verdict) == ("preview", Verdict.ACCEPTED)
        assert last_state(rig)[0] is SignalState.READY
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


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


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("good morning traders", SignalState.NONE),
        ("EURUSD BUY 1.08000 SL 1.08300 TP 1.08600", SignalState.REVIEW),
        ("close half of EURUSD", SignalState.REVIEW),
        ("GBPUSD BUY 1.27000 SL 1.26700", SignalState.REJECTED),
    ],
)
def test_what_is_no_clear_signal_never_waits_for_fire(
    tmp_path: Path, text: str, state: SignalState
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit(text)
        assert last_state(rig)[0] is state
        assert last_state(rig)[1]
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


def test_without_a_terminal_a_signal_is_rejected_in_words(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.desks = {}
        await rig.submit()
        assert last_state(rig) == (
            SignalState.REJECTED,
            "NO_TERMINAL: no terminal is connected",
        )

    play(tmp_path, scene)


def test_while_paused_signals_are_skipped_and_fire_is_refused(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        waiting = await rig.submit()
        rig.desk.safety.pause(PauseReason.USER)
        await rig.submit("EURUSD SELL 1.08000 SL 1.08300")
        assert last_state(rig)[0] is SignalState.SKIPPED_PAUSED
        refusal = await rig.pipeline.fire(waiting, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "PAUSED"

    play(tmp_path, scene)


def test_a_stop_ends_every_waiting_signal_and_skips_new_ones(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        waiting = await rig.submit()
        press = rig.latch.press(StopLevel.FLATTEN, "button")
        rig.latch.take()
        rig.desk.safety.stop(press, rig.clock.monotonic())
        rig.pipeline.on_stop("button")
        assert last_state(rig) == (SignalState.SKIPPED_STOPPED, "stopped: button")
        await rig.submit("EURUSD SELL 1.08000 SL 1.08300")
        assert last_state(rig)[0] is SignalState.SKIPPED_STOPPED
        refusal = await rig.pipeline.fire(waiting, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "NOT_FIREABLE"

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


def test_unknown_signals_are_refused(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        for refusal in (
            await rig.pipeline.fire("S000009", rig.desk, by_user=True),
            await rig.pipeline.skip("S000009"),
        ):
            assert refusal is not None
            assert refusal.code == "UNKNOWN_SIGNAL"

    play(tmp_path, scene)


def test_skip_ends_a_signal_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        assert await rig.pipeline.skip(signal) is None
        assert last_state(rig)[0] is SignalState.SKIPPED
        again = await rig.pipeline.skip(signal)
        assert again is not None
        assert again.code == "NOT_WAITING"

    play(tmp_path, scene)


def test_signals_expire_and_pending_ones_live_longer(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await rig.submit()
        pending = await rig.submit("EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500")
        rig.clock.move(61)
        rig.pipeline.expire()
        assert last_state(rig) == (SignalState.EXPIRED, "nobody fired it in time")
        item = rig.inbox.get(pending)
        assert item is not None
        assert item.state is SignalState.READY

    play(tmp_path, scene)


def test_a_newer_version_replaces_the_one_that_waits(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        first = await rig.submit(provider="gold", message_id="7")
        second = await rig.submit(
            GOOD.replace("1.07700", "1.07600"), provider="gold", message_id="7", edited=True
        )
        item = rig.inbox.get(first)
        assert item is not None
        assert item.state is SignalState.EXPIRED
        assert await rig.pipeline.fire(second, rig.desk, by_user=True) is None

    play(tmp_path, scene)


def test_an_edit_of_a_fired_signal_never_opens_a_second_trade(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        first = await rig.submit(provider="gold", message_id="7")
        await rig.pipeline.fire(first, rig.desk, by_user=True)
        await rig.submit(provider="gold", message_id="7", edited=True)
        state, _ = last_state(rig)
        assert state is SignalState.REJECTED
        assert "DUPLICATE" in {g.code for g in rig.told(Decided)[-1].decision.refusals}

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


def test_a_receipt_settles_its_command_and_ends_its_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        filled = receipt(1, ticket=11, position=11, deal=21, volume=Decimal("0.33"))
        rig.feed(Facts(receipts=(filled, filled), checkpoints=(Checkpoint("receipts.csv", 9, "m"),)))
        assert len(rig.told(ReceiptRead)) == 1
        assert last_state(rig) == (SignalState.DONE, "1 of 1 executed")
        await rig.settle()
        replay = rig.ledger.replay()
        assert [k.receipts for k in replay.commands] == [(filled,)]
        assert [(c.file, c.offset) for c in replay.checkpoints] == [("receipts.csv", 9)]

    play(tmp_path, scene)


def test_a_receipt_that_nobody_asked_for_is_an_alarm(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(receipts=(receipt(77),)))
        assert [alarm.code for alarm in rig.told(Alarm)] == ["EXTERNAL_RECEIPT"]
        assert PauseReason.RECONCILE_MISMATCH in rig.desk.safety.reasons

    play(tmp_path, scene)


def test_a_refused_command_says_so_in_the_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        denied = receipt(1, ReceiptStatus.DENIED, retcode=0, message="SPREAD: 31 points, max 30")
        rig.feed(Facts(receipts=(denied,)))
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert "SPREAD: 31 points" in reason

    play(tmp_path, scene)


def test_deals_are_told_once_and_known_as_ours_or_external(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        ours = deal(21, rig.clock.now(), comment="#1 paste")
        hand = deal(22, rig.clock.now(), magic=0, position_id=50)
        paid_in = deal(23, rig.clock.now(), type="BALANCE", magic=0, position_id=0)
        rig.feed(Facts(deals=(ours, hand, paid_in)))
        rig.feed(Facts(deals=(ours,)))
        told = {event.deal.ticket: (event.cmd_id, event.external) for event in rig.told(DealSeen)}
        assert told == {21: (1, False), 22: (None, True), 23: (None, False)}

    play(tmp_path, scene)


def test_a_position_is_journalled_and_frees_its_reservation(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert len(rig.desk.flight.held()) == 1
        rig.feed(Facts(receipts=(receipt(1, ticket=11, position=11),)))
        assert len(rig.desk.flight.held()) == 1
        rig.feed(Facts(positions=(position(11, rig.clock.now()),)))
        assert rig.desk.flight.held() == []

    play(tmp_path, scene)


def test_several_orders_of_one_message_count_for_each_other(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("risk.max_positions", "1")
        rig.open_for_business()
        await rig.submit(
            "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500\n\n"
            "EURUSD SELL LIMIT 1.09000 SL 1.09500 TP 1.07500"
        )
        verdicts = [event.decision.verdict for event in rig.told(Decided)]
        assert verdicts == [Verdict.ACCEPTED, Verdict.REJECTED]
        assert last_state(rig)[0] is SignalState.REJECTED

    play(tmp_path, scene)


def test_a_close_has_no_signal_to_end(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        from signalos_desktop.domain.orders import close_command
        from signalos_desktop.engine.entries import CommandEntry

        command = close_command(rig.desk.issuer(), rig.desk.next_id(), 11, "EURUSD", None)
        entry = CommandEntry(command, None, "close/11", Decimal(0))
        await rig.desk.send([entry], by_user=True)
        before = len(rig.told(SignalChanged))
        rig.feed(Facts(receipts=(receipt(1, position=11),)))
        assert len(rig.told(SignalChanged)) == before

    play(tmp_path, scene)


def test_what_is_known_of_a_quote_is_taken_from_the_terminal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(quotes=(replace(quote(rig.clock.now()), bid=Decimal(0), ask=Decimal(0)),)))
        await rig.submit()
        assert last_state(rig)[0] is SignalState.REJECTED

    play(tmp_path, scene)
