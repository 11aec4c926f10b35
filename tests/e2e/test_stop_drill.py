"""The stop drill and the sources of a stop, with real processes: measured, named, resumed."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.processes import Engine, Terminal

BUY = "BUY EURUSD NOW SL 1.00000"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "MQL5" / "Files"


@pytest.fixture
def terminal(files: Path) -> Iterator[Terminal]:
    with Terminal(files) as made:
        yield made


def journalled(data: Path, query: str) -> list[str]:
    [file] = data.rglob("*.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        return [str(row[0]) for row in connection.execute(query)]


def resume_twice(engine: Engine) -> None:
    for state in ("PAUSED", "RUNNING"):
        answer = engine.ask("resume")
        assert answer.get("state") == state, answer


def test_a_drill_is_measured_journalled_and_ends_with_two_resumes(
    tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    data = tmp_path / "data"
    with Engine(data, files).running() as engine:
        engine.fire(BUY)
        engine.wait_for("position", change="opened")
        answer = engine.ask("drill")
        assert (answer["ok"], answer["flat"]) == (True, True)
        took = {step["name"]: step["took_ms"] for step in answer["steps"]}
        assert None not in list(took.values())[:5]
        assert "resumed twice" in answer["next_step"]
        engine.mark = 0
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert flat["stopped_by"] == "you (stop drill)"
        resume_twice(engine)
        over = engine.wait(
            lambda e: e["event"] == "drill" and e["steps"][-1]["took_ms"] is not None
        )
        assert over["steps"][-1]["name"] == "resume, step 2: running"
        again = engine.ask("drill")
        assert [step["needed"] for step in again["steps"]].count(False) == 1
    told = journalled(data, "SELECT text FROM alarms WHERE code = 'DRILL' ORDER BY seq")
    assert "(target 250 ms)" in told[0]
    assert "running again" in told[1]


def by_request(engine: Engine, files: Path) -> None:
    engine.ask("stop")


def by_command_line(engine: Engine, files: Path) -> None:
    command = [sys.executable, "-m", "signalos_desktop", "stop", "--bridge-folder", str(files)]
    subprocess.run(command, check=True, timeout=30)


def by_hand(engine: Engine, files: Path) -> None:
    [folder] = [path.parent for path in files.glob("SignalOS/*/status.json")]
    (folder / "halt.flag").write_text("FLATTEN\n", encoding="ascii")


SOURCES: dict[str, Callable[[Engine, Path], None]] = {
    "you (headless request)": by_request,
    "you (command line)": by_command_line,
    "a halt.flag laid by hand": by_hand,
}


@pytest.mark.parametrize("source", SOURCES)
def test_who_stopped_is_told_journalled_and_known_after_a_restart(
    source: str, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    data = tmp_path / "data"
    with Engine(data, files).running() as engine:
        SOURCES[source](engine, files)
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert flat["stopped_by"] == source
    with Engine(data, files) as engine:
        again = engine.wait_for("state", state="STOPPED_FLAT")
        assert (again["stopped_by"], again["stopped_at"] is not None) == (source, True)
        resume_twice(engine)
    stops = journalled(data, "SELECT source FROM states WHERE state LIKE 'STOP%'")
    assert set(stops) == {f"stop: {source}"}


@pytest.mark.parametrize(
    ("fault", "verdict", "step"),
    [
        ("market-closed", "WAITING_MARKET", "as soon as the market opens"),
        ("algo-off", "TRADING_OFF", "press Algo Trading in MT5's toolbar"),
        ("no-connection", "NO_CONNECTION", "as soon as it is back"),
    ],
)
def test_what_cannot_be_closed_is_an_alarm_with_its_sl_until_it_can(
    fault: str, verdict: str, step: str, tmp_path: Path, files: Path, terminal: Terminal
) -> None:
    with Engine(tmp_path / "data", files).running() as engine:
        engine.fire(BUY)
        engine.wait_for("position", change="opened")
        terminal.send(fault=fault)
        terminal.wait(lambda e: e.get("fault") == fault)
        engine.ask("stop")
        alarm = engine.wait_for("alarm", code=f"NOT_FLAT_{verdict}")
        assert "S/L 1" in alarm["text"]
        assert step in alarm["next_step"]
        not_flat = engine.wait_for("state", state="STOPPED_NOT_FLAT")
        assert verdict in not_flat["reasons"]
        terminal.send(clear=fault)
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert flat["open_positions"] == 0
