"""Trading hours: which session or break of the server's week an instant lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_DAY = 24 * 60
_WEEK = 7 * _DAY


class Calendar(StrEnum):
    """OPEN: every symbol trades at all times; REAL: by its sessions."""

    OPEN = "open"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Phase:
    """A session or the break between two: from start up to, not including, end."""

    open: bool
    start: datetime
    end: datetime


def phase_at(sessions: Sequence[Sequence[tuple[int, int]]], server_time: datetime) -> Phase:
    """The phase that holds an instant of the server's clock; sessions as in SymbolSpec."""
    sunday = _sunday_before(server_time)
    minute = (server_time - sunday).total_seconds() / 60
    spans = _week(sessions)
    before = _WEEK * -1
    for start, end in spans:
        if start <= minute < end:
            return Phase(True, sunday + timedelta(minutes=start), sunday + timedelta(minutes=end))
        if minute < start:
            last = before if before > -_WEEK else spans[-1][1] - _WEEK
            return Phase(False, sunday + timedelta(minutes=last), sunday + timedelta(minutes=start))
        before = end
    following = spans[0][0] + _WEEK if spans else _WEEK
    return Phase(False, sunday + timedelta(minutes=before), sunday + timedelta(minutes=following))


def _sunday_before(server_time: datetime) -> datetime:
    midnight = server_time.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=(midnight.weekday() + 1) % 7)


def _week(sessions: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Spans in minutes since Sunday 0:00, joined where one ends as the next begins."""
    spans: list[tuple[int, int]] = []
    for day, hours in enumerate(sessions):
        for start, end in sorted(hours):
            if spans and spans[-1][1] == day * _DAY + start:
                spans[-1] = (spans[-1][0], day * _DAY + end)
            else:
                spans.append((day * _DAY + start, day * _DAY + end))
    return spans
