"""One seed is one run: a world is built, faults strike, all comes to rest and is judged."""

from __future__ import annotations

import gc
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from signalos_desktop.domain import parsing
from signalos_desktop.engine import session as session_module
from signalos_desktop.simulator.faults import Faults
from tests.seeds.actions import Actions
from tests.seeds.disk import Disk
from tests.seeds.end import check_end
from tests.seeds.faults import FaultPoints
from tests.seeds.journal import JournalFile
from tests.seeds.mischief import KINDS, RESTARTS, Mischief
from tests.seeds.oracle import Oracle
from tests.seeds.panel import Panel
from tests.seeds.plan import SECONDS, Plan, draw, settings_of
from tests.seeds.terminal import Ground, Terminal
from tests.seeds.timeline import Timeline, WallClock

BORN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
REST_S, QUIET_S, MOST_REST_S = 6.0, 3.0, 40.0
MOST_STEPS = 60_000
COLLECT_EVERY = 25
POLLS = {"POLL_HOT_S": 0.15, "POLL_WARM_S": 0.5, "POLL_IDLE_S": 1.2}


@dataclass
class Result:
    """What one seed came to."""

    seed: int
    trace: str = ""
    violations: list[str] = field(default_factory=list)
    steps: int = 0
    sends: int = 0
    fills: int = 0
    denials: int = 0
    restarts: int = 0
    stops: int = 0
    signals: int = 0
    virtual_seconds: float = 0.0
    hits: Counter[str] = field(default_factory=Counter)


@contextmanager
def quick() -> Iterator[None]:
    """Coarser polls, and one reading for each text: a reading depends on its text alone."""
    before = {name: getattr(session_module, name) for name in POLLS}
    read = parsing.read
    parsing.warm_up()
    for name, value in POLLS.items():
        setattr(session_module, name, value)
    parsing.read = lru_cache(maxsize=20_000)(read)
    try:
        with warnings.catch_warnings():
            # What a dead app had begun is never finished.
            warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
            gc.collect()
            gc.freeze()
            gc.disable()
            try:
                yield
            finally:
                gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()
        parsing.read = read
        for name, value in before.items():
            setattr(session_module, name, value)


class World:
    """Everything of one run."""

    def __init__(self, plan: Plan, journal: JournalFile) -> None:
        journal.empty()
        self.plan = plan
        self.journal = journal
        self.random = Random(plan.seed ^ 0x5EED)
        clock = WallClock(BORN)
        disk = Disk(lambda: int(clock.now().timestamp() * 1_000_000_000))
        faults = FaultPoints(self.random, clock.monotonic)
        self.ground = Ground(clock, Timeline(clock), disk, faults, self.random)
        self.sim_faults = Faults((), self.random)
        self.terminal = Terminal(
            self.ground,
            plan.inputs,
            plan.server_offset_s,
            self.sim_faults,
            netting=plan.netting,
        )
        self.oracle = Oracle(
            self.terminal,
            plan.choice.max_positions,
            Decimal(plan.choice.max_open_risk),
            float(plan.inputs.doubt_wait_s),
        )
        self.terminal.wire.listeners.append(self.oracle)
        self.panel: Panel | None = None
        self.lives = 0
        self.app_restarts = 0
        self.steps = 0
        self.ending = False
        self.actions = Actions(self)
        self.mischief = Mischief(self)

    # ------------------------------------------------------------------ the app's lives

    def start_app(self) -> None:
        if self.panel is not None:
            return
        self.lives += 1
        self.panel = Panel(
            self.ground,
            self.journal,
            settings_of(self.plan.choice),
            self.lives,
            self.terminal,
            self.oracle,
        )
        self.actions.app_started()

    def end_app(self, away_s: float | None = None) -> None:
        """The process is gone, by whatever; a new one comes by itself."""
        panel = self.panel
        if panel is None:
            return
        panel.life.dead = True
        for error in panel.loop.errors:
            self.oracle.say(f"I12 {error}")
        self.panel = None
        self.oracle.app_ends()
        self.app_restarts += 1
        seconds = self.random.uniform(0.1, 5.0) if away_s is None else away_s
        self.ground.timeline.after(seconds, self.start_app)

    # ------------------------------------------------------------------ time

    def play(self) -> None:
        timeline = self.ground.timeline
        timeline.at(0.0, self.start_app)
        timeline.at(self.random.uniform(0.0, 1.0), self._start_expert)
        self.actions.schedule()
        self.mischief.schedule()
        self.run_until(SECONDS)
        self.ending = True
        self.mischief.end()
        self.start_app()
        if self.terminal.expert is None:
            self.terminal.start()
        end = SECONDS + MOST_REST_S
        while self.ground.clock.seconds < end:
            self.run_until(self.ground.clock.seconds + REST_S)
            if self.at_rest():
                break

    def _start_expert(self) -> None:
        self.terminal.start()
        self.terminal.run()

    def at_rest(self) -> bool:
        panel = self.panel
        if panel is None or self.terminal.expert is None:
            return False
        desks = panel.session.desks.values()
        settled = all(not desk.flight.outstanding() for desk in desks)
        quiet = self.ground.clock.seconds - self.oracle.booked_at > QUIET_S
        return bool(desks) and settled and panel.ledger.idle and quiet

    def run_until(self, end: float) -> None:
        clock, timeline = self.ground.clock, self.ground.timeline
        while True:
            panel = self.panel
            app_due = panel.due if panel is not None else float("inf")
            world_due = timeline.due
            if app_due > end and world_due > end:
                clock.seconds = end
                return
            if panel is not None and app_due <= world_due:
                clock.seconds = max(clock.seconds, app_due)
                self.steps += panel.step()
            else:
                timeline.pop()()
                self.steps += 1
            if panel is not None and panel is self.panel and panel.ended:
                self.end_app()
            self.oracle.step()
            if self.steps > MOST_STEPS:
                self.oracle.say("I12 it does not come to rest: too many steps")
                return


def play_seed(seed: int, journal: JournalFile) -> Result:
    plan = draw(seed, KINDS, RESTARTS)
    world = World(plan, journal)
    world.play()
    check_end(world)
    result = _result(world)
    if seed % COLLECT_EVERY == 0:
        gc.collect()
        gc.freeze()
    return result


def _result(world: World) -> Result:
    oracle, terminal = world.oracle, world.terminal
    hits = world.ground.faults.hits + world.mischief.hits + terminal.sim_faults.hits
    return Result(
        seed=world.plan.seed,
        trace=f"{oracle.trace:08x}",
        violations=oracle.violations,
        steps=world.steps,
        sends=terminal.wire.sends,
        fills=sum(1 for line in terminal.ledger.booked if _is_fill(line)),
        denials=oracle.seen["denied"],
        restarts=world.app_restarts + terminal.restarts,
        stops=world.actions.stops,
        signals=world.actions.signals,
        virtual_seconds=world.ground.clock.seconds,
        hits=hits,
    )


def _is_fill(line: Any) -> bool:
    return line["kind"] == "deal" and line["type"] in ("BUY", "SELL")
