"""Starts the panel: display, instance lock, logs, look, the demo's terminal, Qt's loop."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.log_files import LogFiles
from signalos_desktop.app.demo import DemoTerminal
from signalos_desktop.app.early_stop import EarlyStop, aim_latch
from signalos_desktop.app.exits import ExitError
from signalos_desktop.app.instance_lock import InstanceLock
from signalos_desktop.app.paths import DataFolder, data_folder
from signalos_desktop.ui.start_window import StartWindow
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    # It takes long to load, and a window is painted before.
    from signalos_desktop.app.panel import Panel

SIZE = (1366, 768)
_CALLS = 200
_LOOK_MS = 10

T = TypeVar("T")


def run(args: argparse.Namespace) -> int:
    check_display(os.environ, sys.platform)
    data = data_folder(args.data_dir, demo=args.demo)
    data.make()
    with InstanceLock(data.lock), closing(LogFiles(data.logs)):
        app, theme = make_app()
        stop = EarlyStop()
        start = show_start(app, theme, stop)
        folders = load_beside(partial(load, data, stop, demo=args.demo))
        code, panel = _run_panel(app, theme, data, start, folders, stop, demo=args.demo)
    if panel.first_run.wants_demo:
        panel.first_run.start_demo()
    return code


def make_app() -> tuple[QApplication, Theme]:
    """Qt with our look; the panel ends it, not the last window."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise ExitError("another Qt program runs in this process already")
    check_references()
    app.setApplicationName("SignalOS Desktop")
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(RESOURCES)
    apply_theme(app, theme)
    return app, theme


def show_start(app: QApplication, theme: Theme, stop: EarlyStop) -> StartWindow:
    """Painted when this returns, and its stop can be pressed."""
    start = StartWindow(theme)
    start.stop.stop_pressed.connect(stop.press)
    start.resize(*SIZE)
    start.show()
    app.processEvents()
    return start


def load_beside(work: Callable[[], T]) -> T:
    """Work in a thread while the windows that stand are painted and can be pressed."""
    from concurrent.futures import ThreadPoolExecutor

    waiting = QEventLoop()
    looking = QTimer(interval=_LOOK_MS)
    with ThreadPoolExecutor(1, "loading") as pool:
        done = pool.submit(work)
        looking.timeout.connect(lambda: waiting.quit() if done.done() else None)
        looking.start()
        waiting.exec()
        return done.result()


def load(data: DataFolder, stop: EarlyStop, *, demo: bool) -> list[Path]:
    """What the stop needs comes first, then everything that the panel imports."""
    folders = [data.demo_files] if demo else find_folders(data)
    stop.arm(aim_latch(folders))
    import_module("signalos_desktop.app.panel")
    import_module("signalos_desktop.app.qt_loop")
    return folders


def open_panel(app: QApplication, start: StartWindow, panel: "Panel") -> None:
    """In the start window's place; what was pressed there meanwhile is heard before it goes."""
    panel.window.resize(*SIZE)
    panel.window.move(start.pos())
    panel.window.show()
    app.processEvents()
    start.close()
    if start.pressed:
        panel.actions.stop_pressed.emit()


def _run_panel(
    app: QApplication,
    theme: Theme,
    data: DataFolder,
    start: StartWindow,
    folders: list[Path],
    stop: EarlyStop,
    *,
    demo: bool,
) -> tuple[int, "Panel"]:
    from signalos_desktop.app.panel import Panel
    from signalos_desktop.app.qt_loop import run_on_qt

    panel = Panel(app, theme, data, folders, wizard=not demo, stop=stop)
    open_panel(app, start, panel)
    terminal = DemoTerminal(folders[0], data.logs) if demo else None
    if terminal is not None:
        terminal.start()
    try:
        return run_on_qt(app, panel.serve(RESOURCES / "samples" if demo else None)), panel
    finally:
        if terminal is not None:
            terminal.stop()


def find_folders(data: DataFolder) -> list[Path]:
    """The folders of the settings, else those of the terminals that are found."""
    from signalos_desktop.adapters.mt5_files.terminals import default_roots, find_terminals
    from signalos_desktop.adapters.settings_file import SettingsFile

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
