"""What was acknowledged survives a kill; a full disk, a lock and damage are said, not hidden."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from signalos_desktop.adapters.ledger.database import check
from signalos_desktop.adapters.ledger.errors import JournalDamagedError, JournalTooNewError
from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.ledger.schema import MIGRATIONS
from signalos_desktop.engine.ports import LedgerDamagedError, LedgerFailedError, LedgerRefusedError
from tests.helpers.journals import record
from tests.unit.adapters.ledger.samples import StandingClock, command, signal

WRITER = Path(__file__).with_name("endless_writer.py")
ROOT = Path(__file__).parents[4]


def open_journal(path: Path, patience_s: float = 2.0) -> Journal:
    return Journal(path, StandingClock(), patience_s=patience_s)


def filled(path: Path, count: int) -> Path:
    journal = open_journal(path)
    for number in range(1, count + 1):
        record(journal, signal(f"S{number}", text="BUY GOLD " * 40), command(number))
    journal.close()
    return path


@pytest.mark.parametrize("answers", [1, 60, 400])
def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_half(
    tmp_path: Path, answers: int
) -> None:
    path = tmp_path / "journal.sqlite3"
    with subprocess.Popen(
        [sys.executable, "-c", f"import runpy; runpy.run_path({str(WRITER)!r})", str(path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as process:
        assert process.stdout is not None
        acknowledged = {int(process.stdout.readline()) for _ in range(answers)}
        process.kill()
        rest = process.stdout.read().split("\n")[:-1]
    acknowledged |= {int(line) for line in rest}
    journal = open_journal(path)
    replay = journal.replay()
    kept = {known.entry.command.cmd_id for known in replay.commands}
    assert acknowledged <= kept
    assert {known.entry.signal for known in replay.signals} == {f"S{number}" for number in kept}
    assert {entry.cmd_id for entry in replay.deals} == kept
    assert all(len(known.receipts) == 1 for known in replay.commands)
    record(journal, command(max(kept) + 1))
    journal.close()
    assert check(path) == ""


def test_the_log_does_not_grow_while_orders_wait_for_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = open_journal(path)
    log = path.with_name("journal.sqlite3-wal")
    long = log.stat().st_size
    for number in range(1, 101):
        record(journal, signal(f"S{number}"), command(number))
    assert log.stat().st_size == long
    assert path.stat().st_size < long
    journal.close()


FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.ledger.schema import MIGRATIONS
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError
from tests.unit.adapters.ledger.samples import StandingClock, command, signal

async def main():
    journal = Journal(Path(sys.argv[1]), StandingClock())
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, free[1]))
    kept = 0
    try:
        while True:
            await journal.record(signal(f"S{kept + 1}", text="x" * 5000), command(kept + 1))
            kept += 1
    except LedgerRefusedError:
        raise
    except LedgerFailedError:
        pass
    resource.setrlimit(resource.RLIMIT_FSIZE, free)
    await journal.record(command(kept + 1))
    journal.close()
    print(kept)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
def test_a_full_disk_is_said_and_passes_when_there_is_room_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = int(done.stdout)
    assert kept > 5
    journal = open_journal(path)
    replay = journal.replay()
    journal.close()
    assert len(replay.signals) == kept
    assert len(replay.commands) == kept + 1


def test_a_lock_of_another_program_is_said_and_passes(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = open_journal(path, patience_s=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerFailedError) as caught:
            record(journal, command(1))
        assert not isinstance(caught.value, LedgerRefusedError)
        assert str(path) in str(caught.value)
        other.execute("ROLLBACK")
    record(journal, command(1))
    journal.close()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path / "journal.sqlite3", 1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 9")
    before = path.read_bytes()
    with pytest.raises(JournalTooNewError, match="newer SignalOS Desktop"):
        open_journal(path)
    with pytest.raises(JournalTooNewError):
        check(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 60, b"SQLite format 3\x00" + b"x" * 2000]
)
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(content)
    with pytest.raises(JournalDamagedError, match="stays stopped") as caught:
        open_journal(path)
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, LedgerDamagedError)
    assert path.read_bytes() == content


def test_another_programs_database_is_not_taken_for_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE notes (text)")
    with pytest.raises(JournalDamagedError, match="no journal"):
        open_journal(path)


def test_a_damaged_page_is_found_before_anything_is_sent(tmp_path: Path) -> None:
    path = filled(tmp_path / "journal.sqlite3", 60)
    content = bytearray(path.read_bytes())
    for offset in range(8192, len(content), 8192):
        content[offset : offset + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(JournalDamagedError):
        open_journal(path)


def test_damage_while_running_is_said(tmp_path: Path) -> None:
    path = filled(tmp_path / "journal.sqlite3", 60)
    journal = open_journal(path)
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(JournalDamagedError, match="stays stopped"):
        journal.replay()
    journal.close()


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.touch()
    journal = open_journal(path)
    record(journal, command(1))
    journal.close()
    assert check(path) == ""


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerFailedError, match="cannot be used"):
        open_journal(tmp_path / "gone" / "journal.sqlite3")


def test_a_journal_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{MIGRATIONS[0]}PRAGMA user_version = 1;")
        connection.execute(
            "INSERT INTO commands (cmd_id, account, session, action, created_ms, expires_ms, magic,"
            " symbol, lots, comment, intent, reserved_loss)"
            " VALUES (1, '1001@Demo', 1, 'BUY', 1, 2, 3, 'EURUSD', '0.1', '#1', 'S1/0.0', '9')"
        )
        connection.commit()
    journal = Journal(path, StandingClock())
    [known] = journal.replay().commands
    journal.close()
    assert (known.entry.intent, known.entry.plan, known.entry.source) == ("S1/0.0", None, "")
