"""The way back from a stop: RESUME for this very stop, START_FRESH after damage."""

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.ea_rows import LatchLevel, decode_latch
from tests.unit.simulator.expert.world import TIMER_S, Crash, World

HALT, NONE = StopLevel.HALT, StopLevel.NONE


@pytest.fixture
def world() -> World:
    """A position and a resting order."""
    made = World()
    made.app.do("BUY")
    made.app.do("BUY_LIMIT", price="1.09500")
    return made


def stopped(world: World) -> None:
    world.app.press(HALT, "p1")
    world.run(1)


def test_resume_releases_this_stop(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.resume()
    assert world.level() is NONE
    assert len(world.events("RELEASED")) == 1
    rows = [decode_latch(line) for line in latch_rows(world)]
    assert rows[-1].level is LatchLevel.RELEASED
    assert world.app.do("BUY").status is ReceiptStatus.FILLED
    world.restart()
    assert world.level() is NONE


def latch_rows(world: World) -> list[bytes]:
    return world.files.content["latch.csv"].splitlines(keepends=True)[1:]


def test_resume_of_another_stop_is_refused(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.resume(stop_id=2)
    assert world.level() is HALT
    assert [event.event for event in world.events("GUARD")] == ["GUARD"]


@pytest.mark.parametrize("session", [5, 1])
def test_resume_of_another_session_is_refused(world: World, session: int) -> None:
    stopped(world)
    world.app.new_session()
    world.app.remove_flags()
    world.resume(session=session)
    assert world.level() is HALT


@pytest.mark.parametrize("timers", range(1, 6))
def test_resume_of_the_old_app_right_after_the_new_one_began(world: World, timers: int) -> None:
    """app.json is read anew for it: its time and size may look the same."""
    world.app.new_session()
    stopped(world)
    world.app.remove_flags()
    world.app.beat()
    world.run(timers * TIMER_S)
    world.app.new_session()
    world.app.control("RESUME", 1, session=2)
    assert world.level() is HALT


def test_a_row_of_a_later_session_waits_for_app_json(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.resume(session=2)
    assert world.level() is HALT
    world.app.new_session()
    assert world.level() is NONE


@pytest.mark.parametrize("place", ["files", "common"])
def test_resume_is_refused_while_a_flag_lies_there(world: World, place: str) -> None:
    stopped(world)
    world.app.remove_flags()
    world.app.press(HALT, "p1", getattr(world, place))
    world.resume()
    assert world.level() is HALT
    assert world.status.halt.stop_id == 1
    assert not world.events("RELEASED")


def test_an_old_resume_does_not_release_a_newer_stop(world: World) -> None:
    stopped(world)
    world.app.press(HALT, "p2")
    world.run(0.3)
    world.app.remove_flags()
    world.resume(stop_id=1)
    assert world.level() is HALT
    world.restart()
    assert world.level() is HALT


def test_a_flag_of_an_older_stop_stops_again(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.resume()
    world.app.press(HALT, "p1")
    assert world.level() is HALT
    assert world.status.halt.stop_id == 2


def test_a_torn_release_is_none(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.app.control("RESUME", 1)
    world.effects.die_at, world.effects.torn = world.effects.count + 1, True
    with pytest.raises(Crash):
        world.run(0.3)
    assert world.effects.names[-1] == "append latch.csv"
    world.files.delete("control.csv")
    world.restart()
    assert world.level() is HALT
    world.resume()
    assert world.level() is NONE
    world.restart()
    assert world.level() is NONE
    assert not world.status.halt.damaged


@pytest.mark.parametrize("die_at", range(1, 5))
@pytest.mark.parametrize("after", [False, True])
def test_reinit_at_each_step_of_a_resume(world: World, die_at: int, after: bool) -> None:
    stopped(world)
    world.app.remove_flags()
    world.app.control("RESUME", 1)
    world.effects.die_at, world.effects.after = world.effects.count + die_at, after
    with pytest.raises(Crash):
        world.run(2)
    world.restart()
    assert world.level() is NONE
    world.app.press(HALT, "p2")
    assert world.level() is HALT
    world.restart()
    assert world.level() is HALT


def test_resume_waits_for_the_disk(world: World) -> None:
    stopped(world)
    world.app.remove_flags()
    world.faults.arm("disk-full:3")
    world.resume()
    world.run(1)
    world.app.send("BUY")
    world.run(5)
    assert world.final(world.app.last_id).reason == "HALTED"
    assert world.level() is NONE


@pytest.mark.parametrize("name", ["intents.csv", "latch.csv"])
def test_damage_stops_until_start_fresh(world: World, name: str) -> None:
    world.app.press(HALT, "p0")
    world.run(0.3)
    world.app.remove_flags()
    world.resume()
    world.files.content[name] = world.files.content[name].replace(b"1", b"2", 1)
    world.restart()
    halt = world.status.halt
    assert (halt.level, halt.source, halt.damaged) == (HALT, "DAMAGED", True)
    world.app.remove_flags()
    world.resume()
    assert world.level() is HALT
    world.restart()
    assert world.status.halt.stop_id == halt.stop_id
    world.app.control("START_FRESH", 40)
    world.run(1)
    fresh = world.status.halt
    assert (fresh.level, fresh.damaged) == (HALT, False)
    assert fresh.stop_id > halt.stop_id
    assert any(kept.startswith("damaged/") for kept in world.files.content)
    world.restart()
    assert world.status.halt.stop_id == fresh.stop_id
    world.resume()
    assert world.level() is NONE
    world.app.send("BUY", cmd_id=39)
    world.run()
    assert not world.receipts(39)
    assert world.app.do("BUY", cmd_id=41).status is ReceiptStatus.FILLED


@pytest.mark.parametrize("die_at", range(1, 7))
def test_start_fresh_can_be_cut_short(world: World, die_at: int) -> None:
    stopped(world)
    world.files.content["latch.csv"] = world.files.content["latch.csv"].replace(b"p1", b"p7")
    world.restart()
    world.app.remove_flags()
    world.app.control("START_FRESH", 40)
    world.effects.die_at = world.effects.count + die_at
    with pytest.raises(Crash):
        world.run(2)
    world.restart()
    world.run(1)
    assert (world.status.halt.level, world.status.halt.damaged) == (HALT, False)


def test_start_fresh_without_damage_is_refused(world: World) -> None:
    world.app.control("START_FRESH", 40)
    world.run()
    assert len(world.events("GUARD")) == 1
    assert world.app.do("BUY", cmd_id=20).status is ReceiptStatus.FILLED
