"""Times a frame of the charts: append and pan over a million points, offscreen raster."""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from signalos_desktop.ui.charts.equity_chart import EquityChart
from signalos_desktop.ui.charts.price_chart import PriceChart
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.style import apply_theme
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme

POINTS = 1_000_000
BARS = 100_000
FRAMES = 60
SIZE = (1200, 600)


def bench_frame(points: int = POINTS, frames: int = FRAMES) -> dict[str, float]:
    """Median ms a frame, its painting included, of an equity chart of 1200x600."""
    app, theme = _start()
    chart = EquityChart(theme)
    rng = np.random.default_rng(1)
    equity = 10_000 + np.cumsum(rng.normal(0, 1, points))
    times = 1.6e9 + np.arange(points, dtype=float)
    balance = 10_000 + np.floor(np.arange(points) / 5000)
    chart.load(times, balance, equity)
    _show(app, chart)
    chart.show_all()
    result = {}

    def append(frame: int) -> None:
        chart.append(1.6e9 + points + frame, float(balance[-1]), float(equity[-1]))

    def pan(width: float) -> Callable[[int], None]:
        def move(frame: int) -> None:
            start = 1.6e9 + (points - width) * frame / frames
            chart.canvas.set_span(start, start + width)

        return move

    result["append, all in view"] = _median(app, chart, append, frames)
    result["pan, half in view"] = _median(app, chart, pan(points / 2), frames)
    result["pan, a tenth in view"] = _median(app, chart, pan(points / 10), frames)
    result["pan, 1000 points in view"] = _median(app, chart, pan(1000.0), frames)
    chart.close()
    return result


def bench_bars(bars: int = BARS, frames: int = FRAMES) -> dict[str, float]:
    """Median ms a frame of a price chart of 1200x600."""
    app, theme = _start()
    chart = PriceChart(theme, 60, 2)
    rng = np.random.default_rng(2)
    close = np.cumsum(rng.normal(0, 0.5, bars)).astype(np.float64) + 4000
    opens = np.append(close[0], close[:-1])
    times = np.arange(bars, dtype=np.float64) * 60 + 1.6e9
    chart.load(times, opens, np.maximum(opens, close) + 1, np.minimum(opens, close) - 1, close)
    _show(app, chart)

    def quote(frame: int) -> None:
        chart.add_quote(1.6e9 + bars * 60 + frame * 10, float(close[-1]) + frame % 3)

    def pan(width: int) -> Callable[[int], None]:
        def move(frame: int) -> None:
            start = (bars - width) * frame / frames
            chart.canvas.set_span(start, start + width)

        return move

    result = {"quote, 96 bars in view": _median(app, chart, quote, frames)}
    result["pan, 300 bars in view"] = _median(app, chart, pan(300), frames)
    result["pan, 9 of 10 bars in view"] = _median(app, chart, pan(bars * 9 // 10), frames)
    chart.close()
    return result


def _median(app: QApplication, chart: QWidget, change: Callable[[int], None], frames: int) -> float:
    taken = []
    for frame in range(frames):
        begun = time.perf_counter()
        change(frame)
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 2)


def _show(app: QApplication, chart: QWidget) -> None:
    chart.resize(*SIZE)
    chart.show()
    app.processEvents()


def _start() -> tuple[QApplication, Theme]:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    theme = Theme(RESOURCES, Appearance(Scheme.DARK))
    apply_theme(app, theme)
    return app, theme


if __name__ == "__main__":
    for name, figure in {**bench_frame(), **bench_bars()}.items():
        print(f"{name}: {figure} ms")
