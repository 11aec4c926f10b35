"""The axes of all charts: values at the right with tags that never overlap, time below, grid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from signalos_desktop.ui.charts.layer import Layer
from signalos_desktop.ui.charts.scale import place_tags
from signalos_desktop.ui.theme.paint import CENTRE, LEFT, draw_rounded, draw_text
from signalos_desktop.ui.theme.theme import Theme

TAG_HEIGHT = 17.0
BOTTOM_HEIGHT = 22
_TAG_INSET = 3


@dataclass(frozen=True, slots=True)
class Tag:
    """A value in a box on the axis; fill and text are tokens."""

    value: float
    text: str
    fill: str
    colour: str


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """Values at the right; a tick too near to a tag is left out."""

    def __init__(
        self, theme: Theme, ticks: Callable[[], Sequence[float]], write: Callable[[float], str]
    ) -> None:
        """ticks: the values in view. write: a value as the axis shows it."""
        super().__init__("right")
        self._theme = theme
        self._ticks = ticks
        self.write = write
        self._tags: tuple[Tag, ...] = ()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self.redraw()

    def redraw(self) -> None:
        self.picture = None
        self.update()

    def tag_places(self) -> list[tuple[Tag, float]]:
        """Each tag with the y of its middle on the axis."""
        tops = [self._y(tag.value) for tag in self._tags]
        places = place_tags(tops, TAG_HEIGHT, 0.0, float(self.height()))
        return list(zip(self._tags, places, strict=True))

    def generateDrawSpecs(self, painter: QPainter) -> None:
        """Everything is drawn in drawPicture."""

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, width = float(self.height()), float(self.width())
        font, colour = theme.font_px(11), theme.colour("text3")
        tags = self.tag_places()
        for value in self._ticks():
            y = self._y(value)
            near = any(abs(y - place) < TAG_HEIGHT for _, place in tags)
            if near or not TAG_HEIGHT / 2 <= y <= height - TAG_HEIGHT / 2:
                continue
            place = QRectF(_TAG_INSET + 5, y - 9, width - _TAG_INSET - 5, 18)
            draw_text(painter, place, self.write(value), font, colour, LEFT)
        painter.fillRect(QRectF(0, 0, 1, height), theme.colour("line"))
        for tag, y in tags:
            box = QRectF(_TAG_INSET, y - 8, width - _TAG_INSET - 1, 16)
            draw_rounded(painter, box, 3, theme.colour(tag.fill))
            words = box.adjusted(5, 0, 0, 0)
            draw_text(painter, words, tag.text, theme.font_px(11, 600), theme.colour(tag.colour))

    def _y(self, value: float) -> float:
        view = self.linkedView()
        return float(self.mapFromItem(view, view.mapFromView(QPointF(0, value))).y())


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """Times below the chart, as the chart's data says where they stand."""

    def __init__(self, theme: Theme, ticks: Callable[[], Sequence[tuple[float, str]]]) -> None:
        super().__init__("bottom")
        self._theme = theme
        self._ticks = ticks
        self.setHeight(BOTTOM_HEIGHT)

    def redraw(self) -> None:
        self.update()

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        theme, view = self._theme, self.linkedView()
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("line"))
        font, colour = theme.font_px(11), theme.colour("text3")
        for value, text in self._ticks():
            x = float(self.mapFromItem(view, view.mapFromView(QPointF(value, 0))).x())
            if 20 <= x <= self.width() - 20:
                place = QRectF(x - 40, 2, 80, BOTTOM_HEIGHT - 2)
                draw_text(painter, place, text, font, colour, CENTRE)


class Grid(Layer):
    """Lines at the ticks of both axes, barely visible, under everything else."""

    def __init__(
        self,
        theme: Theme,
        values: Callable[[], Sequence[float]],
        times: Callable[[], Sequence[tuple[float, str]]],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._values = values
        self._times = times
        self.setZValue(-100)

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        area = self.area()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(pg.mkPen(self._theme.colour("grid"), width=1))
        for value in self._values():
            painter.drawLine(QPointF(area.left(), value), QPointF(area.right(), value))
        for time, _ in self._times():
            painter.drawLine(QPointF(time, area.top()), QPointF(time, area.bottom()))
