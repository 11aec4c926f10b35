"""Bars of one symbol and timeframe, from history and from live quotes, and the levels over them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.scale import AnyFloats, Floats

_FIRST_CAPACITY = 1024
# Above this many bars in view several are drawn as one.
_MOST_BARS = 2000
_OPEN, _HIGH, _LOW, _CLOSE = range(4)


class LevelKind(StrEnum):
    ENTRY = "entry"
    SL = "sl"
    TP = "tp"


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """A line over the chart. label: name, lots and money; tag: the price as MT5 writes it."""

    kind: LevelKind
    price: float
    label: str
    tag: str


@dataclass(frozen=True, slots=True)
class PriceMark:
    """A trade at a price: opened (profit None) or closed. time in seconds since 1970."""

    time: float
    price: float
    side: Side
    profit: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars ready to draw; x is where each stands, width how wide it is, in bars."""

    x: Floats
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    width: float


class BarSeries:
    """Bars counted from 0; a bar's x is its number, so weekends leave no gap."""

    def __init__(self, timeframe: int) -> None:
        """timeframe: seconds of a bar."""
        self.timeframe = timeframe
        self.size = 0
        self._time = np.empty(_FIRST_CAPACITY)
        self._prices = np.empty((4, _FIRST_CAPACITY))

    @property
    def time(self) -> Floats:
        return self._time[: self.size]

    @property
    def last_close(self) -> float | None:
        return float(self._prices[_CLOSE, self.size - 1]) if self.size else None

    def load(
        self,
        time: AnyFloats,
        opens: AnyFloats,
        highs: AnyFloats,
        lows: AnyFloats,
        closes: AnyFloats,
    ) -> None:
        """Replace everything; time is that of each bar's start and must rise."""
        self.size = len(time)
        capacity = max(_FIRST_CAPACITY, 2 * self.size)
        self._time = np.empty(capacity)
        self._prices = np.empty((4, capacity))
        self._time[: self.size] = time
        for row, values in enumerate((opens, highs, lows, closes)):
            self._prices[row, : self.size] = values

    def add_quote(self, time: float, price: float) -> None:
        """A live price; one older than the newest bar belongs to history and changes nothing."""
        start = time - time % self.timeframe
        if self.size and start < self._time[self.size - 1]:
            return
        if not self.size or start > self._time[self.size - 1]:
            self._begin(start, price)
            return
        bar = self._prices[:, self.size - 1]
        bar[_HIGH], bar[_LOW] = max(bar[_HIGH], price), min(bar[_LOW], price)
        bar[_CLOSE] = price

    def slice(self, low: float, high: float) -> tuple[int, int]:
        """First and past-the-last number of the bars between two x."""
        first = min(max(int(low) - 1, 0), self.size)
        return first, min(max(int(high) + 2, first), self.size)

    def bars(self, low: float, high: float) -> Bars:
        """What is between two x; several bars as one where there are very many."""
        first, end = self.slice(low, high)
        block = max(-(-(end - first) // _MOST_BARS), 1)
        if block == 1:
            opens, highs, lows, closes = self._prices[:, first:end]
            return Bars(np.arange(first, end, dtype=float), opens, highs, lows, closes, 1.0)
        first -= first % block
        starts = np.arange(first, end, block)
        prices = self._prices[:, first:end]
        cuts = starts - first
        ends = np.append(starts[1:], end) - 1
        return Bars(
            (starts + ends) / 2,
            self._prices[_OPEN, starts],
            np.maximum.reduceat(prices[_HIGH], cuts),
            np.minimum.reduceat(prices[_LOW], cuts),
            self._prices[_CLOSE, ends],
            float(block),
        )

    def bounds(self, low: float, high: float) -> tuple[float, float] | None:
        first, end = self.slice(low, high)
        if first == end:
            return None
        prices = self._prices[:, first:end]
        return float(prices[_LOW].min()), float(prices[_HIGH].max())

    def place(self, time: float) -> float:
        """The x of an instant: the bar it falls in, before the first and after the last beyond."""
        return float(np.searchsorted(self.time, time, "right")) - 1.0

    def _begin(self, start: float, price: float) -> None:
        if self.size == len(self._time):
            self._grow()
        self._time[self.size] = start
        self._prices[:, self.size] = price
        self.size += 1

    def _grow(self) -> None:
        capacity = 2 * len(self._time)
        time, prices = np.empty(capacity), np.empty((4, capacity))
        time[: self.size] = self.time
        prices[:, : self.size] = self._prices[:, : self.size]
        self._time, self._prices = time, prices
