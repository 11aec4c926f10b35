"""After a resume no folder stays flagged by the stop that was ended, and that is said."""

import asyncio
from pathlib import Path

import pytest

from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.engine.controls import Answer
from tests.helpers.rig import FakeBridge
from tests.helpers.session_rig import SessionRig, hasten, latched, run_session, until

NEVER = "/flags/never-attached"


async def early_stop(rig: SessionRig, bridge: FakeBridge) -> str:
    """Pressed where every folder was aimed at, before the terminal was attached; then flat."""
    press = rig.latch.press(StopLevel.FLATTEN, "button").press_id
    await until(lambda: len(rig.flags.written) == 2)  # type: ignore[attr-defined] # the fake's list
    await until(lambda: bridge.account in rig.session.desks, "the terminal")
    await rig.show(bridge, latched(known=(press,)))
    await until(lambda: rig.state() is TradingState.STOPPED_FLAT, "FLAT")
    return press


async def resume(rig: SessionRig, bridge: FakeBridge, press: str) -> Answer:
    resuming = asyncio.ensure_future(rig.controls.resume())
    await until(lambda: ("RESUME", "1") in bridge.controls, "the release")
    await rig.show(bridge)
    return await resuming


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[SessionRig, FakeBridge]:
    hasten(monkeypatch)
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)
    rig.latch.watch([*bridge.flag_paths(), NEVER], lambda: None)
    return rig, bridge


def test_flags_in_folders_that_nobody_attached_are_taken_away_and_named(
    made: tuple[SessionRig, FakeBridge],
) -> None:
    rig, bridge = made

    async def scene() -> None:
        press = await early_stop(rig, bridge)
        answer = await resume(rig, bridge, press)
        assert (answer.ok, answer.data["state"]) == (True, "PAUSED")
        assert NEVER in answer.text
        left = [path for path, _, _ in rig.flags.written]  # type: ignore[attr-defined] # as above
        assert set(left) == set(bridge.flag_paths())
        again = await rig.controls.resume()
        assert (again.ok, again.text) == (True, "")

    run_session(rig, scene)


def test_a_flag_that_cannot_be_taken_away_is_said(made: tuple[SessionRig, FakeBridge]) -> None:
    rig, bridge = made

    async def scene() -> None:
        press = await early_stop(rig, bridge)
        rig.flags.failure = "held"  # type: ignore[attr-defined] # the fake's
        answer = await resume(rig, bridge, press)
        assert (answer.ok, answer.text) == (True, "")
        assert "FLAG_STAYS" in rig.alarms()

    run_session(rig, scene)
