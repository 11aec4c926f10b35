"""The gate refuses for each of its reasons, last before the write, and writes nothing then."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine.gate import Gate, Standing
from signalos_desktop.engine.ports import OutboxBusyError
from signalos_desktop.engine.stop_latch import StopLatch
from tests.helpers.rig import ACCOUNT, MAGIC, NOON, ListOutbox, SetClock, SilentFlags

RUNNING = Standing(TradingState.RUNNING, frozenset(), 1, False, 0.5, 0)
OPEN = Command(
    cmd_id=1,
    account=ACCOUNT,
    session=1,
    action=CommandAction.BUY,
    created=NOON,
    expires=NOON + timedelta(seconds=30),
    magic=MAGIC,
    symbol="EURUSD",
    lots=Decimal("0.1"),
    sl=Decimal("1.07"),
)
CLOSE = replace(OPEN, action=CommandAction.CLOSE_TICKET, ticket=7)
MODIFY = replace(OPEN, action=CommandAction.MODIFY, ticket=7)


class Door:
    def __init__(self) -> None:
        self.outbox = ListOutbox()
        self.latch = StopLatch(SilentFlags(), lambda: "press")
        self.clock = SetClock()
        self.gate = Gate(self.latch, self.outbox, self.clock)

    def refusal(self, command: Command, standing: Standing = RUNNING, by_user: bool = True) -> str:
        refused = self.gate.send(command, standing, by_user=by_user)
        assert (refused is None) == (command in self.outbox.rows)
        return refused.code if refused is not None else ""


def test_an_open_passes_when_nothing_stands_against_it() -> None:
    assert Door().refusal(OPEN) == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": TradingState.PAUSED, "reasons": frozenset({PauseReason.USER})}, "PAUSED"),
        ({"state": TradingState.STOPPING}, "HALTED"),
        ({"state": TradingState.STOPPED_FLAT}, "HALTED"),
        ({"state": TradingState.STARTING}, "PAUSED"),
        ({"fenced": True}, "FENCED"),
        ({"session": 2}, "FENCED"),
        ({"heartbeat_age": 5.01}, "EA_SILENT"),
        ({"unresolved": 1}, "IN_DOUBT"),
    ],
)
def test_an_open_is_refused(changes: dict[str, object], code: str) -> None:
    standing = replace(RUNNING, **changes)  # type: ignore[arg-type] # the test names fields
    assert Door().refusal(OPEN, standing) == code


def test_an_open_is_refused_from_its_expiry_on() -> None:
    door = Door()
    door.clock.move(30)
    assert door.refusal(OPEN) == "EXPIRED"


def test_the_latch_is_looked_at_even_where_the_state_is_old() -> None:
    door = Door()
    door.latch.press(StopLevel.FLATTEN, "test")
    assert door.refusal(OPEN) == "HALTED"
    assert door.refusal(MODIFY) == "HALTED"
    assert door.refusal(CLOSE) == ""


def test_a_reduction_goes_out_in_doubt_in_silence_and_while_stopped() -> None:
    worst = replace(
        RUNNING, state=TradingState.STOPPED_NOT_FLAT, heartbeat_age=float("inf"), unresolved=3
    )
    assert Door().refusal(CLOSE, worst) == ""


def test_levels_may_be_changed_by_the_user_while_paused_but_not_by_the_program() -> None:
    paused = replace(
        RUNNING, state=TradingState.PAUSED, reasons=frozenset({PauseReason.DAILY_LOSS})
    )
    assert Door().refusal(MODIFY, paused, by_user=True) == ""
    assert Door().refusal(MODIFY, paused, by_user=False) == "PAUSED"


def test_a_full_disk_is_a_refusal_with_its_reason() -> None:
    door = Door()
    door.outbox.failure = "no space left"
    refused = door.gate.send(OPEN, RUNNING, by_user=True)
    assert refused is not None
    assert (refused.code, "no space left" in refused.text) == ("WRITE_FAILED", True)


def test_a_held_file_is_no_refusal_but_another_try() -> None:
    door = Door()
    door.outbox.busy = 1
    with pytest.raises(OutboxBusyError):
        door.gate.send(OPEN, RUNNING, by_user=True)
    assert door.refusal(OPEN) == ""


@pytest.mark.parametrize(
    "command", [CLOSE, replace(OPEN, action=CommandAction.BREAKEVEN, ticket=7)]
)
def test_rules_of_open_trades_rest_under_a_stop_and_tighten_while_paused(command: Command) -> None:
    door = Door()

    def asked(standing: Standing) -> str:
        refused = door.gate.send(command, standing, by_user=False, by_rule=True)
        return refused.code if refused is not None else ""

    paused = replace(RUNNING, state=TradingState.PAUSED, reasons=frozenset({PauseReason.NEWS}))
    assert [asked(RUNNING), asked(paused)] == ["", ""]
    for state in (s for s in TradingState if s.stopped):
        assert asked(replace(RUNNING, state=state)) == "HALTED"
    door.latch.press(StopLevel.HALT, "test")
    assert asked(RUNNING) == "HALTED"
    assert len(door.outbox.rows) == 2
