"""The course of the balance, and how far it fell."""

import pytest

from signalos_desktop.domain.equity import (
    Drawdown,
    EquityPoint,
    balance_curve,
    current_drawdown,
    deal_money,
    max_drawdown,
)
from signalos_desktop.domain.position import DealEntry
from tests.unit.domain.samples import NOW, account, deal, dec

CLOSED = deal(
    2, "SELL", DealEntry.OUT, "1.1",
    profit=dec("12.50"), commission=dec("-3.50"), swap=dec("-0.40"), fee=dec("-0.10"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "hedging"), [("RETAIL_HEDGING", True), ("RETAIL_NETTING", False), ("EXCHANGE", False)]
)
def test_only_retail_hedging_hedges(mode: str, hedging: bool) -> None:
    assert account(margin_mode=mode).hedging is hedging


def test_a_deal_moves_the_balance_by_all_its_parts() -> None:
    assert deal_money(CLOSED) == dec("8.50")


def test_balance_curve_is_in_the_order_of_time() -> None:
    deposit = deal(1, "BALANCE", DealEntry.IN, "0", profit=dec("1000"), time=NOW)
    curve = balance_curve([CLOSED, deposit], dec("500"))
    assert curve == ((NOW, dec("1500")), (CLOSED.time, dec("1508.50")))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("", ("0", None, "0", "0")),
        ("100", ("0", "0", "100", "100")),
        ("100 110 120", ("0", "0", "100", "100")),
        ("100 120 90 130 110", ("30", "25", "120", "90")),
        ("100 80 200 170", ("30", "15", "200", "170")),
        ("0 -10 5", ("10", None, "0", "-10")),
    ],
)
def test_the_largest_fall(values: str, found: tuple[str, str | None, str, str]) -> None:
    amount, percent, peak, trough = found
    expected = Drawdown(
        dec(amount), None if percent is None else dec(percent), dec(peak), dec(trough)
    )
    assert max_drawdown([dec(value) for value in values.split()]) == expected


def test_the_present_fall() -> None:
    points = [EquityPoint(NOW, dec("100"), dec(value)) for value in ("100", "120", "95")]
    assert current_drawdown([point.equity for point in points]) == dec("25")
    assert current_drawdown([]) == 0
