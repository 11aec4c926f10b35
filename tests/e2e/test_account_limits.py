"""The account's limits with real processes: a loss past the floor pauses, also after kill -9."""

import time
from decimal import Decimal
from pathlib import Path

from tests.helpers.processes import Engine, Terminal

BUY = "EURUSD BUY NOW SL 1.07800 TP 1.09000"
LIMIT = "EURUSD BUY LIMIT 1.07500 SL 1.07300 TP 1.09000"


class Prices:
    """The quotes file of the simulated terminal; a new row moves the price at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.write_text("utc_ms,symbol,bid,ask\n")
        self.move("1.08000")

    def move(self, bid: str) -> None:
        ask = Decimal(bid) + Decimal("0.00002")
        with self.path.open("a") as file:
            file.write(f"{time.time_ns() // 1_000_000},EURUSD,{bid},{ask}\n")


def test_a_loss_past_the_floor_pauses_cancels_and_survives_a_kill(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    prices = Prices(tmp_path / "quotes.csv")
    with Terminal(files, "--quotes", str(prices.path), "--balance", "10000"):
        with Engine(data, files) as engine:
            engine.running()
            assert engine.ask("settings", **{"risk.percent": "2"})["ok"]
            engine.fire(BUY)
            engine.wait_for("position", change="opened")
            engine.fire(LIMIT)
            order = engine.wait_for("order", change="opened")
            changed = {"limits.initial": 10000, "limits.preset": "ftmo-1-step"}
            assert engine.ask("settings", **changed)["ok"]
            told = engine.wait(lambda event: bool(event.get("limits")), what="the limits")
            assert [limit["code"] for limit in told["limits"]] == ["DAILY_LOSS", "DRAWDOWN"]
            # 3 % of 10 000, reached 0.3 % earlier: 270 of loss, 200 of which are the S/L's.
            assert engine.ask("modify", ticket=opened(engine), sl="1.07600")["ok"]
            engine.wait_for("position", change="changed")
            prices.move("1.07700")
            alarm = engine.wait_for("alarm", code="LIMIT_REACHED")
            assert "9730.00 USD" in alarm["text"]
            assert "9700.00 USD" in alarm["text"]
            paused = engine.wait_for("state", state="PAUSED")
            assert paused["reasons"] == ["daily-loss"]
            gone = engine.wait_for("order", change="closed")
            assert gone["ticket"] == order["ticket"]
            limits = engine.ask("state")["limits"]
            [daily] = [limit for limit in limits if limit["code"] == "DAILY_LOSS"]
            assert (daily["unit"], Decimal(daily["headroom"])) == ("USD", Decimal(0))
            engine.kill()
        with Engine(data, files) as again:
            again.wait_for("ready")
            assert again.wait_for("state", state="PAUSED")["reasons"] == ["daily-loss"]
            prices.move("1.08400")
            again.wait(lambda event: float(event.get("equity", 0)) > 9990, what="the money back")
            refused = again.ask("resume")
            assert [p["code"] for p in refused["preconditions"]] == ["LIMIT_REACHED"]
            signal = again.ask("submit", text=BUY)["signal"]
            assert again.ask("fire", signal=signal)["ok"] is False


def test_a_limit_may_press_the_stop_and_holds_the_way_back(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    prices = Prices(tmp_path / "quotes.csv")
    with (
        Terminal(files, "--quotes", str(prices.path), "--balance", "10000"),
        Engine(data, files) as engine,
    ):
        engine.running()
        document = {
            "version": 1,
            "strategy": "prop",
            "rules": {
                "risk.percent": "2",
                "risk.max_daily_loss_percent": 3,
                "limits.action": "stop",
            },
        }
        assert engine.ask("strategy", what="import", document=document)["ok"]
        account = engine.ask("state")["account"]
        assert engine.ask("strategy", what="use", strategy="prop", **{"for": account})["ok"]
        engine.wait(lambda event: bool(event.get("limits")), what="the limits")
        engine.fire(BUY)
        engine.wait_for("position", change="opened")
        assert engine.ask("modify", ticket=opened(engine), sl="1.07500")["ok"]
        engine.wait_for("position", change="changed")
        prices.move("1.07700")
        engine.wait_for("alarm", code="LIMIT_REACHED")
        flat = engine.wait_for("state", state="STOPPED_FLAT")
        assert flat["open_positions"] == 0
        refused = engine.ask("resume")
        assert "LIMIT_REACHED" in {p["code"] for p in refused["preconditions"]}


def opened(engine: Engine) -> str:
    [position] = [e for e in engine.events if e["event"] == "position" and e["change"] == "opened"]
    return str(position["ticket"])
