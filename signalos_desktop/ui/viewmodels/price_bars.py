"""Bars of every symbol, made from its quotes, in the timeframes that a chart offers."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Account

# Seconds of a bar.
TIMEFRAMES = {"Ticks": 1, "M1": 60, "M5": 300, "M15": 900, "H1": 3600}
_KEPT = {1: 900, 60: 3000}


@dataclass(slots=True)
class Bar:
    """time: its start, in seconds since 1970. Floats: it only becomes pixels."""

    time: int
    open: float
    high: float
    low: float
    close: float


class BarBook:
    """Keeps seconds and minutes; longer bars are put together of minutes when asked for."""

    def __init__(self) -> None:
        self._bars: dict[tuple[Account, str, int], deque[Bar]] = {}
        self._last: dict[tuple[Account, str], Quote] = {}

    def take(self, account: Account, quote: Quote) -> bool:
        """False for a quote that is no price or older than the last one."""
        before = self._last.get((account, quote.symbol))
        if not quote.bid.is_finite() or quote.bid <= 0:
            return False
        if before is not None and quote.time < before.time:
            return False
        self._last[account, quote.symbol] = quote
        time, price = quote.time.timestamp(), float(quote.bid)
        for seconds, kept in _KEPT.items():
            key = (account, quote.symbol, seconds)
            bars = self._bars.setdefault(key, deque(maxlen=kept))
            _add(bars, int(time) - int(time) % seconds, price)
        return True

    def last(self, account: Account, symbol: str) -> Quote | None:
        return self._last.get((account, symbol))

    def account_of(self, symbol: str) -> Account | None:
        """An account that has quotes of this symbol."""
        return next((account for account, name in self._last if name == symbol), None)

    def bars(self, account: Account, symbol: str, seconds: int) -> list[Bar]:
        """Oldest first; seconds: a timeframe."""
        smallest = 1 if seconds < 60 else 60
        found = self._bars.get((account, symbol, smallest), ())
        return list(found) if smallest == seconds else _join(found, seconds)


def _add(bars: deque[Bar], start: int, price: float) -> None:
    if not bars or bars[-1].time < start:
        bars.append(Bar(start, price, price, price, price))
        return
    last = bars[-1]
    last.high, last.low, last.close = max(last.high, price), min(last.low, price), price


def _join(minutes: Iterable[Bar], seconds: int) -> list[Bar]:
    joined: list[Bar] = []
    for bar in minutes:
        start = bar.time - bar.time % seconds
        if joined and joined[-1].time == start:
            last = joined[-1]
            last.high, last.low = max(last.high, bar.high), min(last.low, bar.low)
            last.close = bar.close
        else:
            joined.append(Bar(start, bar.open, bar.high, bar.low, bar.close))
    return joined
