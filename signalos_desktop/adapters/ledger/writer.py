"""The one thread that writes the journal: what queues up during a commit shares the next one."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from signalos_desktop.adapters.ledger.database import failure
from signalos_desktop.adapters.ledger.statements import Statement
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError

_LARGEST_GROUP = 256


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One record() call: all of its statements are kept, or none."""

    statements: tuple[Statement, ...]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]


class Writer:
    """Owns the writing connection from start to close."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Queue a job; its future is answered on its own loop when it is on the disk."""
        with self._lock:
            if self._closed:
                raise LedgerFailedError(f"{self._path} is closed: the program is ending")
            self._jobs.put(job)

    def close(self) -> None:
        """Write what is queued, then end the thread and the connection."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        going_on = True
        while going_on:
            jobs, going_on = self._next_group()
            outcomes = self._commit(jobs)
            for loop in {job.loop for job in jobs}:
                answers = [
                    (job.done, outcome)
                    for job, outcome in zip(jobs, outcomes, strict=True)
                    if job.loop is loop
                ]
                # A loop that has ended waits for no answer.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(_answer, answers)

    def _next_group(self) -> tuple[list[Job], bool]:
        jobs: list[Job] = []
        job = self._jobs.get()
        with suppress(Empty):
            while job is not None:
                jobs.append(job)
                if len(jobs) == _LARGEST_GROUP:
                    return jobs, True
                job = self._jobs.get_nowait()
        return jobs, job is not None

    def _commit(self, jobs: Sequence[Job]) -> list[Exception | None]:
        if not jobs:
            return []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._apply(job) for job in jobs]
            self._connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - the thread's boundary: each caller gets its answer
            self._give_up()
            return [failure(self._path, error) for _ in jobs]
        return outcomes

    def _apply(self, job: Job) -> Exception | None:
        """A job that the journal refuses leaves no trace; the others of the group stay."""
        self._connection.execute("SAVEPOINT job")
        try:
            for statement in job.statements:
                self._connection.execute(statement.sql, statement.values)
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError) as error:
            self._connection.execute("ROLLBACK TO job")
            refused = LedgerRefusedError(f"the journal refuses this entry ({error}): do not send")
            refused.__cause__ = error
            return refused
        finally:
            if self._connection.in_transaction:
                self._connection.execute("RELEASE job")
        return None

    def _give_up(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def _answer(answers: Sequence[tuple[asyncio.Future[None], Exception | None]]) -> None:
    for done, outcome in answers:
        if done.done():
            continue
        if outcome is None:
            done.set_result(None)
        else:
            done.set_exception(outcome)
