"""Traces: what an app does, and the receipts that PROTOCOL.md asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.fields import seal
from tests.ea_sim.world import Setting, World

Golden = tuple[tuple[int, str, str, int], ...]


@dataclass(frozen=True)
class Trace:
    """golden: id, status, reason code and retcode of every receipt in the order of the file.

    differs: what the simulator's expert does otherwise; it goes when the expert is mended.
    """

    name: str
    play: Callable[[World], None]
    golden: Golden
    setting: Setting
    differs: str = ""


TRACES: list[Trace] = []


def trace(
    *golden: tuple[int, str, str, int], setting: Setting | None = None, differs: str = ""
) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
    def add(play: Callable[[World], None]) -> Callable[[World], None]:
        TRACES.append(Trace(play.__name__, play, golden, setting or Setting(), differs))
        return play

    return add


def open_position(world: World, **values: object) -> int:
    """A BUY of the app; its position's ticket."""
    cmd_id = world.app.send("BUY", **values)
    world.run()
    return world.final(cmd_id).position


def reseal(row: bytes, column: int, text: str) -> bytes:
    """A row with one column changed and a crc that fits."""
    columns = row.decode("ascii").rstrip("\n").split(",")[:-1]
    columns[column] = text
    return seal(columns)


@trace((1, "FILLED", "", 10009))
def buy(world: World) -> None:
    open_position(world)


@trace((1, "FILLED", "", 10009))
def sell(world: World) -> None:
    world.app.send("SELL")
    world.run()


