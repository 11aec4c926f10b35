"""What is already at risk: positions, resting orders, and orders on their way or unclear."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.context import Reservation
from signalos_desktop.domain.risk.sizing import at_stop_rate, ceil_cents, loss_per_price
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side, exact

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
    holdings = tuple(_holdings(positions, orders))
    unprotected = tuple(held.ticket for held in holdings if held.sl is None)
    unpriced: set[str] = set()
    margin = sum(
        (_margin(held.symbol, held.lots, market, unpriced) for held in holdings if held.rests),
        Fraction(0),
    )
    heat, worst = _stop_losses(holdings, market, currency, unpriced)
    loss, lots = _reserved_sums(reserved)
    heat += loss
    worst += loss
    for symbol, volume in lots.items():
        margin += _margin(symbol, volume, market, unpriced)
    known = not unprotected and not unpriced
    return Exposure(
        orders=(
            *((held.symbol, held.side, held.lots) for held in holdings),
            *((order.symbol, order.side, order.lots) for order in reserved),
        ),
        heat=ceil_cents(heat, digits) if known else None,
        worst=ceil_cents(worst, digits) if known else None,
        margin=None if unpriced else ceil_cents(margin, digits),
        unprotected=unprotected,
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
    return exact(loss), lots


def _stop_losses(
    holdings: tuple[_Holding, ...],
    market: Mapping[str, tuple[SymbolSpec, Quote]],
    currency: str,
    unpriced: set[str],
) -> tuple[Fraction, Fraction]:
    """Loss of all at their S/Ls, from the open prices and from the current ones."""
    stops: dict[str, list[tuple[_Holding, Decimal]]] = {}
    for held in holdings:
        if held.sl is not None:
            stops.setdefault(held.symbol, []).append((held, held.sl))
    heat, worst = Fraction(0), Fraction(0)
    for symbol, held_to in stops.items():
        spec, quote = market.get(symbol, (None, None))
        price = loss_per_price(spec, quote) if spec is not None and quote is not None else None
        if spec is None or quote is None or price is None:
            unpriced.add(symbol)
            continue
        ask = quote.ask if at_stop_rate(spec, currency) else None
        heat += price * _price_lots(((held, held.at, sl) for held, sl in held_to), ask)
        worst += price * _price_lots(((held, held.now, sl) for held, sl in held_to), ask)
    return heat, worst


def _price_lots(ways: Iterable[tuple[_Holding, Decimal, Decimal]], ask: Decimal | None) -> Fraction:
    """Sum of lots times the way from a price to the S/L, exact; ask: times ask / S/L of each."""
    found = Fraction(0)
    with localcontext(_WIDE):
        plain = ZERO
        for held, price, sl in ways:
            way = held.side.sign * (price - sl) * held.lots
            if way <= 0:
                continue
            if ask is None:
                plain += way
            else:
                found += exact(way * ask) / exact(sl)
    return found + exact(plain)


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
    return exact(lots) * exact(one_lot)
