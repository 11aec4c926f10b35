"""The stop drill: on demo accounts only, one at a time, measured by what the terminal says."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.trading_state import Refusal, StopLevel, TradingState
from signalos_desktop.engine import drill_steps as steps
from signalos_desktop.engine.events import DrillMoved
from signalos_desktop.engine.ports import Flag
from tests.helpers.rig import NOON, FakeBridge, account_state, position
from tests.helpers.session_rig import SessionRig, hasten, latched, run_session, until


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def test_each_step_has_its_time_and_the_resume_ends_it(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        await rig.show(bridge, positions=(position(7, NOON), position(8, NOON)))
        drill = asyncio.ensure_future(rig.controls.drill.run())
        await until(lambda: rig.desk.safety.stopped, "the press")
        bridge.lying = (Flag("/f", "press1", StopLevel.FLATTEN),)
        rig.clock.move(0.2)
        await until(lambda: reached(rig, steps.FLAG), "the flag")
        rig.clock.move(0.2)
        halt = latched(known=("press1",), flat=False, positions=1)
        await rig.show(bridge, halt, positions=(position(7, NOON),))
        await until(lambda: reached(rig, steps.LATCHED), "the latch")
        rig.clock.move(0.3)
        await rig.show(bridge, latched(known=("press1",)))
        found = await drill
        assert not isinstance(found, Refusal)
        took = {step.name: step.took_ms for step in last(rig)}
        assert took[steps.FLAG] == 200
        assert took[steps.FIRST_CLOSE] == took[steps.LATCHED] == 400
        assert took[steps.FLAT] == 700
        assert (found["flat"], took[steps.PAUSED]) == (True, None)
        rig.desk.safety.expect_release(expected=True)
        await rig.show(bridge)
        await until(lambda: reached(rig, steps.PAUSED), "the first step")
        assert not reached(rig, steps.RUNNING)
        assert (await rig.controls.resume()).ok
        await until(lambda: reached(rig, steps.RUNNING), "the second step")

    run_session(rig, scene)


def last(rig: SessionRig) -> tuple[steps.DrillStep, ...]:
    moved: tuple[steps.DrillStep, ...] = rig.told(DrillMoved)[-1].steps
    return moved


def reached(rig: SessionRig, name: str) -> bool:
    moved = rig.told(DrillMoved)
    return bool(moved) and any(s.name == name and s.took_ms is not None for s in moved[-1].steps)


def test_what_does_not_get_flat_is_said_after_half_a_minute(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        drill = asyncio.ensure_future(rig.controls.drill.run())
        await until(lambda: rig.desk.safety.stopped, "the press")
        again = await rig.controls.drill.run()
        assert isinstance(again, Refusal)
        assert again.code == "DRILL_RUNS"
        rig.clock.move(31)
        found = await drill
        assert not isinstance(found, Refusal)
        assert found["flat"] is False
        assert "Trade tab" in str(found["next_step"])
        assert steps.describe(last(rig)).count("not reached") == 3
        assert "nothing was open" in steps.describe(last(rig))

    run_session(rig, scene)


@pytest.mark.parametrize("kind", ["REAL", "CONTEST"])
def test_only_demo_accounts_are_drilled(tmp_path: Path, kind: str) -> None:
    async def prepare(rig: SessionRig, bridge: FakeBridge) -> None:
        bridge.facts.append(replace(rig.fresh(bridge), account=account_state(trade_mode=kind)))
        await rig.look(bridge)

    assert refusal(tmp_path, prepare) == "NOT_DEMO"


def test_a_terminal_that_does_not_answer_is_not_drilled(tmp_path: Path) -> None:
    async def prepare(rig: SessionRig, bridge: FakeBridge) -> None:
        rig.clock.move(6)

    assert refusal(tmp_path, prepare) == "EA_SILENT"


def test_a_stop_that_stands_is_no_drill(tmp_path: Path) -> None:
    async def prepare(rig: SessionRig, bridge: FakeBridge) -> None:
        rig.controls.stop()
        await until(lambda: rig.state() is TradingState.STOPPING, "the stop")

    assert refusal(tmp_path, prepare) == "NOT_READY"


def test_without_a_terminal_there_is_nothing_to_drill(tmp_path: Path) -> None:
    rig = SessionRig(tmp_path)
    found: list[Any] = []

    async def scene() -> None:
        found.append(await rig.controls.drill.run())

    run_session(rig, scene)
    assert found[0].code == "NO_TERMINAL"


def refusal(folder: Path, prepare: Any) -> str:
    """Why the drill is refused; nothing may have been pressed for it."""
    bridge = FakeBridge()
    rig = SessionRig(folder, bridge)
    found: list[Any] = []

    async def scene() -> None:
        await rig.running(bridge)
        await prepare(rig, bridge)
        stood = rig.desk.safety.press_id
        found.append(await rig.controls.drill.run())
        assert rig.desk.safety.press_id == stood

    run_session(rig, scene)
    assert isinstance(found[0], Refusal)
    return found[0].code
