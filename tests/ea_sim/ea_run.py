"""Runs another author's executor unchanged: a headless terminal on the simulated broker.

    python -m tests.ea_sim.ea_run FILE.mq5 --folder F [--input NAME=VALUE]... [--account ...] ...

The first line of stdout is {"event":"ready",...}; then what the program prints, as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.quote_file import QuoteFile
from signalos_desktop.simulator.settings import common_of
from signalos_desktop.simulator.specs import LISTINGS, read_listings
from signalos_desktop.simulator.terms import AccountTerms
from tests.ea_sim.build import BuildError, Program, build, compiler
from tests.ea_sim.calls import TerminalCalls, old_orders
from tests.ea_sim.host import CriticalError, DiedError, EaHost
from tests.ea_sim.mq5pp import SourceError

TICK_S = 0.25
CLOSED = 9


def main(args: list[str]) -> int:
    options = _parser().parse_args(args)
    if compiler() is None:
        return _refuse("no C++ compiler: install g++")
    try:
        binary = build(Program(options.source, permissive=not options.strict))
        terminal = HeadlessTerminal(options, binary)
    except (BuildError, SourceError, ValueError, InvalidOperation, OSError, KeyError) as error:
        return _refuse(str(error))
    ending = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    with terminal.running():
        try:
            return terminal.run(ending)
        except CriticalError as error:
            say("critical", text=str(error))
        except DiedError:
            say("critical", text="the program was killed")
        return 1


class HeadlessTerminal:
    """Broker, market and one program, driven by the computer's clock."""

    def __init__(self, options: argparse.Namespace, binary: Path) -> None:
        self._options = options
        folder = Path(options.folder)
        state = folder / "SignalOS" / "ea-run"
        state.mkdir(parents=True, exist_ok=True)
        mode = "RETAIL_NETTING" if options.account == "netting" else "RETAIL_HEDGING"
        terms = AccountTerms(
            balance=Decimal(options.balance), currency=options.currency, margin_mode=mode
        )
        listings = read_listings(options.symbols) if options.symbols else LISTINGS
        quotes = QuoteFile(options.quotes) if options.quotes else None
        market = Market(listings, seed=options.seed, now=utc_now(), quotes=quotes)
        self._ledger = Ledger(state / "broker.sqlite3", options.ledger)
        self._broker = Broker(
            terms=terms,
            market=market,
            ledger=self._ledger,
            faults=Faults(options.fault, Random(options.seed)),
            clock=utc_now,
            send_delay=options.send_delay / 1000,
            delay=time.sleep,
        )
        self._calls = TerminalCalls(
            self._broker,
            monotonic=time.monotonic,
            sleep=self._sleep,
            history=lambda: old_orders(self._ledger.lines()),
            paths={"TERMINAL_DATA_PATH": str(folder.parent.parent), "TERMINAL_NAME": "ea-run"},
        )
        common = options.common or common_of(folder)
        self._host = EaHost(binary, folder, self._calls, common)
        self._host.start(_inputs(options.input))
        self._told = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._host.kill()
            self._ledger.close()

    def run(self, ending: threading.Event) -> int:
        result = self._host.init()
        self._say_log()
        if result:
            say("init_failed", code=result)
            return 1
        account = self._broker.account().account
        handlers = sorted(self._host.handlers)
        say(
            "ready",
            folder=self._options.folder,
            account=str(account),
            handlers=handlers,
            pid=self._host.pid,
        )
        timer_at = tick_at = time.monotonic()
        while not ending.is_set() and not self._calls.removed:
            now = time.monotonic()
            self._broker.advance(utc_now())
            if self._calls.timer_ms and now >= timer_at:
                self._deal_events()
                self._host.timer()
                timer_at = max(timer_at + self._calls.timer_ms / 1000, time.monotonic())
            if now >= tick_at:
                self._host.event("tick")
                tick_at = now + TICK_S
            self._say_log()
            due = min(timer_at if self._calls.timer_ms else tick_at, tick_at)
            ending.wait(max(0.001, due - time.monotonic()))
        self._host.deinit(CLOSED)
        self._say_log()
        say("stopped")
        return 0

    def _deal_events(self) -> None:
        """OnTrade and OnTradeTransaction for the deals that are new."""
        deals = self._broker.deals(datetime(1970, 1, 1, tzinfo=UTC))
        for deal in deals[self._told :]:
            numbers = (deal.ticket, deal.order, deal.position_id)
            self._host.event(
                "transaction", *map(str, numbers), deal.symbol, str(deal.price), str(deal.volume)
            )
            self._host.event("trade")
        self._told = len(deals)

    def _sleep(self, seconds: float) -> None:
        time.sleep(seconds)
        self._broker.advance(utc_now())

    def _say_log(self) -> None:
        for line in self._host.log:
            say("log", text=line)
        self._host.log.clear()


def utc_now() -> datetime:
    return datetime.now(UTC)


def say(event: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def _refuse(reason: str) -> int:
    sys.stderr.write(f"ea-run: {reason}\n")
    return 2


def _inputs(pairs: list[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for pair in pairs:
        name, sep, value = pair.partition("=")
        if not sep:
            raise ValueError(f"--input {pair}: expected NAME=VALUE")
        values[name] = value
    return values


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ea-run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, help="the executor's .mq5 file")
    parser.add_argument("--folder", required=True, help="the terminal's MQL5/Files")
    parser.add_argument("--common", type=Path, help="the terminals' Common/Files")
    parser.add_argument("--input", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--account", choices=("hedging", "netting"), default="hedging")
    parser.add_argument("--balance", default="10000")
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--symbols", type=Path, help="JSON list of symbols, as for simulate")
    parser.add_argument("--quotes", type=Path, help="utc_ms,symbol,bid,ask")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", action="append", default=[], metavar="NAME[:ARG]")
    parser.add_argument("--ledger", type=Path, help="every order and deal as JSON lines")
    parser.add_argument("--send-delay", type=float, default=0.0, metavar="MS")
    parser.add_argument("--strict", action="store_true", help="as our own EA is compiled")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
