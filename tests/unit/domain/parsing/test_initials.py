"""Single letters that stand for a side or a level, by their place."""

from decimal import Decimal

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import Kind, OrderType
from signalos_desktop.domain.values import Side
from tests.unit.domain.parsing.reading import order, prices, zone


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("symbol=XAUUSD;side=s;entry=2655;sl=2663;tp=2640", Side.SELL),
        ("dir: b\nXAUUSD 2655\nsl 2640\ntp 2670", Side.BUY),
        ("dir: l\nXAUUSD 2655\nsl 2640\ntp 2670", Side.BUY),
        ("XAUUSD | B | entry 2655 | sl 2640 | tp 2670", Side.BUY),
        ("gold s 2655 sl 2663 tp 2640", Side.SELL),
    ],
)
def test_a_letter_for_the_side(text: str, side: Side) -> None:
    assert order(text).side is side


def test_a_letter_beside_an_order_type() -> None:
    both = read("gold\nB.LIMIT 2640 sl 2632 tp 2655\nS LIMIT 2670 sl 2678 tp 2655").orders

    assert [(o.side, o.order_type) for o in both] == [
        (Side.BUY, OrderType.LIMIT),
        (Side.SELL, OrderType.LIMIT),
    ]


def test_levels_by_their_first_letters() -> None:
    reading = order("GBPUSD short\ne: 1.3340\ns: 1.3370\nt: 1.3280")

    assert reading.entry == zone("1.3340")
    assert (reading.sl, reading.tps) == (Decimal("1.3370"), prices("1.3280"))


def test_in_and_out() -> None:
    reading = order("ADAUSDT LONG\nIN 0.5820\nOUT 0.6050 / 0.6300\nSL 0.5600")

    assert (reading.entry, reading.tps) == (zone("0.5820"), prices("0.6050", "0.6300"))


def test_blanks_around_the_slash_of_a_label() -> None:
    reading = order("XAUUSD buy 2650\nS / L: 2640\nT / P: 2665")

    assert (reading.sl, reading.tps) == (Decimal(2640), prices("2665"))


@pytest.mark.parametrize(
    "text", ["gold s", "b gold 2650", "gold l limit 2650 sl 2640 tp 2660", "dir: s 2650 gold"]
)
def test_other_letters_name_no_side(text: str) -> None:
    reading = read(text)

    assert reading.kind is Kind.NONE or reading.problems
