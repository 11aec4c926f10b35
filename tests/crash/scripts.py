"""What the app does while the EA is being killed: steps that do not need the EA to be there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.trading_state import StopLevel
from tests.ea_sim.world import World

Step = Callable[[World], None]


@dataclass(frozen=True)
class Script:
    """steps: what the app does, and seconds of timers after it. stopped: latched at the end."""

    name: str
    steps: tuple[tuple[Step, float], ...]
    stopped: bool = False
    inputs: dict[str, object] = field(default_factory=dict)


def send(action: str, **values: object) -> Step:
    def step(world: World) -> None:
        world.app.send(action, **values)

    return step


def on_position(action: str, **values: object) -> Step:
    """On the oldest position; a ticket that is long gone if there is none."""

    def step(world: World) -> None:
        held = world.broker.positions()
        world.app.send(action, ticket=held[0].ticket if held else 1, **values)

    return step


def on_order(action: str, **values: object) -> Step:
    def step(world: World) -> None:
        orders = world.broker.orders()
        world.app.send(action, ticket=orders[0].ticket if orders else 1, **values)

    return step


def press(level: StopLevel, press_id: str) -> Step:
    return lambda world: world.app.press(level, press_id)


def resume(world: World) -> None:
    """As the panel does: only the flags that the EA has shown, then RESUME for that stop."""
    status = world.status
    if not status.halt.level or set(status.halt.flags) - set(status.halt.known):
        return
    world.app.remove_flags()
    world.app.control("RESUME", status.halt.stop_id)


def burst(world: World) -> None:
    """Two opens and a close in one go: the second open meets what the first one left."""
    world.app.send("BUY", lots="0.20")
    world.app.send("SELL", lots="0.10")
    world.app.send("CLOSE", symbol="XAUUSD")


def torn_row(world: World) -> None:
    """A row cut short, made harmless by the next append."""
    row = world.app.row("BUY")
    world.app.write(row[: len(row) // 2])
    world.app.write(b"!\n" + world.app.row("PING"))


def new_session(world: World) -> None:
    """An open waits in the old file, the app comes back with a new one."""
    world.app.send("BUY")
    world.app.new_session()
    world.app.send("PING")


def let_expire(world: World) -> None:
    world.app.send("BUY", life=2)
    world.now += timedelta(seconds=3)


def gap(world: World) -> None:
    world.quote("EURUSD", Decimal("1.08000"), Decimal("1.08010"))


TRADE = Script(
    "trade",
    (
        (send("BUY"), 0.1),
        (send("BUY_LIMIT", price="1.09500"), 0.1),
        (on_position("MODIFY", sl="1.09200"), 0.05),
        (on_position("CLOSE_PARTIAL", lots="0.04"), 0.1),
        (on_order("CANCEL"), 0.05),
        (on_position("CLOSE_TICKET"), 0.1),
        (burst, 0.1),
    ),
)
STOP = Script(
    "stop",
    (
        (send("BUY"), 0.1),
        (send("BUY_LIMIT", price="1.09500"), 0.1),
        (press(StopLevel.HALT, "press-1"), 0.1),
        (send("BUY"), 0.1),
        (press(StopLevel.FLATTEN, "press-2"), 0.3),
    ),
    stopped=True,
)
RESUME = Script(
    "resume",
    (
        (press(StopLevel.FLATTEN, "press-1"), 0.3),
        (send("BUY"), 0.1),
        (resume, 0.2),
        (send("BUY"), 0.1),
    ),
)
FILES = Script(
    "files",
    (
        (torn_row, 0.1),
        (let_expire, 0.1),
        (send("PING"), 0.05),
        (new_session, 1.2),
        (send("BUY"), 0.1),
        (gap, 0.1),
    ),
)
SCRIPTS = (TRADE, STOP, RESUME, FILES)
