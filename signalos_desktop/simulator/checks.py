"""The trade server's checks of a request, in its order; each answers with a return code."""

from decimal import Decimal

from signalos_desktop.domain.symbols import SymbolSpec, TradeMode
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.simulator.book import Book, HeldPosition, OrderRecord
from signalos_desktop.simulator.market import Market, Tick
from signalos_desktop.simulator.money import closing_price, opening_price
from signalos_desktop.simulator.retcodes import Retcode
from signalos_desktop.simulator.standing import Account
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest

MARKET_TYPES = ("BUY", "SELL")
PENDING_TYPES = ("BUY_LIMIT", "SELL_LIMIT", "BUY_STOP", "SELL_STOP")


def side_of(type_: str) -> Side:
    return Side.BUY if type_.startswith("BUY") else Side.SELL


class Checks:
    """Says what is wrong with a request; None = nothing."""

    def __init__(self, book: Book, market: Market, account: Account, *, hedging: bool) -> None:
        self._book = book
        self._market = market
        self._account = account
        self._hedging = hedging

    def fault_in(self, request: TradeRequest) -> Retcode | None:
        match request.action:
            case TradeAction.DEAL:
                return self._deal(request)
            case TradeAction.PENDING:
                return self._pending(request)
            case TradeAction.SLTP:
                return self._levels(request)
            case TradeAction.MODIFY:
                return self._modify(request)
            case TradeAction.REMOVE:
                order = self._book.orders.get(request.order)
                return Retcode.INVALID_ORDER if order is None else self._resting(order)

    def position_of(self, request: TradeRequest) -> HeldPosition | None:
        """The position that a request means: by ticket, on a netting account also by symbol."""
        if request.position or self._hedging:
            return self._book.positions.get(request.position)
        return self._book.of_symbol(request.symbol)

    def _deal(self, request: TradeRequest) -> Retcode | None:
        if request.type not in MARKET_TYPES or request.symbol not in self._market.listings:
            return Retcode.INVALID
        if request.position:
            return self._close(request)
        spec = self._market.listings[request.symbol].spec
        tick = self._market.tick(request.symbol)
        return (
            self._volume(spec, request.volume)
            or self._side_allowed(spec, request)
            or self._session(spec.name)
            or _filling(spec, request.filling)
            or (Retcode.PRICE_OFF if tick is None else self._priced(spec, request, tick))
        )

    def _priced(self, spec: SymbolSpec, request: TradeRequest, tick: Tick) -> Retcode | None:
        side = side_of(request.type)
        return (
            _mode(spec, "MARKET")
            or _stops(spec, side, closing_price(side, tick), request.sl, request.tp)
            or self._volume_limit(spec, side, request.volume)
            or self._margin(spec, side, request.volume, opening_price(side, tick))
        )

    def _close(self, request: TradeRequest) -> Retcode | None:
        held = self._book.positions.get(request.position)
        if held is None:
            return Retcode.POSITION_CLOSED
        if held.symbol != request.symbol or held.side is side_of(request.type):
            return Retcode.INVALID
        if request.volume > held.volume:
            return Retcode.INVALID_CLOSE_VOLUME
        spec = self._market.listings[held.symbol].spec
        if spec.trade_mode is TradeMode.DISABLED:
            return Retcode.TRADE_DISABLED
        return (
            self._volume(spec, request.volume)
            or self._session(spec.name)
            or _filling(spec, request.filling)
            or (None if self._account.valued(spec.name) else Retcode.PRICE_OFF)
            or self._frozen(spec, held)
        )

    def _pending(self, request: TradeRequest) -> Retcode | None:
        if request.type not in PENDING_TYPES or request.symbol not in self._market.listings:
            return Retcode.INVALID
        spec = self._market.listings[request.symbol].spec
        side = side_of(request.type)
        return (
            self._volume(spec, request.volume)
            or self._side_allowed(spec, request)
            or self._session(spec.name)
            or _mode(spec, request.type.partition("_")[2])
            or self._resting_levels(spec, request.type, request)
            or self._volume_limit(spec, side, request.volume)
            or self._margin(spec, side, request.volume, request.price)
        )

    def _modify(self, request: TradeRequest) -> Retcode | None:
        order = self._book.orders.get(request.order)
        if order is None:
            return Retcode.INVALID_ORDER
        old = (order.price, order.sl or ZERO, order.tp or ZERO, order.expiration)
        if old == (request.price, request.sl, request.tp, request.expiration):
            return Retcode.NO_CHANGES
        spec = self._market.listings[order.symbol].spec
        return self._resting(order) or self._resting_levels(spec, order.type, request)

    def _levels(self, request: TradeRequest) -> Retcode | None:
        held = self.position_of(request)
        if held is None:
            return Retcode.POSITION_CLOSED
        if (held.sl or ZERO, held.tp or ZERO) == (request.sl, request.tp):
            return Retcode.NO_CHANGES
        spec = self._market.listings[held.symbol].spec
        tick = self._market.tick(spec.name)
        if tick is None:
            return Retcode.PRICE_OFF
        # A level that stays as it is may lie where a new one could not.
        sl = ZERO if request.sl == (held.sl or ZERO) else request.sl
        tp = ZERO if request.tp == (held.tp or ZERO) else request.tp
        return (
            self._session(spec.name)
            or self._frozen(spec, held)
            or _stops(spec, held.side, closing_price(held.side, tick), sl, tp)
        )

    def _resting(self, order: OrderRecord) -> Retcode | None:
        """Whether a resting order may be touched: market open, price not too near."""
        spec = self._market.listings[order.symbol].spec
        tick = self._market.tick(order.symbol)
        closed = self._session(order.symbol)
        if closed is not None or tick is None or not spec.freeze_level:
            return closed
        near = abs(opening_price(order.side, tick) - order.price)
        return Retcode.FROZEN if near <= spec.freeze_level * spec.point else None

    def _resting_levels(
        self, spec: SymbolSpec, type_: str, request: TradeRequest
    ) -> Retcode | None:
        tick = self._market.tick(spec.name)
        if tick is None:
            return Retcode.PRICE_OFF
        side = side_of(type_)
        distance = request.price - opening_price(side, tick)
        if type_ in ("BUY_LIMIT", "SELL_STOP"):
            distance = -distance
        far_enough = distance > 0 and distance >= spec.stops_level * spec.point
        if not far_enough or not _on_grid(spec, request.price):
            return Retcode.INVALID_PRICE
        stops = _stops(spec, side, request.price, request.sl, request.tp)
        return stops or self._expiration(spec, request)

    def _expiration(self, spec: SymbolSpec, request: TradeRequest) -> Retcode | None:
        if request.expiration is None:
            return None
        if "SPECIFIED" not in spec.expiration_mode:
            return Retcode.INVALID_EXPIRATION
        late = request.expiration + self._market.server_offset <= self._market.server_time()
        return Retcode.INVALID_EXPIRATION if late else None

    def _session(self, symbol: str) -> Retcode | None:
        return None if self._market.is_open(symbol) else Retcode.MARKET_CLOSED

    def _volume(self, spec: SymbolSpec, volume: Decimal) -> Retcode | None:
        fits = spec.volume_min <= volume <= spec.volume_max and volume % spec.volume_step == 0
        return None if fits else Retcode.INVALID_VOLUME

    def _volume_limit(self, spec: SymbolSpec, side: Side, volume: Decimal) -> Retcode | None:
        if not spec.volume_limit:
            return None
        held = self._book.positions.values()
        resting = self._book.orders.values()
        volumes = [one.volume for one in held if (one.symbol, one.side) == (spec.name, side)]
        volumes += [one.volume for one in resting if (one.symbol, one.side) == (spec.name, side)]
        return Retcode.LIMIT_VOLUME if sum(volumes, volume) > spec.volume_limit else None

    def _side_allowed(self, spec: SymbolSpec, request: TradeRequest) -> Retcode | None:
        side = side_of(request.type)
        if spec.trade_mode is TradeMode.DISABLED:
            return Retcode.TRADE_DISABLED
        if self._nets_out(request, side):
            return None
        if spec.trade_mode is TradeMode.CLOSEONLY:
            return Retcode.CLOSE_ONLY
        if spec.trade_mode is TradeMode.LONGONLY and side is Side.SELL:
            return Retcode.LONG_ONLY
        if spec.trade_mode is TradeMode.SHORTONLY and side is Side.BUY:
            return Retcode.SHORT_ONLY
        return None

    def _nets_out(self, request: TradeRequest, side: Side) -> bool:
        """On a netting account an opposite deal of no more volume only reduces."""
        held = None if self._hedging else self._book.of_symbol(request.symbol)
        if held is None or request.action is not TradeAction.DEAL:
            return False
        return held.side is not side and request.volume <= held.volume

    def _margin(
        self, spec: SymbolSpec, side: Side, volume: Decimal, price: Decimal
    ) -> Retcode | None:
        extra = self._account.extra_margin(spec.name, side, volume, price)
        if extra is None or not self._account.valued(spec.name):
            return Retcode.PRICE_OFF
        return Retcode.NO_MONEY if extra > max(self._account.standing().free, ZERO) else None

    def _frozen(self, spec: SymbolSpec, held: HeldPosition) -> Retcode | None:
        tick = self._market.tick(spec.name)
        if tick is None or not spec.freeze_level:
            return None
        price = closing_price(held.side, tick)
        levels = [level for level in (held.sl, held.tp) if level is not None]
        near = any(abs(level - price) <= spec.freeze_level * spec.point for level in levels)
        return Retcode.FROZEN if near else None


