"""The order of many rows is that of sorted(), by whatever way it is found."""

import random

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
