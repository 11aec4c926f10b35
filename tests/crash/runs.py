"""Which runs there are: every effect of every script, and deaths around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.crash.play import EA_FILES, Death, Run, play
from tests.crash.scripts import SCRIPTS
from tests.ea_sim.build import Program

FAULTS = (
    "requote:2",
    "timeout-executed",
    "timeout-not-executed",
    "late-execution:5",
    "late-execution:70",
    "partial:0.5",
    "reject:10006",
)
_SNAPSHOTS = ("status", "account", "positions", "orders", "symbols", "quotes")


def is_snapshot(effect: str) -> bool:
    name = effect.partition(":")[2]
    return name.partition(".")[0] in _SNAPSHOTS


def points(effects: list[str], *, whole: bool) -> list[int]:
    """Numbers of the effects to die at; those of snapshots repeat themselves: a few of each."""
    most, seen = 3 if whole else 1, Counter[str]()
    chosen = []
    for number, effect in enumerate(effects, 1):
        seen[effect] += 1
        if not is_snapshot(effect) or seen[effect] <= most:
            chosen.append(number)
    return chosen


def deaths(effects: list[str], number: int, *, whole: bool) -> Iterator[Death]:
    """Before, after and in the middle of an effect."""
    effect = effects[number - 1]
    yield Death(number, "before")
    if is_snapshot(effect) and not whole:
        return
    yield Death(number, "after")
    if effect.startswith("write:"):
        for size in (1, 20, 60) if whole else (20,):
            yield Death(number, "torn", size)


def all_runs(
    program: Program | None = None, *, whole: bool = False, seed: int = 0, only: str = ""
) -> Iterator[Run]:
    """Clean runs, every death, deaths under a fault of the broker, power cuts, double deaths."""
    random = Random(seed)
    for script in SCRIPTS:
        if only in ("", script.name):
            for hedging in (True, False):
                yield from _runs_of(script.name, hedging, program, random, whole)


def _runs_of(
    script: str, hedging: bool, program: Program | None, random: Random, whole: bool
) -> Iterator[Run]:
    clean = play(Run(script, hedging), program)
    chosen = points(clean.effects, whole=whole)
    single = [d for number in chosen for d in deaths(clean.effects, number, whole=whole)]
    yield clean.run
    fewer = single if hedging or whole else random.sample(single, len(single) // 3)
    yield from (Run(script, hedging, deaths=(death,)) for death in fewer)
    for fault in FAULTS:
        yield Run(script, hedging, fault)
        for death in random.sample(single, 25 if whole else 3):
            yield Run(script, hedging, fault, (death,))
    for death in single if whole else random.sample(single, 4):
        yield from _harder(Run(script, hedging, deaths=(death,)), random)


def _harder(run: Run, random: Random) -> Iterator[Run]:
    """A second death while the first is being made good, and a power cut under a fault."""
    second = Death(random.randint(1, 60), random.choice(("before", "after")))
    yield replace(run, deaths=(*run.deaths, second))
    cut = tuple(name for name in EA_FILES if random.random() < 0.6)
    yield replace(run, fault=random.choice(("", *FAULTS)), power_cut=cut or EA_FILES[:1])
