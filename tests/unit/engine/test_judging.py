"""What the rules say where an Expert Advisor shows no prices or cannot do what is asked."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.levels import ZonePick
from signalos_desktop.domain.risk.context import Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.symbols import NotFound, Resolved
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.judging import fit, judge, with_price
from signalos_desktop.engine.ports import ALL_MEANS
from tests.helpers.rig import EURUSD, NOON, account_state, position, quote
from tests.helpers.stock_rig import STOCK_MEANS
from tests.unit.engine.test_gate import CLOSE, MODIFY, OPEN

CONTEXT = RiskContext(
    now=NOON,
    day_start=NOON,
    account=account_state(),
    data_age_s=Decimal(0),
    specs={"EURUSD": EURUSD},
    positions=(),
    orders=(),
    server_utc_offset_s=0,
)


def candidate(low: str = "1.08000", high: str = "1.08000", **order: Any) -> Candidate:
    reading = OrderReading(
        symbol="EURUSD",
        side=Side.BUY,
        order_type=OrderType.UNSPECIFIED,
        entry=Zone(Decimal(low), Decimal(high)),
        sl=Decimal("1.07500"),
        tps=(Decimal("1.09000"),),
    )
    return Candidate(
        signal="S1",
        provider="paste",
        message_id=None,
        received=NOON,
        expires=NOON + timedelta(seconds=60),
        order=replace(reading, **order),
        symbol=Resolved("EURUSD"),
    )


@pytest.mark.parametrize(
    ("side", "sl", "tp", "price"),
    [(Side.BUY, "1.07500", "1.09000", "1.08100"), (Side.SELL, "1.08700", "1.07000", "1.08000")],
)
def test_a_zone_is_judged_at_its_worse_end(side: Side, sl: str, tp: str, price: str) -> None:
    asked = candidate("1.08000", "1.08100", side=side, sl=Decimal(sl), tps=(Decimal(tp),))
    decision = judge(asked, CONTEXT, RiskRules(), STOCK_MEANS)
    assert decision.verdict is Verdict.ACCEPTED
    assert [leg.price for leg in decision.legs] == [Decimal(price)]


def test_a_zone_that_would_need_a_resting_order_is_refused() -> None:
    rules = RiskRules(entry_zone=ZonePick.LAST)
    decision = judge(candidate("1.07800", "1.08100"), CONTEXT, rules, STOCK_MEANS)
    assert (decision.verdict, decision.legs) == (Verdict.REJECTED, ())
    assert [gate.code for gate in decision.refusals] == ["NOT_WITH_PROTOCOL_1"]
    assert "BUY_LIMIT" in decision.refusals[0].text


def test_where_everything_is_possible_the_rules_alone_decide() -> None:
    context = replace(CONTEXT, quotes={"EURUSD": quote(NOON, "1.08500", "1.08502")})
    decision = judge(candidate(), context, RiskRules(), ALL_MEANS)
    assert [leg.action for leg in decision.legs] == [CommandAction.BUY_LIMIT]
    assert not any("no live price" in note for note in decision.notes)


def test_a_price_is_put_only_to_a_symbol_that_is_known() -> None:
    unknown = replace(candidate(), symbol=NotFound("EURUSD"))
    assert with_price(CONTEXT, unknown, Decimal(1)) is CONTEXT
    assert with_price(CONTEXT, candidate(), None) is CONTEXT
    nobody = replace(CONTEXT, account=None)
    assert with_price(nobody, candidate(), Decimal(1)) is nobody


def test_a_command_is_fitted_or_refused() -> None:
    close = replace(CLOSE, symbol="EURUSD")
    held, other = position(7, NOON), position(8, NOON)
    fitted = fit(close, STOCK_MEANS, [held], 0)
    assert fitted == replace(
        close, action=CommandAction.CLOSE, ticket=None, expires=NOON + timedelta(seconds=30)
    )
    assert fit(close, ALL_MEANS, [held, other], 3) is close
    assert fit(OPEN, STOCK_MEANS, [held], 1) is OPEN
    for command, others, coming, word in (
        (close, [held, other], 0, "8"),
        (close, [held], 1, "1 on their way"),
        (MODIFY, [held], 0, "MODIFY"),
    ):
        refusal = fit(command, STOCK_MEANS, others, coming)
        assert getattr(refusal, "code", "") == "NOT_WITH_PROTOCOL_1"
        assert word in getattr(refusal, "text", "")
