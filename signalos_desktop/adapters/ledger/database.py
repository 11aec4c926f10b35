"""Opens the journal's file: durable settings, migrations, and clear words for what is wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from signalos_desktop.adapters.ledger.errors import JournalDamagedError, JournalTooNewError
from signalos_desktop.adapters.ledger.schema import MIGRATIONS
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError

SCHEMA = len(MIGRATIONS)
_LOG_BYTES = 4_100_000
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def trouble_named(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into what the caller has to do."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise LedgerRefusedError(
            f"the journal refuses this entry ({error}): do not send"
        ) from error
    except sqlite3.Error as error:
        raise failure(path, error) from error


def failure(path: Path, error: Exception) -> LedgerFailedError:
    """What an error of the database means for whoever wants to send."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return JournalDamagedError(path, str(error))
    return LedgerFailedError(
        f"{path} cannot be used ({error}): nothing more is sent until it can. "
        "Check free disk space, write access, and that no other program holds the file"
    )


def open_writable(path: Path, patience_s: float) -> sqlite3.Connection:
    """The one connection that writes; every commit is on the disk when it returns."""
    with trouble_named(path), _closed_on_error(_connect(path, "rwc", patience_s)) as connection:
        _check_pages(path, connection)
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise LedgerFailedError(
                f"{path} lies on a file system without shared memory (a network drive?): "
                "choose a local folder with --data-dir"
            )
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(path, connection)
        _lengthen_log(connection)
        return connection


def open_readable(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, beside a running app or without one."""
    with trouble_named(path), _closed_on_error(_connect(path, "ro", 2.0)) as connection:
        found = schema_of(path, connection)
        if found < SCHEMA:
            raise LedgerFailedError(
                f"{path} has the older schema {found}: start the panel once, that updates it"
            )
        return connection


def schema_of(path: Path, connection: sqlite3.Connection) -> int:
    """The file's schema number; JournalTooNewError if a newer program wrote it."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > SCHEMA:
        raise JournalTooNewError(path, found, SCHEMA)
    if found == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise JournalDamagedError(path, "an SQLite file, but no journal")
    return found


def check(path: Path) -> str:
    """SQLite's own check of every page: an empty string, or what is wrong."""
    with trouble_named(path), _closed_on_error(_connect(path, "ro", 2.0)) as connection:
        schema_of(path, connection)
        rows = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
        connection.close()
    return "" if rows == ["ok"] else "; ".join(rows)[:300]


def _check_pages(path: Path, connection: sqlite3.Connection) -> None:
    first = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if first != "ok":
        raise JournalDamagedError(path, first[:200])


def _lengthen_log(connection: sqlite3.Connection) -> None:
    """Make the write-ahead log as long as it will get: to write over is quicker than to grow.

    What does not fit into the small cache goes to the log at once, and is taken back there.
    """
    size = int(connection.execute("PRAGMA cache_size").fetchone()[0])
    connection.execute("PRAGMA cache_size = 8")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE filler (bytes BLOB)")
    connection.execute(f"INSERT INTO filler VALUES (zeroblob({_LOG_BYTES}))")
    connection.execute("ROLLBACK")
    connection.execute(f"PRAGMA cache_size = {size}")


def _migrate(path: Path, connection: sqlite3.Connection) -> None:
    for number in range(schema_of(path, connection), SCHEMA):
        script = f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
        connection.executescript(script)


def _connect(path: Path, mode: str, patience_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=patience_s,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
