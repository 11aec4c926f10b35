"""The dealing desk: carries out requests and what the server does of itself, one commit each."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.values import ZERO, Side, floor_to_step
from signalos_desktop.simulator.book import Book, HeldPosition, OrderRecord, OrderState
from signalos_desktop.simulator.checks import Checks, side_of
from signalos_desktop.simulator.dealing import Dealing, Fill
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.market import Market, Tick
from signalos_desktop.simulator.money import opening_price
from signalos_desktop.simulator.retcodes import ACCEPTED, Retcode
from signalos_desktop.simulator.standing import Account
from signalos_desktop.simulator.trade import TradeAction, TradeRequest, TradeResult

COMMENT_LENGTH = 31

_WORDS = {int(code): code.name.replace("_", " ").capitalize() for code in Retcode}


def answer(
    retcode: int, *, order: int = 0, volume: Decimal = ZERO, price: Decimal = ZERO
) -> TradeResult:
    """A result; OrderSend is true for what was done or placed. The comment is the code's name."""
    return TradeResult(
        retcode in ACCEPTED,
        int(retcode),
        order=order,
        volume=volume,
        price=price,
        comment=_WORDS.get(retcode, ""),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asks: DEAL_REASON, when, and whether the faults of the dealing desk apply."""

    reason: str
    now: datetime
    faulty: bool = False


class Desk:
    """Executes at the market's prices of this moment."""

    def __init__(
        self,
        book: Book,
        market: Market,
        account: Account,
        checks: Checks,
        dealing: Dealing,
        faults: Faults,
    ) -> None:
        self._book = book
        self._market = market
        self._account = account
        self._checks = checks
        self._dealing = dealing
        self._faults = faults

    def execute(self, request: TradeRequest, origin: Origin) -> TradeResult:
        """Check a request and do it; the answer is given when it is durable."""
        request = replace(request, comment=request.comment[:COMMENT_LENGTH])
        wrong = self._checks.fault_in(request)
        if wrong is not None:
            result = self.refuse(request, wrong, origin)
        elif request.action is TradeAction.DEAL:
            result = self._deal(request, origin)
        elif request.action is TradeAction.PENDING:
            order = _record(self._book.next_order(), request, origin, OrderState.PLACED)
            self._book.place(replace(order, retcode=Retcode.PLACED), origin.now)
            result = answer(
                Retcode.PLACED, order=order.ticket, volume=order.volume, price=order.price
            )
        else:
            result = self._change(request, origin)
        self._book.commit()
        return result

    def refuse(
        self, request: TradeRequest, retcode: int, origin: Origin, price: Decimal = ZERO
    ) -> TradeResult:
        """Answer no; an order that reached the server stands in the ledger as rejected."""
        if request.action in (TradeAction.DEAL, TradeAction.PENDING):
            order = _record(self._book.next_order(), request, origin, OrderState.REJECTED)
            self._book.finish(replace(order, retcode=retcode), origin.now)
            self._book.commit()
        return answer(retcode, price=price)

    def close(self, held: HeldPosition, comment: str, origin: Origin) -> None:
        """Close a whole position for the server: S/L, T/P or stop-out."""
        side = held.side.opposite
        order = OrderRecord(
            ticket=self._book.next_order(),
            symbol=held.symbol,
            type=side.name,
            volume=held.volume,
            price=ZERO,
            sl=None,
            tp=None,
            expiration=None,
            magic=held.magic,
            comment=comment,
            reason=origin.reason,
            time=origin.now,
        )
        price = self._price(held.symbol, side)
        self._fill(order, held.volume, price, origin, position=held.ticket)
        self._book.commit()

    def trigger(self, order: OrderRecord, now: datetime) -> None:
        """A resting order has come to its price: fill it, or drop it if the money is not there."""
        price = self._price(order.symbol, order.side, limit=order.type.endswith("LIMIT"))
        extra = self._account.extra_margin(order.symbol, order.side, order.volume, price)
        if extra is not None and extra <= max(self._account.standing().free, ZERO):
            self._fill(order, order.volume, price, Origin(order.reason, now))
        else:
            state = OrderState.REJECTED
            self._book.finish(replace(order, state=state, retcode=Retcode.NO_MONEY), now)
        self._book.commit()

    def expire(self, order: OrderRecord, now: datetime) -> None:
        self._book.finish(replace(order, state=OrderState.EXPIRED), now)
        self._book.commit()

    def _deal(self, request: TradeRequest, origin: Origin) -> TradeResult:
        spec = self._market.listings[request.symbol].spec
        side = side_of(request.type)
        if origin.faulty:
            for name, retcode in (
                ("requote", Retcode.REQUOTE),
                ("price-changed", Retcode.PRICE_CHANGED),
            ):
                if self._faults.hit(name) is not None:
                    quoted = opening_price(side, self._tick(spec.name))
                    return self.refuse(request, retcode, origin, quoted)
        price = self._price(spec.name, side)
        asked = request.price if spec.exemode in ("INSTANT", "REQUEST") else ZERO
        if asked and abs(price - asked) > request.deviation * spec.point:
            return self.refuse(request, Retcode.REQUOTE, origin, price)
        order = _record(self._book.next_order(), request, origin, OrderState.FILLED)
        volume = self._part(spec, request.volume) if origin.faulty else request.volume
        deal = self._fill(order, volume, price, origin, position=request.position)
        whole = volume == request.volume
        result = answer(
            Retcode.DONE if whole else Retcode.DONE_PARTIAL,
            order=order.ticket,
            volume=volume,
            price=price,
        )
        return replace(result, deal=deal.ticket)

    def _fill(
        self,
        order: OrderRecord,
        volume: Decimal,
        price: Decimal,
        origin: Origin,
        position: int = 0,
    ) -> Deal:
        deal = self._dealing.book_fill(
            Fill(
                order=order.ticket,
                symbol=order.symbol,
                side=order.side,
                volume=volume,
                price=price,
                magic=order.magic,
                comment=order.comment,
                reason=origin.reason,
                sl=order.sl,
                tp=order.tp,
                position=position,
            ),
            origin.now,
        )
        whole = volume == order.volume
        done = replace(
            order,
            state=OrderState.FILLED if whole else OrderState.PARTIAL,
            retcode=Retcode.DONE if whole else Retcode.DONE_PARTIAL,
            position=deal.position_id,
        )
        self._book.finish(done, origin.now)
        return deal

    def _change(self, request: TradeRequest, origin: Origin) -> TradeResult:
        if request.action is TradeAction.SLTP:
            held = self._checks.position_of(request)
            if held is not None:
                levels = replace(held, sl=request.sl or None, tp=request.tp or None)
                self._book.put_position(levels)
            return answer(Retcode.DONE)
        order = self._book.orders[request.order]
        if request.action is TradeAction.REMOVE:
            self._book.finish(replace(order, state=OrderState.CANCELLED), origin.now)
        else:
            changed = replace(
                order,
                price=request.price,
                sl=request.sl or None,
                tp=request.tp or None,
                expiration=request.expiration,
            )
            self._book.place(changed, origin.now)
        return answer(Retcode.DONE, order=order.ticket)

    def _price(self, symbol: str, side: Side, *, limit: bool = False) -> Decimal:
        """The price a deal gets now; a limit order never gets a worse one than the market's."""
        price = opening_price(side, self._tick(symbol))
        slip = None if limit else self._faults.hit("slippage")
        if slip is None:
            return price
        return price + side.sign * int(Decimal(slip)) * self._market.listings[symbol].spec.point

    def _tick(self, symbol: str) -> Tick:
        tick = self._market.tick(symbol)
        if tick is None:
            raise LookupError(f"no price of {symbol}")
        return tick

    def _part(self, spec: SymbolSpec, volume: Decimal) -> Decimal:
        """Volume that finds a price: all, unless the fault `partial` strikes and it can be cut."""
        most = volume - spec.volume_step
        fraction = self._faults.hit("partial") if most >= spec.volume_min else None
        if fraction is None:
            return volume
        cut = floor_to_step(volume * Decimal(fraction), spec.volume_step)
        return min(max(cut, spec.volume_min), most)


def _record(ticket: int, request: TradeRequest, origin: Origin, state: OrderState) -> OrderRecord:
    return OrderRecord(
        ticket=ticket,
        symbol=request.symbol,
        type=request.type,
        volume=request.volume,
        price=request.price if request.action is TradeAction.PENDING else ZERO,
        sl=request.sl or None,
        tp=request.tp or None,
        expiration=request.expiration,
        magic=request.magic,
        comment=request.comment,
        reason=origin.reason,
        time=origin.now,
        state=state,
        position=request.position,
    )
