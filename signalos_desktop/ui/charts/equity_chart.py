"""Equity, balance, drawdown and trades of an account over time."""

from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from signalos_desktop.ui.charts.axes import Tag
from signalos_desktop.ui.charts.canvas import Canvas
from signalos_desktop.ui.charts.equity_data import Drop, EquityMark, EquitySeries
from signalos_desktop.ui.charts.equity_drawing import (
    CAPTION_HEIGHT,
    CAPTION_OFF,
    EquityCurve,
    EquityMarks,
    drop_caption,
)
from signalos_desktop.ui.charts.scale import AnyFloats, time_ticks
from signalos_desktop.ui.theme.figures import money
from signalos_desktop.ui.theme.theme import Theme

_AXIS_WIDTH = 78


class EquityChart(QWidget):
    """Times in seconds since 1970. It follows the newest point until the user pans away."""

    def __init__(self, theme: Theme, digits: int = 2) -> None:
        """digits: of the account's currency."""
        super().__init__()
        self.series = EquitySeries()
        self._digits = digits
        self._follow = True
        self._width = 86_400.0
        self._curve = EquityCurve(theme, self.series)
        self._marks = EquityMarks(theme, self.series)
        self.canvas = Canvas(
            theme,
            "Equity and balance",
            bounds=self.series.bounds,
            times=self._time_ticks,
            write=self._write,
            axis_width=_AXIS_WIDTH,
            below=CAPTION_OFF + CAPTION_HEIGHT + 2,
        )
        self.canvas.add(self._curve)
        self.canvas.add(self._marks)
        self.canvas.moved.connect(self._see_whether_to_follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)

    @property
    def drop(self) -> Drop | None:
        """The largest fall since the start of the period shown."""
        return self.series.drop

    def set_zone(self, zone: tzinfo) -> None:
        self.canvas.zone = zone
        self.canvas.redraw()

    def load(self, time: AnyFloats, balance: AnyFloats, equity: AnyFloats) -> None:
        self.series.load(time, balance, equity)
        self._refresh()

    def append(self, time: float, balance: float, equity: float) -> None:
        self.series.append(time, balance, equity)
        self._refresh()

    def set_marks(self, marks: Sequence[EquityMark]) -> None:
        self._marks.set_marks(marks)

    def set_stale(self, *, stale: bool) -> None:
        self._curve.stale = stale
        self.canvas.show_old(old=stale)
        self._refresh()

    def show_period(self, start: float, end: float) -> None:
        """Show this time; peaks and drops count from its start, and it moves on with new points."""
        self.series.start_period(start)
        self._width = max(end - start, 60.0)
        self._follow = False
        self.canvas.set_span(start, start + self._width * 1.01)
        self._see_whether_to_follow()
        self._refresh()

    def show_all(self) -> None:
        if self.series.size:
            times = self.series.time
            self.show_period(float(times[0]), float(times[-1]))

    def _refresh(self) -> None:
        last = self.series.last
        if last is None:
            return
        time, balance, equity = last
        if self._follow and time > self.canvas.span()[1]:
            low, high = self.canvas.span()
            self.canvas.set_span(low + time - high, time)
        else:
            self.canvas.fit()
        fill = "stale" if self._curve.stale else "equity"
        tags = [Tag(equity, self._money(equity), fill, "panel")]
        if balance != equity:
            tags.append(Tag(balance, self._money(balance), "raised", "text2"))
        self.canvas.values.set_tags(tags)
        drop = self.series.drop
        self._marks.caption = drop_caption(self._money(drop.amount)) if drop else ""
        self.canvas.redraw()

    def _see_whether_to_follow(self) -> None:
        last = self.series.last
        self._follow = last is not None and self.canvas.span()[1] >= last[0]

    def _time_ticks(self, low: float, high: float, most: int) -> list[tuple[float, str]]:
        return time_ticks(low, high, most, self.canvas.zone)

    def _money(self, value: float) -> str:
        return money(Decimal(repr(float(value))), self._digits)

    def _write(self, value: float) -> str:
        """Ticks are round: digits only where the steps are small."""
        low, high = self.canvas.value_span()
        return money(Decimal(repr(float(value))), 0 if high - low >= 10 else self._digits)
