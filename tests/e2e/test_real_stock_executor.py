"""The panel's engine drives another author's executor: its .mq5, run unchanged in real time."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.usual_symbols import usual_symbols
from signalos_desktop.domain.wire.symbols_json import encode_symbols
from tests.e2e.test_protocol_1 import ALWAYS_OPEN, ENTRY, PATIENCE_S, settings
from tests.ea_sim.build import HERE, Program, build, compiler
from tests.helpers.processes import Engine, LineProcess, read_journal, read_ledger

pytestmark = pytest.mark.skipif(
    compiler() is None, reason="no C++ compiler: install g++ to run executors"
)
SOURCE = HERE / "executors" / "StockExecutor.mq5"


class StockTerminal(LineProcess):
    """`ea-run` with EURUSD standing still; ready when constructed."""

    module = "tests.ea_sim.ea_run"

    def __init__(self, files: Path, ledger: Path) -> None:
        build(Program(SOURCE, permissive=True))
        files.mkdir(parents=True)
        quotes = files.parent / "quotes.csv"
        quotes.write_text(f"{int(time.time() * 1000) - 1000},EURUSD,1.08000,1.08010\n")
        super().__init__(
            *(str(SOURCE), "--folder", str(files), "--ledger", str(ledger)),
            *("--quotes", str(quotes), "--input", "CheckIntervalSeconds=1"),
        )
        self.wait_for("ready")


def test_from_the_probe_to_the_stop(tmp_path: Path) -> None:
    files, ledger, data = tmp_path / "MQL5" / "Files", tmp_path / "ledger.jsonl", tmp_path / "data"
    symbols = tmp_path / "symbols.json"
    specs = [replace(one, sessions=ALWAYS_OPEN) for one in usual_symbols("USD", ())]
    symbols.write_bytes(encode_symbols(specs, [], 1))
    settings(
        data,
        stock__account="5000001@SignalOS-Demo",
        stock__balance="10000",
        stock__symbols=str(symbols),
    )
    with StockTerminal(files, ledger), Engine(data, files, "--protocol", "1") as engine:
        engine.wait_for("ready", PATIENCE_S, protocol=1)
        engine.wait_for("state", PATIENCE_S, state="RUNNING")
        engine.fire(ENTRY)
        filled = engine.wait_for("receipt", PATIENCE_S, cmd_id=1)
        assert (filled["status"], filled["retcode"]) == ("FILLED", 10009)
        ticket = engine.wait_for("position", change="opened")["ticket"]
        closing = engine.ask("close", ticket=ticket)
        closed = engine.wait_for("receipt", PATIENCE_S, cmd_id=closing["cmd_id"])
        assert closed["message"] == "Closed 1 position(s)"
        assert engine.ask("stop")["ok"]
        engine.wait_for("alarm", PATIENCE_S, code="NOT_FLAT_CANNOT_BE_PROVEN")
    deals = [row for row in read_ledger(ledger) if row["kind"] == "deal" and row["symbol"]]
    assert [(deal["type"], deal["entry"]) for deal in deals] == [("BUY", "IN"), ("SELL", "OUT")]
    outcomes = [(line["action"], line["outcome"]) for line in read_journal(data)]
    assert outcomes[:2] == [("BUY", "FILLED"), ("CLOSE", "FILLED")]
