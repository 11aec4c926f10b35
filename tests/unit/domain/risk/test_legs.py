"""A sized volume becomes orders whose losses together stay within the budget."""

from dataclasses import replace
from fractions import Fraction

import pytest

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.levels import LevelPolicy, Levels, place_levels
from signalos_desktop.domain.risk.legs import build_legs, split_volume, weights_for
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.sizing import Size
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, account, dec, order


@pytest.mark.parametrize(
    ("lots", "weights", "smallest", "parts"),
    [
        ("0.66", "1 1 1", "0.01", "0.22 0.22 0.22"),
        ("0.20", "50 30 20", "0.01", "0.10 0.06 0.04"),
        ("0.10", "1 1 1", "0.01", "0.04 0.03 0.03"),
        ("0.11", "1 1 1", "0.01", "0.04 0.04 0.03"),
        ("0.05", "50 30 20", "0.01", "0.03 0.01 0.01"),
        ("0.02", "1 1 1", "0.01", "0.01 0.01 0"),
        ("0.01", "1 1 1", "0.01", "0.01 0 0"),
        ("0.10", "1 1 1", "0.10", "0.10 0 0"),
        ("0.30", "50 30 20", "0.10", "0.15 0.15 0"),
        ("0.30", "10 90", "0.10", "0 0.30"),
        ("0.30", "10 0.01 90", "0.10", "0 0 0.30"),
        ("0.66", "1", "0.01", "0.66"),
        ("0.02", "1 1", "0.10", "0.02 0"),
    ],
)
def test_split(lots: str, weights: str, smallest: str, parts: str) -> None:
    found = split_volume(dec(lots), [dec(w) for w in weights.split()], dec("0.01"), dec(smallest))
    assert found == tuple(dec(part) for part in parts.split())


def test_weights() -> None:
    wanted = (dec("50"), dec("30"), dec("20"))
    assert weights_for(2, wanted) == (dec("50"), dec("30"))
    assert weights_for(4, wanted) == (dec("1"),) * 4
    assert weights_for(1, ()) == (dec("1"),)


def levels(*tps: str, type_: OrderType = OrderType.UNSPECIFIED, entry: str | None = None) -> Levels:
    reading = order(Side.BUY, entry, "1.09700", tps, type_)
    return place_levels(reading, Side.BUY, EURUSD, EURUSD_QUOTE, LevelPolicy())


def losses(
    size: Size,
    placed: Levels,
    money: AccountState | None = None,
    rules: RiskRules | None = None,
) -> list[tuple[str, str]]:
    legs = build_legs(placed, size, EURUSD, money or account(), rules or RiskRules(), 30)
    return [(str(leg.lots), str(leg.max_loss)) for leg in legs]


THREE = ("1.10300", "1.10600", "1.10900")
EXACT = Size(dec("0.66"), dec("0.66"), dec("198.00"), Fraction(300))


def test_one_order_for_each_target() -> None:
    legs = build_legs(levels(*THREE), EXACT, EURUSD, account(), RiskRules(), 30)
    assert [str(leg.tp) for leg in legs] == list(THREE)
    assert {(leg.action.value, leg.sl, leg.price) for leg in legs} == {
        ("BUY", dec("1.09700"), dec("1.10000"))
    }
    assert [(leg.deviation, leg.max_spread) for leg in legs] == [(3, 30)] * 3
    assert losses(EXACT, levels(*THREE)) == [("0.22", "66.00")] * 3


def test_a_resting_order_has_no_deviation_and_no_spread_limit() -> None:
    placed = levels("1.10600", type_=OrderType.LIMIT, entry="1.09900")
    (leg,) = build_legs(placed, EXACT, EURUSD, account(), RiskRules(), 30)
    assert (leg.action.value, leg.deviation, leg.max_spread) == ("BUY_LIMIT", 0, None)


def test_what_the_budget_has_left_goes_to_the_legs_by_volume() -> None:
    size = replace(EXACT, budget=dec("200.00"))
    assert losses(size, levels(*THREE)) == [("0.22", "66.66")] * 3
    assert losses(size, levels("1.106")) == [("0.66", "200.00")]


def test_fixed_lots_have_no_budget_to_share() -> None:
    assert losses(replace(EXACT, budget=None), levels("1.106")) == [("0.66", "198.00")]


def test_rounding_up_each_leg_never_breaks_the_budget() -> None:
    size = Size(dec("0.66"), dec("0.66"), dec("66.00"), Fraction(9999, 100))
    rules = RiskRules(targets_weights=(dec("1"), dec("1"), dec("1.2")))
    found = losses(size, levels(*THREE), rules=rules)
    assert sum(dec(loss) for _, loss in found) <= dec("66.00")
    tight = replace(size, per_lot=Fraction(100), lots=dec("0.66"), budget=dec("66.00"))
    assert sum(dec(loss) for _, loss in losses(tight, levels(*THREE))) == dec("66.00")


def test_a_volume_whose_cents_do_not_fit_becomes_a_little_smaller() -> None:
    size = Size(dec("0.66"), dec("0.66"), dec("220.88"), Fraction(334667, 1000))
    found = losses(size, levels(*THREE))
    assert [lots for lots, _ in found] == ["0.22", "0.22", "0.21"]
    assert sum(dec(loss) for _, loss in found) <= dec("220.88")


def test_or_one_order_where_nothing_smaller_is_possible() -> None:
    size = Size(dec("0.02"), dec("0.02"), dec("0.01"), Fraction(1, 2))
    assert losses(size, levels(*THREE)) == [("0.02", "0.01")]


def test_a_netting_account_gets_one_order_with_the_last_target() -> None:
    netting = account(margin_mode="RETAIL_NETTING")
    (leg,) = build_legs(levels(*THREE), EXACT, EURUSD, netting, RiskRules(), 30)
    assert (leg.lots, str(leg.tp)) == (dec("0.66"), "1.10900")
