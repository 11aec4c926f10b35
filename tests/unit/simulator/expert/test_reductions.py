"""Closes, cancels and levels: looked up first, and never refused for what stops an open."""

from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.simulator.terms import AccountTerms
from tests.unit.simulator.expert.world import World

FILLED, PARTIAL = ReceiptStatus.FILLED, ReceiptStatus.PARTIAL
DENIED, REJECTED = ReceiptStatus.DENIED, ReceiptStatus.REJECTED
UNKNOWN, EXPIRED = ReceiptStatus.UNKNOWN, ReceiptStatus.EXPIRED


@pytest.fixture
def world() -> World:
    """One open position with ticket `opened`."""
    made = World()
    made.app.do("BUY", tp="1.12000")
    return made


def opened(world: World) -> int:
    return world.broker.positions()[0].ticket


def resting(world: World) -> int:
    return world.app.do("BUY_LIMIT", price="1.09500").ticket


def test_close_ticket_is_told_by_the_closing_deal(world: World) -> None:
    ticket = opened(world)
    told = world.app.do("CLOSE_TICKET", ticket=ticket)
    assert (told.status, told.retcode, told.position) == (FILLED, 10009, ticket)
    assert (told.price, told.volume) == (Decimal("1.0999"), Decimal("0.1"))
    assert not world.broker.positions()


def test_closing_what_is_gone_is_done(world: World) -> None:
    ticket = opened(world)
    first = world.app.do("CLOSE_TICKET", ticket=ticket)
    again = world.app.do("CLOSE_TICKET", ticket=ticket)
    assert (again.status, again.retcode, again.deal) == (FILLED, 10036, first.deal)


def test_gone_is_looked_at_before_expiry(world: World) -> None:
    ticket = opened(world)
    world.app.do("CLOSE_TICKET", ticket=ticket)
    row = world.app.row("CLOSE_TICKET", ticket=ticket, life=1)
    world.run(3)
    world.app.write(row)
    world.run()
    assert world.outcome(world.app.last_id)[0] is FILLED


def test_an_expired_close_of_an_open_position_is_not_sent(world: World) -> None:
    row = world.app.row("CLOSE_TICKET", ticket=opened(world), life=1)
    world.run(3)
    world.app.write(row)
    world.run()
    assert world.outcome(world.app.last_id)[0] is EXPIRED
    assert world.broker.positions()


def test_a_cut_off_terminal_knows_nothing_of_what_is_gone(world: World) -> None:
    world.faults.arm("no-connection")
    world.run()
    told = world.app.do("CLOSE_TICKET", ticket=999)
    assert (told.status, told.retcode) == (REJECTED, 10031)


def test_closes_go_on_whatever_stops_opens(world: World) -> None:
    ticket = opened(world)
    world.app.press(StopLevel.HALT, "p1")
    world.faults.arm("disk-full:2")
    world.run(15, app=False)
    told = world.app.do("CLOSE_TICKET", ticket=ticket, session=7)
    assert told.status is FILLED


def test_a_full_disk_keeps_the_receipt_not_the_close(world: World) -> None:
    ticket = opened(world)
    world.faults.arm("disk-full:3")
    cmd_id = world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run(1)
    assert not world.broker.positions()
    assert not world.receipts(cmd_id)
    world.run(4)
    assert world.outcome(cmd_id)[0] is FILLED


def test_unclear_close_is_durable_and_found_gone(world: World) -> None:
    ticket = opened(world)
    world.faults.arm("timeout-executed")
    cmd_id = world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run()
    told = [one.status for one in world.receipts(cmd_id)]
    assert told == [UNKNOWN, FILLED]


def test_unclear_close_that_did_nothing_is_not_found(world: World) -> None:
    ticket = opened(world)
    world.faults.arm("timeout-not-executed")
    cmd_id = world.app.send("CLOSE_TICKET", ticket=ticket)
    world.run(30)
    world.restart()
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]
    world.run(65)
    assert world.outcome(cmd_id)[0] is ReceiptStatus.ERROR
    assert world.broker.positions()


