"""Which readings may become a trade."""

import pytest

from signalos_desktop.domain.signal import Kind, Problem, Reading
from tests.unit.domain.samples import order

ORDERS = (order(),)


@pytest.mark.parametrize(
    ("reading", "tradable"),
    [
        (Reading(Kind.OPEN, ORDERS), True),
        (Reading(Kind.OPEN), False),
        (Reading(Kind.UPDATE, ORDERS), False),
        (Reading(Kind.OPEN, ORDERS, problems=(Problem("no_symbol", "which one?"),)), False),
    ],
)
def test_only_a_complete_order_without_problems(reading: Reading, tradable: bool) -> None:
    assert reading.tradable is tradable
