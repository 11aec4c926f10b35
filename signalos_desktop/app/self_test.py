"""`self-test`: the panel fires a signal on a simulated terminal and stops, all by itself."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from signalos_desktop.app.commands.output import print_json
from signalos_desktop.app.demo import DemoTerminal
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.events import Event, PositionChanged, ReceiptRead, StateChanged

if TYPE_CHECKING:
    from signalos_desktop.app.panel import Panel

_SIGNAL = "BUY GOLD NOW SL 2350 TP 2500"
_PATIENCE_S = 60.0
_PAINTED_WITHIN_S = 0.5

T = TypeVar("T", bound=Event)


class SelfTestFailedError(Exception):
    """A step did not come to its end; the text says which."""


@dataclass(frozen=True, slots=True)
class Step:
    """began: monotonic seconds at which the whole test began."""

    began: float

    def done(self, name: str, **more: object) -> None:
        passed_ms = round((time.monotonic() - self.began) * 1000)
        print_json({"step": name, "ok": True, "ms": passed_ms, **more})


class Listener:
    """Waits for events of the panel's bus; what came before it was asked for counts too."""

    def __init__(self, bus: EventBus) -> None:
        self._seen: list[Event] = []
        self._arrived = asyncio.Event()
        bus.subscribe_all(self._note)

    async def first(self, kind: type[T], wanted: Callable[[T], bool]) -> T:
        while True:
            for event in self._seen:
                if isinstance(event, kind) and wanted(event):
                    return event
            self._arrived.clear()
            await self._arrived.wait()

    def _note(self, event: Event) -> None:
        self._seen.append(event)
        self._arrived.set()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--picture", type=Path, metavar="FILE", help="a PNG of the panel's window")


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        data = DataFolder(Path(scratch))
        data.make()
        terminal = DemoTerminal(data.demo_files, data.logs)
        terminal.start()
        try:
            return _run_panel(data, Step(began), args.picture)
        finally:
            terminal.stop()


def _run_panel(data: DataFolder, step: Step, picture: Path | None) -> int:
    # Only here: no other verb may load Qt.
    from PySide6.QtWidgets import QApplication

    from signalos_desktop.app.gui import check_display, check_references
    from signalos_desktop.app.panel import Panel
    from signalos_desktop.app.qt_loop import run_on_qt
    from signalos_desktop.ui.theme.resources import RESOURCES
    from signalos_desktop.ui.theme.style import apply_theme
    from signalos_desktop.ui.theme.theme import Theme

    check_display(os.environ, sys.platform)
    app = QApplication(sys.argv[:1])
    check_references()
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(RESOURCES)
    apply_theme(app, theme)
    panel = Panel(app, theme, data, [data.demo_files])
    panel.window.resize(1366, 768)
    panel.window.show()
    app.processEvents()
    step.done("window")
    return run_on_qt(app, _serve(panel, step, picture))


async def _serve(panel: "Panel", step: Step, picture: Path | None) -> int:
    """The panel runs as it always does, while somebody presses its buttons."""
    listener = Listener(panel.bridge.bus)
    serving = asyncio.ensure_future(panel.serve())
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await _press_buttons(panel, listener, step, picture)
    except (SelfTestFailedError, TimeoutError) as failure:
        text = str(failure) or f"nothing came within {_PATIENCE_S:.0f} s after the step before"
        print_json({"step": "failed", "ok": False, "text": text})
        return 1
    finally:
        panel.leave()
        await serving
    step.done("closed")
    return 0


async def _press_buttons(
    panel: "Panel", listener: Listener, step: Step, picture: Path | None
) -> None:
    actions = panel.actions
    await listener.first(StateChanged, lambda event: event.state is TradingState.RUNNING)
    step.done("running")
    submitted = _accepted(await actions.submit(_SIGNAL, "self-test"))
    _accepted(await actions.fire(str(submitted.data["signal"])))
    filled = await listener.first(
        ReceiptRead, lambda event: event.receipt.status is ReceiptStatus.FILLED
    )
    step.done("receipt", retcode=filled.receipt.retcode)
    opened = await listener.first(PositionChanged, lambda event: event.change == "opened")
    step.done("position", ticket=opened.position.ticket, symbol=opened.position.symbol)
    if picture is not None:
        # The tables gather what changes and are painted some times a second.
        await asyncio.sleep(_PAINTED_WITHIN_S)
        panel.window.grab().save(str(picture))
        step.done("picture", file=str(picture))
    actions.stop()
    flat = await listener.first(
        StateChanged, lambda event: event.state is TradingState.STOPPED_FLAT
    )
    step.done("stopped flat", open_positions=flat.open_positions)


def _accepted(answer: Answer) -> Answer:
    if not answer.ok:
        raise SelfTestFailedError(f"{answer.code}: {answer.text}")
    return answer
