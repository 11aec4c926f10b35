"""Age, duplicates and confidence: passed, near, refused, unknown."""

from datetime import timedelta
from typing import Any

import pytest

from signalos_desktop.domain.risk.decision import GateState
from signalos_desktop.domain.risk.signal_gates import (
    age_gate,
    confidence_gate,
    duplicate_gate,
    expiry_gate,
)
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.values import Side
from tests.unit.domain.risk.cases import (
    NEAR,
    OFF,
    PASSED,
    REFUSED,
    UNKNOWN,
    accepted,
    candidate,
    case,
    context,
    nothing_known,
    state,
)
from tests.unit.domain.samples import NOW, dec, order


@pytest.mark.parametrize(("seconds", "result"), [(1, PASSED), (0, REFUSED), (-3, REFUSED)])
def test_expiry(seconds: int, result: GateState) -> None:
    expires = NOW + timedelta(seconds=seconds)
    assert state(expiry_gate, case(candidate(expires=expires))) == ("EXPIRED", result)


@pytest.mark.parametrize(
    ("age", "result"),
    [(10, PASSED), (48, NEAR), (60, NEAR), (60.01, REFUSED), (-5, PASSED), (-6, UNKNOWN)],
)
def test_age(age: float, result: GateState) -> None:
    received = NOW - timedelta(seconds=age)
    assert state(age_gate, case(candidate(received=received))) == ("TOO_OLD", result)


def test_the_age_says_its_numbers() -> None:
    gate = age_gate(case(candidate(received=NOW - timedelta(seconds=74))))
    assert (gate.actual, gate.limit, gate.unit, gate.bound) == ("74", "60", "s", "max")
    assert gate.text == "Signal age: 74 s, max 60 s: too old: wait for the next signal"


def test_a_resting_order_does_not_age() -> None:
    old = candidate(
        order(entry="1.09900", type_=OrderType.LIMIT), received=NOW - timedelta(hours=2)
    )
    assert state(age_gate, case(old)) == ("TOO_OLD", OFF)


@pytest.mark.parametrize(
    ("entry", "result"),
    [
        ({}, PASSED),
        ({"message_id": "m9"}, REFUSED),
        ({"message_id": "m9", "provider": "other"}, PASSED),
        ({"signal": "s9", "message_id": "m9"}, REFUSED),
        ({"signal": "s9", "message_id": "m9", "index": 1, "entry": "1.1"}, PASSED),
        ({"entry": "1.10030"}, REFUSED),
        ({"entry": "1.09970"}, REFUSED),
        ({"entry": "1.10031"}, PASSED),
        ({"entry": "1.10000", "provider": "other"}, PASSED),
        ({"entry": "1.10000", "symbol": "GBPUSD"}, PASSED),
        ({"entry": "1.10000", "side": Side.SELL}, PASSED),
        ({"entry": "1.10000", "at": NOW - timedelta(minutes=9, seconds=59)}, REFUSED),
        ({"entry": "1.10000", "at": NOW - timedelta(minutes=10)}, PASSED),
    ],
)
def test_duplicates(entry: dict[str, Any], result: GateState) -> None:
    """d is 30 pips: 3 pips around the entry count as the same trade."""
    changes = {**entry, "entry": dec(entry.get("entry", "1.2"))}
    found = case(context_=context(accepted=(accepted(**changes),)))
    assert state(duplicate_gate, found) == ("DUPLICATE", result)


def test_a_window_of_no_minutes_switches_the_rule_for_similar_trades_off() -> None:
    just_now = context(accepted=(accepted(entry=dec("1.1"), at=NOW),))
    found = case(context_=just_now, duplicate_window_min=0)
    assert state(duplicate_gate, found) == ("DUPLICATE", PASSED)


def test_a_message_without_an_id_is_no_duplicate_of_another_one() -> None:
    found = case(candidate(message_id=None), context(accepted=(accepted(message_id=None),)))
    assert state(duplicate_gate, found) == ("DUPLICATE", PASSED)


def test_without_a_stop_the_same_trade_counts_at_any_price() -> None:
    found = case(candidate(order(sl=None)), context(accepted=(accepted(),)))
    assert state(duplicate_gate, found) == ("DUPLICATE", REFUSED)
    assert state(duplicate_gate, nothing_known()) == ("DUPLICATE", PASSED)


@pytest.mark.parametrize(
    ("stated", "required", "result"),
    [
        ("90", False, PASSED),
        ("80", False, NEAR),
        ("75", False, NEAR),
        ("74.9", False, REFUSED),
        (None, False, OFF),
        (None, True, REFUSED),
        ("90", True, PASSED),
    ],
)
def test_confidence(stated: str | None, required: bool, result: GateState) -> None:
    sure = candidate(confidence=None if stated is None else dec(stated))
    found = case(sure, require_confidence=required)
    assert state(confidence_gate, found) == ("LOW_CONFIDENCE", result)
    assert not confidence_gate(found).hard
