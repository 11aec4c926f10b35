"""BUY, SELL and pending orders: checked, announced in intents.csv, sent at most once."""

from collections.abc import Callable

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, plain
from signalos_desktop.domain.wire.commands import CommandRow
from signalos_desktop.domain.wire.ea_rows import IntentRow
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.guard import Guard, Opening
from signalos_desktop.simulator.expert.history import Fill
from signalos_desktop.simulator.expert.sending import (
    Barrier,
    Sent,
    Verdict,
    fillings,
    same_price,
    send,
)
from signalos_desktop.simulator.files import FilesBusyError, FilesFailedError
from signalos_desktop.simulator.trade import Filling, TradeRequest

PLACED = 10008
NO_FILL = Fill()


def denied(row: CommandRow, refusal: Refusal | Barrier, retcode: int = 0) -> Receipt:
    """DENIED with the reason code in front; a row whose time is over is EXPIRED."""
    status = ReceiptStatus.EXPIRED if refusal.code == "EXPIRED" else ReceiptStatus.DENIED
    return receipt(row, status, f"{refusal.code}: {refusal.text}", retcode=retcode)


def receipt(
    row: CommandRow,
    status: ReceiptStatus,
    message: str,
    *,
    retcode: int = 0,
    fill: Fill = NO_FILL,
) -> Receipt:
    return Receipt(
        row.cmd_id,
        status,
        fill.order,
        retcode,
        fill.price,
        message,
        position=fill.position,
        volume=fill.volume,
        deal=fill.deal,
    )


def expiry(desk: Desk, row: CommandRow) -> Barrier | None:
    if not desk.expired(row):
        return None
    return Barrier("EXPIRED", f"expired at {row.expires_ms}, TimeGMT is {desk.now_ms()}")


def announce(desk: Desk, row: CommandRow, symbol: str) -> Refusal | None:
    """Make the intent durable; a reason of DENIED if the disk does not take it."""
    intent = IntentRow(
        cmd_id=row.cmd_id,
        utc_ms=desk.now_ms(),
        session=row.session,
        login=desk.terminal.account().account.login,
        action=row.action,
        symbol=symbol,
        volume=row.lots,
        price=row.price or ZERO,
        sl=row.sl,
        tp=row.tp,
        ticket=row.ticket,
        magic=row.magic,
    )
    try:
        desk.intents.announce(intent)
    except (FilesBusyError, FilesFailedError) as error:
        return Refusal("DISK", f"the intent cannot be written: {error}")
    return None


class Opener:
    """Runs one open and says what became of it; UNKNOWN goes to the doubts of the caller."""

    def __init__(
        self, desk: Desk, guard: Guard, before_attempt: Callable[[], Barrier | None]
    ) -> None:
        self._desk = desk
        self._guard = guard
        self._before_attempt = before_attempt

    def run(self, row: CommandRow) -> Receipt:
        opening = self._guard.check(row)
        if isinstance(opening, Refusal):
            return denied(row, opening)
        undurable = announce(self._desk, row, row.symbol)
        if undurable:
            return denied(row, undurable)
        self._guard.sent()
        return self._receipt(opening, self._send(opening))

    def _send(self, opening: Opening) -> Sent:
        row, pending = opening.row, opening.row.action.pending

        def at_price(request: TradeRequest) -> TradeRequest | Barrier:
            return opening.priced(request, self._desk.quote(row.symbol))

        return send(
            self._desk,
            row.action,
            opening.request(Filling.FOK),
            [Filling.RETURN] if pending else fillings(opening.spec),
            lambda: self._before_attempt() or expiry(self._desk, row),
            same_price if pending else at_price,
        )

    def _receipt(self, opening: Opening, sent: Sent) -> Receipt:
        row = opening.row
        if sent.barrier and not (sent.retcode and sent.barrier.code == "CHECK"):
            return denied(row, sent.barrier, sent.retcode)
        if sent.verdict in (Verdict.REFUSED, Verdict.KEPT):
            why = f"; {sent.barrier.text}" if sent.barrier else ""
            return receipt(row, ReceiptStatus.REJECTED, sent.words + why, retcode=sent.retcode)
        if sent.verdict is Verdict.UNKNOWN:
            return receipt(row, ReceiptStatus.UNKNOWN, sent.words, retcode=sent.retcode)
        if row.action.pending:
            placed = Fill(order=sent.result.order, volume=row.lots, price=opening.price)
            return receipt(row, ReceiptStatus.PLACED, sent.words, retcode=sent.retcode, fill=placed)
        return self._filled(opening, sent)

    def _filled(self, opening: Opening, sent: Sent) -> Receipt:
        """The fill comes from the deals; 10008 without one is an order on its way."""
        row, result = opening.row, sent.result
        self._desk.history.scan()
        fill = self._desk.history.of_order(result.order)
        if fill is None and sent.retcode == PLACED:
            return receipt(row, ReceiptStatus.UNKNOWN, sent.words, retcode=sent.retcode)
        if fill is None:
            fill = Fill(result.order, 0, result.deal, result.volume or row.lots, result.price)
        self._watch_risk(opening, fill)
        full = fill.volume >= row.lots
        status = ReceiptStatus.FILLED if full else ReceiptStatus.PARTIAL
        return receipt(row, status, sent.words, retcode=sent.retcode, fill=fill)

    def _watch_risk(self, opening: Opening, fill: Fill) -> None:
        loss = self._guard.loss_at_sl(opening, fill.price, fill.volume)
        most = opening.row.max_loss or ZERO
        if loss is not None and loss > most:
            self._desk.events.add(
                "RISK_OVERRUN",
                f"filled at {plain(fill.price)}: {plain(loss)} at the S/L, allowed {plain(most)}",
                cmd_id=opening.row.cmd_id,
                ticket=fill.position,
            )
