"""Real processes: the app looks after open trades, and goes on with it after a restart."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from tests.helpers.processes import Engine, Event, Terminal, read_journal, read_ledger

THREE = "EURUSD BUY 1.10000 SL 1.09900 TP 1.10100 TP 1.10200 TP 1.10400"
LADDER = {
    "targets.weights": "5,3,2",
    "manage.breakeven.after_tp": "1",
    "manage.breakeven.offset_points": "5",
    "manage.trail.mode": "points",
    "manage.trail.points": "120",
    "manage.trail.start_tp": "1",
    "manage.trail.step_points": "20",
}


class Prices:
    """A quote file that the simulated market follows as it grows."""

    def __init__(self, path: Path, bid: str) -> None:
        self.path = path
        self.go(bid)

    def go(self, bid: str) -> None:
        """EURUSD costs so much from now on, spread 2 points."""
        ask = Decimal(bid) + Decimal("0.00002")
        with self.path.open("a", encoding="ascii") as file:
            file.write(f"{time.time_ns() // 1_000_000},EURUSD,{bid},{ask}\n")


class Scene:
    """Terminal, prices and an engine that can be killed and started again."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.files = folder / "MQL5" / "Files"
        self.ledger = folder / "ledger.jsonl"
        self.prices = Prices(folder / "quotes.csv", "1.09998")
        given = ("--quotes", str(self.prices.path), "--ledger", str(self.ledger), *options)
        self.terminal = Terminal(self.files, *given)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        with Engine(self.folder / "data", self.files) as engine:
            yield engine.running()

    def deals(self) -> list[Event]:
        return [row for row in read_ledger(self.ledger) if row["kind"] == "deal"]

    def journal(self) -> list[Event]:
        return read_journal(self.folder / "data")


@contextmanager
def scene(folder: Path, *options: str) -> Iterator[Scene]:
    made = Scene(folder, *options)
    with made.terminal:
        yield made


def stop_at(engine: Engine, sl: str, ticket: str | None = None) -> Event:
    """Wait until a position has this S/L."""
    return engine.wait(
        lambda e: (
            e["event"] == "position"
            and e["change"] == "changed"
            and Decimal(e["sl"] or 0) == Decimal(sl)
            and ticket in (None, e["ticket"])
        ),
        what=f"S/L {sl}",
    )


def executed(lines: list[Event], head: str) -> list[str]:
    """The rules behind the intents that begin like this and were executed."""
    mine = [line for line in lines if (line["intent"] or "").startswith(head)]
    return [line["source"] for line in mine if line["outcome"] == "FILLED"]


def test_break_even_after_the_first_target_then_trailing_over_a_restart(tmp_path: Path) -> None:
    with scene(tmp_path) as all_:
        with all_.engine() as engine:
            assert engine.ask("settings", **LADDER)["ok"]
            engine.fire(THREE)
            for cmd_id in (1, 2, 3):
                engine.wait_for("receipt", cmd_id=cmd_id, status="FILLED")
            all_.prices.go("1.10100")
            taken = engine.wait_for("deal", entry="OUT", reason="TP")
            moved = engine.wait_for("rule", rule="break-even")
            assert "break-even after T/P 1" in moved["text"]
            # 5 points, and 0.95 or 0.63 of commission a side, are covered beyond the entry.
            stop_at(engine, "1.10013", "100002")
            stop_at(engine, "1.10012", "100003")
            engine.kill()
        with all_.engine() as engine:
            all_.prices.go("1.10180")
            stop_at(engine, "1.10060", "100002")
            stop_at(engine, "1.10060", "100003")
            all_.prices.go("1.10190")
            all_.prices.go("1.10060")
            engine.wait_for("deal", entry="OUT", reason="SL", position_id="100002")
            engine.wait_for("deal", entry="OUT", reason="SL", position_id="100003")
        entries = [deal for deal in all_.deals() if deal["type"] == "BUY"]
        volumes = [deal["volume"] for deal in entries if deal["entry"] == "IN"]
        assert [Decimal(volume) for volume in volumes] == [
            Decimal(taken["volume"]),
            Decimal(taken["volume"]) * 3 / 5,
            Decimal(taken["volume"]) * 2 / 5,
        ]
        rules = executed(all_.journal(), "RULE/")
        assert [rule.split(":")[1].split(",")[0] for rule in rules] == [
            *(" break-even after T/P 1",) * 2,
            *(" trailing 120 points behind +180 points (1.80 R)",) * 2,
        ]


