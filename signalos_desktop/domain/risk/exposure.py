"""What is already at risk: positions, resting orders, and orders on their way or unclear."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.context import Reservation
from signalos_desktop.domain.risk.sizing import ceil_cents, stop_loss_per_lot
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side

# Wide enough for the exact sum of everything the terminal may send.
_WIDE = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Sums over everything that is open, rests, is on its way or unclear; account currency.

    heat: loss at S/L from the open price; worst: from the current price; both None while one of
    them cannot be computed. margin: what resting orders and reserved ones will take when filled.
    unprotected: tickets without S/L; unpriced: symbols without a usable tick value or margin.
    """

    orders: tuple[tuple[str, Side, Decimal], ...]
    heat: Decimal | None
    worst: Decimal | None
    margin: Decimal | None
    unprotected: tuple[int, ...]
    unpriced: tuple[str, ...]

    def count(self, symbol: str | None = None) -> int:
        return sum(1 for name, _, _ in self.orders if symbol is None or name == symbol)

    def held(self, symbol: str, side: Side) -> Decimal:
        """Lots of this symbol and side."""
        return sum(
            (lots for name, way, lots in self.orders if name == symbol and way is side), ZERO
        )


@dataclass(frozen=True, slots=True)
class _Holding:
    """A position or resting order; at: where it was or would be opened, now: where it stands."""

    ticket: int
    symbol: str
    side: Side
    lots: Decimal
    at: Decimal
    now: Decimal
    sl: Decimal | None
    rests: bool


def measure_exposure(
    positions: tuple[Position, ...],
    orders: tuple[RestingOrder, ...],
    reserved: tuple[Reservation, ...],
    market: Mapping[str, tuple[SymbolSpec, Quote]],
    currency: str,
    digits: int,
) -> Exposure:
    """All sums; market: the symbols with usable specification and quote."""
    heat, worst, margin = Fraction(0), Fraction(0), Fraction(0)
    unprotected: list[int] = []
    unpriced: set[str] = set()
    for holding in _holdings(positions, orders):
        if holding.sl is None:
            unprotected.append(holding.ticket)
        elif (losses := _losses(holding, holding.sl, market, currency)) is not None:
            heat += losses[0]
            worst += losses[1]
        else:
            unpriced.add(holding.symbol)
        if holding.rests:
            margin += _margin(holding.symbol, holding.lots, market, unpriced)
    loss, lots = _reserved_sums(reserved)
    heat += loss
    worst += loss
    for symbol, volume in lots.items():
        margin += _margin(symbol, volume, market, unpriced)
    known = not unprotected and not unpriced
    return Exposure(
        orders=(
            *((held.symbol, held.side, held.lots) for held in _holdings(positions, orders)),
            *((order.symbol, order.side, order.lots) for order in reserved),
        ),
        heat=ceil_cents(heat, digits) if known else None,
        worst=ceil_cents(worst, digits) if known else None,
        margin=None if unpriced else ceil_cents(margin, digits),
        unprotected=tuple(unprotected),
        unpriced=tuple(sorted(unpriced)),
    )


def _holdings(
    positions: tuple[Position, ...], orders: tuple[RestingOrder, ...]
) -> Iterator[_Holding]:
    for pos in positions:
        yield _Holding(
            pos.ticket, pos.symbol, pos.side, pos.volume,
            pos.price_open, pos.price_current, pos.sl, rests=False,
        )  # fmt: skip
    for order in orders:
        yield _Holding(
            order.ticket, order.symbol, order.side, order.volume,
            order.price, order.price, order.sl, rests=True,
        )  # fmt: skip


def _reserved_sums(reserved: tuple[Reservation, ...]) -> tuple[Fraction, dict[str, Decimal]]:
    """Loss of all, and lots of each symbol: exact sums, far quicker than in fractions."""
    lots: dict[str, Decimal] = {}
    with localcontext(_WIDE):
        loss = sum((order.loss for order in reserved), ZERO)
        for order in reserved:
            lots[order.symbol] = lots.get(order.symbol, ZERO) + order.lots
    return Fraction(loss), lots


def _losses(
    holding: _Holding, sl: Decimal, market: Mapping[str, tuple[SymbolSpec, Quote]], currency: str
) -> tuple[Fraction, Fraction] | None:
    """Loss at S/L from the open price and from the current one; None = cannot be computed."""
    if holding.symbol not in market:
        return None
    spec, quote = market[holding.symbol]
    lots = Fraction(holding.lots)
    opened = stop_loss_per_lot(holding.side, holding.at, sl, spec, quote, currency)
    current = stop_loss_per_lot(holding.side, holding.now, sl, spec, quote, currency)
    return None if opened is None or current is None else (lots * opened, lots * current)


def _margin(
    symbol: str,
    lots: Decimal,
    market: Mapping[str, tuple[SymbolSpec, Quote]],
    unpriced: set[str],
) -> Fraction:
    one_lot = market[symbol][1].margin_1lot if symbol in market else Decimal(0)
    if not one_lot.is_finite() or one_lot <= 0:
        unpriced.add(symbol)
        return Fraction(0)
    return Fraction(lots) * Fraction(one_lot)
