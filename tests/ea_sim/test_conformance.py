"""The same trace must give the same receipts, field by field, whoever executes it."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.ea_sim import traces_close, traces_stop, traces_trade
from tests.ea_sim.conftest import need_compiler
from tests.ea_sim.outcomes import fields, sent, short, times
from tests.ea_sim.traces import TRACES, Trace
from tests.ea_sim.world import EA, PYTHON, World

assert all(module.__doc__ for module in (traces_close, traces_trade, traces_stop)), (
    "they add their traces"
)


@dataclass(frozen=True)
class Outcome:
    """What is left of a trace when its world is gone."""

    golden: tuple[tuple[int, str, str, int], ...]
    receipts: list[tuple[Any, ...]]
    requests: list[tuple[Any, ...]]
    times: list[float]


@functools.cache
def outcome(executor: str, name: str) -> Outcome:
    """Each trace is played once by each executor."""
    one = next(trace for trace in TRACES if trace.name == name)
    with tempfile.TemporaryDirectory() as root:
        world = World(Path(root), executor, one.setting)
        try:
            world.begin()
            one.play(world)
            told = world.receipts()
            return Outcome(
                tuple(map(short, told)),
                list(map(fields, told)),
                list(map(sent, world.line.sent)),
                times(world),
            )
        finally:
            world.close()


def marked(executors: list[str]) -> list[Any]:
    """Traces by executor; where the simulator's expert is known to differ, it must fail."""
    cases = []
    for one in TRACES:
        for executor in executors:
            known = one.differs and executor != EA
            marks = [pytest.mark.xfail(reason=one.differs)] if known else []
            cases.append(pytest.param(executor, one, id=f"{executor}-{one.name}", marks=marks))
    return cases


@pytest.mark.parametrize(("executor", "trace"), marked([PYTHON, EA]))
def test_receipts_are_golden(executor: str, trace: Trace) -> None:
    if executor == EA:
        need_compiler()
    assert outcome(executor, trace.name).golden == trace.golden


@pytest.mark.parametrize(("executor", "trace"), marked(["both"]))
def test_receipts_and_requests_are_equal(executor: str, trace: Trace) -> None:
    del executor
    need_compiler()
    ours, theirs = outcome(EA, trace.name), outcome(PYTHON, trace.name)
    assert ours.receipts == theirs.receipts
    assert ours.requests == theirs.requests
    apart = [abs(a - b) for a, b in zip(ours.times, theirs.times, strict=True)]
    assert max(apart, default=0) <= 1
