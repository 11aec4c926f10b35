"""The order of many rows is that of sorted(), by whatever way it is found."""

import random
from decimal import Decimal

import pytest

from signalos_desktop.ui.models.rows import sorted_places

RNG = random.Random(4)
FLOATS = [float(RNG.randrange(200)) for _ in range(6000)]
MIXED: list[float | int | str] = [1.5, *range(6000)]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    "keys",
    [
        FLOATS,
        FLOATS[:100],
        [str(key) for key in FLOATS],
        [int(key) for key in FLOATS],
        MIXED,
        [float(1 << 60), *map(float, range(6000))],
        [],
    ],
    ids=["floats", "few", "texts", "whole", "mixed", "large", "none"],
)
def test_places_are_those_of_sorted(keys: list[float | int | str], descending: bool) -> None:
    wanted = sorted(range(len(keys)), key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
    assert sorted_places(keys, descending) == wanted


def test_what_is_no_number_loses_no_row() -> None:
    keys = [*FLOATS, float("nan")]
    assert sorted(sorted_places(keys, False)) == list(range(len(keys)))


@pytest.mark.parametrize("count", [20, 6000])
@pytest.mark.parametrize("descending", [False, True])
def test_amounts_stand_by_their_value_and_those_that_are_none_lowest(
    count: int, descending: bool
) -> None:
    amounts = [Decimal(number) / 100 for number in range(count)]
    RNG.shuffle(amounts)
    keys = [Decimal("NaN"), *amounts, Decimal("sNaN")]
    in_order = [keys[place] for place in sorted_places(keys, descending)]
    assert [key for key in in_order if key.is_finite()] == sorted(amounts, reverse=descending)
    lowest = in_order[-2:] if descending else in_order[:2]
    assert not any(key.is_finite() for key in lowest)
    assert sorted_places(amounts, descending) == sorted(
        range(count), key=amounts.__getitem__, reverse=descending
    )
