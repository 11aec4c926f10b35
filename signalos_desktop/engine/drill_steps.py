"""The steps of the stop drill with their targets, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

BLOCKED, FLAG, LATCHED = "entries blocked", "halt flag on the disk", "EA has latched the stop"
FIRST_CLOSE, FLAT = "first position or order gone", "flat, proven by the account"
PAUSED, RUNNING = "resume, step 1: paused", "resume, step 2: running"
MEASURED = (BLOCKED, FLAG, LATCHED, FIRST_CLOSE, FLAT)
RESUMED = (PAUSED, RUNNING)
TARGETS_MS = {BLOCKED: 100, FLAG: 250, FIRST_CLOSE: 500, FLAT: 5000}
"""From the press, with an idle EA; 20 positions may take 8 s to be flat."""


@dataclass(frozen=True, slots=True)
class DrillStep:
    """One step. took_ms: from the press, None = not yet. target_ms None = it has none.

    needed False: nothing was open that could have been closed.
    """

    name: str
    target_ms: int | None
    took_ms: int | None = None
    needed: bool = True

    @property
    def in_time(self) -> bool | None:
        """None = not over yet, or without a target."""
        if self.took_ms is None or self.target_ms is None:
            return None
        return self.took_ms <= self.target_ms

    @property
    def words(self) -> str:
        if not self.needed:
            return f"{self.name}: nothing was open"
        took = "not reached" if self.took_ms is None else f"{self.took_ms} ms"
        target = f" (target {self.target_ms} ms)" if self.target_ms is not None else ""
        late = ", late" if self.in_time is False else ""
        return f"{self.name}: {took}{target}{late}"


def first_steps(*, anything_open: bool) -> dict[str, DrillStep]:
    names = (*MEASURED, *RESUMED)
    return {
        name: DrillStep(name, TARGETS_MS.get(name), needed=anything_open or name != FIRST_CLOSE)
        for name in names
    }


def describe(steps: Sequence[DrillStep]) -> str:
    """What was measured, in one sentence for the journal."""
    return "stop drill: " + "; ".join(step.words for step in steps if step.name in MEASURED)
