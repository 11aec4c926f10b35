"""Real processes on a real Files folder: from a text to a position, to a proven stop, and back."""

from decimal import Decimal
from pathlib import Path

from tests.helpers.processes import Engine, Terminal, read_journal, read_ledger

GOLD = "BUY GOLD NOW SL 2350 TP 2500"


def test_submit_fire_partial_close_modify_stop_and_resume_in_two_steps(tmp_path: Path) -> None:
    files, ledger = tmp_path / "MQL5" / "Files", tmp_path / "ledger.jsonl"
    with (
        Terminal(files, "--ledger", str(ledger)) as terminal,
        Engine(tmp_path / "data", files) as engine,
    ):
        engine.running()
        assert engine.ask("settings", **{"risk.percent": "2"})["ok"]
        signal = engine.ask("submit", text=GOLD)["signal"]
        [decision] = [e for e in engine.events if e["event"] == "decision"]
        assert decision["verdict"] == "accepted"
        assert {"MAX_POSITIONS", "OPEN_RISK", "RISK"} <= {g["code"] for g in decision["gates"]}
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
        engine.wait_for("state", state="STOPPING")
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert (flat["open_positions"], flat["resting_orders"], flat["unresolved"]) == (0, 0, 0)
        refused = engine.ask("submit", text=GOLD.replace("GOLD", "EURUSD"))
        assert engine.ask("fire", signal=refused["signal"])["code"] == "NOT_FIREABLE"

        assert engine.ask("resume")["state"] == "PAUSED"
        assert engine.ask("resume")["state"] == "RUNNING"
        engine.send(do="quit")
        assert engine.process.wait(30) == 0
        assert terminal.end() == 0
    entries = [row for row in read_ledger(ledger) if row["kind"] == "deal" and row["entry"] == "IN"]
    assert [row["symbol"] for row in entries if row["type"] == "BUY"] == ["XAUUSD"]
    outcomes = {(line["action"], line["outcome"]) for line in read_journal(tmp_path / "data")}
    assert outcomes == {("BUY", "FILLED"), ("CLOSE_PARTIAL", "FILLED"), ("MODIFY", "FILLED")}


def test_the_stop_survives_a_restart_of_either_side(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    with Terminal(files) as terminal:
        with Engine(data, files) as engine:
            engine.running()
            engine.fire(GOLD)
            engine.wait_for("position", change="opened")
            engine.ask("stop")
            engine.wait_for("state", state="STOPPED_FLAT")
            engine.kill()
        terminal.kill()
    with Terminal(files), Engine(data, files) as engine:
        engine.wait_for("ready")
        engine.wait_for("state", state="STOPPED_FLAT")
        signal = engine.ask("submit", text=GOLD)["signal"]
        assert engine.ask("fire", signal=signal)["ok"] is False
        assert engine.ask("resume")["state"] == "PAUSED"


def test_pause_withdraws_and_refuses_and_one_step_down_runs_again(tmp_path: Path) -> None:
    files = tmp_path / "MQL5" / "Files"
    with Terminal(files), Engine(tmp_path / "data", files) as engine:
        engine.running()
        waiting = engine.ask("submit", text=GOLD)["signal"]
        assert engine.ask("pause")["ok"]
        engine.wait_for("state", state="PAUSED")
        assert engine.ask("fire", signal=waiting)["code"] == "PAUSED"
        skipped = engine.ask("submit", text=GOLD.replace("2350", "2351"))["signal"]
        states = [e for e in engine.events if e["event"] == "signal_state"]
        assert states[-1]["state"] == "skipped_paused"
        assert engine.ask("resume")["state"] == "RUNNING"
        assert engine.ask("fire", signal=skipped)["code"] == "NOT_FIREABLE"
        assert engine.ask("fire", signal=waiting)["ok"]
        engine.wait_for("receipt", status="FILLED")


def test_a_dead_terminal_is_an_alarm_and_nothing_is_sent_to_it(tmp_path: Path) -> None:
    files = tmp_path / "MQL5" / "Files"
    with Terminal(files) as terminal, Engine(tmp_path / "data", files) as engine:
        engine.running()
        waiting = engine.ask("submit", text=GOLD)["signal"]
        terminal.kill()
        engine.wait_for("alarm", code="EA_SILENT")
        engine.wait_for("state", state="PAUSED")
        assert engine.ask("fire", signal=waiting)["code"] == "PAUSED"
        engine.ask("stop")
        engine.wait_for("state", state="STOPPED_NOT_FLAT")
        engine.wait_for("alarm", code="NOT_FLAT_EA_SILENT")


def test_a_second_engine_on_the_same_data_names_the_first(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    with Terminal(files), Engine(data, files) as first:
        first.running()
        with Engine(data, files) as second:
            assert second.process.wait(30) == 3
            second.end()
            assert str(first.process.pid) in "".join(second.errors)


def test_a_second_engine_on_the_same_terminal_does_not_write(tmp_path: Path) -> None:
    files = tmp_path / "MQL5" / "Files"
    with Terminal(files), Engine(tmp_path / "one", files) as first:
        first.running()
        with Engine(tmp_path / "two", files) as second:
            second.wait_for("alarm", code="FOLDER_HELD")
            signal = second.ask("submit", text=GOLD)["signal"]
            assert second.ask("fire", signal=signal)["code"] == "NO_TERMINAL"
