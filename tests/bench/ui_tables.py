"""Times the table model: 100,000 rows of history sorted and filtered, and live updates."""

import gc
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.columns import Cell, Column, profit_cell, side_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.theme.theme import Appearance, Scheme, Theme
from signalos_desktop.ui.widgets.table import TableView

ROWS = 100_000
RUNS = 7
_FIRST = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Deal:
    ticket: int
    time: datetime
    symbol: str
    side: Side
    volume: str
    price: str
    profit: Decimal


COLUMNS = (
    Column[Deal]("ticket", "Ticket", 96, lambda d: Cell(str(d.ticket)), lambda d: d.ticket),
    Column[Deal](
        "time",
        "Time",
        140,
        lambda d: Cell(f"{d.time:%d %b %H:%M}"),
        lambda d: d.time.timestamp(),
    ),
    Column[Deal]("symbol", "Symbol", 96, lambda d: Cell(d.symbol), lambda d: d.symbol),
    Column[Deal]("side", "Type", 64, lambda d: side_cell(d.side)),
    Column[Deal]("volume", "Volume", 76, lambda d: Cell(d.volume), right=True),
    Column[Deal]("price", "Price", 92, lambda d: Cell(d.price), right=True, flash=True),
    Column[Deal]("profit", "Profit", 120, lambda d: profit_cell(d.profit), lambda d: d.profit),
)


def bench_history(rows: int = ROWS) -> dict[str, float]:
    """ms for one click on a head or one letter in the filter, painting included.

    As in the panel, Python collects no garbage by itself meanwhile: see ui/collector.py.
    """
    gc.collect()
    gc.disable()
    try:
        return _bench_history(rows)
    finally:
        gc.enable()


def _bench_history(rows: int) -> dict[str, float]:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    model = TableModel(COLUMNS, lambda deal: f"{deal.ticket} {deal.symbol}")
    view = TableView(Theme(RESOURCES, Appearance(Scheme.DARK)), model, "History")
    view.resize(900, 600)
    view.show()
    deals = [_make(number) for number in range(rows)]
    rising, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

    def timed(step: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
        """The median of several runs, each from the same state."""
        taken = []
        for _ in range(RUNS):
            before()
            app.processEvents()
            begun = time.perf_counter()
            step()
            app.processEvents()
            taken.append((time.perf_counter() - begun) * 1000)
        return round(statistics.median(taken), 1)

    result = {"load": timed(lambda: model.set_rows((str(d.ticket), d) for d in deals))}

    def unsort() -> None:
        model.sort(-1)

    result["sort by profit"] = timed(lambda: model.sort(6, rising), unsort)
    result["sort by time, newest first"] = timed(lambda: model.sort(1, falling), unsort)
    result["sort by symbol"] = timed(lambda: model.sort(2, rising), unsort)
    unsort()
    result["filter"] = timed(lambda: model.set_filter("xauusd"), lambda: model.set_filter(""))
    result["filter off"] = timed(lambda: model.set_filter(""), lambda: model.set_filter("xauusd"))
    model.sort(6, rising)
    result["filter a sorted table"] = timed(
        lambda: model.set_filter("xauusd"), lambda: model.set_filter("")
    )
    model.set_filter("")
    model.sort(-1)

    prices = count()

    def update() -> None:
        price = str(next(prices))
        for deal in deals[:200]:
            model.put(str(deal.ticket), replace(deal, price=price))
        model.flush()

    result["200 changed rows"] = timed(update)
    view.close()
    return result


def _make(number: int) -> Deal:
    rng = random.Random(number)
    return Deal(
        number,
        _FIRST + timedelta(minutes=rng.randrange(400_000)),
        rng.choice(("EURUSD", "XAUUSD.r", "GER40", "USDJPY")),
        rng.choice(tuple(Side)),
        f"{rng.randrange(1, 200) / 100:.2f}",
        f"{rng.randrange(100_000, 120_000) / 100_000:.5f}",
        Decimal(rng.randrange(-50_000, 60_000)) / 100,
    )


if __name__ == "__main__":
    for name, figure in bench_history().items():
        print(f"{name}: {figure} ms")
