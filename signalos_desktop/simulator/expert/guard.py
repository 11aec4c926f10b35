"""The checks of a row that wants to increase exposure, in the protocol's order; first one wins."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.retcodes import describe_retcode
from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side, floor_to_step, from_ms, plain
from signalos_desktop.domain.wire.commands import OPEN_LIFE_S, CommandRow
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.sending import Barrier, points
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest

NO_MONEY = 10019
CLOCK_SLACK_S = 2

_FORBIDDEN = {
    TradeMode.DISABLED: frozenset(Side),
    TradeMode.CLOSEONLY: frozenset(Side),
    TradeMode.LONGONLY: frozenset({Side.SELL}),
    TradeMode.SHORTONLY: frozenset({Side.BUY}),
    TradeMode.FULL: frozenset[Side](),
}
_PERMISSIONS = {
    "connected": "the terminal has no connection to the trade server",
    "terminal_trade": "Algo Trading is off in the terminal (10027)",
    "ea_trade": "trading is not allowed in the expert's own properties",
    "account_expert": "the broker forbids experts on this account (10026)",
    "account_trade": "trading is disabled on this account (investor password?)",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """An open whose symbol is known: all its checks and its request work on this."""

    row: CommandRow
    spec: SymbolSpec
    quote: Quote
    deviation: int

    @property
    def side(self) -> Side:
        return side_of(self.row.action)

    @property
    def price(self) -> Decimal:
        """Price of the row: of the decision, or of the pending order."""
        return self.row.price or ZERO

    @property
    def worst(self) -> Decimal:
        """The worst price that the row allows."""
        if self.row.action.pending:
            return self.price
        return self.price + self.side.sign * self.deviation * self.spec.point

    @property
    def sl(self) -> Decimal:
        return self.row.sl or ZERO

    def market_price(self, quote: Quote) -> Decimal:
        return quote.ask if self.side is Side.BUY else quote.bid

    def request(self, filling: Filling) -> TradeRequest:
        row, pending = self.row, self.row.action.pending
        expiry_ms = row.order_expiry_ms if pending else None
        return TradeRequest(
            action=TradeAction.PENDING if pending else TradeAction.DEAL,
            magic=row.magic,
            symbol=row.symbol,
            volume=row.lots,
            type=row.action.value,
            price=self.price if pending else self.market_price(self.quote),
            sl=self.sl,
            tp=row.tp or ZERO,
            filling=Filling.RETURN if pending else filling,
            expiration=from_ms(expiry_ms) if expiry_ms else None,
            comment=row.comment,
        )

    def priced(self, request: TradeRequest, quote: Quote | None) -> TradeRequest | Barrier:
        """The request at this moment's price; what is left of the deviation goes with it."""
        if self.row.action.pending:
            return request
        if quote is None:
            return Barrier("SYMBOL", f"{self.row.symbol} has no price")
        price = self.market_price(quote)
        left = points((self.worst - price) * self.side.sign, self.spec)
        if left < 0:
            return Barrier("CHECK", f"price {plain(price)}, worst allowed {plain(self.worst)}")
        return replace(request, price=price, deviation=left)


def side_of(action: CommandAction) -> Side:
    return Side.BUY if action.value.startswith("BUY") else Side.SELL


def missing_permissions(desk: Desk) -> list[str]:
    """In words, worst first; empty = the expert may trade."""
    granted = desk.terminal.permissions()
    return [words for name, words in _PERMISSIONS.items() if not getattr(granted, name)]


