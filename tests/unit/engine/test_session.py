"""One run over its terminals: polling on through every fault, leaving cleanly."""

import asyncio
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import CommandState, SignalState
from signalos_desktop.engine.events import Alarm, SignalChanged
from signalos_desktop.engine.ports import (
    Facts,
    OutboxFailedError,
)
from tests.helpers.rig import FakeBridge, receipt
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


def test_a_silent_ea_pauses_withdraws_and_comes_back_by_itself(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        signal = await submit(rig)
        assert (await rig.controls.fire(signal)).ok
        rig.clock.move(6)
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert rig.desk.safety.reasons == {PauseReason.STALE_DATA}
        assert "EA_SILENT" in rig.alarms()
        assert ("WITHDRAW", "1") in bridge.controls
        await rig.show(bridge)
        await until(lambda: rig.state() is TradingState.RUNNING)

    run_session(rig, scene)


def test_one_frozen_snapshot_pauses_although_the_heart_beats(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        rig.clock.move(6)
        await rig.show(bridge, positions=None)
        await until(lambda: rig.state() is TradingState.PAUSED)
        [alarm] = rig.told(Alarm)
        assert (alarm.code, "positions" in alarm.text) == ("SNAPSHOT_STALE", True)

    run_session(rig, scene)


def test_clocks_that_differ_pause_until_they_agree(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        late = rig.fresh(bridge)
        rig.clock.move(6)
        bridge.facts.append(late)
        await until(lambda: PauseReason.CLOCK_SKEW in rig.desk.safety.reasons)
        assert "CLOCK_SKEW" in rig.alarms()
        await rig.show(bridge)
        await until(lambda: rig.state() is TradingState.RUNNING)

    run_session(rig, scene)


def test_an_ea_of_another_protocol_pauses(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        bridge.protocol = 1
        await until(lambda: PauseReason.VERSION_MISMATCH in rig.desk.safety.reasons)
        assert (await rig.controls.resume()).code == "VERSION_MISMATCH"
        bridge.protocol = 2

    run_session(rig, scene)


@pytest.mark.expects_warning
def test_a_bridge_that_raises_is_one_alarm_and_is_read_on(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)
    polls = 0

    def broken(*, fast: bool = False) -> Facts | None:
        nonlocal polls
        polls += 1
        raise RuntimeError("no such file mode")

    async def scene() -> None:
        await rig.running(bridge)
        rig_poll = bridge.poll
        bridge.poll = broken  # type: ignore[method-assign] # the fault
        await until(lambda: polls > 3)
        assert rig.alarms() == ["ENGINE_FAULT"]
        assert rig.state() is TradingState.PAUSED
        bridge.poll = rig_poll  # type: ignore[method-assign] # the fault ends
        assert (await rig.controls.resume()).data["state"] == "RUNNING"

    run_session(rig, scene)


@pytest.mark.expects_warning
def test_a_heartbeat_that_raises_stops_no_other_one(tmp_path: Path) -> None:
    first, second = FakeBridge(), FakeBridge(OTHER)
    rig = SessionRig(tmp_path, first, second)

    def broken(*, closing: bool = False) -> bool:
        raise RuntimeError("bad handle")

    async def scene() -> None:
        await rig.running(first)
        first.beat = broken  # type: ignore[method-assign] # the fault
        await until(lambda: "ENGINE_FAULT" in rig.alarms())
        beats = len(second.beats)
        await until(lambda: len(second.beats) > beats + 2)

    run_session(rig, scene)
    assert second.closed


@pytest.mark.expects_warning
def test_a_task_that_fails_pauses_every_account(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def fail() -> None:
        raise RuntimeError("unexpected")

    async def scene() -> None:
        await rig.running(bridge)
        rig.session.spawn(fail())
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert rig.alarms() == ["ENGINE_FAULT"]

    run_session(rig, scene)


@pytest.mark.expects_warning
def test_a_listener_that_raises_hinders_neither_trading_nor_stopping(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    def broken(event: object) -> None:
        raise RuntimeError("the panel is broken")

    async def scene() -> None:
        await rig.running(bridge)
        rig.bus.subscribe_all(broken)
        signal = await submit(rig)
        assert (await rig.controls.fire(signal)).ok
        assert len(bridge.outbox.rows) == 1
        assert rig.desk.flight.tracked[1].state is CommandState.PUBLISHED
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)

    run_session(rig, scene)


def test_a_fenced_panel_stops_writing_and_says_so_once(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        bridge.higher_session = True
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert rig.alarms() == ["FENCED"]
        assert (await rig.controls.resume()).code == "FENCED"
        bridge.control_failure = OutboxFailedError("this panel does not hold the folder")
        rig.controls.pause()
        beats = len(bridge.beats)
        await until(lambda: len(bridge.beats) > beats + 3)
        assert rig.alarms() == ["FENCED", "CONTROL_FAILED"]

    run_session(rig, scene)


def test_signals_expire_and_this_is_kept_without_any_terminal(tmp_path: Path) -> None:
    rig = SessionRig(tmp_path, EA_ABSENT)

    async def scene() -> None:
        await submit(rig)
        rig.clock.move(61)
        await until(lambda: rig.told(SignalChanged)[-1].state is SignalState.EXPIRED)

    run_session(rig, scene)
    again = SessionRig(tmp_path, EA_ABSENT)
    [known] = again.ledger.replay().signals
    assert known.state is SignalState.EXPIRED
    again.ledger.close()


def test_what_is_asked_last_is_journalled_before_the_end(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        rig.session.close()
        await asyncio.sleep(0)
        rig.controls.pause()

    run_session(rig, scene)
    again = SessionRig(tmp_path, FakeBridge())
    [state] = again.ledger.replay().states
    assert PauseReason.USER in state.reasons
    again.ledger.close()


def test_much_to_read_is_read_at_once(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        bridge.behind = True
        for seq in range(5):
            bridge.facts.append(
                Facts(receipts=(receipt(0, ReceiptStatus.DENIED, message=f"x{seq}"),))
            )
        await rig.look(bridge)
        bridge.behind = False

    run_session(rig, scene)


def test_the_scope_is_told_to_every_terminal(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        assert rig.controls.settings({"stop.scope": "account"}).ok
        assert bridge.controls[-1] == ("SCOPE", "ACCOUNT")

    run_session(rig, scene)


def test_a_command_in_flight_does_not_keep_a_quit(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        signal = await submit(rig)
        assert (await rig.controls.fire(signal)).ok
        assert bridge.outbox.rows[0].action is CommandAction.BUY
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING)
        await rig.show(bridge, latched(StopLevel.FLATTEN, known=("press1",)))
        await asyncio.sleep(0)
        assert rig.state() is TradingState.STOPPING
        bridge.facts.append(
            Facts(receipts=(receipt(1, ReceiptStatus.DENIED, message="HALTED: stop 1"),))
        )
        await until(lambda: rig.state() is TradingState.STOPPED_FLAT)

    run_session(rig, scene)
