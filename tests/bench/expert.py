"""The compiled Expert Advisor on the simulated broker: FIRE to receipt event, and its idle time."""

import asyncio
import random
import time
from pathlib import Path

from signalos_desktop.engine.events import ReceiptRead
from tests.bench.figures import Conditions, Figure, percentile, spread
from tests.bench.idle import busy_percent
from tests.bench.live_engine import answered, running_engine, within
from tests.bench.row import TEXTS
from tests.ea_sim.build import compiler
from tests.ea_sim.real_terminal import RealTerminal

TIMERS_MS = (25, 50)
INPUTS = ("--input", "InpMaxPositions=0", "--balance", "10000000")


def measure(conditions: Conditions) -> list[Figure]:
    """Nothing without a compiler: the EA is compiled by g++ for this."""
    if compiler() is None:
        return []
    figures = []
    for timer_ms in TIMERS_MS:
        figures += _trips(conditions.folder / f"expert-{timer_ms}", timer_ms, conditions)
    return figures


def _trips(folder: Path, timer_ms: int, conditions: Conditions) -> list[Figure]:
    files, count = folder / "MQL5" / "Files", conditions.times(100, 10)
    options = (*INPUTS, "--input", f"InpTimerMs={timer_ms}")
    with RealTerminal(files, folder / "ledger.jsonl", *options) as terminal:
        idle = busy_percent(terminal.program, conditions.times(10, 2))
        trips = asyncio.run(_fire(folder / "data", files, count, timer_ms / 1000))
    how = (
        f"compiled EA, timer {timer_ms} ms, durable broker in another process, what is opened stays"
    )
    key = f"expert_trip_{timer_ms}ms"
    return [
        Figure(f"{key}_p50_ms", percentile(trips, 50), "ms", f"{how}: {spread(trips, 'ms')}"),
        Figure(f"{key}_p99_ms", percentile(trips, 99), "ms", "the same"),
        Figure(f"expert_idle_{timer_ms}ms_percent", idle, "%", f"of one core, no app, {how}"),
    ]


async def _fire(data: Path, files: Path, count: int, pause_s: float) -> list[float]:
    """Milliseconds; each after a random pause of up to pause_s, so that no timer is in step."""
    rng = random.Random(1)
    trips = []
    async with running_engine(data, files, **{"risk.max_age_s": 600}) as live:
        for number in range(count):
            signal = await live.submit(TEXTS[number % 2])
            await asyncio.sleep(rng.uniform(0, pause_s))
            receipt = live.expect(ReceiptRead, lambda event: event.receipt.status.terminal)
            began = time.perf_counter_ns()
            answered(await live.controls.fire(signal))
            _, told_at = await within(receipt)
            trips.append((told_at - began) / 1e6)
    return trips
