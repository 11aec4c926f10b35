"""When a day, week or month of an account limit began: local midnights in a time zone, as UTC."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum


class Period(StrEnum):
    """How long a limit counts before it begins anew."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LIFETIME = "lifetime"


def period_start(now: datetime, period: Period, zone: tzinfo) -> datetime | None:
    """The local midnight that the period `now` is in began at; None = it never began (lifetime).

    Weeks begin on Monday. A midnight that the clock skips is the moment of the change.
    """
    first = _first_day(now.astimezone(zone).date(), period)
    return None if first is None else _midnight(first, zone)


def next_start(now: datetime, period: Period, zone: tzinfo) -> datetime | None:
    """When the next period begins; None = never."""
    first = _first_day(now.astimezone(zone).date(), period)
    if first is None:
        return None
    if period is Period.MONTH:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    else:
        following = first + timedelta(days=7 if period is Period.WEEK else 1)
    return _midnight(following, zone)


def midnights(since: datetime, until: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """Every local midnight after `since`, up to `until` itself."""
    found = []
    day = since.astimezone(zone).date()
    while (start := _midnight(day, zone)) <= until:
        if start > since:
            found.append(start)
        day += timedelta(days=1)
    return tuple(found)


def _first_day(today: date, period: Period) -> date | None:
    if period is Period.DAY:
        return today
    if period is Period.WEEK:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if period is Period.MONTH else None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
