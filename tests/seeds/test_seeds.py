"""The short form: seeds break no invariant, replay to the same trace, and find what is put back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.seeds.mischief import KINDS, RESTARTS
from tests.seeds.mutations import MUTATIONS, Mutation
from tests.seeds.plan import draw

ROOT = Path(__file__).resolve().parents[2]
SEEDS = 300
MOST_SEEDS = 2000


def seeds(*arguments: str, hash_seed: str = "0") -> list[dict[str, Any]]:
    """What the program says, line by line; a process of its own, which no coverage slows down."""
    command = [sys.executable, "-m", "tests.seeds", *arguments]
    variables = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=variables
    )
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_seeds_break_no_invariant() -> None:
    *found, sums = seeds(str(SEEDS), "--json")
    assert found == []
    assert (sums["runs"], sums["violations"]) == (SEEDS, 0)
    assert sums["signals"] >= 15 * SEEDS
    assert sums["virtual_seconds"] >= 60 * SEEDS
    assert sums["restarts"] >= SEEDS // 2
    assert sums["stops"] >= SEEDS // 3
    assert sum(sums["hits"].values()) >= 3 * SEEDS


def test_a_seed_draws_what_is_asked_of_it() -> None:
    plans = [draw(seed, KINDS, RESTARTS) for seed in range(1, 200)]
    assert min(len(plan.messages) for plan in plans) >= 15
    assert min(len(plan.kinds) for plan in plans) >= 3
    assert all(plan.kinds & set(RESTARTS) for plan in plans)
    assert [plan.seed for plan in plans if plan.stops] == [*range(3, 200, 3)]
    assert [plan.seed for plan in plans if plan.netting] == [*range(5, 200, 8)]
    assert set().union(*(plan.kinds for plan in plans)) == set(KINDS)


def test_a_seed_replays_to_the_same_trace() -> None:
    traces = [
        seeds("--seed", seed, hash_seed=hash_seed)[-1]["trace"]
        for seed in ("12", "15")
        for hash_seed in ("1", "77")
    ]
    assert traces[0] == traces[1]
    assert traces[2] == traces[3]
    assert traces[0] != traces[2]


def test_sums_are_kept_and_gone_on_with(tmp_path: Path) -> None:
    kept = str(tmp_path / "sums.json")
    seeds("3", "--jobs", "1", "--resume", kept, "--json")
    went_on = seeds("6", "--jobs", "1", "--resume", kept, "--json")[-1]
    at_once = seeds("6", "--jobs", "2", "--json")[-1]
    for line in (went_on, at_once):
        del line["seconds"], line["jobs"]
    assert went_on == at_once
    assert went_on["runs"] == 6


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_defect_put_back_is_found(mutation: Mutation) -> None:
    found = seeds(str(MOST_SEEDS), "--mutate", mutation.name, "--json")
    assert found[-1]["violations"], f"{mutation.what}: nothing in {found[-1]['runs']} seeds"
    assert found[-1]["violations_without"] == 0, "the seed breaks something without the defect"
