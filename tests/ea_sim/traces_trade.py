"""Traces of trading: retries, unclear sends, closes, levels, netting, the stop."""

from __future__ import annotations

from decimal import Decimal

from signalos_desktop.domain.trading_state import StopLevel
from tests.ea_sim.traces import open_position, trace
from tests.ea_sim.world import Setting, World

NETTING = Setting(hedging=False)


@trace((1, "FILLED", "", 10009), setting=Setting(faults=("requote:2",)))
def requotes(world: World) -> None:
    open_position(world)
    assert len(world.by_tag(1)) == 3


@trace((1, "REJECTED", "", 10004), setting=Setting(faults=("requote:5",)))
def too_many_requotes(world: World) -> None:
    world.app.send("BUY")
    world.run()
    assert len(world.by_tag(1)) == 3


@trace((1, "REJECTED", "", 10021))
def no_prices(world: World) -> None:
    world.line.answers = [10021, 10021]
    world.app.send("BUY")
    world.run()
    assert len(world.by_tag(1)) == 2


@trace((1, "FILLED", "", 10009))
def next_filling_mode(world: World) -> None:
    world.line.answers = [10030]
    world.app.send("BUY")
    world.run()
    assert [one.filling for one in world.by_tag(1)] == ["FOK", "IOC"]


@trace((1, "REJECTED", "", 10006), setting=Setting(faults=("reject:10006",)))
def rejected(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace((1, "PARTIAL", "", 10010), setting=Setting(faults=("partial:0.5",)))
def partial(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace((1, "REJECTED", "", 10018))
def market_closed(world: World) -> None:
    world.line.answers = [10018]
    world.app.send("BUY")
    world.run()


@trace(
    (1, "UNKNOWN", "", 10012),
    (2, "DENIED", "IN_DOUBT", 0),
    (1, "FILLED", "", 0),
    setting=Setting(faults=("timeout-executed",)),
)
def timeout_executed(world: World) -> None:
    world.app.send("BUY")
    world.app.send("BUY")
    world.run()


@trace(
    (1, "UNKNOWN", "", 10012),
    (1, "ERROR", "NOT_FOUND", 0),
    (2, "FILLED", "", 10009),
    setting=Setting(faults=("timeout-not-executed",)),
)
def timeout_not_executed(world: World) -> None:
    world.app.send("BUY")
    world.run()
    world.wait(62)
    world.app.send("BUY")
    world.run()


@trace(
    (1, "UNKNOWN", "", 10012), (1, "FILLED", "", 0), setting=Setting(faults=("late-execution:20",))
)
def executed_within_a_minute(world: World) -> None:
    world.app.send("BUY")
    world.run()
    world.wait(30)


@trace(
    (1, "UNKNOWN", "", 10012),
    (1, "ERROR", "NOT_FOUND", 0),
    (1, "FILLED", "", 0),
    setting=Setting(faults=("late-execution:90",)),
)
def late_fill(world: World) -> None:
    world.app.send("BUY")
    world.run()
    world.wait(95)
    assert [one.late_fill for one in world.receipts(1)] == [False, False, True]
    assert len(world.events("LATE_FILL")) == 1
    assert len(world.broker.positions()) == 1


@trace(
    (1, "UNKNOWN", "", 10012), (1, "PLACED", "", 0), setting=Setting(faults=("timeout-executed",))
)
def pending_timeout(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), setting=NETTING)
def netting_adds(world: World) -> None:
    open_position(world)
    open_position(world)
    (held,) = world.broker.positions()
    assert held.volume == Decimal("0.20")


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), setting=NETTING)
def netting_reverses(world: World) -> None:
    open_position(world)
    world.app.send("SELL", lots="0.30")
    world.run()
    (held,) = world.broker.positions()
    assert (held.volume, held.side.name) == (Decimal("0.20"), "SELL")


@trace(
    (1, "FILLED", "", 10009),
    (2, "UNKNOWN", "", 10012),
    (2, "FILLED", "", 0),
    setting=NETTING,
)
def netting_doubt(world: World) -> None:
    open_position(world)
    world.faults.arm("timeout-executed")
    world.app.send("SELL", lots="0.05")
    world.run()
    world.run()


@trace((1, "FILLED", "", 10009), (2, "PLACED", "", 10008))
def flatten(world: World) -> None:
    open_position(world)
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    world.app.press(StopLevel.FLATTEN, "press-1")
    world.run(1)
    assert not world.broker.positions()
    assert not world.broker.orders()
    assert world.status.halt.flat


@trace((1, "FILLED", "", 10009), (2, "PLACED", "", 10008))
def halt_keeps_positions(world: World) -> None:
    open_position(world)
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    world.app.press(StopLevel.HALT, "press-1")
    world.run(1)
    assert len(world.broker.positions()) == 1
    assert not world.broker.orders()
    assert not world.status.halt.flat


@trace((1, "DENIED", "HALTED", 10004), setting=Setting(faults=("requote",)))
def stop_between_requote_and_retry(world: World) -> None:
    world.line.before_send = lambda request: world.app.press(StopLevel.HALT, "press-1")
    world.app.send("BUY")
    world.run()
    assert len(world.line.sent) == 1


@trace((1, "DENIED", "HALTED", 0), (2, "FILLED", "", 10009))
def resume(world: World) -> None:
    world.app.press(StopLevel.HALT, "press-1")
    world.app.send("BUY")
    world.run()
    world.app.remove_flags()
    world.app.control("RESUME", 1)
    world.run()
    world.app.send("BUY")
    world.run()


@trace((1, "UNKNOWN", "IN_DOUBT", 0), (1, "ERROR", "NOT_FOUND", 0))
def in_the_file_at_start(world: World) -> None:
    world.executor.stop()
    world.app.send("BUY")
    world.restart()
    world.wait(62)


@trace(
    (1, "FILLED", "", 10009),
    (2, "UNKNOWN", "", 10012),
    (2, "ERROR", "NOT_FOUND", 0),
    (2, "FILLED", "", 0),
)
def late_fill_under_a_stop(world: World) -> None:
    ticket = open_position(world)
    world.faults.arm("late-execution:90")
    world.app.send("BUY")
    world.run()
    world.wait(63)
    world.app.press(StopLevel.HALT, "press-1")
    world.wait(35)
    assert [held.ticket for held in world.broker.positions()] == [ticket]
