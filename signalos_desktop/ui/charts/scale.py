"""Where ticks and tags stand on an axis; no Qt."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# What a chart is loaded with: any array of floats, copied into one of its own.
AnyFloats = NDArray[np.floating[Any]]

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = (
    *(1, 5, 15, 30),
    *(_MINUTE * count for count in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * count for count in (1, 2, 3, 6, 12)),
    *(_DAY * count for count in (1, 2, 5, 7, 14, 30, 91, 182, 365)),
)


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values inside the range, at most so many."""
    span = high - low
    if not math.isfinite(span) or span <= 0 or most < 1:
        return []
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)][: most + 1]


def time_ticks(low: float, high: float, most: int, zone: tzinfo) -> list[tuple[float, str]]:
    """Instants (seconds since 1970) on round local times with what the axis writes there."""
    if not math.isfinite(high - low) or high <= low or most < 1:
        return []
    step = next((step for step in _STEPS if (high - low) / step <= most), _STEPS[-1])
    ticks: list[tuple[float, str]] = []
    local = math.ceil((low + _offset(low, zone)) / step) * step
    while len(ticks) <= most + 1:
        instant = local - _offset(local - _offset(low, zone), zone)
        if instant > high:
            break
        if instant >= low:
            ticks.append((float(instant), time_label(instant, step, zone)))
        local += step
    return ticks


def bar_ticks(times: Floats, first: int, most: int, zone: tzinfo) -> list[tuple[float, str]]:
    """Ticks on an axis that counts bars: at those that begin a round local time.

    times: of the bars in view; first: the number of the first of them.
    """
    if len(times) < 2 or most < 1:
        return []
    local = times + _offset(float(times[-1]), zone)
    # A step holds at most so many bars, so shorter ones would give more ticks than wanted.
    shortest = len(times) * float(np.diff(times).min()) / (most + 1)
    for step in _STEPS:
        if step < shortest:
            continue
        starts = np.flatnonzero(np.diff(local // step)) + 1
        if len(starts) <= most:
            return [(float(first + at), time_label(float(times[at]), step, zone)) for at in starts]
    return []


def time_label(instant: float, step: int, zone: tzinfo) -> str:
    """The time of day, or at midnight and for long steps the date."""
    at = datetime.fromtimestamp(instant, UTC).astimezone(zone)
    if step >= 28 * _DAY:
        return f"{at:%b %Y}"
    if step >= _DAY or (at.hour == at.minute == at.second == 0):
        return f"{at.day} {at:%b}"
    return f"{at:%H:%M:%S}" if step < _MINUTE else f"{at:%H:%M}"


def place_tags(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Centres of tags near where they are wanted, none over another, all in top to bottom.

    Where there is no room for all they stand as close as they fit, in their order.
    """
    order = sorted(range(len(wanted)), key=lambda number: (wanted[number], number))
    room = max(bottom - top - height, 0.0)
    step = min(height, room / (len(wanted) - 1)) if len(wanted) > 1 else height
    placed: list[float] = []
    for number in order:
        least = placed[-1] + step if placed else top + height / 2
        placed.append(max(wanted[number], least))
    limit = max(bottom - height / 2, top + height / 2)
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - step
    centres = [0.0] * len(wanted)
    for place, number in enumerate(order):
        centres[number] = placed[place]
    return centres


def _offset(instant: float, zone: tzinfo) -> int:
    """Seconds the zone is ahead of UTC at an instant."""
    at = datetime.fromtimestamp(instant, UTC).astimezone(zone)
    ahead = at.utcoffset()
    return round(ahead.total_seconds()) if ahead is not None else 0
