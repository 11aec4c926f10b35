"""Paints equity, balance and drawdown for the part in view, and the trades on the curve."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.equity_data import EquityMark, EquitySeries
from signalos_desktop.ui.charts.layer import Layer
from signalos_desktop.ui.charts.scale import Floats
from signalos_desktop.ui.theme.figures import MINUS
from signalos_desktop.ui.theme.paint import CENTRE, draw_text
from signalos_desktop.ui.theme.theme import Theme

_RING = 4.0
# The caption of the largest drop stands below the curve and below a buy that may be there.
CAPTION_OFF, CAPTION_HEIGHT = 17, 16
_CAPTION_HALF = 64.0
# How far a triangle stands off the curve, and half its width.
_OFF, _HALF = 6.0, 5.5


def draw_triangle(painter: QPainter, x: float, y: float, *, up: bool) -> None:
    """In px: a buy stands below its point and points up, a sell above it and points down."""
    tip = y + _OFF if up else y - _OFF
    base = tip + 9 if up else tip - 9
    painter.drawPolygon(
        QPolygonF([QPointF(x, tip), QPointF(x - _HALF, base), QPointF(x + _HALF, base)])
    )


class EquityCurve(Layer):
    """Reads the series anew for every frame; nothing is copied when points are appended."""

    def __init__(self, theme: Theme, series: EquitySeries) -> None:
        super().__init__()
        self._theme = theme
        self._series = series
        self.stale = False

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        if not self._series.size:
            return
        area = self.area()
        columns = int(self.getViewBox().width())
        shown = self._series.outline(area.left(), area.right(), columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_band(painter, *shown.low_side())
        steps = self._series.balance_steps(area.left(), area.right())
        self._paint_line(painter, *steps, "balance")
        self._paint_line(painter, shown.x, shown.y, "stale" if self.stale else "equity")

    def _paint_line(self, painter: QPainter, x: Floats, y: Floats, token: str) -> None:
        if len(x) > 1:
            painter.setPen(pg.mkPen(self._theme.colour(token), width=1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(pg.arrayToQPath(x, y, finiteCheck=False))

    def _paint_band(self, painter: QPainter, x: Floats, y: Floats, peak: Floats) -> None:
        """From the peak down to the curve; rough edges, as the curve itself is drawn over them."""
        if len(x) < 2 or not np.any(peak > y):
            return
        theme = self._theme
        outline = np.concatenate((x, x[::-1])), np.concatenate((peak, y[::-1]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("loss", theme.palette.band_alpha))
        painter.drawPath(pg.arrayToQPath(*outline, finiteCheck=False))
        dotted = pg.mkPen(theme.colour("loss", 90), width=1, style=Qt.PenStyle.DotLine)
        painter.setPen(dotted)
        painter.drawLines(peak_lines(x, y, peak))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def peak_lines(x: Floats, y: Floats, peak: Floats) -> list[QLineF]:
    """The level parts of the peak, from where the curve leaves it to where it comes back."""
    changes = np.flatnonzero(np.diff(peak)) + 1
    starts = np.append(0, changes)
    ends = np.append(changes, len(x)) - 1
    lowest = np.minimum.reduceat(y, starts)
    fallen = (ends > starts) & (lowest < peak[starts])
    parts = zip(x[starts[fallen]], x[ends[fallen]], peak[starts[fallen]], strict=True)
    return [QLineF(left, level, right, level) for left, right, level in parts]


class EquityMarks(Layer):
    """Trades as triangles and rings, and the caption of the largest drop; sizes in px."""

    def __init__(self, theme: Theme, series: EquitySeries) -> None:
        super().__init__()
        self._theme = theme
        self._series = series
        self._marks: tuple[EquityMark, ...] = ()
        self.caption = ""
        self.setZValue(10)

    def set_marks(self, marks: Sequence[EquityMark]) -> None:
        self._marks = tuple(marks)
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        area = self.area()
        to_px = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            if area.left() <= mark.time <= area.right():
                spot = to_px.map(QPointF(mark.time, mark.value))
                self._paint_mark(painter, mark, spot)
        drop = self._series.drop
        if drop is not None and self.caption and area.left() <= drop.time <= area.right():
            spot = to_px.map(QPointF(drop.time, drop.value))
            ends = to_px.mapRect(area)
            middle = min(max(spot.x(), ends.left() + _CAPTION_HALF), ends.right() - _CAPTION_HALF)
            top = min(spot.y() + CAPTION_OFF, ends.bottom() - CAPTION_HEIGHT)
            place = QRectF(middle - 90, top, 180, CAPTION_HEIGHT)
            font = self._theme.font_px(11)
            draw_text(painter, place, self.caption, font, self._theme.colour("text2"), CENTRE)
        painter.restore()

    def _paint_mark(self, painter: QPainter, mark: EquityMark, spot: QPointF) -> None:
        theme = self._theme
        if mark.profit is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(mark.side.value))
            draw_triangle(painter, spot.x(), spot.y(), up=mark.side is Side.BUY)
            return
        painter.setPen(QPen(theme.colour("profit" if mark.profit >= 0 else "loss"), 1.5))
        painter.setBrush(theme.colour("panel"))
        painter.drawEllipse(spot, _RING, _RING)


def drop_caption(amount: str) -> str:
    """amount: the drop in money, without a sign."""
    return f"largest drop {MINUS}{amount}"
