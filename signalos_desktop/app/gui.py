"""The panel: one Qt thread under qasync, the engine on a thread of its own, a bridge between."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.log_files import LogFiles
from signalos_desktop.adapters.mt5_files.terminals import default_roots, find_terminals
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.demo import DemoTerminal
from signalos_desktop.app.engine_thread import EngineThread
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.instance_lock import InstanceLock
from signalos_desktop.app.paths import DataFolder, data_folder
from signalos_desktop.app.wiring import BridgeChoice, Engine
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.events import StateChanged
from signalos_desktop.ui.actions import Actions, Wish
from signalos_desktop.ui.collector import Collector
from signalos_desktop.ui.event_bridge import EventBridge
from signalos_desktop.ui.keys import PASTE, PAUSE, STOP, HotKeys
from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.main_window import MainWindow
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.book import Look

_CALLS = 200
_SIGNALS_LOOKED_AT_MS = 250


class ThreadDoor:
    """The engine's thread as the panel sees it."""

    def __init__(self, thread: EngineThread) -> None:
        self._thread = thread

    async def ask(self, wish: Wish) -> Answer:
        return await self._thread.ask(wish)

    async def look(self) -> list[Look]:
        return await self._thread.read(look_at)

    def stop(self) -> None:
        self._thread.engine.controls.stop(source="panel")


def look_at(engine: Engine) -> list[Look]:
    """Every account's state and limits, with what its Expert Advisor said last."""
    desks, now = engine.session.desks, engine.clock.monotonic()
    return [
        Look(
            standing,
            desks[standing.state.account].book.status,
            desks[standing.state.account].book.heartbeat_age(now),
            desks[standing.state.account].book.clock_skew_s,
        )
        for standing in engine.controls.standings()
    ]


class Panel:
    """The window with everything it needs; serve() runs it from the first paint to the end."""

    def __init__(
        self, app: QApplication, theme: Theme, data: DataFolder, choice: BridgeChoice
    ) -> None:
        self._app, self._theme, self._data = app, theme, data
        self._collector = Collector()
        self._collector.start()
        self.bridge = EventBridge()
        self.actions = Actions()
        self.window = MainWindow(
            theme,
            self.bridge.bus,
            self.actions,
            SystemClock(),
            LayoutFile(data.state / "window.json"),
        )
        self.thread = EngineThread(data, choice, self.bridge.post, self.bridge.beat)
        self._keys = HotKeys(
            app,
            {
                STOP: self.actions.stop,
                PAUSE: self.window.pause,
                PASTE: self.window.focus_paste,
            },
        )

    async def serve(self, samples: Path | None = None) -> int:
        """Until the window is closed. samples: a folder of signals to show, for the demo."""
        left: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def leave() -> None:
            if not left.done():
                left.set_result(None)

        self.window.closing.connect(leave)
        self._app.commitDataRequest.connect(leave)
        end_on_signals(self.window, leave)
        if samples is not None:
            self._send_samples(samples)
        await self._start_engine()
        self.window.add_parts()
        self._add_pages()
        await left
        await self._end()
        return 0

    def _add_pages(self) -> None:
        """Loaded only now: they bring the keyring and the network's library with them."""
        from signalos_desktop.app.panel_pages import build_needs
        from signalos_desktop.ui.pages import PAGES

        needs = build_needs(self._data)
        for page in PAGES:
            make = partial(page.make, self._theme, self.actions, needs)
            self.window.add_page(page.key, page.icon, page.name, make)

    async def _start_engine(self) -> None:
        try:
            engine = await asyncio.to_thread(self.thread.start)
        except Exception as failure:  # noqa: BLE001 - told in the window, which goes on without it
            self.window.set_failure(f"{failure}. Mend that, then start the panel again.")
            return
        self.bridge.engine_silent.connect(self.window.set_engine_silent)
        self.actions.connect_engine(ThreadDoor(self.thread))
        for problem in engine.problems:
            self.window.set_failure(problem)

    def _send_samples(self, folder: Path) -> None:
        """Once trading runs, and only once."""
        stop_listening: list[Callable[[], None]] = []

        def look(event: StateChanged) -> None:
            if event.state is TradingState.RUNNING and stop_listening:
                stop_listening.pop()()
                self.actions.do(self._submit_all(folder))

        stop_listening.append(self.bridge.bus.subscribe(StateChanged, look))

    async def _submit_all(self, folder: Path) -> None:
        for provider, text in await asyncio.to_thread(read_samples, folder):
            await self.actions.submit(text, provider)

    async def _end(self) -> None:
        self.window.hide()
        self.actions.disconnect_engine()
        self._keys.remove(self._app)
        await asyncio.to_thread(self.thread.end)
        self.window.allow_close()
        self.window.close()
        self._collector.stop()


