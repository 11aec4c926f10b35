"""`deploy` shows what lies in the terminals, and writes only where it was told to."""

from pathlib import Path

import pytest

from tests.unit.app.program import json_lines, one_line_error, program


@pytest.fixture
def files(tmp_path: Path) -> Path:
    files = tmp_path / "MQL5" / "Files"
    files.mkdir(parents=True)
    return files


def test_a_named_terminal_gets_the_expert_advisor(tmp_path: Path, files: Path) -> None:
    done = program("deploy", files, "--json", "--data-dir", tmp_path / "data")
    [row] = json_lines(done)
    assert (done.returncode, done.stderr, row["ok"]) == (0, "", True)
    assert "F7" in row["next_step"]
    assert (files.parent / "Experts/SignalOS/SignalOSBridge.mq5").exists()
    assert (files.parent / "Include/SignalOS/Settings.mqh").exists()


def test_found_terminals_are_only_shown(tmp_path: Path) -> None:
    terminal = tmp_path / "MetaQuotes" / "Terminal" / "D0E8"
    (terminal / "MQL5" / "Files").mkdir(parents=True)
    environ = {"APPDATA": str(tmp_path), "HOME": str(tmp_path)}
    done = program("deploy", "--data-dir", tmp_path / "data", **environ)
    assert done.returncode == 0
    assert "not there" in done.stdout
    assert not (terminal / "MQL5" / "Experts").exists()
    done = program("deploy", "--all", "--data-dir", tmp_path / "data", **environ)
    assert done.returncode == 0
    assert (terminal / "MQL5" / "Experts").exists()


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    done = program("deploy", tmp_path / "no", "--data-dir", tmp_path / "data")
    assert done.returncode == 1
    assert "DEPLOY_NO_TERMINAL" in done.stdout


def test_without_any_terminal_it_says_so(tmp_path: Path) -> None:
    done = program("deploy", "--data-dir", tmp_path, HOME=str(tmp_path), APPDATA=str(tmp_path))
    assert "no MetaTrader 5 terminal" in one_line_error(done, 1)
