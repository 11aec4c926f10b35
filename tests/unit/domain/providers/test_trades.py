"""Which trades an instruction means: the reply, the symbol, the only one; else none."""

import pytest

from signalos_desktop.domain.providers.trades import Trade, find
from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import Side
from tests.unit.domain.providers.samples import holding, price, trade

K = ActionKind
EURO = trade(holding(1))
GOLD = trade(holding(2), thread="S000002", names=frozenset({"XAUUSD", "GOLD.m"}))
GOLD_SELL = trade(holding(3), thread="S000003", names=frozenset({"XAUUSD"}), side=Side.SELL)
WAITING = Trade("S000004", frozenset({"EURUSD"}), Side.BUY, waiting=("S000004",))


def threads(found: tuple[Trade, ...] | Refusal) -> list[str] | str:
    return found.code if isinstance(found, Refusal) else [each.thread for each in found]


@pytest.mark.parametrize(
    ("action", "names", "thread", "meant"),
    [
        (Action(K.CLOSE), "", None, "AMBIGUOUS_TRADE"),
        (Action(K.CLOSE, "EURUSD"), "EURUSD", None, ["S000001"]),
        (Action(K.CLOSE, "XAUUSD"), "XAUUSD", None, "AMBIGUOUS_TRADE"),
        (Action(K.CLOSE, "XAUUSD", Side.SELL), "XAUUSD", None, ["S000003"]),
        (Action(K.CLOSE, None, Side.SELL), "", None, ["S000003"]),
        (Action(K.CLOSE, "GOLD", Side.BUY), "GOLD GOLD.m", None, ["S000002"]),
        (Action(K.CLOSE, "USDJPY"), "USDJPY", None, "NO_TRADE"),
        (Action(K.CLOSE), "", "S000002", ["S000002"]),
        (Action(K.CLOSE, "EURUSD"), "EURUSD", "S000002", "NO_TRADE"),
        (Action(K.CLOSE), "", "S000009", "NO_TRADE"),
        (Action(K.CLOSE_ALL), "", None, ["S000001", "S000002", "S000003", "S000004"]),
        (Action(K.CLOSE_ALL, "XAUUSD"), "XAUUSD", None, ["S000002", "S000003"]),
        (Action(K.CLOSE_ALL, "XAUUSD"), "XAUUSD", "S000001", ["S000002", "S000003"]),
        (Action(K.CLOSE_ALL), "", "S000001", ["S000001"]),
    ],
)
def test_the_trade_that_is_meant(
    action: Action, names: str, thread: str | None, meant: list[str] | str
) -> None:
    trades = [EURO, GOLD, GOLD_SELL, WAITING]
    assert threads(find(trades, action, frozenset(names.split()), thread)) == meant


def test_what_is_open_comes_before_what_waits_and_what_comes_is_open() -> None:
    coming = Trade("S000005", frozenset({"EURUSD"}), Side.BUY, coming=1)
    assert threads(find([WAITING], Action(K.CLOSE), frozenset(), None)) == ["S000004"]
    assert threads(find([WAITING, coming], Action(K.CLOSE), frozenset(), None)) == ["S000005"]


def test_a_refusal_names_the_candidates_or_what_is_open() -> None:
    ambiguous = find([EURO, GOLD], Action(K.CLOSE), frozenset(), None)
    assert isinstance(ambiguous, Refusal)
    assert "S000001 EURUSD buy, S000002 GOLD.m buy" in ambiguous.text
    none = find([EURO], Action(K.CLOSE, "USDJPY", Side.SELL), frozenset({"USDJPY"}), None)
    assert isinstance(none, Refusal)
    assert none.text == (
        "no open trade in USDJPY sell that this provider's signals opened (open: S000001 EURUSD "
        "buy)"
    )


def test_a_holding_is_closed_at_the_other_side_of_the_quote() -> None:
    quote = price("1.079", "1.0791")
    assert str(holding(1, quote=quote).exit_price) == "1.079"
    assert str(holding(1, side=Side.SELL, quote=quote).exit_price) == "1.0791"
    assert holding(1, quote=None).exit_price is None