def test_a_partly_filled_close_goes_on_with_the_rest(world: World) -> None:
    world.faults.arm("partial:0.5")
    told = world.app.do("CLOSE_TICKET", ticket=opened(world))
    assert (told.status, told.volume) == (FILLED, Decimal("0.1"))
    assert not world.broker.positions()


def test_a_close_that_gets_half_way_is_partial(world: World) -> None:
    world.faults.arm("partial:0.5")
    sent: list[Any] = []

    def second(request: Any) -> None:
        sent.append(request)
        if len(sent) == 2:
            world.faults.arm("reject")

    world.wire.before_send = second
    told = world.app.do("CLOSE_TICKET", ticket=opened(world))
    assert (told.status, told.volume, told.retcode) == (PARTIAL, Decimal("0.05"), 10006)


@pytest.mark.parametrize("action", ["CLOSE", "CLOSE_ALL"])
def test_close_all_of_ours_and_nothing_else(world: World, action: str) -> None:
    world.app.do("BUY")
    world.by_hand("BUY", "0.3")
    told = world.app.do(action, symbol="EURUSD")
    assert (told.status, told.volume) == (FILLED, Decimal("0.2"))
    assert [held.magic for held in world.broker.positions()] == [0]
    assert world.app.do(action, symbol="EURUSD").retcode == 10036


def test_close_all_of_several_with_a_refusal(world: World) -> None:
    world.app.do("BUY")
    world.faults.arm("reject:10018")
    told = world.app.do("CLOSE_ALL")
    assert (told.status, told.retcode, told.volume) == (PARTIAL, 10018, Decimal("0.1"))


def test_close_all_with_an_unclear_one(world: World) -> None:
    world.app.do("BUY")
    world.faults.arm("timeout-executed")
    cmd_id = world.app.send("CLOSE_ALL")
    world.run()
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN, FILLED]


def test_close_partial(world: World) -> None:
    ticket = opened(world)
    told = world.app.do("CLOSE_PARTIAL", ticket=ticket, lots="0.04")
    assert (told.status, told.volume, told.position) == (FILLED, Decimal("0.04"), ticket)
    assert world.broker.positions()[0].volume == Decimal("0.06")


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("NO_POSITION", {"ticket": 999, "lots": "0.04"}),
        ("VOLUME", {"lots": "0.10"}),
        ("VOLUME", {"lots": "0.005"}),
        ("STALE_SESSION", {"lots": "0.04", "session": 9}),
    ],
)
def test_close_partial_denied(world: World, code: str, fields: dict[str, Any]) -> None:
    told = world.app.do("CLOSE_PARTIAL", **{"ticket": opened(world), **fields})
    assert (told.status, told.reason) == (DENIED, code)
    assert len(world.wire.sent) == 1


def test_close_partial_needs_the_disk(world: World) -> None:
    world.faults.arm("disk-full:1")
    cmd_id = world.app.send("CLOSE_PARTIAL", ticket=opened(world), lots="0.04")
    world.run(3)
    assert world.outcome(cmd_id) == (DENIED, "DISK")


@pytest.mark.parametrize("executed", [True, False])
def test_unclear_close_partial(world: World, executed: bool) -> None:
    world.faults.arm("timeout-executed" if executed else "timeout-not-executed")
    cmd_id = world.app.send("CLOSE_PARTIAL", ticket=opened(world), lots="0.04")
    world.run(70)
    status = world.outcome(cmd_id)[0]
    assert status is (FILLED if executed else ReceiptStatus.ERROR)
    assert len(world.wire.by_tag(cmd_id)) == 1


def test_cancel(world: World) -> None:
    ticket = resting(world)
    told = world.app.do("CANCEL", ticket=ticket)
    assert (told.status, told.ticket) == (FILLED, ticket)
    assert not world.broker.orders()
    assert world.app.do("CANCEL", ticket=ticket).status is FILLED


def test_cancel_of_an_order_that_was_filled(world: World) -> None:
    ticket = resting(world)
    world.quote("EURUSD", Decimal("1.09480"), Decimal("1.09490"))
    world.run()
    told = world.app.do("CANCEL", ticket=ticket)
    assert (told.status, told.ticket) == (FILLED, ticket)
    assert told.position
    assert "filled" in told.message


