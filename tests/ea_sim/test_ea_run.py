"""Executors in other people's styles run unchanged, in real time, on the simulated broker."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ea_sim.build import HERE, ROOT, compiler

pytestmark = pytest.mark.skipif(
    compiler() is None, reason="no C++ compiler: install g++ to run executors"
)
PATIENCE_S = 30.0
Start = Callable[..., "Running"]


class Running:
    """One `ea-run`, its ledger and the lines it says."""

    def __init__(self, executor: str, folder: Path, *options: str) -> None:
        self.folder = folder
        self.ledger = folder.parent / "ledger.jsonl"
        source = HERE / "executors" / f"{executor}.mq5"
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.ea_sim.ea_run", str(source), "--folder", str(folder),
                "--ledger", str(self.ledger), *options,
            ],
            stdout=subprocess.PIPE, cwd=ROOT, text=True,
        )  # fmt: skip
        self.ready = self.line("ready")

    def line(self, event: str) -> dict[str, Any]:
        assert self.process.stdout is not None
        for text in self.process.stdout:
            said: dict[str, Any] = json.loads(text)
            if said["event"] == event:
                return said
        raise AssertionError(f"it ended without {event!r}")

    def deals(self) -> list[dict[str, Any]]:
        text = self.ledger.read_text() if self.ledger.exists() else ""
        lines = [json.loads(line) for line in text.splitlines()]
        return [one for one in lines if one["kind"] == "deal" and one["type"] in ("BUY", "SELL")]

    def until(self, condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "nothing happened"
            time.sleep(0.02)

    def text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""

    def end(self) -> None:
        self.process.terminate()
        assert self.process.wait(PATIENCE_S) == 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Running] = []

    def begin(executor: str, *options: str) -> Running:
        one = Running(executor, tmp_path / str(len(running)) / "Files", *options)
        running.append(one)
        return one

    yield begin
    for one in running:
        one.process.kill()
        one.process.wait()
        assert one.process.stdout is not None
        one.process.stdout.close()


def row(
    cmd_id: int, action: str = "BUY", *, ttl: int = 60, age_s: int = 0, magic: int = 4400000
) -> str:
    """A row of protocol 1, stamped in the server's clock (UTC+2)."""
    stamp = datetime.now(UTC) + timedelta(hours=2) - timedelta(seconds=age_s)
    return (
        f"{cmd_id},{stamp:%Y-%m-%d %H:%M:%S},EURUSD,{action},0.10,0,0,{magic},c{cmd_id},{ttl}\r\n"
    )


def append(running: Running, text: str) -> None:
    with (running.folder / "commands.csv").open("a", newline="") as file:
        file.write(text)


def test_stock_executor_trades_and_answers(start: Start) -> None:
    running = start("StockExecutor", "--input", "CheckIntervalSeconds=1")
    append(running, row(1) + row(2, magic=7) + row(3, ttl=1, age_s=30 * 86400))
    running.until(lambda: running.text("receipts.csv").count("\n") == 4)
    receipts = running.text("receipts.csv").splitlines()
    assert receipts[0] == "cmd_id,status,ticket,retcode,fill_price,message"
    assert receipts[1].startswith("1,FILLED,100001,10009,")
    assert receipts[2].startswith("2,REJECTED,0,0,")
    assert receipts[3].startswith("3,EXPIRED,0,0,0.00000,Command expired (age: 25920")
    append(running, row(4, "CLOSE"))
    running.until(
        lambda: "4,FILLED,0,10009,0.00000,Closed 1 position(s)" in running.text("receipts.csv")
    )
    assert [deal["type"] for deal in running.deals()] == ["BUY", "SELL"]
    running.end()


def test_stock_executor_takes_a_header_for_data(start: Start) -> None:
    running = start("StockExecutor", "--input", "CheckIntervalSeconds=1")
    header = "cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl_sec\r\n"
    append(running, header + row(1) + row(2))
    running.until(lambda: running.text("receipts.csv"))
    assert running.deals() == []
    running.end()


