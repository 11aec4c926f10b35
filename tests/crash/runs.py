"""Which runs there are: every effect of every script, and deaths around it."""

from __future__ import annotations

from collections.abc import Iterator
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
    """Numbers of the effects to die at. The short form takes each snapshot's effects once."""
    chosen, seen = [], set()
    for number, effect in enumerate(effects, 1):
        if not whole and is_snapshot(effect) and effect in seen:
            continue
        seen.add(effect)
        chosen.append(number)
    return chosen


def deaths(effects: list[str], number: int, *, whole: bool) -> Iterator[Death]:
    yield Death(number, "before")
    effect = effects[number - 1]
    if whole or not is_snapshot(effect):
        yield Death(number, "after")
    if effect.startswith("write:") and (whole or not is_snapshot(effect)):
        for size in (1, 20, 60) if whole else (20,):
            yield Death(number, "torn", size)


def all_runs(program: Program | None = None, *, whole: bool = False, seed: int = 0) -> Iterator[Run]:
    """Clean runs, every death, deaths under a fault of the broker, power cuts, double deaths."""
    random = Random(seed)
    for script in SCRIPTS:
        for hedging in (True, False):
            clean = play(Run(script.name, hedging), program)
            effects = clean.effects
            chosen = points(effects, whole=whole)
            single = [d for number in chosen for d in deaths(effects, number, whole=whole)]
            if not hedging and not whole:
                single = random.sample(single, len(single) // 3)
            yield clean.run
            yield from (Run(script.name, hedging, deaths=(death,)) for death in single)
            yield from _with_faults(script.name, hedging, single, random, whole)
            yield from _harder(script.name, hedging, single, random, whole)


def _with_faults(
    script: str, hedging: bool, single: list[Death], random: Random, whole: bool
) -> Iterator[Run]:
    for fault in FAULTS:
        yield Run(script, hedging, fault)
        for death in single if whole else random.sample(single, 3):
            yield Run(script, hedging, fault, (death,))


def _harder(
    script: str, hedging: bool, single: list[Death], random: Random, whole: bool
) -> Iterator[Run]:
    for death in single if whole else random.sample(single, 4):
        second = Death(random.randint(1, 60), random.choice(("before", "after")))
        yield Run(script, hedging, deaths=(death, second))
        cut = tuple(name for name in EA_FILES if random.random() < 0.6)
        fault = random.choice(("", *FAULTS))
        yield Run(script, hedging, fault, (death,), cut or EA_FILES[:1])
