"""A desk: ids in order, the journal first, nothing sent twice, nothing lost in silence."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.orders import close_command, modify_command
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine.entries import CommandEntry, CommandState, Entry
from signalos_desktop.engine.events import Alarm, CommandChanged, StateChanged
from signalos_desktop.engine.ports import (
    Checkpoint,
    Facts,
    LedgerFailedError,
    OutboxBusyError,
    OutboxFailedError,
)
from signalos_desktop.engine.stop_latch import StopPress
from tests.helpers.rig import Rig, play, position, receipt, resting, snapshot, status
from tests.helpers.session_rig import latched, until


def close(rig: Rig, ticket: int = 11) -> CommandEntry:
    command = close_command(rig.desk.issuer(), rig.desk.next_id(), ticket, "EURUSD", None)
    return CommandEntry(command, None, f"close/{command.cmd_id}", Decimal(0))


def ids(rig: Rig) -> list[int]:
    return [row.cmd_id for row in rig.bridge.outbox.rows]


def states(rig: Rig, cmd_id: int) -> list[CommandState]:
    return [e.state for e in rig.told(CommandChanged) if e.command.cmd_id == cmd_id]


def alarms(rig: Rig) -> list[str]:
    return [alarm.code for alarm in rig.told(Alarm)]


class HeldLedger:
    """Holds every record back until it is let go, or fails it."""

    def __init__(self, rig: Rig) -> None:
        self._record = rig.ledger.record
        self.gate = asyncio.Event()
        self.failure: Exception | None = None
        rig.ledger.record = self.record  # type: ignore[method-assign] # the fault

    async def record(self, *entries: Entry) -> None:
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        await self._record(*entries)


def test_nothing_is_written_before_the_journal_has_it(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        ledger = HeldLedger(rig)
        sending = asyncio.ensure_future(rig.desk.send([close(rig)], by_user=True))
        await asyncio.sleep(0)
        assert ids(rig) == []
        ledger.gate.set()
        assert await sending is None
        assert ids(rig) == [1]

    play(tmp_path, scene)


def test_a_lower_id_that_waits_for_the_journal_goes_first(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        ledger = HeldLedger(rig)
        first = asyncio.ensure_future(rig.desk.send([close(rig)], by_user=True))
        await asyncio.sleep(0)
        record = rig.ledger.record
        rig.ledger.record = ledger._record  # type: ignore[method-assign] # noqa: SLF001 - the second one is quick
        await rig.desk.send([close(rig, 12)], by_user=True)
        assert ids(rig) == []
        rig.ledger.record = record  # type: ignore[method-assign] # as before
        ledger.gate.set()
        await first
        assert ids(rig) == [1, 2]

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_journal_that_fails_sends_nothing_and_the_answer_says_so(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        ledger = HeldLedger(rig)
        ledger.failure = LedgerFailedError("disk full")
        ledger.gate.set()
        refusal = await rig.desk.send([close(rig)], by_user=True)
        assert refusal is not None
        assert (refusal.code, "disk full" in refusal.text) == ("JOURNAL_FAILED", True)
        assert ids(rig) == []
        assert states(rig, 1)[-1] is CommandState.NOT_SENT
        assert alarms(rig) == ["JOURNAL_FAILED"]
        ledger.failure = None
        rig.desk.go_on_journalling()

    play(tmp_path, scene)


def test_a_wish_that_is_given_up_holds_up_nothing_behind_it(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        ledger = HeldLedger(rig)
        first = asyncio.ensure_future(rig.desk.send([close(rig)], by_user=True))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        ledger.gate.set()
        await rig.desk.send([close(rig, 12)], by_user=True)
        assert ids(rig) == [2]
        assert states(rig, 1)[-1] is CommandState.NOT_SENT

    play(tmp_path, scene)


def test_a_held_file_is_tried_again_with_every_check(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.bridge.outbox.busy = 3
        signal = await rig.submit()
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        assert ids(rig) == []
        await until(lambda: ids(rig) == [1])
        second = await rig.submit("EURUSD SELL 1.08000 SL 1.08300 TP 1.07400")
        rig.bridge.outbox.busy = 2
        await rig.pipeline.fire(second, rig.desk, by_user=True)
        rig.desk.safety.pause(PauseReason.USER)
        await until(lambda: CommandState.NOT_SENT in states(rig, 2))
        assert ids(rig) == [1]

    play(tmp_path, scene)


def test_a_row_that_waited_too_long_expires_unsent(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.bridge.outbox.busy = 10**6
        await rig.desk.send([close(rig)], by_user=True)
        rig.clock.move(121)
        rig.bridge.outbox.busy = 0
        rig.desk.drain()
        assert ids(rig) == []
        [told] = [e for e in rig.told(CommandChanged) if e.state is CommandState.NOT_SENT]
        assert told.reason.startswith("EXPIRED")

    play(tmp_path, scene)


def test_an_outbox_that_breaks_its_word_blocks_no_later_row(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        append = rig.bridge.outbox.append

        def broken(command: Command) -> None:
            raise RuntimeError("unexpected")

        rig.bridge.outbox.append = broken  # type: ignore[method-assign] # the fault
        with pytest.raises(RuntimeError):
            await rig.desk.send([close(rig)], by_user=True)
        rig.bridge.outbox.append = append  # type: ignore[method-assign] # it ends
        await rig.desk.send([close(rig, 12)], by_user=True)
        assert ids(rig) == [2]
        assert [t.command.cmd_id for t in rig.desk.flight.outstanding()] == [1, 2]

    play(tmp_path, scene)


def test_rows_that_cannot_be_synced_are_an_alarm(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()

        async def broken() -> None:
            raise OSError("I/O error")

        rig.bridge.flush = broken  # type: ignore[method-assign] # the fault
        await rig.desk.send([close(rig)], by_user=True)
        await rig.settle()
        assert alarms(rig) == ["ROWS_NOT_SYNCED"]
        assert ids(rig) == [1]

    play(tmp_path, scene)


def test_a_control_row_waits_for_its_file_and_keeps_its_order(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.bridge.control_failure = OutboxBusyError("held")
        rig.desk.control("WITHDRAW", "3")
        rig.desk.control("RESUME", "1")
        rig.desk.drop_control("RESUME")
        rig.desk.control("SCOPE", "MAGIC")
        rig.bridge.control_failure = None
        rig.desk.drain_controls()
        assert rig.bridge.controls == [("WITHDRAW", "3"), ("SCOPE", "MAGIC")]

    play(tmp_path, scene)


def test_a_control_file_that_fails_is_one_alarm_in_half_a_minute(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.bridge.control_failure = OutboxFailedError("disk full")
        rig.desk.control("WITHDRAW", "3")
        for _ in range(50):
            rig.desk.drain_controls()
        assert alarms(rig) == ["CONTROL_FAILED"]
        rig.clock.move(30)
        rig.desk.drain_controls()
        assert alarms(rig) == ["CONTROL_FAILED"] * 2
        rig.bridge.control_failure = None
        rig.desk.drain_controls()
        assert rig.bridge.controls == [("WITHDRAW", "3")]

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_receipt_read_while_the_disk_was_full_is_in_the_journal_after_it(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await rig.desk.send([close(rig)], by_user=True)
        await rig.settle()
        record = rig.ledger.record

        async def full(*entries: Entry) -> None:
            raise LedgerFailedError("disk full")

        rig.ledger.record = full  # type: ignore[method-assign] # the fault
        filled = receipt(1, position=11)
        rig.feed(Facts(receipts=(filled,), checkpoints=(Checkpoint("receipts.csv", 9, "m"),)))
        await rig.settle()
        rig.feed(Facts(checkpoints=(Checkpoint("receipts.csv", 18, "n"),)))
        await rig.settle()
        rig.ledger.record = record  # type: ignore[method-assign] # it ends
        assert rig.ledger.replay().checkpoints == ()
        rig.desk.go_on_journalling()
        await rig.settle()
        replay = rig.ledger.replay()
        assert [k.receipts for k in replay.commands] == [(filled,)]
        assert [c.offset for c in replay.checkpoints] == [18]
        assert alarms(rig) == ["JOURNAL_FAILED"]

    play(tmp_path, scene)


def test_an_automatic_pause_withdraws_what_the_ea_has_not_read(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        assert rig.desk.judge("test").state is TradingState.RUNNING
        rig.desk.safety.pause(PauseReason.SLIPPAGE)
        rig.desk.judge("test")
        assert rig.bridge.controls == []
        rig.desk.safety.clear(PauseReason.SLIPPAGE)
        rig.desk.judge("test")
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.desk.safety.pause(PauseReason.SLIPPAGE)
        rig.desk.judge("test")
        rig.desk.judge("test")
        assert rig.bridge.controls == [("WITHDRAW", "1")]

    play(tmp_path, scene)


def test_a_state_is_told_and_journalled_when_it_changes(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        for _ in range(3):
            rig.desk.judge("test")
        assert len(rig.told(StateChanged)) == 1
        rig.feed(snapshot(rig.clock, positions=(position(11, rig.clock.now()),)))
        assert rig.desk.judge("test").open_positions == 1
        await rig.settle()
        assert len(rig.told(StateChanged)) == 2

    play(tmp_path, scene)


def test_the_scope_of_a_stop_is_ours_or_the_account(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        now = rig.clock.now()
        shown = snapshot(
            rig.clock,
            positions=(position(11, now), position(12, now, magic=0)),
            orders=(resting(13, now, magic=0),),
        )
        rig.feed(shown)
        assert rig.desk.in_scope() == [11]
        rig.feed(Facts(status=status(now, scope="ACCOUNT")))
        assert rig.desk.in_scope() == [11, 12, 13]

    play(tmp_path, scene)


def test_the_stop_shows_what_the_ea_could_not_close(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        press = StopPress("press1", StopLevel.FLATTEN, "button")
        rig.desk.safety.stop(press, rig.clock.monotonic())
        rig.feed(Facts(status=status(rig.clock.now(), halt=latched(known=("press1",)))))
        told = rig.desk.judge("test")
        assert (told.state, told.stop_level) == (TradingState.STOPPED_FLAT, StopLevel.FLATTEN)
        refusal = await rig.desk.send([close(rig)], by_user=True)
        assert refusal is None
        command = modify_command(
            rig.desk.issuer(), rig.desk.next_id(), 11, "EURUSD", (Decimal("1.07"), None)
        )
        entry = replace(close(rig), command=command, intent="modify")
        refusal = await rig.desk.send([entry], by_user=True)
        assert refusal is not None
        assert refusal.code == "HALTED"

    play(tmp_path, scene)


def test_the_eas_own_doubts_count_as_unresolved(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(status=status(rig.clock.now(), in_doubt=(4, 5))))
        assert rig.desk.standing().unresolved == 2
        signal = await rig.submit()
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "IN_DOUBT"
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.FILLED),)))
        assert "LATE_FILL" in alarms(rig)

    play(tmp_path, scene)
