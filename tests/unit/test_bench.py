"""The benchmarks still run and say what they promise; no figure is judged here."""

import json

import pytest

from tests.bench.__main__ import GROUPS, main
from tests.bench.figures import Figure, Kind, as_json, as_table, percentile
from tests.bench.trip import Burst

ROWS = [Figure("cost_ms", 3.0, "ms", "measured", 3.0), Figure("other_ms", 9, "ms", "", None)]


def test_two_groups_run_and_print_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--json", "--only", "poll", "share"]) == 0

    last = capsys.readouterr().out.splitlines()[-1]
    found = json.loads(last)
    assert {"poll_us_1k", "poll_us_1m", "own_share_p50_ms"} <= set(found)
    assert found["poll_us_1m"] > 0
    assert set(found["how"]) >= set(found["targets"])
    assert found["quick"] is True
    assert found["baselines"]["whole_file_ms_1k"] > 0


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--only", "nothing"])
    assert ended.value.code == 2


def test_every_group_is_a_module_of_its_own() -> None:
    assert {measure.__module__ for measure in GROUPS.values()} == {
        f"tests.bench.{name}" for name in GROUPS
    }


def test_a_target_is_missed_unless_the_value_is_below_it() -> None:
    assert [row.verdict for row in ROWS] == ["MISSED", ""]
    assert as_json(ROWS, quick=False, began=(1, 1, 1))["missed"] == ["cost_ms"]
    assert "MISSED" in as_table(ROWS)


def test_baselines_stand_apart_from_our_figures() -> None:
    shown = as_json([Figure("slow_ms", 1, "ms", "", kind=Kind.BASELINE)], False, (0, 0, 0))
    assert shown["baselines"] == {"slow_ms": 1}
    assert "slow_ms" not in shown


@pytest.mark.parametrize(("percent", "value"), [(50, 2), (75, 3), (76, 4), (99, 4), (0, 1)])
def test_percentiles_are_values_that_were_measured(percent: float, value: float) -> None:
    assert percentile([4, 1, 3, 2], percent) == value


def test_a_burst_in_the_wrong_order_shows() -> None:
    assert Burst(1.0, [1, 2, 3], 3).inversions == 0
    assert Burst(1.0, [1, 3, 2, 5, 4], 5).inversions == 2
