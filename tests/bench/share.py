"""Our own share of the way from FIRE to the receipt event: without the EA's timer and broker."""

import asyncio
import random
import time
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, ReceiptRead
from tests.bench.child import child
from tests.bench.figures import Conditions, Figure, percentile, spread
from tests.bench.live_engine import LiveEngine, answered, running_engine, within
from tests.bench.responder import TEXT, times_of

TARGET_MS = 2.0
TIMER_MS = 5
BROKER_MS = 8
PAUSE_S = 0.02
MS = 1e6


@dataclass(frozen=True, slots=True)
class Trip:
    """One FIRE, its steps in milliseconds; each begins where the one before ends.

    timer: until the executor looks at the file; broker: until it writes its answer.
    """

    journalled: float
    appended: float
    timer: float
    broker: float
    told: float

    @property
    def own(self) -> float:
        return self.journalled + self.appended + self.told


@dataclass(frozen=True, slots=True)
class _Fired:
    """What this process knows of one FIRE, monotonic nanoseconds."""

    cmd_id: int
    began: int
    journalled: int
    appended: int
    told: int

    @property
    def whole_ms(self) -> float:
        return (self.told - self.began) / MS

    def trip(self, picked: int, ready: int) -> Trip:
        return Trip(
            journalled=(self.journalled - self.began) / MS,
            appended=(self.appended - self.journalled) / MS,
            timer=(picked - self.appended) / MS,
            broker=(ready - picked) / MS,
            told=(self.told - ready) / MS,
        )


def measure(conditions: Conditions) -> list[Figure]:
    count = conditions.times(500, 10)
    at_once = _trips(conditions.folder / "at-once", count, 0)
    paced = _trips(conditions.folder / "paced", count, PAUSE_S)
    own, slow = [trip.own for trip in at_once], [trip.own for trip in paced]
    how = (
        f"controls.fire to row written, and receipt being written to its event; EA looks every"
        f" {TIMER_MS} ms and answers after 0 to {BROKER_MS} ms, which is not counted"
    )
    waits = f"pauses up to {PAUSE_S * 1000:.0f} ms: {spread(slow, 'ms')}"
    steps = {
        "journal": [trip.journalled for trip in at_once],
        "append": [trip.appended for trip in at_once],
        "receipt_event": [trip.told for trip in at_once],
    }
    return [
        Figure(
            "own_share_p50_ms",
            percentile(own, 50),
            "ms",
            f"{how}; one after the other: {spread(own, 'ms')}",
            TARGET_MS,
        ),
        Figure("own_share_p99_ms", percentile(own, 99), "ms", "the same"),
        Figure("own_share_paced_p50_ms", percentile(slow, 50), "ms", f"the same, {waits}"),
        *(
            Figure(f"own_share_{name}_p50_ms", percentile(values, 50), "ms", spread(values, "ms"))
            for name, values in steps.items()
        ),
    ]


def _trips(folder: Path, count: int, pause_s: float) -> list[Trip]:
    files = folder / "MQL5" / "Files"
    with child("responder", files, TIMER_MS, BROKER_MS):
        fired = run_engine(fire_all(folder, files, count, pause_s))
    times = times_of(files)
    return [one.trip(*times[one.cmd_id]) for one in fired]


async def fire_all(folder: Path, files: Path, count: int, pause_s: float) -> list[_Fired]:
    """Fire one signal after the other, each after a random pause of up to pause_s."""
    rng = random.Random(1)
    async with running_engine(folder / "data", files) as live:
        fired = []
        for _ in range(count):
            signal = await live.submit(TEXT)
            await asyncio.sleep(rng.uniform(0, pause_s))
            fired.append(await fire_one(live, signal))
        return fired


async def fire_one(live: LiveEngine, signal: str) -> _Fired:
    queued = live.expect(CommandChanged, lambda e: e.state is CommandState.QUEUED)
    published = live.expect(CommandChanged, lambda e: e.state is CommandState.PUBLISHED)
    receipt = live.expect(ReceiptRead, lambda _: True)
    began = time.perf_counter_ns()
    answered(await live.controls.fire(signal))
    _, journalled_at = await within(queued)
    _, appended_at = await within(published)
    event, told_at = await within(receipt)
    return _Fired(event.receipt.cmd_id, began, journalled_at, appended_at, told_at)
