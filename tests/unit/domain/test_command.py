"""What kind of thing each action of the protocol is."""

from signalos_desktop.domain.command import CommandAction as Action

MARKET = {Action.BUY, Action.SELL}
PENDING = {Action.BUY_LIMIT, Action.SELL_LIMIT, Action.BUY_STOP, Action.SELL_STOP}
REDUCTIONS = {
    Action.CLOSE,
    Action.CLOSE_ALL,
    Action.CLOSE_TICKET,
    Action.CLOSE_PARTIAL,
    Action.CANCEL,
}


def test_actions_by_kind() -> None:
    assert {action for action in Action if action.opens} == MARKET | PENDING
    assert {action for action in Action if action.pending} == PENDING
    assert {action for action in Action if action.reduces} == REDUCTIONS


def test_what_must_not_happen_twice_needs_an_intent() -> None:
    twice = {action for action in Action if action.needs_intent}
    assert twice == MARKET | PENDING | {Action.CLOSE_PARTIAL}
