"""What the app writes: cut at every byte, bent in every member, in other encodings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.control import ControlRow, ControlVerb, encode_control
from signalos_desktop.domain.wire.flag import encode_flag
from tests.ea_sim.build import EXPERT, Program
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.outcomes import reason
from tests.ea_sim.world import EA, PYTHON, World

SANITIZED = Program(EXPERT, sanitize=True)
FLAG = encode_flag(StopLevel.FLATTEN, "press-1")
ODD_MEMBERS = [
    None, True, "", "1", "x" * 3000, -1, 0, 1.5, 2**31, 2**63, 10**30, [], {}, [1], {"a": 1},
    "commands.7.csv", "..\\..\\commands.csv", "a\nb", "\u0416", "\x00",
]  # fmt: skip
ENCODINGS = ["utf-16", "utf-16-le", "utf-8-sig", "cp037", "utf-32"]


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    made = make_world(program=SANITIZED)
    made.begin()
    return made


def lives(world: World) -> bool:
    """Heartbeats go on, and a PING of the app is answered."""
    cmd_id = world.app.send("PING")
    world.run(1.1)
    age = to_ms(world.now) - world.status.utc_ms
    return age < 2000 and world.final(cmd_id).status is ReceiptStatus.FILLED


def test_app_json_cut_anywhere_is_no_heartbeat(world: World) -> None:
    path = world.folder / "app.json"
    world.app.session = 2
    world.app.beat()
    whole = path.read_bytes()
    for cut in range(len(whole.rstrip())):
        path.write_bytes(whole[:cut])
        world.run(app=False)
        assert world.status.session == 1
    path.write_bytes(whole)
    world.run(1.1, app=False)
    assert world.status.session == 2


@pytest.mark.parametrize("member", ["seq", "session", "file", "protocol", "closing", "end"])
def test_odd_members_of_app_json_are_no_heartbeat(world: World, member: str) -> None:
    """Silent while it says something odd, alive again with the next whole one."""
    path = world.folder / "app.json"
    for odd in ODD_MEMBERS:
        world.app.beat()
        path.write_text(json.dumps(json.loads(path.read_bytes()) | {member: odd}) + "\n", "utf-8")
        world.run(12, app=False, step=1)
        denied = world.app.send("BUY", lots="0.01")
        world.run(1.1, app=False)
        assert reason(world.final(denied)) in ("APP_LOST", "STALE_SESSION"), odd
        world.run(2)
        opened = world.app.send("BUY", lots="0.01")
        world.run()
        assert world.final(opened).status is ReceiptStatus.FILLED, odd


@pytest.mark.parametrize("again", [b"!\n", b"", b"\n"])
def test_control_rows_cut_anywhere_ask_for_nothing(world: World, again: bytes) -> None:
    row = encode_control(ControlRow(1, to_ms(world.now), 1, ControlVerb.WITHDRAW, "99"))
    for cut in range(len(row) - 1):
        (world.folder / "control.csv").write_bytes(row[:cut])
        world.run()
        (world.folder / "control.csv").write_bytes(row[:cut] + again)
        world.run()
    opened = world.app.send("BUY")
    world.run()
    assert world.final(opened).status is ReceiptStatus.FILLED
    world.app.write(b"!\n" + row, "control.csv")
    world.run()
    refused = world.app.send("BUY")
    world.run()
    assert reason(world.final(refused)) == "WITHDRAWN"


@pytest.mark.parametrize("cut", range(len(FLAG) + 1))
def test_a_flag_cut_anywhere_stops(make_world: MakeWorld, cut: int) -> None:
    world = make_world(program=SANITIZED)
    world.begin()
    world.app.send("BUY")
    world.run()
    (world.folder / "halt.flag").write_bytes(FLAG[:cut])
    world.run(0.3)
    level = StopLevel.FLATTEN if cut >= len("FLATTEN") else StopLevel.HALT
    assert world.status.halt.level is level
    assert bool(world.broker.positions()) is (level is StopLevel.HALT)
    refused = world.app.send("BUY")
    world.run()
    assert reason(world.final(refused)) == "HALTED"
    (world.folder / "halt.flag").write_bytes(FLAG)
    world.run(0.3)
    assert world.status.halt.level is StopLevel.FLATTEN
    assert world.status.halt.flat


@pytest.mark.parametrize(
    "flag",
    [
        b"FLATTEN\tpress-1\r\n", b"flatten press-1\n", b"\xef\xbb\xbfFLATTEN press-1\n",
        "FLATTEN press-1".encode("utf-16"), b"FLATTEN " + b"x" * 5000, b"\x00" * 100,
        b"FLATTEN hand:1:2\n", b"FLATTEN a,b\n", b'FLATTEN "\n', b"HALT press-1\nFLATTEN press-2\n",
    ],
)  # fmt: skip
def test_odd_flags_stop_alike(make_world: MakeWorld, flag: bytes) -> None:
    told = []
    for executor in (EA, PYTHON):
        world = make_world(executor)
        world.begin()
        (world.folder / "halt.flag").write_bytes(flag)
        world.run(0.3)
        halt = world.status.halt
        known = [identity.partition(":")[0] for identity in halt.known]
        told.append((halt.level, halt.flat, known))
        assert halt.level
    assert told[0] == told[1]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_rows_in_other_encodings_are_put_aside(world: World, encoding: str) -> None:
    row = world.app.row("BUY").decode("ascii")
    (world.folder / "commands.csv").write_bytes(row.encode(encoding) + b"\n")
    world.run()
    executed = encoding == "utf-8-sig"
    assert (len(world.line.sent) == 1) is executed
    assert executed or world.receipts(0)
    assert lives(world)


def test_line_ends_and_separators(world: World) -> None:
    first, second, third = (world.app.row("BUY") for _ in range(3))
    world.app.write(first[:-1] + b"\r\n")
    world.app.write(second[:-1] + b"\r")
    world.run()
    world.app.write(b"\n" + third.replace(b",", b";"))
    world.app.write(world.app.row("PING").replace(b",", b"\t"))
    world.run()
    assert [one.comment for one in world.line.sent] == ["#1 test", "#2 test"]
    assert len(world.receipts(0)) == 2


@pytest.mark.parametrize("name", ["control.csv", "app.json", "halt.flag", "commands.csv"])
def test_a_folder_in_a_files_place_does_no_harm(world: World, name: str) -> None:
    path: Path = world.folder / name
    path.unlink(missing_ok=True)
    path.mkdir()
    world.run(1.2, app=False)
    assert world.status.protocol == 2
    assert world.line.sent == []
    path.rmdir()
    world.run(0.3, app=False)
    assert bool(world.status.halt.level) is (name == "halt.flag")
