"""The stock executor as a real process: measured, driven, stopped, and never trusted too far."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.usual_symbols import usual_symbols
from signalos_desktop.domain.wire.symbols_json import encode_symbols
from tests.e2e.terminal import wait_for
from tests.helpers.processes import Engine, Event, Terminal, read_journal, read_ledger

PATIENCE_S = 60.0
ENTRY = "BUY EURUSD 1.08010 SL 1.07500 TP 1.09000"
# Far levels: the prices of a terminal that was restarted begin anew.
SECOND = "SELL GBPUSD 1.27000 SL 1.35000 TP 1.15000"
ALWAYS_OPEN = (((0, 1440),),) * 7


def settings(data: Path, **values: str) -> None:
    for key, value in values.items():
        subprocess.run(
            [sys.executable, "-m", "signalos_desktop", "settings", "set", key.replace("__", "."),
             value, "--data-dir", str(data)],
            check=True,
            capture_output=True,
        )  # fmt: skip


class Place:
    """A terminal's folder, the panel's data, and the processes on them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = root / "MQL5" / "Files"
        self.data = root / "data"
        self.ledger = root / "ledger.jsonl"
        symbols = root / "symbols.json"
        specs = [replace(one, sessions=ALWAYS_OPEN) for one in usual_symbols("USD", ())]
        symbols.write_bytes(encode_symbols(specs, [], 1))
        settings(
            self.data,
            stock__account="5000001@SignalOS-Demo",
            stock__balance="10000",
            stock__symbols=str(symbols),
            command__open_ttl_s="4",
        )

    def terminal(self) -> Terminal:
        terminal = Terminal(self.files, "--protocol", "1", "--ledger", str(self.ledger))
        for symbol, bid, ask in (
            ("EURUSD", "1.08000", "1.08010"),
            ("GBPUSD", "1.27000", "1.27010"),
        ):
            terminal.send(quote={"symbol": symbol, "bid": bid, "ask": ask})
        return terminal

    def engine(self) -> Engine:
        return Engine(self.data, self.files, "--protocol", "1")

    def entries(self) -> list[str]:
        """Symbols of the deals that opened something, in their order."""
        rows = [row for row in read_ledger(self.ledger) if row["kind"] == "deal"]
        return [row["symbol"] for row in rows if row["entry"] == "IN" and row["symbol"]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def receipt(engine: Engine, cmd_id: int) -> Event:
    return engine.wait_for("receipt", PATIENCE_S, cmd_id=cmd_id)


def test_from_the_probe_to_the_stop_with_an_unclear_open_and_two_restarts(place: Place) -> None:
    with place.terminal() as terminal, place.engine() as engine:
        engine.wait_for("ready", PATIENCE_S, protocol=1)
        engine.wait_for("state", state="RUNNING")
        assert (place.files / "commands.csv").read_bytes()[:1].isdigit()
        ticket = _enter(engine)
        wait_for((place.files / "commands_archive.csv").exists)
        assert not (place.files / "commands.csv").exists()
        _close(engine, ticket)
        unclear = _an_open_whose_receipt_is_dropped(terminal, engine)
        engine.kill()
        terminal.kill()
        with place.terminal(), place.engine() as again:
            _the_unclear_open_is_never_repeated(again, unclear)
            _a_stop_proves_nothing(again)
        assert place.entries() == ["EURUSD", "GBPUSD"]
    outcomes = [(line["action"], line["outcome"]) for line in read_journal(place.data)]
    assert outcomes[:3] == [("BUY", "FILLED"), ("CLOSE", "FILLED"), ("SELL", "FILLED")]


def _enter(engine: Engine) -> str:
    engine.fire(ENTRY)
    filled = receipt(engine, 1)
    assert filled["status"] == "FILLED"
    opened = engine.wait_for("position", change="opened")
    assert (opened["ticket"], opened["symbol"]) == (filled["position"], "EURUSD")
    for wish in ({"fraction": "0.5"}, {"sl": "1.07600"}):
        verb = "close" if "fraction" in wish else "modify"
        refused = engine.ask(verb, ticket=opened["ticket"], **wish)
        assert refused["code"] == "NOT_WITH_PROTOCOL_1"
    market = engine.ask("submit", text="BUY GBPUSD NOW SL 1.26000 TP 1.29000")["signal"]
    assert engine.ask("fire", signal=market)["code"] == "ENTRY_NOT_STATED"
    return str(opened["ticket"])


def _close(engine: Engine, ticket: str) -> None:
    closing = engine.ask("close", ticket=ticket)
    assert receipt(engine, closing["cmd_id"])["message"] == "Closed 1 position(s)"
    engine.wait_for("position", change="closed")


def _an_open_whose_receipt_is_dropped(terminal: Terminal, engine: Engine) -> str:
    """The executor finds receipts.csv in use, executes all the same, and says nothing ever."""
    terminal.send(fault="disk-full")
    signal = engine.fire(SECOND)
    engine.wait(lambda event: event["event"] == "state" and event["unresolved"] == 1, PATIENCE_S)
    terminal.send(clear="disk-full")
    third = engine.ask("submit", text=ENTRY.replace("1.08010", "1.08200"))["signal"]
    assert engine.ask("fire", signal=third)["code"] == "IN_DOUBT"
    return signal


def _the_unclear_open_is_never_repeated(engine: Engine, unclear: str) -> None:
    """A new executor reads its row again as EXPIRED: that proves nothing, it was executed."""
    engine.wait_for("alarm", PATIENCE_S, code="EXECUTOR_RESTARTED")
    engine.wait_for("alarm", PATIENCE_S, code="OUTCOME_UNKNOWN")
    state = engine.ask("state")
    assert [(item["signal"], item["action"]) for item in state["unclear"]] == [(unclear, "SELL")]
    assert engine.ask("fire", signal=unclear)["code"] == "NOT_FIREABLE"
    assert engine.ask("resolve", signal=unclear, **{"as": "filled"})["ok"]
    opened = engine.wait_for("position", change="opened")
    assert opened["symbol"] == "GBPUSD"


def _a_stop_proves_nothing(engine: Engine) -> None:
    assert engine.ask("stop")["ok"]
    stopped = engine.wait(
        lambda event: event["event"] == "state" and "CANNOT_BE_PROVEN" in event["reasons"],
        PATIENCE_S,
    )
    assert (stopped["state"], stopped["open_positions"]) == ("STOPPED_NOT_FLAT", 0)
    alarm = engine.wait_for("alarm", code="NOT_FLAT_CANNOT_BE_PROVEN")
    assert "Trade tab" in alarm["next_step"]
    assert engine.ask("resume")["code"] == "CANNOT_BE_PROVEN"
    # Its clock is still being measured: the way back leads there first.
    assert engine.ask("resume", flat=True)["state"] == "STARTING"


def test_what_the_settings_lack_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    files = tmp_path / "MQL5" / "Files"
    with (
        Terminal(files, "--protocol", "1"),
        Engine(tmp_path / "data", files, "--protocol", "1") as engine,
    ):
        alarm = engine.wait_for("alarm", code="STOCK_ACCOUNT_MISSING")
        assert "stock.account" in alarm["next_step"]
        signal = engine.ask("submit", text=ENTRY)["signal"]
        assert engine.ask("fire", signal=signal)["code"] == "NO_TERMINAL"
        assert not (files / "commands.csv").exists()


def test_without_a_running_app_the_executor_cannot_be_stopped(tmp_path: Path) -> None:
    files = tmp_path / "MQL5" / "Files"
    with Terminal(files, "--protocol", "1"):
        done = subprocess.run(
            [sys.executable, "-m", "signalos_desktop", "stop", "--data-dir", str(tmp_path / "data"),
             "--bridge-folder", str(files), "--wait", "1"],
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "a stock executor cannot be stopped from outside" in done.stdout
    assert "close what is open there by hand" in done.stdout
