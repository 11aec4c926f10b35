"""Traces of the stop and of restarts: who may resume what, what survives, what is looked for."""

from __future__ import annotations

from datetime import timedelta

from signalos_desktop.domain.ea_status import Halt
from signalos_desktop.domain.trading_state import StopLevel
from tests.ea_sim.traces import open_position, trace
from tests.ea_sim.world import Setting, World

HALTED = "HALTED"


def stop_and_clear(world: World, press_id: str = "press-1") -> None:
    """A stop whose flags are gone again."""
    world.app.press(StopLevel.HALT, press_id)
    world.run()
    world.app.remove_flags()


def shown(world: World) -> Halt:
    """What status.json says of the stop once it has been written anew."""
    world.run(0.25)
    return world.status.halt


def buy(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace((1, "EXPIRED", "EXPIRED", 10004), setting=Setting(faults=("requote",)))
def expiry_between_attempts(world: World) -> None:
    def slow(request: object) -> None:
        world.now += timedelta(seconds=40)

    world.line.before_send = slow
    buy(world)
    assert len(world.line.sent) == 1


@trace((1, "DENIED", "APP_LOST", 0))
def silent_since_the_start(world: World) -> None:
    world.executor.start()
    world.app.send("BUY")
    world.run(app=False)


@trace((1, "DENIED", HALTED, 0))
def resume_of_another_stop(world: World) -> None:
    stop_and_clear(world)
    world.app.control("RESUME", 2)
    world.run()
    assert any("refused" in event.text for event in world.events("GUARD"))
    buy(world)
    assert shown(world).level is StopLevel.HALT


@trace((1, "DENIED", HALTED, 0))
def resume_of_an_old_session(world: World) -> None:
    stop_and_clear(world)
    world.app.new_session()
    world.app.control("RESUME", 1, session=1)
    world.run()
    buy(world)


@trace((1, "DENIED", HALTED, 0))
def resume_with_a_flag_lying(world: World) -> None:
    world.app.press(StopLevel.HALT, "press-1")
    world.run()
    world.app.control("RESUME", 1)
    world.run()
    world.app.remove_flags()
    buy(world)


@trace((1, "DENIED", HALTED, 0), (2, "FILLED", "", 10009))
def second_press_is_a_new_stop(world: World) -> None:
    stop_and_clear(world)
    stop_and_clear(world, "press-2")
    world.app.control("RESUME", 1)
    world.run()
    buy(world)
    world.app.control("RESUME", 2)
    world.run()
    buy(world)


@trace((1, "FILLED", "", 10009))
def resume_survives_a_restart(world: World) -> None:
    stop_and_clear(world)
    world.app.control("RESUME", 1)
    world.run()
    world.app.new_session()
    world.restart()
    buy(world)


@trace((1, "DENIED", HALTED, 0))
def stop_survives_its_flag(world: World) -> None:
    stop_and_clear(world)
    world.restart()
    buy(world)
    assert shown(world).stop_id == 1


@trace((1, "DENIED", HALTED, 0))
def flag_in_common_alone(world: World) -> None:
    world.app.press(StopLevel.HALT, "press-1", world.common)
    buy(world)


@trace((1, "DENIED", HALTED, 0))
def flag_by_hand(world: World) -> None:
    (world.folder / "halt.flag").write_bytes(b"please stop\x00\xff")
    buy(world)
    assert shown(world).level is StopLevel.HALT
    (identity,) = shown(world).known
    assert identity.startswith("hand:")


@trace((1, "FILLED", "", 10009))
def halt_becomes_flatten_and_never_less(world: World) -> None:
    open_position(world)
    world.app.press(StopLevel.HALT, "press-1")
    world.run(0.2)
    assert world.broker.positions()
    world.app.press(StopLevel.FLATTEN, "press-2")
    world.run(0.2)
    assert not world.broker.positions()
    world.app.press(StopLevel.HALT, "press-3")
    world.run(0.2)
    assert shown(world).level is StopLevel.FLATTEN
    assert shown(world).stop_id == 3


@trace()
def flat_needs_two_scans(world: World) -> None:
    world.run(0.25)
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run()
    first = len(world.events("FLAT"))
    world.run()
    assert (first, len(world.events("FLAT"))) == (0, 1)


@trace(
    (1, "UNKNOWN", "", 10012),
    (1, "ERROR", "NOT_FOUND", 0),
    setting=Setting(faults=("timeout-not-executed",)),
)
def flat_waits_for_what_is_unclear(world: World) -> None:
    buy(world)
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.wait(50)
    assert not shown(world).flat
    world.wait(15)
    assert shown(world).flat


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009))
def close_goes_on_while_stopped(world: World) -> None:
    ticket = open_position(world)
    world.app.press(StopLevel.HALT, "press-1")
    world.run()
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()


@trace((1, "DENIED", HALTED, 0), (2, "FILLED", "", 10009))
def damaged_latch(world: World) -> None:
    stop_and_clear(world)
    latch = world.folder / "latch.csv"
    latch.write_bytes(latch.read_bytes().replace(b"HALT", b"HOLT"))
    world.restart()
    assert shown(world).damaged
    stop = shown(world).stop_id
    world.app.remove_flags()
    world.app.control("RESUME", stop)
    world.run()
    buy(world)
    world.app.control("START_FRESH", 1)
    world.run()
    assert not shown(world).damaged
    assert shown(world).stop_id > stop
    world.app.remove_flags()
    world.app.control("RESUME", shown(world).stop_id)
    world.run()
    buy(world)
    assert list((world.folder / "damaged").iterdir())


@trace((1, "FILLED", "", 10009))
def start_fresh_of_what_is_whole(world: World) -> None:
    """It neither moves files nor lifts the mark."""
    world.app.control("START_FRESH", 50)
    world.run()
    buy(world)
    assert world.events("GUARD")
    assert not (world.folder / "damaged").exists()


@trace((1, "FILLED", "", 10009), setting=Setting(hedging=False))
def flatten_of_a_netting_account(world: World) -> None:
    open_position(world)
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run(0.5)
    assert not world.broker.positions()


@trace((1, "FILLED", "", 10009), (3, "FILLED", "", 10009))
def next_session(world: World) -> None:
    buy(world)
    world.app.new_session()
    world.run(1.2)
    world.app.send("BUY", cmd_id=3)
    world.run()


@trace((1, "UNKNOWN", "IN_DOUBT", 0), (2, "FILLED", "", 0), (1, "ERROR", "NOT_FOUND", 0))
def old_file_is_read_at_start(world: World) -> None:
    world.executor.stop()
    world.app.send("BUY")
    world.app.new_session()
    world.app.send("PING")
    world.restart()
    world.wait(62)


@trace((1, "FILLED", "", 10009))
def scope_of_the_whole_account(world: World) -> None:
    open_position(world)
    world.by_hand("SELL", "0.30")
    world.app.control("SCOPE", "ACCOUNT")
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run(0.5)
    assert not world.broker.positions()
    assert world.status.scope == "ACCOUNT"


@trace((1, "FILLED", "", 10009))
def scope_of_our_magic(world: World) -> None:
    open_position(world)
    world.by_hand("SELL", "0.30")
    world.app.control("SCOPE", "ACCOUNT")
    world.app.control("SCOPE", "MAGIC")
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run(0.5)
    assert [held.magic for held in world.broker.positions()] == [0]
    assert shown(world).flat
