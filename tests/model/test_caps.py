"""Five signals, cap two: the reservation alone and the EA's count alone both hold the cap."""

from dataclasses import replace

import pytest

from tests.model.caps import Caps, exceeded

RESERVATION_ALONE = Caps(ea_counts=False)
EA_ALONE = Caps(reserves=False)


@pytest.mark.parametrize("caps", [Caps(), RESERVATION_ALONE, EA_ALONE])
def test_either_defence_holds_the_cap(caps: Caps) -> None:
    assert exceeded(caps) == ()


def test_without_both_the_cap_is_exceeded() -> None:
    trace = exceeded(Caps(reserves=False, ea_counts=False))

    assert sorted(trace) == sorted(["the app accepts", "the EA fills"] * 3)


@pytest.mark.parametrize(
    "weaker",
    [replace(RESERVATION_ALONE, unclear_counts=False), replace(RESERVATION_ALONE, freed_after=1)],
)
def test_a_reservation_freed_too_early_holds_nothing(weaker: Caps) -> None:
    """Without the outcomes that are unknown; or freed by a snapshot that is older than the fill."""
    assert exceeded(weaker)
