"""A reading and the live price become the prices that are sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.levels import (
    LevelField,
    LevelPolicy,
    Levels,
    TargetPolicy,
    ZonePick,
    pip_size,
    place_levels,
)
from signalos_desktop.domain.signal import OrderReading, OrderType
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side
from tests.unit.domain.samples import EURUSD, GER40, USDJPY, XAUUSD, dec, order, quote

BUY, SELL = Side.BUY, Side.SELL
MARKET, LIMIT, STOP = OrderType.MARKET, OrderType.LIMIT, OrderType.STOP
UNSPECIFIED = OrderType.UNSPECIFIED
SELL_SL, SELL_TP = "1.10300", ("1.09400",)


def place(reading: OrderReading, live: Quote | None = None, **policy: object) -> Levels:
    """On EURUSD at 1.09998 / 1.10000."""
    assert reading.side is not None
    chosen = LevelPolicy(**policy)  # type: ignore[arg-type]  # a test's keyword arguments
    live = live or quote("EURUSD", "1.09998", "1.10000")
    return place_levels(reading, reading.side, EURUSD, live, chosen)


def codes(levels: Levels) -> list[str]:
    return [problem.code for problem in levels.problems]


@pytest.mark.parametrize(
    ("spec", "size"), [(EURUSD, "0.0001"), (USDJPY, "0.01"), (XAUUSD, "0.01"), (GER40, "0.1")]
)
def test_pip_is_ten_points_with_three_or_five_digits(spec: object, size: str) -> None:
    assert pip_size(spec) == dec(size)  # type: ignore[arg-type]  # one of the samples


# The S/L is 30 pips from 1.10000; a quarter of the distance from the entry to it may be lost.
@pytest.mark.parametrize(
    ("side", "asked", "entry", "taken", "price"),
    [
        (BUY, MARKET, None, MARKET, "1.10000"),
        (BUY, UNSPECIFIED, None, MARKET, "1.10000"),
        (BUY, MARKET, "1.09900", MARKET, "1.10000"),
        (BUY, UNSPECIFIED, "1.10000", MARKET, "1.10000"),
        (BUY, UNSPECIFIED, "1.10100", MARKET, "1.10000"),
        (BUY, UNSPECIFIED, "1.09950", MARKET, "1.10000"),
        (BUY, UNSPECIFIED, "1.09940", MARKET, "1.10000"),
        (BUY, UNSPECIFIED, "1.09939", LIMIT, "1.09939"),
        (BUY, UNSPECIFIED, "1.09900", LIMIT, "1.09900"),
        (BUY, LIMIT, "1.09950", LIMIT, "1.09950"),
        (BUY, LIMIT, "1.10000", MARKET, "1.10000"),
        (BUY, LIMIT, "1.10020", MARKET, "1.10000"),
        (BUY, STOP, "1.10050", STOP, "1.10050"),
        (BUY, STOP, "1.09950", MARKET, "1.10000"),
        (SELL, MARKET, None, MARKET, "1.09998"),
        (SELL, UNSPECIFIED, "1.09998", MARKET, "1.09998"),
        (SELL, UNSPECIFIED, "1.09900", MARKET, "1.09998"),
        (SELL, UNSPECIFIED, "1.10050", MARKET, "1.09998"),
        (SELL, UNSPECIFIED, "1.10100", LIMIT, "1.10100"),
        (SELL, LIMIT, "1.10050", LIMIT, "1.10050"),
        (SELL, LIMIT, "1.09980", MARKET, "1.09998"),
        (SELL, STOP, "1.09900", STOP, "1.09900"),
        (SELL, STOP, "1.10050", MARKET, "1.09998"),
    ],
)
def test_which_order_a_price_becomes(
    side: Side, asked: OrderType, entry: str | None, taken: OrderType, price: str
) -> None:
    sl, tps = ("1.09700", ("1.10600",)) if side is BUY else (SELL_SL, SELL_TP)
    levels = place(order(side, entry, sl, tps, asked))
    assert (levels.order_type, levels.price) == (taken, dec(price))
    assert levels.anchor == dec(entry or price)
    assert not levels.problems
    changed = asked is not taken and entry is not None
    assert bool(levels.notes) is changed


@pytest.mark.parametrize(
    ("side", "asked", "entry", "action"),
    [
        (BUY, MARKET, None, CommandAction.BUY),
        (SELL, LIMIT, "1.10050", CommandAction.SELL_LIMIT),
        (BUY, STOP, "1.10050", CommandAction.BUY_STOP),
    ],
)
def test_action(side: Side, asked: OrderType, entry: str | None, action: CommandAction) -> None:
    sl, tps = ("1.09700", ("1.10600",)) if side is BUY else (SELL_SL, SELL_TP)
    assert place(order(side, entry, sl, tps, asked)).action is action


def test_a_limit_far_past_the_price_is_not_taken_for_something_else() -> None:
    levels = place(order(BUY, "1.10300", "1.10000", ("1.10600",), LIMIT))
    assert codes(levels) == ["ENTRY_WRONG_SIDE"]
    assert "BUY LIMIT 1.10300 is above the live price 1.10000" in levels.problems[0].text
    levels = place(order(SELL, "1.09700", "1.10000", ("1.09400",), LIMIT))
    assert "SELL LIMIT 1.09700 is below the live price 1.09998" in levels.problems[0].text


@pytest.mark.parametrize("asked", [LIMIT, STOP])
def test_a_pending_order_needs_its_price(asked: OrderType) -> None:
    levels = place(order(type_=asked))
    assert codes(levels) == ["ENTRY_MISSING"]
    assert levels.problems[0].field is LevelField.ENTRY


@pytest.mark.parametrize(
    ("side", "pick", "target"),
    [
        (BUY, ZonePick.FIRST, "1.09800"),
        (BUY, ZonePick.MIDDLE, "1.09750"),
        (BUY, ZonePick.LAST, "1.09700"),
        (SELL, ZonePick.FIRST, "1.10200"),
        (SELL, ZonePick.MIDDLE, "1.10250"),
        (SELL, ZonePick.LAST, "1.10300"),
    ],
)
def test_a_zone_is_entered_where_the_policy_says(side: Side, pick: ZonePick, target: str) -> None:
    zone = ("1.09700", "1.09800") if side is BUY else ("1.10200", "1.10300")
    sl, tps = ("1.09500", ("1.10600",)) if side is BUY else ("1.10500", SELL_TP)
    levels = place(order(side, zone, sl, tps), zone=pick)
    assert (levels.order_type, levels.price) == (LIMIT, dec(target))


def test_inside_a_zone_the_market_is_taken() -> None:
    levels = place(order(BUY, ("1.09950", "1.10050")))
    assert (levels.order_type, levels.price) == (MARKET, dec("1.10000"))


def test_pips_and_ratios_are_measured_from_the_entry_that_was_asked_for() -> None:
    reading = order(
        BUY,
        "1.09900",
        None,
        (),
        tp_pips=(dec("40"),),
        tp_rr=(dec("1"), dec("3")),
        sl_pips=dec("30"),
    )
    levels = place(reading)
    assert levels.sl == dec("1.09600")
    assert levels.targets == (dec("1.10200"), dec("1.10300"), dec("1.10800"))
    assert levels.asked_distance == dec("0.00300")
    assert any("30 pips = 0.003 in price, 1.09600" in note for note in levels.notes)


def test_pips_without_an_entry_are_measured_from_the_live_price() -> None:
    levels = place(order(SELL, None, None, (), sl_pips=dec("30"), tp_rr=(dec("2"),)))
    assert (levels.sl, levels.targets) == (dec("1.10298"), (dec("1.09398"),))
    assert levels.distance == dec("0.00300")


def test_ratios_need_a_stop_loss() -> None:
    levels = place(order(BUY, None, None, (), tp_rr=(dec("2"),)))
    assert (levels.sl, levels.distance, levels.asked_distance) == (None, None, None)
    assert levels.targets == (None,)


@pytest.mark.parametrize(
    ("tps", "tp_open", "policy", "targets"),
    [
        (("1.10600", "1.10300"), False, TargetPolicy.ALL, ["1.10300", "1.10600"]),
        (("1.10600", "1.10300", "1.10300"), False, TargetPolicy.ALL, ["1.10300", "1.10600"]),
        (("1.10600", "1.10300"), False, TargetPolicy.FIRST, ["1.10300"]),
        (("1.10600", "1.10300"), False, TargetPolicy.LAST, ["1.10600"]),
        (("1.10300",), True, TargetPolicy.ALL, ["1.10300", None]),
        (("1.10300",), True, TargetPolicy.LAST, [None]),
        ((), True, TargetPolicy.ALL, [None]),
        ((), False, TargetPolicy.FIRST, [None]),
    ],
)
def test_one_target_for_each_leg(
    tps: tuple[str, ...], tp_open: bool, policy: TargetPolicy, targets: list[str | None]
) -> None:
    levels = place(order(tps=tps, tp_open=tp_open), targets=policy)
    assert levels.targets == tuple(None if tp is None else Decimal(tp) for tp in targets)


def test_the_targets_of_a_sell_are_nearest_first() -> None:
    levels = place(order(SELL, None, SELL_SL, ("1.09400", "1.09700")))
    assert levels.targets == (dec("1.09700"), dec("1.09400"))


def test_levels_on_the_wrong_side_are_refused_with_the_numbers() -> None:
    levels = place(order(BUY, "1.10000", "1.10300", ("1.09000", "1.08000")))
    assert codes(levels) == ["SL_WRONG_SIDE", "TP_WRONG_SIDE"]
    assert levels.problems[0].text.startswith("BUY entry 1.10000, S/L 1.10300")
    assert levels.problems[1].text.startswith("BUY entry 1.10000, T/P 1.08000")
    levels = place(order(SELL, "1.10000", "1.10000", ("1.10500",)))
    assert codes(levels) == ["SL_WRONG_SIDE", "TP_WRONG_SIDE"]


def test_zero_is_no_level() -> None:
    assert place(order(sl="0")).sl is None
    assert place(order(sl=None, sl_pips=dec("99999"))).sl is None
    assert codes(place(order(SELL, None, SELL_SL, ("0",)))) == ["TP_WRONG_SIDE"]


def test_prices_off_the_tick_grid_are_rounded_and_it_is_said() -> None:
    spec = replace(XAUUSD, tick_size=dec("0.05"))
    reading = order(BUY, "2400.03", "2390.01", ("2410.04",))
    levels = place_levels(reading, BUY, spec, quote("XAUUSD", "2399.90", "2400.00"), LevelPolicy())
    assert (levels.anchor, levels.sl, levels.targets) == (
        dec("2400.05"),
        dec("2390.00"),
        (dec("2410.05"),),
    )
    assert "S/L 2390.01 -> 2390.00 (tick size)" in levels.notes


def near(reading: OrderReading, level: int = 100) -> list[tuple[LevelField, str]]:
    """Problems with a stops level of 10 pips."""
    assert reading.side is not None
    spec = replace(EURUSD, stops_level=level)
    live = quote("EURUSD", "1.09990", "1.10000")
    found = place_levels(reading, reading.side, spec, live, LevelPolicy()).problems
    return [(problem.field, problem.code) for problem in found]


def test_the_brokers_least_distance_is_measured_on_the_exit_price() -> None:
    assert near(order(sl="1.09890")) == []
    assert near(order(sl="1.09891")) == [(LevelField.SL, "STOPS_LEVEL")]
    assert near(order(tps=("1.10089",))) == [(LevelField.TP, "STOPS_LEVEL")]
    assert near(order(tps=())) == []


def test_the_brokers_least_distance_of_a_resting_order() -> None:
    assert near(order(BUY, "1.09900", type_=LIMIT)) == []
    found = near(order(BUY, "1.09901", "1.09802", type_=LIMIT))
    assert found == [(LevelField.SL, "STOPS_LEVEL"), (LevelField.ENTRY, "STOPS_LEVEL")]
