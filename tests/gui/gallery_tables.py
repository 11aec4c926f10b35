"""The table of positions in the gallery: columns as a panel declares them, rows invented."""

from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.values import Side
from signalos_desktop.ui.models.columns import Cell, Column, RowAction, profit_cell, side_cell
from signalos_desktop.ui.models.table import TableModel
from signalos_desktop.ui.theme.figures import MINUS
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.table import TablePanel


@dataclass(frozen=True, slots=True)
class Row:
    symbol: str
    ticket: int
    time: str
    side: Side
    volume: str
    opened: str
    sl: str
    tp: str
    price: str
    profit: Decimal
    multiple: str
    risk: str
    provider: str
    state: str


ACTIONS = (
    RowAction("breakeven", "Break-even", "BE"),
    RowAction("half", "Close 50 %", "50 %"),
    RowAction("edit", "Change S/L and T/P", icon="edit"),
    RowAction("close", "Close", icon="cross"),
)


def _state(row: Row) -> Cell:
    if not row.state:
        return Cell()
    edited = "edited" in row.state
    return Cell(row.state, "amber" if edited else "text2", icon="edit" if edited else "shield")


COLUMNS = (
    Column[Row](
        "symbol", "Symbol", 96, lambda r: Cell(r.symbol, weight=600), lambda r: r.symbol, compact=80
    ),
    Column[Row](
        "ticket",
        "Ticket",
        96,
        lambda r: Cell(str(r.ticket), "text2"),
        lambda r: r.ticket,
        right=True,
        compact=80,
    ),
    Column[Row](
        "time",
        "Time",
        88,
        lambda r: Cell(r.time, "text2"),
        lambda r: r.time,
        right=True,
        compact=76,
    ),
    Column[Row]("type", "Type", 64, lambda r: side_cell(r.side), compact=52),
    Column[Row]("volume", "Volume", 76, lambda r: Cell(r.volume), right=True, compact=64),
    Column[Row]("opened", "Price", 92, lambda r: Cell(r.opened), right=True, compact=80),
    Column[Row]("sl", "S/L", 92, lambda r: Cell(r.sl, "text2"), right=True, compact=80),
    Column[Row]("tp", "T/P", 92, lambda r: Cell(r.tp, "text2"), right=True, compact=80),
    Column[Row]("price", "Price", 92, lambda r: Cell(r.price), right=True, compact=80, flash=True),
    Column[Row]("swap", "Swap", 72, lambda _: Cell("0.00", "text3"), right=True, compact=56),
    Column[Row](
        "profit",
        "Profit, USD",
        120,
        lambda r: profit_cell(r.profit),
        lambda r: float(r.profit),
        right=True,
        compact=108,
    ),
    Column[Row]("r", "R", 64, lambda r: Cell(r.multiple, "text2"), right=True, compact=56),
    Column[Row]("risk", "Risk at S/L", 112, lambda r: Cell(r.risk, "text2"), right=True, drop=2),
    Column[Row](
        "provider", "Provider", 0, lambda r: Cell(r.provider, "text2"), drop=3, minimum=120
    ),
    Column[Row]("state", "State", 0, _state, drop=1, minimum=180),
    Column[Row]("actions", "", 148, lambda _: Cell(actions=ACTIONS), right=True, compact=140),
)

ROWS = (
    Row(
        "EURUSD",
        48219031,
        "08:14:22",
        Side.BUY,
        "0.40",
        "1.08412",
        "1.08212",
        "1.08812",
        "1.08534",
        Decimal("48.80"),
        "0.61",
        f"{MINUS}128.80",
        "Meridian FX",
        "",
    ),
    Row(
        "GBPUSD",
        48219077,
        "08:41:05",
        Side.SELL,
        "0.30",
        "1.27184",
        "1.27484",
        "1.26584",
        "1.27241",
        Decimal("-17.10"),
        f"{MINUS}0.19",
        f"{MINUS}72.90",
        "Meridian FX",
        "",
    ),
    Row(
        "XAUUSD.r",
        48219120,
        "09:22:48",
        Side.BUY,
        "0.10",
        "4051.20",
        "4051.20",
        "4075.00",
        "4063.18",
        Decimal("119.80"),
        "1.66",
        f"{MINUS}119.80",
        "Gold Circle VIP",
        "S/L at break-even",
    ),
    Row(
        "USDJPY",
        48219164,
        "10:03:11",
        Side.SELL,
        "0.25",
        "151.842",
        "152.242",
        "151.042",
        "151.705",
        Decimal("22.58"),
        "0.34",
        f"{MINUS}88.18",
        "Meridian FX",
        "",
    ),
    Row(
        "GER40",
        48219188,
        "11:37:59",
        Side.BUY,
        "1.00",
        "23418.5",
        "23358.5",
        "23538.5",
        "23402.0",
        Decimal("-17.90"),
        f"{MINUS}0.28",
        f"{MINUS}47.20",
        "Kestrel Signals",
        "",
    ),
    Row(
        "AUDUSD",
        48219215,
        "13:05:33",
        Side.BUY,
        "0.20",
        "0.65214",
        "0.64964",
        "0.65714",
        "0.65232",
        Decimal("3.60"),
        "0.07",
        f"{MINUS}53.60",
        "Meridian FX",
        "provider edited the S/L",
    ),
)


def positions(theme: Theme) -> TablePanel[Row]:
    model = TableModel(COLUMNS, lambda row: f"{row.symbol} {row.ticket} {row.provider}")
    model.set_rows((str(row.ticket), row) for row in ROWS)
    panel = TablePanel(theme, model, "Positions")
    panel.view.table.setParent(panel)
    if not theme.density.compact:
        panel.set_totals(
            {
                "symbol": Cell("6 positions", "text2", 500),
                "volume": Cell("2.25", "text2", 500),
                "profit": profit_cell(Decimal("159.78")),
                "risk": Cell(f"{MINUS}510.48", "text2", 600),
            }
        )
    return panel
