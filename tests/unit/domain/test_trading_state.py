"""What each state says to each kind of command."""

import pytest

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.trading_state import (
    PauseReason,
    TradingState,
    refuse_command,
)
from signalos_desktop.domain.values import Account
from tests.unit.domain.samples import NOW

STATES = list(TradingState)
STOPPED = [TradingState.STOPPING, TradingState.STOPPED_FLAT, TradingState.STOPPED_NOT_FLAT]
PAUSED = [TradingState.PAUSED, TradingState.STARTING]
OPENS = [action for action in CommandAction if action.opens]
ALWAYS = [action for action in CommandAction if action.reduces or action is CommandAction.PING]


def answer(action: CommandAction, state: TradingState, *, by_user: bool) -> str:
    command = Command(1, Account(1, "s"), 1, action, NOW, NOW, 1)
    reasons = frozenset({PauseReason.USER, PauseReason.DAILY_LOSS})
    refusal = refuse_command(command, state, reasons, by_user=by_user)
    return "" if refusal is None else refusal.code


def test_severity_of_the_states() -> None:
    assert sorted(STATES) == STATES
    assert [state for state in STATES if state.stopped] == STOPPED


@pytest.mark.parametrize("by_user", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_reducing_is_always_allowed(state: TradingState, by_user: bool) -> None:
    assert {answer(action, state, by_user=by_user) for action in ALWAYS} == {""}


@pytest.mark.parametrize("by_user", [True, False])
@pytest.mark.parametrize("action", OPENS)
def test_entries_run_in_running_alone(action: CommandAction, by_user: bool) -> None:
    answers = {state: answer(action, state, by_user=by_user) for state in STATES}
    assert answers == {
        state: "" if state is TradingState.RUNNING else "HALTED" if state.stopped else "PAUSED"
        for state in STATES
    }


WITH_LEFTOVERS = [TradingState.RUNNING, *PAUSED, TradingState.STOPPED_NOT_FLAT]


@pytest.mark.parametrize(
    ("action", "by_user", "allowed"),
    [
        (CommandAction.MODIFY, True, WITH_LEFTOVERS),
        (CommandAction.BREAKEVEN, True, WITH_LEFTOVERS),
        (CommandAction.MODIFY, False, [TradingState.RUNNING]),
        (CommandAction.BREAKEVEN, False, [TradingState.RUNNING, *PAUSED]),
    ],
)
def test_levels(action: CommandAction, by_user: bool, allowed: list[TradingState]) -> None:
    assert [state for state in STATES if not answer(action, state, by_user=by_user)] == allowed


def test_the_refusal_names_the_reasons() -> None:
    command = Command(1, Account(1, "s"), 1, CommandAction.BUY, NOW, NOW, 1)
    reasons = frozenset({PauseReason.NEWS, PauseReason.DAILY_LOSS})
    refusal = refuse_command(command, TradingState.PAUSED, reasons, by_user=True)
    assert refusal is not None
    assert "daily-loss, news" in refusal.text


def test_only_reasons_with_a_cause_that_passes_clear_themselves() -> None:
    waits = {reason for reason in PauseReason if not reason.clears_itself}
    assert {PauseReason.USER, PauseReason.DAILY_LOSS, PauseReason.THROTTLE} <= waits
    assert PauseReason.STALE_DATA not in waits
