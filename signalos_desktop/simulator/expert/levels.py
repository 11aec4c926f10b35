"""MODIFY and BREAKEVEN: new levels for a position, or for a pending order; no intent needed."""

from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side, plain
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.history import Fill
from signalos_desktop.simulator.expert.opening import denied, expiry, receipt
from signalos_desktop.simulator.expert.sending import Verdict, fillings, same_price, send
from signalos_desktop.simulator.trade import TradeAction, TradeRequest

NO_CHANGES = 10025


class Levels:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def modify(self, row: CommandRow) -> Receipt:
        late = expiry(self._desk, row)
        if late:
            return denied(row, late)
        ticket = row.ticket or 0
        held = self._desk.position(ticket)
        if held is not None:
            return self._modify_position(row, held)
        order = self._desk.order(ticket)
        if order is not None:
            return self._modify_order(row, order)
        return denied(row, Refusal("NO_POSITION", f"{ticket} is no position and no order"))

    def _modify_position(self, row: CommandRow, held: Position) -> Receipt:
        sl, tp = _kept(row.sl, held.sl), _kept(row.tp, held.tp)
        return self._removes_sl(row, sl, held.sl) or self._set(row, held, sl, tp)

    def _removes_sl(self, row: CommandRow, sl: Decimal, before: Decimal | None) -> Receipt | None:
        if sl or not before or not self._desk.inputs.sl_required:
            return None
        return denied(row, Refusal("SL_REQUIRED", f"{row.ticket} would be without S/L"))

    def _set(self, row: CommandRow, held: Position, sl: Decimal, tp: Decimal) -> Receipt:
        request = TradeRequest(
            action=TradeAction.SLTP,
            magic=self._desk.inputs.magic,
            symbol=held.symbol,
            sl=sl,
            tp=tp,
            position=held.ticket,
        )
        return self._sent(row, request, Fill(position=held.ticket))

    def _modify_order(self, row: CommandRow, order: RestingOrder) -> Receipt:
        if self._desk.latch.stopped:
            return denied(row, Refusal("HALTED", f"stop {self._desk.latch.stop_id}"))
        sl, tp = _kept(row.sl, order.sl), _kept(row.tp, order.tp)
        request = TradeRequest(
            action=TradeAction.MODIFY,
            magic=self._desk.inputs.magic,
            symbol=order.symbol,
            price=order.price if row.price is None else row.price,
            sl=sl,
            tp=tp,
            order=order.ticket,
            expiration=order.expiration,
        )
        refused = self._removes_sl(row, sl, order.sl)
        return refused or self._sent(row, request, Fill(order=order.ticket))

    def _sent(self, row: CommandRow, request: TradeRequest, fill: Fill) -> Receipt:
        desk = self._desk
        modes = fillings(None)
        sent = send(desk, row.action, request, modes, lambda: expiry(desk, row), same_price)
        if sent.barrier:
            return denied(row, sent.barrier, sent.retcode)
        message = f"{row.action} {row.ticket}: {sent.words}"
        return receipt(row, _STATUS[sent.verdict], message, retcode=sent.retcode, fill=fill)

    def breakeven(self, row: CommandRow) -> Receipt:
        desk, ticket = self._desk, row.ticket or 0
        late = expiry(desk, row)
        if late:
            return denied(row, late)
        held = desk.position(ticket)
        if held is None:
            return denied(row, Refusal("NO_POSITION", f"position {ticket} is not open"))
        level = row.price or held.price_open
        if held.sl and (held.sl - level) * held.side.sign >= 0:
            words = f"the S/L {plain(held.sl)} is at {plain(level)} or better already"
            fill = Fill(position=ticket)
            return receipt(row, ReceiptStatus.FILLED, words, retcode=NO_CHANGES, fill=fill)
        price = self._closing_price(held)
        if (price - level) * held.side.sign <= 0:
            words = f"price {plain(price)} has not passed {plain(level)}"
            return denied(row, Refusal("NOT_IN_PROFIT", words))
        return self._set(replace(row, sl=level), held, level, held.tp or ZERO)

    def _closing_price(self, held: Position) -> Decimal:
        quote = self._desk.quote(held.symbol)
        if quote is None:
            return held.price_current
        return quote.bid if held.side is Side.BUY else quote.ask


_STATUS = {
    Verdict.DONE: ReceiptStatus.FILLED,
    Verdict.REFUSED: ReceiptStatus.REJECTED,
    Verdict.UNKNOWN: ReceiptStatus.UNKNOWN,
}


def _kept(wanted: Decimal | None, now: Decimal | None) -> Decimal:
    """Empty = keep, 0 = remove."""
    return (now or ZERO) if wanted is None else wanted
