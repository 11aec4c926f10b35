"""How the account stands at the market's prices: floating profit, equity, margin, its level."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.simulator.book import Book, HeldPosition
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.money import Exchange, closing_price


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums over all positions; profit includes their swap."""

    balance: Decimal
    profit: Decimal
    margin: Decimal

    @property
    def equity(self) -> Decimal:
        return self.balance + self.profit

    @property
    def free(self) -> Decimal:
        return self.equity - self.margin

    @property
    def level(self) -> Decimal | None:
        """Equity in percent of the margin; None without margin."""
        if self.margin == 0:
            return None
        return (self.equity * 100 / self.margin).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Account:
    """Reckons the standing of the positions on the books."""

    def __init__(self, book: Book, exchange: Exchange, market: Market, *, hedging: bool) -> None:
        self._book = book
        self._exchange = exchange
        self._market = market
        self._hedging = hedging
        self._valued: set[str] = set()

    def standing(self) -> Standing:
        held = self._book.positions.values()
        profit = sum((self.floating(one) + one.swap for one in held), ZERO)
        return Standing(self._book.balance, profit, _margin(held))

    def floating(self, held: HeldPosition) -> Decimal:
        """Profit at the price the position could be closed at now; 0 without prices."""
        tick = self._market.tick(held.symbol)
        if tick is None:
            return ZERO
        price = closing_price(held.side, tick)
        money = self._exchange.profit(held.symbol, held.side, held.volume, held.price_open, price)
        return ZERO if money is None else money

    def extra_margin(
        self, symbol: str, side: Side, volume: Decimal, price: Decimal
    ) -> Decimal | None:
        """By how much an opening order raises the margin, 0 if it lowers it; None = no rate."""
        held = self._book.of_symbol(symbol)
        if not self._hedging and held is not None and held.side is not side:
            over = volume - held.volume
            margin = self._exchange.margin(symbol, side, max(over, ZERO), price)
            return None if margin is None else max(margin - held.margin, ZERO)
        margin = self._exchange.margin(symbol, side, volume, price)
        if margin is None or not self._hedging:
            return margin
        own = [one for one in self._book.positions.values() if one.symbol == symbol]
        with_it = _larger_leg(own, side, margin)
        return max(with_it - _larger_leg(own, side, ZERO), ZERO)

    def valued(self, symbol: str) -> bool:
        """Whether the symbol has a price and its money can be converted."""
        if symbol not in self._valued and self._market.tick(symbol) is not None:
            if self._exchange.tick_values(symbol) is None:
                return False
            # Prices that were there once stay.
            self._valued.add(symbol)
        return symbol in self._valued


def _margin(held: Iterable[HeldPosition]) -> Decimal:
    """Opposite positions of one symbol cost what the larger side costs."""
    sides: dict[str, dict[Side, Decimal]] = {}
    for one in held:
        legs = sides.setdefault(one.symbol, {Side.BUY: ZERO, Side.SELL: ZERO})
        legs[one.side] += one.margin
    return sum((max(legs.values()) for legs in sides.values()), ZERO)


def _larger_leg(held: Iterable[HeldPosition], side: Side, more: Decimal) -> Decimal:
    legs = {side: more, side.opposite: ZERO}
    for one in held:
        legs[one.side] += one.margin
    return max(legs.values())
