"""Looking for an unclear command at the broker: by its tag and magic, then by second evidence."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import Deal, DealEntry, Position
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import ZERO, from_ms
from signalos_desktop.domain.wire.commands import OPEN_LIFE_S, OTHER_LIFE_S, CommandRow
from signalos_desktop.domain.wire.ea_rows import IntentRow
from signalos_desktop.domain.wire.fields import carries_tag
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.expert.guard import side_of
from signalos_desktop.simulator.expert.history import Fill, fill_of

CLOCKS_APART = timedelta(minutes=10)
"""How far the server's clock and the computer's may be apart."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of an unclear command. action None: only its receipt is left."""

    cmd_id: int
    session: int
    not_before: datetime
    action: CommandAction | None = None
    symbol: str = ""
    volume: Decimal = ZERO
    ticket: int = 0
    price: Decimal | None = None
    sl: Decimal | None = None
    tp: Decimal | None = None

    def with_row(self, row: CommandRow) -> "Wanted":
        return replace(
            self,
            action=row.action,
            symbol=row.symbol or self.symbol,
            volume=row.lots,
            ticket=row.ticket or 0,
            price=row.price,
            sl=row.sl,
            tp=row.tp,
        )


def wanted_by_row(row: CommandRow, now: datetime) -> Wanted:
    """The row lived at most so long, so nothing of it can be older."""
    life = OPEN_LIFE_S if row.action.opens else OTHER_LIFE_S
    born = min(now, from_ms(row.expires_ms) - timedelta(seconds=life))
    return Wanted(row.cmd_id, row.session, born).with_row(row)


def wanted_by_intent(intent: IntentRow) -> Wanted:
    return Wanted(
        intent.cmd_id,
        intent.session,
        from_ms(intent.utc_ms),
        intent.action,
        intent.symbol,
        intent.volume,
        intent.ticket or 0,
        intent.price,
        intent.sl,
        intent.tp,
    )


def wanted_by_receipt(receipt: Receipt, now: datetime) -> Wanted:
    born = (receipt.time or now) - timedelta(seconds=OTHER_LIFE_S)
    ticket = receipt.position or receipt.ticket
    return Wanted(receipt.cmd_id, receipt.session or 0, born, ticket=ticket)


def find(desk: Desk, wanted: Wanted) -> Receipt | None:
    """The receipt that the broker's books prove; None = not found (yet)."""
    action = wanted.action
    if action is None or action.opens:
        return _find_open(desk, wanted)
    if action is CommandAction.CLOSE_PARTIAL:
        return _find_partial(desk, wanted)
    if not desk.terminal.permissions().connected:
        return None
    if action in (CommandAction.MODIFY, CommandAction.BREAKEVEN):
        return _find_levels(desk, wanted)
    return _find_gone(desk, wanted)


def _found(wanted: Wanted, status: ReceiptStatus, words: str, fill: Fill) -> Receipt:
    return Receipt(
        wanted.cmd_id,
        status,
        fill.order,
        0,
        fill.price,
        words,
        position=fill.position,
        volume=fill.volume,
        deal=fill.deal,
    )


def _find_open(desk: Desk, wanted: Wanted) -> Receipt | None:
    pending = wanted.action is not None and wanted.action.pending
    for order in desk.terminal.orders():
        if _tagged(desk, wanted, order.magic, order.comment, order.time, order.symbol):
            fill = Fill(order.ticket, 0, 0, order.volume, order.price)
            return _found(wanted, ReceiptStatus.PLACED, "found among the orders", fill)
    deals = [deal for deal in desk.history.deals if _opened_by(desk, wanted, deal)]
    fill_or_none = fill_of(deals) or _held(desk, wanted)
    if fill_or_none is None:
        return _find_old_order(desk, wanted) if pending else None
    if pending:
        return _found(wanted, ReceiptStatus.PLACED, "found: filled since", fill_or_none)
    full = not wanted.volume or fill_or_none.volume >= wanted.volume
    status = ReceiptStatus.FILLED if full else ReceiptStatus.PARTIAL
    return _found(wanted, status, "found at the broker", fill_or_none)


