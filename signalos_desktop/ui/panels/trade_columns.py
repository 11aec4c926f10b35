"""The columns of Positions, Orders and History, in MT5's words and order."""

from collections.abc import Callable
from decimal import Decimal

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.ui.models.columns import (
    Cell,
    Column,
    RowAction,
    SortKey,
    profit_cell,
    side_cell,
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
_TIME, _TIME_COMPACT = 164, 148


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
        Column(
            "symbol",
            "Symbol",
            104,
            lambda r: Cell(one_line(r.position.symbol), weight=600),
            lambda r: r.position.symbol,
            compact=88,
        ),
        Column(
            "ticket",
            "Ticket",
            124,
            lambda r: Cell(str(r.position.ticket), "text2"),
            lambda r: r.position.ticket,
            right=True,
            compact=120,
            drop=4,
        ),
        Column(
            "time",
            "Time",
            _TIME,
            lambda r: Cell(use.time(r.position.time), "text2"),
            lambda r: r.position.time.timestamp(),
            right=True,
            compact=_TIME_COMPACT,
            drop=1,
        ),
        Column("type", "Type", 64, lambda r: side_cell(r.position.side), compact=52),
        Column(
            "volume",
            "Volume",
            84,
            lambda r: Cell(size(r)),
            lambda r: sortable(r.position.volume),
            right=True,
            compact=72,
        ),
        Column("opened", "Price", 92, lambda r: Cell(figure(r, r.position.price_open)), right=True),
        Column("sl", "S/L", 92, lambda r: Cell(figure(r, r.position.sl), "text2"), right=True),
        Column("tp", "T/P", 92, lambda r: Cell(figure(r, r.position.tp), "text2"), right=True),
        Column(
            "price",
            "Price",
            92,
            lambda r: Cell(figure(r, r.position.price_current)),
            right=True,
            flash=True,
        ),
        Column("swap", "Swap", 84, swap, right=True, compact=64, drop=2),
        Column(
            "profit",
            "Profit",
            124,
            amount,
            lambda r: sortable(r.position.profit),
            right=True,
            compact=108,
        ),
        Column(
            "comment",
            "Comment",
            0,
            lambda r: Cell(use.with_owner(r.account, one_line(r.position.comment)), "text2"),
            drop=3,
            minimum=90,
        ),
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
        Column(
            "symbol",
            "Symbol",
            104,
            lambda r: Cell(one_line(r.order.symbol), weight=600),
            lambda r: r.order.symbol,
            compact=88,
        ),
        Column(
            "ticket",
            "Ticket",
            124,
            lambda r: Cell(str(r.order.ticket), "text2"),
            lambda r: r.order.ticket,
            right=True,
            compact=120,
        ),
        Column(
            "time",
            "Time",
            _TIME,
            lambda r: Cell(use.time(r.order.time), "text2"),
            lambda r: r.order.time.timestamp(),
            right=True,
            compact=_TIME_COMPACT,
        ),
        Column("type", "Type", 112, lambda r: side_cell(r.order.side, order_word(r.order))),
        Column("volume", "Volume", 84, lambda r: Cell(size(r)), right=True, compact=72),
        Column("price", "Price", 92, lambda r: Cell(figure(r, r.order.price)), right=True),
        Column("sl", "S/L", 92, lambda r: Cell(figure(r, r.order.sl), "text2"), right=True),
        Column("tp", "T/P", 92, lambda r: Cell(figure(r, r.order.tp), "text2"), right=True),
        Column(
            "expiry",
            "Expiration",
            _TIME,
            lambda r: Cell(expiry(r), "text2"),
            right=True,
            compact=_TIME_COMPACT,
        ),
        Column(
            "state",
            "State",
            100,
            lambda r: Cell(one_line(r.order.state.lower()), "text2"),
            drop=2,
        ),
        Column(
            "comment",
            "Comment",
            0,
            lambda r: Cell(use.with_owner(r.account, one_line(r.order.comment)), "text2"),
            drop=3,
            minimum=90,
        ),
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
        Column(
            "time",
            "Time",
            _TIME,
            lambda r: Cell(use.time(r.deal.time), "text2"),
            lambda r: r.deal.time.timestamp(),
            right=True,
            compact=_TIME_COMPACT,
        ),
        _number("deal", "Deal", lambda r: r.deal.ticket),
        _number("order", "Order", lambda r: r.deal.order, drop=1),
        _number("position", "Position", lambda r: r.deal.position_id, drop=2),
        Column(
            "symbol",
            "Symbol",
            104,
            lambda r: Cell(one_line(r.deal.symbol), weight=600),
            lambda r: r.deal.symbol,
            compact=88,
        ),
        Column("type", "Type", 72, deal_type, lambda r: r.deal.type, compact=64),
        Column(
            "direction",
            "Direction",
            72,
            lambda r: Cell(_DIRECTIONS[r.deal.entry] if r.deal.trade else "", "text2"),
            compact=64,
        ),
        Column("volume", "Volume", 84, lambda r: Cell(size(r)), right=True, compact=72),
        Column(
            "price",
            "Price",
            92,
            lambda r: Cell(use.price(r.account, r.deal.symbol, r.deal.price)),
            right=True,
        ),
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
        Column(
            "profit",
            "Profit",
            124,
            amount,
            lambda r: sortable(r.deal.profit),
            right=True,
            compact=108,
        ),
        Column("from", "From", 84, _origin, drop=4, compact=72),
        Column(
            "comment",
            "Comment",
            0,
            lambda r: Cell(one_line(r.deal.comment), "text2"),
            drop=5,
            minimum=90,
        ),
    )


def _number(
    key: str, caption: str, read: Callable[[DealRow], int], drop: int = 0
) -> Column[DealRow]:
    """A ticket of a deal; 0 is none."""
    return Column(
        key,
        caption,
        124,
        lambda row: Cell(str(read(row) or ""), "text2"),
        read,
        right=True,
        compact=112,
        drop=drop,
    )


def deal_type(row: DealRow) -> Cell:
    side = deal_side(row.deal)
    return side_cell(side) if side else Cell(one_line(row.deal.type.lower()), "text2")


def sortable(value: Decimal) -> SortKey:
    return float(value) if value.is_finite() else float("-inf")


def _origin(row: DealRow) -> Cell:
    if not row.deal.trade:
        return Cell()
    return Cell("outside" if row.external else "ours", "amber" if row.external else "text2")


def _small_money(value: Decimal, digits: int) -> Cell:
    return Cell(money(value, digits), "text2" if value else "text3")
