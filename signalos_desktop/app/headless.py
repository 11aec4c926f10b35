"""`run --headless`: the engine without a window, JSON lines in on stdin and out on stdout."""

import argparse
import asyncio
import logging
import os
import queue
import signal
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

from signalos_desktop.adapters.log_files import LogFiles
from signalos_desktop.app.demo import DemoTerminal
from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.app.instance_lock import InstanceLock
from signalos_desktop.app.json_events import answer_line, event_line, print_line
from signalos_desktop.app.paths import DataFolder, data_folder
from signalos_desktop.app.request_fields import BadRequestError
from signalos_desktop.app.verbs import (
    LONGEST_LINE,
    Request,
    read_request,
    serve,
)
from signalos_desktop.app.wiring import BridgeChoice, Engine, build_engine
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", required=True, help="without a window")
    parser.add_argument("--demo", action="store_true", help="with a simulated terminal of its own")
    parser.add_argument(
        "--bridge-folder",
        type=Path,
        action="append",
        default=[],
        metavar="F",
        help="a terminal's MQL5/Files; may be given several times",
    )
    parser.add_argument("--protocol", choices=("1", "2", "auto"), default="auto")


def run(args: argparse.Namespace) -> int:
    data = data_folder(args.data_dir, demo=args.demo)
    data.make()
    with InstanceLock(data.lock), closing(LogFiles(data.logs)):
        return _run_locked(args, data)


def _run_locked(args: argparse.Namespace, data: DataFolder) -> int:
    folders: list[Path] = list(args.bridge_folder)
    demo = None
    if args.demo:
        folders = folders or [data.demo_files]
        demo = DemoTerminal(folders[0], data.logs)
        demo.start()
    try:
        return run_engine(_serve(data, BridgeChoice(folders, args.protocol)))
    finally:
        if demo is not None:
            demo.stop()


async def _serve(data: DataFolder, choice: BridgeChoice) -> int:
    out = Printer()
    try:
        engine = build_engine(data, choice)
    except (LedgerDamagedError, LedgerFailedError) as failure:
        sys.stderr.write(f"signalos-desktop: {failure}\n")
        return 1
    engine.bus.subscribe_all(lambda event: out.print(event_line(event, engine.clock.now())))
    _end_on_signals(engine)
    for problem in engine.problems:
        out.print(
            print_line(
                {
                    "event": "alarm",
                    "code": "CONFIG_INVALID",
                    "text": problem,
                    "next_step": "mend the settings, then resume",
                },
                engine.clock.now(),
            )
        )
    reader = asyncio.ensure_future(_read(engine, out))
    await engine.session.run()
    reader.cancel()
    with suppress(asyncio.CancelledError):
        await reader
    await asyncio.to_thread(engine.ledger.close)
    out.close()
    return 0


def _end_on_signals(engine: Engine) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, engine.session.close)


async def _read(engine: Engine, out: "Printer") -> None:
    """Serve the requests of stdin, each in a task of its own, started in their order."""
    lines: asyncio.Queue[bytes | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=_pump, args=(loop, lines), name="stdin", daemon=True).start()
    while (line := await lines.get()) is not None:
        if not line.strip():
            continue
        try:
            request = read_request(line)
        except BadRequestError as bad:
            _refuse(engine, out, bad)
            continue
        if request.do == "quit":
            out.print(answer_line(Answer(True), request.ref, engine.clock.now()))
            break
        engine.session.spawn(_answer(engine, request, out))
    engine.session.close()


def _pump(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[bytes | None]) -> None:
    """Read stdin without its buffer, whose lock a daemon thread would hold at the exit."""
    rest = b""
    while chunk := os.read(0, 1 << 16):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        # What is longer is refused anyway: its end need not be kept.
        rest = rest[: LONGEST_LINE + 1]
    loop.call_soon_threadsafe(lines.put_nowait, rest)
    loop.call_soon_threadsafe(lines.put_nowait, None)


def _refuse(engine: Engine, out: "Printer", bad: BadRequestError) -> None:
    answer = Answer(False, "BAD_REQUEST", str(bad))
    out.print(answer_line(answer, bad.ref, engine.clock.now(), event="error"))


async def _answer(engine: Engine, request: Request, out: "Printer") -> None:
    try:
        answer = await serve(engine.controls, request)
    except BadRequestError as bad:
        _refuse(engine, out, bad)
        return
    except LedgerFailedError as failure:
        answer = Answer(False, "JOURNAL_FAILED", f"{failure}; nothing was sent")
    out.print(answer_line(answer, request.ref, engine.clock.now()))


class Printer:
    """Writes lines to stdout in its own thread, so that a slow reader never holds the engine."""

    def __init__(self) -> None:
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="stdout", daemon=True)
        self._thread.start()

    def print(self, line: str | None) -> None:
        if line is not None:
            self._lines.put(line)

    def close(self) -> None:
        self._lines.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        try:
            while (line := self._lines.get()) is not None:
                sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
                if self._lines.empty():
                    sys.stdout.buffer.flush()
            sys.stdout.buffer.flush()
        except OSError:
            log.exception("nobody reads the events any more")
