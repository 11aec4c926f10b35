"""The columns of Positions, Orders and History, in MT5's words and order."""

from decimal import Decimal

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.ui.models.columns import (
    Cell,
    Column,
    RowAction,
    profit_cell,
    side_cell,
)
from signalos_desktop.ui.panels.usual_columns import (
    TIME,
    TIME_COMPACT,
    comment_column,
    number_column,
    price_column,
    profit_column,
    symbol_column,
    time_column,
    volume_column,
)
from signalos_desktop.ui.theme.figures import money, volume
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.trade_rows import (
    DealRow,
    OrderRow,
    PositionRow,
    deal_side,
    one_line,
    order_word,
)

POSITION_ACTIONS = (
    RowAction("breakeven", "Break-even: S/L to the entry", "BE"),
    RowAction("half", "Close 50 %", "50 %"),
    RowAction("edit", "Change S/L and T/P", icon="edit"),
    RowAction("close", "Close", icon="cross"),
)
ORDER_ACTIONS = (
    RowAction("edit", "Change S/L and T/P", icon="edit"),
    RowAction("cancel", "Cancel the order", icon="cross"),
)
_DIRECTIONS = {
    DealEntry.IN: "in",
    DealEntry.OUT: "out",
    DealEntry.INOUT: "in/out",
    DealEntry.OUT_BY: "out by",
}


def position_columns(use: Instruments) -> tuple[Column[PositionRow], ...]:
    def figure(row: PositionRow, value: Decimal | None) -> str:
        return use.price(row.account, row.position.symbol, value)

    def size(row: PositionRow) -> str:
        return volume(row.position.volume, use.step(row.account, row.position.symbol))

    def amount(row: PositionRow) -> Cell:
        return profit_cell(row.position.profit, use.money_digits(row.account))

    def swap(row: PositionRow) -> Cell:
        return _small_money(row.position.swap, use.money_digits(row.account))

    return (
        symbol_column(lambda r: r.position.symbol),
        number_column("ticket", "Ticket", lambda r: r.position.ticket, drop=4),
        time_column(use, lambda r: r.position.time, drop=1),
        Column("type", "Type", 64, lambda r: side_cell(r.position.side), compact=52),
        volume_column(size, lambda r: r.position.volume),
        price_column("opened", "Price", lambda r: figure(r, r.position.price_open)),
        price_column("sl", "S/L", lambda r: figure(r, r.position.sl), level=True),
        price_column("tp", "T/P", lambda r: figure(r, r.position.tp), level=True),
        price_column("price", "Price", lambda r: figure(r, r.position.price_current), flash=True),
        Column("swap", "Swap", 84, swap, right=True, compact=64, drop=2),
        profit_column(amount, lambda r: r.position.profit),
        comment_column(lambda r: use.with_owner(r.account, one_line(r.position.comment))),
        Column("actions", "", 148, lambda _: Cell(actions=POSITION_ACTIONS), right=True),
    )


def order_columns(use: Instruments) -> tuple[Column[OrderRow], ...]:
    def figure(row: OrderRow, value: Decimal | None) -> str:
        return use.price(row.account, row.order.symbol, value)

    def size(row: OrderRow) -> str:
        return volume(row.order.volume, use.step(row.account, row.order.symbol))

    def expiry(row: OrderRow) -> str:
        return use.time(row.order.expiration) if row.order.expiration else "until cancelled"

    return (
        symbol_column(lambda r: r.order.symbol),
        number_column("ticket", "Ticket", lambda r: r.order.ticket),
        time_column(use, lambda r: r.order.time),
        Column("type", "Type", 112, lambda r: side_cell(r.order.side, order_word(r.order))),
        volume_column(size),
        price_column("price", "Price", lambda r: figure(r, r.order.price)),
        price_column("sl", "S/L", lambda r: figure(r, r.order.sl), level=True),
        price_column("tp", "T/P", lambda r: figure(r, r.order.tp), level=True),
        Column(
            "expiry",
            "Expiration",
            TIME,
            lambda r: Cell(expiry(r), "text2"),
            right=True,
            compact=TIME_COMPACT,
        ),
        Column(
            "state", "State", 100, lambda r: Cell(one_line(r.order.state.lower()), "text2"), drop=2
        ),
        comment_column(lambda r: use.with_owner(r.account, one_line(r.order.comment))),
        Column("actions", "", 84, lambda _: Cell(actions=ORDER_ACTIONS), right=True),
    )


def deal_columns(use: Instruments) -> tuple[Column[DealRow], ...]:
    def size(row: DealRow) -> str:
        step = use.step(row.account, row.deal.symbol)
        return volume(row.deal.volume, step) if row.deal.trade else ""

    def amount(row: DealRow) -> Cell:
        opens = row.deal.trade and row.deal.entry is DealEntry.IN
        digits = use.money_digits(row.account)
        if opens and not row.deal.profit:
            return _small_money(row.deal.profit, digits)
        return profit_cell(row.deal.profit, digits)

    def cost(value: Decimal, row: DealRow) -> Cell:
        return _small_money(value, use.money_digits(row.account))

    return (
        time_column(use, lambda r: r.deal.time),
        number_column("deal", "Deal", lambda r: r.deal.ticket, compact=112),
        number_column("order", "Order", lambda r: r.deal.order, compact=112, drop=1),
        number_column("position", "Position", lambda r: r.deal.position_id, compact=112, drop=2),
        symbol_column(lambda r: r.deal.symbol),
        Column("type", "Type", 72, deal_type, lambda r: r.deal.type, compact=64),
        Column(
            "direction",
            "Direction",
            72,
            lambda r: Cell(_DIRECTIONS[r.deal.entry] if r.deal.trade else "", "text2"),
            compact=64,
        ),
        volume_column(size),
        price_column("price", "Price", lambda r: use.price(r.account, r.deal.symbol, r.deal.price)),
        Column(
            "commission",
            "Commission",
            92,
            lambda r: cost(r.deal.commission, r),
            right=True,
            compact=84,
        ),
        Column("fee", "Fee", 72, lambda r: cost(r.deal.fee, r), right=True, compact=56, drop=3),
        Column("swap", "Swap", 84, lambda r: cost(r.deal.swap, r), right=True, compact=64),
        profit_column(amount, lambda r: r.deal.profit),
        Column("from", "From", 84, _origin, drop=4, compact=72),
        comment_column(lambda r: one_line(r.deal.comment), drop=5),
    )


def deal_type(row: DealRow) -> Cell:
    side = deal_side(row.deal)
    return side_cell(side) if side else Cell(one_line(row.deal.type.lower()), "text2")


def _origin(row: DealRow) -> Cell:
    if not row.deal.trade:
        return Cell()
    return Cell("outside" if row.external else "ours", "amber" if row.external else "text2")


def _small_money(value: Decimal, digits: int) -> Cell:
    return Cell(money(value, digits), "text2" if value else "text3")
