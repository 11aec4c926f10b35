"""The stop over all terminals: every desk at once, delivered until the EA has it, never lost."""

import asyncio
import threading
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter, read_lying
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import Alarm, SignalChanged, StateChanged
from signalos_desktop.engine.ports import Flag
from tests.helpers.rig import NO_HALT, FakeBridge, SilentFlags
from tests.helpers.session_rig import (
    EA_ABSENT,
    SessionRig,
    hasten,
    latched,
    run_session,
    submit,
    until,
)

OTHER = Account(6, "Other")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def written(rig: SessionRig) -> list[tuple[str, StopLevel, str]]:
    assert isinstance(rig.flags, SilentFlags)
    return rig.flags.written


def test_a_press_while_the_engine_is_held_writes_the_flag_and_the_next_send_refuses(
    tmp_path: Path,
) -> None:
    bridge = FakeBridge()
    place = tmp_path / "halt.flag"
    bridge.flag_paths = lambda: (str(place),)  # type: ignore[method-assign] # a real place
    rig = SessionRig(tmp_path, bridge, flags=FlagFileWriter(DiskFiles()))

    async def scene() -> None:
        await rig.running(bridge)
        signal = await submit(rig)
        pressing = threading.Thread(target=rig.controls.stop)
        pressing.start()
        pressing.join()
        # This very step holds the engine's thread: nothing else of it runs until the await.
        flag_writers = [t for t in threading.enumerate() if t.name.startswith("stop-")]
        for writer in flag_writers:
            writer.join()
        assert read_lying(DiskFiles(), place) == (StopLevel.FLATTEN, "press1")
        answer = await rig.controls.fire(signal)
        assert (answer.ok, answer.code) == (False, "HALTED")
        assert bridge.outbox.rows == []
        await until(lambda: rig.state() is TradingState.STOPPING)

    run_session(rig, scene)


@pytest.mark.expects_warning
def test_every_terminal_is_stopped_although_telling_the_first_one_fails(tmp_path: Path) -> None:
    bridges = FakeBridge(), FakeBridge(OTHER)
    rig = SessionRig(tmp_path, *bridges)

    def broken(event: StateChanged) -> None:
        if event.state is TradingState.STOPPING:
            raise RuntimeError("the panel is broken")

    async def scene() -> None:
        await until(lambda: len(rig.session.desks) == 2)
        for bridge in bridges:
            await rig.show(bridge)
        rig.bus.subscribe(StateChanged, broken)
        rig.controls.stop()
        await until(lambda: all(d.safety.stopped for d in rig.session.desks.values()))
        assert not rig.latch.is_set()

    run_session(rig, scene)


def test_a_flag_that_cannot_be_written_is_an_alarm_and_is_tried_until_it_lies(
    tmp_path: Path,
) -> None:
    flags = SilentFlags()
    flags.failure = "held by another program"
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge, flags=flags)

    async def scene() -> None:
        await rig.running(bridge)
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)
        for _ in range(6):
            rig.clock.move(1)
            await rig.show(bridge)
        await until(lambda: rig.state() is TradingState.STOPPED_NOT_FLAT)
        assert {"STOP_NOT_DELIVERED", "NOT_FLAT_NOT_ACKNOWLEDGED"} <= set(rig.alarms())
        flags.failure = ""
        rig.clock.move(4)
        await rig.show(bridge)
        await until(lambda: flags.written)
        assert flags.written[0] == ("/flags/5000001", StopLevel.FLATTEN, "press1")

    run_session(rig, scene)


def test_a_disk_that_does_not_answer_is_an_alarm_after_two_seconds(tmp_path: Path) -> None:
    gate = threading.Event()

    class Hanging(SilentFlags):
        def write(self, path: str, level: StopLevel, press_id: str) -> None:
            assert gate.wait(20)

    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge, flags=Hanging())

    async def scene() -> None:
        await rig.running(bridge)
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)
        rig.clock.move(2)
        await until(lambda: "STOP_NOT_DELIVERED" in rig.alarms())
        gate.set()

    run_session(rig, scene)


