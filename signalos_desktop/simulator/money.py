"""Profit, margin and tick values in the account's currency, exact and rounded as MT5 rounds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from signalos_desktop.domain.values import Side
from signalos_desktop.simulator.market import Tick
from signalos_desktop.simulator.specs import MARGIN_BY_LEVERAGE, MARGIN_ON_BASE, Listing

_VIA = ("USD", "EUR", "GBP", "JPY")
_TICK_VALUE_STEP = Decimal("1E-8")


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """A price to take for a symbol instead of the market's."""

    symbol: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class _Leg:
    """A pair to convert by; direct: it is quoted as what we have over what we want."""

    symbol: str
    direct: bool


def digits_of(currency: str) -> int:
    return 0 if currency == "JPY" else 2


def round_money(amount: Decimal, digits: int) -> Decimal:
    """Half away from zero, to the currency's digits."""
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def closing_price(side: Side, tick: Tick) -> Decimal:
    return tick.bid if side is Side.BUY else tick.ask


def opening_price(side: Side, tick: Tick) -> Decimal:
    return tick.ask if side is Side.BUY else tick.bid


class Exchange:
    """Converts into the account's currency, always at the side that is worse for the account.

    Where the traded symbol is itself the pair to convert by (USDJPY on a USD account), its own
    closing price counts: (close - open) * contract * volume / close.
    """

    def __init__(
        self,
        listings: Mapping[str, Listing],
        tick: Callable[[str], Tick | None],
        currency: str,
        leverage: int,
    ) -> None:
        self.currency = currency
        self.digits = digits_of(currency)
        self._listings = listings
        self._tick = tick
        self._leverage = leverage
        self._routes: dict[str, tuple[_Leg, ...] | None] = {}

    def convert(
        self, amount: Decimal, currency: str, own: OwnPrice | None = None
    ) -> Decimal | None:
        """An amount of another currency in the account's, not rounded; None = no rate."""
        route = self._route(currency)
        if route is None:
            return None
        for leg in route:
            rate = self._rate(leg, selling=amount >= 0, own=own)
            if rate is None:
                return None
            amount = amount * rate if leg.direct else amount / rate
        return amount

    def profit(
        self, symbol: str, side: Side, volume: Decimal, price_open: Decimal, price_close: Decimal
    ) -> Decimal | None:
        spec = self._listings[symbol].spec
        gain = (price_close - price_open) * side.sign * spec.contract_size * volume
        money = self.convert(gain, spec.currency_profit, OwnPrice(symbol, price_close))
        return None if money is None else round_money(money, self.digits)

    def margin(self, symbol: str, side: Side, volume: Decimal, price: Decimal) -> Decimal | None:
        """Margin of a position opened at price; a currency pair converts at the side it buys."""
        listing = self._listings[symbol]
        spec = listing.spec
        amount = spec.contract_size * volume * listing.margin_rate
        if spec.calc_mode in MARGIN_BY_LEVERAGE:
            amount /= self._leverage
        if spec.calc_mode not in MARGIN_ON_BASE:
            amount *= price
        own = OwnPrice(symbol, price)
        money = self.convert(amount * -side.sign, spec.currency_margin, own)
        return None if money is None else round_money(abs(money), self.digits)

    def swap(self, symbol: str, points: Decimal, volume: Decimal) -> Decimal | None:
        """Money of a swap given in points, for one night."""
        spec = self._listings[symbol].spec
        money = self.convert(
            points * spec.point * spec.contract_size * volume, spec.currency_profit
        )
        return None if money is None else round_money(money, self.digits)

    def tick_values(self, symbol: str) -> tuple[Decimal, Decimal] | None:
        """What a tick is worth as a profit and as a loss; the loss is rounded up."""
        spec = self._listings[symbol].spec
        tick = spec.tick_size * spec.contract_size
        gain = self.convert(tick, spec.currency_profit)
        loss = self.convert(-tick, spec.currency_profit)
        if gain is None or loss is None:
            return None
        return (
            gain.quantize(_TICK_VALUE_STEP, ROUND_HALF_UP),
            (-loss).quantize(_TICK_VALUE_STEP, ROUND_CEILING),
        )

    def _rate(self, leg: _Leg, *, selling: bool, own: OwnPrice | None) -> Decimal | None:
        if own is not None and own.symbol == leg.symbol:
            return own.price
        tick = self._tick(leg.symbol)
        if tick is None:
            return None
        return tick.bid if selling == leg.direct else tick.ask

    def _route(self, currency: str) -> tuple[_Leg, ...] | None:
        if currency not in self._routes:
            self._routes[currency] = self._find_route(currency)
        return self._routes[currency]

    def _find_route(self, currency: str) -> tuple[_Leg, ...] | None:
        if currency == self.currency:
            return ()
        leg = self._leg(currency, self.currency)
        if leg is not None:
            return (leg,)
        for middle in _VIA:
            first, second = self._leg(currency, middle), self._leg(middle, self.currency)
            if first is not None and second is not None:
                return (first, second)
        return None

    def _leg(self, have: str, want: str) -> _Leg | None:
        for name, listing in self._listings.items():
            spec = listing.spec
            if spec.calc_mode not in MARGIN_ON_BASE:
                continue
            if (spec.currency_base, spec.currency_profit) == (have, want):
                return _Leg(name, direct=True)
            if (spec.currency_base, spec.currency_profit) == (want, have):
                return _Leg(name, direct=False)
        return None