class Guard:
    """Own limits and the market's rules. `check` gives an Opening, or the reason of a DENIED."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sent_at: deque[float] = deque()
        self._own: tuple[Callable[[CommandRow], Refusal | None], ...] = (
            self._permission,
            self._netting,
            self._lots,
            self._positions,
            self._daily_loss,
            self._rate,
        )

    def sent(self) -> None:
        """Count an open for the limit of opens a minute."""
        self._sent_at.append(self._desk.monotonic())

    def check(self, row: CommandRow) -> Opening | Refusal:
        for own in self._own:
            refusal = own(row)
            if refusal:
                return refusal
        opening = self._opening(row)
        if isinstance(opening, Refusal):
            return opening
        return next(self._refusals(opening), opening)

    def _permission(self, row: CommandRow) -> Refusal | None:
        refused = missing_permissions(self._desk)
        return Refusal("PERMISSION", "; ".join(refused)) if refused else None

    def _netting(self, row: CommandRow) -> Refusal | None:
        account = self._desk.terminal.account()
        if account.hedging or self._desk.inputs.allow_netting:
            return None
        return Refusal("NETTING", f"{account.margin_mode} is not allowed by the expert's inputs")

    def _lots(self, row: CommandRow) -> Refusal | None:
        most = self._desk.inputs.max_lots
        if row.lots <= most:
            return None
        return Refusal("LIMIT_LOTS", f"{plain(row.lots)} lots, allowed {plain(most)}")

    def _positions(self, row: CommandRow) -> Refusal | None:
        most, desk = self._desk.inputs.max_positions, self._desk
        count = len(desk.positions()) + len(desk.orders())
        if count < most:
            return None
        return Refusal("LIMIT_POSITIONS", f"{count} positions and orders, allowed {most}")

    def _daily_loss(self, row: CommandRow) -> Refusal | None:
        breach = self.daily_loss_breach()
        return Refusal("LIMIT_DAILY_LOSS", breach) if breach else None

    def daily_loss_breach(self) -> str:
        """The numbers if today's loss of the account is at its limit, else an empty text."""
        most = self._desk.inputs.max_daily_loss
        if not most:
            return ""
        terminal = self._desk.terminal
        ahead = timedelta(seconds=terminal.server_utc_offset())
        server = terminal.time_gmt() + ahead
        midnight = server.replace(hour=0, minute=0, second=0, microsecond=0) - ahead
        self._desk.history.scan()
        result = self._desk.history.result_since(midnight) + terminal.account().profit
        return f"{plain(-result)} lost today, allowed {plain(most)}" if -result >= most else ""

    def _rate(self, row: CommandRow) -> Refusal | None:
        most, sent = self._desk.inputs.max_opens_per_minute, self._sent_at
        while sent and self._desk.monotonic() - sent[0] >= 60:
            sent.popleft()
        if not most or len(sent) < most:
            return None
        return Refusal("LIMIT_RATE", f"{len(sent)} opens in the last minute, allowed {most}")

    def _opening(self, row: CommandRow) -> Opening | Refusal:
        desk, symbol = self._desk, row.symbol
        spec = desk.spec(symbol)
        if spec is None and desk.terminal.select_symbol(symbol):
            spec = desk.spec(symbol)
        if spec is None:
            return Refusal("SYMBOL", f"{symbol} is not a symbol of this broker")
        if side_of(row.action) in _FORBIDDEN[spec.trade_mode]:
            return Refusal("SYMBOL", f"{symbol} is {spec.trade_mode}")
        quote = desk.quote(symbol)
        if quote is None:
            return Refusal("SYMBOL", f"{symbol} has no price yet")
        deviation = desk.inputs.deviation if row.deviation is None else row.deviation
        return Opening(row, spec, quote, deviation)

    def _refusals(self, opening: Opening) -> Iterator[Refusal]:
        for check in (_volume, self._stop_loss, self._spread, self._order_check, self._risk):
            refusal = check(opening)
            if refusal:
                yield refusal
        margin = self._margin(opening)
        if margin:
            yield margin

    def _stop_loss(self, opening: Opening) -> Refusal | None:
        sl, sign = opening.sl, opening.side.sign
        if not sl:
            required = self._desk.inputs.sl_required
            return Refusal("SL_REQUIRED", f"{opening.row.symbol} without S/L") if required else None
        base = opening.price if opening.row.action.pending else opening.market_price(opening.quote)
        if (base - sl) * sign > 0 and (opening.worst - sl) * sign > 0:
            return None
        return Refusal("SL_WRONG_SIDE", f"{opening.side.name} at {plain(base)}, S/L {plain(sl)}")

    def _spread(self, opening: Opening) -> Refusal | None:
        row, quote = opening.row, opening.quote
        most = self._desk.inputs.max_spread if row.max_spread is None else row.max_spread
        spread = points(quote.ask - quote.bid, opening.spec)
        if spread <= most or (most == 0 and row.max_spread is None):
            return None
        return Refusal("SPREAD", f"{spread} points, allowed {most}")

    def _order_check(self, opening: Opening) -> Refusal | None:
        request = opening.priced(opening.request(Filling.FOK), opening.quote)
        if isinstance(request, Barrier):
            return Refusal(request.code, request.text)
        retcode = self._desk.terminal.order_check(request)
        if retcode == 0:
            return None
        words = f"{retcode} {describe_retcode(retcode).wording}"
        return Refusal("NO_MARGIN" if retcode == NO_MONEY else "CHECK", words)

    def _risk(self, opening: Opening) -> Refusal | None:
        most = opening.row.max_loss or ZERO
        loss = self.loss_at_sl(opening, opening.worst, opening.row.lots)
        if loss is None:
            if not opening.sl and not self._desk.inputs.sl_required:
                return None
            return Refusal("RISK_EXCEEDED", f"the loss at the S/L is not known, allowed {most}")
        if loss <= most:
            return None
        return Refusal("RISK_EXCEEDED", f"{plain(loss)} at the S/L, allowed {plain(most)}")

    def loss_at_sl(self, opening: Opening, price: Decimal, lots: Decimal) -> Decimal | None:
        """What the position loses from a price to its S/L, without costs; None = not known."""
        if not opening.sl:
            return None
        profit = self._desk.terminal.order_calc_profit(
            opening.side.name, opening.row.symbol, lots, price, opening.sl
        )
        return None if profit is None else -profit

    def _margin(self, opening: Opening) -> Refusal | None:
        row, terminal = opening.row, self._desk.terminal
        needed = terminal.order_calc_margin(opening.side.name, row.symbol, row.lots, opening.worst)
        free = terminal.account().margin_free
        if needed is not None and needed <= free:
            return None
        amount = "not known" if needed is None else plain(needed)
        return Refusal("NO_MARGIN", f"margin {amount}, free {plain(free)}")

    def too_far_ahead(self, row: CommandRow) -> Refusal | None:
        """An open that claims to live longer than any open may."""
        ahead = (row.expires_ms - self._desk.now_ms()) // 1000
        if ahead <= OPEN_LIFE_S + CLOCK_SLACK_S:
            return None
        return Refusal("BAD_FIELD", f"expires in {ahead} s, allowed {OPEN_LIFE_S} s")


def _volume(opening: Opening) -> Refusal | None:
    lots, spec = opening.row.lots, opening.spec
    if spec.volume_min <= lots <= spec.volume_max and floor_to_step(lots, spec.volume_step) == lots:
        return None
    least, most, step = (plain(v) for v in (spec.volume_min, spec.volume_max, spec.volume_step))
    return Refusal("VOLUME", f"{plain(lots)} lots, allowed {least} to {most} in steps of {step}")
