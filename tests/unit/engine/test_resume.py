"""The way back: each condition that fails is named, and a press in between always wins."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.ea_status import Halt
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine import resume as resume_module
from signalos_desktop.engine.entries import Entry, StateEntry
from signalos_desktop.engine.ports import Facts, Flag, LedgerFailedError, OutboxBusyError
from signalos_desktop.engine.resume import Resume, Step
from signalos_desktop.engine.stop_latch import StopPress
from tests.helpers.rig import Rig, play, position, receipt, resting, snapshot, status
from tests.helpers.session_rig import latched, until

PRESS = StopPress("press1", StopLevel.FLATTEN, "button")


def stopped(rig: Rig, halt: Halt | None = None, **changes: Any) -> None:
    """The EA states the stop that the app asked for."""
    now = rig.clock.now()
    said = status(now, halt=halt or latched(known=("press1",)))
    rig.feed(replace(snapshot(rig.clock, **changes), status=said))


def flat(rig: Rig) -> None:
    rig.open_for_business()
    rig.desk.safety.stop(PRESS, rig.clock.monotonic())
    stopped(rig)


def codes(step: Step) -> list[str]:
    return [refusal.code for refusal in step.refusals]


async def step(rig: Rig, by_hand: frozenset[int] = frozenset()) -> Step:
    return await Resume(rig.desk).step(by_hand)


def test_two_steps_lead_from_flat_to_running(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        stopped(rig, latched(known=("press1", "hand:1:2")))
        rig.bridge.lying = (Flag("/f", "press1", StopLevel.FLATTEN),)
        assert rig.desk.judge("test").state is TradingState.STOPPED_FLAT
        resuming = asyncio.ensure_future(step(rig))
        await until(lambda: ("RESUME", "1") in rig.bridge.controls)
        assert not rig.bridge.flags()
        rig.feed(snapshot(rig.clock))
        done = await resuming
        assert (done.state, done.refusals) == (TradingState.PAUSED, ())
        assert done.presses == {"press1"}
        assert rig.desk.safety.reasons == {PauseReason.USER}
        assert (await step(rig)).state is TradingState.RUNNING
        await rig.settle()
        last = rig.ledger.replay().states[-1]
        assert (last.state, last.reasons) == (TradingState.RUNNING, frozenset())

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("halt", "code"),
    [
        (latched(StopLevel.NONE), "NOT_ACKNOWLEDGED"),
        (latched(StopLevel.HALT, known=("press1",)), "NOT_ACKNOWLEDGED"),
        (latched(known=("another",)), "NOT_ACKNOWLEDGED"),
        (latched(known=("press1",), damaged=True), "DAMAGED"),
    ],
)
def test_a_stop_that_the_ea_does_not_have_cannot_be_released(
    tmp_path: Path, halt: Halt, code: str
) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        stopped(rig, halt)
        assert codes(await step(rig)) == [code]
        assert rig.bridge.controls == []

    play(tmp_path, scene)


def test_before_the_first_status_nothing_can_be_released(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.desk.safety.stop(PRESS, rig.clock.monotonic())
        assert {"EA_SILENT", "CLOCK_SKEW"} <= set(codes(await step(rig)))

    play(tmp_path, scene)


def test_a_flag_that_the_ea_has_not_read_is_in_the_way(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        rig.bridge.lying = (Flag("/f", "press2", StopLevel.FLATTEN),)
        assert codes(await step(rig)) == ["FLAG_NOT_SEEN"]

    play(tmp_path, scene)


def test_what_is_open_is_listed_until_it_is_handled_by_hand(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        now = rig.clock.now()
        kept = latched(StopLevel.FLATTEN, known=("press1",), flat=False, positions=1, orders=1)
        stopped(rig, kept, positions=(position(11, now),), orders=(resting(12, now),))
        refused = await step(rig)
        assert codes(refused) == ["NOT_FLAT"]
        assert "11, 12" in refused.refusals[0].text
        resuming = asyncio.ensure_future(step(rig, frozenset({11, 12})))
        await until(lambda: rig.bridge.controls)
        rig.feed(snapshot(rig.clock))
        assert (await resuming).state is TradingState.PAUSED

    play(tmp_path, scene)


def test_silence_clocks_doubt_version_and_account_are_each_named(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        wrong = status(rig.clock.now(), halt=latched(known=("press1",)))
        rig.clock.move(6)
        rig.feed(Facts(status=replace(wrong, protocol=1, login=9, in_doubt=(4,))))
        found = codes(await step(rig))
        assert found == ["UNRESOLVED", "ACCOUNT_CHANGED", "VERSION_MISMATCH", "CLOCK_SKEW"]
        rig.clock.move(4)
        assert "EA_SILENT" in codes(await step(rig))

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_journal_that_fails_keeps_the_stop_and_the_flag(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        rig.desk.judge("test")
        await rig.settle()
        rig.bridge.lying = (Flag("/f", "press1", StopLevel.FLATTEN),)

        async def full(*entries: Entry) -> None:
            raise LedgerFailedError("disk full")

        rig.ledger.record = full  # type: ignore[method-assign] # the fault
        assert codes(await step(rig)) == ["JOURNAL_FAILED"]
        assert rig.bridge.flags()
        assert rig.bridge.controls == []
        del rig.ledger.record

    play(tmp_path, scene)


def test_a_press_while_the_journal_writes_wins_although_its_flag_is_not_there_yet(
    tmp_path: Path,
) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        rig.desk.judge("test")
        await rig.settle()
        record = rig.ledger.record

        async def pressed_meanwhile(*entries: Entry) -> None:
            await record(*entries)
            if any(isinstance(e, StateEntry) and e.source == "user resumes" for e in entries):
                again = StopPress("press2", StopLevel.FLATTEN, "button")
                rig.desk.safety.stop(again, rig.clock.monotonic())

        rig.ledger.record = pressed_meanwhile  # type: ignore[method-assign] # the race
        assert codes(await step(rig)) == ["STOPPED_AGAIN"]
        assert rig.bridge.controls == []
        del rig.ledger.record
        rig.feed(snapshot(rig.clock))
        assert rig.desk.judge("test").state is TradingState.STOPPING
        await rig.settle()
        assert rig.ledger.replay().states[-1].state.stopped

    play(tmp_path, scene)


def test_a_flag_that_changes_in_the_last_moment_gives_the_resume_up(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        rig.bridge.stuck = "/f"
        assert codes(await step(rig)) == ["FLAG_STAYS"]
        assert rig.bridge.controls == []

    play(tmp_path, scene)


@pytest.mark.parametrize("by", ["app", "ea"])
def test_a_press_while_the_ea_releases_wins(tmp_path: Path, by: str) -> None:
    async def scene(rig: Rig) -> None:
        flat(rig)
        resuming = asyncio.ensure_future(step(rig))
        await until(lambda: rig.bridge.controls)
        if by == "app":
            again = StopPress("press2", StopLevel.FLATTEN, "button")
            rig.desk.safety.stop(again, rig.clock.monotonic())
        else:
            stopped(rig, latched(stop_id=2, known=("hand",)))
        assert codes(await resuming) == ["STOPPED_AGAIN"]
        assert rig.desk.judge("test").state.stopped

    play(tmp_path, scene)


def test_an_ea_that_does_not_release_is_said_and_the_row_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resume_module, "RELEASE_WAIT_S", 0.01)

    async def scene(rig: Rig) -> None:
        flat(rig)
        rig.bridge.control_failure = OutboxBusyError("held")
        assert codes(await step(rig)) == ["NOT_RELEASED"]
        rig.bridge.control_failure = None
        rig.desk.drain_controls()
        assert rig.bridge.controls == []
        assert rig.desk.judge("test").state is TradingState.STOPPED_FLAT

    play(tmp_path, scene)


def test_an_unclear_outcome_must_be_settled_first(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.UNKNOWN, retcode=10012),)))
        rig.desk.safety.pause(PauseReason.USER)
        assert codes(await step(rig)) == ["UNRESOLVED"]

    play(tmp_path, scene)


def test_reasons_that_go_by_themselves_are_not_waved_away(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.desk.safety.pause(PauseReason.STALE_DATA)
        assert codes(await step(rig)) == ["REASON_STANDS"]

    play(tmp_path, scene)


@pytest.mark.parametrize("halted", [False, True])
def test_a_fenced_panel_touches_neither_flags_nor_reasons(tmp_path: Path, halted: bool) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        if halted:
            flat(rig)
        rig.bridge.lying = (Flag("/f", "press1", StopLevel.FLATTEN),)
        rig.desk.fenced = True
        rig.desk.safety.pause(PauseReason.FENCED)
        assert "FENCED" in codes(await step(rig))
        assert rig.bridge.flags()
        assert PauseReason.FENCED in rig.desk.safety.reasons

    play(tmp_path, scene)
