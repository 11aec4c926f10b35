"""Holdings and trades as the tests of providers need them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.providers.trades import Holding, Trade
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side
from tests.helpers.rig import EURUSD, NOON

SPEC = EURUSD


def price(bid: str, ask: str) -> Quote:
    one = Decimal(1)
    return Quote("EURUSD", Decimal(bid), Decimal(ask), NOON, one, one, one)


def holding(ticket: int = 1, **changes: Any) -> Holding:
    """A buy of 0.30 lots from 1.08 with S/L 1.077 and T/P 1.086; the price is 1.081."""
    held = Holding(
        ticket=ticket,
        symbol="EURUSD",
        side=Side.BUY,
        lots=Decimal("0.30"),
        price=Decimal("1.08"),
        sl=Decimal("1.077"),
        tp=Decimal("1.086"),
        resting=False,
        spec=SPEC,
        quote=price("1.081", "1.0811"),
    )
    return replace(held, **changes)


def trade(*holdings: Holding, thread: str = "S000001", **changes: Any) -> Trade:
    made = Trade(thread, frozenset({"EURUSD"}), Side.BUY, holdings)
    return replace(made, **changes)
