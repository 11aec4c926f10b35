"""Runs a compiled program as a terminal would: events in, calls out, death at any effect."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.ea_sim.calls import UNIT, TerminalCalls

_SANITIZER_ENV = {
    "ASAN_OPTIONS": "detect_leaks=0:exitcode=98",
    "UBSAN_OPTIONS": "halt_on_error=1:exitcode=97:print_stacktrace=1",
}
_EVENTS = frozenset(("init", "timer", "tick", "trade", "transaction", "deinit", "start"))


class DiedError(Exception):
    """The process was killed at the armed effect."""


class CriticalError(Exception):
    """The program did what unloads it in a terminal: the text says what."""


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\r", "\r") for part in parts)


class EaHost:
    """One process with one program. Files and broker outlive it."""

    def __init__(
        self, binary: Path, folder: Path, calls: TerminalCalls, common: Path | None = None
    ) -> None:
        self._calls = calls
        self.log: list[str] = []
        self.effects: list[str] = []
        self._process = subprocess.Popen(
            [str(binary), str(folder), str(common or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_SANITIZER_ENV},
            # Ctrl+C in a terminal is for the host, which then ends the program properly.
            start_new_session=True,
        )
        ready = self._read()
        self.inputs = frozenset(ready[1].split(","))
        self.handlers = frozenset(ready[2].split(",")) - {""}

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self, inputs: Mapping[str, object]) -> None:
        """Set the inputs by their names; KeyError for one that the program has not."""
        for name, value in inputs.items():
            if name not in self.inputs:
                raise KeyError(f"no input {name}; there are {', '.join(sorted(self.inputs))}")
            text = str(value).lower() if isinstance(value, bool) else str(value)
            self._run("input", name, text)

    def init(self) -> int:
        return self._run("init")

    def timer(self) -> None:
        self._run("timer")

    def event(self, name: str, *args: str) -> int:
        """An event by its name, such as tick; one that the program does not handle is nothing."""
        return self._run(name, *args) if name in self.handlers else 0

    def deinit(self, reason: int, *, unload: bool = False) -> None:
        """OnDeinit; unload: the program leaves memory, which closes its files."""
        self._run("deinit", str(reason))
        if unload:
            self._run("unload")

    def kill_at(self, effect: int, mode: str = "before", torn_bytes: int = 0) -> None:
        """Die at this effect from now on: before it, after it, or with a torn write."""
        self._run("kill", str(effect), mode, str(torn_bytes))

    def fault(self, *words: object) -> None:
        """`clear`; `hold NAME r|a`; or OPERATION NAME COUNT ERROR [BYTES], COUNT -1 = lasting."""
        self._run("fault", *map(str, words))

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def close(self) -> None:
        """End the process; it must end well."""
        if self._process.poll() is None:
            self._write("quit")
            if self._process.wait(timeout=30):
                raise CriticalError(f"exit code {self._process.returncode}")
        self._end()

    def _end(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue

    def _run(self, verb: str, *args: str) -> int:
        clock = self._calls.clock() if verb in _EVENTS else []
        self._write(verb, *clock, *args)
        while True:
            message = self._read()
            match message[0]:
                case "D":
                    self.effects += [name for name in message[2].split(";") if name]
                    return int(message[1])
                case "L":
                    self.log.append(message[1])
                case "X":
                    self._end()
                    raise CriticalError(message[1])
                case _:
                    self._write(*self._calls.answer(message[1:]))

    def _write(self, *fields: str) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(UNIT.join(map(escaped, fields)).encode("utf-8", "surrogateescape") + b"\n")
            pipe.flush()
        except BrokenPipeError:
            self._died()

    def _read(self) -> list[str]:
        pipe = self._process.stdout
        assert pipe is not None
        line = pipe.readline()
        if not line:
            self._died()
        text = line[:-1].decode("utf-8", "surrogateescape")
        return [unescaped(field) for field in text.split(UNIT)]

    def _died(self) -> None:
        self._end()
        code = self._process.returncode
        if code == -signal.SIGKILL:
            raise DiedError
        raise CriticalError(f"the program ended with {code}")
