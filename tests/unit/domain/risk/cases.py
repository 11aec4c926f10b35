"""Candidates and contexts of the rules' tests, and one gate of a decision by its rule's code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from signalos_desktop.domain.risk.case import Case, build_case
from signalos_desktop.domain.risk.context import AcceptedEntry, Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import OrderReading
from signalos_desktop.domain.symbols import Resolved
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, NOW, account, dec, order

PASSED, NEAR, REFUSED = GateState.PASSED, GateState.NEAR, GateState.REFUSED
UNKNOWN, OFF = GateState.UNKNOWN, GateState.OFF


def candidate(reading: OrderReading | None = None, **changes: Any) -> Candidate:
    """A buy of EURUSD ten seconds old, with 50 more to live."""
    base = Candidate(
        signal="s9",
        provider="vip",
        message_id="m9",
        received=NOW - timedelta(seconds=10),
        expires=NOW + timedelta(seconds=50),
        order=reading or order(),
        symbol=Resolved("EURUSD"),
        confidence=dec("90"),
    )
    return replace(base, **changes)


def context(**changes: Any) -> RiskContext:
    """An empty account with 10 000 USD on a Wednesday noon, everything known and fresh."""
    base = RiskContext(
        now=NOW,
        day_start=NOW - timedelta(hours=12),
        account=account(),
        data_age_s=dec("0.5"),
        specs={"EURUSD": EURUSD},
        quotes={"EURUSD": EURUSD_QUOTE},
        positions=(),
        orders=(),
        server_utc_offset_s=7200,
    )
    return replace(base, **changes)


def case(
    candidate_: Candidate | None = None,
    context_: RiskContext | None = None,
    **rules: Any,
) -> Case:
    return build_case(candidate_ or candidate(), context_ or context(), RiskRules(**rules))


def nothing_known() -> Case:
    """The first second after the start: no snapshot has come yet."""
    blank = RiskContext(now=NOW, day_start=NOW - timedelta(hours=12))
    return build_case(candidate(), blank, RiskRules())


def accepted(**changes: Any) -> AcceptedEntry:
    base = AcceptedEntry(
        signal="s1",
        provider="vip",
        message_id="m1",
        symbol="EURUSD",
        side=Side.BUY,
        entry=dec("1.20000"),
        at=NOW - timedelta(minutes=5),
    )
    return replace(base, **changes)


def state(gate: Callable[[Case], Gate], of: Case) -> tuple[str, GateState]:
    """Code and state; a gate that refuses always says so in words."""
    found = gate(of)
    assert found.name
    assert found.text
    return found.code, found.state
