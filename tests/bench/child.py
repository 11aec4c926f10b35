"""A module of this package as a process of its own, as long as the caller needs it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = "ready"
END_S = 10


@contextmanager
def child(module: str, *args: str | Path | float) -> Iterator[int]:
    """Start `python -m tests.bench.MODULE ARGS`, wait for its first line, give its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{module}", *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != READY:
            raise RuntimeError(f"{module} did not start")
        yield process.pid
    finally:
        process.kill()
        process.wait(END_S)
        process.stdout.close()


def say_ready() -> None:
    print(READY, flush=True)
