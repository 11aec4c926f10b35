"""The price of one symbol with the levels of a signal or a position over it."""

from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.charts.axes import Tag
from signalos_desktop.ui.charts.canvas import Canvas
from signalos_desktop.ui.charts.price_data import BarSeries, LevelKind, PriceLevel, PriceMark
from signalos_desktop.ui.charts.price_drawing import PriceBars, PriceLevels
from signalos_desktop.ui.charts.scale import AnyFloats, bar_ticks
from signalos_desktop.ui.theme.figures import price
from signalos_desktop.ui.theme.theme import Theme

_AXIS_WIDTH = 78
_BARS_IN_VIEW = 96
# Part of the width that is kept free right of the last bar, for the zones.
_AHEAD = 0.15


class PriceChart(QWidget):
    """Times in seconds since 1970. It follows the last bar until the user pans away."""

    def __init__(self, theme: Theme, timeframe: int = 300, digits: int = 2) -> None:
        """timeframe: seconds of a bar; digits: the instrument's."""
        super().__init__()
        self._digits = digits
        self._follow = True
        self._price_tag: float | None = None
        self._bars = PriceBars(theme, BarSeries(timeframe))
        self._levels = PriceLevels(theme, self._bars)
        self.canvas = Canvas(
            theme,
            "Price",
            bounds=self._bounds,
            times=self._time_ticks,
            write=self._write,
            axis_width=_AXIS_WIDTH,
        )
        self.canvas.add(self._bars)
        self.canvas.add(self._levels)
        self.canvas.moved.connect(self._see_whether_to_follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self._show_last()

    @property
    def series(self) -> BarSeries:
        return self._bars.series

    def set_instrument(self, name: str, digits: int, timeframe: int) -> None:
        """Another symbol or timeframe: everything is empty until it is loaded."""
        self._digits = digits
        self._bars.series = BarSeries(timeframe)
        self._levels.levels, self._levels.marks = (), ()
        self._price_tag = None
        self._follow = True
        self.canvas.plot.setAccessibleName(f"Price of {name}")
        self._show_last()
        self._refresh()

    def set_zone(self, zone: tzinfo) -> None:
        self.canvas.zone = zone
        self.canvas.redraw()

    def load(
        self,
        time: AnyFloats,
        opens: AnyFloats,
        highs: AnyFloats,
        lows: AnyFloats,
        closes: AnyFloats,
    ) -> None:
        """Bars from history; time is each bar's start."""
        self.series.load(time, opens, highs, lows, closes)
        self._price_tag = self.series.last_close
        self._show_last()
        self._refresh()

    def add_quote(self, time: float, bid: float) -> None:
        """A live price; charts show the bid as MT5 does."""
        bars = self.series.size
        self.series.add_quote(time, bid)
        self._price_tag = bid
        if self._follow and self.series.size > bars:
            self._show_last()
        self._refresh()

    def set_levels(self, side: Side | None, levels: Sequence[PriceLevel]) -> None:
        """side: of the signal or position the levels belong to."""
        self._levels.side = side
        self._levels.levels = tuple(levels)
        self._refresh()

    def set_marks(self, marks: Sequence[PriceMark]) -> None:
        self._levels.marks = tuple(marks)
        self.canvas.redraw()

    def show_as_line(self, *, line: bool) -> None:
        self._bars.as_line = line
        self.canvas.redraw()

    def set_stale(self, *, stale: bool) -> None:
        """Old prices: a grey line and a chip that says so."""
        self._bars.stale = stale
        self.canvas.show_old(old=stale)
        self._refresh()

    def _show_last(self) -> None:
        """The newest bars, with the bars the user zoomed to; new charts show a usual number."""
        low, high = self.canvas.span()
        width = high - low
        if width < 2 or not self._follow:
            width = _BARS_IN_VIEW
        end = self.series.size + width * _AHEAD
        self.canvas.set_span(end - width, end)

    def _refresh(self) -> None:
        self.canvas.fit()
        tags = [self._tag(level) for level in self._levels.levels]
        if self._price_tag is not None:
            fill, colour = ("stale", "panel") if self._bars.stale else ("raised", "text2")
            tags.append(Tag(self._price_tag, self._write(self._price_tag), fill, colour))
        self.canvas.values.set_tags(tags)
        self.canvas.redraw()

    def _tag(self, level: PriceLevel) -> Tag:
        if level.kind is LevelKind.ENTRY:
            fill = f"{self._levels.side.value}_fill" if self._levels.side else "raised"
            return Tag(level.price, level.tag, fill, "white" if self._levels.side else "text")
        token = self._levels.token(level)
        return Tag(level.price, level.tag, f"{token}_bg", token)

    def _see_whether_to_follow(self) -> None:
        self._follow = self.canvas.span()[1] >= self.series.size - 1

    def _bounds(self, low: float, high: float) -> tuple[float, float] | None:
        """Bars in view and all levels: a level out of sight would look as if there were none."""
        found = self.series.bounds(low, high)
        prices = [level.price for level in self._levels.levels]
        prices += found or ()
        if self._price_tag is not None:
            prices.append(self._price_tag)
        return (min(prices), max(prices)) if prices else None

    def _time_ticks(self, low: float, high: float, most: int) -> list[tuple[float, str]]:
        first, end = self.series.slice(low, high)
        # The bars fill only a part of the view while there are few of them.
        most = max(1, int(most * (end - first) / max(high - low, 1.0)))
        return bar_ticks(self.series.time[first:end], first, most, self.canvas.zone)

    def _write(self, value: float) -> str:
        return price(Decimal(repr(float(value))), self._digits)