@trace((1, "PLACED", "", 10008), (2, "PLACED", "", 10008))
def pending_orders(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.app.send("SELL_STOP", price="1.09500", sl="1.10500")
    world.run()


@trace((1, "FILLED", "", 0))
def ping(world: World) -> None:
    world.app.send("PING")
    world.run()


@trace((1, "EXPIRED", "EXPIRED", 0), (2, "EXPIRED", "EXPIRED", 0))
def expired(world: World) -> None:
    world.app.write(world.app.row("BUY", life=2))
    world.app.write(world.app.row("PING", life=2))
    world.now = world.now.replace(second=world.now.second + 3)
    world.run()


@trace((1, "FILLED", "", 10009))
def repeated_row(world: World) -> None:
    row = world.app.row("BUY")
    world.app.write(row + row)
    world.run()
    world.app.write(row)
    world.run()


@trace((5, "FILLED", "", 10009))
def row_below_the_mark(world: World) -> None:
    world.app.send("BUY", cmd_id=5)
    world.run()
    world.app.send("BUY", cmd_id=4)
    world.run()


@trace((1, "DENIED", "WRONG_MAGIC", 0))
def wrong_magic(world: World) -> None:
    world.app.send("BUY", magic=7)
    world.run()


@trace((1, "DENIED", "WRONG_ACCOUNT", 0))
def wrong_account(world: World) -> None:
    world.app.write(reseal(world.app.row("BUY"), 15, "1@Other"))
    world.run()


@trace((1, "DENIED", "STALE_SESSION", 0))
def stale_session(world: World) -> None:
    world.app.new_session()
    world.run(1.2)
    world.app.send("BUY", session=1, file="commands.csv")
    world.run(1.2)


@trace((1, "DENIED", "APP_LOST", 0))
def app_lost(world: World) -> None:
    world.wait(12, app=False)
    world.app.send("BUY")
    world.run(app=False)


@trace((1, "DENIED", "WITHDRAWN", 0), (2, "FILLED", "", 10009))
def withdrawn(world: World) -> None:
    world.app.control("WITHDRAW", 1)
    world.app.send("BUY")
    world.app.send("BUY")
    world.run()


@trace((1, "DENIED", "HALTED", 0))
def halted(world: World) -> None:
    world.app.press(StopLevel.HALT, "press-1")
    world.app.send("BUY")
    world.run()


@trace(
    (1, "DENIED", "BAD_FIELD", 0),
    (2, "DENIED", "UNKNOWN_ACTION", 0),
    (0, "DENIED", "BAD_ROW commands.csv 245", 0),
)
def unreadable_rows(world: World) -> None:
    world.app.write(reseal(world.app.row("BUY"), 4, "1e3"))
    world.app.write(reseal(world.app.row("BUY"), 3, "HOLD"))
    world.app.write(world.app.row("BUY")[:-3] + b"!\n")
    world.run()


@trace((1, "DENIED", "BAD_FIELD", 0))
def lives_too_long(world: World) -> None:
    row = world.app.row("BUY")
    expires = int(row.split(b",")[13]) + 60_000
    world.app.write(reseal(row, 13, str(expires)))
    world.run()


@trace((1, "DENIED", "SYMBOL", 0), (2, "DENIED", "VOLUME", 0), (3, "DENIED", "VOLUME", 0))
def symbol_and_volume(world: World) -> None:
    world.app.send("BUY", symbol="NOPE")
    world.app.send("BUY", lots="0.015")
    world.app.send("BUY", lots="0.001")
    world.run()


@trace((1, "DENIED", "SL_REQUIRED", 0), (2, "DENIED", "SL_WRONG_SIDE", 0))
def stop_loss(world: World) -> None:
    world.app.send("BUY", sl="0")
    world.app.send("BUY", sl="1.10500")
    world.run()


@trace((1, "DENIED", "SPREAD", 0))
def spread(world: World) -> None:
    world.app.send("BUY", max_spread=5)
    world.run()


@trace((1, "DENIED", "LIMIT_LOTS", 0), setting=Setting(inputs={"max_lots": Decimal("0.05")}))
def limit_lots(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace(
    (1, "FILLED", "", 10009),
    (2, "DENIED", "LIMIT_POSITIONS", 0),
    setting=Setting(inputs={"max_positions": 1}),
)
def limit_positions(world: World) -> None:
    world.app.send("BUY")
    world.app.send("BUY")
    world.run()


@trace(
    (1, "FILLED", "", 10009),
    (2, "DENIED", "LIMIT_RATE", 0),
    setting=Setting(inputs={"max_opens_per_minute": 1}),
)
def limit_rate(world: World) -> None:
    world.app.send("BUY")
    world.app.send("BUY")
    world.run()


@trace((1, "FILLED", "", 10009), setting=Setting(inputs={"max_daily_loss": Decimal(30)}))
def limit_daily_loss(world: World) -> None:
    open_position(world)
    world.quote("EURUSD", Decimal("1.09600"), Decimal("1.09610"))
    world.run(2)
    assert world.status.halt.source == "LIMIT_DAILY_LOSS"
    assert world.status.halt.level is StopLevel.HALT


@trace((1, "DENIED", "RISK_EXCEEDED", 0), (2, "FILLED", "", 10009))
def risk(world: World) -> None:
    world.app.send("BUY", max_loss="101.99", deviation=20)
    world.app.send("BUY", max_loss="102", deviation=20)
    world.run()


@trace((1, "DENIED", "NO_MARGIN", 0), setting=Setting(balance=100))
def margin(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace((1, "DENIED", "CHECK", 0), (2, "DENIED", "CHECK", 0))
def check(world: World) -> None:
    world.app.send("BUY", price="1.09900", deviation=20)
    world.app.send("BUY", tp="1.09995")
    world.run()


@trace((1, "DENIED", "PERMISSION", 0), setting=Setting(faults=("algo-off",)))
def permission(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace((1, "DENIED", "NETTING", 0), setting=Setting(hedging=False, inputs={"allow_netting": False}))
def netting_not_allowed(world: World) -> None:
    world.app.send("BUY")
    world.run()


@trace(
    (1, "DENIED", "NO_POSITION", 0),
    (2, "DENIED", "NO_POSITION", 0),
    (3, "DENIED", "NO_POSITION", 0),
    (4, "FILLED", "", 10036),
)
def nothing_there(world: World) -> None:
    world.app.send("MODIFY", ticket=77, sl="1.09")
    world.app.send("BREAKEVEN", ticket=77)
    world.app.send("CLOSE_PARTIAL", ticket=77, lots="0.01")
    world.app.send("CLOSE_ALL")
    world.run()
