"""Bad input from every side: no crash, nothing done unasked, each row with its receipt."""

from __future__ import annotations

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from tests.ea_sim.build import EXPERT, Program
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.odd import ODD_FIELDS, readable
from tests.ea_sim.traces import reseal
from tests.ea_sim.world import World

SANITIZED = Program(EXPERT, sanitize=True)
ODD_BYTES = [
    b"", b"\n", b"\r\n", b"\x00", b"\xff\xfe" + "1,2".encode("utf-16-le"), b"\xef\xbb\xbf",
    b",,,,,\n",
    b'"\n', b"!\n", b"1\n", b"\x80\x81\n", b"a" * 5000 + b"\n", b"," * 3000 + b"\n",
]  # fmt: skip


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    made = make_world(program=SANITIZED)
    made.begin()
    return made


def test_every_odd_field_is_refused_in_words(world: World) -> None:
    for column in range(20 - 1):
        for odd in ODD_FIELDS:
            row = world.app.row("BUY")
            if "," not in odd and odd.isprintable():
                world.app.write(reseal(row, column, odd))
        world.run()
    told = world.receipts()
    sent = {one.comment.split()[0] for one in world.line.sent}
    done = {f"#{one.cmd_id}" for one in told if one.status.executed}
    assert sent == done
    allowed = {ReceiptStatus.DENIED, ReceiptStatus.FILLED, ReceiptStatus.EXPIRED}
    assert {one.status for one in told} <= allowed
    ids = readable((world.folder / "commands.csv").read_bytes())
    assert {one.cmd_id for one in told} - {0} == ids


@pytest.mark.parametrize("name", ["control.csv", "app.json", "halt.flag", "commands.csv"])
def test_odd_files_do_no_harm(world: World, name: str) -> None:
    for odd in ODD_BYTES:
        (world.folder / name).write_bytes(odd)
        world.run(0.1)
        with (world.folder / name).open("ab") as file:
            file.write(b"tail\n")
        world.run(0.1)
    assert world.line.sent == []
    (world.folder / name).unlink()
    world.run(0.3)
    assert world.status.protocol == 2


@pytest.mark.parametrize("name", ["receipts.csv", "intents.csv", "latch.csv", "deals.csv"])
def test_odd_files_of_its_own_stop_it_at_most(world: World, name: str) -> None:
    for odd in ODD_BYTES:
        world.executor.stop()
        (world.folder / name).write_bytes(odd)
        world.restart()
        world.run(0.3)
        if (
            name in ("intents.csv", "latch.csv")
            and odd.strip(b"\r\n")
            and odd.endswith(b"\n")
            and odd != b"!\n"
        ):
            assert world.status.halt.damaged, odd
    assert world.line.sent == []


def test_rows_torn_at_every_byte(world: World) -> None:
    row = world.app.row("BUY")
    for cut in range(len(row)):
        world.app.write(row[:cut])
        world.run()
        world.app.write(b"!\n")
        world.run()
    assert world.line.sent == []
    world.app.write(row)
    world.run()
    assert len(world.line.sent) == 1


def test_a_thousand_rows_in_one_go(make_world: MakeWorld) -> None:
    world = make_world()
    world.begin()
    rows = [world.app.row("PING") for _ in range(1000)]
    world.app.write(b"".join(rows))
    world.run()
    assert [one.cmd_id for one in world.receipts()] == list(range(1, 1001))
