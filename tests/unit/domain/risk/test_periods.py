"""Days, weeks and months begin at local midnights, also where the clock is changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.risk.periods import Period, midnights, next_start, period_start

PRAGUE = ZoneInfo("Europe/Prague")
# Clocks that are changed at midnight itself, or by half an hour, or that skipped a day.
ODD_ZONES = (
    "Europe/Prague", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe",
    "America/Havana", "Pacific/Apia", "Asia/Kathmandu", "Etc/GMT-3", "UTC",
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "period", "start", "following"),
    [
        ("2026-01-15T12:00", Period.DAY, "2026-01-14T23:00", "2026-01-15T23:00"),
        ("2026-07-15T12:00", Period.DAY, "2026-07-14T22:00", "2026-07-15T22:00"),
        ("2026-07-14T22:00", Period.DAY, "2026-07-14T22:00", "2026-07-15T22:00"),
        ("2026-07-14T21:59", Period.DAY, "2026-07-13T22:00", "2026-07-14T22:00"),
        # The day of 23 hours and the one of 25.
        ("2026-03-29T12:00", Period.DAY, "2026-03-28T23:00", "2026-03-29T22:00"),
        ("2026-10-25T12:00", Period.DAY, "2026-10-24T22:00", "2026-10-25T23:00"),
        ("2026-03-29T12:00", Period.WEEK, "2026-03-22T23:00", "2026-03-29T22:00"),
        ("2026-03-30T12:00", Period.MONTH, "2026-02-28T23:00", "2026-03-31T22:00"),
        ("2026-12-31T22:59", Period.MONTH, "2026-11-30T23:00", "2026-12-31T23:00"),
    ],
)
def test_periods_in_prague(now: str, period: Period, start: str, following: str) -> None:
    assert period_start(at(now), period, PRAGUE) == at(start)
    assert next_start(at(now), period, PRAGUE) == at(following)


def test_a_lifetime_has_neither_beginning_nor_end() -> None:
    assert period_start(at("2026-01-01T00:00"), Period.LIFETIME, PRAGUE) is None
    assert next_start(at("2026-01-01T00:00"), Period.LIFETIME, PRAGUE) is None


def test_server_less_prague_is_an_hour_on_337_days_and_two_on_28_in_2026() -> None:
    """A server at New York's close: GMT+2, and GMT+3 while New York has summer time."""
    new_york = ZoneInfo("America/New_York")
    hours = []
    for number in range(365):
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
        server = new_york.utcoffset(noon.astimezone(new_york).replace(tzinfo=None))
        prague = PRAGUE.utcoffset(noon.astimezone(PRAGUE).replace(tzinfo=None))
        assert server is not None
        assert prague is not None
        hours.append((server + timedelta(hours=7) - prague) // timedelta(hours=1))
    assert (hours.count(1), hours.count(2)) == (337, 28)


def test_the_midnights_between() -> None:
    found = midnights(at("2026-03-27T23:00"), at("2026-03-30T22:00"), PRAGUE)
    assert found == tuple(
        at(text) for text in ("2026-03-28T23:00", "2026-03-29T22:00", "2026-03-30T22:00")
    )
    assert midnights(at("2026-03-27T23:00"), at("2026-03-28T22:59"), PRAGUE) == ()


@given(
    st.sampled_from(ODD_ZONES),
    st.integers(0, 80 * 366 * 24 * 60),
    st.sampled_from([Period.DAY, Period.WEEK, Period.MONTH]),
)
def test_every_moment_is_in_its_period(zone: str, minute: int, period: Period) -> None:
    now = datetime(1980, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    start = period_start(now, period, ZoneInfo(zone))
    following = next_start(now, period, ZoneInfo(zone))
    assert start is not None
    assert following is not None
    assert start <= now < following
    assert period_start(start, period, ZoneInfo(zone)) == start
    assert period_start(following, period, ZoneInfo(zone)) == following