@pytest.mark.parametrize(("fault", "status"), [("reject", REJECTED), ("timeout-executed", FILLED)])
def test_cancel_that_is_refused_or_unclear(world: World, fault: str, status: ReceiptStatus) -> None:
    ticket = resting(world)
    world.faults.arm(fault)
    cmd_id = world.app.send("CANCEL", ticket=ticket)
    world.run()
    assert world.outcome(cmd_id)[0] is status


def test_modify_keeps_what_is_empty(world: World) -> None:
    told = world.app.do("MODIFY", ticket=opened(world), sl="1.09500")
    (held,) = world.broker.positions()
    assert (told.status, held.sl, held.tp) == (FILLED, Decimal("1.095"), Decimal("1.12"))
    assert world.app.do("MODIFY", ticket=held.ticket, tp="0").status is FILLED
    assert world.broker.positions()[0].tp is None


def test_modify_without_a_change_is_done(world: World) -> None:
    told = world.app.do("MODIFY", ticket=opened(world), sl="1.09000")
    assert (told.status, told.retcode) == (FILLED, 10025)


def test_the_stop_loss_stays_while_it_is_required(world: World) -> None:
    told = world.app.do("MODIFY", ticket=opened(world), sl="0")
    assert (told.status, told.reason) == (DENIED, "SL_REQUIRED")


def test_modify_of_a_pending_order(world: World) -> None:
    ticket = resting(world)
    told = world.app.do("MODIFY", ticket=ticket, price="1.09400", sl="1.08900")
    (order,) = world.broker.orders()
    assert (told.status, told.ticket, order.price) == (FILLED, ticket, Decimal("1.094"))


def test_modify_denied(world: World) -> None:
    assert world.app.do("MODIFY", ticket=999, sl="1.09").reason == "NO_POSITION"
    assert world.app.do("MODIFY", ticket=1, sl="1.09", session=4).reason == "STALE_SESSION"
    assert world.app.do("BREAKEVEN", ticket=999).reason == "NO_POSITION"
    told = world.app.do("MODIFY", ticket=opened(world), sl="1.10500")
    assert (told.status, told.retcode) == (REJECTED, 10016)


def test_levels_whose_time_is_over(world: World) -> None:
    ticket = opened(world)
    rows = [
        world.app.row("MODIFY", ticket=ticket, sl="1.095", life=1),
        world.app.row("BREAKEVEN", ticket=ticket, life=1),
        world.app.row("PING", life=1),
    ]
    world.run(3)
    for row in rows:
        world.app.write(row)
    world.run()
    assert {world.outcome(cmd_id)[0] for cmd_id in (2, 3, 4)} == {EXPIRED}


@pytest.mark.parametrize("executed", [True, False])
def test_unclear_modify_is_looked_up(world: World, executed: bool) -> None:
    world.faults.arm("timeout-executed" if executed else "timeout-not-executed")
    cmd_id = world.app.send("MODIFY", ticket=opened(world), sl="1.09500")
    world.run()
    world.restart()
    world.run(70)
    status = world.outcome(cmd_id)[0]
    assert status is (FILLED if executed else ReceiptStatus.ERROR)


def test_breakeven_waits_for_the_price(world: World) -> None:
    ticket = opened(world)
    early = world.app.do("BREAKEVEN", ticket=ticket)
    assert (early.status, early.reason) == (DENIED, "NOT_IN_PROFIT")
    world.quote("EURUSD", Decimal("1.10500"), Decimal("1.10510"))
    assert world.app.do("BREAKEVEN", ticket=ticket).status is FILLED
    assert world.broker.positions()[0].sl == Decimal("1.1")
    again = world.app.do("BREAKEVEN", ticket=ticket)
    assert (again.status, again.retcode) == (FILLED, 10025)
    assert world.app.do("BREAKEVEN", ticket=ticket, price="1.10200").status is FILLED
    assert world.broker.positions()[0].sl == Decimal("1.102")


def test_netting_closes_by_ticket_too() -> None:
    world = World(terms=AccountTerms(margin_mode="RETAIL_NETTING"))
    ticket = world.app.do("BUY").position
    assert world.app.do("CLOSE_TICKET", ticket=ticket).status is FILLED
    assert not world.broker.positions()
