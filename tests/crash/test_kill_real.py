"""kill -9 of the engine, the compiled EA or its terminal, while signals are fired."""

from pathlib import Path

import pytest

from tests.crash.real_kill_run import RealKillRun
from tests.ea_sim.build import compiler

pytestmark = pytest.mark.skipif(
    compiler() is None, reason="no C++ compiler: install g++ to run the real EA"
)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("netting", [False, True], ids=["hedging", "netting"])
def test_journal_and_broker_agree_after_kills(tmp_path: Path, netting: bool, seed: int) -> None:
    run = RealKillRun(tmp_path, seed, netting=netting)
    run.play()
    assert run.violations() == []
    assert sum(run.kills.values()) == 3
