"""Symbols that may not be traded, answers that come late or not, receipts that were damaged."""

from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.symbols import TradeMode
from signalos_desktop.simulator.trade import Filling, TradeRequest
from tests.unit.simulator.expert.world import World

FILLED, DENIED = ReceiptStatus.FILLED, ReceiptStatus.DENIED
UNKNOWN, ERROR = ReceiptStatus.UNKNOWN, ReceiptStatus.ERROR


@pytest.mark.parametrize(
    ("mode", "denied"),
    [
        (TradeMode.DISABLED, True),
        (TradeMode.CLOSEONLY, True),
        (TradeMode.SHORTONLY, True),
        (TradeMode.LONGONLY, False),
    ],
)
def test_trade_mode(mode: TradeMode, denied: bool) -> None:
    world = World()
    world.wire.changed = {"trade_mode": mode}
    told = world.app.do("BUY")
    assert (told.reason == "SYMBOL") is denied


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({"exemode": "MARKET", "filling": ("IOC",)}, Filling.IOC),
        ({"exemode": "MARKET", "filling": ("FOK", "IOC")}, Filling.FOK),
        ({"exemode": "EXCHANGE", "filling": ()}, Filling.RETURN),
        ({"exemode": "INSTANT", "filling": ()}, Filling.FOK),
        ({"exemode": "MARKET", "filling": ()}, Filling.FOK),
    ],
)
def test_filling_mode_by_symbol(changed: dict[str, Any], first: Filling) -> None:
    world = World()
    world.wire.changed = changed
    world.app.send("BUY")
    world.run()
    assert world.wire.sent[0].filling is first


def test_a_symbol_is_put_into_the_market_watch_when_it_is_needed() -> None:
    world = World()
    world.quote("GBPUSD", Decimal("1.26990"), Decimal("1.27000"))
    told = world.app.do("BUY", symbol="GBPUSD", price="1.27000", sl="1.26000")
    assert told.status is FILLED


@pytest.mark.parametrize("reinit", [False, True])
@pytest.mark.parametrize("action", ["CLOSE", "CLOSE_ALL", "CLOSE_TICKET", "CANCEL"])
@pytest.mark.parametrize("executed", [False, True])
def test_unclear_reductions_are_looked_up(action: str, reinit: bool, executed: bool) -> None:
    world = World()
    position = world.app.do("BUY").position
    order = world.app.do("BUY_LIMIT", price="1.09500").ticket
    world.faults.arm("timeout-executed" if executed else "timeout-not-executed")
    fields: dict[str, Any] = {"symbol": "EURUSD"} if action == "CLOSE" else {}
    if action in ("CLOSE_TICKET", "CANCEL"):
        fields = {"ticket": position if action == "CLOSE_TICKET" else order}
    cmd_id = world.app.send(action, **fields)
    world.run()
    assert world.receipts(cmd_id)[0].status is UNKNOWN
    if reinit:
        world.restart()
    world.run(65)
    assert world.outcome(cmd_id)[0] is (FILLED if executed else ERROR)
    assert len(world.wire.sent) == 3


def test_an_order_that_was_only_accepted_is_looked_for() -> None:
    """10008 on a market order: on its way, not filled."""
    world = World()
    world.wire.answers = [10008]
    cmd_id = world.app.send("BUY")
    world.run()
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]
    held_back = world.wire.sent[0]
    world.broker.order_send(held_back)
    world.run()
    assert world.outcome(cmd_id)[0] is FILLED


def test_a_damaged_receipt_counts_for_nothing() -> None:
    world = World()
    world.app.do("BUY")
    content = world.files.content
    content["receipts.csv"] = content["receipts.csv"].replace(b"FILLED", b"DENIED")
    world.restart()
    lines = content["receipts.csv"].splitlines()
    assert [line.split(b",")[1] for line in lines[2:]] == [b"UNKNOWN", b"FILLED"]
    assert len(world.wire.sent) == 1


def test_the_position_vanishes_while_its_close_is_sent() -> None:
    """S/L or a hand was faster: gone is done."""
    world = World()
    ticket = world.app.do("BUY").position

    def faster(request: TradeRequest) -> None:
        world.wire.before_send = lambda _: None
        world.broker.trade_by_hand(request)

    world.wire.before_send = faster
    told = world.app.do("CLOSE_TICKET", ticket=ticket)
    assert (told.status, told.retcode, told.position) == (FILLED, 10036, ticket)


def test_volume_is_closed_in_parts_where_it_is_more_than_an_order_may_have() -> None:
    world = World()
    ticket = world.app.do("BUY").position
    world.wire.changed = {"volume_max": Decimal("0.04")}
    told = world.app.do("CLOSE_TICKET", ticket=ticket)
    assert (told.status, told.volume) == (FILLED, Decimal("0.1"))
    assert [one.volume for one in world.wire.sent[1:]] == [
        Decimal("0.04"),
        Decimal("0.04"),
        Decimal("0.02"),
    ]
