"""Entries as the engine would record them, with a clock that stands still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.position import Deal, Position
from signalos_desktop.domain.position import DealEntry as Direction
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.signal import Kind, Message, Reading
from signalos_desktop.domain.values import Account, Side
from signalos_desktop.engine.entries import (
    CommandEntry,
    DealEntry,
    PositionEntry,
    ReceiptEntry,
    SignalEntry,
)

NOW = datetime(2026, 3, 2, 12, 0, 0, 123000, tzinfo=UTC)
ACCOUNT = Account(1001, "Demo-Server")
OTHER = Account(2002, "Other Broker")


class StandingClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return 0.0


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def signal(name: str, time: datetime = NOW, text: str = "BUY GOLD") -> SignalEntry:
    return SignalEntry(name, time, Message(text, "channel", "77"), Reading(Kind.NONE), None)


def command(
    cmd_id: int,
    intent: str | None = None,
    *,
    time: datetime = NOW,
    account: Account = ACCOUNT,
    signal: str | None = "S1",
    action: CommandAction = CommandAction.BUY,
) -> CommandEntry:
    row = Command(
        cmd_id=cmd_id,
        account=account,
        session=3,
        action=action,
        created=time,
        expires=time + timedelta(seconds=30),
        magic=4400000,
        symbol="XAUUSD.m",
        lots=Decimal("0.10"),
        sl=Decimal("2390.50"),
        comment=f"#{cmd_id}",
        max_loss=Decimal("95.00"),
        deviation=20,
    )
    return CommandEntry(row, signal, intent or f"I{cmd_id}/1", Decimal("95.00"))


def receipt(cmd_id: int, status: ReceiptStatus, message: str = "ok", **more: int) -> ReceiptEntry:
    row = Receipt(cmd_id, status, 500 + cmd_id, 10009, Decimal("2400.10"), message)
    for name, value in more.items():
        row = replace(row, **{name: value})  # type: ignore[arg-type]  # integer fields only
    return ReceiptEntry(ACCOUNT, row, NOW, "counted")


def deal(ticket: int, cmd_id: int | None, *, position: int = 9, time: datetime = NOW) -> DealEntry:
    row = Deal(
        ticket=ticket,
        order=ticket + 1,
        position_id=position,
        time=time,
        symbol="XAUUSD.m",
        type="BUY",
        entry=Direction.IN,
        reason="EXPERT",
        volume=Decimal("0.10"),
        price=Decimal("2400.10"),
        commission=Decimal("-0.35"),
        swap=Decimal(0),
        fee=Decimal(0),
        profit=Decimal("-1.20"),
        magic=4400000,
        comment="#1",
    )
    return DealEntry(ACCOUNT, row, cmd_id, external=cmd_id is None)


def position(ticket: int, change: str) -> PositionEntry:
    row = Position(
        ticket=ticket,
        identifier=ticket,
        symbol="XAUUSD.m",
        side=Side.BUY,
        volume=Decimal("0.10"),
        price_open=Decimal("2400.10"),
        sl=Decimal("2390.50"),
        tp=None,
        price_current=Decimal("2401.00"),
        swap=Decimal(0),
        profit=Decimal("9.00"),
        magic=4400000,
        comment="#1",
        time=NOW,
    )
    return PositionEntry(ACCOUNT, NOW, change, row)
