"""`journal`: lines for programs, a table for people, words for a file that cannot be read."""

from pathlib import Path

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.receipt import ReceiptStatus
from tests.helpers.journals import record
from tests.unit.adapters.ledger.samples import StandingClock, ago, command, deal, receipt
from tests.unit.app.program import json_lines, one_line_error, program


def filled(folder: Path) -> Journal:
    journal = Journal(folder / "journal.sqlite3", StandingClock())
    record(
        journal,
        command(7, "S1/1"),
        receipt(7, ReceiptStatus.FILLED, "bell \x07 ünd", position=9, deal=11),
        deal(50, None, position=40, time=ago(-1)),
    )
    return journal


def test_one_json_line_for_each_intent_also_while_the_app_runs(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    running = json_lines(program("journal", "--json", "--data-dir", tmp_path))
    journal.close()
    assert json_lines(program("journal", "--json", SIGNALOS_HOME=str(tmp_path))) == running
    assert running == [
        {
            "intent": "S1/1",
            "signal": "S1",
            "cmd_id": 7,
            "session": 3,
            "account": "1001@Demo-Server",
            "action": "BUY",
            "symbol": "XAUUSD.m",
            "lots": "0.10",
            "outcome": "FILLED",
            "reason": "bell \x07 ünd",
            "source": "",
            "tickets": ["9"],
            "deals": ["11"],
            "utc": "2026-03-02T12:00:00.123Z",
        },
        {
            "intent": None,
            "signal": None,
            "cmd_id": None,
            "session": None,
            "account": "1001@Demo-Server",
            "action": "BUY",
            "symbol": "XAUUSD.m",
            "lots": "0.10",
            "outcome": "EXTERNAL",
            "reason": "",
            "source": "",
            "tickets": ["40"],
            "deals": ["50"],
            "utc": "2026-03-03T12:00:00.123Z",
        },
    ]


def test_a_table_for_people_in_which_nothing_rings(tmp_path: Path) -> None:
    filled(tmp_path).close()
    done = program("journal", "--data-dir", tmp_path)
    head, ours, external = done.stdout.splitlines()
    assert head.startswith("UTC")
    assert "FILLED" in ours
    assert ours.endswith("bell ? ünd")
    assert "EXTERNAL" in external


def test_no_journal_yet(tmp_path: Path) -> None:
    assert program("journal", "--json", "--data-dir", tmp_path).stdout == ""
    done = program("journal", "--data-dir", tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_a_damaged_journal_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite3").write_bytes(b"no database " * 500)
    line = one_line_error(program("journal", "--json", "--data-dir", tmp_path), 1)
    assert "journal.sqlite3 is damaged" in line
