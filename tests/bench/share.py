"""Our own share of the way from FIRE to the receipt event: all but the executor's own time."""

import asyncio
import random
import time
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.engine.entries import CommandState
from signalos_desktop.engine.events import CommandChanged, ReceiptRead
from tests.bench.child import child
from tests.bench.figures import Conditions, Figure, percentile, spread
from tests.bench.live_engine import LiveEngine, answered, running_engine, within
from tests.bench.responder import TEXT, times_of

TARGET_MS = 2.0
TIMER_MS = 0.2
BROKER_MS = 8
PAUSE_S = 0.02
MS = 1e6


@dataclass(frozen=True, slots=True)
class Trip:
    """One FIRE, its steps in milliseconds; each begins where the one before ends."""

    journalled: float
    appended: float
    seen: float
    executor: float
    told: float

    @property
    def own(self) -> float:
        return self.journalled + self.appended + self.seen + self.told

    @property
    def whole(self) -> float:
        return self.own + self.executor


def measure(conditions: Conditions) -> list[Figure]:
    count = conditions.times(500, 10)
    at_once = _trips(conditions.folder / "at-once", count, 0)
    paced = _trips(conditions.folder / "paced", count, PAUSE_S)
    own, slow = [trip.own for trip in at_once], [trip.own for trip in paced]
    how = (
        f"controls.fire to receipt event, less row seen to answer written, EA looks every"
        f" {TIMER_MS} ms and answers after 0 to {BROKER_MS} ms"
    )
    waits = f"pauses up to {PAUSE_S * 1000:.0f} ms: {spread(slow, 'ms')}"
    steps = {
        "journal": [trip.journalled for trip in at_once],
        "append": [trip.appended for trip in at_once],
        "seen_by_ea": [trip.seen for trip in at_once],
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
        return asyncio.run(fire_all(folder, files, count, pause_s))


async def fire_all(folder: Path, files: Path, count: int, pause_s: float) -> list[Trip]:
    """Fire one signal after the other, each after a random pause of up to pause_s."""
    rng = random.Random(1)
    async with running_engine(folder / "data", files) as live:
        trips = []
        for _ in range(count):
            signal = await live.submit(TEXT)
            await asyncio.sleep(rng.uniform(0, pause_s))
            trips.append(await fire_one(live, signal))
        return trips


async def fire_one(live: LiveEngine, signal: str) -> Trip:
    queued = live.expect(CommandChanged, lambda e: e.state is CommandState.QUEUED)
    published = live.expect(CommandChanged, lambda e: e.state is CommandState.PUBLISHED)
    receipt = live.expect(ReceiptRead, lambda _: True)
    began = time.perf_counter_ns()
    answered(await live.controls.fire(signal))
    _, journalled_at = await within(queued)
    _, appended_at = await within(published)
    event, told_at = await within(receipt)
    picked, ready = times_of(event.receipt)
    return Trip(
        journalled=(journalled_at - began) / MS,
        appended=(appended_at - journalled_at) / MS,
        seen=(picked - appended_at) / MS,
        executor=(ready - picked) / MS,
        told=(told_at - ready) / MS,
    )
