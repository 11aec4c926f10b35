"""A signal against open trades, and one that joins a net position."""

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.levels import LevelPolicy, place_levels
from signalos_desktop.domain.management.opposite import OpenTrades, with_open_trades
from signalos_desktop.domain.management.rules import OppositePolicy
from signalos_desktop.domain.risk.decision import Decision, Gate, Verdict
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, dec, order, position, resting

ACCEPTED = Decision(
    verdict=Verdict.ACCEPTED,
    lots=dec("0.20"),
    risk_money=dec("60"),
    risk_percent=dec("0.6"),
    gates=(),
    levels=place_levels(order(), Side.BUY, EURUSD, EURUSD_QUOTE, LevelPolicy()),
)
SELL = position(side=Side.SELL, volume=dec("0.30"), sl=dec("1.10300"))


def judged(
    policy: OppositePolicy, trades: OpenTrades, decision: Decision = ACCEPTED
) -> tuple[Verdict, dict[str, Gate]]:
    result = with_open_trades(decision, trades, policy)
    return result.verdict, {gate.code: gate for gate in result.gates}


def hedging(**changes: object) -> OpenTrades:
    return replace(OpenTrades(netting=False), **changes)


@pytest.mark.parametrize("policy", OppositePolicy)
def test_without_an_opposite_trade_every_policy_passes(policy: OppositePolicy) -> None:
    trades = hedging(positions=(position(),), coming=((Side.BUY, dec("0.1")),))
    verdict, gates = judged(policy, trades)
    assert (verdict, gates["OPPOSITE"].text) == (Verdict.ACCEPTED, "Opposite trade: none")
    assert "NET_STOP" not in gates


@pytest.mark.parametrize(
    ("policy", "verdict", "text"),
    [
        ("allow", "accepted", "SELL 0.3 (101): stays open beside it (hedge)"),
        ("refuse", "rejected", "SELL 0.3 (101), allowed none: close it first,"),
        ("close", "accepted", "SELL 0.3 (101): closed first"),
    ],
)
def test_an_opposite_position(policy: str, verdict: str, text: str) -> None:
    found, gates = judged(OppositePolicy(policy), hedging(positions=(SELL,)))
    assert found == verdict
    assert gates["OPPOSITE"].text.startswith(f"Opposite trade: {text}")


def test_a_refusal_takes_the_orders_away_and_keeps_the_volume() -> None:
    refused = with_open_trades(ACCEPTED, hedging(positions=(SELL,)), OppositePolicy.REFUSE)
    assert (refused.legs, refused.lots) == ((), dec("0.20"))


def test_resting_orders_and_entries_on_their_way_count_too() -> None:
    trades = hedging(
        orders=(resting(type="SELL_LIMIT"), resting(ticket=202)),
        coming=((Side.SELL, dec("0.10")), (Side.SELL, dec("0.05"))),
    )
    listed = "SELL_LIMIT 0.1 (201), SELL 0.15 on its way"
    assert listed in judged(OppositePolicy.REFUSE, trades)[1]["OPPOSITE"].text
    verdict, gates = judged(OppositePolicy.CLOSE, trades)
    assert (verdict, gates["OPPOSITE"].limit) == (Verdict.REJECTED, "none on its way")


@pytest.mark.parametrize(
    ("volume", "effect"),
    [
        ("0.30", "netting, BUY 0.2 leaves SELL 0.1 with its own S/L"),
        ("0.20", "netting, BUY 0.2 closes it"),
        ("0.05", "netting, BUY 0.2 closes it and opens BUY 0.15"),
    ],
)
def test_on_a_netting_account_the_net_effect_is_said(volume: str, effect: str) -> None:
    held = position(side=Side.SELL, volume=dec(volume))
    trades = OpenTrades(netting=True, positions=(held,))
    verdict, gates = judged(OppositePolicy.ALLOW, trades)
    assert verdict is Verdict.ACCEPTED
    assert gates["OPPOSITE"].text.endswith(effect)
    assert "NET_STOP" not in gates


def test_a_resting_order_nets_when_it_is_filled() -> None:
    trades = OpenTrades(netting=True, orders=(resting(type="SELL_STOP"),))
    assert judged(OppositePolicy.ALLOW, trades)[1]["OPPOSITE"].text.endswith("once that is filled")


@pytest.mark.parametrize(
    ("sl", "verdict"),
    [("1.09700", "accepted"), ("1.09600", "accepted"), (None, "accepted"), ("1.09701", "rejected")],
)
def test_an_order_never_moves_the_stop_of_a_net_position_away(sl: str | None, verdict: str) -> None:
    held = position(volume=dec("0.30"), sl=None if sl is None else Decimal(sl))
    found, gates = judged(OppositePolicy.ALLOW, OpenTrades(netting=True, positions=(held,)))
    assert found == verdict
    assert "BUY 0.5 with S/L 1.097" in gates["NET_STOP"].text
    assert gates["NET_STOP"].refuses == (verdict == "rejected")


def test_without_levels_there_is_nothing_to_say() -> None:
    bare = replace(ACCEPTED, levels=None)
    assert with_open_trades(bare, hedging(positions=(SELL,)), OppositePolicy.REFUSE) is bare
    assert ACCEPTED.levels is not None
    open_sl = replace(ACCEPTED, levels=replace(ACCEPTED.levels, sl=None))
    trades = OpenTrades(netting=True, positions=(position(),))
    assert "NET_STOP" not in judged(OppositePolicy.ALLOW, trades, open_sl)[1]
