"""The next session of a symbol, in UTC, from the trade server's week."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from signalos_desktop.domain.market_hours import next_open
from tests.helpers.rig import EURUSD

DAY = ((0, 1440),)
WEEKDAYS = ((), DAY, DAY, DAY, DAY, DAY, ())
"""From Sunday on."""
LUNCH = ((), ((60, 720), (780, 1380)), (), (), (), (), ())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("sessions", "offset_s", "now", "opens"),
    [
        (WEEKDAYS, 0, "2026-03-07T10:00", "2026-03-09T00:00"),
        (WEEKDAYS, 7200, "2026-03-07T10:00", "2026-03-08T22:00"),
        (WEEKDAYS, 0, "2026-03-04T10:00", "2026-03-04T00:00"),
        (LUNCH, 0, "2026-03-09T12:30", "2026-03-09T13:00"),
        (LUNCH, 0, "2026-03-09T23:30", "2026-03-16T01:00"),
        (LUNCH, -3600, "2026-03-09T00:30", "2026-03-09T02:00"),
    ],
)
def test_the_session_that_runs_or_comes_next(
    sessions: tuple[tuple[tuple[int, int], ...], ...], offset_s: int, now: str, opens: str
) -> None:
    spec = replace(EURUSD, sessions=sessions)
    assert next_open(spec, at(now), offset_s) == at(opens)


def test_a_symbol_that_is_never_traded_opens_never() -> None:
    assert next_open(replace(EURUSD, sessions=((),) * 7), at("2026-03-04T10:00"), 0) is None
