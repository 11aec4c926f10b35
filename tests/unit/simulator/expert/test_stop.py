"""The stop: two places, two levels, FLAT only when flat, and the expert's own stops."""

from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.control import Scope
from signalos_desktop.simulator.expert.inputs import DeadMan
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.unit.simulator.expert.world import World

HALT, FLATTEN, NONE = StopLevel.HALT, StopLevel.FLATTEN, StopLevel.NONE
DENIED = ReceiptStatus.DENIED


@pytest.fixture
def world() -> World:
    """A position, a resting order, and somebody else's position."""
    made = World()
    made.app.do("BUY")
    made.app.do("BUY_LIMIT", price="1.09500")
    made.by_hand("BUY", "0.30")
    return made


def magics(world: World) -> list[int]:
    return [held.magic for held in world.broker.positions()]


def test_halt_deletes_orders_and_keeps_positions(world: World) -> None:
    world.app.press(HALT, "p1", world.files)
    world.run(1)
    halt = world.status.halt
    assert (halt.level, halt.stop_id, halt.flat) == (HALT, 1, False)
    assert (halt.positions, halt.orders, halt.known) == (1, 0, ("p1",))
    assert len(magics(world)) == 2
    assert world.app.do("BUY").reason == "HALTED"
    assert [event.event for event in world.events() if "stop 1" in event.text] == [
        "STOPPED",
        "NOT_FLAT",
    ]


def test_flatten_cancels_before_it_closes(world: World) -> None:
    world.app.press(FLATTEN, "p1", world.common)
    world.run(0.3)
    assert [one.action for one in world.wire.sent[2:]] == [TradeAction.REMOVE, TradeAction.DEAL]
    assert magics(world) == [0]
    assert world.status.halt.flat
    assert len(world.events("FLAT")) == 1


def test_flat_needs_two_scans(world: World) -> None:
    world.app.press(FLATTEN, "p1")
    told = []
    for _ in range(3):
        world.run()
        told.append(len(world.events("FLAT")))
        assert magics(world) == [0]
    assert told == [0, 0, 1]


def test_no_position_is_closed_before_every_order_is_tried(world: World) -> None:
    """Orders that take long end the timer's turn, not the order of work."""
    world.app.do("BUY_LIMIT", price="1.09400")

    def slow(request: TradeRequest) -> None:
        world.now += timedelta(seconds=0.6)

    world.wire.before_send = slow
    before = len(world.wire.sent)
    world.app.press(FLATTEN, "p1")
    world.run(3)
    actions = [one.action for one in world.wire.sent[before:]]
    assert actions == [TradeAction.REMOVE, TradeAction.REMOVE, TradeAction.DEAL]


def test_whole_account_scope() -> None:
    world = World(scope=Scope.ACCOUNT)
    world.by_hand("BUY", "0.30")
    world.app.press(FLATTEN, "p1")
    world.run(1)
    assert not world.broker.positions()
    assert world.status.halt.flat


def test_the_panel_may_widen_the_scope_and_narrow_it_again(world: World) -> None:
    world.app.control("SCOPE", "ACCOUNT")
    world.run(0.3)
    assert (world.status.scope, world.status.halt.positions) == ("ACCOUNT", 2)
    world.app.control("SCOPE", "MAGIC")
    world.run(0.3)
    world.app.press(FLATTEN, "p1")
    world.run(1)
    assert magics(world) == [0]


def test_halt_becomes_flatten_and_never_less(world: World) -> None:
    world.app.press(HALT, "p1")
    world.run(0.5)
    world.app.press(FLATTEN, "p2")
    world.run(0.5)
    assert (world.status.halt.level, world.status.halt.stop_id) == (FLATTEN, 2)
    world.app.press(HALT, "p3")
    assert world.level() is FLATTEN
    assert world.status.halt.known == ("p1", "p2", "p3")


def test_same_flag_with_a_higher_level_raises_the_same_stop(world: World) -> None:
    world.app.press(HALT, "p1", world.common)
    world.run(0.3)
    world.app.press(FLATTEN, "p1", world.files)
    assert world.level() is FLATTEN
    assert world.status.halt.stop_id == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00garbage", b"stop it now\n"])
