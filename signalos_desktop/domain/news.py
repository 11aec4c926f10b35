"""The economic calendar: events from a CSV or JSON file, and what near an entry matters."""

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum
from itertools import islice
from operator import attrgetter

from signalos_desktop.domain.strict_json import read_json

MOST_EVENTS = 20_000
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?", re.IGNORECASE)
_US_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_time_of = attrgetter("time")
_ALL_DAY = ("", "all day", "tentative", "day 1", "day 2", "day 3")


class Impact(IntEnum):
    """How much an event moves its currency."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class NewsEvent:
    time: datetime
    currency: str
    impact: Impact
    title: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """events: in order of time. read: when the file was last written, None = there is none.

    problem: why it is of no use.
    """

    events: tuple[NewsEvent, ...] = ()
    read: datetime | None = None
    problem: str = ""

    def between(
        self, currencies: frozenset[str] | None, since: datetime, until: datetime, impact: Impact
    ) -> NewsEvent | None:
        """The first event of these currencies in the span, both ends included; None = of any."""
        for event in islice(self.events, bisect_left(self.events, since, key=_time_of), None):
            if event.time > until:
                break
            if event.impact >= impact and (currencies is None or event.currency in currencies):
                return event
        return None


class CalendarError(ValueError):
    """The calendar cannot be used; the text names the entry, the field and what is allowed."""


# What the columns are called in the files that are around; the first one is ours.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "datetime", "timestamp", "date_utc", "time_utc"),
    "time": ("time", "hour"),
    "currency": ("currency", "country", "ccy", "symbol"),
    "impact": ("impact", "importance", "volatility"),
    "title": ("title", "event", "name", "description"),
}
_IMPACTS: Mapping[str, Impact | None] = {
    "high": Impact.HIGH,
    "red": Impact.HIGH,
    "3": Impact.HIGH,
    "medium": Impact.MEDIUM,
    "moderate": Impact.MEDIUM,
    "orange": Impact.MEDIUM,
    "2": Impact.MEDIUM,
    "low": Impact.LOW,
    "yellow": Impact.LOW,
    "1": Impact.LOW,
    # A bank holiday and what has no impact move nothing.
    "holiday": None,
    "non-economic": None,
    "none": None,
    "0": None,
}


def read_calendar(text: str, zone: tzinfo = UTC) -> tuple[NewsEvent, ...]:
    """The events in order of time; zone: of times that state none themselves."""
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    rows = _json_rows(text) if begins in ("[", "{") else _csv_rows(text)
    if len(rows) > MOST_EVENTS:
        raise CalendarError(f"{len(rows)} events, allowed {MOST_EVENTS}")
    found = [_event(number, row, zone) for number, row in enumerate(rows, 1)]
    if not found:
        raise CalendarError("no events: expected CSV with a head, or a JSON list")
    return tuple(sorted((event for event in found if event), key=lambda event: event.time))


def _json_rows(text: str) -> list[dict[str, str]]:
    try:
        document = read_json(text.lstrip("\ufeff").encode("utf-8", "replace"))
    except ValueError as error:
        raise CalendarError(f"no JSON: {error}") from None
    if isinstance(document, dict):
        document = document.get("events")
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise CalendarError("expected a JSON list of events, or an object with `events`")
    return [
        {str(key).strip().lower(): str(value) for key, value in row.items()} for row in document
    ]


def _csv_rows(text: str) -> list[dict[str, str]]:
    lines = io.StringIO(text.lstrip("\ufeff"), newline="")
    try:
        reader = csv.DictReader(lines, strict=True)
        return [
            {(key or "").strip().lower(): str(value or "") for key, value in row.items()}
            for row in reader
        ]
    except csv.Error as error:
        raise CalendarError(f"no CSV: {error}") from None


def _event(number: int, row: Mapping[str, str], zone: tzinfo) -> NewsEvent | None:
    """None for what moves nothing."""
    impact = _field(number, row, "impact").lower().removesuffix(" impact expected")
    if impact not in _IMPACTS:
        raise _bad(number, "impact", impact, "High, Medium, Low or Holiday")
    currency = _field(number, row, "currency").upper()
    if not (currency.isascii() and currency.isalpha() and 2 <= len(currency) <= 5):
        raise _bad(number, "currency", currency, "a currency such as USD")
    time = _time(number, row, zone)
    weight = _IMPACTS[impact]
    if weight is None:
        return None
    return NewsEvent(time, currency, weight, _find(row, "title")[:200])


def _time(number: int, row: Mapping[str, str], zone: tzinfo) -> datetime:
    stated = _field(number, row, "date")
    whole = _iso(stated)
    if whole is None:
        date, clock = _date(stated), _clock(_find(row, "time"))
        if date is None or clock is None:
            shown = f"{stated} {_find(row, 'time')}".strip()
            raise _bad(number, "date", shown, "2026-03-04T13:30:00Z, or a date and a time")
        whole = date + clock
    if whole.tzinfo is None:
        whole = whole.replace(tzinfo=zone)
    return whole.astimezone(UTC)


def _iso(text: str) -> datetime | None:
    """A date with its time; a date alone is none."""
    if "T" not in text and ":" not in text:
        return None
    try:
        return datetime.fromisoformat(text.replace(".", "-", 2) if text[4:5] == "." else text)
    except ValueError:
        return None


def _date(text: str) -> datetime | None:
    american, iso = _US_DATE.fullmatch(text), _ISO_DATE.fullmatch(text)
    if american is not None:
        month, day, year = (int(part) for part in american.groups())
    elif iso is not None:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return None
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the caller gives it its zone
    except ValueError:
        return None


def _clock(text: str) -> timedelta | None:
    """Time of day; an event of the whole day stands at its begin."""
    if text.strip().lower() in _ALL_DAY:
        return timedelta()
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    return timedelta(hours=hour, minutes=minute)


def _find(row: Mapping[str, str], field: str) -> str:
    found = (row[name].strip() for name in _NAMES[field] if row.get(name))
    return next(found, "")


def _field(number: int, row: Mapping[str, str], field: str) -> str:
    found = _find(row, field)
    if not found:
        names = " or ".join(_NAMES[field][:2])
        raise CalendarError(f"event {number}: no {field}: expected a column {names}")
    return found


def _bad(number: int, field: str, value: str, allowed: str) -> CalendarError:
    return CalendarError(f"event {number}: {field} = {value[:60]!r}, allowed {allowed}")