def _filling(spec: SymbolSpec, filling: Filling) -> Retcode | None:
    """RETURN has no flag: it is allowed except in market execution."""
    if spec.exemode in ("INSTANT", "REQUEST"):
        return None
    if filling is Filling.RETURN:
        allowed = spec.exemode != "MARKET" or "RETURN" in spec.filling
    else:
        allowed = filling in spec.filling
    return None if allowed else Retcode.INVALID_FILL


def _mode(spec: SymbolSpec, mode: str) -> Retcode | None:
    return None if mode in spec.order_mode else Retcode.INVALID


def _stops(
    spec: SymbolSpec, side: Side, price: Decimal, sl: Decimal, tp: Decimal
) -> Retcode | None:
    """S/L and T/P must lie on their side of the price and no nearer than the stops level."""
    least = spec.stops_level * spec.point
    for level, sign, mode in ((sl, -side.sign, "SL"), (tp, side.sign, "TP")):
        distance = (level - price) * sign
        wrong = distance <= 0 or distance < least or not _on_grid(spec, level)
        if level and (wrong or mode not in spec.order_mode):
            return Retcode.INVALID_STOPS
    return None


def _on_grid(spec: SymbolSpec, price: Decimal) -> bool:
    return price > 0 and price % spec.tick_size == 0
