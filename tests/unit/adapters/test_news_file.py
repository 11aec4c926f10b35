"""The calendar file: read whole, or a sentence that says why not."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signalos_desktop.adapters.news_file import LARGEST, NewsFile

TEXT = "date,time,currency,impact,title\n2026-03-06,8:30,USD,high,Payrolls\n"


def test_a_calendar_with_the_time_it_was_written_at(tmp_path: Path) -> None:
    path = tmp_path / "week.csv"
    path.write_text(TEXT)
    os.utime(path, (1_772_000_000, 1_772_000_000))
    found = NewsFile().read(str(path), "America/New_York")
    assert found.problem == ""
    assert found.read == datetime.fromtimestamp(1_772_000_000, UTC)
    assert found.events[0].time == datetime(2026, 3, 6, 13, 30, tzinfo=UTC)
    assert NewsFile().read(str(path), "").events[0].time.hour == 8


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no events"), (b"\xff\xfe", "not UTF-8"), (b" " * (LARGEST + 1), "allowed")],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "week.csv"
    path.write_bytes(content)
    found = NewsFile().read(str(path), "")
    assert words in found.problem
    assert str(path) in found.problem
    assert found.read is None


def test_a_file_that_is_missing_or_none(tmp_path: Path) -> None:
    assert "cannot be read" in NewsFile().read(str(tmp_path / "none.csv"), "").problem
    assert "is no file" in NewsFile().read(str(tmp_path), "").problem
