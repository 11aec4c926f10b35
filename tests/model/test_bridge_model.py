"""The whole design keeps every invariant in every scenario; without a defence one breaks."""

from dataclasses import fields

import pytest

from tests.model.design import Design
from tests.model.scenarios import LIMITS, LONG, SCENARIOS, SHORT
from tests.model.search import search
from tests.model.simple_bridges import SECOND_LINES, SIMPLE_BRIDGES
from tests.model.state import Bounds, Case
from tests.model.variants import VARIANTS

DESIGN = Design()
ALL_VARIANTS = VARIANTS | SIMPLE_BRIDGES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`--model=long`: every scenario with more troubles at once, and without the reduction."""
    if "scenario" in metafunc.fixturenames:
        chosen = LONG if metafunc.config.getoption("--model") == "long" else SHORT
        metafunc.parametrize("scenario", chosen.values(), ids=chosen.keys())


def test_the_design_keeps_every_invariant(scenario: Bounds, request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--model") == "long"

    found = search(Case(DESIGN, scenario), reduce=not long)

    assert not found.broken, str(found)


@pytest.mark.parametrize(
    ("key", "breaks"), [(key, text) for key, v in ALL_VARIANTS.items() for text in v.breaks]
)
def test_without_a_defence_an_invariant_breaks(key: str, breaks: str) -> None:
    variant = ALL_VARIANTS[key]

    found = search(Case(variant.design, SCENARIOS[variant.scenario]), breaks)

    assert found.broken.startswith(breaks), f"{key} {variant.what}: expected {breaks}, {found}"
    assert found.trace


def test_every_defence_is_removed_by_a_variant() -> None:
    removed = {
        one.name
        for variant in ALL_VARIANTS.values()
        for one in fields(Design)
        if getattr(variant.design, one.name) != getattr(DESIGN, one.name)
    }

    assert removed == {one.name for one in fields(Design)}


@pytest.mark.parametrize("design", SECOND_LINES.values(), ids=SECOND_LINES.keys())
def test_behind_some_defences_stands_a_second_one(design: Design) -> None:
    found = search(Case(design, SHORT["crash"]))

    assert not found.broken, str(found)


@pytest.mark.parametrize(("bounds", "broken"), LIMITS.values(), ids=LIMITS.keys())
def test_the_limits_of_the_design_are_known(bounds: Bounds, broken: str) -> None:
    found = search(Case(DESIGN, bounds))

    assert found.broken == broken, str(found)


@pytest.mark.parametrize("key", ["H3", "H4", "H8", "H14", "M5", "M12", "M14", "M17", "M22", "M23"])
def test_the_reduction_hides_no_violation(key: str) -> None:
    """With it and without it the same invariant breaks, after equally many steps."""
    variant = ALL_VARIANTS[key]
    case = Case(variant.design, SCENARIOS[variant.scenario])

    reduced, whole = search(case), search(case, reduce=False)

    assert (reduced.broken, len(reduced.trace)) == (whole.broken, len(whole.trace))
    assert reduced.states <= whole.states
