"""Limits as firms write them: worked examples with their public numbers, as a table."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from signalos_desktop.domain.risk.account_limits import (
    LIMIT_BOUNDS,
    LIMIT_KEYS,
    LimitRules,
    Measure,
    Preset,
    contradictions,
    limits_of,
)
from signalos_desktop.domain.risk.floors import (
    Anchor,
    Floor,
    Transfers,
    day_result,
    floor_of,
    next_day_floor,
    tightest,
)
from signalos_desktop.domain.risk.periods import Period
from tests.unit.domain.samples import dec

START = datetime(2026, 3, 3, 23, tzinfo=UTC)
FTMO, ONE_STEP = Preset.FTMO_2_STEP, Preset.FTMO_1_STEP
THE5ERS, ALPHA = Preset.THE5ERS_HIGH_STAKES, Preset.ALPHA_CAPITAL


def anchor(balance: str, equity: str = "", highest: str = "", peak: str = "") -> Anchor:
    money = (dec(text or balance) for text in (balance, equity, highest, peak))
    return Anchor("day", START, *money)


def floors(rules: LimitRules, from_: Anchor, moved: str = "0") -> list[Floor]:
    shift = Transfers(dec(moved), dec(moved))
    return [floor_of(limit, from_, shift, rules, 2) for limit in limits_of(rules)]


@pytest.mark.parametrize(
    ("preset", "initial", "balance", "equity", "highest", "daily", "total"),
    [
        # FTMO's page: midnight balance less 5 % of the initial one; day 1: the initial one.
        (FTMO, "100000", "100000", "", "", "95000", "90000"),
        (FTMO, "100000", "102000", "", "", "97000", "90000"),
        (FTMO, "200000", "204000", "191000", "", "194000", "180000"),
        (FTMO, "100000", "96000", "", "", "91000", "90000"),
        # 1-step, its page's three days: 100 000, then 104 000, then 103 000.
        (ONE_STEP, "100000", "100000", "", "100000", "97000", "90000"),
        (ONE_STEP, "100000", "104000", "", "104000", "101000", "94000"),
        (ONE_STEP, "100000", "103000", "", "104000", "100000", "94000"),
        (ONE_STEP, "100000", "95000", "", "95000", "92000", "90000"),
        # The higher one of equity and balance at 00:00 UTC+3.
        (THE5ERS, "100000", "100000", "102000", "", "96900", "90000"),
        (THE5ERS, "100000", "101000", "98000", "", "95950", "90000"),
        (ALPHA, "100000", "104000", "99000", "", "98800", None),
    ],
)
def test_the_floors_of_the_presets(
    preset: Preset,
    initial: str,
    balance: str,
    equity: str,
    highest: str,
    daily: str,
    total: str | None,
) -> None:
    rules = LimitRules(preset=preset, initial=dec(initial))
    found = floors(rules, anchor(balance, equity, highest))
    assert [f.floor for f in found] == [dec(text) for text in (daily, total) if text]
    assert found[0].code == "DAILY_LOSS"
    assert [f.code for f in found[1:]] == ["DRAWDOWN"] * (len(found) - 1)
    # The app acts 0.3 % of the initial balance earlier.
    assert {f.act - f.floor for f in found} == {dec(initial) * 3 / 1000}


@pytest.mark.parametrize(
    ("measure", "period", "floor", "left"),
    [
        (Measure.BALANCE_MINUS_EQUITY, Period.WEEK, "9500", "-330"),
        (Measure.EQUITY_DIFFERENCE, Period.MONTH, "9690", "-520"),
        (Measure.BALANCE_DIFFERENCE, Period.LIFETIME, "9500", "270"),
    ],
)
def test_a_limit_of_ones_own(measure: Measure, period: Period, floor: str, left: str) -> None:
    """5 % from 10 000 balance and 10 200 equity; now 9 800 balance and 9 200 equity."""
    rules = LimitRules(percent=dec("5"), measure=measure, period=period)
    [found] = floors(rules, anchor("10000", "10200"))
    assert (found.floor, found.code) == (dec(floor), "DRAWDOWN")
    assert found.left(dec("9800"), dec("9200")) == dec(left)
    assert found.limit.sticky is (period is not Period.LIFETIME)


@pytest.mark.parametrize("measure", list(Measure))
def test_a_limit_for_life_is_static_where_the_beginning_is_known(measure: Measure) -> None:
    """First seen at 95 000 of 100 000: 10 % are 10 000 of what it began with, not of the rest."""
    rules = LimitRules(percent=dec("10"), measure=measure, initial=dec("100000"))
    [found] = floors(rules, anchor("95000"), moved="-2000")
    assert (found.floor, found.limit.sticky) == (dec("90000"), False)
    by_day = replace(rules, period=Period.DAY, measure=Measure.BALANCE_MINUS_EQUITY)
    assert floors(by_day, anchor("95000"))[0].floor == dec("85500")


@pytest.mark.parametrize(
    ("peak", "lock", "floor"),
    [("10000", True, "9000"), ("10500", True, "9450"), ("12000", True, "10000"),
     ("12000", False, "10800")],
)  # fmt: skip
def test_a_trailing_drawdown_follows_the_peak_and_may_lock(
    peak: str, lock: bool, floor: str
) -> None:
    rules = LimitRules(initial=dec("10000"), trailing_percent=dec("10"), trailing_lock=lock)
    assert floors(rules, anchor("10000", peak=peak))[0].floor == dec(floor)
    known = replace(rules, highest=dec("11000"), trailing_lock=False)
    assert floors(known, anchor("10000"))[0].floor == dec("9900")


@pytest.mark.parametrize(("moved", "floor"), [("5000", "100000"), ("-4000", "91000")])
def test_deposits_and_withdrawals_move_the_floor_but_not_a_firms_initial_balance(
    moved: str, floor: str
) -> None:
    rules = LimitRules(preset=FTMO, initial=dec("100000"))
    daily, total = floors(rules, anchor("100000"), moved)
    assert (daily.floor, total.floor) == (dec(floor), dec("90000"))


def test_a_limit_of_the_day_is_near_from_80_percent_on() -> None:
    [found] = floors(LimitRules(daily_percent=dec("5")), anchor("10000"))
    money = (dec("10000"), dec("9600"))
    assert found.used(*money) == dec("400")
    assert found.near(*money)
    assert not found.near(dec("10000"), dec("9600.01"))
    assert (found.amount, found.left(*money)) == (dec("470"), dec("70"))
    assert found.used(dec("10000"), dec("10500")) == 0


def test_floors_are_rounded_up() -> None:
    [found] = floors(LimitRules(daily_percent=dec("3.33")), anchor("10000.01"))
    assert found.floor == dec("9667.01")
    assert found.act == dec("9697.02")


def test_what_is_not_known_for_sure_is_said_where_it_matters() -> None:
    doubtful = replace(anchor("100000"), equity_exact=False, source="estimated")
    rules = LimitRules(preset=THE5ERS, initial=dec("100000"))
    daily, total = floors(rules, doubtful)
    assert (daily.exact, total.exact, daily.source) == (False, True, "estimated")
    assert floors(LimitRules(preset=ALPHA, initial=dec("1")), doubtful)[0].exact


def test_midnight_with_an_open_loss() -> None:
    """FTMO: 4 000 won and 13 000 open are allowed before midnight on 200 000, and not after."""
    rules = LimitRules(preset=FTMO, initial=dec("200000"))
    now = anchor("200000")
    [daily, _] = floors(rules, now)
    balance, equity = dec("204000"), dec("191000")
    assert daily.left(balance, equity) == dec("400")
    coming = next_day_floor(daily.limit, now, balance, equity, rules, 2)
    assert coming.floor == dec("194000")
    assert coming.left(balance, equity) < 0


def test_the_result_of_the_day() -> None:
    moved = Transfers(dec("500"), dec("500"))
    assert day_result(dec("10300"), anchor("10000"), moved, 2) == dec("-200")


def test_the_tightest_floor() -> None:
    found = tuple(floors(LimitRules(preset=FTMO, initial=dec("100000")), anchor("100000")))
    assert tightest(found) == found[0]
    assert tightest(found, "DRAWDOWN") == found[1]
    assert tightest((), "DRAWDOWN") is None


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (LimitRules(preset=FTMO), "limits.initial = 0"),
        (LimitRules(daily_percent=dec("0.3")), "risk.loss_buffer_percent = 0.3"),
        (LimitRules(trailing_percent=dec("5"), trailing_lock=True), "limits.trailing_lock"),
    ],
)
def test_what_cannot_be_meant_together(rules: LimitRules, words: str) -> None:
    [found] = contradictions(rules)
    assert words in found
    assert contradictions(LimitRules()) == ()


def test_every_rule_has_a_key_and_its_default_is_in_range() -> None:
    assert set(LIMIT_BOUNDS) | set(LIMIT_KEYS) == {field.name for field in fields(LimitRules)}
    for name, bound in LIMIT_BOUNDS.items():
        assert bound.minimum <= Decimal(getattr(LimitRules(), name)) <= bound.maximum


def test_the_schedule_is_the_period_and_the_zone() -> None:
    daily, total = limits_of(LimitRules(preset=ONE_STEP, initial=dec("1")))
    assert daily.schedule == total.schedule == "day Europe/Prague"
    assert not total.sticky
    own = limits_of(LimitRules(daily_percent=dec("5")))[0]
    assert own.schedule == "day server"
