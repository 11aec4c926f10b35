"""The account as the terminal shows it to an Expert Advisor, and a still copy for a lost line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Account, Side
from signalos_desktop.simulator.book import Book, HeldPosition, OrderRecord
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.money import Exchange, closing_price
from signalos_desktop.simulator.standing import Account as Reckoning
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.triggers import STOP_OUT_LEVEL

_COMPANY = "SignalOS Simulated Broker"
_NO_VALUES = (ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Still:
    """What the terminal last saw before its line was cut; deals, done: how many it knew."""

    account: AccountState
    positions: Sequence[Position]
    orders: Sequence[RestingOrder]
    quotes: Sequence[Quote]
    deals: int
    done: int


class Picture:
    """Builds the terminal's view of the books and the market."""

    def __init__(
        self,
        terms: AccountTerms,
        book: Book,
        market: Market,
        exchange: Exchange,
        reckoning: Reckoning,
    ) -> None:
        self._terms = terms
        self._book = book
        self._market = market
        self._exchange = exchange
        self._reckoning = reckoning
        self._account_at = (-1, -1)
        self._account: AccountState | None = None
        self._positions_at = (-1, -1)
        self._positions: Sequence[Position] = ()
        self._quotes_at = (-1, -1)
        self._quotes: Sequence[Quote] = ()

    def still(self, selected: Sequence[str]) -> Still:
        return Still(
            self.account(),
            self.positions(),
            self.orders(),
            self.quotes(selected),
            len(self._book.deals),
            len(self._book.old_orders),
        )

    def account(self) -> AccountState:
        """Kept until a price or the books change."""
        now = (self._market.version, self._book.version)
        if self._account is None or self._account_at != now:
            self._account_at = now
            self._account = self._reckon()
        return self._account

    def _reckon(self) -> AccountState:
        standing = self._reckoning.standing()
        return AccountState(
            account=Account(self._terms.login, self._terms.server),
            company=_COMPANY,
            currency=self._terms.currency,
            currency_digits=self._exchange.digits,
            leverage=self._terms.leverage,
            margin_mode=self._terms.margin_mode,
            trade_mode="DEMO",
            balance=standing.balance,
            equity=standing.equity,
            profit=standing.profit,
            margin=standing.margin,
            margin_free=standing.free,
            margin_level=standing.level,
            stop_out=STOP_OUT_LEVEL,
            trade_allowed=True,
            trade_expert=True,
        )

    def positions(self) -> Sequence[Position]:
        """Kept until a price or the books change."""
        now = (self._market.version, self._book.version)
        if self._positions_at != now:
            self._positions_at = now
            self._positions = tuple(map(self._position, self._book.positions.values()))
        return self._positions

    def orders(self) -> Sequence[RestingOrder]:
        return tuple(map(_resting, self._book.orders.values()))

    def quotes(self, selected: Sequence[str]) -> Sequence[Quote]:
        """Kept until a price changes."""
        now = (self._market.version, len(selected))
        if self._quotes_at != now:
            self._quotes_at = now
            self._quotes = tuple(filter(None, map(self._quote, selected)))
        return self._quotes

    def symbols(self, selected: Sequence[str]) -> Sequence[SymbolSpec]:
        return tuple(map(self._spec, selected))

    def _position(self, held: HeldPosition) -> Position:
        tick = self._market.tick(held.symbol)
        return Position(
            ticket=held.ticket,
            identifier=held.identifier,
            symbol=held.symbol,
            side=held.side,
            volume=held.volume,
            price_open=held.price_open,
            sl=held.sl,
            tp=held.tp,
            price_current=held.price_open if tick is None else closing_price(held.side, tick),
            swap=held.swap,
            profit=self._reckoning.floating(held),
            magic=held.magic,
            comment=held.comment,
            time=held.time,
        )

    def _quote(self, symbol: str) -> Quote | None:
        tick = self._market.tick(symbol)
        if tick is None:
            return None
        gain, loss = self._exchange.tick_values(symbol) or _NO_VALUES
        return Quote(symbol, tick.bid, tick.ask, tick.time, gain, loss, self._margin_1lot(symbol))

    def _spec(self, symbol: str) -> SymbolSpec:
        listing = self._market.listings[symbol]
        gain, loss = self._exchange.tick_values(symbol) or _NO_VALUES
        return replace(
            listing.spec,
            tick_value=gain,
            tick_value_loss=loss,
            margin_1lot=self._margin_1lot(symbol),
            commission=listing.commission(self._terms.currency),
        )

    def _margin_1lot(self, symbol: str) -> Decimal:
        tick = self._market.tick(symbol)
        if tick is None:
            return ZERO
        return self._exchange.margin(symbol, Side.BUY, Decimal(1), tick.ask) or ZERO


def _resting(order: OrderRecord) -> RestingOrder:
    return RestingOrder(
        ticket=order.ticket,
        symbol=order.symbol,
        type=order.type,
        state=order.state,
        volume=order.volume,
        price=order.price,
        sl=order.sl,
        tp=order.tp,
        expiration=order.expiration,
        magic=order.magic,
        comment=order.comment,
        time=order.time,
    )
