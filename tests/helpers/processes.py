"""Real processes for the end-to-end tests: the simulated terminal and the headless engine."""

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

Event = dict[str, Any]
PATIENCE_S = 30.0


class LineProcess:
    """A process whose stdout is JSON lines; every wait is for a condition, with a long limit."""

    module = "signalos_desktop"

    def __init__(self, *args: str) -> None:
        self.events: list[Event] = []
        self.mark = 0
        self._arrived: queue.Queue[Event | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self.errors: list[str] = []
        self._threads = [
            threading.Thread(target=self._pump, daemon=True),
            threading.Thread(target=self._pump_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, **request: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()

    def wait(
        self, wanted: Callable[[Event], bool], patience_s: float = PATIENCE_S, what: str = ""
    ) -> Event:
        """The first event since the last request that is wanted, arrived already or to come."""
        end = time.monotonic() + patience_s
        at = self.mark
        while True:
            if at < len(self.events):
                if wanted(self.events[at]):
                    return self.events[at]
                at += 1
                continue
            try:
                event = self._arrived.get(timeout=max(0.001, end - time.monotonic()))
            except queue.Empty:
                shown = "\n".join(str(e)[:300] for e in self.events[-15:])
                raise AssertionError(
                    f"{what or 'the event'} did not come; last:\n{shown}"
                ) from None
            if event is None:
                raise AssertionError(f"the process ended: {''.join(self.errors)[-2000:]}")
            self.events.append(event)

    def wait_for(self, name: str, patience_s: float = PATIENCE_S, **fields: object) -> Event:
        def wanted(event: Event) -> bool:
            return event["event"] == name and all(event.get(k) == v for k, v in fields.items())

        return self.wait(wanted, patience_s, what=f"{name} {fields}")

    def kill(self) -> None:
        """As a power button does: nothing of the process runs any more."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ask it to end and wait for it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_S)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.end()

    def _pump(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self._arrived.put(json.loads(line))
        self._arrived.put(None)

    def _pump_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)


class Terminal(LineProcess):
    """`simulate` on a folder; ready when constructed."""

    def __init__(self, files: Path, *args: str) -> None:
        files.mkdir(parents=True, exist_ok=True)
        super().__init__("simulate", "--folder", str(files), "--calendar", "open", *args)
        self.wait_for("ready")


class Engine(LineProcess):
    """`run --headless` with a data folder of its own."""

    def __init__(self, data: Path, files: Path, *args: str) -> None:
        self.data = data
        self._refs = 0
        super().__init__(
            "run", "--headless", "--data-dir", str(data), "--bridge-folder", str(files), *args
        )

    def running(self) -> "Engine":
        self.wait_for("ready")
        self.wait_for("state", state="RUNNING")
        return self

    def next(self, patience_s: float = PATIENCE_S) -> Event:
        """The next event, whatever it is."""
        event = self._arrived.get(timeout=patience_s)
        if event is None:
            raise AssertionError(f"the process ended: {''.join(self.errors)[-2000:]}")
        self.events.append(event)
        return event

    def settle(self) -> None:
        """Wait until entries are possible again and nothing that was sent is still open."""
        end = time.monotonic() + 4 * PATIENCE_S
        while time.monotonic() < end:
            state = self.ask("state")
            if state.get("state") == "RUNNING" and state["outstanding"] == 0:
                return
            with suppress(queue.Empty):
                self.next(patience_s=0.05)
        raise AssertionError(f"not settled: {self.ask('state')}")

    def ask(self, do: str, **fields: object) -> Event:
        """Send a request and wait for its answer."""
        self._refs += 1
        ref = f"r{self._refs}"
        self.mark = len(self.events)
        self.send(do=do, ref=ref, **fields)
        return self.wait(lambda event: event.get("ref") == ref, what=f"the answer to {do}")

    def fire(self, text: str, **fields: object) -> str:
        """Submit a text and fire it; returns the signal's id."""
        signal_id = str(self.ask("submit", text=text, **fields)["signal"])
        answer = self.ask("fire", signal=signal_id)
        assert answer["ok"], answer
        return signal_id


def read_journal(data: Path) -> list[Event]:
    """`journal --json` of a data folder."""
    done = subprocess.run(
        [sys.executable, "-m", "signalos_desktop", "journal", "--json", "--data-dir", str(data)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def read_ledger(path: Path) -> list[Event]:
    """The simulated broker's own ledger; a torn last line belongs to a broker that was killed."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1]]
