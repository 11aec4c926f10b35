"""Odd values in every field: the simulator's expert and the real EA answer them alike."""

from __future__ import annotations

from typing import Any

import pytest

from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.control import ControlVerb
from signalos_desktop.domain.wire.fields import seal
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.odd import ODD_FIELDS
from tests.ea_sim.outcomes import fields, sent
from tests.ea_sim.traces import open_position, reseal
from tests.ea_sim.world import EA, PYTHON, World

FIELDS = [*ODD_FIELDS, "1", "1.1", "0.00000001", "9" * 12, "9" * 18, "-1.1", "EURUSD", "x" * 63]
COLUMNS = range(1, 19)
OPENS = ("BUY", "SELL_LIMIT")
ON_TICKETS = ("CLOSE_TICKET", "CLOSE_PARTIAL", "MODIFY", "BREAKEVEN", "CANCEL")
OTHERS = ("CLOSE", "CLOSE_ALL", "PING")


def row(world: World, action: str) -> bytes:
    if action in OPENS:
        prices = {"price": "1.10500", "sl": "1.11500"} if action == "SELL_LIMIT" else {}
        return world.app.row(action, **prices)
    if action not in ON_TICKETS:
        return world.app.row(action, symbol="EURUSD" if action == "CLOSE" else "")
    held = world.broker.positions()
    ticket = held[0].ticket if held else open_position(world)
    more = {"CLOSE_PARTIAL": {"lots": "0.01"}, "MODIFY": {"sl": "1.09100"}}
    return world.app.row(action, ticket=ticket, **more.get(action, {}))


def answers(world: World, action: str) -> tuple[list[Any], list[Any]]:
    """Receipts and requests, each odd row and then the account swept."""
    world.begin()
    for column in COLUMNS:
        for odd in FIELDS:
            if "," in odd or not odd.isprintable():
                continue
            world.app.write(reseal(row(world, action), column, odd))
            world.run()
            for order in world.broker.orders():
                world.app.send("CANCEL", ticket=order.ticket)
                world.run()
    return list(map(fields, world.receipts())), list(map(sent, world.line.sent))


def after_control(world: World, verb: str) -> list[Any]:
    """Receipts of odd control rows themselves, and of a command after each."""
    world.begin()
    for session in ("1", "2", "", "x", "9" * 12):
        for arg in FIELDS:
            if "," in arg or not arg.isprintable() or arg.startswith("1"):
                continue
            world.app.write(seal(["1", str(to_ms(world.now)), session, verb, arg]), "control.csv")
            world.run()
            world.app.send("PING")
            world.run()
    open_position(world)
    return list(map(fields, world.receipts()))


@pytest.mark.parametrize("verb", [*ControlVerb, "", "resume", "CLOSE"])
def test_odd_control_rows_have_the_same_answers(make_world: MakeWorld, verb: str) -> None:
    assert after_control(make_world(EA), verb) == after_control(make_world(PYTHON), verb)


@pytest.mark.parametrize("action", [*OPENS, *ON_TICKETS, *OTHERS])
def test_odd_fields_have_the_same_answers(make_world: MakeWorld, action: str) -> None:
    theirs = answers(make_world(EA), action)
    ours = answers(make_world(PYTHON), action)
    assert theirs[0] == ours[0]
    assert theirs[1] == ours[1]
