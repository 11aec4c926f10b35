"""The chart's yesterday: one line a minute, and a damaged file is no trouble."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from signalos_desktop.adapters.equity_file import EquityFile
from signalos_desktop.domain.values import Account

ACCOUNT = Account(5000001, "SignalOS-Demo")
START = datetime(2026, 11, 20, 12, tzinfo=UTC)
D = Decimal


def test_one_line_a_minute_comes_back(tmp_path: Path) -> None:
    file = EquityFile(tmp_path)
    for second in range(0, 150, 10):
        file.note(ACCOUNT, START + timedelta(seconds=second), D(100), D("101.5"))
    points = EquityFile(tmp_path).load()[ACCOUNT]
    assert [time - START.timestamp() for time, _, _ in points] == [0, 60, 120]
    assert points[0][1:] == (100.0, 101.5)


def test_damaged_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "equity-5000001@SignalOS-Demo.txt"
    path.write_bytes(b"10 1 2\nrubbish\n5 1 2\n20 NaN 2\n30 1\n40 3 4\n50 5 \xff\n60 7")
    assert EquityFile(tmp_path).load()[ACCOUNT] == [(10.0, 1.0, 2.0), (40.0, 3.0, 4.0)]


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    file = EquityFile(tmp_path / "nowhere")
    file.note(ACCOUNT, START, D(1), D(1))
    assert file.load() == {}


def test_strange_names_are_no_accounts(tmp_path: Path) -> None:
    (tmp_path / "equity-rubbish.txt").write_text("10 1 2\n")
    (tmp_path / "window.json").write_text("{}")
    assert EquityFile(tmp_path).load() == {}
