"""CLOSE, CLOSE_ALL, CLOSE_TICKET, CLOSE_PARTIAL and CANCEL: looked up first, then sent."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side, floor_to_step, plain
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.history import Fill
from signalos_desktop.simulator.expert.opening import announce, denied, expiry, receipt
from signalos_desktop.simulator.expert.sending import (
    Barrier,
    Sent,
    Verdict,
    fillings,
    same_price,
    send,
)
from signalos_desktop.simulator.trade import TradeAction, TradeRequest

GONE = 10036
NO_CONNECTION = 10031


def no_barrier() -> Barrier | None:
    return None


def close_position(
    desk: Desk,
    held: Position,
    volume: Decimal,
    comment: str,
    barrier: Callable[[], Barrier | None] = no_barrier,
) -> Sent:
    """Send the closing deal of a position, or of a part of it."""
    spec = desk.spec(held.symbol)
    most = spec.volume_max if spec else volume

    def at_price(request: TradeRequest) -> TradeRequest:
        quote = desk.quote(held.symbol)
        if quote is None:
            return request
        return replace(request, price=quote.bid if held.side is Side.BUY else quote.ask)

    request = TradeRequest(
        action=TradeAction.DEAL,
        magic=desk.inputs.magic,
        symbol=held.symbol,
        volume=min(volume, most),
        type=held.side.opposite.name,
        deviation=desk.inputs.deviation,
        position=held.ticket,
        comment=comment,
    )
    action = CommandAction.CLOSE_TICKET
    return send(desk, action, request, fillings(spec), barrier, at_price)


def cancel_order(desk: Desk, ticket: int, barrier: Callable[[], Barrier | None]) -> Sent:
    request = TradeRequest(action=TradeAction.REMOVE, magic=desk.inputs.magic, order=ticket)
    modes = fillings(None)
    return send(desk, CommandAction.CANCEL, request, modes, barrier, same_price)


class Closer:
    """Runs one reduction and says what became of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def close_ticket(self, row: CommandRow) -> Receipt:
        ticket, done = row.ticket or 0, ZERO
        self._desk.history.scan()
        before = self._desk.history.last_ticket
        while True:
            held = self._desk.position(ticket)
            if held is None:
                return self._gone(row, ticket, GONE, before if done else 0)
            sent = self._close(row, held, held.volume)
            left = self._desk.position(ticket)
            closed = held.volume - (left.volume if left else ZERO)
            if left is None and sent.verdict in (Verdict.DONE, Verdict.REFUSED):
                return self._gone(row, ticket, sent.retcode, before)
            if sent.verdict is not Verdict.DONE or not closed:
                return self._not_closed(row, sent, held, done)
            done += closed

    def _close(self, row: CommandRow, held: Position, volume: Decimal) -> Sent:
        def barrier() -> Barrier | None:
            return expiry(self._desk, row)

        return close_position(self._desk, held, volume, row.comment, barrier)

    def _gone(self, row: CommandRow, ticket: int, retcode: int, before: int) -> Receipt:
        """Closed by whomever: FILLED with the deals that did it; before: the deal before ours."""
        if not self._desk.terminal.permissions().connected:
            words = "the terminal has no connection, its positions are not known"
            return receipt(row, ReceiptStatus.REJECTED, words, retcode=NO_CONNECTION)
        self._desk.history.scan()
        fill = self._desk.history.closing(ticket, before)
        words = f"position {ticket} is closed"
        if fill is None:
            fill, words = Fill(position=ticket), f"position {ticket} is not open, no deal of today"
        return receipt(row, ReceiptStatus.FILLED, words, retcode=retcode, fill=fill)

    def _not_closed(
        self, row: CommandRow, sent: Sent, held: Position, volume: Decimal = ZERO
    ) -> Receipt:
        done = Fill(position=held.ticket, volume=volume)
        if volume and sent.verdict is not Verdict.UNKNOWN:
            why = sent.barrier.text if sent.barrier else sent.words
            words = f"{plain(volume)} lots closed, then {why}"
            return receipt(row, ReceiptStatus.PARTIAL, words, retcode=sent.retcode, fill=done)
        if sent.barrier:
            return denied(row, sent.barrier, sent.retcode)
        unclear = sent.verdict is not Verdict.REFUSED
        status = ReceiptStatus.UNKNOWN if unclear else ReceiptStatus.REJECTED
        words = f"{row.action} {held.ticket}: {sent.words}"
        return receipt(row, status, words, retcode=sent.retcode, fill=done)

    def close_many(self, row: CommandRow) -> Receipt:
        """CLOSE and CLOSE_ALL: every position that is meant, whatever becomes of the others."""
        expired = expiry(self._desk, row)
        if expired:
            return denied(row, expired)
        held = [position for position in self._desk.positions() if self._meant(row, position)]
        if not held:
            return receipt(row, ReceiptStatus.FILLED, "0 positions to close", retcode=GONE)
        single = [self.close_ticket(replace(row, ticket=position.ticket)) for position in held]
        return _together(row, single)

    def _meant(self, row: CommandRow, held: Position) -> bool:
        if row.action is CommandAction.CLOSE and held.magic != row.magic:
            return False
        return row.symbol in ("", held.symbol)

    def close_partial(self, row: CommandRow) -> Receipt:
        """Not idempotent: announced like an open, never sent twice."""
        desk, ticket = self._desk, row.ticket or 0
        held = desk.position(ticket)
        refusal = expiry(desk, row) or self._not_partial(row, held)
        if refusal or held is None:
            return denied(row, refusal or Refusal("NO_POSITION", f"position {ticket} is not open"))
        undurable = announce(desk, row, held.symbol)
        if undurable:
            return denied(row, undurable)
        sent = self._close(row, held, row.lots)
        if sent.verdict is not Verdict.DONE:
            return self._not_closed(row, sent, held)
        desk.history.scan()
        fill = desk.history.of_order(sent.result.order) or Fill(
            sent.result.order, ticket, sent.result.deal, sent.result.volume, sent.result.price
        )
        status = ReceiptStatus.FILLED if fill.volume >= row.lots else ReceiptStatus.PARTIAL
        return receipt(row, status, sent.words, retcode=sent.retcode, fill=fill)

    def _not_partial(self, row: CommandRow, held: Position | None) -> Refusal | None:
        if held is None:
            return Refusal("NO_POSITION", f"position {row.ticket} is not open")
        spec = self._desk.spec(held.symbol)
        whole = spec is None or floor_to_step(row.lots, spec.volume_step) == row.lots
        if whole and ZERO < row.lots < held.volume:
            return None
        return Refusal("VOLUME", f"{plain(row.lots)} of {plain(held.volume)} lots")

    def cancel(self, row: CommandRow) -> Receipt:
        desk, ticket = self._desk, row.ticket or 0
        if desk.order(ticket) is None:
            return self._order_gone(row, ticket, GONE)
        sent = cancel_order(desk, ticket, lambda: expiry(desk, row))
        if sent.barrier:
            return denied(row, sent.barrier, sent.retcode)
        if sent.verdict is not Verdict.UNKNOWN and desk.order(ticket) is None:
            return self._order_gone(row, ticket, sent.retcode)
        refused = sent.verdict is Verdict.REFUSED
        status = ReceiptStatus.REJECTED if refused else ReceiptStatus.UNKNOWN
        return receipt(row, status, sent.words, retcode=sent.retcode, fill=Fill(order=ticket))

    def _order_gone(self, row: CommandRow, ticket: int, retcode: int) -> Receipt:
        desk = self._desk
        if not desk.terminal.permissions().connected:
            words = "the terminal has no connection, its orders are not known"
            return receipt(row, ReceiptStatus.REJECTED, words, retcode=NO_CONNECTION)
        filled = desk.terminal.order_filled(ticket)
        words = {True: "it was filled", False: "it is deleted", None: "it is not known"}[filled]
        desk.history.scan()
        fill = (desk.history.of_order(ticket) if filled else None) or Fill(order=ticket)
        message = f"order {ticket} is gone: {words}"
        return receipt(row, ReceiptStatus.FILLED, message, retcode=retcode, fill=fill)


def _together(row: CommandRow, single: list[Receipt]) -> Receipt:
    """One receipt for several positions: the least certain one decides the status."""
    done = [one for one in single if one.status.executed]
    rest = [one for one in single if not one.status.executed]
    unclear = [one for one in rest if one.status is ReceiptStatus.UNKNOWN]
    words = f"{len(done)} of {len(single)} positions closed"
    last = done[-1] if done else single[-1]
    volume = sum((one.volume for one in done), ZERO)
    fill = Fill(last.ticket, last.position, last.deal, volume, last.price)
    if not rest:
        return receipt(row, ReceiptStatus.FILLED, words, retcode=last.retcode, fill=fill)
    worst = (unclear or rest)[0]
    status = ReceiptStatus.PARTIAL if done and not unclear else worst.status
    message = f"{words}; {worst.message}"
    return receipt(row, status, message, retcode=worst.retcode, fill=fill)
