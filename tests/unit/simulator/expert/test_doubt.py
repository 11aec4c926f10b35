"""What may have been sent: looked for, called NOT_FOUND only with proof, watched ever after."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.unit.simulator.expert.world import TIMER_S, Crash, World

UNKNOWN, ERROR = ReceiptStatus.UNKNOWN, ReceiptStatus.ERROR
FILLED, PLACED = ReceiptStatus.FILLED, ReceiptStatus.PLACED
PENDING = {"price": "1.09500"}


def die_after_sending(world: World) -> None:
    """Intent, OrderSend, and then nothing any more."""
    world.effects.die_at, world.effects.after = world.effects.count + 2, True
    with pytest.raises(Crash):
        world.run()
    assert world.effects.names[-1].startswith("order_send")


@pytest.mark.parametrize(
    ("action", "status"), [("BUY", FILLED), ("BUY_LIMIT", PLACED)], ids=["market", "pending"]
)
@pytest.mark.parametrize("reinit", [False, True])
def test_executed_after_all_is_found_by_its_tag(
    action: str, status: ReceiptStatus, reinit: bool
) -> None:
    world = World() if reinit else World("timeout-executed")
    cmd_id = world.app.send(action, **(PENDING if action == "BUY_LIMIT" else {}))
    if reinit:
        die_after_sending(world)
        world.restart()
    world.run()
    told = world.final(cmd_id)
    assert told.status is status
    assert told.ticket
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN, status]
    assert len(world.wire.sent) == 1


def test_pending_order_that_filled_meanwhile_is_placed() -> None:
    world = World()
    cmd_id = world.app.send("BUY_LIMIT", **PENDING)
    die_after_sending(world)
    world.quote("EURUSD", Decimal("1.09480"), Decimal("1.09490"))
    world.restart()
    told = world.final(cmd_id)
    assert (told.status, told.position) == (PLACED, world.broker.positions()[0].identifier)


def test_pending_order_that_is_gone_again_was_placed() -> None:
    world = World()
    cmd_id = world.app.send("BUY_LIMIT", **PENDING)
    die_after_sending(world)
    (resting,) = world.broker.orders()
    world.broker.trade_by_hand(TradeRequest(TradeAction.REMOVE, order=resting.ticket))
    world.restart()
    told = world.final(cmd_id)
    assert (told.status, told.ticket) == (PLACED, resting.ticket)


def test_not_found_needs_a_minute_of_connection() -> None:
    world = World("timeout-not-executed")
    cmd_id = world.app.send("BUY")
    world.run(40)
    world.faults.arm("no-connection:30")
    world.run(80)
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]
    assert world.status.phase == "IN_DOUBT"
    assert world.status.in_doubt == (cmd_id,)
    world.run(15)
    assert world.outcome(cmd_id)[0] is ERROR
    assert world.app.do("BUY").status is FILLED


def test_not_having_looked_is_not_having_been_connected() -> None:
    world = World("timeout-not-executed")
    cmd_id = world.app.send("BUY")
    world.run(5)
    world.faults.arm("dead-ea:100")
    world.run(110)
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]


def test_not_found_needs_two_scans_that_show_the_same() -> None:
    world = World("timeout-not-executed")
    cmd_id = world.app.send("BUY")
    world.run(59)
    for _ in range(100):
        world.broker.deposit(Decimal(1))
        world.run()
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]
    world.run(0.1)
    assert world.outcome(cmd_id)[0] is ERROR


def test_a_reinit_starts_the_minute_again() -> None:
    world = World("timeout-not-executed")
    cmd_id = world.app.send("BUY")
    world.run(50)
    world.restart()
    world.run(50)
    assert [one.status for one in world.receipts(cmd_id)] == [UNKNOWN]
    world.run(15)
    assert world.outcome(cmd_id)[0] is ERROR


@pytest.mark.parametrize("reinit", [False, True])
def test_late_fill_is_a_correction_and_an_event(reinit: bool) -> None:
    world = World("late-execution:70")
    cmd_id = world.app.send("BUY")
    world.run(65)
    assert world.outcome(cmd_id)[0] is ERROR
    if reinit:
        world.restart()
    world.run(10)
    told = world.receipts(cmd_id)
    assert [one.status for one in told] == [UNKNOWN, ERROR, FILLED]
    assert told[-1].late_fill
    (event,) = world.events("LATE_FILL")
    assert (event.cmd_id, event.ticket) == (cmd_id, told[-1].position)
    assert world.broker.positions()
    world.restart()
    world.run(5)
    assert len(world.receipts(cmd_id)) == 3


@pytest.mark.parametrize("reinit", [False, True])
def test_late_fill_under_a_stop_is_closed_even_at_halt(reinit: bool) -> None:
    world = World("late-execution:70")
    cmd_id = world.app.send("BUY")
    world.run(65)
    world.app.press(StopLevel.HALT, "p1")
    world.run(1)
    assert world.status.halt.flat
    if reinit:
        world.faults.arm("reject:10018")
        world.run(4.5)
        world.restart()
    world.run(10)
    assert world.receipts(cmd_id)[-1].late_fill
    assert not world.broker.positions()
    assert world.status.halt.flat


def test_another_magic_and_another_symbol_are_not_ours() -> None:
    world = World("timeout-not-executed")
    cmd_id = world.app.send("BUY", comment="#1")
    world.run()
    world.by_hand("BUY", "0.10", comment="#1")
    world.by_hand("BUY", "0.10", symbol="XAUUSD")
    world.run(70)
    assert world.outcome(cmd_id)[0] is ERROR


def test_reductions_go_on_while_one_is_in_doubt() -> None:
    world = World()
    ticket = world.app.do("BUY").position
    world.faults.arm("timeout-not-executed")
    world.app.send("BUY")
    world.run()
    assert world.app.do("CLOSE_TICKET", ticket=ticket).status is FILLED
    assert world.app.do("BUY").reason == "IN_DOUBT"


@pytest.mark.parametrize("action", ["BUY", "CLOSE_PARTIAL"])
def test_rows_found_at_oninit_are_never_executed(action: str) -> None:
    world = World()
    ticket = world.app.do("BUY").position
    world.app.send(action, **({"ticket": ticket, "lots": "0.05"} if action != "BUY" else {}))
    world.restart()
    assert [one.status for one in world.receipts(2)] == [UNKNOWN]
    assert world.status.halt.unresolved == 1
    world.run(70)
    assert world.outcome(2)[0] is ERROR
    assert len(world.wire.sent) == 1


def test_closes_found_at_oninit_are_executed() -> None:
    world = World()
    ticket = world.app.do("BUY").position
    world.app.send("CLOSE_TICKET", ticket=ticket)
    world.restart()
    assert world.outcome(2)[0] is FILLED


def test_a_lost_receipt_below_the_mark_is_in_doubt_not_skipped() -> None:
    """A power cut may lose a row in the middle: a row is settled by its own receipt only."""
    world = World()
    world.app.do("BUY")
    world.app.do("PING")
    lines = world.files.content["receipts.csv"].splitlines(keepends=True)
    world.files.content["receipts.csv"] = lines[0] + lines[2]
    world.files.content["intents.csv"] = b""
    world.restart()
    assert [one.status for one in world.receipts(1)] == [UNKNOWN, FILLED]
    assert len(world.wire.sent) == 1


def test_opens_are_denied_until_the_app_is_seen_alive() -> None:
    world = World()
    world.start()
    world.run(app=False)
    cmd_id = world.app.send("BUY")
    world.run(app=False)
    assert world.outcome(cmd_id)[1] == "APP_LOST"


def test_repeated_rows_are_skipped() -> None:
    world = World()
    row = world.app.row("BUY")
    world.app.write(row)
    world.run()
    world.app.write(row)
    world.run()
    world.app.write(world.app.row("BUY", cmd_id=1, lots="0.2"))
    world.restart()
    assert len(world.receipts()) == 1
    assert len(world.wire.sent) == 1


def test_older_sessions_are_read_after_moving_on() -> None:
    world = World()
    world.app.do("PING")
    ticket = world.app.do("BUY").position
    late_open = world.app.row("BUY", cmd_id=10)
    late_close = world.app.row("CLOSE_TICKET", cmd_id=11, ticket=ticket)
    world.app.new_session()
    world.app.send("PING", cmd_id=12)
    world.run()
    world.app.write(late_open + late_close, "commands.csv")
    world.run()
    assert world.outcome(10) == (ReceiptStatus.DENIED, "STALE_SESSION")
    assert world.outcome(11)[0] is FILLED
    assert world.status.session == 2
    assert world.status.last_settled == 12
    assert world.status.file == "commands.2.csv"


@pytest.mark.parametrize("action", ["BUY", "MODIFY"])
@pytest.mark.parametrize("timers", range(1, 6))
def test_a_row_of_the_old_app_right_after_the_new_one_began(action: str, timers: int) -> None:
    """app.json is read anew for each row: its time and size may look the same."""
    world = World()
    world.app.new_session()
    ticket = world.app.do("BUY").position
    world.app.beat()
    world.run(timers * TIMER_S)
    row = world.app.row(action, **({} if action == "BUY" else {"ticket": ticket, "sl": "1.095"}))
    world.app.new_session()
    world.app.write(row, "commands.2.csv")
    world.run()
    assert world.outcome(2) == (ReceiptStatus.DENIED, "STALE_SESSION")


def test_all_unarchived_files_are_read_at_oninit() -> None:
    world = World()
    world.app.send("BUY")
    world.app.new_session()
    world.app.send("BUY")
    world.restart()
    assert [(one.cmd_id, one.status) for one in world.receipts()] == [(1, UNKNOWN), (2, UNKNOWN)]
    world.files.delete("commands.csv")
    world.run(70)
    assert {world.outcome(1)[0], world.outcome(2)[0]} == {ERROR}


def test_the_session_floor_survives_without_app_json() -> None:
    world = World()
    world.app.session = 7
    world.app.beat()
    world.run(1)
    world.files.delete("app.json")
    world.start()
    world.run(1, app=False)
    assert world.status.session == 7
