"""Hours, edges of the week, news and the pause after losses; every boundary on both sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.risk import time_gates as gates
from signalos_desktop.domain.risk.cooldown import ClosedTrade, closed_trades
from signalos_desktop.domain.risk.decision import GateState
from signalos_desktop.domain.risk.hours import read_windows, week_gaps
from signalos_desktop.domain.risk.rules import (
    CooldownScope,
    NewsImpact,
    NewsMissing,
    RiskRules,
    contradictions,
)
from tests.unit.domain.risk.cases import (
    NEAR,
    OFF,
    PASSED,
    REFUSED,
    UNKNOWN,
    case,
    context,
    nothing_known,
)
from tests.unit.domain.samples import ALL_DAY, EURUSD, NOW, deal, dec

MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "windows", "zone", "state"),
    [
        # NOW is a Wednesday, 12:00 UTC, 13:00 in Prague.
        ("2026-03-04T12:00", "Mon-Fri 08:00-17:00", "", PASSED),
        ("2026-03-04T12:00", "mon-fri 13:00-17:00", "Europe/Prague", PASSED),
        ("2026-03-04T11:59", "Mon-Fri 13:00-17:00", "Europe/Prague", REFUSED),
        ("2026-03-04T16:00", "Mon-Fri 13:00-17:00", "Europe/Prague", REFUSED),
        ("2026-03-04T12:00", "Tue 08:00-17:00; Wed 12:00-12:01", "", PASSED),
        ("2026-03-07T12:00", "Mon-Fri 08:00-17:00", "", REFUSED),
        # Over midnight, and over the week's end.
        ("2026-03-05T01:59", "Wed 22:00-02:00", "", PASSED),
        ("2026-03-05T02:00", "Wed 22:00-02:00", "", REFUSED),
        ("2026-03-04T23:00", "Wed 22:00-02:00", "", PASSED),
        ("2026-03-08T12:00", "Sat-Mon 08:00-24:00", "", PASSED),
        # The same hour of the wall clock on both sides of the change to summer time.
        ("2026-03-27T07:00", "Mon-Sun 08:00-09:00", "Europe/Prague", PASSED),
        ("2026-03-30T06:00", "Mon-Sun 08:00-09:00", "Europe/Prague", PASSED),
        ("2026-03-30T07:00", "Mon-Sun 08:00-09:00", "Europe/Prague", REFUSED),
    ],
)
def test_hours(now: str, windows: str, zone: str, state: GateState) -> None:
    found = case(context_=context(now=at(now)), hours=windows, hours_zone=zone)
    gate = gates.hours_gate(found)
    assert gate.state is state
    assert gates.hours_gate(case()).state is OFF


@pytest.mark.parametrize(
    "text",
    ["Monday 08:00-17:00", "Mon 8-17", "Mon 08:00-08:00", "Mon 25:00-26:00", "Mon 08:60-09:00",
     "Xyz 08:00-09:00", "Mon-Xyz 08:00-09:00", "24:00-25:00", "Mon 24:00-08:00", "NaN"],
)  # fmt: skip
def test_windows_that_mean_nothing_are_named(text: str) -> None:
    [found] = contradictions(RiskRules(hours=text))
    assert found.startswith("hours.windows = ")
    assert "allowed windows such as" in found
    assert contradictions(RiskRules(hours="Mon 08:00-09:00")) == ()
    assert read_windows(" ; ") == ()


@pytest.mark.parametrize(
    ("server", "state", "words"),
    [
        # EURUSD closes on Friday 23:55 and opens on Monday 00:00, server time.
        ("2026-03-06T23:24", PASSED, ""),
        ("2026-03-06T23:25", REFUSED, "30 min"),
        ("2026-03-06T23:54", REFUSED, "1 min"),
        ("2026-03-09T00:00", REFUSED, "15 min"),
        ("2026-03-09T00:14", REFUSED, "1 min"),
        ("2026-03-09T00:15", PASSED, ""),
        ("2026-03-04T12:00", PASSED, ""),
    ],
)
def test_the_edges_of_the_week(server: str, state: GateState, words: str) -> None:
    now = at(server) - timedelta(hours=2)
    five = tuple(ALL_DAY for _ in range(4))
    spec = replace(EURUSD, sessions=((), *five, ((0, 1435),), ()))
    known = context(now=now, server_utc_offset_s=7200, specs={"EURUSD": spec})
    gate = gates.week_edge_gate(case(context_=known))
    assert gate.state is state
    assert words in gate.text


def test_the_edges_of_the_week_may_be_off_or_not_known() -> None:
    assert gates.week_edge_gate(case(week_end_min=0, week_start_min=0)).state is OFF
    assert gates.week_edge_gate(nothing_known()).state is UNKNOWN


def test_what_trades_all_week_or_never_has_no_edge() -> None:
    assert week_gaps((ALL_DAY,) * 7) == ()
    assert week_gaps(((),) * 7) == ()
    daily = (((60, 1380),),) * 7
    assert week_gaps(daily) == ()
    assert week_gaps(((), *daily[:5], ())) == ((5 * 1440 + 1380, 8 * 1440 + 60),)


def event(minutes: float, currency: str = "USD", impact: Impact = Impact.HIGH) -> NewsEvent:
    return NewsEvent(NOW + minutes * MINUTE, currency, impact, "Payrolls")


def news(*events: NewsEvent, hours: float = 1, **rules: Any) -> Any:
    calendar = Calendar(events, NOW - timedelta(hours=hours))
    both = {"news_before_min": 30, "news_after_min": 15}
    return gates.news_gate(case(context_=context(news=calendar), **{**both, **rules}))


@pytest.mark.parametrize(
    ("minutes", "state"),
    [(30.1, PASSED), (30, REFUSED), (0, REFUSED), (-15, REFUSED), (-15.1, PASSED)],
)
def test_news_near_the_entry(minutes: float, state: GateState) -> None:
    assert news(event(minutes)).state is state
    assert news(event(minutes, "EUR")).state is state
    assert news(event(minutes, "JPY")).state is PASSED


def test_only_impacts_that_are_asked_for_count() -> None:
    assert news(event(0, impact=Impact.MEDIUM)).state is PASSED
    assert news(event(0, impact=Impact.MEDIUM), news_impact=NewsImpact.MEDIUM).state is REFUSED
    assert news(event(0, impact=Impact.LOW), news_impact=NewsImpact.LOW).state is REFUSED
    assert news(event(0), news_before_min=0, news_after_min=0).state is OFF


@pytest.mark.parametrize("calendar", [Calendar(), Calendar(problem="no CSV"), None])
def test_a_calendar_that_is_missing_or_old_refuses_or_warns(calendar: Calendar | None) -> None:
    old = calendar or Calendar((), NOW - timedelta(hours=24, seconds=1))
    known = context(news=old)
    denied = gates.news_gate(case(context_=known, news_before_min=5))
    assert (denied.code, denied.state) == ("NEWS_UNKNOWN", UNKNOWN)
    warned = case(context_=known, news_before_min=5, news_missing=NewsMissing.WARN)
    assert gates.news_gate(warned).state is NEAR


def test_an_old_calendar_that_only_warns_still_refuses_what_it_knows() -> None:
    assert news(event(0), hours=48, news_missing=NewsMissing.WARN).state is REFUSED
    assert news(hours=24).state is PASSED


def test_news_needs_the_symbol() -> None:
    blank = nothing_known()
    found = replace(blank, rules=replace(blank.rules, news_after_min=2))
    assert gates.news_gate(found).state is UNKNOWN


def trade(minutes_ago: float, result: str = "-10", **changes: Any) -> ClosedTrade:
    base = ClosedTrade("EURUSD", NOW - minutes_ago * MINUTE, dec(result), by_stop=True)
    return replace(base, **changes)


def cooling(*trades: ClosedTrade, **rules: Any) -> Any:
    return gates.cooldown_gate(case(context_=context(closed=trades), **rules))


def test_losses_in_a_row() -> None:
    rules = {"cooldown_losses": 2, "cooldown_min": 60}
    two = (trade(90), trade(59))
    assert cooling(*two, **rules).state is REFUSED
    assert "2 losses in a row" in cooling(*two, **rules).text
    assert cooling(trade(90), trade(60), **rules).state is PASSED
    assert cooling(trade(90), trade(70, "5"), trade(59), **rules).state is PASSED
    assert cooling(trade(90, symbol="XAUUSD"), trade(59), **rules).state is REFUSED
    own = {**rules, "cooldown_scope": CooldownScope.SYMBOL}
    assert cooling(trade(90, symbol="XAUUSD"), trade(59), **own).state is PASSED


def test_several_stops_in_a_while() -> None:
    rules = {"cooldown_stops": 2, "cooldown_lookback_min": 120, "cooldown_min": 30}
    assert cooling(trade(119), trade(50, "9"), trade(29), **rules).state is REFUSED
    assert cooling(trade(121), trade(29), **rules).state is PASSED
    assert cooling(trade(119, by_stop=False), trade(29), **rules).state is PASSED
    # An S/L in profit is none.
    assert cooling(trade(119, "1"), trade(29), **rules).state is PASSED


def test_a_stop_on_the_symbol() -> None:
    rules = {"cooldown_after_stop_min": 20}
    assert cooling(trade(19), **rules).state is REFUSED
    assert cooling(trade(20), **rules).state is PASSED
    assert cooling(trade(19, symbol="XAUUSD"), **rules).state is PASSED
    assert cooling(trade(19, by_stop=False), **rules).state is PASSED


def test_the_longest_pause_is_shown_and_it_may_be_off() -> None:
    gate = cooling(trade(19), cooldown_after_stop_min=20, cooldown_losses=1, cooldown_min=60)
    assert gate.limit == "2026-03-04T12:41:00.000Z"
    assert cooling(trade(1)).state is OFF
    blank = nothing_known()
    found = replace(blank, rules=replace(blank.rules, cooldown_losses=1))
    assert gates.cooldown_gate(found).state is UNKNOWN


def test_closed_trades_of_deals() -> None:
    """Two parts of one position count once, by the last one; what is open does not count."""
    half = {"position_id": 5, "volume": dec("0.5")}
    deals = [
        deal(1, "BUY", DealEntry.IN, "1.1", position_id=5, commission=dec("-3")),
        deal(2, "SELL", DealEntry.OUT, "1.2", profit=dec("10"), **half),
        deal(3, "SELL", DealEntry.OUT, "1.0", profit=dec("-12"), reason="SL", **half),
        deal(4, "BUY", DealEntry.IN, "1.1", position_id=6),
        deal(5, "SELL", DealEntry.OUT, "1.2", position_id=6, profit=dec("7")),
        deal(6, "BUY", DealEntry.IN, "1.1", position_id=7),
        deal(7, "BALANCE", DealEntry.IN, "0", position_id=0, profit=dec("100")),
    ]
    found = closed_trades(reversed(deals), frozenset({6}))
    assert found == (ClosedTrade("EURUSD", deals[2].time, dec("-5"), by_stop=True),)
    both = closed_trades(deals, frozenset())
    assert [trade.result for trade in both] == [dec("-5"), dec("7")]
