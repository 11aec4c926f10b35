"""Lines and marks over the charts: of the ticket, of open positions, of deals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from signalos_desktop.domain.equity import deal_money
from signalos_desktop.domain.position import Deal, DealEntry, Position
from signalos_desktop.domain.values import Account, Side
from signalos_desktop.ui.charts.equity_data import EquityMark
from signalos_desktop.ui.charts.price_data import LevelKind, PriceLevel, PriceMark
from signalos_desktop.ui.theme.figures import money, volume
from signalos_desktop.ui.viewmodels.instruments import Instruments
from signalos_desktop.ui.viewmodels.ticket import ChartOrder
from signalos_desktop.ui.viewmodels.trade_rows import deal_side


def order_levels(order: ChartOrder, account: Account, use: Instruments) -> list[PriceLevel]:
    """The lines of the order in the ticket: targets, entry, S/L."""
    digits, step = use.money_digits(account), use.step(account, order.symbol)

    def line(kind: LevelKind, price: Decimal, label: str) -> PriceLevel:
        tag = use.price(account, order.symbol, price)
        return PriceLevel(kind, float(price), label, tag)

    lines = [
        line(
            LevelKind.TP,
            price,
            f"T/P {number}   {volume(lots, step)}   {money(gain, digits, signed=True)}",
        )
        for number, (price, lots, gain) in enumerate(order.targets, 1)
    ]
    entry = f"Entry   {order.side.value} {volume(order.lots, step)}"
    lines.append(line(LevelKind.ENTRY, order.entry, entry))
    if order.sl:
        loss = money(-abs(order.loss), digits, signed=True)
        lines.append(line(LevelKind.SL, order.sl, f"S/L   {loss}"))
    return lines


def position_levels(
    positions: Sequence[Position], account: Account, use: Instruments
) -> list[PriceLevel]:
    """Entry, S/L and T/P of each position, with what each level means in money."""
    lines: list[PriceLevel] = []
    for p in positions:
        size = volume(p.volume, use.step(account, p.symbol))
        entry = f"{p.side.value} {size}   {p.ticket}"
        lines.append(_line(LevelKind.ENTRY, p.price_open, entry, p, account, use))
        for kind, name, level in ((LevelKind.SL, "S/L", p.sl), (LevelKind.TP, "T/P", p.tp)):
            if level:
                label = f"{name}   {size}{_outcome(p, level, account, use)}"
                lines.append(_line(kind, level, label, p, account, use))
    return lines


def one_side(positions: Iterable[Position]) -> Side | None:
    """The side they all have; None if they differ."""
    sides = {position.side for position in positions}
    return sides.pop() if len(sides) == 1 else None


def price_marks(deals: Iterable[Deal]) -> list[PriceMark]:
    return [
        PriceMark(deal.time.timestamp(), float(deal.price), side, _gain(deal))
        for deal in deals
        if (side := _position_side(deal)) is not None and deal.price > 0
    ]


def equity_mark(deal: Deal, value: float) -> EquityMark | None:
    """None for a deal that moved the balance alone."""
    side = _position_side(deal)
    return EquityMark(deal.time.timestamp(), value, side, _gain(deal)) if side else None


def _line(
    kind: LevelKind, price: Decimal, label: str, p: Position, account: Account, use: Instruments
) -> PriceLevel:
    return PriceLevel(kind, float(price), label, use.price(account, p.symbol, price))


def _outcome(p: Position, level: Decimal, account: Account, use: Instruments) -> str:
    amount = use.money_between(account, p.symbol, p.side, p.volume, (p.price_open, level))
    if amount is None:
        return ""
    return f"   {money(amount, use.money_digits(account), signed=True)}"


def _position_side(deal: Deal) -> Side | None:
    """Of the position that it opened or closed: a sell deal closes a buy."""
    side = deal_side(deal)
    if side is None or deal.entry is DealEntry.IN:
        return side
    return side.opposite


def _gain(deal: Deal) -> float | None:
    return None if deal.entry is DealEntry.IN else float(deal_money(deal))
