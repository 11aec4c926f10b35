"""How a rule's result is said: limit, actual value, unit, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.values import plain


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule's stable code and its caption; hard = the user cannot fire over it. One of each."""

    code: str
    name: str
    unit: str = ""
    hard: bool = True


def at_most(
    rule: Rule,
    actual: Decimal,
    limit: Decimal,
    advice: str,
    show: Callable[[Decimal], str] = plain,
) -> Gate:
    """Passes up to the limit; near from 80 % of it."""
    if actual > limit:
        state = GateState.REFUSED
    else:
        near = actual > 0 and actual * 10 >= limit * 8
        state = GateState.NEAR if near else GateState.PASSED
    return _numeric(rule, state, "max", show(actual), show(limit), advice)


def at_least(
    rule: Rule,
    actual: Decimal,
    limit: Decimal,
    advice: str,
    show: Callable[[Decimal], str] = plain,
    near: Decimal | None = None,
) -> Gate:
    """Passes from the limit on; near up to `near`, or below 110 % of the limit."""
    if actual < limit:
        state = GateState.REFUSED
    else:
        close = actual * 10 < limit * 11 if near is None else actual <= near
        state = GateState.NEAR if close else GateState.PASSED
    return _numeric(rule, state, "min", show(actual), show(limit), advice)


@lru_cache(512)
def passed(rule: Rule, actual: str, limit: str = "") -> Gate:
    text = f"{rule.name}: {actual}"
    return Gate(rule.code, GateState.PASSED, limit, actual, text, rule.hard, rule.name)


def refused(rule: Rule, actual: str, limit: str, text: str, code: str = "") -> Gate:
    """code: a more exact one than the rule's own."""
    return Gate(
        code or rule.code, GateState.REFUSED, limit, actual, text, rule.hard, rule.name, rule.unit
    )


def unknown(rule: Rule, text: str, code: str = "") -> Gate:
    return Gate(code or rule.code, GateState.UNKNOWN, "", "not known", text, True, rule.name)


@lru_cache(512)
def off(rule: Rule, text: str, actual: str = "") -> Gate:
    return Gate(rule.code, GateState.OFF, "", actual, text, rule.hard, rule.name, rule.unit)


def _numeric(
    rule: Rule, state: GateState, bound: str, actual: str, limit: str, advice: str
) -> Gate:
    unit = f" {rule.unit}" if rule.unit else ""
    text = f"{rule.name}: {actual}{unit}, {bound} {limit}{unit}"
    if state is GateState.REFUSED:
        text += f": {advice}"
    return Gate(rule.code, state, limit, actual, text, rule.hard, rule.name, rule.unit, bound)