def run(args: argparse.Namespace) -> int:
    check_display(os.environ, sys.platform)
    data = data_folder(args.data_dir, demo=args.demo)
    data.make()
    with InstanceLock(data.lock), closing(LogFiles(data.logs)):
        app = QApplication.instance() or QApplication(sys.argv[:1])
        if not isinstance(app, QApplication):
            raise ExitError("another Qt program runs in this process already")
        check_references()
        app.setApplicationName("SignalOS Desktop")
        app.setQuitOnLastWindowClosed(False)
        theme = Theme(RESOURCES)
        apply_theme(app, theme)
        return _run_panel(app, theme, data, demo=args.demo)


def _run_panel(app: QApplication, theme: Theme, data: DataFolder, *, demo: bool) -> int:
    folders = [data.demo_files] if demo else find_folders(data)
    panel = Panel(app, theme, data, BridgeChoice(folders, "auto"))
    panel.window.resize(1366, 768)
    panel.window.show()
    app.processEvents()
    terminal = DemoTerminal(folders[0], data.logs) if demo else None
    if terminal is not None:
        terminal.start()
    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(panel.serve(RESOURCES / "samples" if demo else None))
    finally:
        if terminal is not None:
            terminal.stop()


def read_samples(folder: Path) -> list[tuple[str, str]]:
    """Provider and text of each sample, the first one last, so that it stands on top."""
    return [
        (path.stem.partition("-")[2].replace("-", " ").title(), path.read_text("utf-8"))
        for path in sorted(folder.glob("*.txt"), reverse=True)
    ]


def find_folders(data: DataFolder) -> list[Path]:
    """The folders of the settings, else those of the terminals that are found."""
    named = SettingsFile(data.root).load().settings.texts("bridge.folders")
    if named:
        return [Path(name) for name in named]
    return [found.path for found in find_terminals(default_roots(os.environ, Path.home()))]


def check_display(environ: os._Environ[str] | dict[str, str], platform: str) -> None:
    """Qt itself aborts without a display and blames a library that is not at fault."""
    if not platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        raise ExitError(
            "there is no display (DISPLAY and WAYLAND_DISPLAY are empty): start it on a desktop, "
            "or use `run --headless`, which needs none"
        )


def check_references() -> None:
    """Some PySide6 versions lose a reference to None with every void call, and abort later."""
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        probe.setObjectName("")
    if before - sys.getrefcount(None) > _CALLS // 2:
        raise ExitError(
            "this PySide6 loses references with this Python and would abort in the middle of "
            "trading: install PySide6-Essentials below 6.12"
        )


def end_on_signals(window: MainWindow, leave: Callable[[], None]) -> None:
    """Ctrl+C and SIGTERM end the panel as closing it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, ValueError):
            signal.signal(number, lambda *_: leave())
    # Qt's loop hands over to Python only for events: this makes one now and then.
    waker = QTimer(window)
    waker.timeout.connect(lambda: None)
    waker.start(_SIGNALS_LOOKED_AT_MS)
