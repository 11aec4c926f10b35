"""Parts of the volume: at T/Ps of a net position, at R, and what is too small for either."""

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.management.parts import parts_of, too_small
from signalos_desktop.domain.management.planning import plan
from signalos_desktop.domain.management.state import Step, StepKind
from tests.unit.domain.management.trades import TARGETS, at, mirrored_quote, short, trade
from tests.unit.domain.samples import EURUSD, NOW, dec, position

NET = {"weights": (dec("5"), dec("3"), dec("2"))}
HALF_AND_QUARTER = ((dec("1"), dec("50")), (dec("2.5"), dec("25")))


def shown(steps: tuple[Step, ...]) -> list[tuple[str, str, Decimal | None]]:
    return [(step.kind.value, step.key, step.lots) for step in steps]


def all_of(*keys: str) -> dict[str, Decimal]:
    """These parts were closed, each in its full volume."""
    shares = {"tp1": dec("0.50"), "tp2": dec("0.30"), "r1": dec("0.50")}
    return {key: shares[key] for key in keys}


@pytest.mark.parametrize(
    ("bid", "done", "volume", "expected"),
    [
        ("1.10099", set(), "1.00", []),
        ("1.10100", set(), "1.00", [("close_part", "tp1", dec("0.50"))]),
        ("1.10199", {"tp1"}, "0.50", []),
        ("1.10200", {"tp1"}, "0.50", [("close_part", "tp2", dec("0.30"))]),
        (
            "1.10250",
            set(),
            "1.00",
            [("close_part", "tp1", dec("0.50")), ("close_part", "tp2", dec("0.30"))],
        ),
        ("1.10300", {"tp1", "tp2"}, "0.20", []),
        # Somebody has closed a part by hand: what is there is closed, never more.
        ("1.10200", {"tp1"}, "0.40", [("close_part", "tp2", dec("0.30"))]),
        ("1.10200", {"tp1"}, "0.30", [("close", "tp2", None)]),
        ("1.10200", {"tp1"}, "0.10", [("close", "tp2", None)]),
        (
            "1.10200",
            set(),
            "0.60",
            [("close_part", "tp1", dec("0.50")), ("close", "tp2", None)],
        ),
    ],
)
def test_a_net_position_closes_its_part_at_each_target(
    bid: str, done: set[str], volume: str, expected: list[tuple[str, str, Decimal | None]]
) -> None:
    made = trade(plan=NET, volume=volume, closed=all_of(*done))
    assert shown(plan(made, at(bid), NOW)) == expected
    assert shown(plan(short(made), mirrored_quote(at(bid)), NOW)) == expected


def test_the_text_names_target_price_and_volume() -> None:
    [step] = plan(trade(plan=NET), at("1.10100"), NOW)
    assert step.text == "rule: T/P 1 at 1.10100: 0.5 of 1 lots"
    [step] = plan(trade(plan=NET, volume="0.50"), at("1.10100"), NOW)
    assert step.text == "rule: T/P 1 at 1.10100: all 0.5 lots, the rest would be too small"


def test_an_open_last_target_leaves_its_part_to_stop_loss_and_trailing() -> None:
    targets = (*TARGETS[:2], None)
    made = trade(plan={**NET, "targets": targets}, tp=None, closed=all_of("tp1", "tp2"))
    assert plan(made, at("1.20000"), NOW) == ()
    assert [part.key for part in parts_of(made)] == ["tp1", "tp2"]


def test_parts_at_r_and_break_even_go_together() -> None:
    made = trade(partials=HALF_AND_QUARTER, breakeven_r=dec("1"))
    steps = plan(made, at("1.10100"), NOW)
    assert shown(steps) == [("close_part", "r1", dec("0.50")), ("move_stop", "sl", None)]
    assert steps[0].text == "rule: 50 % at 1 R (1.10100): 0.5 of 1 lots"
    after = trade(partials=HALF_AND_QUARTER, closed=all_of("r1"), volume="0.50")
    assert plan(after, at("1.10249"), NOW) == ()
    assert shown(plan(after, at("1.10250"), NOW)) == [("close_part", "r2.5", dec("0.25"))]


def test_all_of_it_at_the_last_r_is_a_close_and_nothing_else() -> None:
    made = trade(partials=((dec("1"), dec("100")),), breakeven_r=dec("1"))
    assert shown(plan(made, at("1.10100"), NOW)) == [("close", "r1", None)]


def test_a_part_too_small_is_left_out_and_said_beforehand() -> None:
    made = trade(partials=HALF_AND_QUARTER, spec={"volume_min": dec("0.30")})
    assert [part.key for part in parts_of(made)] == ["r1"]
    assert [*too_small(made.plan, made.volume, made.spec)] == [
        "25 % of 1 lots is 0.25, smallest volume 0.3: nothing is closed at 2.5 R"
    ]
    assert [*too_small(made.plan, made.volume, EURUSD)] == []


def test_a_target_whose_part_was_merged_is_no_part() -> None:
    made = trade(plan=NET, spec={"volume_min": dec("0.40")})
    merged = [("tp1", dec("0.50")), ("tp2", dec("0.50"))]
    assert [(part.key, part.lots) for part in parts_of(made)] == merged
    made = replace(made, closed=all_of("tp1"), position=position(volume=dec("0.50")))
    assert [step.kind for step in plan(made, at("1.10200"), NOW)] == [StepKind.CLOSE]
    small = trade(plan=NET, spec={"volume_min": dec("0.60")})
    assert [(part.key, part.lots) for part in parts_of(small)] == [("tp1", dec("1.00"))]


def test_what_was_left_of_a_part_is_closed_until_it_is_too_small() -> None:
    made = trade(plan=NET, closed={"tp1": dec("0.20")}, volume="0.80")
    assert shown(plan(made, at("1.10100"), NOW)) == [("close_part", "tp1", dec("0.30"))]
    assert plan(replace(made, closed={"tp1": dec("0.495")}), at("1.10100"), NOW) == ()
