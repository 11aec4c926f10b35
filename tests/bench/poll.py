"""What a poll costs that finds nothing new, beside a reader that takes the whole file."""

import subprocess
import sys
import time
import tracemalloc
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.domain.wire.fields import crc32
from signalos_desktop.domain.wire.receipts import HEADER, encode_receipt
from signalos_desktop.engine.ports import Checkpoint
from tests.bench.child import ROOT, child
from tests.bench.figures import Conditions, Figure, baseline, percentile, ratio, spread
from tests.helpers.rig import ACCOUNT, MAGIC, receipt

TARGET_US = 50.0
TARGET_RATIO = 1.25
SIZES = {"1k": 1_000, "1m": 1_000_000}
BLOCK = 1_000
ROUNDS = 7
MARKED = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """us: the quickest round's median of a poll. peak_kib: allocated by opening and polling."""

    us: float
    polls: list[float]
    peak_kib: float


def measure(conditions: Conditions) -> list[Figure]:
    folders = {name: conditions.folder / name / "MQL5" / "Files" for name in SIZES}
    instances = {name: _instance(folders[name], rows) for name, rows in SIZES.items()}
    ours = {name: _cost(place, conditions.times(4000, 200)) for name, place in instances.items()}
    figures = [
        Figure(
            f"poll_us_{name}",
            cost.us,
            "us",
            f"median poll without news, {SIZES[name]:,} receipts, best of {ROUNDS} rounds;"
            f" all: {spread(cost.polls, 'us')}",
            TARGET_US,
        )
        for name, cost in ours.items()
    ]
    figures += [
        Figure(f"poll_memory_kib_{name}", cost.peak_kib, "KiB", "peak of begin and first poll")
        for name, cost in ours.items()
    ]
    how = "a poll beside 1,000,000 receipts and beside 1,000"
    figures.append(ratio("poll_1m_to_1k", ours["1m"].us, ours["1k"].us, how, TARGET_RATIO))
    return figures + _baselines(conditions, ours)


def _instance(files: Path, rows: int) -> Path:
    """A terminal's folder as an EA has left it, with so many receipts."""
    with child("responder", files, 1000, 0):
        [place] = (files / "SignalOS").iterdir()
    block = b"".join(encode_receipt(receipt(cmd_id)) for cmd_id in range(1, BLOCK + 1))
    with (place / "receipts.csv").open("wb") as file:
        file.write(HEADER.encode("ascii") + b"\n")
        for _ in range(rows // BLOCK):
            file.write(block)
    return place


def _cost(place: Path, count: int) -> Cost:
    path = place / "receipts.csv"
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(size - MARKED)
        mark = crc32(file.read())
    bridge = TerminalBridge(place, ACCOUNT, MAGIC, SystemClock())
    tracemalloc.start()
    bridge.begin(0, [Checkpoint(path.name, size, mark)])
    first = bridge.poll()
    peak_kib = tracemalloc.get_traced_memory()[1] / 1024
    tracemalloc.stop()
    if first is None or first.status is None or first.receipts:
        raise RuntimeError("the first poll must give the snapshots and no receipt")
    rounds = [_polls(bridge, count) for _ in range(ROUNDS)]
    bridge.close()
    best = min(percentile(polls, 50) for polls in rounds)
    return Cost(best, [one for polls in rounds for one in polls], peak_kib)


def _polls(bridge: TerminalBridge, count: int) -> list[float]:
    """Microseconds of each poll; the second in which every snapshot is read anew is in it."""
    times = []
    for _ in range(count):
        began = time.perf_counter_ns()
        facts = bridge.poll()
        times.append((time.perf_counter_ns() - began) / 1000)
        if facts is not None:
            raise RuntimeError(f"there was news: {facts}")
    return times


def _baselines(conditions: Conditions, ours: dict[str, Cost]) -> list[Figure]:
    figures = []
    for name, rows in SIZES.items():
        if conditions.quick and rows > BLOCK:
            continue
        path = conditions.folder / f"stock-receipts-{name}.csv"
        _stock_receipts(path, rows)
        ms, peak_mib = _whole_file(path, 3)
        how = f"csv.DictReader over {rows:,} six-column receipts, its own process, best of 3"
        figures += [
            baseline(f"whole_file_ms_{name}", ms, "ms", how),
            baseline(f"whole_file_memory_mib_{name}", peak_mib, "MiB", how),
            ratio(f"whole_file_to_poll_{name}", ms * 1000, ours[name].us, "their poll to ours"),
        ]
    return figures


def _stock_receipts(path: Path, rows: int) -> None:
    with path.open("w", encoding="ascii", newline="") as file:
        file.write("cmd_id,status,ticket,retcode,fill_price,message\r\n")
        for number in range(rows):
            file.write(f"{number},FILLED,{1234567890 + number},10009,2437.20,Request completed\r\n")


def _whole_file(path: Path, times: int) -> tuple[float, float]:
    """Milliseconds and MiB."""
    command = [sys.executable, "-m", "tests.bench.naive_reader", str(path), str(times)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    ms, peak_mib = done.stdout.split()
    return float(ms), float(peak_mib)
