"""kill -9 of engine, terminal or both, at random moments while 200 signals are fired."""

from pathlib import Path

import pytest

from tests.crash.kill_run import KillRun


def test_journal_and_broker_agree_after_kills(tmp_path: Path, kill_seed: int) -> None:
    run = KillRun(tmp_path, kill_seed)
    run.play()
    assert run.violations() == []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kill_seed" in metafunc.fixturenames:
        metafunc.parametrize("kill_seed", range(metafunc.config.getoption("--kills")))
