"""The plot every chart stands on: right axis, time below, panning and zooming along time only."""

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from signalos_desktop.ui.charts.axes import Grid, TimeAxis, ValueAxis
from signalos_desktop.ui.charts.scale import value_ticks
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.widgets.badges import Chip

_TICK_ROOM = 34
_TIME_ROOM = 76
_MARGIN = 14.0


class Canvas(QWidget):
    """A chart's view. x runs along time; y fits what is in view. moved: x range changed by hand."""

    moved = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        bounds: Callable[[float, float], tuple[float, float] | None],
        times: Callable[[float, float, int], Sequence[tuple[float, str]]],
        write: Callable[[float], str],
        axis_width: int,
        below: float = _MARGIN,
    ) -> None:
        """bounds: lowest and highest value between two x. times: ticks between two x, at most.

        below: px kept free under the lowest value.
        """
        super().__init__()
        self.theme = theme
        self.zone: tzinfo = UTC
        self._bounds = bounds
        self._times = times
        self._below = below
        self._ticks: tuple[tuple[float, float, int], Sequence[tuple[float, str]]] | None = None
        self.values = ValueAxis(theme, self.value_ticks, write)
        self.values.setWidth(axis_width)
        self.time_axis = TimeAxis(theme, self.time_ticks)
        self.plot: Any = pg.PlotWidget(axisItems={"right": self.values, "bottom": self.time_axis})
        self._set_up(name)
        self.add(Grid(theme, self.value_ticks, self.time_ticks))
        self._chip = Chip(theme, "old prices", Tone.STALE, "clock")
        self._chip.setParent(self)
        self._chip.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    def add(self, item: Any) -> None:
        self.plot.getPlotItem().addItem(item, ignoreBounds=True)

    def span(self) -> tuple[float, float]:
        """The x in view."""
        low, high = self.view.viewRange()[0]
        return float(low), float(high)

    def value_span(self) -> tuple[float, float]:
        low, high = self.view.viewRange()[1]
        return float(low), float(high)

    def set_span(self, low: float, high: float) -> None:
        self.view.setXRange(low, max(high, low + 1e-9), padding=0)
        self.fit()

    def fit(self) -> None:
        """Bring the values in view into the height, with a margin in px."""
        bounds = self._bounds(*self.span())
        if bounds is None:
            return
        low, high = bounds
        span = (high - low) or max(abs(high), 1.0) * 0.001
        per_px = span / max(self.view.height() - _MARGIN - self._below, 20.0)
        self.view.setYRange(low - self._below * per_px, high + _MARGIN * per_px, padding=0)

    def redraw(self) -> None:
        """The data changed: paint on the next frame."""
        self._ticks = None
        self.values.redraw()
        self.time_axis.redraw()
        self.plot.viewport().update()

    def columns(self) -> int:
        """How many px wide the drawing is."""
        return max(int(self.view.width()), 1)

    def value_ticks(self) -> list[float]:
        low, high = self.value_span()
        return value_ticks(low, high, max(int(self.view.height() / _TICK_ROOM), 1))

    def time_ticks(self) -> Sequence[tuple[float, str]]:
        """Asked for by axis and grid in every frame, so the last answer is kept."""
        asked = (*self.span(), max(int(self.view.width() / _TIME_ROOM), 1))
        if self._ticks is None or self._ticks[0] != asked:
            self._ticks = (asked, self._times(*asked))
        return self._ticks[1]

    def show_old(self, *, old: bool) -> None:
        """The chip that says that prices are old."""
        self._chip.setVisible(old)
        self._place_chip()

    def _set_up(self, name: str) -> None:
        item = self.plot.getPlotItem()
        self.view: Any = item.getViewBox()
        # Margins are px: another height needs another range.
        self.view.sigResized.connect(lambda _view: self.fit())
        for side, shown in (("left", False), ("right", True), ("bottom", True)):
            item.showAxis(side, shown)
        item.hideButtons()
        item.setMenuEnabled(False)
        item.layout.setContentsMargins(8, 4, 0, 0)
        item.layout.setSpacing(0)
        self.view.setMouseEnabled(x=True, y=False)
        self.view.disableAutoRange()
        self.view.setDefaultPadding(0)
        self.view.sigRangeChangedManually.connect(self._move)
        self.view.sigResized.connect(self._resize)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setAccessibleName(name)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def _move(self) -> None:
        self.fit()
        self.moved.emit()

    def _resize(self) -> None:
        self._place_chip()
        self.fit()

    def _place_chip(self) -> None:
        size = self._chip.sizeHint()
        x = self.width() - self.values.width() - size.width() - 8
        self._chip.setGeometry(int(x), 8, size.width(), size.height())
        self._chip.raise_()

    def _restyle(self) -> None:
        self.plot.setBackground(self.theme.colour("panel"))
        self.redraw()
