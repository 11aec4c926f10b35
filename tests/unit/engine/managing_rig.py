"""Open trades on a fake terminal: fired for real, filled by receipts, deals and snapshots."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.position import Deal, DealEntry, Position
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import Rig, position, quote, receipt, snapshot
from tests.helpers.rig_deals import deal

THREE = "EURUSD BUY 1.08000 SL 1.07900 TP 1.08100 TP 1.08200 TP 1.08400"
FIRST_TICKET = 100


def set_rules(rig: Rig, **changes: object) -> None:
    """Change settings; a name stands for the key after `manage.`, __ for a dot."""
    named = {f"manage.{name.replace('__', '.')}": value for name, value in changes.items()}
    rig.pipeline.settings = rig.pipeline.settings.with_changes(named)


async def fire(rig: Rig, text: str = THREE) -> list[Command]:
    """Submit and fire; the entry rows that this has written."""
    before = len(rig.bridge.outbox.rows)
    signal = await rig.submit(text)
    refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
    assert refusal is None, refusal
    await rig.settle()
    return rig.bridge.outbox.rows[before:]


def opened(row: Command, now: datetime, **changes: Any) -> Position:
    """The position that an entry row becomes."""
    made = position(
        FIRST_TICKET + row.cmd_id,
        now,
        volume=row.lots,
        sl=row.sl,
        tp=row.tp,
        comment=row.comment,
    )
    return replace(made, **changes)


def entry_deal(row: Command, now: datetime, **changes: Any) -> Deal:
    ticket = FIRST_TICKET + row.cmd_id
    made = deal(ticket, now, order=ticket, position_id=ticket, volume=row.lots)
    return replace(made, comment=row.comment, **changes)


def out_deal(ticket: int, held: Position, **changes: Any) -> Deal:
    made = deal(
        ticket,
        held.time,
        position_id=held.identifier,
        type="SELL",
        entry=DealEntry.OUT,
        volume=held.volume,
        price=held.tp or Decimal("1.08000"),
        reason="TP",
    )
    return replace(made, **changes)


async def open_trade(rig: Rig, text: str = THREE) -> list[Position]:
    """A fired signal whose orders were filled: the positions as the terminal shows them."""
    rows = await fire(rig, text)
    now = rig.clock.now()
    held = [opened(row, now) for row in rows]
    fills = [
        receipt(row.cmd_id, position=one.ticket, ticket=one.ticket, deal=one.ticket)
        for row, one in zip(rows, held, strict=True)
    ]
    deals = tuple(entry_deal(row, now) for row in rows)
    rig.feed(snapshot(rig.clock, receipts=tuple(fills), deals=deals, positions=tuple(held)))
    await rig.settle()
    return held


async def price(rig: Rig, bid: str, *held: Position, seconds: float = 1, **more: Any) -> None:
    """A second later the price is this, and these positions are open."""
    rig.clock.move(seconds)
    ask = str(Decimal(bid) + Decimal("0.00002"))
    quotes = (quote(rig.clock.now(), bid, ask),)
    rig.feed(snapshot(rig.clock, quotes=quotes, positions=held, **more))
    await rig.settle()


async def answer(
    rig: Rig, row: Command, status: ReceiptStatus = ReceiptStatus.FILLED, **changes: Any
) -> None:
    """The receipt of a row, and nothing else."""
    rig.feed(Facts(receipts=(receipt(row.cmd_id, status, **changes),)))
    await rig.settle()


def sent(rig: Rig) -> list[tuple[str, int | None, Decimal | None]]:
    """What rules have written: action, ticket, and the new S/L or the volume."""
    return [
        (row.action.value, row.ticket, row.price if row.price is not None else row.lots or None)
        for row in rig.bridge.outbox.rows
        if not row.action.opens
    ]


def alarms(rig: Rig) -> list[str]:
    return [alarm.code for alarm in rig.told(Alarm)]
