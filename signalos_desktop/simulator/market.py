"""The simulated market: what every symbol costs now, by a seeded walk, a file or a test's word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from signalos_desktop.domain.values import from_ms, to_ms
from signalos_desktop.simulator.quote_file import QuoteFile
from signalos_desktop.simulator.sessions import Calendar, Phase, phase_at
from signalos_desktop.simulator.specs import Listing
from signalos_desktop.simulator.walk import Walk, noise

STEP_MS = 250


@dataclass(frozen=True, slots=True)
class Tick:
    """A symbol's prices since `time`."""

    bid: Decimal
    ask: Decimal
    time: datetime


@dataclass(slots=True)
class _Line:
    """What moves one symbol: its walk, or fixed prices. level, spread, shift by jumps in ticks."""

    listing: Listing
    walk: Walk
    seed: int
    level: int
    spread: int
    shift: int = 0
    fixed: tuple[Decimal, Decimal] | None = None
    phase: Phase | None = None
    step: int = -1
    tick: Tick | None = None


class Market:
    """Prices of all listed symbols in steps of 250 ms.

    The walk depends on seed, symbol and clock alone, so a restart goes on where the clock is;
    speed stretches its time, not the clock's. With a quote file the walk is off: a symbol that
    the file names has no price before its first row, the others stand still at their level.
    Fixed prices (file, set_quote) count as fresh on every step. A closed symbol keeps its last.
    """

    def __init__(
        self,
        listings: Sequence[Listing],
        *,
        seed: int,
        now: datetime,
        calendar: Calendar = Calendar.OPEN,
        speed: float = 1.0,
        server_offset_s: int = 7200,
        quotes: QuoteFile | None = None,
    ) -> None:
        self.listings: Mapping[str, Listing] = {
            item.spec.name: item if calendar is Calendar.REAL else _always_open(item)
            for item in listings
        }
        self.server_offset = timedelta(seconds=server_offset_s)
        self.version = 0
        self.closed = False
        self._calendar = calendar
        self._speed = speed
        self._quotes = quotes
        self._now = now
        self._step = to_ms(now) // STEP_MS
        self._lines = {name: _line(item, _seed(seed, name)) for name, item in self.listings.items()}
        # Only a symbol named from the start is without a price: none that was there vanishes.
        self._awaited = frozenset(() if quotes is None else quotes.named)
        if quotes is not None:
            self._check_names(quotes)
            self._apply_file(to_ms(now))

    def move(self, now: datetime) -> bool:
        """Let the clock come to `now`; True if prices may have changed."""
        before = self.version
        self._now = now
        step = to_ms(now) // STEP_MS
        if self._quotes is not None:
            if step != self._step:
                self._quotes.read_growth()
                self._check_names(self._quotes)
            self._apply_file(to_ms(now))
        if step != self._step and not self.closed:
            self._step = step
            self.version += 1
        return self.version != before

    def next_change(self, after: datetime, stride_ms: int = STEP_MS) -> datetime:
        """The next step at least so far ahead, or the next row of the quote file before it."""
        step_ms = ((to_ms(after) + stride_ms) // STEP_MS) * STEP_MS
        row_ms = None if self._quotes is None or self.closed else self._quotes.next_ms()
        return from_ms(step_ms if row_ms is None else max(to_ms(after), min(step_ms, row_ms)))

    def tick(self, symbol: str) -> Tick | None:
        """Prices of a symbol; None = no price yet."""
        line = self._lines[symbol]
        step = self._step if self.is_open(symbol) else self._closing_step(line)
        if line.tick is None or line.step != step:
            line.step = step
            line.tick = self._tick_at(line, step)
        return line.tick

    def is_open(self, symbol: str) -> bool:
        if self._calendar is Calendar.OPEN:
            return not self.closed
        return self._phase(self._lines[symbol]).open and not self.closed

    def set_quote(self, symbol: str, bid: Decimal, ask: Decimal) -> None:
        """Fix a symbol's prices from now on; not kept over a restart. ValueError: no such quote."""
        if symbol not in self._lines:
            raise ValueError(f"the broker does not list {symbol[:40]!r}")
        if not 0 < bid <= ask:
            raise ValueError(f"{symbol}: bid {bid} must be above 0 and not above ask {ask}")
        line = self._lines[symbol]
        line.fixed = (bid, ask)
        line.tick = None
        self.version += 1

    def jump(self, symbol: str, distance: Decimal) -> int:
        """Move a symbol's prices at once; returns its shift in ticks (see shift)."""
        line = self._lines[symbol]
        size = line.listing.spec.tick_size
        ticks = int((distance / size).to_integral_value(ROUND_HALF_EVEN))
        if line.fixed is not None:
            bid, ask = line.fixed
            self.set_quote(symbol, bid + ticks * size, ask + ticks * size)
        else:
            self.shift(symbol, line.shift + ticks)
        return line.shift

    def shift(self, symbol: str, ticks: int) -> None:
        """Set by how many ticks the walk of a symbol is moved."""
        line = self._lines[symbol]
        line.shift = ticks
        line.tick = None
        self.version += 1

    def server_time(self) -> datetime:
        """The server's wall clock, as an aware time that only its fields mean anything of."""
        return self._now + self.server_offset

    def _phase(self, line: _Line) -> Phase:
        server_time = self._now + self.server_offset
        phase = line.phase
        if phase is None or not phase.start <= server_time < phase.end:
            phase = line.phase = phase_at(line.listing.spec.sessions, server_time)
        return phase

    def _closing_step(self, line: _Line) -> int:
        if self._calendar is Calendar.OPEN or self._phase(line).open:
            return self._step
        end_ms = to_ms(self._phase(line).start - self.server_offset)
        return min(self._step, end_ms // STEP_MS - 1)

    def _tick_at(self, line: _Line, step: int) -> Tick | None:
        spec = line.listing.spec
        time = from_ms(step * STEP_MS)
        if line.fixed is not None:
            return Tick(*line.fixed, time)
        if spec.name in self._awaited:
            return None
        ticks, spread = line.level, line.spread
        if self._quotes is None:
            seconds = step * STEP_MS / 1000 * self._speed
            ticks += round(line.level * line.walk.at(seconds))
            spread += _widening(line.seed, step, spread)
        ticks = max(1, ticks + line.shift)
        bid = (ticks * spec.tick_size).quantize(spec.point)
        return Tick(bid, bid + spread * spec.tick_size, time)

    def _apply_file(self, now_ms: int) -> None:
        for row in self._quotes.take_due(now_ms) if self._quotes and not self.closed else ():
            self.set_quote(row.symbol, row.bid, row.ask)

    def _check_names(self, quotes: QuoteFile) -> None:
        unknown = sorted(quotes.named - self.listings.keys())
        if unknown:
            raise ValueError(f"quote file: the broker does not list {', '.join(unknown)[:200]}")


def _always_open(listing: Listing) -> Listing:
    """The terminal states the hours in which its broker trades."""
    return replace(listing, spec=replace(listing.spec, sessions=(((0, 1440),),) * 7))


def _line(listing: Listing, seed: int) -> _Line:
    spec = listing.spec
    return _Line(
        listing=listing,
        walk=Walk(seed, float(listing.daily_move)),
        seed=seed,
        level=int(listing.level / spec.tick_size),
        spread=int(spec.spread * spec.point / spec.tick_size),
    )


def _seed(seed: int, name: str) -> int:
    """A symbol's own seed: its path does not depend on which other symbols there are."""
    return int.from_bytes(name.encode(), "big") * 1_000_003 + seed


def _widening(seed: int, step: int, spread: int) -> int:
    """One step in eight or so is up to half as wide again."""
    chance = noise(seed + 1, step)
    return int(spread * (chance - 0.75) * 2) if chance > 0.75 else 0
