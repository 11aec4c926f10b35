"""The journal in memory: the real schema, statements and replay, committed on virtual time."""

from __future__ import annotations

import sqlite3
from asyncio import Future
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from signalos_desktop.adapters.ledger.replaying import replay_all
from signalos_desktop.adapters.ledger.schema import MIGRATIONS
from signalos_desktop.adapters.ledger.statements import Statement, statements
from signalos_desktop.engine.entries import Replay
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError
from tests.seeds.faults import FaultPoints
from tests.seeds.timeline import AppLoop, Life, WallClock

FULL = "no space left on the disk"
COMMIT_S = (0.0005, 0.008)
SLOW_S = (0.5, 3.0)


class JournalFile:
    """The file: one database for a whole worker, emptied for each run.

    A start reads it over a connection of its own: its temporary table would make every statement
    of the writer be prepared anew.
    """

    def __init__(self) -> None:
        name = f"seeds-{id(self)}"
        self.db, self._reader = _connected(name), _connected(name)
        for script in MIGRATIONS:
            self.db.executescript(script)
        query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        self._tables = [row[0] for row in self.db.execute(query)]
        self.blank = True

    def empty(self) -> None:
        self.db.execute("BEGIN")
        for table in self._tables:
            self.db.execute(f"DELETE FROM {table}")
        self.db.execute("COMMIT")
        self.blank = True

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self.db.execute(query, values).fetchall()

    def replay(self, now: datetime) -> Replay:
        if self.blank:
            return Replay()
        try:
            return replay_all(self._reader, now)
        finally:
            self._reader.execute("DROP TABLE temp.wanted")
            self._reader.execute("COMMIT")


def _connected(name: str) -> sqlite3.Connection:
    uri = f"file:{name}?mode=memory&cache=shared"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=512)
    db.execute("PRAGMA temp_store = MEMORY")
    db.row_factory = sqlite3.Row
    return db


@dataclass(slots=True)
class _Job:
    entries: tuple[Any, ...]
    work: tuple[Statement, ...]
    done: Any


class LifeJournal:
    """ports.Ledger for one life of the app; what was committed outlives it.

    kept: told of the entries of each commit, in the moment of the commit.
    """

    def __init__(
        self,
        file: JournalFile,
        loop: AppLoop,
        life: Life,
        faults: FaultPoints,
        clock: WallClock,
        random: Random,
        kept: Callable[[tuple[Any, ...]], None],
    ) -> None:
        self._life = life
        self._file = file
        self._loop = loop
        self._faults = faults
        self._clock = clock
        self._random = random
        self._kept = kept
        self._queue: list[_Job] = []
        self._writing = False

    @property
    def idle(self) -> bool:
        """True if nothing waits for its commit."""
        return not self._queue

    def record(self, *entries: Any) -> Awaitable[None]:
        done: Future[None] = self._loop.create_future()
        if not entries:
            done.set_result(None)
            return done
        work = tuple(statement for entry in entries for statement in statements(entry))
        self._queue.append(_Job(entries, work, done))
        if not self._writing:
            self._writing = True
            self._loop.call_later(self._duration(), self._commit)
        return done

    def replay(self) -> Replay:
        return self._file.replay(self._clock.now())

    def close(self) -> None:
        """Nothing to give back."""

    def _duration(self) -> float:
        if self._faults.armed and self._faults.strikes("journal-slow"):
            return self._random.uniform(*SLOW_S)
        return self._random.uniform(*COMMIT_S)

    def _commit(self) -> None:
        """Everything that waits in one transaction, as the writer's thread does."""
        jobs, self._queue = self._queue, []
        self._writing = False
        if self._life.dead:
            return
        if self._faults.armed and self._faults.lasts("journal-full"):
            for job in jobs:
                self._answer(job, LedgerFailedError(FULL))
            return
        if self._faults.armed and self._faults.strikes("app-dies-before-commit"):
            self._life.die()
        self._file.blank = False
        self._file.db.execute("BEGIN IMMEDIATE")
        outcomes = [self._apply(job) for job in jobs]
        self._file.db.execute("COMMIT")
        for job, outcome in zip(jobs, outcomes, strict=True):
            if outcome is None:
                self._kept(job.entries)
        if self._faults.armed and self._faults.strikes("app-dies-after-commit"):
            self._life.die()
        for job, outcome in zip(jobs, outcomes, strict=True):
            self._answer(job, outcome)

    def _apply(self, job: _Job) -> Exception | None:
        execute = self._file.db.execute
        execute("SAVEPOINT job")
        try:
            for statement in job.work:
                execute(statement.sql, statement.values)
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError) as error:
            execute("ROLLBACK TO job")
            return LedgerRefusedError(f"the journal refuses this entry ({error}): do not send")
        finally:
            execute("RELEASE job")
        return None

    @staticmethod
    def _answer(job: _Job, outcome: Exception | None) -> None:
        if job.done.done():
            return
        if outcome is None:
            job.done.set_result(None)
        else:
            job.done.set_exception(outcome)
