"""Batches of rows, mutated by chance, under the sanitizers: nothing is done that no row asks for.

EA_SIM_BATCHES: how many, in pieces of fifty. EA_SIM_SEED: the first piece, to go on from there.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from signalos_desktop.domain.wire.commands import CommandRow, decode_command
from signalos_desktop.domain.wire.fields import RowError, account_tag, carries_tag, seal
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.ea_sim.build import EXPERT, Program
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.odd import lines, readable, unreadable
from tests.ea_sim.traces import reseal
from tests.ea_sim.world import World

SANITIZED = Program(EXPERT, sanitize=True)
PIECE = 50
BATCHES = int(os.environ.get("EA_SIM_BATCHES", "250"))
FIRST = int(os.environ.get("EA_SIM_SEED", "1"))
COLUMNS = 19
VERBS = ["SYMBOLS", "TIMER", "WITHDRAW", "SCOPE", "RESUME", "START_FRESH"]
TEXTS = [
    "", "0", "1", "-1", "0.01", "0.1", "99", "1.1", "1e9", "EURUSD", "XAUUSD", "SELL", "CLOSE",
    "+1", "BUY_LIMIT", "CLOSE_PARTIAL", "CANCEL", "9" * 18, "0.00000001", "1.09000", "2350",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(FIRST, FIRST + -(-BATCHES // PIECE)))
def test_mutated_batches_ask_for_nothing(make_world: MakeWorld, seed: int) -> None:
    world = make_world(program=SANITIZED)
    world.begin()
    random = Random(seed)
    for _ in range(PIECE):
        world.app.write(_batch(world, random))
        if random.random() < 0.3:
            world.app.write(_control(world, random), "control.csv")
        world.run()
        if world.broker.positions() or world.broker.orders():
            world.app.send("CLOSE_ALL")
            for order in world.broker.orders():
                world.app.send("CANCEL", ticket=order.ticket)
    world.run()
    data = (world.folder / "commands.csv").read_bytes()
    told = world.receipts()
    assert {one.cmd_id for one in told} - {0} == readable(data)
    bad = [one for one in told if one.message.startswith("BAD_ROW commands.csv ")]
    assert len(bad) == unreadable(data)
    rows = _rows(data)
    assert [one for one in world.line.sent if not _asked_for(world, one, rows)] == []


def _batch(world: World, random: Random) -> bytes:
    """Four rows; some get another value and a crc that fits, then bytes change or end early."""
    held = [one.ticket for one in world.broker.positions()] or [5]
    rows = [
        world.app.row("BUY", lots="0.01"),
        world.app.row("CLOSE", symbol="EURUSD"),
        world.app.row("MODIFY", ticket=random.choice(held), sl="1.09"),
        world.app.row("PING"),
    ]
    for number, row in enumerate(rows):
        if random.random() < 0.4:
            rows[number] = reseal(row, random.randrange(1, COLUMNS), random.choice(TEXTS))
    return _damaged(b"".join(rows), random)


def _control(world: World, random: Random) -> bytes:
    session = random.choice(("1", "1", "2", ""))
    row = seal(["1", "1", session, random.choice(VERBS), random.choice(TEXTS)])
    return _damaged(row, random)


def _damaged(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((0, 1, 1, 2, 8))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    if random.random() < 0.2:
        changed = changed[: random.randrange(len(changed))]
    return bytes(changed).rstrip(b"\n") + b"\n"


def _asked_for(world: World, request: TradeRequest, rows: dict[int, CommandRow]) -> bool:
    """Whether a row stands behind a request, with the same parameters if it opens something."""
    comment = request.comment
    meant = (r for r in rows.values() if carries_tag(comment, r.cmd_id) or comment == r.comment)
    row = next(meant, None)
    if row is None:
        return request.action in (TradeAction.SLTP, TradeAction.REMOVE, TradeAction.MODIFY)
    if request.position or not row.action.opens:
        return not row.action.opens
    return (
        (row.symbol, row.action.value, row.lots) == (request.symbol, request.type, request.volume)
        and row.account == account_tag(world.account)
        and (row.magic, row.session) == (request.magic, world.app.session)
    )


def _rows(data: bytes) -> dict[int, CommandRow]:
    """Whole rows, the first of each id."""
    found: dict[int, CommandRow] = {}
    for line in lines(data):
        try:
            row = decode_command(line)
        except RowError:
            continue
        found.setdefault(row.cmd_id, row)
    return found
