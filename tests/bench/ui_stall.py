"""How long the panel's thread is held up while 50 symbols quote ten times a second."""

import os
import resource
import sys
import threading
import time
from dataclasses import replace
from decimal import Decimal

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.engine.events import PositionChanged, QuotesChanged, SymbolsChanged
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.event_bridge import EventBridge
from signalos_desktop.ui.main_window import MainWindow
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from tests.gui.panel_samples import ACCOUNT, account_changed, opened, position, spec

SYMBOLS, QUOTES_A_SECOND, POSITIONS = 50, 10, 50
TICK_MS = 5
_NAMES = tuple(f"SYM{number:03d}" for number in range(SYMBOLS))


def bench_stall(seconds: float) -> tuple[list[float], float]:
    """Lateness in ms of a timer of 5 ms on the panel's thread, and the peak memory in MiB."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    theme = Theme(RESOURCES, Appearance(Scheme.DARK))
    apply_theme(app, theme)
    bridge = EventBridge()
    window = MainWindow(theme, bridge.bus, Actions(), SystemClock())
    window.resize(1366, 768)
    window.show()
    window.add_parts()
    bridge.open()
    bridge.post(account_changed())
    bridge.post(SymbolsChanged(ACCOUNT, tuple(spec(name) for name in _NAMES)))
    for number in range(POSITIONS):
        bridge.post(opened(position(number + 1, _NAMES[number % SYMBOLS])))
    _run(1.0)
    late: list[float] = []
    before = [time.perf_counter()]
    timer = QTimer(window, interval=TICK_MS)

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(0.0, (now - before[0]) * 1000 - TICK_MS))
        before[0] = now

    timer.timeout.connect(tick)
    ended = threading.Event()
    feeder = threading.Thread(target=_feed, args=(bridge, ended))
    feeder.start()
    before[0] = time.perf_counter()
    timer.start()
    _run(seconds)
    ended.set()
    feeder.join()
    timer.stop()
    window.allow_close()
    window.close()
    return late, _peak_mib()


def _feed(bridge: EventBridge, ended: threading.Event) -> None:
    """As the engine does: from its own thread, a batch of all symbols ten times a second."""
    held = [position(number + 1, _NAMES[number % SYMBOLS]) for number in range(POSITIONS)]
    clock, round_ = SystemClock(), 0
    while not ended.wait(1 / QUOTES_A_SECOND):
        round_ += 1
        bid = Decimal("1.08000") + Decimal(round_ % 100) / 100_000
        one = Quote("", bid, bid + Decimal("0.00012"), clock.now(), *(Decimal(1),) * 3)
        bridge.post(QuotesChanged(ACCOUNT, tuple(replace(one, symbol=name) for name in _NAMES)))
        for p in held:
            priced = replace(p, price_current=bid, profit=Decimal(round_ % 100) / 10)
            bridge.post(PositionChanged(ACCOUNT, "priced", priced))


def _run(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2
