"""Traces of reductions and levels: closes, cancels, modifies, break-even."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.ea_sim.traces import open_position, trace
from tests.ea_sim.world import World


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), (3, "FILLED", "", 10036))
def close_ticket(world: World) -> None:
    ticket = open_position(world)
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10036))
def close_looks_before_its_expiry(world: World) -> None:
    ticket = open_position(world)
    world.quote("EURUSD", Decimal("1.08990"), Decimal("1.09000"))
    world.app.write(world.app.row("CLOSE_TICKET", ticket=ticket, life=2))
    world.now += timedelta(seconds=3)
    world.run()
    assert not world.broker.positions()


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), (3, "FILLED", "", 10009))
def close_symbol(world: World) -> None:
    open_position(world)
    open_position(world)
    world.app.send("CLOSE", symbol="EURUSD")
    world.run()
    assert not world.broker.positions()


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), (3, "DENIED", "VOLUME", 0))
def close_partial(world: World) -> None:
    ticket = open_position(world)
    world.app.send("CLOSE_PARTIAL", ticket=ticket, lots="0.04")
    world.app.send("CLOSE_PARTIAL", ticket=ticket, lots="0.06")
    world.run()
    assert [held.volume for held in world.broker.positions()] == [Decimal("0.06")]


@trace(
    (1, "FILLED", "", 10009),
    (2, "UNKNOWN", "", 10012),
    (2, "FILLED", "", 0),
)
def close_timeout_executed(world: World) -> None:
    ticket = open_position(world)
    world.faults.arm("timeout-executed")
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    world.run()


@trace((1, "FILLED", "", 10009), (2, "UNKNOWN", "", 10012), (2, "ERROR", "NOT_FOUND", 0))
def close_timeout_not_executed(world: World) -> None:
    ticket = open_position(world)
    world.line.answers = [10012]
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    world.wait(62)


@trace((1, "FILLED", "", 10009), (2, "UNKNOWN", "", 10012), (2, "FILLED", "", 0))
def partial_timeout_executed(world: World) -> None:
    ticket = open_position(world)
    world.faults.arm("timeout-executed")
    world.app.send("CLOSE_PARTIAL", ticket=ticket, lots="0.04")
    world.run()
    world.run()


@trace((1, "PLACED", "", 10008), (2, "FILLED", "", 10009))
def cancel(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    world.app.send("CANCEL", ticket=world.final(1).ticket)
    world.run()
    assert not world.broker.orders()


@trace(
    (1, "FILLED", "", 10009),
    (2, "FILLED", "", 10009),
    (3, "FILLED", "", 10025),
    (4, "DENIED", "SL_REQUIRED", 0),
    (5, "FILLED", "", 10009),
)
def modify(world: World) -> None:
    ticket = open_position(world)
    world.app.send("MODIFY", ticket=ticket, sl="1.09200", tp="1.12000")
    world.app.send("MODIFY", ticket=ticket, sl="1.09200", tp="1.12000")
    world.app.send("MODIFY", ticket=ticket, sl="0")
    world.app.send("MODIFY", ticket=ticket, tp="0")
    world.run()
    (held,) = world.broker.positions()
    assert (held.sl, held.tp) == (Decimal("1.09200"), None)


@trace((1, "PLACED", "", 10008), (2, "FILLED", "", 10009))
def modify_order(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    world.app.send("MODIFY", ticket=world.final(1).ticket, price="1.09400", sl="1.09100")
    world.run()
    (order,) = world.broker.orders()
    assert (order.price, order.sl) == (Decimal("1.09400"), Decimal("1.09100"))


@trace((1, "FILLED", "", 10009), (2, "DENIED", "NOT_IN_PROFIT", 0), (3, "FILLED", "", 10009))
def breakeven(world: World) -> None:
    ticket = open_position(world)
    world.app.send("BREAKEVEN", ticket=ticket)
    world.run()
    world.quote("EURUSD", Decimal("1.10200"), Decimal("1.10210"))
    world.app.send("BREAKEVEN", ticket=ticket)
    world.run()


@trace(
    (1, "FILLED", "", 10009),
    (2, "FILLED", "", 10009),
    (3, "FILLED", "", 10009),
)
def close_after_a_partial_close(world: World) -> None:
    ticket = open_position(world)
    world.app.send("CLOSE_PARTIAL", ticket=ticket, lots="0.04")
    world.run()
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    assert world.final(3).volume == Decimal("0.06")


@trace(
    (1, "PLACED", "", 10008),
    (2, "FILLED", "", 10009),
    (3, "FILLED", "", 10036),
)
def cancel_twice(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    ticket = world.final(1).ticket
    world.app.send("CANCEL", ticket=ticket)
    world.app.send("CANCEL", ticket=ticket)
    world.run()


@trace(
    (1, "PLACED", "", 10008),
    (2, "FILLED", "", 10036),
)
def cancel_of_an_order_that_was_filled(world: World) -> None:
    world.app.send("BUY_LIMIT", price="1.09500")
    world.run()
    world.quote("EURUSD", Decimal("1.09400"), Decimal("1.09410"))
    world.app.send("CANCEL", ticket=world.final(1).ticket)
    world.run()
    assert world.final(2).position == world.broker.positions()[0].ticket


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10009), (3, "PARTIAL", "", 10006))
def close_symbol_in_part(world: World) -> None:
    open_position(world)
    open_position(world)
    world.line.answers = [0, 10006]
    world.app.send("CLOSE", symbol="EURUSD")
    world.run()
    assert len(world.broker.positions()) == 1


@trace((1, "FILLED", "", 10009), (2, "FILLED", "", 10036))
def close_of_a_position_that_hit_its_stop(world: World) -> None:
    ticket = open_position(world)
    world.quote("EURUSD", Decimal("1.08900"), Decimal("1.08910"))
    world.run()
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    assert world.final(2).price > 0


@trace((1, "FILLED", "", 10009), (2, "REJECTED", "", 10031))
def close_without_a_connection(world: World) -> None:
    ticket = open_position(world)
    world.faults.arm("no-connection:5")
    world.run()
    world.app.send("CLOSE_TICKET", ticket=ticket + 1000)
    world.run()
