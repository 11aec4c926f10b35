"""A price path that can be asked at any instant: octaves of seeded noise about a level."""

from math import floor, sqrt

_MASK = (1 << 64) - 1
_DAY_S = 86_400.0
_OCTAVES = 9
_SHORTEST_S = 0.25


def noise(seed: int, index: int) -> float:
    """A number from -1 to 1 that depends on seed and index alone (SplitMix64's finish)."""
    z = (seed + index * 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((z ^ (z >> 31)) >> 11) / (1 << 52) - 1.0


class Walk:
    """Deviation from the level over time.

    Octaves of 0.25 s, 1 s, 4 s ... 4.5 hours, each with the swing that a random walk of the given
    daily move has over its period: rough like a market, yet it comes back to the level every day,
    so that a signal that fits today fits on any date. After a restart it goes on by the clock.
    """

    def __init__(self, seed: int, daily_move: float) -> None:
        self._octaves: list[_Octave] = []
        for number in range(_OCTAVES):
            period = _SHORTEST_S * 4**number
            own = int((noise(seed, number) + 1) * (1 << 52))
            self._octaves.append(_Octave(own, period, daily_move * sqrt(period / _DAY_S)))

    def at(self, seconds: float) -> float:
        """Deviation as a fraction of the level."""
        return sum(octave.at(seconds) for octave in self._octaves)


class _Octave:
    """Noise on a lattice of one period, straight lines between; remembers the last interval."""

    __slots__ = ("_amplitude", "_index", "_left", "_period", "_right", "_seed")

    def __init__(self, seed: int, period: float, amplitude: float) -> None:
        self._seed = seed
        self._period = period
        self._amplitude = amplitude
        self._index: int | None = None
        self._left = self._right = 0.0

    def at(self, seconds: float) -> float:
        place = seconds / self._period
        index = floor(place)
        if index != self._index:
            self._index = index
            self._left = noise(self._seed, index) * self._amplitude
            self._right = noise(self._seed, index + 1) * self._amplitude
        return self._left + (self._right - self._left) * (place - index)
