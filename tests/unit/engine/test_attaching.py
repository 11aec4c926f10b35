"""Attaching a terminal: tried until it works, reconciled first, silent about nothing."""

from pathlib import Path

import pytest

from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import Alarm, SignalChanged, TerminalReady
from signalos_desktop.engine.ports import (
    Facts,
    FileRow,
    FolderHeldError,
    OutboxBusyError,
    OutboxFailedError,
)
from tests.helpers.rig import ACCOUNT, GOOD, FakeBridge, receipt
from tests.helpers.session_rig import (
    EA_ABSENT,
    SessionRig,
    hasten,
    run_session,
    submit,
    until,
)

OTHER = Account(6, "Other")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def test_a_terminal_is_ready_when_every_snapshot_was_seen(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        assert [ready.account for ready in rig.told(TerminalReady)] == [ACCOUNT]
        assert ("SCOPE", "MAGIC") in bridge.controls

    run_session(rig, scene)
    assert bridge.beats[-1] is True
    assert bridge.closed


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (FolderHeldError("process 7"), "FOLDER_HELD"),
        (OutboxBusyError("held"), "FOLDER_NOT_WRITABLE"),
        (OutboxFailedError("full"), "FOLDER_NOT_WRITABLE"),
    ],
)
def test_a_folder_that_cannot_be_taken_is_told_once_and_tried_again(
    tmp_path: Path, failure: Exception, code: str
) -> None:
    bridge = FakeBridge()
    bridge.begin_failure = failure
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await until(rig.alarms)
        bridge.begin_failure = None
        await rig.running(bridge)
        assert rig.alarms() == [code]

    run_session(rig, scene)


def test_an_absent_ea_is_told_only_after_some_patience(tmp_path: Path) -> None:
    rig = SessionRig(tmp_path, EA_ABSENT)

    async def scene() -> None:
        await until(lambda: rig.doors[0].looks)
        assert rig.alarms() == []
        rig.clock.move(4)
        await until(rig.alarms)
        assert rig.alarms() == ["EA_NOT_RUNNING"]

    run_session(rig, scene)


def test_a_folder_that_cannot_be_looked_at_does_not_end_the_search(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, PermissionError("denied"))

    async def scene() -> None:
        await until(rig.alarms)
        assert rig.alarms() == ["FOLDER_NOT_READABLE"]
        rig.doors[0].found = bridge
        await rig.running(bridge)

    run_session(rig, scene)


def test_a_second_terminal_on_the_same_account_is_not_attached(tmp_path: Path) -> None:
    first, second = FakeBridge(), FakeBridge()
    rig = SessionRig(tmp_path, first, second)

    async def scene() -> None:
        await rig.running(first)
        await until(lambda: "ACCOUNT_TWICE" in rig.alarms())
        assert rig.desk.bridge is first

    run_session(rig, scene)


def test_an_ea_that_was_dead_before_the_start_is_an_alarm(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        rig.clock.move(6)
        await until(rig.alarms)
        assert rig.alarms() == ["EA_SILENT"]
        assert rig.state() is TradingState.STARTING
        await rig.running(bridge)

    run_session(rig, scene)


def test_a_snapshot_that_never_comes_is_named(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        rig.clock.move(6)
        bridge.facts.append(Facts(status=rig.fresh(bridge).status))
        await until(rig.alarms)
        [alarm] = rig.told(Alarm)
        assert alarm.code == "SNAPSHOTS_MISSING"
        assert "symbols" in alarm.text

    run_session(rig, scene)


def test_a_restart_ends_what_was_not_written_and_waits_for_what_was(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        for text in (GOOD, GOOD.replace("EURUSD BUY 1.08000 SL 1.07700", "EURUSD BUY SL 1.07600")):
            signal = await submit(rig, text)
            await rig.controls.fire(signal)

    run_session(rig, scene)
    assert [row.cmd_id for row in bridge.outbox.rows] == [1]
    second = FakeBridge()
    second.rows = (FileRow(1, 1, "commands.csv"),)
    again = SessionRig(tmp_path, second)

    async def after() -> None:
        await again.running(second)
        assert second.archived == [frozenset()]
        second.facts.append(Facts(receipts=(receipt(1, position=11, ticket=11),)))
        await again.look(second)
        assert again.told(SignalChanged)[-1].state is SignalState.DONE
        assert again.desk.last_id >= 1

    run_session(again, after)


def test_rows_that_nobody_wrote_pause_and_keep_their_file(tmp_path: Path) -> None:
    bridge = FakeBridge()
    bridge.rows = (FileRow(9, 1, "commands.csv"),)
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        await rig.show(bridge)
        assert rig.alarms() == ["FOREIGN_ROWS"]
        assert bridge.archived == [frozenset()]
        assert rig.desk.next_id() == 10

    run_session(rig, scene)


def test_a_broken_configuration_starts_paused(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)
    rig.session.config_problem = "risk.percent = 200"

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        await rig.show(bridge)
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert rig.desk.safety.reasons == {PauseReason.CONFIG_INVALID}

    run_session(rig, scene)


def test_a_pause_before_the_terminal_is_there_holds_for_it(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, EA_ABSENT)

    async def scene() -> None:
        assert rig.controls.pause().ok
        rig.doors[0].found = bridge
        await until(lambda: rig.session.desks)
        await rig.show(bridge)
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert (await rig.controls.resume()).data["state"] == "RUNNING"

    run_session(rig, scene)
