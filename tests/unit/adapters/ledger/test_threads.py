"""How messages belong together comes back after a restart, as long as their trade is open."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.ledger.schema import MIGRATIONS
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.signal import Message
from signalos_desktop.engine.entries import (
    CommandState,
    CommandStateEntry,
    Relation,
    SignalEntry,
    SignalState,
    SignalStateEntry,
)
from tests.helpers.journals import record
from tests.unit.adapters.ledger.samples import (
    ACCOUNT,
    StandingClock,
    ago,
    command,
    deal,
    position,
    signal,
)

EDIT = replace(
    signal("S2"),
    message=Message("", "channel", "77", deleted=True),
    relation=Relation.EDIT,
    thread="S1",
    changes=(FieldChange(0, "sl", "2340", "2341"), FieldChange(0, "tp1", "none", "2360")),
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite3", StandingClock())
    yield journal
    journal.close()


def test_relation_thread_and_changes_come_back_as_they_were(journal: Journal) -> None:
    record(journal, signal("S1"), EDIT)
    first, second = (known.entry for known in journal.replay().signals)
    assert (first.relation, first.root, first.changes) == (Relation.NEW, "S1", ())
    assert second == EDIT
    assert second.root == "S1"


def old(entry: SignalEntry) -> tuple[SignalEntry, SignalStateEntry]:
    aged = replace(entry, time=ago(40))
    return aged, SignalStateEntry(entry.signal, ago(40), SignalState.DONE, "")


def test_every_message_of_a_trade_that_is_open_comes_back_however_old(journal: Journal) -> None:
    levels = replace(signal("S2"), relation=Relation.LEVELS, thread="S1")
    reply = replace(signal("S3"), relation=Relation.REPLY, thread="S1")
    other = signal("S4")
    record(
        journal,
        *(entry for each in (signal("S1"), levels, reply, other) for entry in old(each)),
        command(1, "S2/0.0", time=ago(40), signal="S2"),
        CommandStateEntry(ACCOUNT, 1, ago(40), CommandState.SETTLED, ""),
        deal(11, 1, position=9, time=ago(40)),
        position(9, "opened"),
    )
    assert [known.entry.signal for known in journal.replay().signals] == ["S1", "S2", "S3"]
    assert journal.replay().last_signal == 4


def test_signals_of_the_first_release_are_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{MIGRATIONS[0]}PRAGMA user_version = 1;")
        connection.execute(
            "INSERT INTO signals (signal, number, time_ms, provider, kind, message, reading, state)"
            """ VALUES ('S1', 1, 1, 'paste', 'none', '{"text":"hi"}', '{"kind":"none"}', 'ready')"""
        )
        connection.commit()
    journal = Journal(path, StandingClock())
    [known] = journal.replay().signals
    journal.close()
    assert (known.entry.relation, known.entry.root, known.entry.changes) == (Relation.NEW, "S1", ())
    assert known.entry.message == Message("hi")
