"""Rules about the signal itself: its age, whether it was taken before, how sure it is."""

from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.risk.case import Case
from signalos_desktop.domain.risk.context import AcceptedEntry
from signalos_desktop.domain.risk.decision import Gate
from signalos_desktop.domain.risk.limits import (
    Rule,
    at_least,
    at_most,
    off,
    passed,
    refused,
    unknown,
)
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.values import iso_ms, plain

EXPIRY = Rule("EXPIRED", "Expiry")
AGE = Rule("TOO_OLD", "Signal age", "s")
DUPLICATE = Rule("DUPLICATE", "Not taken before")
CONFIDENCE = Rule("LOW_CONFIDENCE", "Confidence", hard=False)

CLOCK_TOLERANCE = timedelta(seconds=5)
NEAR_ENTRY = Decimal("0.1")


def expiry_gate(case: Case) -> Gate:
    now, expires = case.context.now, case.candidate.expires
    if now < expires:
        return passed(EXPIRY, f"in {_seconds(expires - now)} s", iso_ms(expires))
    text = f"expired {_seconds(now - expires)} s ago at {iso_ms(expires)}: wait for the next signal"
    return refused(EXPIRY, iso_ms(now), iso_ms(expires), text)


def age_gate(case: Case) -> Gate:
    """A resting order has its own expiry; its age does not matter."""
    age = case.context.now - case.candidate.received
    if age < -CLOCK_TOLERANCE:
        return unknown(AGE, f"Signal age: received {_seconds(-age)} s from now: check the clock")
    if case.levels is not None and case.levels.order_type is not OrderType.MARKET:
        return off(AGE, "Signal age: a resting order has its own expiry", _seconds(age))
    seconds = max(Decimal(_seconds(age)), Decimal(0))
    return at_most(AGE, seconds, Decimal(case.rules.max_age_s), "too old: wait for the next signal")


def duplicate_gate(case: Case) -> Gate:
    """The same message, in any edit; or the same trade of the same provider a little before."""
    since = case.context.now - timedelta(minutes=case.rules.duplicate_window_min)
    signal, message = case.candidate.signal, case.candidate.message_id
    for entry in case.context.accepted:
        other = message is None or entry.message_id != message
        if other and entry.at <= since and entry.signal != signal:
            continue
        if _same_message(case, entry):
            text = f"this message was already taken as {entry.signal} at {iso_ms(entry.at)}"
            return refused(DUPLICATE, entry.signal, "", f"{text}: an edit opens no second trade")
        if entry.at > since and _same_trade(case, entry):
            text = (
                f"{entry.provider} {entry.side} {entry.symbol} at {plain(entry.entry)} was taken "
                f"as {entry.signal} at {iso_ms(entry.at)}: it counts as the same trade for "
                f"{case.rules.duplicate_window_min} min"
            )
            return refused(DUPLICATE, entry.signal, "", text)
    return passed(DUPLICATE, "new")


def confidence_gate(case: Case) -> Gate:
    stated = case.candidate.confidence
    if stated is not None:
        advice = "skip it, or fire it with a reason"
        return at_least(CONFIDENCE, stated, case.rules.min_confidence, advice)
    if case.rules.require_confidence:
        text = (
            f"Confidence: none stated, min {plain(case.rules.min_confidence)} is required: skip it"
        )
        return refused(CONFIDENCE, "none", plain(case.rules.min_confidence), text)
    return off(CONFIDENCE, "Confidence: none stated and none required", "none")


def _same_message(case: Case, entry: AcceptedEntry) -> bool:
    candidate = case.candidate
    if entry.signal == candidate.signal:
        return entry.index == candidate.index
    return (
        candidate.message_id is not None
        and entry.provider == candidate.provider
        and entry.message_id == candidate.message_id
    )


def _same_trade(case: Case, entry: AcceptedEntry) -> bool:
    """Other orders of the same message are no duplicates: it may ask for several."""
    candidate, levels = case.candidate, case.levels
    if levels is None or case.spec is None or entry.signal == candidate.signal:
        return False
    here = (candidate.provider, case.spec.name, levels.side)
    if (entry.provider, entry.symbol, entry.side) != here:
        return False
    distance = levels.asked_distance
    return distance is None or abs(levels.anchor - entry.entry) <= NEAR_ENTRY * distance


def _seconds(span: timedelta) -> str:
    """Seconds with one decimal, rounded up."""
    tenths = -(-span // timedelta(milliseconds=100))
    return plain(Decimal(tenths).scaleb(-1))
