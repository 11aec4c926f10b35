"""Times without entries, whatever the signal: outside the hours, and around the news."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.domain.risk.hours import inside, read_windows
from signalos_desktop.domain.risk.rules import NewsImpact, NewsMissing, NewsScope, RiskRules
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import iso_ms

STALE = timedelta(hours=24)
LEAD = timedelta(seconds=30)
"""So long before a news window a resting order is taken back: the cancel needs its time."""

_IMPACTS = {
    NewsImpact.HIGH: Impact.HIGH,
    NewsImpact.MEDIUM: Impact.MEDIUM,
    NewsImpact.LOW: Impact.LOW,
}


def currencies_of(spec: SymbolSpec) -> frozenset[str]:
    return frozenset({spec.currency_base, spec.currency_profit})


def looks_at_news(rules: RiskRules) -> bool:
    return bool(rules.news_before_min or rules.news_after_min)


def news_near(
    calendar: Calendar,
    rules: RiskRules,
    currencies: frozenset[str] | None,
    now: datetime,
    lead: timedelta = timedelta(),
) -> NewsEvent | None:
    """The event whose window holds entries in these currencies now, or within the lead.

    currencies None: in any.
    """
    if not looks_at_news(rules):
        return None
    before, after = (timedelta(minutes=m) for m in (rules.news_before_min, rules.news_after_min))
    concerned = None if rules.news_scope is NewsScope.ACCOUNT else currencies
    impact = _IMPACTS[rules.news_impact]
    return calendar.between(concerned, now - after, now + before + lead, impact)


def useless(calendar: Calendar, now: datetime) -> str:
    """Why the calendar says nothing of this moment; empty = it does."""
    if calendar.problem:
        return calendar.problem
    if calendar.read is None:
        return "there is no calendar"
    age = now - calendar.read
    if age > STALE:
        return f"the calendar is {age // timedelta(hours=1)} h old, allowed 24"
    return ""


def outside_hours(rules: RiskRules, now: datetime) -> str:
    """`Sat 12:00 (UTC) is outside Mon-Fri 08:00-17:00`; empty = entries are allowed."""
    if not rules.hours:
        return ""
    zone = ZoneInfo(rules.hours_zone or "UTC")
    if inside(read_windows(rules.hours), now, zone):
        return ""
    return f"{now.astimezone(zone):%a %H:%M} ({zone.key}) is outside {rules.hours}"


def news_everywhere(
    calendar: Calendar, rules: RiskRules, specs: Iterable[SymbolSpec], now: datetime
) -> str:
    """Why news hold the entries of every symbol; empty = there is one that they do not hold."""
    if not looks_at_news(rules):
        return ""
    unknown = useless(calendar, now)
    if unknown and rules.news_missing is NewsMissing.DENY:
        return unknown
    first: NewsEvent | None = None
    for spec in specs:
        event = news_near(calendar, rules, currencies_of(spec), now)
        if event is None:
            return ""
        first = first or event
    return "" if first is None else said(first, rules)


def said(event: NewsEvent, rules: RiskRules) -> str:
    """`USD Payrolls at 12:30, no entries until 12:32`, times in full."""
    over = iso_ms(event.time + timedelta(minutes=rules.news_after_min))
    return f"{event.currency} {event.title} at {iso_ms(event.time)}: no entries until {over}"
