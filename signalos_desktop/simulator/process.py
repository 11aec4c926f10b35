"""The simulated terminal as a program of its own: a real-time loop, JSON lines on stdout."""

import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from typing import Any

from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.fields import account_tag, instance_name
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.expert.expert import Expert
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import DiskFiles
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.parent import Parent
from signalos_desktop.simulator.quote_file import QuoteFile
from signalos_desktop.simulator.requests import Requests
from signalos_desktop.simulator.settings import Settings
from signalos_desktop.simulator.specs import LISTINGS, read_listings
from signalos_desktop.simulator.stock import StockExecutor

MARKET_S = 0.05
PARENT_EVERY_S = 1.0
STATE = "broker.sqlite3"


def utc_now() -> datetime:
    return datetime.now(UTC)


def say(event: str, **fields: Any) -> None:
    """One JSON line; nobody listening is no reason to stop."""
    line = json.dumps({"event": event, **fields}, separators=(",", ":")) + "\n"
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.write(line)
        sys.stdout.flush()


class Process:
    """Broker and executor on one folder. The clock is the computer's; `speed` moves prices only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ending = threading.Event()
        state = settings.folder / "SignalOS" / "simulator"
        for folder in (state, *([settings.common] if settings.common else ())):
            folder.mkdir(parents=True, exist_ok=True)
        listings = read_listings(settings.symbols) if settings.symbols else LISTINGS
        quotes = QuoteFile(settings.quotes) if settings.quotes else None
        faults = Faults(settings.faults, Random(settings.seed))
        self._ledger = Ledger(state / STATE, settings.ledger)
        self._broker = Broker(
            terms=settings.terms,
            market=Market(
                listings,
                seed=settings.seed,
                now=utc_now(),
                calendar=settings.calendar,
                speed=settings.speed,
                quotes=quotes,
            ),
            ledger=self._ledger,
            faults=faults,
            clock=utc_now,
            send_delay=settings.send_delay_s,
            delay=time.sleep,
        )
        self._requests = Requests(self._broker)
        self._parent = Parent(settings.parent_pid)
        self._executor = self._stock(faults) if settings.protocol == 1 else self._expert(faults)

    def _expert(self, faults: Faults) -> Expert:
        common = self._settings.common
        return Expert(
            self._broker,
            DiskFiles(self.instance),
            DiskFiles(common) if common else None,
            faults,
            replace(self._settings.inputs, common=str(common or "")),
            time.monotonic,
        )

    def _stock(self, faults: Faults) -> StockExecutor:
        files = DiskFiles(self._settings.folder)
        return StockExecutor(self._broker, files, faults, magic=self._settings.inputs.magic)

    @property
    def instance(self) -> Path:
        """The folder of the instance; protocol 1 has none of its own."""
        settings = self._settings
        if settings.protocol == 1:
            return settings.folder
        account = Account(settings.terms.login, settings.terms.server)
        return settings.folder / "SignalOS" / instance_name(account, settings.inputs.magic)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ending.set())
        self._executor.start()
        while not self._executor.ready and not self._ending.is_set():
            self._ending.wait(self._executor.timer_ms / 1000)
            self._executor.timer()
        self._tell_ready()
        lines = _lines_of_stdin()
        try:
            self._loop(lines)
        finally:
            self._executor.stop()
            self._ledger.close()
            say("stopped")

    def _tell_ready(self) -> None:
        settings = self._settings
        say(
            "ready",
            folder=str(settings.folder),
            instance=str(self.instance),
            common=str(settings.common or ""),
            account=account_tag(Account(settings.terms.login, settings.terms.server)),
            protocol=settings.protocol,
            pid=os.getpid(),
        )

    def _loop(self, lines: "SimpleQueue[bytes]") -> None:
        """Timers at their times; one that is late is not made up for."""
        timer_at = market_at = parent_at = time.monotonic()
        while not self._ending.is_set() and not self._requests.quit:
            now = time.monotonic()
            if now >= min(timer_at, market_at):
                self._broker.advance(utc_now())
                market_at = now + MARKET_S
            if now >= timer_at:
                self._executor.timer()
                timer_at = max(timer_at + self._executor.timer_ms / 1000, time.monotonic())
            if now >= parent_at:
                parent_at = now + PARENT_EVERY_S
                if self._parent.gone():
                    say("parent_gone")
                    return
            wait = min(timer_at, market_at) - time.monotonic()
            with suppress(Empty):
                self._obey(lines.get(timeout=max(0.0, wait)))

    def _obey(self, line: bytes) -> None:
        try:
            say("answer", **self._requests.answer(line))
        except (ValueError, TypeError, ArithmeticError) as error:
            say("error", code="BAD_REQUEST", text=str(error))


def _lines_of_stdin() -> "SimpleQueue[bytes]":
    """Lines of stdin as they come; its end ends nothing. Its buffer's lock would block the exit."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        rest = b""
        with suppress(OSError):
            while chunk := os.read(0, 1 << 16):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    if line.strip():
                        lines.put(line)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    return lines
