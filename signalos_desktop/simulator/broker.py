"""The simulated broker: the terminal's functions on one side, market and books on the other."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from signalos_desktop.domain.ea_status import Permissions
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Deal, DealEntry, Position, RestingOrder
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, from_ms, to_ms
from signalos_desktop.simulator.book import Book
from signalos_desktop.simulator.checks import MARKET_TYPES, Checks, side_of
from signalos_desktop.simulator.dealing import Dealing
from signalos_desktop.simulator.desk import Desk, Origin, answer
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import STEP_MS, Market
from signalos_desktop.simulator.money import Exchange, round_money
from signalos_desktop.simulator.picture import Picture, Still
from signalos_desktop.simulator.retcodes import Retcode
from signalos_desktop.simulator.standing import Account
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import OldOrder, TradeRequest, TradeResult
from signalos_desktop.simulator.triggers import Triggers

_DAY = timedelta(days=1)
_MOST_STEPS = 1000


class Broker:
    """A trade.Terminal on one simulated account.

    clock: the computer's UTC clock. Everything happens in `advance` and `order_send`, both on the
    caller's thread; `order_send` first comes up to the clock. delay: how `send_delay` seconds are
    spent before a request reaches the server. Faults of requests strike order_send only.
    """

    def __init__(
        self,
        *,
        terms: AccountTerms,
        market: Market,
        ledger: Ledger,
        faults: Faults,
        clock: Callable[[], datetime],
        selected: Iterable[str] | None = None,
        send_delay: float = 0.0,
        delay: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self.faults = faults
        self.market = market
        self._clock = clock
        self._send_delay = send_delay
        self._delay = delay
        self._selected = [*(market.listings if selected is None else selected)]
        self._still: Still | None = None
        hedging = terms.hedging
        self._book = Book(ledger)
        self._exchange = Exchange(market.listings, market.tick, terms.currency, terms.leverage)
        self._account = Account(self._book, self._exchange, market, hedging=hedging)
        self._checks = Checks(self._book, market, self._account, hedging=hedging)
        dealing = Dealing(self._book, self._exchange, market.listings, hedging=hedging)
        self._desk = Desk(self._book, market, self._account, self._checks, dealing, faults)
        self._triggers = Triggers(
            self._book, market, self._account, self._exchange, self._desk, faults
        )
        self._picture = Picture(terms, self._book, market, self._exchange, self._account)
        self._swept = -1
        self._settled = (-1, -1)
        started = from_ms(to_ms(clock()))
        self._now = max([started, *(deal.time for deal in self._book.deals[-1:])])
        self._quiet_until = self._now
        self._open_books(terms)
        self.advance(self._now)

    def advance(self, now: datetime) -> None:
        """Let market and server come up to `now`, in order of what happens; never back."""
        now = max(from_ms(to_ms(now)), self._now)
        self.faults.tick(now)
        self.market.closed = self.faults.on("market-closed")
        self._cut_or_join()
        if now < self._quiet_until and self._settled == self._versions():
            self._now = now
            self.market.move(now)
            self._settled = self._versions()
            return
        # A long absence (a computer asleep) is followed in coarser steps.
        stride_ms = max(STEP_MS, (to_ms(now) - to_ms(self._now)) // _MOST_STEPS)
        while True:
            self._now = min(now, max(self._next_event(stride_ms), self._now))
            self._happen()
            if self._now >= now:
                break
        self._quiet_until = self._next_event(STEP_MS)
        self._settled = self._versions()

    def order_send(self, request: TradeRequest) -> TradeResult:
        self.advance(self._clock())
        if self.faults.hit("algo-off") is not None:
            return answer(Retcode.CLIENT_DISABLES_AT)
        if self.faults.hit("no-connection") is not None:
            return answer(Retcode.CONNECTION)
        if self._send_delay:
            self._delay(self._send_delay)
            self.advance(self._clock())
        return self._serve(request)

    def order_check(self, request: TradeRequest) -> int:
        return self._checks.fault_in(request) or 0

    def order_calc_profit(
        self, type_: str, symbol: str, volume: Decimal, price_open: Decimal, price_close: Decimal
    ) -> Decimal | None:
        if type_ not in MARKET_TYPES or symbol not in self.market.listings:
            return None
        return self._exchange.profit(symbol, side_of(type_), volume, price_open, price_close)

    def order_calc_margin(
        self, type_: str, symbol: str, volume: Decimal, price: Decimal
    ) -> Decimal | None:
        if symbol not in self.market.listings:
            return None
        return self._exchange.margin(symbol, side_of(type_), volume, price)

    def account(self) -> AccountState:
        return self._still.account if self._still else self._picture.account()

    def positions(self) -> Sequence[Position]:
        return self._still.positions if self._still else self._picture.positions()

    def orders(self) -> Sequence[RestingOrder]:
        return self._still.orders if self._still else self._picture.orders()

    def deals(self, since: datetime) -> Sequence[Deal]:
        known = self._book.deals[: self._still.deals] if self._still else self._book.deals
        return known[bisect_left(known, since, key=lambda deal: deal.time) :]

    def old_orders(self) -> Sequence[OldOrder]:
        known = self._book.old_orders
        return known[: self._still.done] if self._still else known

    def order_filled(self, ticket: int) -> bool | None:
        if self._still and any(order.ticket == ticket for order in self._still.orders):
            return None
        return self._book.done.get(ticket)

    def symbols(self) -> Sequence[SymbolSpec]:
        return self._picture.symbols(self._selected)

    def quotes(self) -> Sequence[Quote]:
        return self._still.quotes if self._still else self._picture.quotes(self._selected)

    def select_symbol(self, symbol: str) -> bool:
        if symbol in self.market.listings and symbol not in self._selected:
            self._selected.append(symbol)
        return symbol in self.market.listings

    def permissions(self) -> Permissions:
        return Permissions(
            connected=self._still is None,
            terminal_trade=not self.faults.on("algo-off"),
            ea_trade=True,
            account_expert=True,
            account_trade=True,
        )

    def time_gmt(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def server_utc_offset(self) -> int:
        return int(self.market.server_offset.total_seconds())

    def trade_by_hand(self, request: TradeRequest) -> TradeResult:
        """A trade of the account's owner in another terminal: magic 0, no faults, no line."""
        self.advance(self._clock())
        return self._desk.execute(replace(request, magic=0), Origin("CLIENT", self._now))

    def deposit(self, amount: Decimal, comment: str = "deposit") -> Deal:
        """A balance deal; a negative amount is a withdrawal."""
        deal = Deal(
            ticket=self._book.next_deal(),
            order=0,
            position_id=0,
            time=self._now,
            symbol="",
            type="BALANCE",
            entry=DealEntry.IN,
            reason="CLIENT",
            volume=ZERO,
            price=ZERO,
            commission=ZERO,
            swap=ZERO,
            fee=ZERO,
            profit=round_money(amount, self._exchange.digits),
            magic=0,
            comment=comment,
        )
        self._book.add_deal(deal)
        self._book.commit()
        return deal

    def _open_books(self, terms: AccountTerms) -> None:
        for symbol, ticks in self._book.shifts.items():
            if symbol in self.market.listings:
                self.market.shift(symbol, ticks)
        lost = {held.symbol for held in self._book.positions.values()}
        lost |= {order.symbol for order in self._book.orders.values()}
        if lost - self.market.listings.keys():
            raise ValueError(f"the state holds symbols that are not listed: {sorted(lost)}")
        if self._book.open_for(str(terms)):
            self._book.trading_day = (self._now + self.market.server_offset).date()
            self.deposit(terms.balance, "initial deposit")

    def _serve(self, request: TradeRequest) -> TradeResult:
        """The server's end of order_send, where the faults of requests strike."""
        faults = self.faults
        origin = Origin("EXPERT", self._now, faulty=True)
        if faults.hit("market-closed") is not None:
            return self._desk.refuse(request, Retcode.MARKET_CLOSED, origin)
        retcode = faults.hit("reject")
        if retcode is not None:
            return self._desk.refuse(request, int(retcode), origin)
        if faults.hit("timeout-not-executed") is not None:
            return answer(Retcode.TIMEOUT)
        seconds = faults.hit("late-execution")
        if seconds is not None:
            self._book.put_late(request, self._now + timedelta(seconds=float(seconds)))
            self._book.commit()
            return answer(Retcode.TIMEOUT)
        lost = faults.hit("timeout-executed") is not None
        result = self._desk.execute(request, origin)
        return answer(Retcode.TIMEOUT) if lost else result

    def _next_event(self, stride_ms: int) -> datetime:
        """When the next thing can happen of which anyone on the books would notice."""
        book = self._book
        times = [late.due for late in book.late.values()]
        times += [order.expiration for order in book.orders.values() if order.expiration]
        times.append(self._day_end())
        if self._exposed():
            times.append(self.market.next_change(self._now, stride_ms))
        return min(times)

    def _happen(self) -> None:
        now = self._now
        self.market.move(now)
        while self._day_end() <= now:
            day = self._trading_day()
            self._triggers.roll_over(day.weekday())
            self._book.trading_day = day + _DAY
            self._book.commit()
        for late in [late for late in self._book.late.values() if late.due <= now]:
            self._book.drop_late(late.number)
            self._desk.execute(late.request, Origin("EXPERT", now))
        for order in [*self._book.orders.values()]:
            if order.expiration is not None and order.expiration <= now:
                self._desk.expire(order, now)
        if self._exposed() and self._swept != self.market.version:
            self._triggers.sweep(now)
            self._swept = self.market.version

    def _exposed(self) -> bool:
        return bool(self._book.positions or self._book.orders)

    def _versions(self) -> tuple[int, int]:
        return self._book.version, self.market.version

    def _trading_day(self) -> date:
        return self._book.trading_day or (self._now + self.market.server_offset).date()

    def _day_end(self) -> datetime:
        """The server's next midnight that is not settled yet, in UTC."""
        midnight = datetime.combine(self._trading_day() + _DAY, time(0), UTC)
        return midnight - self.market.server_offset

    def _cut_or_join(self) -> None:
        if not self.faults.on("no-connection"):
            self._still = None
        elif self._still is None:
            self._still = self._picture.still(self._selected)
