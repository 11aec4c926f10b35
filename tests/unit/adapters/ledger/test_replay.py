"""A start gets what is open, however old, and the last days; nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.management.rules import ManagementRules, TradePlan, TrailMode
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.engine.entries import (
    CommandState,
    CommandStateEntry,
    Entry,
    Replay,
    SignalState,
    SignalStateEntry,
)
from tests.helpers.journals import record
from tests.unit.adapters.ledger.samples import (
    ACCOUNT,
    NOW,
    StandingClock,
    ago,
    command,
    deal,
    position,
    receipt,
    signal,
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite3", StandingClock())
    yield journal
    journal.close()


def replay_of(journal: Journal, *entries: Entry) -> Replay:
    record(journal, *entries)
    return journal.replay()


def commands(replay: Replay) -> list[int]:
    return [known.entry.command.cmd_id for known in replay.commands]


def signals(replay: Replay) -> list[str]:
    return [known.entry.signal for known in replay.signals]


def settled(cmd_id: int) -> CommandStateEntry:
    return CommandStateEntry(ACCOUNT, cmd_id, NOW, CommandState.SETTLED, "")


def done(name: str) -> SignalStateEntry:
    return SignalStateEntry(name, NOW, SignalState.DONE, "")


def test_an_empty_journal_replays_nothing(journal: Journal) -> None:
    assert journal.replay() == Replay()


def test_signals_of_seven_days_and_open_ones(journal: Journal) -> None:
    replay = replay_of(
        journal,
        *(signal(name, ago(days)) for name, days in [("S1", 30), ("S2", 30), ("S3", 6)]),
        done("S1"),
        SignalStateEntry("S2", NOW, SignalState.FIRED, ""),
        done("S3"),
    )
    assert signals(replay) == ["S2", "S3"]
    assert replay.last_signal == 3


def test_commands_of_two_days_and_unsettled_ones(journal: Journal) -> None:
    replay = replay_of(
        journal,
        *(command(n, time=ago(days)) for n, days in [(1, 30), (2, 30), (3, 3), (4, 1)]),
        settled(1),
        settled(3),
        settled(4),
    )
    assert commands(replay) == [2, 4]
    assert replay.largest_ids == {ACCOUNT: 4}


def test_an_old_unsettled_command_brings_its_signal(journal: Journal) -> None:
    replay = replay_of(
        journal, signal("S1", ago(30)), done("S1"), command(1, time=ago(30), signal="S1")
    )
    assert (commands(replay), signals(replay)) == ([1], ["S1"])


def test_an_open_signal_brings_its_old_commands_with_their_receipts(journal: Journal) -> None:
    replay = replay_of(
        journal,
        signal("S1", ago(30)),
        SignalStateEntry("S1", NOW, SignalState.FIRED, ""),
        command(1, time=ago(30), signal="S1"),
        settled(1),
        receipt(1, ReceiptStatus.PLACED),
        receipt(99, ReceiptStatus.FILLED),
    )
    assert commands(replay) == [1]
    assert [found.status for found in replay.commands[0].receipts] == [ReceiptStatus.PLACED]


def test_what_opened_an_open_position_comes_back_until_it_is_closed(journal: Journal) -> None:
    replay = replay_of(
        journal,
        command(1, time=ago(30)),
        settled(1),
        deal(11, 1, position=9, time=ago(30)),
        deal(12, None, position=8, time=ago(30)),
        position(9, "opened"),
        position(9, "changed"),
    )
    assert commands(replay) == [1]
    assert [entry.deal.ticket for entry in replay.deals] == [11]
    replay = replay_of(journal, position(9, "closed"))
    assert (commands(replay), replay.deals) == ([], ())


def test_without_deals_the_tag_of_an_open_position_says_what_opened_it(journal: Journal) -> None:
    seen = position(9, "opened")
    tagged = replace(seen, position=replace(seen.position, comment="#1 paste"))
    replay = replay_of(
        journal,
        *(command(number, time=ago(30)) for number in (1, 2)),
        settled(1),
        settled(2),
        receipt(1, ReceiptStatus.FILLED),
        tagged,
    )
    assert commands(replay) == [1]
    assert [one.status for one in replay.commands[0].receipts] == [ReceiptStatus.FILLED]
    assert commands(replay_of(journal, replace(tagged, change="closed"))) == []


def test_deals_of_recent_days_come_back_with_or_without_a_command(journal: Journal) -> None:
    replay = replay_of(journal, deal(11, None, time=ago(3)), deal(12, None, time=ago(1)))
    assert replay.deals == (deal(12, None, time=ago(1)),)


PLAN = TradePlan(
    ManagementRules(trail=TrailMode.R, partials=((Decimal(1), Decimal(50)),)),
    Decimal("2390.5"),
    (Decimal("2400.5"), None),
    2,
    (Decimal(3), Decimal(1)),
    NOW,
)


def test_a_plan_and_the_rule_behind_a_command_come_back_as_they_were(journal: Journal) -> None:
    managed = replace(command(1), plan=PLAN, source="rule: because")
    replay = replay_of(journal, managed, command(2))
    assert [known.entry for known in replay.commands] == [managed, command(2)]


def test_the_other_orders_of_a_signal_stay_while_one_of_them_is_open(journal: Journal) -> None:
    old = ago(30)
    replay = replay_of(
        journal,
        *(command(n, signal=name, time=old) for n, name in [(1, "S1"), (2, "S1"), (3, "S2")]),
        *(settled(n) for n in (1, 2, 3)),
        position(9, "opened"),
        deal(50, 1, position=9, time=old),
        deal(51, 2, position=8, time=old),
        deal(52, 3, position=7, time=old),
    )
    assert commands(replay) == [1, 2]
    assert [entry.deal.ticket for entry in replay.deals] == [50, 51]


def test_parts_that_rules_asked_for_stay_while_their_position_is_open(journal: Journal) -> None:
    old = ago(30)
    asked = [
        "RULE/9/part/1.tp1/1@x",
        "RULE/9/sl/2@x",
        "RULE/90/part/1.tp1/3@x",
        "RULE/8/part/1/4@x",
    ]
    replay = replay_of(
        journal,
        *(command(n, intent, time=old, signal=None) for n, intent in enumerate(asked, start=1)),
        *(settled(n) for n in (1, 2, 3, 4)),
        position(9, "opened"),
    )
    assert commands(replay) == [1]
