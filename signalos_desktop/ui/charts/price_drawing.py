"""Paints bars or a line for the part in view, the levels with their labels, and trades."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.equity_drawing import draw_triangle
from signalos_desktop.ui.charts.layer import Layer
from signalos_desktop.ui.charts.price_data import (
    Bars,
    BarSeries,
    LevelKind,
    PriceLevel,
    PriceMark,
)
from signalos_desktop.ui.charts.scale import place_tags
from signalos_desktop.ui.theme.paint import draw_rounded, draw_text, text_width
from signalos_desktop.ui.theme.theme import Theme

_BODY = 0.62
_LABEL_HEIGHT = 16.0
# Bodies thinner than this many px are lines of the wick.
_LEAST_BODY_PX = 2.5


class PriceBars(Layer):
    """Candles, or the closes as a line; only those in view are painted."""

    def __init__(self, theme: Theme, series: BarSeries) -> None:
        super().__init__()
        self._theme = theme
        self.series = series
        self.as_line = False
        self.stale = False

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        area = self.area()
        bars = self.series.bars(area.left(), area.right())
        if not len(bars.x):
            return
        if self.as_line or self.stale:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            token = "stale" if self.stale else "equity"
            painter.setPen(pg.mkPen(self._theme.colour(token), width=1))
            painter.drawPath(pg.arrayToQPath(bars.x, bars.close, finiteCheck=False))
            return
        px_per_bar = self.getViewBox().width() / max(area.width(), 1e-9) * bars.width
        up = bars.close >= bars.open
        self._paint_candles(painter, bars, up, "up", px_per_bar)
        self._paint_candles(painter, bars, ~up, "down", px_per_bar)

    def _paint_candles(
        self, painter: QPainter, bars: Bars, chosen: Any, token: str, px: float
    ) -> None:
        colour = self._theme.colour(token)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(pg.mkPen(colour, width=1))
        x, low, high = bars.x[chosen], bars.low[chosen], bars.high[chosen]
        wicks = zip(x.tolist(), low.tolist(), high.tolist(), strict=True)
        painter.drawLines([QLineF(at, bottom, at, top) for at, bottom, top in wicks])
        if px * _BODY < _LEAST_BODY_PX:
            return
        body = np.minimum(bars.open, bars.close)[chosen]
        height = np.abs(bars.close - bars.open)[chosen]
        half = bars.width * _BODY / 2
        painter.setBrush(colour)
        bodies = zip(x.tolist(), body.tolist(), height.tolist(), strict=True)
        painter.drawRects(
            [QRectF(at - half, bottom, 2 * half, tall) for at, bottom, tall in bodies]
        )


class PriceLevels(Layer):
    """Entry solid, S/L and T/P dashed; loss and gain only right of the last bar; trades."""

    def __init__(self, theme: Theme, bars: PriceBars) -> None:
        super().__init__()
        self._theme = theme
        self._bars = bars
        self.side: Side | None = None
        self.levels: tuple[PriceLevel, ...] = ()
        self.marks: Sequence[PriceMark] = ()
        self.setZValue(10)

    def token(self, level: PriceLevel) -> str:
        if level.kind is LevelKind.ENTRY:
            return self.side.value if self.side else "text"
        return "loss" if level.kind is LevelKind.SL else "profit"

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        to_px = painter.transform()
        area = self.area()
        painter.save()
        painter.resetTransform()
        left = (to_px.map(QPointF(area.left(), 0))).x()
        right = (to_px.map(QPointF(area.right(), 0))).x()
        rows = [(level, to_px.map(QPointF(0, level.price)).y()) for level in self.levels]
        last = self._bars.series.size + 0.5
        edge = max(to_px.map(QPointF(last, 0)).x(), left)
        if edge < right:
            self._paint_zones(painter, dict(self._ends(rows)), edge, right)
        self._paint_lines(painter, rows, left, right)
        top, bottom = (to_px.map(QPointF(0, y)).y() for y in (area.bottom(), area.top()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, to_px, area)
        # Over the marks: a word that is half covered says nothing.
        self._paint_labels(painter, rows, left, (top, bottom))
        painter.restore()

    def _ends(self, rows: list[tuple[PriceLevel, float]]) -> list[tuple[LevelKind, float]]:
        """The y of entry, S/L and the T/P furthest away."""
        entry = next((y for level, y in rows if level.kind is LevelKind.ENTRY), None)
        if entry is None:
            return []
        far = sorted(rows, key=lambda row: abs(row[1] - entry))
        return [(level.kind, y) for level, y in far]

    def _paint_zones(
        self, painter: QPainter, ends: dict[LevelKind, float], edge: float, right: float
    ) -> None:
        entry = ends.get(LevelKind.ENTRY)
        if entry is None:
            return
        for kind, token in ((LevelKind.SL, "loss"), (LevelKind.TP, "profit")):
            if kind in ends:
                zone = QRectF(edge, min(entry, ends[kind]), right - edge, abs(ends[kind] - entry))
                painter.fillRect(zone, self._theme.colour(token, 26))

    def _paint_lines(
        self, painter: QPainter, rows: list[tuple[PriceLevel, float]], left: float, right: float
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for level, y in rows:
            pen = QPen(self._theme.colour(self.token(level)), 1)
            if level.kind is not LevelKind.ENTRY:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(left, round(y)), QPointF(right, round(y)))

    def _paint_labels(
        self,
        painter: QPainter,
        rows: list[tuple[PriceLevel, float]],
        left: float,
        ends: tuple[float, float],
    ) -> None:
        """Above their line where there is room, never over one another."""
        theme = self._theme
        font = theme.font_px(11, 600)
        centres = place_tags([y - 9 for _, y in rows], _LABEL_HEIGHT, *ends)
        for (level, _), centre in zip(rows, centres, strict=True):
            width = text_width(font, level.label) + 8
            box = QRectF(left + 8, centre - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT)
            draw_rounded(painter, box, 3, theme.colour("panel", 225))
            colour = theme.colour(self.token(level))
            draw_text(painter, box.adjusted(4, 0, 0, 0), level.label, font, colour)

    def _paint_marks(self, painter: QPainter, to_px: QTransform, area: QRectF) -> None:
        theme, series = self._theme, self._bars.series
        for mark in self.marks:
            x = series.place(mark.time)
            if not area.left() <= x <= area.right():
                continue
            spot = to_px.map(QPointF(x, mark.price))
            if mark.profit is None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(mark.side.value))
                draw_triangle(painter, spot.x(), spot.y(), up=mark.side is Side.BUY)
            else:
                token = "profit" if mark.profit >= 0 else "loss"
                painter.setPen(QPen(theme.colour(token), 1.5))
                painter.setBrush(theme.colour("panel"))
                painter.drawEllipse(spot, 4.0, 4.0)
