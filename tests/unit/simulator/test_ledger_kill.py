"""SIGKILL at random moments: what was answered is on the books, and nothing is there twice."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.unit.simulator import ledger_writer
from tests.unit.simulator.broker_bench import read_lines

ROOT = Path(__file__).parents[3]


def run_and_kill(state: Path, export: Path, after_answers: int) -> list[dict[str, Any]]:
    """Start the program, kill it somewhere behind so many answers; what it has said."""
    command = [sys.executable, ledger_writer.__file__, str(state), str(export)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while sum('"deal"' in line for line in lines) < after_answers:
            lines.append(process.stdout.readline())
            assert lines[-1], "the program ended of itself"
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait(30) == -signal.SIGKILL
    return [json.loads(line) for line in lines if line.endswith("}\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_again_and_again(tmp_path: Path) -> None:
    state, export = tmp_path / "state.sqlite3", tmp_path / "ledger.jsonl"
    random = Random(20260310)
    answered: list[int] = []
    for _ in range(6):
        said = run_and_kill(state, export, random.randint(1, 60))
        answered += [line["deal"] for line in said if "deal" in line]
        known = {int(line["ticket"]) for line in read_lines_whole(export)}
        assert set(answered) <= known
    broker = ledger_writer.open_broker(state, export)
    lines = read_lines(export)
    deals = [line for line in lines if line["kind"] == "deal"]
    tickets = [int(deal["ticket"]) for deal in deals]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert tickets == list(range(500001, 500001 + len(tickets)))
    assert len(answered) == len(set(answered))
    assert set(answered) <= set(tickets)
    # One balance deal, and per kill at most one deal that nobody was told of.
    assert len(tickets) - 1 - len(answered) <= 6
    money = [(deal["profit"], deal["swap"], deal["commission"]) for deal in deals]
    assert sum(float(part) for parts in money for part in parts) == pytest.approx(
        float(broker.account().balance)
    )
    opened = {deal["position_id"] for deal in deals if deal["entry"] == "IN"} - {"0"}
    closed = {deal["position_id"] for deal in deals if deal["entry"] == "OUT"}
    assert {str(held.identifier) for held in broker.positions()} == opened - closed


def read_lines_whole(path: Path) -> list[dict[str, Any]]:
    """The deals of a file whose last line may be torn."""
    text = path.read_text()
    lines = [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
    return [line for line in lines if line["kind"] == "deal"]
