"""When entries may be made: windows of one's own, and the edges of a symbol's trading week."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

WEEK_MINUTES = 7 * 24 * 60
LONG_GAP = 24 * 60
"""Minutes without trading from which on a gap ends the week."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW = re.compile(
    r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+"
    r"(?P<from>\d{1,2}:\d{2})-(?P<to>\d{1,2}:\d{2})"
)
ALLOWED = "windows such as Mon-Fri 08:00-17:00; Sun 22:00-24:00, or nothing"

Sessions = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Days from Monday = 0, minutes of the day; end before start = until the next day."""

    days: tuple[int, ...]
    start: int
    end: int

    def holds(self, day: int, minute: int) -> bool:
        if self.start < self.end:
            return day in self.days and self.start <= minute < self.end
        late = day in self.days and minute >= self.start
        return late or ((day - 1) % 7 in self.days and minute < self.end)


@lru_cache(64)
def read_windows(text: str) -> tuple[Window, ...]:
    """The windows of a text; ValueError says what is allowed."""
    return tuple(_window(part) for part in text.lower().split(";") if part.strip())


def inside(windows: tuple[Window, ...], now: datetime, zone: tzinfo) -> bool:
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return any(window.holds(local.weekday(), minute) for window in windows)


@lru_cache(512)
def week_gaps(sessions: Sessions) -> tuple[tuple[int, int], ...]:
    """Long gaps between sessions as (from, to) minutes of the week from Sunday 00:00.

    to may lie in the next week. Empty where the symbol trades all week, or never.
    """
    open_ = sorted(
        (day * 1440 + start, day * 1440 + end)
        for day, spans in enumerate(sessions)
        for start, end in spans
    )
    if not open_:
        return ()
    gaps, end = [], open_[0][1]
    for start, stop in (*open_[1:], (open_[0][0] + WEEK_MINUTES, 0)):
        if start - end >= LONG_GAP:
            gaps.append((end, start))
        end = max(end, stop)
    return tuple(gaps)


def week_edge(
    sessions: Sessions, server: datetime, last: int, first: int
) -> tuple[str, int] | None:
    """`end` within so many minutes before a long gap, `start` after one; with the minutes to it."""
    minute = server.isoweekday() % 7 * 1440 + server.hour * 60 + server.minute
    for begin, end in week_gaps(sessions):
        before, after = (begin - minute) % WEEK_MINUTES, (minute - end) % WEEK_MINUTES
        if 0 < before <= last:
            return "end", before
        if after < first:
            return "start", first - after
    return None


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text.strip())
    if found is None or found["first"] not in _DAYS or (found["last"] or "mon") not in _DAYS:
        raise ValueError(f"{text.strip()[:60]}, allowed {ALLOWED}")
    first = _DAYS.index(found["first"])
    last = _DAYS.index(found["last"]) if found["last"] else first
    count = (last - first) % 7 + 1
    start, end = _minutes(found["from"], text), _minutes(found["to"], text)
    if start == end or start == 1440:
        raise ValueError(f"{text.strip()[:60]}, allowed {ALLOWED}")
    return Window(tuple((first + at) % 7 for at in range(count)), start, end)


def _minutes(clock: str, text: str) -> int:
    hour, _, minute = clock.partition(":")
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > 1440:
        raise ValueError(f"{text.strip()[:60]}, allowed {ALLOWED}")
    return total
