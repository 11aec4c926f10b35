"""The whole decision: every rule shown, accepted only if all of them pass."""

from dataclasses import replace

import pytest

from signalos_desktop.domain.risk.context import Reservation, RiskContext
from signalos_desktop.domain.risk.decision import Decision, GateState, Verdict
from signalos_desktop.domain.risk.evaluate import evaluate
from signalos_desktop.domain.risk.gates import GATES
from signalos_desktop.domain.risk.rules import RiskMode, RiskRules
from signalos_desktop.domain.symbols import NotFound, Resolved
from signalos_desktop.domain.values import ZERO
from tests.unit.domain.risk.cases import candidate, context
from tests.unit.domain.samples import EURUSD, NOW, account, dec, order, quote

RULES = RiskRules(percent=dec("2"))


def test_a_good_signal_is_accepted_with_all_its_numbers() -> None:
    decision = evaluate(candidate(), context(), RULES)
    assert decision.verdict is Verdict.ACCEPTED
    assert (decision.lots, decision.risk_money, decision.risk_percent) == (
        dec("0.66"),
        dec("199.98"),
        dec("2.00"),
    )
    (leg,) = decision.legs
    assert (leg.lots, leg.max_loss, leg.sl, leg.tp) == (
        dec("0.66"),
        dec("200.00"),
        dec("1.09700"),
        dec("1.10600"),
    )
    assert decision.refusals == ()
    assert len(decision.gates) == len(GATES)
    assert decision.levels is not None


def test_three_targets_are_three_orders_of_one_risk() -> None:
    reading = order(tps=("1.10300", "1.10600", "1.10900"))
    decision = evaluate(candidate(reading), context(), RULES)
    assert [leg.lots for leg in decision.legs] == [dec("0.22")] * 3
    assert sum(leg.max_loss for leg in decision.legs) <= dec("200.00")


def test_a_soft_rule_is_fired_over_with_a_reason_and_says_so() -> None:
    unsure = candidate(confidence=dec("10"))
    refused = evaluate(unsure, context(), RULES)
    assert [(gate.code, gate.hard) for gate in refused.refusals] == [("LOW_CONFIDENCE", False)]

    over = evaluate(replace(unsure, override="I know him"), context(), RULES)
    assert (over.verdict, over.refusals, len(over.legs)) == (Verdict.ACCEPTED, (), 1)
    (gate,) = [gate for gate in over.gates if gate.state is GateState.OVERRIDDEN]
    assert gate.code == "LOW_CONFIDENCE"
    assert gate.text.endswith("; fired over: I know him")


def test_no_reason_opens_a_hard_rule_or_one_that_is_not_known() -> None:
    for reading, at in ((order(sl=None), context()), (order(), context(quotes={}))):
        bad = candidate(reading, override="I know him")
        decision = evaluate(bad, at, RULES)
        assert decision.verdict is Verdict.REJECTED
        assert decision.legs == ()
        assert GateState.OVERRIDDEN not in {gate.state for gate in decision.gates}


def test_all_reasons_are_shown_in_the_order_of_the_rules() -> None:
    bad = candidate(order(sl=None), confidence=dec("10"), expires=NOW)
    decision = evaluate(bad, context(data_age_s=dec("60")), RULES)
    assert decision.verdict is Verdict.REJECTED
    assert decision.legs == ()
    assert [gate.code for gate in decision.refusals] == [
        "SNAPSHOT_STALE",
        "EXPIRED",
        "LOW_CONFIDENCE",
        "SL_REQUIRED",
        "SL_REQUIRED",
    ]


def test_a_rejected_signal_shows_its_volume_but_has_no_orders() -> None:
    decision = evaluate(candidate(confidence=dec("10")), context(), RULES)
    assert (decision.verdict, decision.lots) == (Verdict.REJECTED, dec("0.66"))
    assert (decision.risk_money, decision.legs) == (dec("199.98"), ())


@pytest.mark.parametrize("symbol", [NotFound("XAUUSD"), Resolved("XAUUSD")])
def test_what_cannot_be_computed_is_refused(symbol: NotFound | Resolved) -> None:
    decision = evaluate(candidate(symbol=symbol), context(), RULES)
    assert decision.verdict is Verdict.REJECTED
    assert (decision.lots, decision.risk_money, decision.levels) == (ZERO, ZERO, None)


def test_nothing_known_refuses_everything_that_needs_it() -> None:
    blank = RiskContext(now=NOW, day_start=NOW)
    decision = evaluate(candidate(), blank, RULES)
    assert decision.verdict is Verdict.REJECTED
    unknown = [gate for gate in decision.gates if gate.state is GateState.UNKNOWN]
    assert len(unknown) == 19


def test_without_money_there_is_no_percentage() -> None:
    broke = context(account=account(equity=dec("-5")))
    rules = replace(RULES, mode=RiskMode.FIXED)
    decision = evaluate(candidate(), broke, rules)
    assert (decision.verdict, decision.risk_percent) == (Verdict.REJECTED, ZERO)
    assert decision.risk_money == dec("3.03")


def test_what_was_rounded_converted_or_assumed_is_noted() -> None:
    unknown_costs = {"EURUSD": replace(EURUSD, commission=None)}
    reading = order(sl="1.096999")
    decision = evaluate(candidate(reading), context(specs=unknown_costs), RULES)
    assert decision.notes == (
        "S/L 1.096999 -> 1.09700 (tick size)",
        "commission not known: 0 USD a lot and side assumed",
    )


def reserve(decision: Decision, taken: int) -> Reservation:
    (leg,) = decision.legs
    return Reservation(taken, leg.symbol, leg.side, leg.lots, leg.max_loss, "vip", f"s{taken}")


def test_a_burst_stays_within_the_caps_although_no_snapshot_has_changed() -> None:
    """Each is reserved before the next is evaluated: 2 % each, three fit into 6 %."""
    known, taken = context(), 0
    for at in range(10):
        signal = candidate(signal=f"b{at}", message_id=f"b{at}")
        decision = evaluate(signal, known, RULES)
        if decision.verdict is Verdict.ACCEPTED:
            taken += 1
            known = replace(known, reserved=(*known.reserved, reserve(decision, taken)))
    assert taken == 3


def test_at_fire_the_live_price_decides_again() -> None:
    reading = order(entry="1.10000")
    assert evaluate(candidate(reading), context(), RULES).verdict is Verdict.ACCEPTED
    gone = context(quotes={"EURUSD": quote("EURUSD", "1.09690", "1.09692")})
    decision = evaluate(candidate(reading), gone, RULES)
    assert [gate.code for gate in decision.refusals][:1] == ["LATE_SIGNAL"]
    assert decision.verdict is Verdict.REJECTED
