"""The fault points of a seed: which are armed, what they strike next, and how often they struck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(slots=True)
class _Armed:
    """left: effects that still pass before it strikes. until: a lasting one's end."""

    left: int
    until: float
    path: str


class FaultPoints:
    """Armed by the plan, struck by whoever passes the point. `armed` empty = nothing to ask."""

    def __init__(self, random: Random, monotonic: Callable[[], float]) -> None:
        self.armed: dict[str, _Armed] = {}
        self.hits: Counter[str] = Counter()
        self.quiet = False
        self._random = random
        self._monotonic = monotonic

    def arm(self, name: str, *, left: int = 0, seconds: float = 0.0, path: str = "") -> None:
        """Strikes once after `left` more effects, or for so many seconds. path: a part of it."""
        if not self.quiet:
            until = self._monotonic() + seconds if seconds else 0.0
            self.armed[name] = _Armed(left, until, path)

    def strikes(self, name: str, path: str = "") -> bool:
        """True if this effect is the one; used up by it."""
        armed = self.armed.get(name)
        if armed is None or armed.path not in path:
            return False
        if armed.left > 0:
            armed.left -= 1
            return False
        del self.armed[name]
        self.hits[name] += 1
        return True

    def lasts(self, name: str, path: str = "", chance: float = 1.0) -> bool:
        """True while a lasting fault is in force, each time with this chance."""
        armed = self.armed.get(name)
        if armed is None or armed.path not in path:
            return False
        if self._monotonic() >= armed.until:
            del self.armed[name]
            return False
        if chance < 1.0 and self._random.random() >= chance:
            return False
        self.hits[name] += 1
        return True

    def end_all(self) -> None:
        """From now on nothing strikes any more."""
        self.armed.clear()
        self.quiet = True
