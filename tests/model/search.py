"""Breadth first through every state of a case, so that a violation comes with a shortest trace."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from tests.model.app_start import start_steps
from tests.model.app_steps import app_steps
from tests.model.ea_rows import row_steps
from tests.model.ea_start import ea_start_steps
from tests.model.ea_stop import stop_steps
from tests.model.invariants import broken_in_the_end
from tests.model.reduction import reduced
from tests.model.resume_steps import resume_steps
from tests.model.state import Case, State, Step, initial
from tests.model.world_steps import world_steps

FAMILIES = (
    world_steps,
    start_steps,
    app_steps,
    resume_steps,
    ea_start_steps,
    row_steps,
    stop_steps,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to. broken is empty if every state keeps every invariant.

    quiet: states in which no step of the protocol is left, where the end is judged.
    """

    broken: str
    trace: tuple[str, ...]
    states: int
    quiet: int

    def __str__(self) -> str:
        lines = [self.broken or "no violation", *self.trace]
        return f"{self.states} states, {self.quiet} quiet\n" + "\n  ".join(lines)


def search(case: Case, breaks: str = "", *, reduce: bool = True) -> Found:
    """Look at every reachable state, or stop at the first one that breaks an invariant.

    breaks: how the invariant begins that is looked for, others are passed over; empty = any.
    """
    first = initial(case)
    came_from: dict[State, State | None] = {first: None}
    waiting = deque([first])
    seen = quiet = 0
    while waiting:
        s = waiting.popleft()
        seen += 1
        progress = False
        for step in steps(case, s, reduce=reduce):
            if step.broken.startswith(breaks) and step.broken:
                trace = (*_trace(case, came_from, s, reduce), step.name)
                return Found(step.broken, trace, seen, quiet)
            progress = progress or step.progress
            if step.state not in came_from:
                came_from[step.state] = s
                waiting.append(step.state)
        if not progress:
            quiet += 1
            broken = broken_in_the_end(s)
            if broken.startswith(breaks) and broken:
                trace = (*_trace(case, came_from, s, reduce), "(quiet)")
                return Found(broken, trace, seen, quiet)
    return Found("", (), seen, quiet)


def steps(case: Case, s: State, *, reduce: bool) -> Iterator[Step]:
    for family in FAMILIES:
        for step in family(case, s):
            yield step._replace(state=reduced(case, step.state)) if reduce else step


def _trace(
    case: Case, came_from: dict[State, State | None], last: State, reduce: bool
) -> list[str]:
    """Names of the steps that lead to a state; found anew, so that no name is kept in a search."""
    names: list[str] = []
    s = last
    while (before := came_from[s]) is not None:
        names.append(
            next(step.name for step in steps(case, before, reduce=reduce) if step.state == s)
        )
        s = before
    return names[::-1]
