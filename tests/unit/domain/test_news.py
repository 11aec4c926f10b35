"""Calendars in the forms that are around, and named refusals for the rest."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from signalos_desktop.domain.news import (
    MOST_EVENTS,
    Calendar,
    CalendarError,
    Impact,
    NewsEvent,
    read_calendar,
)

WHEN = datetime(2026, 3, 6, 13, 30, tzinfo=UTC)
PAYROLLS = NewsEvent(WHEN, "USD", Impact.HIGH, "Non-Farm Payrolls")
WEEKLY = """Title,Country,Date,Time,Impact,Forecast,Previous
Non-Farm Payrolls,USD,03-06-2026,1:30pm,High,,
Bank Holiday,JPY,03-06-2026,All Day,Holiday,,
German Factory Orders m/m,EUR,03-05-2026,7:00am,Low,,
"""


def test_a_weekly_csv() -> None:
    found = read_calendar(WEEKLY)
    early = NewsEvent(
        datetime(2026, 3, 5, 7, tzinfo=UTC), "EUR", Impact.LOW, "German Factory Orders m/m"
    )
    assert found == (early, PAYROLLS)


@pytest.mark.parametrize(
    "row",
    [
        {"title": "Non-Farm Payrolls", "country": "USD", "date": "2026-03-06T08:30:00-05:00",
         "impact": "High"},
        {"event": "Non-Farm Payrolls", "currency": "usd", "datetime": "2026-03-06T13:30:00Z",
         "importance": "3"},
        {"name": "Non-Farm Payrolls", "ccy": "USD", "time_utc": "2026-03-06 13:30",
         "volatility": "red"},
        {"Title": "Non-Farm Payrolls", "Currency": "USD", "Date": "2026.03.06", "Time": "13:30",
         "Impact": "High Impact Expected"},
        {"title": "Non-Farm Payrolls", "country": "USD", "date": "2026.03.06 13:30:00",
         "impact": "high"},
    ],
)  # fmt: skip
def test_json_events(row: dict[str, str]) -> None:
    assert read_calendar(json.dumps([row])) == (PAYROLLS,)
    assert read_calendar("\ufeff" + json.dumps({"events": [row]})) == (PAYROLLS,)


def test_times_without_a_zone_are_of_the_zone_given() -> None:
    text = "date,time,currency,impact,title\n2026-03-06,8:30,USD,high,Non-Farm Payrolls\n"
    assert read_calendar(text, ZoneInfo("America/New_York")) == (PAYROLLS,)
    midnight = read_calendar(text.replace("8:30", "12:00am"), UTC)[0]
    assert midnight.time == datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no events"),
        ("date,currency\n", "no events"),
        ("[1]", "JSON list of events"),
        ("{}", "JSON list of events"),
        ("[", "no JSON"),
        ("[NaN]", "no JSON"),
        ("[" * 100 + "]" * 100, "no JSON: nested deeper"),
        ('date,title\n"x', "no CSV"),
        ("date,time,currency,title\n2026-03-06,8:30,USD,x\n", "event 1: no impact"),
        ("date,time,impact\n2026-03-06,8:30,High\n", "event 1: no currency"),
        ("time,impact,currency\n8:30,High,USD\n", "event 1: no date"),
        ("date,time,impact,currency\n2026-03-06,8:30,Huge,USD\n", "impact = 'huge'"),
        ("date,time,impact,currency\n2026-03-06,8:30,High,U$\n", "currency = 'U$'"),
        ("date,time,impact,currency\n2026-13-06,8:30,High,USD\n", "2026-13-06 8:30"),
        ("date,time,impact,currency\n2026-03-06,25:00,High,USD\n", "25:00"),
        ("date,time,impact,currency\n2026-03-06,8:61,High,USD\n", "8:61"),
        ("date,time,impact,currency\n2026-03-06,13:00pm,High,USD\n", "13:00pm"),
        ("date,time,impact,currency\n2026-03-06,noon,High,USD\n", "noon"),
        ("date,time,impact,currency\nFriday,8:30,High,USD\n", "Friday"),
        ("date,impact,currency\n2026-03-06T99:00,High,USD\n", "2026-03-06T99:00"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, words: str) -> None:
    with pytest.raises(CalendarError) as raised:
        read_calendar(text)
    assert words in str(raised.value)


def test_too_many_events() -> None:
    rows = "2026-03-06,8:30,High,USD\n" * (MOST_EVENTS + 1)
    with pytest.raises(CalendarError, match="20001 events"):
        read_calendar("date,time,impact,currency\n" + rows)


def test_the_first_event_in_a_span() -> None:
    calendar = Calendar((PAYROLLS,), WHEN)
    usd, hour = frozenset({"USD"}), timedelta(hours=1)
    assert calendar.between(usd, WHEN, WHEN, Impact.HIGH) == PAYROLLS
    assert calendar.between(frozenset({"EUR"}), WHEN, WHEN, Impact.LOW) is None
    assert calendar.between(usd, WHEN + hour, WHEN + 2 * hour, Impact.LOW) is None
