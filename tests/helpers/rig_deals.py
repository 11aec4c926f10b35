"""Deals as the terminal states them."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.position import Deal, DealEntry
from tests.helpers.rig import MAGIC


def deal(ticket: int, now: datetime, **changes: Any) -> Deal:
    made = Deal(
        ticket=ticket,
        order=11,
        position_id=11,
        time=now,
        symbol="EURUSD",
        type="BUY",
        entry=DealEntry.IN,
        reason="EXPERT",
        volume=Decimal("0.33"),
        price=Decimal("1.08000"),
        commission=Decimal(0),
        swap=Decimal(0),
        fee=Decimal(0),
        profit=Decimal(0),
        magic=MAGIC,
        comment="",
    )
    return replace(made, **changes)
