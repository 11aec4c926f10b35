"""What positions, orders and deals say of themselves."""

import pytest

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import deal, resting


@pytest.mark.parametrize(
    ("type_", "side"),
    [("BUY_LIMIT", Side.BUY), ("BUY_STOP", Side.BUY), ("SELL_LIMIT", Side.SELL)],
)
def test_side_of_a_resting_order(type_: str, side: Side) -> None:
    assert resting(type=type_).side is side


@pytest.mark.parametrize(("type_", "trade"), [("BUY", True), ("SELL", True), ("BALANCE", False)])
def test_a_deposit_is_no_trade(type_: str, trade: bool) -> None:
    assert deal(1, type_, DealEntry.IN, "1.1").trade is trade
