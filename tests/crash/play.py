"""Plays one run: a script, a fault of the broker, deaths of the EA, and the check at its end."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.invariants import Watch, check
from tests.crash.scripts import SCRIPTS, Script
from tests.ea_sim.build import Program
from tests.ea_sim.executors import EaExecutor
from tests.ea_sim.host import CriticalError, DiedError
from tests.ea_sim.world import EA, TIMER_S, Setting, World

SETTLE_S, SETTLE_STEP_S = 76.0, 2.0
EA_FILES = ("intents.csv", "receipts.csv", "latch.csv")


@dataclass(frozen=True)
class Death:
    """At an effect counted from the start of the process; mode before, after or torn."""

    effect: int
    mode: str = "before"
    torn_bytes: int = 0

    def __str__(self) -> str:
        return f"{self.mode}@{self.effect}" + (f":{self.torn_bytes}" if self.torn_bytes else "")


@dataclass(frozen=True)
class Run:
    """All that decides a run; its text names it and replays it."""

    script: str
    hedging: bool = True
    fault: str = ""
    deaths: tuple[Death, ...] = ()
    power_cut: tuple[str, ...] = ()
    reload: int | None = None

    def __str__(self) -> str:
        parts = [self.script, "hedging" if self.hedging else "netting", self.fault or "-"]
        parts.append("+".join(map(str, self.deaths)) or "-")
        if self.reload is not None:
            parts.append(f"reload{self.reload}")
        return "/".join([*parts, *self.power_cut])

    @classmethod
    def parse(cls, text: str) -> Run:
        script, mode, fault, deaths, *cut = text.split("/")
        found = []
        for death in deaths.split("+") if deaths != "-" else []:
            kind, _, rest = death.partition("@")
            effect, _, torn = rest.partition(":")
            found.append(Death(int(effect), kind, int(torn or 0)))
        reload = int(cut.pop(0).removeprefix("reload")) if cut and "reload" in cut[0] else None
        fault = "" if fault == "-" else fault
        return cls(script, mode == "hedging", fault, tuple(found), tuple(cut), reload)


@dataclass
class Result:
    run: Run
    violations: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    faults: int = 0
    died: int = 0


def play(run: Run, program: Program | None = None) -> Result:
    root = Path(tempfile.mkdtemp(prefix="crash-", dir=_scratch()))
    script = next(one for one in SCRIPTS if one.name == run.script)
    faults = (run.fault,) if run.fault else ()
    setting = Setting(faults=(), hedging=run.hedging, inputs=dict(script.inputs))
    world = World(root, EA, setting, program)
    result = Result(run)
    try:
        _Play(world, script, run, result).play(faults)
    finally:
        world.close()
        shutil.rmtree(root, ignore_errors=True)
    return result


def _scratch() -> str | None:
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() else None


class _Play:
    def __init__(self, world: World, script: Script, run: Run, result: Result) -> None:
        assert isinstance(world.executor, EaExecutor)
        self._world = world
        self._ea = world.executor
        self._script = script
        self._run = run
        self._result = result
        self._deaths = list(run.deaths)
        self._watch = Watch(world)

    def play(self, faults: tuple[str, ...]) -> None:
        world = self._world
        try:
            world.app.beat()
            self._start()
            world.app.beat()
            for fault in faults:
                world.faults.arm(fault)
            self._timers(0.1)
            for step, seconds in self._script.steps:
                step(world)
                self._reload()
                self._timers(seconds)
            self._timers(SETTLE_S, SETTLE_STEP_S)
            self._timers(0.15)
        except CriticalError as error:
            self._result.violations.append(f"I12 {error}")
            return
        self._result.effects += self._ea.running.effects
        self._result.violations += self._watch.violations
        self._result.violations += check(world, stopped=self._script.stopped)
        self._result.faults = sum(world.faults.hits.values())

    def _reload(self) -> None:
        """OnDeinit and OnInit with what the app has just written lying there."""
        if self._run.reload is not None:
            self._ea.reinit(self._run.reload)
            self._world.app.beat()

    def _timers(self, seconds: float, step: float = TIMER_S) -> None:
        """Timers for so long; a death is followed by a new process a while later."""
        end = self._world.now.timestamp() + seconds
        while self._world.now.timestamp() < end - 0.001:
            try:
                self._world.run(step, step=step)
            except DiedError:
                self._died()

    def _start(self) -> None:
        while True:
            try:
                host = self._ea.load()
                if self._deaths:
                    death = self._deaths.pop(0)
                    host.kill_at(death.effect, death.mode, death.torn_bytes)
                host.init()
            except DiedError:
                self._cut_power()
                continue
            return

    def _died(self) -> None:
        self._cut_power()
        self._world.now = self._world.now.replace(microsecond=0)
        self._start()
        self._world.app.beat()

    def _cut_power(self) -> None:
        """A death; with a power cut, files lose the row that was written last."""
        self._result.died += 1
        for name in self._run.power_cut:
            path = self._world.folder / name
            if path.exists():
                lines = path.read_bytes().splitlines(keepends=True)
                path.write_bytes(b"".join(lines[:-1]))