def test_a_flag_that_lies_is_not_written_again(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        rig.controls.stop()
        bridge.lying = (Flag("/flags/5000001", "press1", StopLevel.FLATTEN),)
        await until(lambda: rig.state() is TradingState.STOPPING)
        beats = len(bridge.beats)
        rig.clock.move(4)
        await rig.show(bridge)
        await until(lambda: len(bridge.beats) > beats + 2)
        assert len(written(rig)) == 1

    run_session(rig, scene)


def test_a_press_before_any_terminal_stops_the_one_that_comes(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, EA_ABSENT)

    async def scene() -> None:
        rig.controls.stop()
        rig.controls.stop(keep_positions=True)
        await until(lambda: not rig.latch.is_set())
        rig.doors[0].found = bridge
        await until(lambda: rig.session.desks)
        assert rig.state() is TradingState.STOPPING
        await until(lambda: written(rig))
        assert written(rig) == [("/flags/5000001", StopLevel.FLATTEN, "press2")]

    run_session(rig, scene)
    second = FakeBridge(OTHER)
    again = SessionRig(tmp_path, second)

    async def after() -> None:
        await until(lambda: again.session.desks)
        assert again.state() is TradingState.STOPPING

    run_session(again, after)


def test_a_terminal_that_comes_after_the_resume_is_not_stopped(tmp_path: Path) -> None:
    first, late = FakeBridge(), FakeBridge(OTHER)
    rig = SessionRig(tmp_path, first, EA_ABSENT)

    async def scene() -> None:
        await rig.running(first)
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)
        await rig.show(first, latched(known=("press1",)))
        await until(lambda: rig.state() is TradingState.STOPPED_FLAT)
        resuming = asyncio.ensure_future(rig.controls.resume())
        await until(lambda: ("RESUME", "1") in first.controls)
        await rig.show(first)
        assert (await resuming).data["state"] == "PAUSED"
        rig.doors[1].found = late
        await until(lambda: late.account in rig.session.desks)
        assert not rig.session.desks[OTHER].safety.stopped

    run_session(rig, scene)
    again = SessionRig(tmp_path, FakeBridge(Account(7, "Third")))

    async def after() -> None:
        await until(lambda: again.session.desks)
        assert not again.desk.safety.stopped
        assert PauseReason.USER in again.desk.safety.reasons

    run_session(again, after)


def test_a_stop_by_the_ea_alone_ends_waiting_signals_and_needs_a_resume(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        await submit(rig)
        await rig.show(bridge, latched(StopLevel.FLATTEN))
        await until(lambda: rig.state() is TradingState.STOPPED_FLAT)
        await until(lambda: rig.told(SignalChanged)[-1].state is SignalState.SKIPPED_STOPPED)
        await rig.show(bridge, NO_HALT)
        await until(lambda: rig.state() is TradingState.STOPPING)
        rig.clock.move(4)
        await until(lambda: written(rig))
        assert written(rig)[0][1] is StopLevel.FLATTEN

    run_session(rig, scene)


def test_while_one_of_two_terminals_trades_its_signals_wait_on(tmp_path: Path) -> None:
    bridges = FakeBridge(), FakeBridge(OTHER)
    rig = SessionRig(tmp_path, *bridges)

    async def scene() -> None:
        await until(lambda: len(rig.session.desks) == 2)
        for bridge in bridges:
            await rig.show(bridge)
        await submit(rig)
        await rig.show(bridges[1], latched(StopLevel.HALT))
        desk = rig.session.desks[OTHER]
        await until(lambda: desk.judge("test").state.stopped)
        assert rig.told(SignalChanged)[-1].state is SignalState.READY

    run_session(rig, scene)


def test_the_stop_of_the_journal_is_pressed_anew_if_the_ea_lost_it(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)

    run_session(rig, scene)
    bridge = FakeBridge()
    again = SessionRig(tmp_path, bridge)

    async def after() -> None:
        await until(lambda: again.session.desks)
        await again.show(bridge)
        await until(lambda: written(again))
        assert again.state() is TradingState.STOPPING

    run_session(again, after)


def test_a_fenced_panel_presses_nothing_anew(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        await rig.show(bridge, latched(StopLevel.HALT))
        await until(lambda: rig.desk.safety.stopped)
        bridge.higher_session = True
        await until(lambda: rig.desk.fenced)
        rig.clock.move(4)
        beats = len(bridge.beats)
        await rig.show(bridge, NO_HALT)
        await until(lambda: len(bridge.beats) > beats + 2)
        assert written(rig) == []

    run_session(rig, scene)


def test_the_silent_ea_is_told_every_half_minute(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    def told() -> int:
        return sum(1 for alarm in rig.told(Alarm) if alarm.code == "NOT_FLAT_EA_SILENT")

    async def scene() -> None:
        await rig.running(bridge)
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)
        rig.clock.move(6)
        await until(lambda: told() == 1)
        rig.clock.move(31)
        await until(lambda: told() == 2)

    run_session(rig, scene)
