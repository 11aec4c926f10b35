"""The journal as the engine knows it: record what happened, replay it at the next start."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from signalos_desktop.adapters.ledger.database import open_readable, open_writable, trouble_named
from signalos_desktop.adapters.ledger.replaying import replay_all
from signalos_desktop.adapters.ledger.statements import statements
from signalos_desktop.adapters.ledger.writer import Job, Writer
from signalos_desktop.engine.entries import Entry, Replay
from signalos_desktop.engine.ports import Clock, LedgerFailedError


class Journal:
    """Implements ports.Ledger on one SQLite file. patience_s: wait for another program's lock.

    A record() whose caller is cancelled is written all the same; close() writes what is queued.
    """

    def __init__(self, path: Path, clock: Clock, *, patience_s: float = 2.0) -> None:
        self._path = path
        self._clock = clock
        self._writer = Writer(path, open_writable(path, patience_s))

    def record(self, *entries: Entry) -> Awaitable[None]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        if not entries:
            done.set_result(None)
            return done
        try:
            work = tuple(statement for entry in entries for statement in statements(entry))
            self._writer.put(Job(work, loop, done))
        except LedgerFailedError as closed:
            done.set_exception(closed)
        return done

    def replay(self) -> Replay:
        with trouble_named(self._path):
            connection = open_readable(self._path)
            try:
                return replay_all(connection, self._clock.now())
            finally:
                connection.close()

    def close(self) -> None:
        self._writer.close()