def test_a_net_position_is_closed_in_parts_at_its_targets_and_after_a_restart(
    tmp_path: Path,
) -> None:
    options = ("--account", "netting", "--input", "allow_netting=true")
    with scene(tmp_path, *options) as all_:
        with all_.engine() as engine:
            assert engine.ask("settings", **LADDER)["ok"]
            engine.fire(THREE)
            opened = engine.wait_for("position", change="opened")
            whole = Decimal(opened["volume"])
            all_.prices.go("1.10100")
            first = engine.wait_for("deal", entry="OUT", reason="EXPERT")
            stop_at(engine, "1.10012")
            engine.kill()
        with all_.engine() as engine:
            all_.prices.go("1.10200")
            second = engine.wait_for("deal", entry="OUT", reason="EXPERT", price="1.102")
            all_.prices.go("1.10400")
            third = engine.wait_for("deal", entry="OUT", reason="TP")
        closed = [Decimal(deal["volume"]) for deal in (first, second, third)]
        assert sum(closed) == whole
        assert closed == [whole * share / 10 for share in (5, 3, 2)]
        parts = executed(all_.journal(), f"RULE/{opened['identifier']}/part/")
        assert [part.partition(" at ")[0] for part in parts] == ["rule: T/P 1", "rule: T/P 2"]


def test_a_trade_is_closed_when_its_time_is_over_also_while_paused(tmp_path: Path) -> None:
    with scene(tmp_path) as all_:
        with all_.engine() as engine:
            assert engine.ask("settings", **{"manage.max_hold_min": "0.05"})["ok"]
            engine.fire("EURUSD BUY 1.10000 SL 1.09900 TP 1.10400")
            opened = engine.wait_for("position", change="opened")
            assert engine.ask("pause")["ok"]
            rule = engine.wait_for("rule", rule="holding time")
            engine.wait_for("position", change="closed", ticket=opened["ticket"])
            assert (rule["ticket"], rule["signal"]) == (opened["ticket"], "S000001")
        [told] = executed(all_.journal(), "RULE/")
        assert "allowed 0.05 min" in told


def test_an_opposite_signal_closes_first_and_is_fired_then(tmp_path: Path) -> None:
    with scene(tmp_path) as all_, all_.engine() as engine:
        assert engine.ask("settings", **{"manage.opposite": "close"})["ok"]
        engine.fire("EURUSD BUY 1.10000 SL 1.09900 TP 1.10400")
        opened = engine.wait_for("position", change="opened")
        against = engine.ask("submit", text="EURUSD SELL 1.09998 SL 1.10100 TP 1.09600")["signal"]
        answer = engine.ask("fire", signal=against)
        assert (answer["ok"], answer["code"]) == (False, "CLOSING_OPPOSITE")
        engine.wait_for("position", change="closed", ticket=opened["ticket"])
        turned = engine.wait_for("position", change="opened", type="sell")
        assert turned["ticket"] != opened["ticket"]
        engine.wait_for("signal_state", signal=against, state="done")


def test_a_stop_ends_the_rules_and_a_halted_trade_keeps_its_stop_loss(tmp_path: Path) -> None:
    with scene(tmp_path) as all_, all_.engine() as engine:
        assert engine.ask("settings", **LADDER)["ok"]
        engine.fire(THREE)
        for cmd_id in (1, 2, 3):
            engine.wait_for("receipt", cmd_id=cmd_id, status="FILLED")
        engine.ask("stop", keep_positions=True)
        engine.wait_for("state", state="STOPPED_NOT_FLAT")
        all_.prices.go("1.10100")
        engine.wait_for("deal", entry="OUT", reason="TP")
        engine.wait_for("account", profit="45")
        engine.ask("state")
        assert [e for e in engine.events if e["event"] == "rule"] == []


def test_a_part_whose_outcome_was_unclear_is_closed_once(tmp_path: Path) -> None:
    options = ("--account", "netting", "--input", "allow_netting=true")
    with scene(tmp_path, *options) as all_, all_.engine() as engine:
        assert engine.ask("settings", **LADDER)["ok"]
        engine.fire(THREE)
        opened = engine.wait_for("position", change="opened")
        half = Decimal(opened["volume"]) / 2
        all_.terminal.send(fault="timeout-executed:1")
        all_.terminal.wait(lambda event: event.get("fault") == "timeout-executed:1")
        all_.prices.go("1.10100")
        engine.wait_for("receipt", status="UNKNOWN")
        engine.wait_for("position", change="changed", volume=str(half))
        done = engine.wait(
            lambda e: e["event"] == "receipt" and e["status"] == "FILLED" and e["cmd_id"] == 2,
            patience_s=90,
        )
        stop_at(engine, "1.10012")
        assert Decimal(done["volume"]) == half
        closed = [deal for deal in all_.deals() if deal["entry"] == "OUT"]
        assert [Decimal(deal["volume"]) for deal in closed] == [half]
