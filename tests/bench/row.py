"""From a text handed in to its command row on the disk, against the real simulated terminal."""

import asyncio
import random
import time
from pathlib import Path

from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.engine.events import ReceiptRead
from tests.bench.figures import Conditions, Figure, percentile, spread
from tests.bench.live_engine import LiveEngine, Timed, running_engine, within
from tests.helpers.processes import Terminal

TARGET_MS = 10.0
PAUSE_S = 0.03
CLOSE_EVERY = 10
TEXTS = ("BUY EURUSD NOW SL 1.00000", "SELL EURUSD NOW SL 1.20000")


def measure(conditions: Conditions) -> list[Figure]:
    files = conditions.folder / "MQL5" / "Files"
    with Terminal(files, "--balance", "1000000"):
        times = run_engine(rows(conditions.folder, files, conditions.times(300, 20)))
    how = "text to row fsynced, journal committed before, autonomy auto, real simulate process: "
    how += spread(times, "ms")
    return [
        Figure("row_p50_ms", percentile(times, 50), "ms", how),
        Figure("row_p99_ms", percentile(times, 99), "ms", how, TARGET_MS),
    ]


async def rows(folder: Path, files: Path, count: int) -> list[float]:
    rng = random.Random(2)
    async with running_engine(folder / "data", files, autonomy="auto") as live:
        times = []
        for number in range(count):
            settled = live.expect(ReceiptRead, lambda _: True)
            began = time.perf_counter()
            signal = await live.submit(TEXTS[number % 2])
            await live.desk.bridge.flush()
            times.append((time.perf_counter() - began) * 1000)
            await _sent(live, signal, settled)
            if number % CLOSE_EVERY == CLOSE_EVERY - 1:
                await close_all(live)
            await asyncio.sleep(rng.uniform(0, PAUSE_S))
        return times


async def _sent(
    live: LiveEngine, signal: str, settled: "asyncio.Future[Timed[ReceiptRead]]"
) -> None:
    """The row was for this signal, and the EA has executed it: else nothing was measured."""
    [tracked] = [t for t in live.desk.flight.tracked.values() if t.entry.signal == signal]
    await within(settled)
    if tracked.settled is None or not tracked.settled.status.executed:
        raise RuntimeError(f"{signal} was not executed: {tracked.settled or tracked.reason}")


async def close_all(live: LiveEngine) -> None:
    """Close every position that the snapshots show, and wait for the receipts."""
    for ticket in tuple(live.desk.book.positions):
        settled = live.expect(ReceiptRead, lambda _: True)
        await live.controls.close(ticket)
        await within(settled)
