"""Processor time and memory of the headless engine that is connected and has nothing to do."""

import os
import time
from pathlib import Path

from tests.bench.child import child
from tests.bench.figures import Conditions, Figure, baseline, ratio
from tests.helpers.processes import Engine, Terminal

TARGET_PERCENT = 0.5
WARM_S = 3


def measure(conditions: Conditions) -> list[Figure]:
    seconds = conditions.times(20, 2)
    files = conditions.folder / "MQL5" / "Files"
    with Terminal(files):
        engine = Engine(conditions.folder / "data", files)
        with engine:
            engine.running()
            ours = busy_percent(engine.process.pid, seconds)
            memory = _resident_mib(engine.process.pid)
    slots = conditions.folder / "slots"
    with child("slot_ea", slots, 25), child("slot_client", slots) as pid:
        theirs = busy_percent(pid, seconds)
    how = f"user and system time of the process in {seconds} s, of one core"
    return [
        Figure(
            "idle_cpu_percent",
            ours,
            "%",
            f"run --headless beside a real simulate process: {how}",
            TARGET_PERCENT,
        ),
        Figure("idle_rss_mib", memory, "MiB", "resident memory of the same process, then"),
        baseline("slot_client_idle_cpu_percent", theirs, "%", f"five files every 5 ms: {how}"),
        ratio("slot_client_idle_to_ours", theirs, max(ours, 0.01), "their idle time to ours"),
    ]


def busy_percent(pid: int, seconds: int) -> float:
    time.sleep(WARM_S)
    began, before = time.monotonic(), _processor_s(pid)
    time.sleep(seconds)
    return 100 * (_processor_s(pid) - before) / (time.monotonic() - began)


def _resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    [kib] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(kib) / 1024


def _processor_s(pid: int) -> float:
    """Seconds that all threads of a process have run, from Linux' own books."""
    stat = Path(f"/proc/{pid}/stat").read_text()
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
