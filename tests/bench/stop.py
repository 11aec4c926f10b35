"""The emergency stop: its flag while the loop is under load, the first close, twenty positions."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.controls import Controls
from signalos_desktop.engine.events import PositionChanged
from tests.bench.figures import Conditions, Figure, percentile, spread
from tests.bench.live_engine import LiveEngine, running_engine, within
from tests.helpers.processes import Terminal, read_ledger

FLAG_TARGET_MS = 250.0
FIRST_CLOSE_TARGET_MS = 500.0
ATTEMPTED_TARGET_S = 5.0
VERDICT_TARGET_S = 8.0
SIGNALS_PER_S = 200
SEND_DELAYS_MS = (150, 200, 250)
POSITIONS = 20
TEXT = "BUY EURUSD NOW SL 1.00000"
RESUME_EVERY_S = 0.05


def measure(conditions: Conditions) -> list[Figure]:
    delays = conditions.times(len(SEND_DELAYS_MS), 1)
    return [
        *_flag(conditions),
        *_first_close(conditions),
        *_twenty(conditions, SEND_DELAYS_MS[-delays:]),
    ]


def _flag(conditions: Conditions) -> list[Figure]:
    files = conditions.folder / "flag" / "MQL5" / "Files"
    with Terminal(files):
        waited, rate = run_engine(_flags(files, conditions.times(40, 2)))
    how = f"Controls.stop in a thread until the flag is on the disk, {rate:.0f} signals/s handled: "
    how += spread(waited, "ms")
    return [
        Figure("stop_flag_p99_ms", percentile(waited, 99), "ms", how, FLAG_TARGET_MS),
        Figure("stop_flag_p50_ms", percentile(waited, 50), "ms", how),
    ]


async def _flags(files: Path, count: int) -> tuple[list[float], float]:
    """Milliseconds of each stop, and how many signals a second the loop really took."""
    waited, taken = [], 0
    began = time.monotonic()
    async with running_engine(files.parent / "data", files) as live:
        for _ in range(count):
            async with _load(live) as handled:
                await asyncio.sleep(0.5)
                waited.append(await asyncio.to_thread(_press, live.controls, files))
            taken += len(handled)
            await resume(live)
    return waited, taken / (time.monotonic() - began)


@asynccontextmanager
async def _load(live: LiveEngine) -> AsyncIterator[list[str]]:
    """Hand in 200 signals a second, whether the loop keeps up or not; yields those it has done."""
    handled: list[str] = []
    tasks: list[asyncio.Task[None]] = []

    async def one() -> None:
        handled.append(await live.submit(TEXT))

    async def many() -> None:
        began, given = time.monotonic(), 0
        while True:
            while given < (time.monotonic() - began) * SIGNALS_PER_S:
                tasks.append(asyncio.create_task(one()))
                given += 1
            await asyncio.sleep(1 / SIGNALS_PER_S)

    source = asyncio.create_task(many())
    try:
        yield handled
    finally:
        source.cancel()
        await asyncio.gather(*tasks)


def _press(controls: Controls, files: Path) -> float:
    """Press, wait for the thread that writes the flags; milliseconds until it has ended."""
    began = time.perf_counter()
    press = controls.stop().data["press"]
    for thread in threading.enumerate():
        if thread.name == f"stop-{press}":
            thread.join()
    took = (time.perf_counter() - began) * 1000
    if not any(str(press) in flag.read_text() for flag in files.rglob("halt.flag")):
        raise RuntimeError(f"no flag of press {press} below {files}")
    return took


async def resume(live: LiveEngine) -> None:
    """Both steps down, each as soon as nothing refuses it any more."""
    await asyncio.wait_for(_resume(live), 60)


async def _resume(live: LiveEngine) -> None:
    state = ""
    while state != TradingState.RUNNING.name:
        answer = await live.controls.resume()
        state = str(answer.data.get("state", ""))
        await asyncio.sleep(RESUME_EVERY_S)


def _first_close(conditions: Conditions) -> list[Figure]:
    folder = conditions.folder / "first"
    files, ledger = folder / "MQL5" / "Files", folder / "ledger.jsonl"
    with Terminal(files, "--ledger", str(ledger)):
        waits = run_engine(_closes(files, ledger, conditions.times(20, 2)))
    how = f"Controls.stop to the first closing deal in the broker's ledger: {spread(waits, 'ms')}"
    return [
        Figure("first_close_ms", max(waits), "ms", f"worst; {how}", FIRST_CLOSE_TARGET_MS),
        Figure("first_close_p50_ms", percentile(waits, 50), "ms", how),
    ]


async def _closes(files: Path, ledger: Path, count: int) -> list[float]:
    waits = []
    async with running_engine(files.parent / "data", files, autonomy="auto") as live:
        for _ in range(count):
            await open_positions(live, 1)
            pressed, _ = await stop_until_flat(live)
            waits.append((exits(ledger, pressed)[0] - pressed) * 1000)
            await resume(live)
    return waits


def _twenty(conditions: Conditions, delays_ms: tuple[int, ...]) -> list[Figure]:
    attempted, verdicts = [], []
    for delay_ms in delays_ms:
        folder = conditions.folder / f"twenty-{delay_ms}"
        files, ledger = folder / "MQL5" / "Files", folder / "ledger.jsonl"
        with Terminal(files, "--ledger", str(ledger), "--send-delay", str(delay_ms)):
            pressed, flat_at = run_engine(_flatten(files))
        closes = exits(ledger, pressed)
        if len(closes) != POSITIONS:
            raise RuntimeError(f"{len(closes)} of {POSITIONS} positions were closed")
        attempted.append(closes[-1] - delay_ms / 1000 - pressed)
        verdicts.append(flat_at - pressed)
    how = f"{POSITIONS} positions, OrderSend takes {', '.join(map(str, delays_ms))} ms: "
    return [
        Figure(
            "stop_20_attempted_s",
            max(attempted),
            "s",
            f"{how}stop to the start of the last close: {_each(attempted)}",
            ATTEMPTED_TARGET_S,
        ),
        Figure(
            "stop_20_verdict_s",
            max(verdicts),
            "s",
            f"{how}stop to STOPPED_FLAT: {_each(verdicts)}",
            VERDICT_TARGET_S,
        ),
    ]


def _each(values: list[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


async def _flatten(files: Path) -> tuple[float, float]:
    async with running_engine(files.parent / "data", files, autonomy="auto") as live:
        await open_positions(live, POSITIONS)
        return await stop_until_flat(live)


async def open_positions(live: LiveEngine, count: int) -> None:
    """Open one position after the other; each is waited for."""
    for _ in range(count):
        opened = live.expect(PositionChanged, lambda event: event.change == "opened")
        await live.submit(TEXT)
        await within(opened)


async def stop_until_flat(live: LiveEngine) -> tuple[float, float]:
    """When it was pressed and when the engine said STOPPED_FLAT, both in seconds since 1970."""
    flat = live.state(TradingState.STOPPED_FLAT)
    pressed, clock = time.time(), time.perf_counter_ns()
    live.controls.stop()
    _, told_at = await within(flat)
    return pressed, pressed + (told_at - clock) / 1e9


def exits(ledger: Path, since: float) -> list[float]:
    """When the broker closed positions after a moment, in seconds since 1970, in order."""
    deals = [row for row in read_ledger(ledger) if row["kind"] == "deal" and row["entry"] == "OUT"]
    return [at for at in map(_seconds, deals) if at > since]


def _seconds(deal: dict[str, Any]) -> float:
    return datetime.fromisoformat(deal["utc"]).astimezone(UTC).timestamp()
