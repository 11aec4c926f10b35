"""Prices, zones, shorthand and the problems of single orders."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import OrderType, Zone
from signalos_desktop.domain.values import Side
from tests.unit.domain.parsing.reading import order, prices, problems, zone


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("gold buy 2650-55 sl 2640", zone("2650", "2655")),
        ("gold buy 2698/02 sl 2690", zone("2698", "2702")),
        ("eurusd buy 1.0850/35 sl 1.0800", zone("1.0835", "1.0850")),
        ("eurusd buy 1.0850-1.0835 sl 1.0800", zone("1.0835", "1.0850")),
        ("us30 sell 43,210 sl 43,330", zone("43210")),
        ("us30 sell 43.210 sl 43.330", zone("43210")),
        ("btc buy 64 250 sl 63 100", zone("64250")),
        ("btc buy 64.5k sl 63k", zone("64500")),
        ("gold buy 2650 (2640) sl 2630", zone("2640", "2650")),
        ("gold buy 2650 (0.02) sl 2630", zone("2650")),
        ("buy gold 2650, buy 2640, sl 2630", zone("2640", "2650")),
        ("kiwi long .6120 sl .6090", zone("0.6120")),
        ("gold buy 2650\nentry 2650 sl 2640", zone("2650")),
        ("gold buy 2652\nentry zone 2650-2655 sl 2640", zone("2650", "2655")),
        ("gold buy 2652, 2nd entry 2648, sl 2640", zone("2648", "2652")),
    ],
)
def test_entries(text: str, entry: Zone) -> None:
    assert order(text).entry == entry


@pytest.mark.parametrize(
    ("text", "sl", "tps"),
    [
        ("gold buy 2651 sl 44 tp 60 72", "2644", ("2660", "2672")),
        ("gold buy 2698 sl 90 tp 05", "2690", ("2705",)),
        ("gold sell 2690.5 sl 98.5 tp 82", "2698.5", ("2682",)),
        ("eurusd buy 1.0880 sl 50 tp 940", "1.0850", ("1.0940",)),
        ("eurusd buy 1.0880 sl .0850 tp .0940", "1.0850", ("1.0940",)),
        ("gold sell sl 2698 tp 2680", "2698", ("2680",)),
    ],
)
def test_shorthand_needs_a_full_price(text: str, sl: str, tps: tuple[str, ...]) -> None:
    reading = order(text)

    assert (reading.sl, reading.tps) == (Decimal(sl), prices(*tps))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gold buy 2650 sl 2660 tp 2670", "sl_wrong_side"),
        ("gold buy 2650 sl 2640 tp 2645", "tp_wrong_side"),
        ("gold buy sl 2660 tp 2645", "tp_wrong_side"),
        ("gold buy 2650 sl 2640 tp 26600", "price_outlier"),
        ("gold buy 26500 sl 2640 tp 2660", "price_outlier"),
        ("gold buy 1'2345", "malformed"),
        ("gold buy 2650 sl 1'2345", "malformed"),
        ("gold buy 2650.5.5 sl 2640", "malformed"),
        ("eurusd buy 1.0880 sl 10850 tp 1.0940", "missing_decimal"),
        ("gold buy sl 40 tp 60", "ambiguous_number"),
        ("gold buy 2650 sl 70 tp 2660", "ambiguous_number"),
        ("gold buy 2650-10 sl 2640", "ambiguous_number"),
        ("gold buy 2650 sl 4 tp 2660", "ambiguous_number"),
        ("us30 sell 39676.4 sl 120", "ambiguous_number"),
        ("gold buy 2650 sl 2640 sl 2635 tp 2660", "multiple_sl"),
        ("gold buy 2650 sl 2640 2635 tp 2660", "multiple_sl"),
        ("gold buy 2650 sl 30 pips sl 40 pips", "multiple_sl"),
        ("gold buy 2650 sl: -2640 tp 2660", "negative_price"),
        ("gold buy 2650 → 2660", "malformed"),
        ("gold buy 2650 2640 2660", "malformed"),
        ("gold buy 2650 sl 2640 tp 40 100", "ambiguous_number"),
        ("gold buy\n2650\n2640\n2660", "malformed"),
        ("gold eurusd buy 2650", "symbol_conflict"),
        ("gold buy sell 2650", "side_conflict"),
        ("gold stop buy limit 2650", "entry_conflict"),
        ("gold current price 2652 buy limit 2640 sl 2630", "entry_conflict"),
        ("gold buy 2655\nentry 2710\nsl 2647 tp 2725", "entry_conflict"),
        ("eurusd buy 1.0800, entry: 1.0850", "entry_conflict"),
        ("gold buy\nsl to 2640\ntp to 2660", "unclear"),
        ("gold buy limit sl 2640", "pending_without_price"),
        ("gold buy 2650 schutz 2640 tp 2660", "unread_number"),
        ("gold sell sl 2698 schutz 2680", "unread_number"),
        ("gold buy now schutz 2640", "unread_number"),
    ],
)
def test_what_contradicts_is_for_review(text: str, code: str) -> None:
    assert code in problems(text)


def test_a_number_far_from_any_price_is_no_stray_level() -> None:
    assert order("gold buy 2650 since 150").entry == zone("2650")


@pytest.mark.parametrize(
    ("text", "order_type"),
    [
        ("gold buy limit 2640", OrderType.LIMIT),
        ("gold buy stop 2640", OrderType.STOP),
        ("stop buy gold 2640", OrderType.STOP),
        ("gold buy 2640", OrderType.UNSPECIFIED),
        ("gold buy", OrderType.MARKET),
        ("gold buy now 2640", OrderType.MARKET),
        ("gold buy above 2640", OrderType.STOP),
        ("gold buy below 2640", OrderType.LIMIT),
        ("gold sell above 2640", OrderType.LIMIT),
        ("gold sell below 2640", OrderType.STOP),
        ("sl 2630 tp 2660 limit buy gold 2640", OrderType.LIMIT),
    ],
)
def test_order_types_only_as_written(text: str, order_type: OrderType) -> None:
    assert order(text).order_type is order_type


def test_pips_ratios_open_targets_and_leverage_stay_what_they_are() -> None:
    reading = order("btc buy 64250 sl 500 points tp 1:2 rr tp open leverage 5-10x")

    assert (reading.sl, reading.sl_pips) == (None, Decimal(500))
    assert (reading.tps, reading.tp_rr) == ((), prices("2"))
    assert reading.tp_open
    assert reading.leverage == prices("5", "10")


@pytest.mark.parametrize(
    "text",
    [
        "gold buy 2650 sl 2640 tp 2660 (+100 pips)",
        "gold buy 2650 sl 2640 tp 2660 +100 pips",
        "gold buy 2650 sl 2640 tp 2660 rr 1:1",
        "gold buy 2650 sl 2640 (100 pips) tp 2660",
        "🎯 2660 🛑 2640 gold buy 2650",
        "gold buy 2650\n2640 sl\n2660 tp",
        "gold buy 2650, 2640 sl, 2660 tp1",
        "let it run? no. gold buy 2650 sl 2640 tp 2660 open account here",
    ],
)
def test_the_same_levels_in_other_clothes(text: str) -> None:
    reading = read(text).orders[0]

    assert (reading.sl, reading.tps) == (Decimal(2640), prices("2660"))
    assert reading.side is Side.BUY


def test_a_stated_runner_needs_no_label() -> None:
    assert order("gold buy 2650 sl 2640, let it run").tp_open
    assert order("let it run\ngold buy 2650 sl 2640").tp_open is False


def test_two_orders_with_their_types() -> None:
    text = (
        "eurusd buy limit 1.0850 sl 1.0820 tp 1.0900 limit sell gbpusd 1.2720 sl 1.2750 tp 1.2660"
    )

    first, second = read(text).orders

    assert (first.symbol, first.order_type) == ("EURUSD", OrderType.LIMIT)
    assert (second.symbol, second.side, second.order_type) == ("GBPUSD", Side.SELL, OrderType.LIMIT)


def test_one_symbol_and_side_named_again_and_again_is_one_order() -> None:
    assert order("gold " * 20 + "buy " * 20 + "2650 sl 2640 tp 2660").sl == Decimal(2640)


def test_rows_of_a_table_and_other_lines_below_it() -> None:
    text = "pair side entry sl tp lots\neurusd buy 1.0880 1.0850 1.0940 0.10\nmanage your risk 1%"

    reading = order(text)

    assert (reading.entry, reading.sl) == (zone("1.0880"), Decimal("1.0850"))
    assert reading.tps == prices("1.0940")


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("SOLUSDT buy 182.4 sl 176 tp=190,198", ("190", "198")),
        ("SOLUSDT buy 182.4 sl 176 tp 190,19", ("190.19",)),
        ("Gold buy 2650 SL. 2640 TP.1 2660 TP.2 2670", ("2660", "2670")),
        ("usdjpy sell 147.50 sl147.90 tp1.147.10 tp2.146.70", ("147.10", "146.70")),
        ("Gold buy 2650\nStop 2640\nProfit 1 → 2660\nProfit 2 → 2670", ("2660", "2670")),
    ],
)
def test_targets_in_odd_spellings(text: str, targets: tuple[str, ...]) -> None:
    assert order(text).tps == prices(*targets)


def test_numbered_limits_below_the_side_are_one_zone() -> None:
    assert order("XAUUSD sell limit\n1) 2660\n2) 2668\nSL 2675").entry == zone("2660", "2668")


def test_a_warning_before_a_bare_order_is_talk() -> None:
    assert read("Sorry, gold buy now").orders == ()


def test_arrows_behind_the_entry_lead_to_targets() -> None:
    assert order("Sell gold 2650 → 2640 → 2630, stop 2658").tps == prices("2640", "2630")


@pytest.mark.parametrize(
    "text",
    [
        "Buy gold 2650 → 2640 → 2630, stop 2645",
        "Sell gold 2650 → 2640, stop 2658",
        "Sell gold 2650 → 2640 → 2630",
    ],
)
def test_arrows_that_lead_elsewhere_are_for_review(text: str) -> None:
    assert "malformed" in problems(text)


def test_a_level_that_found_no_place_is_for_review() -> None:
    assert problems("Gold buy SL under the low 2640") == {"unread_number"}
    assert problems("Gold buy 2650 SL 2640 TP 2665, extra 2680") == {"unread_number"}


@pytest.mark.parametrize("text", ["Gold sell SL 2658 instead", "EURUSD buy SL 1.0840 from now"])
def test_a_stop_alone_with_words_behind_it_is_for_review(text: str) -> None:
    assert problems(text) == {"unclear"}
