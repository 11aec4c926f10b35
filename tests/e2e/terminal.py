"""The simulated terminal as a real process on real files, and a small app that talks to it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.values import Account, to_ms
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.control import ControlRow, ControlVerb, encode_control
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.domain.wire.receipts import decode_receipt
from signalos_desktop.domain.wire.snapshots import (
    AppHeartbeat,
    SnapshotTorn,
    decode_status,
    encode_app,
)

ACCOUNT = Account(5000001, "SignalOS-Demo")
MAGIC = 4400000
WAIT_S = 20.0

_T = TypeVar("_T")


def wait_for(what: Callable[[], _T | None]) -> _T:
    """The first answer that is not empty; fails after a while."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError(f"not within {WAIT_S} s: {what}")


class SimulatedTerminal:
    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "signalos_desktop", "simulate", "--folder", folder, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def event(self) -> dict[str, Any]:
        """The next line of stdout."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        event: dict[str, Any] = json.loads(line)
        return event

    def ask(self, **wish: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(wish).encode() + b"\n")
        self.process.stdin.flush()
        return self.event()

    def kill(self) -> None:
        self.process.kill()
        self.close()

    def close(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(WAIT_S)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code


@contextmanager
def terminal(folder: Path, *options: str) -> Iterator[SimulatedTerminal]:
    made = SimulatedTerminal(folder, *options)
    try:
        yield made
    finally:
        made.close()


class MiniApp:
    """Writes rows as the panel would and reads what comes back."""

    def __init__(self, instance: Path, session: int = 1) -> None:
        self.instance = instance
        self.session = session
        self.seq = 0
        self.last_id = 0

    @property
    def file(self) -> str:
        return "commands.csv" if self.session == 1 else f"commands.{self.session}.csv"

    def beat(self) -> None:
        self.seq += 1
        heart = AppHeartbeat(self.session, self.file, 2, False, to_ms(datetime.now(UTC)))
        fresh = self.instance / "app.json.new"
        fresh.write_bytes(encode_app(heart, self.seq))
        os.replace(fresh, self.instance / "app.json")

    def send(self, action: str, **fields: Any) -> int:
        self.last_id += 1
        now = datetime.now(UTC)
        if CommandAction(action).opens:
            fields = {"symbol": "EURUSD", "lots": "0.10", "max_loss": "9000", **fields}
            fields.setdefault("comment", f"#{self.last_id}")
        for name in ("lots", "sl", "tp", "price", "max_loss"):
            if name in fields:
                fields[name] = Decimal(fields[name])
        row = encode_command(
            Command(
                self.last_id,
                ACCOUNT,
                self.session,
                CommandAction(action),
                now,
                now + timedelta(seconds=30),
                MAGIC,
                **fields,
            )
        )
        self._append(self.file, row)
        return self.last_id

    def control(self, verb: str, arg: object) -> None:
        now = to_ms(datetime.now(UTC))
        row = ControlRow(1, now, self.session, ControlVerb(verb), str(arg))
        self._append("control.csv", encode_control(row))

    def _append(self, name: str, row: bytes) -> None:
        with open(self.instance / name, "ab", buffering=0) as file:
            file.write(row)

    def receipts(self, cmd_id: int) -> list[Receipt]:
        """Whole receipts of a command; torn lines of a killed terminal are passed over."""
        try:
            data = (self.instance / "receipts.csv").read_bytes()
        except FileNotFoundError:
            return []
        found = []
        for line in data.splitlines(keepends=True):
            try:
                receipt = decode_receipt(line)
            except RowError:
                continue
            if receipt.cmd_id == cmd_id:
                found.append(receipt)
        return found

    def final(self, cmd_id: int) -> Receipt:
        """The terminal receipt; the heart beats while it is waited for."""

        def told() -> Receipt | None:
            if time.monotonic() - beaten[0] > 0.5:
                beaten[0] = time.monotonic()
                self.beat()
            return next((one for one in self.receipts(cmd_id) if one.status.terminal), None)

        beaten = [0.0]
        return wait_for(told)

    @property
    def status(self) -> EaStatus | None:
        try:
            return decode_status((self.instance / "status.json").read_bytes()).value
        except (FileNotFoundError, SnapshotTorn):
            return None
