"""The panel's engine and the compiled Expert Advisor, both real processes on real files."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.ea_sim.build import compiler
from tests.ea_sim.real_terminal import RealTerminal
from tests.helpers.processes import Engine, Event, read_journal, read_ledger

pytestmark = pytest.mark.skipif(
    compiler() is None, reason="no C++ compiler: install g++ to run the real EA"
)
GOLD = "BUY GOLD NOW SL 2350 TP 2500"
OTHER = "SELL EURUSD NOW SL 1.20000"
modes = pytest.mark.parametrize("netting", [False, True], ids=["hedging", "netting"])


def deals(ledger: Path) -> list[Event]:
    return [row for row in read_ledger(ledger) if row["kind"] == "deal" and row["symbol"]]


def check_books(data: Path, ledger: Path) -> None:
    """Journal and broker know the same deals, and every line of the journal is settled."""
    journal = read_journal(data)
    ours = [deal for line in journal for deal in line["deals"]]
    assert sorted(ours) == sorted(deal["ticket"] for deal in deals(ledger))
    assert {line["outcome"] for line in journal} == {"FILLED"}


def test_damaged_intents_halt_the_ea_until_it_is_started_fresh(tmp_path: Path) -> None:
    files, ledger, data = tmp_path / "MQL5" / "Files", tmp_path / "ledger.jsonl", tmp_path / "data"
    with RealTerminal(files, ledger), Engine(data, files) as engine:
        engine.running()
        assert engine.ask("settings", **{"risk.percent": "2"})["ok"]
        engine.fire(GOLD)
        ticket = engine.wait_for("position", change="opened")["ticket"]
    [intents] = files.rglob("intents.csv")
    intents.write_bytes(b"damaged,1\n" + intents.read_bytes())
    with RealTerminal(files, ledger), Engine(data, files) as engine:
        engine.wait_for("state", state="STOPPED_NOT_FLAT")
        assert engine.ask("close", ticket=ticket)["ok"]
        engine.wait_for("state", state="STOPPED_FLAT")
        refused = engine.ask("resume")
        assert refused["code"] == "DAMAGED", refused
        assert engine.ask("start_fresh")["ok"]
        assert engine.ask("start_fresh")["code"] == "NOT_DAMAGED"
        assert engine.ask("resume")["state"] == "PAUSED"
        assert engine.ask("resume")["state"] == "RUNNING"
        engine.fire(OTHER)
        engine.wait_for("position", change="opened", symbol="EURUSD")
    assert len(deals(ledger)) == 3


@modes
def test_fire_reduce_modify_stop_and_resume_in_two_steps(tmp_path: Path, netting: bool) -> None:
    files, ledger, data = tmp_path / "MQL5" / "Files", tmp_path / "ledger.jsonl", tmp_path / "data"
    with RealTerminal(files, ledger, netting=netting) as terminal, Engine(data, files) as engine:
        engine.running()
        assert engine.ask("settings", **{"risk.percent": "2"})["ok"]
        signal = engine.ask("submit", text=GOLD)["signal"]
        assert engine.ask("fire", signal=signal)["ok"]
        filled = engine.wait_for("receipt", status="FILLED")
        opened = engine.wait_for("position", change="opened")
        ticket, volume = opened["ticket"], Decimal(opened["volume"])
        assert (filled["position"], opened["symbol"], opened["type"]) == (ticket, "XAUUSD", "buy")

        assert engine.ask("close", ticket=ticket, fraction="0.5")["ok"]
        smaller = engine.wait_for("position", change="changed")
        assert Decimal(smaller["volume"]) < volume
        assert engine.ask("modify", ticket=ticket, sl="2355", tp="2490")["ok"]
        moved = engine.wait_for("position", change="changed")
        assert (Decimal(moved["sl"]), Decimal(moved["tp"])) == (Decimal(2355), Decimal(2490))

        assert engine.ask("stop")["ok"]
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert (flat["open_positions"], flat["resting_orders"], flat["unresolved"]) == (0, 0, 0)
        assert engine.ask("resume")["state"] == "PAUSED"
        assert engine.ask("resume")["state"] == "RUNNING"
        engine.fire(OTHER)
        engine.wait_for("position", change="opened", symbol="EURUSD")
        engine.ask("stop")
        engine.wait_for("state", state="STOPPED_FLAT")
        engine.send(do="quit")
        assert engine.process.wait(30) == 0
        assert terminal.end() == 0
    check_books(data, ledger)