def test_stock_executor_resends_after_a_timeout(start: Start) -> None:
    options = ("--input", "CheckIntervalSeconds=1", "--fault", "timeout-executed:2")
    running = start("StockExecutor", *options)
    append(running, row(1))
    running.until(lambda: running.text("receipts.csv").count("\n") == 2)
    assert len(running.deals()) > 1
    running.end()


def test_stock_executor_repeats_all_that_it_cannot_remember(start: Start) -> None:
    options = ("--input", "CheckIntervalSeconds=1", "--input", "MaxProcessedCommands=2")
    running = start("StockExecutor", *options)
    append(running, row(1) + row(2) + row(3))
    running.until(lambda: len(running.deals()) >= 6)
    assert [deal["comment"] for deal in running.deals()[:4]] == ["c1", "c2", "c3", "c1"]
    running.end()


def test_drop_folder_executor(start: Start) -> None:
    running = start("JsonDropFolder", "--input", "MaxLot=5")
    drop = running.folder / "drop"
    drop.mkdir(exist_ok=True)
    (drop / "one.tmp").write_text("symbol=EURUSD\r\nside = x\r\nSIDE=SELL\r\nlot=0.20\r\n")
    (drop / "one.tmp").rename(drop / "one.txt")
    running.until(lambda: (running.folder / "log.txt").exists() and not list(drop.iterdir()))
    (deal,) = running.deals()
    assert (deal["type"], deal["volume"]) == ("SELL", "0.2")
    said = (running.folder / "log.txt").read_bytes().decode("utf-16")
    assert said == "sent 1 since 2020.01.02 03:04:00 shade 10,200,30\r\n"
    running.end()


def test_executor_made_of_classes(start: Start) -> None:
    running = start("ClassedExecutor", "--account", "netting")
    with (running.folder / "queue.csv").open("a") as file:
        file.write("7;EURUSD;BUY;0.10;0\n8;EURUSD;SELL;0.30;0\n")
    running.until(lambda: running.text("journal.bin").count("\n") == 2)
    assert running.text("journal.bin").split()[:2] == ["7", "10009"]
    assert [deal["entry"] for deal in running.deals()] == ["IN", "INOUT"]
    running.end()


def test_executor_with_the_trade_class_and_json(start: Start) -> None:
    running = start("JsonDesk", "--input", "InpEveryMs=50", "--send-delay", "20")
    lines = (
        '{"id":"a1","symbol":"EURUSD","side":"buy","lot":0.10,"sl":"0.9"}',
        '{"id":"a2","symbol":"EURUSD","side":"flat","lot":0.10,"sl":"0"}',
        '{"id":"a3","symbol":"EURUSD","side":"buy","lot":9,"sl":"0"}',
    )
    (running.folder / "desk_in.jsonl").write_text("".join(f"{line}\n" for line in lines))
    running.until(lambda: running.text("desk_out.jsonl").count("\n") == 3)
    told = [json.loads(line) for line in running.text("desk_out.jsonl").splitlines()]
    assert [(one["id"], one["ok"]) for one in told] == [("a1", True), ("a2", True), ("a3", False)]
    assert [(deal["entry"], deal["comment"]) for deal in running.deals()] == [
        ("IN", "ja1"), ("OUT", "")
    ]  # fmt: skip
    running.end()


def test_own_ea_runs_headless_too(start: Start, tmp_path: Path) -> None:
    source = str(ROOT / "ea" / "Experts" / "SignalOS" / "SignalOSBridge.mq5")
    running = start(source.removesuffix(".mq5"), "--strict", "--input", "InpTimerMs=25")
    instance = running.folder / "SignalOS" / "5000001-SignalOS-Demo-4400000"
    running.until((instance / "status.json").exists)
    running.end()


def test_what_is_lacking_is_named(tmp_path: Path) -> None:
    program = tmp_path / "Drawing.mq5"
    program.write_text('int OnInit() { ObjectCreate(0, "line", 1, 0, 0, 0); return 0; }\n')
    done = subprocess.run(
        [sys.executable, "-m", "tests.ea_sim.ea_run", str(program), "--folder", str(tmp_path)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "ObjectCreate" in done.stderr
