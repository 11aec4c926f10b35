"""Real processes: an alert, its levels, an edit and replies open one trade and manage it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.processes import Engine, Terminal, read_journal, read_ledger

ALERT = "gold buy now"
LEVELS = "XAUUSD BUY\nSL 2350\nTP 2500"
EDITED = "XAUUSD BUY\nSL 2355\nTP 2490"


def say(engine: Engine, text: str, message_id: str, **more: object) -> str:
    answer = engine.ask("submit", text=text, provider="gold", message_id=message_id, **more)
    return str(answer["signal"])


def state_of(engine: Engine, signal: str, *states: str) -> dict[str, Any]:
    """The signal's state, once it is one of these."""
    return engine.wait(
        lambda e: e["event"] == "signal_state" and e["signal"] == signal and e["state"] in states,
        what=f"{signal} {states}",
    )


def act(engine: Engine, signal: str, *, auto: bool) -> None:
    """Nobody fires where the provider is trusted."""
    if not auto:
        assert engine.ask("fire", signal=signal)["ok"]


def level(position: dict[str, Any], name: str) -> Decimal:
    return Decimal(position[name])


def trade_and_manage(engine: Engine, trust: str) -> list[str]:
    """From the alert to half a position; returns the signals that acted."""
    auto = trust == "auto"
    engine.running()
    assert engine.ask("settings", **{"risk.percent": "3"})["ok"]
    assert engine.ask("provider", what="set", provider="gold", set={"trust": trust})["ok"]
    alert = say(engine, ALERT, "1")
    assert state_of(engine, alert, "review")["reason"].startswith("ALERT")
    levels = say(engine, LEVELS, "2", reply_to="1")
    assert engine.wait_for("signal", signal=levels)["thread"] == alert
    act(engine, levels, auto=auto)
    opened = engine.wait_for("position", change="opened")
    ticket, volume = opened["ticket"], level(opened, "volume")
    assert (level(opened, "sl"), level(opened, "tp")) == (2350, 2500)
    state_of(engine, levels, "done")

    edit = say(engine, EDITED, "2", edited=True)
    told = engine.wait_for("signal", signal=edit)
    assert [change["field"] for change in told["changes"]] == ["sl", "tp1"]
    act(engine, edit, auto=auto)
    moved = engine.wait_for("position", change="changed")
    assert (moved["ticket"], level(moved, "sl"), level(moved, "tp")) == (ticket, 2355, 2490)
    state_of(engine, edit, "done")

    half = say(engine, "close half", "3", reply_to="2")
    act(engine, half, auto=auto)
    smaller = engine.wait_for("position", change="changed")
    assert abs(level(smaller, "volume") - volume / 2) <= Decimal("0.01")
    state_of(engine, half, "done")
    return [levels, edit, half]


def repeat_and_close(engine: Engine, *, auto: bool) -> str:
    """After a restart: what was said before acts no second time; returns the closing signal."""
    engine.running()
    repeat = say(engine, EDITED, "2", edited=True)
    state_of(engine, repeat, "rejected")
    again = say(engine, "close half", "3", reply_to="2")
    state_of(engine, again, "skipped")
    other_side = say(engine, EDITED.replace("BUY", "SELL"), "2", edited=True)
    assert state_of(engine, other_side, "review")["reason"].startswith("EDIT_AFTER_FIRE")
    close = say(engine, "close all gold", "4")
    act(engine, close, auto=auto)
    engine.wait_for("position", change="closed")
    state_of(engine, close, "done")
    return close


@pytest.mark.parametrize("trust", ["auto", "confirm"])
def test_one_trade_from_alert_to_close_over_a_restart(tmp_path: Path, trust: str) -> None:
    files, ledger, data = tmp_path / "MQL5" / "Files", tmp_path / "ledger.jsonl", tmp_path / "data"
    with Terminal(files, "--ledger", str(ledger)) as terminal:
        with Engine(data, files) as engine:
            acted = trade_and_manage(engine, trust)
            engine.kill()
        with Engine(data, files) as engine:
            acted.append(repeat_and_close(engine, auto=trust == "auto"))
            engine.send(do="quit")
            assert engine.process.wait(30) == 0
        assert terminal.end() == 0
    deals = [row for row in read_ledger(ledger) if row["kind"] == "deal"]
    opened = [row for row in deals if row["entry"] == "IN" and row["symbol"] == "XAUUSD"]
    assert len(opened) == 1
    done = [(line["signal"], line["action"], line["outcome"]) for line in read_journal(data)]
    sent = ["BUY", "MODIFY", "CLOSE_PARTIAL", "CLOSE_TICKET"]
    assert done == [(who, what, "FILLED") for who, what in zip(acted, sent, strict=True)]


def test_what_waited_before_a_restart_can_be_fired_after_it(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    with Terminal(files):
        with Engine(data, files) as engine:
            engine.running()
            alert = say(engine, ALERT, "1")
            levels = say(engine, LEVELS, "2")
            assert engine.ask("fire", signal=levels)["ok"]
            engine.wait_for("position", change="opened")
            update = say(engine, "SL 2360\nTP 2480", "3", reply_to="1")
            state_of(engine, update, "ready")
            engine.kill()
        with Engine(data, files) as engine:
            engine.running()
            assert engine.ask("fire", signal=alert)["code"] == "NOT_FIREABLE"
            assert engine.ask("fire", signal=levels)["code"] == "NOT_FIREABLE"
            assert engine.ask("fire", signal=update)["ok"]
            moved = engine.wait_for("position", change="changed")
            assert (level(moved, "sl"), level(moved, "tp")) == (2360, 2480)
            deleted = say(engine, "", "2", deleted=True)
            assert alert in state_of(engine, deleted, "none")["reason"]
            assert engine.ask("state")["open_positions"] == 1


def test_a_bad_file_of_providers_keeps_the_last_good_one_and_starts_paused(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    with Terminal(files):
        with Engine(data, files) as engine:
            engine.running()
            assert engine.ask("provider", what="set", provider="gold", set={"edits": "ask"})["ok"]
            refused = engine.ask("provider", what="set", provider="gold", set={"edits": "maybe"})
            assert refused["code"] == "CONFIG_INVALID"
            engine.send(do="quit")
            engine.process.wait(30)
        stored = data / "settings.json"
        stored.write_text(stored.read_text().replace('"ask"', '"maybe"'))
        with Engine(data, files) as engine:
            alarm = engine.wait_for("alarm", code="CONFIG_INVALID")
            assert "provider.gold.edits = maybe, allowed accept, ask, ignore" in alarm["text"]
            paused = engine.wait_for("state", state="PAUSED", reasons=["config-invalid"])
            assert paused["open_positions"] == 0
            rows = engine.ask("provider", what="show", provider="gold")["settings"]
            assert {row["field"]: row["value"] for row in rows}["edits"] == "ask"
