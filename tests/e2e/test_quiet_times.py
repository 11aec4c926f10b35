"""News and hours with real processes: the account rests by itself, and goes on by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.test_account_limits import BUY, LIMIT, Prices
from tests.helpers.processes import Engine, Terminal

WINDOW_S = 8


def test_news_take_resting_orders_back_pause_and_end_by_themselves(tmp_path: Path) -> None:
    files, data = tmp_path / "MQL5" / "Files", tmp_path / "data"
    prices = Prices(tmp_path / "quotes.csv")
    with (
        Terminal(files, "--quotes", str(prices.path), "--balance", "10000"),
        Engine(data, files) as engine,
    ):
        engine.running()
        engine.fire(BUY)
        engine.wait_for("position", change="opened")
        engine.fire(LIMIT)
        order = engine.wait_for("order", change="opened")
        soon = datetime.now(UTC) + timedelta(seconds=WINDOW_S)
        calendar = tmp_path / "calendar.csv"
        row = f"{soon:%Y-%m-%dT%H:%M:%SZ},USD,High,Payrolls"
        calendar.write_text(f"date,currency,impact,title\n{row}\n")
        rules = {"news.before_min": 1, "news.after_min": 0, "news.scope": "account"}
        assert engine.ask("settings", **{"news.file": str(calendar), **rules})["ok"]
        assert engine.wait_for("state", state="PAUSED")["reasons"] == ["news"]
        ahead = engine.wait_for("alarm", code="NEWS_AHEAD")
        assert f"({order['ticket']}) is taken back" in ahead["text"]
        assert "stays open" in ahead["text"]
        assert engine.wait_for("order", change="closed")["ticket"] == order["ticket"]
        refused = engine.ask("resume")
        assert [one["code"] for one in refused["preconditions"]] == ["REASON_STANDS"]
        assert engine.wait_for("state", state="RUNNING")["reasons"] == []
        assert datetime.now(UTC) >= soon.replace(microsecond=0)
        another_day = f"{datetime.now(UTC) + timedelta(days=3):%a}"
        assert engine.ask("settings", **{"hours.windows": f"{another_day} 08:00-09:00"})["ok"]
        assert engine.wait_for("state", state="PAUSED")["reasons"] == ["session"]
        assert engine.ask("settings", **{"hours.windows": ""})["ok"]
        assert engine.wait_for("state", state="RUNNING")["reasons"] == []
