from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from signalos_desktop.simulator.faults import FAULTS, Faults

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def make(*specs: str, seed: int = 1) -> Faults:
    return Faults(specs, Random(seed))


def test_counted_fault_counts_down_and_is_gone() -> None:
    faults = make("requote:2")
    assert [faults.hit("requote") for _ in range(3)] == ["2", "2", None]
    assert faults.hits["requote"] == 2
    assert not faults.on("requote")


def test_value_faults_strike_once_each_in_the_order_armed() -> None:
    faults = make("reject", "reject:10019")
    assert [faults.hit("reject") for _ in range(3)] == ["10006", "10019", None]


def test_lasting_fault_stays_until_cleared() -> None:
    faults = make("algo-off", "slippage:7")
    assert faults.hit("algo-off") == ""
    assert [faults.hit("slippage") for _ in range(3)] == ["7", "7", "7"]
    faults.clear("algo-off")
    assert not faults.on("algo-off")
    assert faults.on("slippage")


def test_seconds_count_from_arming_on_the_clock_handed_in() -> None:
    faults = make("disk-full:10")
    faults.tick(NOW)
    faults.tick(NOW + timedelta(seconds=9.9))
    assert faults.on("disk-full")
    faults.arm("no-connection:5")
    faults.tick(NOW + timedelta(seconds=10))
    assert not faults.on("disk-full")
    assert faults.on("no-connection")
    faults.tick(NOW + timedelta(seconds=14.9))
    assert not faults.on("no-connection")


def test_seconds_without_a_number_last_for_good() -> None:
    faults = make("dead-ea")
    faults.tick(NOW)
    faults.tick(NOW + timedelta(days=30))
    assert faults.hit("dead-ea") == ""


def test_chance_throws_the_dice_of_the_seed() -> None:
    struck = [make("requote:1000@0.25", seed=4) for _ in range(2)]
    rows = [[faults.hit("requote") is not None for _ in range(1000)] for faults in struck]
    assert rows[0] == rows[1]
    assert 200 < sum(rows[0]) < 300


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("requotes", "unknown fault 'requotes'; known: algo-off"),
        ("requote:0", "not a whole number"),
        ("requote:1.5", "not a whole number"),
        ("requote:-1", "not a fault"),
        ("algo-off:3", "takes no argument"),
        ("reject:10009", "not a return code that refuses"),
        ("reject:5", "not a return code that refuses"),
        ("partial:1", "not between 0 and 1"),
        ("disk-full:1.2.3", "not a plain number"),
        ("requote@0", "chance"),
        ("requote@1.5", "chance"),
    ],
)
def test_wrong_text_is_refused_with_the_reason(spec: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make(spec)


@pytest.mark.parametrize("ask", [Faults.hit, Faults.on, Faults.clear])
def test_a_misspelt_question_is_an_error_not_a_no(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="known:"):
        ask(make(), "re-quote")


def test_every_fault_can_be_armed_by_its_name_alone() -> None:
    faults = make(*(kind.name for kind in FAULTS))
    assert all(faults.on(kind.name) for kind in FAULTS)
    assert all(kind.description for kind in FAULTS)
