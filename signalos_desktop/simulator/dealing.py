"""Fills become deals and positions, by the rules of a hedging or a netting account."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.simulator.book import Book, HeldPosition
from signalos_desktop.simulator.money import Exchange, round_money
from signalos_desktop.simulator.specs import Listing

# An averaged price keeps three digits more than the symbol's.
_AVERAGE_SCALE = Decimal("0.001")


class NoRateError(LookupError):
    """A sum cannot be converted into the account's currency; whoever deals must ask before."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Volume that has found its price. position: the one to close on a hedging account."""

    order: int
    symbol: str
    side: Side
    volume: Decimal
    price: Decimal
    magic: int
    comment: str
    reason: str
    sl: Decimal | None = None
    tp: Decimal | None = None
    position: int = 0


class Dealing:
    """Books fills: positions, deals, commission, realised profit and swap."""

    def __init__(
        self, book: Book, exchange: Exchange, listings: Mapping[str, Listing], *, hedging: bool
    ) -> None:
        self._book = book
        self._exchange = exchange
        self._listings = listings
        self._hedging = hedging

    def book_fill(self, fill: Fill, now: datetime) -> Deal:
        if self._hedging:
            held = self._book.positions[fill.position] if fill.position else None
        else:
            held = self._book.of_symbol(fill.symbol)
        if held is None:
            return self._open(fill, now)
        if held.side is fill.side:
            return self._add(held, fill, now)
        if fill.volume <= held.volume:
            return self._reduce(held, fill, now)
        return self._reverse(held, fill, now)

    def profit(self, held: HeldPosition, volume: Decimal, price: Decimal) -> Decimal:
        """Profit of closing so much of a position at a price."""
        money = self._exchange.profit(held.symbol, held.side, volume, held.price_open, price)
        if money is None:
            raise NoRateError(f"no rate for the profit of {held.symbol}")
        return money

    def _open(self, fill: Fill, now: datetime) -> Deal:
        self._book.put_position(self._position(fill, fill.order, fill.volume, now))
        return self._deal(fill, fill.order, DealEntry.IN, now)

    def _add(self, held: HeldPosition, fill: Fill, now: datetime) -> Deal:
        volume = held.volume + fill.volume
        price = (held.price_open * held.volume + fill.price * fill.volume) / volume
        step = self._listings[fill.symbol].spec.point * _AVERAGE_SCALE
        grown = replace(
            held,
            volume=volume,
            price_open=price.quantize(step, ROUND_HALF_EVEN),
            margin=held.margin + self._margin(fill, fill.volume),
            sl=fill.sl or held.sl,
            tp=fill.tp or held.tp,
        )
        self._book.put_position(grown)
        return self._deal(fill, held.identifier, DealEntry.IN, now)

    def _reduce(self, held: HeldPosition, fill: Fill, now: datetime) -> Deal:
        profit = self.profit(held, fill.volume, fill.price)
        rest = held.volume - fill.volume
        swap = held.swap
        if rest == 0:
            self._book.drop_position(held.ticket)
        else:
            swap = round_money(held.swap * fill.volume / held.volume, self._exchange.digits)
            margin = round_money(held.margin * rest / held.volume, self._exchange.digits)
            self._book.put_position(
                replace(held, volume=rest, swap=held.swap - swap, margin=margin)
            )
        return self._deal(fill, held.identifier, DealEntry.OUT, now, profit, swap)

    def _reverse(self, held: HeldPosition, fill: Fill, now: datetime) -> Deal:
        """The old side is closed in full; the rest is a position of the order's own ticket."""
        profit = self.profit(held, held.volume, fill.price)
        self._book.drop_position(held.ticket)
        turned = self._position(fill, held.identifier, fill.volume - held.volume, now)
        self._book.put_position(turned)
        return self._deal(fill, held.identifier, DealEntry.INOUT, now, profit, held.swap)

    def _position(
        self, fill: Fill, identifier: int, volume: Decimal, now: datetime
    ) -> HeldPosition:
        return HeldPosition(
            ticket=fill.order,
            identifier=identifier,
            symbol=fill.symbol,
            side=fill.side,
            volume=volume,
            price_open=fill.price,
            sl=fill.sl,
            tp=fill.tp,
            swap=ZERO,
            margin=self._margin(fill, volume),
            magic=fill.magic,
            comment=fill.comment,
            time=now,
        )

    def _margin(self, fill: Fill, volume: Decimal) -> Decimal:
        margin = self._exchange.margin(fill.symbol, fill.side, volume, fill.price)
        if margin is None:
            raise NoRateError(f"no rate for the margin of {fill.symbol}")
        return margin

    def _deal(
        self,
        fill: Fill,
        position_id: int,
        entry: DealEntry,
        now: datetime,
        profit: Decimal = ZERO,
        swap: Decimal = ZERO,
    ) -> Deal:
        rate = self._listings[fill.symbol].commission(self._exchange.currency)
        deal = Deal(
            ticket=self._book.next_deal(),
            order=fill.order,
            position_id=position_id,
            time=now,
            symbol=fill.symbol,
            type="BUY" if fill.side is Side.BUY else "SELL",
            entry=entry,
            reason=fill.reason,
            volume=fill.volume,
            price=fill.price,
            commission=-round_money(rate * fill.volume, self._exchange.digits),
            swap=swap,
            fee=ZERO,
            profit=profit,
            magic=fill.magic,
            comment=fill.comment,
        )
        self._book.add_deal(deal)
        return deal
