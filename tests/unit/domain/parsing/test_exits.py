"""A coin bought and sold in one message: a trade and its targets, or two sides."""

import pytest

from tests.unit.domain.parsing.reading import order, prices, problems, zone


def test_the_sale_above_a_coins_purchase_is_its_target() -> None:
    reading = order("Buy SOL/USDT at 142.5, sell at 150 and 158, stop 136")

    assert (reading.entry, reading.tps) == (zone("142.5"), prices("150", "158"))
    assert (reading.sl,) == prices("136")


@pytest.mark.parametrize(
    "text",
    [
        "Buy SOL/USDT at 142.5, sell at 130, stop 136",
        "Buy SOL/USDT at 142.5, sell at 150, stop 145",
        "Buy SOL/USDT at 142.5, sell at 150 and 1586000000, stop 136",
        "Sell SOL/USDT at 142.5, buy at 130, stop 150",
        "Buy gold at 2650, sell at 2670, stop 2640",
    ],
)
def test_other_pairs_of_sides_conflict(text: str) -> None:
    assert "side_conflict" in problems(text)
