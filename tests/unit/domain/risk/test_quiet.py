"""Times without entries: the window of an event, its scope, and when nothing can be entered."""

from datetime import timedelta
from typing import Any

import pytest

from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.domain.risk import quiet
from signalos_desktop.domain.risk.rules import NewsImpact, NewsMissing, NewsScope, RiskRules
from tests.unit.domain.samples import EURUSD, NOW, USDJPY


def event(minutes: float, currency: str = "USD", impact: Impact = Impact.HIGH) -> NewsEvent:
    return NewsEvent(NOW + timedelta(minutes=minutes), currency, impact, "Payrolls")


def rules(**changes: Any) -> RiskRules:
    return RiskRules(**{"news_before_min": 2, "news_after_min": 3, **changes})


@pytest.mark.parametrize(
    ("minutes", "lead_s", "near"),
    [(2, 0, True), (2.01, 0, False), (-3, 0, True), (-3.01, 0, False),
     (2.5, 30, True), (2.51, 30, False), (-3.01, 30, False)],
)  # fmt: skip
def test_the_window_and_the_lead_before_it(minutes: float, lead_s: int, near: bool) -> None:
    found = quiet.news_near(
        Calendar((event(minutes),), NOW),
        rules(),
        quiet.currencies_of(EURUSD),
        NOW,
        timedelta(seconds=lead_s),
    )
    assert (found is not None) is near


def test_the_first_event_that_counts_is_found_among_others() -> None:
    events = (event(-90), event(0, "JPY"), event(0, impact=Impact.MEDIUM), event(1), event(9))
    eurusd = quiet.currencies_of(EURUSD)
    assert quiet.news_near(Calendar(events, NOW), rules(), eurusd, NOW) == events[3]
    whole = rules(news_scope=NewsScope.ACCOUNT)
    assert quiet.news_near(Calendar(events, NOW), whole, eurusd, NOW) == events[1]
    any_impact = rules(news_impact=NewsImpact.LOW)
    assert quiet.news_near(Calendar(events, NOW), any_impact, eurusd, NOW) == events[2]
    off = rules(news_before_min=0, news_after_min=0)
    assert quiet.news_near(Calendar(events, NOW), off, eurusd, NOW) is None


@pytest.mark.parametrize(
    ("calendar", "changes", "words"),
    [
        (Calendar((event(1),), NOW), {}, "USD Payrolls at"),
        (Calendar((event(1, "JPY"),), NOW), {}, ""),
        (Calendar((event(1, "JPY"),), NOW), {"news_scope": NewsScope.ACCOUNT}, "JPY Payrolls"),
        (Calendar((event(9),), NOW), {}, ""),
        (Calendar(), {}, "there is no calendar"),
        (Calendar(problem="no CSV"), {}, "no CSV"),
        (Calendar((), NOW - timedelta(hours=25)), {}, "the calendar is 25 h old"),
        (Calendar(), {"news_missing": NewsMissing.WARN}, ""),
        (Calendar((event(1),)), {"news_missing": NewsMissing.WARN}, "USD Payrolls at"),
        (Calendar((event(1),), NOW), {"news_before_min": 0, "news_after_min": 0}, ""),
    ],
)
def test_why_no_symbol_can_be_entered(
    calendar: Calendar, changes: dict[str, Any], words: str
) -> None:
    found = quiet.news_everywhere(calendar, rules(**changes), (EURUSD, USDJPY), NOW)
    assert (words in found) if words else (found == "")
    assert quiet.news_everywhere(Calendar((event(1),), NOW), rules(), (), NOW) == ""


def test_outside_the_hours() -> None:
    """NOW is a Wednesday, 12:00 UTC."""
    assert quiet.outside_hours(rules(), NOW) == ""
    assert quiet.outside_hours(rules(hours="Wed 12:00-13:00"), NOW) == ""
    shut = rules(hours="Wed 12:00-13:00", hours_zone="Europe/Prague")
    assert quiet.outside_hours(shut, NOW).startswith("Wed 13:00 (Europe/Prague) is outside")
