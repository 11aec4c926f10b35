"""Equity and balance over time as a chart needs them: history loaded once, a tail that grows."""

from dataclasses import dataclass

import numpy as np

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.scale import AnyFloats, Floats

_FIRST_CAPACITY = 4096


@dataclass(frozen=True, slots=True)
class EquityMark:
    """A trade on the curve: opened (profit None) or closed. time in seconds since 1970."""

    time: float
    value: float
    side: Side
    profit: float | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A curve for so many px: its first `pairs` are lowest and highest value of a column each."""

    x: Floats
    y: Floats
    peak: Floats
    pairs: int = 0

    def low_side(self) -> tuple[Floats, Floats, Floats]:
        """x, y and peak with the lowest value alone of each pair."""
        kept = np.r_[0 : 2 * self.pairs : 2, 2 * self.pairs : len(self.x)]
        return self.x[kept], self.y[kept], self.peak[kept]


@dataclass(frozen=True, slots=True)
class Drop:
    """The largest fall from a peak: when it was deepest, how deep, in money and in percent."""

    time: float
    value: float
    amount: float
    percent: float


class EquitySeries:
    """Points in the order of time. Figures are floats: they only become pixels and captions."""

    def __init__(self) -> None:
        self.size = 0
        self._time = np.empty(_FIRST_CAPACITY)
        self._equity = np.empty(_FIRST_CAPACITY)
        self._peak = np.empty(_FIRST_CAPACITY)
        self._start = 0
        self._steps = _Steps()
        self._drop: Drop | None = None

    @property
    def time(self) -> Floats:
        return self._time[: self.size]

    @property
    def equity(self) -> Floats:
        return self._equity[: self.size]

    @property
    def last(self) -> tuple[float, float, float] | None:
        """Time, balance and equity of the newest point."""
        if not self.size:
            return None
        end = self.size - 1
        return float(self._time[end]), self._steps.last, float(self._equity[end])

    @property
    def drop(self) -> Drop | None:
        """The largest fall since the start of the period; None without one."""
        return self._drop

    def load(self, time: AnyFloats, balance: AnyFloats, equity: AnyFloats) -> None:
        """Replace everything; time must not fall."""
        self.size = len(time)
        capacity = max(_FIRST_CAPACITY, 2 * self.size)
        self._time, self._equity = np.empty(capacity), np.empty(capacity)
        self._peak = np.empty(capacity)
        self._time[: self.size] = time
        self._equity[: self.size] = equity
        self._steps.load(time, balance)
        self._measure(0)

    def append(self, time: float, balance: float, equity: float) -> None:
        """One point more; one that is not newer than the last takes its place."""
        if self.size and time <= self._time[self.size - 1]:
            self.size -= 1
            time = float(self._time[self.size])
        if self.size == len(self._time):
            self._grow()
        end = self.size
        self._time[end], self._equity[end] = time, equity
        before = self._peak[end - 1] if end > self._start else equity
        self._peak[end] = max(before, equity)
        self.size += 1
        self._steps.append(time, balance)
        self._look_at(end)

    def start_period(self, start: float) -> None:
        """Peaks and the largest drop count from this time on."""
        self._measure(int(np.searchsorted(self.time, start)))

    def outline(self, low: float, high: float, columns: int) -> Outline:
        """What is between two times, and one point more at either side."""
        first = max(int(np.searchsorted(self.time, low)) - 1, 0)
        end = min(int(np.searchsorted(self.time, high, "right")) + 1, self.size)
        count, columns = end - first, max(columns, 1)
        if count <= 2 * columns:
            part = slice(first, end)
            return Outline(self._time[part], self._equity[part], self._peak[part])
        return self._thin(first, end, -(-count // columns))

    def balance_steps(self, low: float, high: float) -> tuple[Floats, Floats]:
        """The balance as a line of steps between two times."""
        return self._steps.line(low, min(high, float(self._time[self.size - 1])))

    def bounds(self, low: float, high: float) -> tuple[float, float] | None:
        """Lowest and highest of equity and balance between two times."""
        if not self.size:
            return None
        shown = self.outline(low, high, 600)
        _, steps = self.balance_steps(low, high)
        if not len(shown.y):
            return None
        lowest, highest = float(shown.y.min()), float(shown.peak.max())
        if len(steps):
            lowest, highest = min(lowest, float(steps.min())), max(highest, float(steps.max()))
        return lowest, highest

    def value_at(self, time: float) -> float | None:
        """The equity at or before a time."""
        place = int(np.searchsorted(self.time, time, "right")) - 1
        return float(self._equity[place]) if place >= 0 else None

    def _thin(self, first: int, end: int, block: int) -> Outline:
        """Blocks begin at multiples of their length, so that panning does not make them dance."""
        first -= first % block
        whole = (end - first) // block
        stop = first + whole * block
        values = self._equity[first:stop].reshape(whole, block)
        x = np.repeat(self._time[first:stop:block], 2)
        y = np.empty(2 * whole)
        y[0::2], y[1::2] = values.min(axis=1), values.max(axis=1)
        peak = np.repeat(self._peak[first + block - 1 : stop : block], 2)
        tail = slice(stop, end)
        return Outline(
            np.concatenate((x, self._time[tail])),
            np.concatenate((y, self._equity[tail])),
            np.concatenate((peak, self._peak[tail])),
            whole,
        )

    def _measure(self, start: int) -> None:
        self._start = start
        self._drop = None
        if not self.size:
            return
        self._peak[:start] = self._equity[:start]
        np.maximum.accumulate(self._equity[start : self.size], out=self._peak[start : self.size])
        if start < self.size:
            self._look_at(
                start + int(np.argmax(self._peak[start : self.size] - self.equity[start:]))
            )

    def _look_at(self, place: int) -> None:
        """Remember the fall at this point if it is the largest so far."""
        peak, value = float(self._peak[place]), float(self._equity[place])
        if peak - value > (self._drop.amount if self._drop else 0.0):
            percent = 100 * (peak - value) / peak if peak > 0 else 0.0
            self._drop = Drop(float(self._time[place]), value, peak - value, percent)

    def _grow(self) -> None:
        capacity = 2 * len(self._time)
        for name in ("_time", "_equity", "_peak"):
            wider = np.empty(capacity)
            wider[: self.size] = getattr(self, name)[: self.size]
            setattr(self, name, wider)


class _Steps:
    """A value that changes seldom: only its changes are kept."""

    def __init__(self) -> None:
        self.last = 0.0
        self._time: list[float] = []
        self._value: list[float] = []

    def load(self, time: AnyFloats, value: AnyFloats) -> None:
        changes = np.flatnonzero(np.diff(value, prepend=np.nan))
        self._time = time[changes].tolist()
        self._value = value[changes].tolist()
        self.last = self._value[-1] if self._value else 0.0

    def append(self, time: float, value: float) -> None:
        if not self._value or value != self.last:
            self._time.append(time)
            self._value.append(value)
        self.last = value

    def line(self, low: float, high: float) -> tuple[Floats, Floats]:
        time, value = np.array(self._time), np.array(self._value)
        first = max(int(np.searchsorted(time, low, "right")) - 1, 0)
        end = int(np.searchsorted(time, high, "right"))
        if end <= first:
            return np.empty(0), np.empty(0)
        x = np.repeat(np.append(time[first:end], high), 2)[1:-1]
        return x, np.repeat(value[first:end], 2)
