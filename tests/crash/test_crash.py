"""The short form of the crash enumeration, and the proof that it would notice."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from tests.crash.mutations import MUTATIONS, Mutation
from tests.crash.play import Run, play
from tests.crash.runs import FAULTS, all_runs
from tests.crash.scripts import SCRIPTS, Script
from tests.ea_sim.build import compiler

pytestmark = pytest.mark.skipif(
    compiler() is None, reason="no C++ compiler: install g++ to run the real EA"
)
RUNS_A_SCRIPT = 50


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_deaths_break_no_invariant(script: Script) -> None:
    runs = list(all_runs(seed=1, only=script.name))
    chosen = Random(1).sample(runs, RUNS_A_SCRIPT)
    results = [play(run) for run in chosen]
    assert [(str(r.run), r.violations) for r in results if r.violations] == []
    assert sum(result.died for result in results) > RUNS_A_SCRIPT // 2


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hedging", [True, False], ids=["hedging", "netting"])
def test_faults_of_the_broker_strike(fault: str, hedging: bool) -> None:
    result = play(Run("trade", hedging, fault))
    assert result.violations == []
    assert result.faults > 0


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_removed_defence_is_noticed(mutation: Mutation) -> None:
    assert mutation.detect(mutation.program) is not None


@pytest.mark.parametrize("reason", range(10))
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_reloads_at_every_step_break_no_invariant(script: Script, reason: int) -> None:
    run = Run(script.name, hedging=reason % 2 == 0, reload=reason)
    assert play(run).violations == []
    assert Run.parse(str(run)) == run


def test_a_run_is_replayed_by_its_name() -> None:
    for run in itertools.islice(all_runs(seed=3, only="stop"), 50):
        assert Run.parse(str(run)) == run
