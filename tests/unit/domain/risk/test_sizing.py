"""Volume from money: the worked examples, and every way in which there is none."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.levels import LevelPolicy, Levels, place_levels
from signalos_desktop.domain.risk.rules import OverMax, RiskBase, RiskMode, RiskRules
from signalos_desktop.domain.risk.sizing import (
    Size,
    base_money,
    ceil_cents,
    cost_per_lot,
    deviation_points,
    floor_lots,
    size_order,
    stop_loss_per_lot,
)
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side
from tests.unit.domain.samples import (
    EURUSD,
    EURUSD_QUOTE,
    GER40,
    USDJPY,
    XAUUSD,
    account,
    dec,
    order,
    quote,
)

TWO_PERCENT = RiskRules(percent=dec("2"), slippage_points=0)
CENT_ACCOUNT = account(currency="USC", balance=dec("100000"), equity=dec("100000"))


def levels_for(spec: SymbolSpec, live: Quote, side: Side, sl: str, **changes: Any) -> Levels:
    return place_levels(order(side, None, sl, (), **changes), side, spec, live, LevelPolicy())


def sized(
    spec: SymbolSpec,
    live: Quote,
    sl: str,
    rules: RiskRules = TWO_PERCENT,
    money: AccountState | None = None,
    side: Side = Side.BUY,
) -> Size | Refusal:
    levels = levels_for(spec, live, side, sl)
    return size_order(levels, spec, live, money or account(), rules, ZERO)


def lots(found: Size | Refusal) -> str:
    assert isinstance(found, Size)
    return str(found.lots)


def code(found: Size | Refusal) -> str:
    assert isinstance(found, Refusal)
    return found.code


# 100000 / 150 = 666.67 JPY tick value: 0.001 * 100000 / 150 USD.
JPY_TICK = str(dec("100") / 150)


@pytest.mark.parametrize(
    ("spec", "live", "sl", "money", "expected"),
    [
        pytest.param(
            EURUSD, EURUSD_QUOTE, "1.09700", account(), "0.66", id="EURUSD 30 pips, 2 % of 10 000"
        ),
        pytest.param(
            XAUUSD, quote("XAUUSD", "2399.9", "2400.0"), "2394.0", account(), "0.33", id="gold 6.00"
        ),
        pytest.param(
            GER40,
            quote("GER40", "18199.0", "18200.0", value="0.11"),
            "18140.0",
            account(),
            "3.0",
            id="GER40 60 points in EUR, EURUSD 1.10, step 0.1",
        ),
        pytest.param(
            USDJPY,
            quote("USDJPY", "150.000", "150.000", value=JPY_TICK),
            "149.500",
            account(),
            "0.59",
            id="USDJPY: at today's price 0.60 would lose 200.67",
        ),
        pytest.param(
            USDJPY,
            quote("USDJPY", "150.000", "150.000", value=str(dec("10000") / 150)),
            "149.500",
            CENT_ACCOUNT,
            "0.05",
            id="cent account: USC follow USD",
        ),
        pytest.param(
            EURUSD,
            quote("EURUSD", "1.09998", "1.10000", value="100"),
            "1.09700",
            CENT_ACCOUNT,
            "0.06",
            id="cent account: the tick value is in USC too",
        ),
    ],
)
def test_worked_examples(
    spec: SymbolSpec, live: Quote, sl: str, money: AccountState, expected: str
) -> None:
    assert lots(sized(spec, live, sl, money=money)) == expected


def test_the_loss_of_a_pair_in_account_currency_is_converted_at_the_stop() -> None:
    live = quote("USDJPY", "150.000", "150.000", value=JPY_TICK)
    for side, sl, expected in (
        (Side.BUY, "149.500", Fraction(50000) / Fraction("149.5")),
        (Side.SELL, "150.500", Fraction(50000) / Fraction("150.5")),
    ):
        exact = stop_loss_per_lot(side, dec("150.000"), dec(sl), USDJPY, live, "USD")
        assert exact is not None
        assert abs(exact - expected) < Fraction(1, 10**20)
    at_spot = stop_loss_per_lot(Side.BUY, dec("150"), dec("149.5"), USDJPY, live, "EUR")
    assert at_spot is not None
    assert abs(at_spot - Fraction(50000, 150)) < Fraction(1, 10**20)


def test_a_stop_in_profit_loses_nothing() -> None:
    for side, stop in ((Side.BUY, "1.10000"), (Side.BUY, "1.20000"), (Side.SELL, "1.0")):
        lost = stop_loss_per_lot(side, dec("1.1"), dec(stop), EURUSD, EURUSD_QUOTE, "USD")
        assert lost == 0


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_no_volume_without_a_tick_value(value: str) -> None:
    found = sized(EURUSD, quote("EURUSD", "1.09998", "1.10000", value=value), "1.09700")
    assert code(found) == "TICK_VALUE_UNAVAILABLE"


def test_no_volume_without_a_stop_or_beyond_it() -> None:
    unprotected = levels_for(EURUSD, EURUSD_QUOTE, Side.BUY, "0")
    found = size_order(unprotected, EURUSD, EURUSD_QUOTE, account(), TWO_PERCENT, ZERO)
    assert code(found) == "SL_REQUIRED"
    assert code(sized(EURUSD, EURUSD_QUOTE, "1.10000")) == "SL_WRONG_SIDE"


def test_below_the_smallest_volume_it_is_never_rounded_up() -> None:
    found = sized(EURUSD, EURUSD_QUOTE, "1.09700", money=account(balance=dec("100")))
    assert isinstance(found, Refusal)
    assert found.code == "RISK_BELOW_MIN_LOT"
    assert "0.0066 lots" in found.text
    assert "would risk 3.03 USD (3.03 %)" in found.text
    broke = sized(EURUSD, EURUSD_QUOTE, "1.09700", money=account(balance=ZERO))
    assert isinstance(broke, Refusal)
    assert "3.03 USD:" in broke.text


@pytest.mark.parametrize(
    ("spec", "rules", "held", "expected"),
    [
        (EURUSD, replace(TWO_PERCENT, max_lots=dec("0.5")), "0", "0.50"),
        (replace(EURUSD, volume_max=dec("0.3")), TWO_PERCENT, "0", "0.30"),
        (replace(EURUSD, volume_limit=dec("1")), TWO_PERCENT, "0.45", "0.55"),
        (replace(EURUSD, volume_limit=dec("1")), TWO_PERCENT, "0.10", "0.66"),
    ],
)
def test_a_volume_above_the_largest_is_cut(
    spec: SymbolSpec, rules: RiskRules, held: str, expected: str
) -> None:
    levels = levels_for(spec, EURUSD_QUOTE, Side.BUY, "1.09700")
    found = size_order(levels, spec, EURUSD_QUOTE, account(), rules, dec(held))
    assert lots(found) == expected
    assert isinstance(found, Size)
    assert bool(found.notes) is (expected != "0.66")


def test_or_refused_where_the_setting_says_so_or_nothing_is_left() -> None:
    deny = replace(TWO_PERCENT, max_lots=dec("0.5"), over_max=OverMax.DENY)
    assert code(sized(EURUSD, EURUSD_QUOTE, "1.09700", deny)) == "VOLUME_ABOVE_MAX"
    full = replace(EURUSD, volume_limit=dec("1"))
    levels = levels_for(full, EURUSD_QUOTE, Side.BUY, "1.09700")
    found = size_order(levels, full, EURUSD_QUOTE, account(), TWO_PERCENT, dec("1"))
    assert code(found) == "VOLUME_ABOVE_MAX"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (replace(TWO_PERCENT, mode=RiskMode.MONEY, money=dec("160")), "0.52"),
        (replace(TWO_PERCENT, mode=RiskMode.FIXED, fixed_lots=dec("0.257")), "0.25"),
        (replace(TWO_PERCENT, commission_per_lot=dec("5")), "0.66"),
        (replace(TWO_PERCENT, slippage_points=10), "0.64"),
        (replace(TWO_PERCENT, slippage_points=100), "0.60"),
    ],
)
def test_modes_and_costs(rules: RiskRules, expected: str) -> None:
    assert lots(sized(EURUSD, EURUSD_QUOTE, "1.09700", rules)) == expected


def test_commission_counts_for_both_sides() -> None:
    known, unknown = replace(EURUSD, commission=dec("3.5")), replace(EURUSD, commission=None)
    allowance = replace(TWO_PERCENT, commission_per_lot=dec("4"))
    for spec, cost in ((known, 310), (unknown, 311)):
        levels = levels_for(spec, EURUSD_QUOTE, Side.BUY, "1.09700")
        stop = dec("1.09700")
        assert cost_per_lot(levels, stop, spec, EURUSD_QUOTE, "USD", allowance) == cost
    found = sized(unknown, EURUSD_QUOTE, "1.09700", allowance)
    assert isinstance(found, Size)
    assert "commission not known: 4 USD a lot and side assumed" in found.notes


def test_a_cross_says_that_it_is_converted_at_todays_rate() -> None:
    found = sized(EURUSD, EURUSD_QUOTE, "1.09700", money=account(currency="GBP"))
    assert isinstance(found, Size)
    assert found.notes == ("loss in USD converted to GBP at today's rate",)


def test_what_percentages_are_taken_of() -> None:
    money = account(balance=dec("10000"), equity=dec("9000"))
    expected = {"min": "9000", "equity": "9000", "balance": "10000", "fixed": "500"}
    for name, amount in expected.items():
        rules = RiskRules(base=RiskBase(name), base_money=dec("500"))
        assert base_money(money, rules) == dec(amount)


def test_slippage_is_a_hundredth_to_a_tenth_of_the_distance_and_none_for_resting_orders() -> None:
    rules = RiskRules(slippage_points=50)
    market = levels_for(EURUSD, EURUSD_QUOTE, Side.BUY, "1.09700")
    assert deviation_points(market, EURUSD, rules) == 30
    assert deviation_points(market, EURUSD, RiskRules(slippage_points=5)) == 5
    assert deviation_points(market, EURUSD, RiskRules(slippage_points=0)) == 3
    resting = replace(market, order_type=OrderType.LIMIT)
    assert deviation_points(resting, EURUSD, rules) == 0
    assert deviation_points(replace(market, sl=None), EURUSD, rules) == 0


def test_rounding_goes_to_the_safe_side() -> None:
    assert ceil_cents(Fraction(1, 3), 2) == dec("0.34")
    assert ceil_cents(Fraction(200), 2) == dec("200.00")
    assert floor_lots(Fraction(2, 3), dec("0.01")) == dec("0.66")
    assert floor_lots(Fraction(3, 10), dec("0.1")) == dec("0.3")