def test_a_flag_made_by_hand_is_a_halt(world: World, data: bytes) -> None:
    world.common.replace("halt.flag", data)
    assert world.level() is HALT
    (known,) = world.status.halt.known
    assert known == world.status.halt.flags[0]


def test_closing_goes_on_until_it_succeeds(world: World) -> None:
    world.faults.arm("market-closed")
    world.app.press(FLATTEN, "p1")
    world.run(10)
    halt = world.status.halt
    assert not halt.flat
    assert {left.retcode for left in halt.tickets} == {10018}
    assert all(5 <= left.attempts <= 8 for left in halt.tickets)
    assert len(world.events("NOT_FLAT")) == 1
    world.faults.clear("market-closed")
    world.run(6)
    assert world.status.halt.flat
    assert not world.status.halt.tickets


def test_largest_loss_at_risk_is_closed_first() -> None:
    world = World()
    near = world.app.do("BUY", sl="1.09900").position
    far = world.app.do("BUY", sl="1.08000", max_loss="900").position
    world.app.press(FLATTEN, "p1")
    world.run()
    assert [one.position for one in world.wire.sent[2:]] == [far, near]


def test_a_timeout_while_closing_is_looked_at_again(world: World) -> None:
    world.faults.arm("timeout-executed:2")
    world.app.press(FLATTEN, "p1")
    world.run(2)
    assert world.status.halt.flat
    assert len(world.wire.sent) == 4


def test_not_flat_while_something_is_unresolved() -> None:
    world = World("timeout-not-executed")
    world.app.send("BUY")
    world.run()
    world.app.press(FLATTEN, "p1")
    world.run(30)
    assert world.status.halt.unresolved == 1
    assert not world.status.halt.flat
    world.run(40)
    assert world.status.halt.flat


def test_not_flat_while_cut_off() -> None:
    world = World()
    world.faults.arm("no-connection")
    world.app.press(FLATTEN, "p1")
    world.run(3)
    assert not world.status.halt.flat


def test_what_appears_after_flat_is_closed_and_told(world: World) -> None:
    world = World(scope=Scope.ACCOUNT)
    world.app.press(FLATTEN, "p1")
    world.run(1)
    world.by_hand("BUY", "0.1")
    world.run(1)
    assert [e.event for e in world.events() if e.event.endswith("FLAT")] == [
        "FLAT",
        "NOT_FLAT",
        "FLAT",
    ]
    assert not world.broker.positions()


def test_netting_positions_are_flattened() -> None:
    world = World(terms=AccountTerms(margin_mode="RETAIL_NETTING"))
    world.app.do("BUY")
    world.app.press(FLATTEN, "p1")
    world.run(1)
    assert not world.broker.positions()


def test_daily_loss_stops_and_keeps_resume_away() -> None:
    world = World(max_daily_loss=Decimal(150))
    world.app.do("BUY", lots="1", max_loss="5000")
    world.quote("EURUSD", Decimal("1.09800"), Decimal("1.09810"))
    world.run(2)
    halt = world.status.halt
    assert (halt.level, halt.source) == (HALT, "LIMIT_DAILY_LOSS")
    assert halt.flags == halt.known
    world.app.remove_flags()
    world.resume()
    assert world.level() is HALT
    world.quote("EURUSD", Decimal("1.10100"), Decimal("1.10110"))
    world.resume()
    assert world.level() is NONE


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [(DeadMan.KEEP, NONE), (DeadMan.CANCEL, HALT), (DeadMan.FLATTEN, FLATTEN)],
)
def test_dead_man(policy: DeadMan, wanted: StopLevel) -> None:
    world = World(dead_man=policy)
    world.app.do("BUY")
    world.run(59, app=False)
    assert world.status.halt.level is NONE
    assert len(world.events("APP_LOST")) == 1
    world.run(3, app=False)
    assert world.status.halt.level is wanted
    assert bool(world.broker.positions()) is (policy is not DeadMan.FLATTEN)
    world.app.beat()
    world.run(1)
    assert len(world.events("APP_BACK")) == 2
    assert world.status.halt.level is wanted


def test_a_clean_quit_is_no_loss() -> None:
    world = World(dead_man=DeadMan.FLATTEN)
    world.app.closing = True
    world.app.beat()
    world.run(90, app=False)
    assert world.status.halt.level is NONE
