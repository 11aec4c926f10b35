"""Bare alerts, and the messages that give them their levels."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.providers.alerts import (
    completed,
    is_alert,
    lacks_stop,
    with_levels,
)
from signalos_desktop.domain.signal import Action, ActionKind, Kind, OrderReading, Reading, Zone

ALERT = "gold buy now"
FULL = "XAUUSD BUY 2350 - 2347\nSL 2340\nTP1 2355\nTP2 2360"


def merged(alert: str, later: str, reply: bool = False) -> OrderReading | None:
    reading = completed(read(alert), read(later, reply_to=alert if reply else None))
    return reading.orders[0] if reading is not None else None


@pytest.mark.parametrize(
    ("text", "alert", "stop"),
    [
        (ALERT, True, True),
        ("BUY GOLD NOW @ 2350 SL 2340", True, False),
        ("BUY GOLD NOW TP 2370", True, True),
        (FULL, False, False),
        ("buy limit gold 2350", False, False),
        ("good morning", False, False),
        ("close half", False, False),
    ],
)
def test_what_is_an_alert(text: str, alert: bool, stop: bool) -> None:
    assert (is_alert(read(text)), lacks_stop(read(text))) == (alert, stop)


def test_the_levels_that_follow_count_and_the_alert_fills_what_they_leave_out() -> None:
    full = merged(ALERT, FULL)
    assert full is not None
    assert (full.sl, full.entry) == (Decimal(2340), Zone(Decimal(2347), Decimal(2350)))
    stop_only = merged("BUY GOLD NOW @ 2350 TP 2370", "GOLD BUY SL 2340")
    assert stop_only is not None
    assert (stop_only.sl, stop_only.tps) == (Decimal(2340), (Decimal(2370),))
    assert stop_only.entry == Zone(Decimal(2350), Decimal(2350))
    targets_only = merged("BUY GOLD NOW SL 2340", "GOLD BUY TP 2370")
    assert targets_only is not None
    assert (targets_only.sl, targets_only.tps) == (Decimal(2340), (Decimal(2370),))


@pytest.mark.parametrize(
    ("alert", "later"),
    [
        (FULL, FULL),
        (ALERT, "gold sell now sl 2360 tp 2340"),
        (ALERT, "eurusd buy now sl 1.07 tp 1.09"),
        (ALERT, "gold buy again"),
        (ALERT, "buy limit gold 2340 sl 2330 tp 2360"),
        (ALERT, f"{FULL}\n\nEURUSD BUY 1.08 SL 1.07 TP 1.09"),
        (ALERT, "close half"),
        (ALERT, "good morning"),
        (ALERT, "BUY GOLD 2350 SL 2360 TP 2370"),
    ],
)
def test_what_is_something_else(alert: str, later: str) -> None:
    assert merged(alert, later) is None


def test_bare_levels_complete_what_they_answer() -> None:
    order = merged(ALERT, "SL 2340\nTP 2360", reply=True)
    assert order is not None
    assert (order.symbol, order.sl, order.tps) == ("XAUUSD", Decimal(2340), (Decimal(2360),))
    only_target = merged("BUY GOLD NOW SL 2340", "TP 2360", reply=True)
    assert only_target is not None
    assert (only_target.sl, only_target.tps) == (Decimal(2340), (Decimal(2360),))


def update(*actions: Action) -> Reading:
    return Reading(Kind.UPDATE, actions=actions)


def test_levels_that_an_alert_has_already_are_an_update_of_it() -> None:
    stop = update(Action(ActionKind.MODIFY_SL, price=Decimal(2341)))
    assert completed(read("BUY GOLD NOW SL 2340"), stop) is None
    moved = with_levels(read(FULL), stop)
    assert moved is not None
    assert moved.orders[0].sl == Decimal(2341)


@pytest.mark.parametrize(
    "later",
    [
        update(Action(ActionKind.MODIFY_SL, "EURUSD", price=Decimal(1))),
        update(Action(ActionKind.MODIFY_TP, prices=(Decimal(2),), tp_index=2)),
        update(Action(ActionKind.BREAKEVEN)),
        Reading(Kind.NONE),
    ],
)
def test_other_updates_change_no_reading(later: Reading) -> None:
    assert with_levels(read(FULL), later) is None
    assert with_levels(Reading(Kind.NONE), later) is None
