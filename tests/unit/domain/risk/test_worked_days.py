"""Whole days of an account, deal by deal, against the floors a firm's page would show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.risk.account_limits import (
    AccountLimit,
    LimitRules,
    Preset,
    limits_of,
)
from signalos_desktop.domain.risk.anchors import (
    Course,
    Sighting,
    anchor_at,
    first_anchor,
    raised_peak,
    transfers_since,
)
from signalos_desktop.domain.risk.floors import Anchor, floor_of
from signalos_desktop.domain.risk.periods import midnights, period_start
from tests.unit.domain.samples import deal, dec

FTMO, ONE_STEP = Preset.FTMO_2_STEP, Preset.FTMO_1_STEP
THE5ERS, ALPHA = Preset.THE5ERS_HIGH_STAKES, Preset.ALPHA_CAPITAL
WON, LOST, PAID_IN, PAID_OUT = "won", "lost", "paid in", "paid out"
FIRST = dec("100000")

Move = tuple[str, str, str]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def deals_of(moves: Sequence[Move]) -> list[Deal]:
    """Each as (UTC without the year, what, amount); nothing was open before it."""
    found = []
    for number, (when, what, amount) in enumerate(moves, 1):
        sign = 1 if what in (WON, PAID_IN) else -1
        kind = "BALANCE" if what in (PAID_IN, PAID_OUT) else "BUY"
        made = deal(number, kind, DealEntry.IN, "1", profit=sign * dec(amount), position_id=number)
        nothing = dec("0")
        made = replace(made, time=at(when), commission=nothing, swap=nothing, fee=nothing)
        found.append(made)
    return found


def course(deals: list[Deal], now: datetime, last: Sighting | None, equity: str = "") -> Course:
    """What the app knows of the account at this moment."""
    told = tuple(one for one in deals if one.time <= now)
    balance = FIRST + sum((one.profit for one in told), Decimal(0))
    money = dec(equity) if equity else balance
    return Course(now, balance, money, told, (), last, complete=True, known_since=at("01-01"))


def anchor_of(limit: AccountLimit, deals: list[Deal], now: datetime, *, away: bool) -> Anchor:
    """Of the day; away: the app saw the first day and this one, else every midnight between."""
    zone = ZoneInfo(limit.zone)
    first = period_start(deals[0].time, limit.period, zone)
    today = period_start(now, limit.period, zone)
    assert first is not None
    assert today is not None
    found = anchor_at(limit.schedule, first, zone, course(deals, first, None), None)
    for midnight in [today] if away else midnights(first, today, zone):
        seen = Sighting(first, FIRST, FIRST, 0)
        looked = now if away else midnight
        found = anchor_at(limit.schedule, midnight, zone, course(deals, looked, seen), found)
    return found


@pytest.mark.parametrize("away", [False, True], ids=["watched", "away"])
@pytest.mark.parametrize(
    ("preset", "moves", "now", "daily", "total"),
    [
        # Day 1: from the initial balance; day 2: from what day 1 ended with.
        (FTMO, [("01-14T12:00", WON, "2000")], "01-14T13:00", "95000", "90000"),
        (FTMO, [("01-14T12:00", WON, "2000")], "01-15T12:00", "97000", "90000"),
        # 22:30 UTC is 23:30 in Prague's winter and 00:30 of the next day in its summer.
        (FTMO, [("03-27T22:30", LOST, "1000")], "03-28T10:00", "94000", "90000"),
        (FTMO, [("03-28T22:30", LOST, "1000")], "03-29T10:00", "94000", "90000"),
        (FTMO, [("03-29T22:30", LOST, "1000")], "03-30T10:00", "95000", "90000"),
        (FTMO, [("10-24T22:30", LOST, "1000")], "10-25T10:00", "95000", "90000"),
        (FTMO, [("10-25T22:30", LOST, "1000")], "10-26T10:00", "94000", "90000"),
        # The day of 23 hours and the one of 25 end at their own midnights.
        (FTMO, [("03-29T12:00", LOST, "1000")], "03-29T21:59", "95000", "90000"),
        (FTMO, [("03-29T12:00", LOST, "1000")], "03-29T22:00", "94000", "90000"),
        (FTMO, [("10-25T12:00", LOST, "1000")], "10-25T22:59", "95000", "90000"),
        (FTMO, [("10-25T12:00", LOST, "1000")], "10-25T23:00", "94000", "90000"),
        # Money paid in and out in the middle of the day is neither profit nor loss.
        (FTMO, [("05-06T10:00", PAID_IN, "5000")], "05-06T12:00", "100000", "90000"),
        (FTMO, [("05-06T10:00", PAID_IN, "5000")], "05-07T12:00", "100000", "90000"),
        (FTMO, [("05-06T10:00", WON, "6000"), ("05-07T10:00", PAID_OUT, "4000")],
         "05-07T12:00", "97000", "90000"),
        # 1-step: the highest end of a day trails, the day itself is 3 %.
        (ONE_STEP, [("05-06T10:00", WON, "4000"), ("05-07T10:00", LOST, "1000")],
         "05-07T12:00", "101000", "94000"),
        (ONE_STEP, [("05-06T10:00", WON, "4000"), ("05-07T10:00", LOST, "1000")],
         "05-08T12:00", "100000", "94000"),
        # What was won and lost within a day never was the end of one.
        (ONE_STEP, [("05-06T08:00", WON, "9000"), ("05-06T09:00", LOST, "9000")],
         "05-07T12:00", "97000", "90000"),
        # A payout takes the highest balance with it, and never below the initial one.
        (ONE_STEP, [("05-06T10:00", WON, "4000"), ("05-07T10:00", PAID_OUT, "3000")],
         "05-07T12:00", "98000", "91000"),
        (ONE_STEP, [("05-06T10:00", WON, "4000"), ("05-07T10:00", PAID_OUT, "9000")],
         "05-08T12:00", "92000", "90000"),
        # UTC+3 and UTC+2 all year round: no clock is changed there.
        (THE5ERS, [("01-14T20:59", WON, "2000")], "01-14T21:00", "96900", "90000"),
        (THE5ERS, [("01-14T21:01", WON, "2000")], "01-15T12:00", "95000", "90000"),
        (THE5ERS, [("07-14T20:59", WON, "2000")], "07-14T21:00", "96900", "90000"),
        (THE5ERS, [("07-14T12:00", PAID_IN, "1000")], "07-14T13:00", "95950", "90000"),
        (ALPHA, [("03-29T21:59", WON, "4000")], "03-29T22:00", "98800", None),
        (ALPHA, [("03-29T22:01", WON, "4000")], "03-29T23:00", "95000", None),
        (ALPHA, [("05-06T10:00", WON, "4000"), ("05-07T10:00", PAID_OUT, "1000")],
         "05-07T12:00", "97850", None),
    ],
)  # fmt: skip
def test_the_floors_of_a_day(
    preset: Preset, moves: list[Move], now: str, daily: str, total: str | None, away: bool
) -> None:
    rules, deals = LimitRules(preset=preset, initial=FIRST), deals_of(moves)
    known, found = course(deals, at(now), None), []
    for limit in limits_of(rules):
        anchor = Anchor(limit.schedule, at("01-01"), *(FIRST,) * 4)
        if limit.period.value == "day":
            anchor = anchor_of(limit, deals, at(now), away=away)
        moved = transfers_since(known.deals, anchor.start)
        found.append(floor_of(limit, anchor, moved, rules, 2).floor)
    assert found == [dec(floor) for floor in (daily, total) if floor]


@pytest.mark.parametrize(
    ("steps", "lock", "floor"),
    [
        # 5 % below the highest equity there was, floating profit included.
        ([("05-06T10:00", "104000")], False, "98800"),
        ([("05-06T10:00", "104000"), ("05-06T11:00", "99000")], False, "98800"),
        # Locked where the account began: 106 000 less 5 % would be 100 700.
        ([("05-06T10:00", "106000")], True, "100000"),
        ([("05-06T10:00", "106000")], False, "100700"),
        # 2 000 are paid in at noon: the peak moves with them, and not by itself.
        ([("05-06T10:00", "104000"), ("05-06T13:00", "105000")], False, "100700"),
        ([("05-06T13:00", "102000")], False, "96900"),
    ],
)
def test_a_trailing_drawdown_over_a_day(
    steps: list[tuple[str, str]], lock: bool, floor: str
) -> None:
    rules = LimitRules(initial=FIRST, trailing_percent=dec("5"), trailing_lock=lock)
    [limit] = limits_of(rules)
    deals = deals_of([("05-06T12:00", PAID_IN, "2000")])
    anchor = first_anchor(limit.schedule, course([], at("05-06T09:00"), None))
    now = anchor.start
    for when, equity in steps:
        now = at(when)
        anchor = replace(anchor, peak=raised_peak(anchor, course(deals, now, None, equity)))
    moved = transfers_since(course(deals, now, None).deals, anchor.start)
    assert floor_of(limit, anchor, moved, rules, 2).floor == dec(floor)


def test_the5ers_takes_the_equity_where_it_was_higher_at_midnight() -> None:
    """21:00 UTC: balance 100 000 with 2 000 floating: 5 % of 102 000 may be lost."""
    rules = LimitRules(preset=THE5ERS, initial=FIRST)
    daily = limits_of(rules)[0]
    start = at("05-06T21:00")
    seen = Sighting(at("05-06T20:59:59"), FIRST, dec("102000"), 0)
    known = course([], at("05-06T21:00:01"), seen, "101990")
    anchor = anchor_at(daily.schedule, start, ZoneInfo(daily.zone), known, None)
    assert (anchor.equity, anchor.equity_exact) == (dec("102000"), True)
    moved = transfers_since((), start)
    assert floor_of(daily, anchor, moved, rules, 2).floor == dec("96900")
