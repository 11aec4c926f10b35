"""`simulate` as a real process: rows in, receipts out, also over a kill -9."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from tests.e2e.terminal import MiniApp, SimulatedTerminal, terminal, wait_for

QUOTE = {"symbol": "EURUSD", "bid": "1.09990", "ask": "1.10000"}
OPEN = {"price": "1.10000", "sl": "1.09000"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Terminal" / "0123" / "MQL5" / "Files"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def running(folder: Path) -> Iterator[tuple[SimulatedTerminal, MiniApp]]:
    with terminal(folder) as process:
        yield process, ready(process)


def ready(process: SimulatedTerminal) -> MiniApp:
    """Wait for the terminal, fix its price, and make the app known to it."""
    event = process.event()
    assert event["event"] == "ready"
    process.ask(quote=QUOTE)
    app = MiniApp(Path(event["instance"]))
    app.beat()
    return app


def ledger(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_first_line_says_all_that_a_panel_needs(folder: Path) -> None:
    with terminal(folder) as process:
        event = process.event()
        instance = folder / "SignalOS" / "5000001-SignalOS-Demo-4400000"
        assert event == {
            "event": "ready",
            "folder": str(folder),
            "instance": str(instance),
            "common": str(folder.parents[2] / "Common" / "Files"),
            "account": "5000001@SignalOS-Demo",
            "protocol": 2,
            "pid": process.process.pid,
        }
        for name in ("status", "account", "positions", "orders", "symbols", "quotes"):
            assert json.loads((instance / f"{name}.json").read_bytes())["end"]


def test_open_and_close(running: tuple[SimulatedTerminal, MiniApp]) -> None:
    _, app = running
    opened = app.final(app.send("BUY", **OPEN))
    assert (opened.status, opened.price) == (ReceiptStatus.FILLED, Decimal("1.1"))
    closed = app.final(app.send("CLOSE_TICKET", ticket=opened.position))
    assert (closed.status, closed.price) == (ReceiptStatus.FILLED, Decimal("1.0999"))


def test_stop_and_resume(running: tuple[SimulatedTerminal, MiniApp], folder: Path) -> None:
    _, app = running
    assert app.final(app.send("BUY", **OPEN)).status is ReceiptStatus.FILLED
    flag = folder.parents[2] / "Common" / "Files" / "halt.flag"
    flag.parent.mkdir(parents=True, exist_ok=True)
    flag.write_text("FLATTEN press-1\n")
    status = wait_for(lambda: app.status if app.status and app.status.halt.flat else None)
    assert (status.halt.level, status.halt.known) == (StopLevel.FLATTEN, ("press-1",))
    assert app.final(app.send("BUY", **OPEN)).reason == "HALTED"
    flag.unlink()
    app.control("RESUME", status.halt.stop_id)
    wait_for(lambda: app.status and app.status.halt.level is StopLevel.NONE)
    assert app.final(app.send("BUY", **OPEN)).status is ReceiptStatus.FILLED


def test_kill_in_the_middle_of_many_rows(folder: Path, tmp_path: Path) -> None:
    """Whatever the moment: no row is executed twice, and each is settled in the end."""
    book = tmp_path / "ledger.jsonl"
    options = ("--ledger", str(book))
    process = SimulatedTerminal(folder, *options)
    app = ready(process)
    ids: list[int] = []
    for kill in range(4):
        ids += [app.send("BUY", lots="0.01", **OPEN) for _ in range(8)]
        wait_for(partial(app.receipts, ids[-8 + kill]))
        process.kill()
        process = SimulatedTerminal(folder, *options)
        process.event()
        process.ask(quote=QUOTE)
        app.session += 1
        app.beat()
        close = app.send("CLOSE_ALL")
        assert app.final(close).status is ReceiptStatus.FILLED
        app.beat()
    process.close()
    tags = Counter(
        line["comment"] for line in ledger(book) if line["kind"] == "deal" and line["entry"] == "IN"
    )
    executed = {tag for tag in tags if tag.startswith("#")}
    assert max(tags.values()) == 1
    for cmd_id in ids:
        told = app.receipts(cmd_id)
        assert told, f"{cmd_id} has no receipt"
        assert len([one for one in told if one.status.terminal]) <= 1
        filled = any(one.status is ReceiptStatus.FILLED for one in told)
        assert filled == (f"#{cmd_id}" in executed), told


def test_stdin_commands(running: tuple[SimulatedTerminal, MiniApp]) -> None:
    process, app = running
    assert process.ask(fault="reject:10018")["event"] == "answer"
    assert app.final(app.send("BUY", **OPEN)).retcode == 10018
    trade = {"symbol": "EURUSD", "type": "BUY", "volume": "0.2"}
    assert process.ask(trade=trade)["retcode"] == 10009
    assert process.ask(deposit="100")["event"] == "answer"
    for bad in ({"fault": "no-such"}, {"nonsense": 1}, {"quote": {"symbol": "EURUSD"}}, {}):
        event = process.ask(**bad)
        assert (event["event"], event["code"]) == ("error", "BAD_REQUEST")
    assert process.ask(quit=True)["done"] == "quit"
    assert process.event() == {"event": "stopped"}
    assert process.process.wait(10) == 0


def test_a_second_one_names_the_first(folder: Path) -> None:
    with terminal(folder) as first:
        first.event()
        with terminal(folder) as second:
            assert second.process.wait(20) == 3
            assert second.process.stderr is not None
            said = second.process.stderr.read().decode()
    assert said.count("\n") == 1
    assert str(first.process.pid) in said


@pytest.mark.parametrize(
    "options",
    [
        ["--fault", "no-such-fault"],
        ["--protocol", "3"],
        ["--balance", "much"],
        ["--leverage", "0"],
        ["--speed", "-1"],
        ["--send-delay", "x"],
        ["--currency", "EURO"],
        ["--symbols", "absent.json"],
        ["--no-such-option"],
    ],
)
def test_what_is_wrong_is_said_in_one_line(folder: Path, options: list[str]) -> None:
    with terminal(folder, *options) as process:
        assert process.process.wait(20) == 2
        assert process.process.stderr is not None
        assert process.process.stderr.read().count(b"\n") == 1


def test_netting_in_euros(folder: Path) -> None:
    options = ("--account", "netting", "--currency", "eur", "--balance", "2500")
    with terminal(folder, *options) as process:
        instance = Path(process.event()["instance"])
        account = json.loads((instance / "account.json").read_bytes())
    assert (account["margin_mode"], account["currency"]) == ("RETAIL_NETTING", "EUR")
    assert account["balance"] == "2500"


def test_the_end_of_stdin_ends_nothing(folder: Path) -> None:
    with terminal(folder) as process:
        app = ready(process)
        assert process.process.stdin is not None
        process.process.stdin.close()
        assert app.final(app.send("PING")).status is ReceiptStatus.FILLED


def test_it_ends_with_its_parent(folder: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with terminal(folder, "--parent-pid", str(parent.pid)) as process:
        process.event()
        parent.communicate(b"\n")
        assert process.event()["event"] == "parent_gone"
        assert process.process.wait(10) == 0


def test_list_faults() -> None:
    command = [sys.executable, "-m", "signalos_desktop", "simulate", "--list-faults"]
    done = subprocess.run(command, capture_output=True, check=True)
    names = [json.loads(line)["name"] for line in done.stdout.splitlines()]
    assert {"requote", "disk-full", "half-row", "dead-ea"} <= set(names)


def test_protocol_1(folder: Path) -> None:
    """A probe that cannot trade: the receipt states its age on the executor's clock."""
    row = b"1,2020-01-01 00:00:00,EURUSD,PING,0.01,0,0,1,probe,1\r\n"
    (folder / "commands.csv").write_bytes(row)
    with terminal(folder, "--protocol", "1") as process:
        assert process.event()["protocol"] == 1
        receipts = folder / "receipts.csv"
        said = wait_for(lambda: receipts.read_bytes() if receipts.exists() else b"")
    assert said.splitlines()[0] == b"cmd_id,status,ticket,retcode,fill_price,message"
    assert said.splitlines()[1].startswith(b"1,EXPIRED,0,0,0.00000,Command expired (age: ")
    assert os.listdir(folder / "SignalOS") != []
