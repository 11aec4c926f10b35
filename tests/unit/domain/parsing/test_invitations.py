"""A first person's setup one is asked to copy is an order; without the asking it is a tale."""

import pytest

from signalos_desktop.domain.parsing import read
from signalos_desktop.domain.signal import Kind
from signalos_desktop.domain.values import Side
from tests.unit.domain.parsing.reading import order


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Entered gold buy 2650, SL 2640, TP 2670 - join in", Side.BUY),
        ("Ich habe Gold bei 2650 gekauft, SL 2640, TP 2670, bitte nachmachen", Side.BUY),
        ("J'ai vendu l'or à 2650, SL 2660, TP 2640, suivez-moi", Side.SELL),
        ("I am short gold 2650, SL 2660, TP 2640, copy me", Side.SELL),
    ],
)
def test_an_invitation_makes_it_an_order(text: str, side: Side) -> None:
    assert order(text).side is side


@pytest.mark.parametrize(
    "text",
    [
        "Ich habe Gold bei 2650 gekauft, SL 2640, TP 2670",
        "Entered gold at 2650, SL 2640, TP 2670, follow me",
        "I bought gold at 2650 yesterday, SL 2640, TP 2670, copy me next time",
        "We took 2650 on gold, follow me",
        "Members bought gold at 2650, SL 2640, TP 2670, follow me for more",
        "She bought gold at 2650, SL 2640, TP 2670, copy it",
    ],
)
def test_no_invitation_no_side_or_a_result_leave_a_tale(text: str) -> None:
    reading = read(text)

    assert reading.kind is Kind.NONE or reading.problems
