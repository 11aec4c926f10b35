"""What prices and the server's clock set off: S/L, T/P, resting orders, stop-out, swap, gaps."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.values import ZERO, Side, with_digits
from signalos_desktop.simulator.book import Book, HeldPosition, OrderRecord
from signalos_desktop.simulator.desk import Desk, Origin
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.market import Market, Tick
from signalos_desktop.simulator.money import Exchange, closing_price, opening_price
from signalos_desktop.simulator.standing import Account

STOP_OUT_LEVEL = Decimal(50)
_FRIDAY = 4


class Triggers:
    """Acts on the prices of this moment."""

    def __init__(
        self,
        book: Book,
        market: Market,
        account: Account,
        exchange: Exchange,
        desk: Desk,
        faults: Faults,
    ) -> None:
        self._book = book
        self._market = market
        self._account = account
        self._exchange = exchange
        self._desk = desk
        self._faults = faults
        self._margin_looked_at: datetime | None = None

    def sweep(self, now: datetime) -> None:
        """Look at every resting order and position once; at the margin once a second."""
        if self._faults.on("gap"):
            self._gap()
        for order in [*self._book.orders.values()]:
            tick = self._live(order.symbol)
            if tick is not None and _reached(order, tick):
                self._desk.trigger(order, now)
        for held in [*self._book.positions.values()]:
            tick = self._live(held.symbol)
            hit = None if tick is None else self._level_hit(held, tick)
            if hit is not None:
                self._desk.close(held, hit[1], Origin(hit[0], now))
        second = now.replace(microsecond=0)
        if self._book.positions and second != self._margin_looked_at:
            self._margin_looked_at = second
            self._stop_out(now)

    def roll_over(self, day: int) -> None:
        """Charge the night after a weekday (0 = Monday); the weekend's nights are in the triple."""
        if day > _FRIDAY:
            return
        for held in [*self._book.positions.values()]:
            listing = self._market.listings[held.symbol]
            long = held.side is Side.BUY
            points = listing.spec.swap_long if long else listing.spec.swap_short
            nights = 3 if day == listing.triple_swap_day else 1
            money = self._exchange.swap(held.symbol, points * nights, held.volume)
            if money:
                self._book.put_position(replace(held, swap=held.swap + money))

    def _live(self, symbol: str) -> Tick | None:
        """Prices that can be dealt on: market open, money convertible."""
        if not self._market.is_open(symbol) or not self._account.valued(symbol):
            return None
        return self._market.tick(symbol)

    def _level_hit(self, held: HeldPosition, tick: Tick) -> tuple[str, str] | None:
        """Reason and comment of the close that a position's S/L or T/P asks for now."""
        price = closing_price(held.side, tick)
        digits = self._market.listings[held.symbol].spec.digits
        if held.sl is not None and (price - held.sl) * held.side.sign <= 0:
            return "SL", f"[sl {with_digits(held.sl, digits)}]"
        if held.tp is not None and (price - held.tp) * held.side.sign >= 0:
            return "TP", f"[tp {with_digits(held.tp, digits)}]"
        return None

    def _stop_out(self, now: datetime) -> None:
        """Close the largest loss first, until the margin level is no longer below the limit."""
        while True:
            level = self._account.standing().level
            open_now = [held for held in self._book.positions.values() if self._live(held.symbol)]
            if level is None or level >= STOP_OUT_LEVEL or not open_now:
                return
            worst = min(open_now, key=lambda held: self._account.floating(held) + held.swap)
            self._desk.close(worst, "so", Origin("SO", now))

    def _gap(self) -> None:
        """The fault: a jump through the S/L of the oldest position that has one."""
        held = next((one for one in self._book.positions.values() if one.sl is not None), None)
        tick = None if held is None else self._live(held.symbol)
        if held is None or held.sl is None or tick is None:
            return
        fraction = self._faults.hit("gap")
        if fraction is None:
            return
        price = closing_price(held.side, tick)
        beyond = held.sl - held.side.sign * held.sl * Decimal(fraction)
        shift = self._market.jump(held.symbol, beyond - price)
        self._book.put_shift(held.symbol, shift)
        self._book.commit()


def _reached(order: OrderRecord, tick: Tick) -> bool:
    """Limits fill when the market is as good as their price, stops when it is as bad."""
    ahead = (opening_price(order.side, tick) - order.price) * order.side.sign
    return ahead <= ZERO if order.type.endswith("LIMIT") else ahead >= ZERO
