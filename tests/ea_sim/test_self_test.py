"""The self-test script: what a user runs on a real terminal must pass on the runtime as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.ea_sim.build import EA, Program
from tests.ea_sim.conftest import MakeWorld, need_compiler
from tests.ea_sim.executors import EaExecutor

SCRIPT = Program(EA / "Scripts" / "SignalOS" / "SignalOSSelfTest.mq5")


@pytest.mark.parametrize("orders", [False, True])
def test_every_check_passes(make_world: MakeWorld, orders: bool) -> None:
    need_compiler()
    world = make_world(program=SCRIPT)
    assert isinstance(world.executor, EaExecutor)
    # The files' times are the computer's.
    world.now = datetime.now(UTC).replace(microsecond=0)
    world.broker.advance(world.now)
    host = world.executor.load({"InpAllowPendingOrder": orders})
    host.event("start")
    said = json.loads((world.files / "SignalOS" / "selftest.json").read_text("ascii"))
    failed = [check for check in said["checks"] if not check["passed"]]
    assert failed == []
    assert said["failed"] == 0
    names = {check["name"] for check in said["checks"]}
    assert ("comment of 26 characters" in names) is orders
    assert world.broker.orders() == ()
