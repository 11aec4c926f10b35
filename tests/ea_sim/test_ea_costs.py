"""Commission in symbols.json, as the last closed position of a symbol paid it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from signalos_desktop.domain.wire.snapshots import decode_symbols
from tests.ea_sim.conftest import MakeWorld
from tests.ea_sim.traces import open_position
from tests.ea_sim.world import Setting, World


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    made = make_world()
    made.begin()
    return made


def commissions(world: World) -> dict[str, Decimal | None]:
    """After the app has asked for symbols.json anew."""
    world.app.control("SYMBOLS")
    world.run(0.5)
    specs = decode_symbols((world.folder / "symbols.json").read_bytes()).value
    return {spec.name: spec.commission for spec in specs}


def paid(world: World, symbol: str) -> Decimal:
    """Per lot and side, by the broker's own list."""
    (spec,) = [spec for spec in world.broker.symbols() if spec.name == symbol]
    assert spec.commission
    return spec.commission


def close(world: World, ticket: int, **values: object) -> None:
    world.app.send("CLOSE_PARTIAL" if values else "CLOSE_TICKET", ticket=ticket, **values)
    world.run()


def test_unknown_until_a_position_is_closed_whole(world: World) -> None:
    assert commissions(world)["EURUSD"] is None
    ticket = open_position(world, lots="0.30")
    assert commissions(world)["EURUSD"] is None
    close(world, ticket, lots="0.10")
    assert commissions(world)["EURUSD"] is None
    close(world, ticket)
    assert commissions(world) == {"EURUSD": paid(world, "EURUSD"), "XAUUSD": None}


def test_what_costs_nothing_stays_unknown(world: World) -> None:
    """It may be charged in another way; zero would be a promise."""
    world.app.control("SYMBOLS", "US30")
    world.quote("US30", Decimal("39000.0"), Decimal("39002.0"))
    world.run(0.5)
    ticket = open_position(world, symbol="US30", price="39002", sl="38900", lots="1")
    close(world, ticket)
    costs = [deal.commission for deal in world.broker.deals(world.born) if deal.trade]
    assert costs == [0, 0]
    assert commissions(world)["US30"] is None


def test_a_reversal_on_a_netting_account_tells_nothing(make_world: MakeWorld) -> None:
    world = make_world(setting=Setting(hedging=False))
    world.begin()
    world.app.send("BUY", lots="0.10")
    world.app.send("SELL", lots="0.30")
    world.app.send("CLOSE_ALL")
    world.run(0.2)
    assert commissions(world)["EURUSD"] is None