def _find_old_order(desk: Desk, wanted: Wanted) -> Receipt | None:
    """A resting order that is gone again, deleted or expired, was placed all the same."""
    for old in desk.terminal.old_orders():
        if old.state != "REJECTED" and _tagged(
            desk, wanted, old.magic, old.comment, old.time, old.symbol
        ):
            fill = Fill(old.ticket, 0, 0, old.volume, old.price)
            return _found(wanted, ReceiptStatus.PLACED, "found among the old orders", fill)
    return None


def _held(desk: Desk, wanted: Wanted) -> Fill | None:
    for held in desk.terminal.positions():
        if _tagged(desk, wanted, held.magic, held.comment, held.time, held.symbol) and _side_fits(
            wanted, held.side.name
        ):
            return Fill(0, held.identifier, 0, held.volume, held.price_open)
    return None


def _opened_by(desk: Desk, wanted: Wanted, deal: Deal) -> bool:
    return (
        deal.trade
        and _tagged(desk, wanted, deal.magic, deal.comment, deal.time, deal.symbol)
        and _side_fits(wanted, deal.type)
        and (not wanted.volume or deal.volume <= wanted.volume)
    )


def _tagged(
    desk: Desk, wanted: Wanted, magic: int, comment: str, time: datetime, symbol: str
) -> bool:
    return (
        magic == desk.inputs.magic
        and carries_tag(comment, wanted.cmd_id)
        and wanted.symbol in ("", symbol)
        and time >= wanted.not_before - CLOCKS_APART
    )


def _side_fits(wanted: Wanted, type_: str) -> bool:
    return wanted.action is None or side_of(wanted.action).name == type_


def _find_partial(desk: Desk, wanted: Wanted) -> Receipt | None:
    """A closing deal of this position and volume that no other receipt has claimed."""
    identifier = desk.history.identifier(wanted.ticket)
    deals = [
        deal
        for deal in desk.history.deals
        if deal.trade
        and deal.position_id == identifier
        and deal.entry is not DealEntry.IN
        and deal.ticket not in desk.receipts.deals
        and deal.time >= wanted.not_before - CLOCKS_APART
        and (
            carries_tag(deal.comment, wanted.cmd_id)
            or (deal.reason == "EXPERT" and deal.volume == wanted.volume)
        )
    ]
    fill = fill_of(deals)
    if fill is None:
        return None
    full = fill.volume >= wanted.volume
    status = ReceiptStatus.FILLED if full else ReceiptStatus.PARTIAL
    return _found(wanted, status, "found among the deals", fill)


def _find_levels(desk: Desk, wanted: Wanted) -> Receipt | None:
    held = desk.position(wanted.ticket)
    at = held or desk.order(wanted.ticket)
    if at is None:
        return None
    levels = [(wanted.sl, at.sl), (wanted.tp, at.tp)]
    if wanted.action is CommandAction.BREAKEVEN:
        level = wanted.price or (held.price_open if held else ZERO)
        levels = [(level, at.sl)]
    if any(level is not None and level != (now or ZERO) for level, now in levels):
        return None
    fill = Fill(position=wanted.ticket) if held else Fill(order=wanted.ticket)
    return _found(wanted, ReceiptStatus.FILLED, "the levels are as asked", fill)


def _find_gone(desk: Desk, wanted: Wanted) -> Receipt | None:
    if wanted.action is CommandAction.CANCEL:
        if desk.order(wanted.ticket) is not None:
            return None
        fill = Fill(order=wanted.ticket)
        return _found(wanted, ReceiptStatus.FILLED, f"order {wanted.ticket} is gone", fill)
    if wanted.action is CommandAction.CLOSE_TICKET:
        if desk.position(wanted.ticket) is not None:
            return None
        closing = desk.history.closing(wanted.ticket) or Fill(position=wanted.ticket)
        words = f"position {wanted.ticket} is closed"
        return _found(wanted, ReceiptStatus.FILLED, words, closing)
    if any(_meant(desk, wanted, held) for held in desk.positions()):
        return None
    return _found(wanted, ReceiptStatus.FILLED, "the positions are closed", Fill())


def _meant(desk: Desk, wanted: Wanted, held: Position) -> bool:
    """Positions that CLOSE or CLOSE_ALL meant; no new one of ours is opened while in doubt."""
    ours = wanted.action is CommandAction.CLOSE_ALL or held.magic == desk.inputs.magic
    return ours and wanted.symbol in ("", held.symbol)
