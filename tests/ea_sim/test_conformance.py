"""The same trace must give the same receipts, field by field, whoever executes it."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import pytest

from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.ea_sim import traces_trade
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.traces import TRACES, Trace
from tests.ea_sim.world import EA, PYTHON, World

assert traces_trade.__doc__


REASONS = frozenset(
    "HALTED APP_LOST STALE_SESSION WRONG_ACCOUNT WRONG_MAGIC WITHDRAWN IN_DOUBT BAD_ROW BAD_FIELD "
    "UNKNOWN_ACTION SYMBOL VOLUME SL_REQUIRED SL_WRONG_SIDE SPREAD LIMIT_LOTS LIMIT_POSITIONS "
    "LIMIT_DAILY_LOSS LIMIT_RATE RISK_EXCEEDED NO_MARGIN CHECK PERMISSION NETTING NO_POSITION "
    "NOT_IN_PROFIT DISK EXPIRED NOT_FOUND".split()
)


def reason(told: Receipt) -> str:
    """The reason code in front of a message; a BAD_ROW names its row as well."""
    head = told.message.partition(":")[0]
    if head.startswith("BAD_ROW "):
        return head
    return head if head in REASONS else ""


def short(told: Receipt) -> tuple[int, str, str, int]:
    return told.cmd_id, told.status.value, reason(told), told.retcode


def fields(told: Receipt) -> tuple[Any, ...]:
    """Every column but the time, of the message its reason code."""
    columns = list(astuple(told))
    columns[5] = reason(told)
    del columns[9]
    return tuple(columns)


def times(world: World) -> list[float]:
    """When the receipts were written; whoever looks a timer later is as good."""
    return [told.time.timestamp() for told in world.receipts() if told.time]


def sent(request: TradeRequest) -> tuple[Any, ...]:
    """What the trade server looks at in a request of this kind."""
    common = (request.action, request.order, request.position, request.sl, request.tp)
    if request.action is TradeAction.DEAL:
        return (*astuple(request),)
    if request.action is TradeAction.PENDING:
        return (*common, request.type, request.volume, request.price, request.comment)
    return (*common, request.price, request.expiration)


def play(make_world: MakeWorld, executor: str, trace: Trace) -> World:
    world = make_world(executor, trace.setting)
    world.begin()
    trace.play(world)
    return world


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
@pytest.mark.parametrize("executor", [PYTHON, EA])
def test_receipts_are_golden(make_world: MakeWorld, executor: str, trace: Trace) -> None:
    world = play(make_world, executor, trace)
    assert tuple(map(short, world.receipts())) == trace.golden


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: trace.name)
def test_receipts_are_equal(make_world: MakeWorld, trace: Trace) -> None:
    ours = play(make_world, EA, trace)
    theirs = play(make_world, PYTHON, trace)
    assert list(map(fields, ours.receipts())) == list(map(fields, theirs.receipts()))
    assert list(map(sent, ours.line.sent)) == list(map(sent, theirs.line.sent))
    apart = [abs(a - b) for a, b in zip(times(ours), times(theirs), strict=True)]
    assert max(apart, default=0) <= 1
