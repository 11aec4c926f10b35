"""What is recorded comes back as it was, and nothing can be recorded twice."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.ledger.database import open_readable
from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.risk.decision import Decision, Gate, GateState, Verdict
from signalos_desktop.domain.signal import (
    Kind,
    Message,
    OrderReading,
    OrderType,
    Problem,
    Reading,
    Span,
    Zone,
)
from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.entries import (
    AlarmEntry,
    CheckpointEntry,
    CommandState,
    CommandStateEntry,
    DecisionEntry,
    ResolutionEntry,
    SessionEntry,
    SignalEntry,
    SignalState,
    SignalStateEntry,
    StateEntry,
)
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError
from tests.helpers.journals import record, recorded
from tests.unit.adapters.ledger.samples import (
    ACCOUNT,
    NOW,
    OTHER,
    StandingClock,
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


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await work()

    asyncio.run(main())


def state(cmd_id: int, state: CommandState, reason: str = "") -> CommandStateEntry:
    return CommandStateEntry(ACCOUNT, cmd_id, NOW, state, reason)


def test_a_signal_with_everything_comes_back_equal(journal: Journal) -> None:
    order = OrderReading(
        "XAUUSD",
        Side.BUY,
        OrderType.LIMIT,
        Zone(Decimal("2399.50"), Decimal("2401.00")),
        sl=Decimal("2390"),
        tps=(Decimal("2410.0"), Decimal("2420")),
        tp_open=True,
    )
    reading = Reading(
        Kind.OPEN,
        (order,),
        problems=(Problem("sl_wrong_side", "S/L 2390", (3, 9)),),
        spans=(Span("sl", 3, 9),),
        confidence=Decimal("85"),
    )
    entry = SignalEntry(
        "2026-17", NOW, Message("قسمت\x00 BUY 🚀", "tg", None, "x", True), reading, NOW
    )
    record(journal, entry, SignalStateEntry("2026-17", NOW, SignalState.READY, "waiting"))
    replay = journal.replay()
    assert [known.entry for known in replay.signals] == [entry]
    assert (replay.signals[0].state, replay.signals[0].reason) == (SignalState.READY, "waiting")
    assert replay.last_signal == 17


def test_half_a_surrogate_pair_in_a_text_is_kept_as_a_question_mark(journal: Journal) -> None:
    broken = "BUY \ud83d GOLD"
    entry = replace(
        signal("S1"),
        message=Message(broken, "p\ud83d", "m\udc00"),
        reading=Reading(Kind.OPEN, problems=(Problem("x", broken),)),
    )
    record(journal, entry)
    kept = journal.replay().signals[0].entry
    assert kept.message == Message("BUY ? GOLD", "p?", "m?")
    assert kept.reading.problems[0].text == "BUY ? GOLD"


def test_a_signal_without_a_state_is_for_review(journal: Journal) -> None:
    record(journal, signal("S1"))
    assert journal.replay().signals[0].state is SignalState.REVIEW


def test_a_command_comes_back_with_its_receipts_in_order(journal: Journal) -> None:
    entry = command(7, "S1/1")
    first = receipt(7, ReceiptStatus.UNKNOWN, "sent")
    second = receipt(7, ReceiptStatus.FILLED, position=9, deal=11, session=3, login=1001)
    second = replace(second, receipt=replace(second.receipt, time=NOW))
    record(journal, signal("S1"), entry)
    record(journal, state(7, CommandState.PUBLISHED), first, second)
    (known,) = journal.replay().commands
    assert known.entry == entry
    assert known.state is CommandState.PUBLISHED
    assert known.receipts == (first.receipt, second.receipt)
    assert known.resolved_as is None


def test_the_users_word_on_an_unclear_outcome_is_kept(journal: Journal) -> None:
    record(journal, command(7), ResolutionEntry(ACCOUNT, 7, NOW, "not_filled"))
    assert journal.replay().commands[0].resolved_as == "not_filled"


def test_sessions_checkpoints_and_largest_ids_are_by_account(journal: Journal) -> None:
    record(
        journal,
        command(7),
        command(9),
        command(3, account=OTHER),
        SessionEntry(ACCOUNT, NOW, 4),
        SessionEntry(ACCOUNT, NOW, 12),
        CheckpointEntry(ACCOUNT, "receipts.csv", 100, "a"),
        CheckpointEntry(ACCOUNT, "receipts.csv", 250, "b"),
        CheckpointEntry(OTHER, "receipts.csv", 40, "c"),
    )
    replay = journal.replay()
    assert replay.largest_ids == {ACCOUNT: 9, OTHER: 3}
    assert replay.sessions == {ACCOUNT: 12}
    assert set(replay.checkpoints) == {
        CheckpointEntry(ACCOUNT, "receipts.csv", 250, "b"),
        CheckpointEntry(OTHER, "receipts.csv", 40, "c"),
    }


def test_the_last_state_of_each_account_and_of_all(journal: Journal) -> None:
    reasons = frozenset({PauseReason.USER, PauseReason.DAILY_LOSS})
    everywhere = StateEntry(None, NOW, TradingState.STOPPING, frozenset(), "button")
    last = StateEntry(ACCOUNT, NOW, TradingState.PAUSED, reasons, "rule")
    record(journal, StateEntry(ACCOUNT, NOW, TradingState.RUNNING, frozenset(), "start"))
    record(journal, everywhere, last)
    assert journal.replay().states == (everywhere, last)


def test_decisions_and_alarms_are_kept(journal: Journal, tmp_path: Path) -> None:
    gate = Gate("MAX_POSITIONS", GateState.REFUSED, "3", "3", "3 of 3 positions are open")
    decision = Decision(Verdict.REJECTED, Decimal(0), Decimal("0.00"), Decimal(0), (gate,))
    record(
        journal,
        DecisionEntry("S1", ACCOUNT, NOW, "fire", decision),
        AlarmEntry(None, NOW, "STOP_NOT_DELIVERED", "text", "press Algo Trading"),
    )
    reader = journal_rows(tmp_path / "journal.sqlite3")
    assert reader("SELECT verdict, stage FROM decisions") == [("rejected", "fire")]
    assert reader("SELECT code, next_step FROM alarms") == [
        ("STOP_NOT_DELIVERED", "press Algo Trading")
    ]


def journal_rows(path: Path) -> Callable[[str], list[tuple[object, ...]]]:
    def read(query: str) -> list[tuple[object, ...]]:
        with closing(open_readable(path)) as connection:
            return [tuple(row) for row in connection.execute(query)]

    return read


def test_a_second_command_for_the_same_intent_is_refused_whole(journal: Journal) -> None:
    record(journal, signal("S1"), command(1, "S1/1"))
    with pytest.raises(LedgerRefusedError):
        record(journal, signal("S2"), command(2, "S1/1"))
    replay = journal.replay()
    assert [known.entry.command.cmd_id for known in replay.commands] == [1]
    assert [known.entry.signal for known in replay.signals] == ["S1"]


def test_an_id_is_given_once_in_each_account(journal: Journal) -> None:
    record(journal, command(1, "a"), command(1, "b", account=OTHER))
    with pytest.raises(LedgerRefusedError):
        record(journal, command(1, "c"))


@pytest.mark.parametrize("cmd_id", [0, -1, 2**31])
def test_an_id_outside_the_protocol_is_refused(journal: Journal, cmd_id: int) -> None:
    with pytest.raises(LedgerRefusedError):
        record(journal, command(cmd_id))


def test_evidence_is_kept_even_if_what_it_is_about_is_missing(
    journal: Journal, tmp_path: Path
) -> None:
    record(
        journal,
        state(5, CommandState.SETTLED),
        ResolutionEntry(ACCOUNT, 5, NOW, "filled"),
        SignalStateEntry("S5", NOW, SignalState.DONE, ""),
        SessionEntry(ACCOUNT, NOW, 4),
        SessionEntry(ACCOUNT, NOW, 4),
        receipt(5, ReceiptStatus.FILLED),
    )
    read = journal_rows(tmp_path / "journal.sqlite3")
    assert read("SELECT cmd_id, status FROM receipts") == [(5, "FILLED")]
    assert read("SELECT cmd_id, state FROM command_states") == [(5, "settled")]


def test_a_ticket_no_database_can_hold_is_refused_in_words(journal: Journal) -> None:
    with pytest.raises(LedgerRefusedError):
        record(journal, deal(2**63, 1))
    record(journal, deal(2**63 - 2, 1))
    assert len(journal.replay().deals) == 1


def test_what_is_no_entry_is_a_mistake_of_the_program(journal: Journal) -> None:
    with pytest.raises(TypeError):
        record(journal, "BUY")


def test_a_refusal_takes_nobody_else_along(journal: Journal) -> None:
    async def work() -> None:
        outcomes = await asyncio.gather(
            journal.record(command(1, "same")),
            journal.record(command(2, "same")),
            journal.record(command(3, "other")),
            journal.record(),
            return_exceptions=True,
        )
        assert [type(outcome).__name__ for outcome in outcomes] == [
            "NoneType",
            "LedgerRefusedError",
            "NoneType",
            "NoneType",
        ]

    run(work)
    assert [known.entry.command.cmd_id for known in journal.replay().commands] == [1, 3]


@pytest.mark.parametrize(
    ("marks", "last"),
    [
        ([CommandState.PUBLISHED, CommandState.SETTLED], CommandState.SETTLED),
        ([CommandState.SETTLED, CommandState.PUBLISHED], CommandState.SETTLED),
        ([CommandState.PUBLISHED, CommandState.NOT_SENT], CommandState.PUBLISHED),
        ([CommandState.NOT_SENT, CommandState.PUBLISHED], CommandState.PUBLISHED),
        ([CommandState.NOT_SENT, CommandState.QUEUED], CommandState.NOT_SENT),
    ],
)
def test_a_commands_state_never_goes_back(
    journal: Journal, marks: list[CommandState], last: CommandState
) -> None:
    record(journal, command(1), *(state(1, mark, mark.value) for mark in marks))
    known = journal.replay().commands[0]
    assert (known.state, known.reason) == (last, last.value)


@pytest.mark.parametrize(
    ("marks", "last"),
    [
        ([SignalState.FIRED, SignalState.REJECTED], SignalState.FIRED),
        ([SignalState.SKIPPED, SignalState.READY], SignalState.SKIPPED),
        ([SignalState.REJECTED, SignalState.FIRED, SignalState.DONE], SignalState.DONE),
        ([SignalState.DONE, SignalState.FIRED], SignalState.FIRED),
        ([SignalState.READY, SignalState.REJECTED, SignalState.READY], SignalState.READY),
    ],
)
def test_what_has_ended_never_waits_for_fire_again(
    journal: Journal, marks: list[SignalState], last: SignalState
) -> None:
    entry = SignalEntry("S1", NOW, Message("BUY", "tg"), Reading(Kind.NONE), NOW)
    record(journal, entry, *(SignalStateEntry("S1", NOW, mark, mark.value) for mark in marks))
    known = journal.replay().signals[0]
    assert (known.state, known.reason) == (last, last.value)


def test_a_deal_stands_once_and_keeps_its_first_command(journal: Journal) -> None:
    record(journal, deal(11, None), deal(12, None))
    record(journal, deal(11, 5))
    record(journal, deal(11, 6), deal(11, None))
    deals = journal.replay().deals
    assert [(entry.deal.ticket, entry.cmd_id, entry.external) for entry in deals] == [
        (11, 5, False),
        (12, None, True),
    ]
    assert deals[1] == deal(12, None)


def test_a_cancelled_caller_is_written_all_the_same(journal: Journal) -> None:
    async def work() -> None:
        task = asyncio.create_task(recorded(journal, command(1)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await journal.record(command(2))

    run(work)
    assert len(journal.replay().commands) == 2


def test_loops_of_two_threads_share_the_journal(journal: Journal) -> None:
    def write(account_ids: range) -> None:
        async def main() -> None:
            await asyncio.gather(*(journal.record(command(n)) for n in account_ids))

        asyncio.run(main())

    threads = [
        threading.Thread(target=write, args=(range(first, first + 50),)) for first in (1, 100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.replay().commands) == 100


def test_order_is_kept_across_groups(journal: Journal) -> None:
    async def work() -> None:
        await asyncio.gather(*(journal.record(command(n)) for n in range(1, 601)))

    run(work)
    ids = [known.entry.command.cmd_id for known in journal.replay().commands]
    assert ids == list(range(1, 601))


def test_close_writes_what_is_queued_and_then_refuses(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = Journal(path, StandingClock())

    async def work() -> None:
        tasks = [asyncio.create_task(recorded(journal, command(n))) for n in range(1, 21)]
        await asyncio.sleep(0)
        journal.close()
        await asyncio.gather(*tasks)
        with pytest.raises(LedgerFailedError):
            await journal.record(command(30))

    run(work)
    journal.close()
    again = Journal(path, StandingClock(NOW + timedelta(hours=1)))
    assert len(again.replay().commands) == 20
    again.close()


def test_a_loop_that_ended_does_not_stop_the_journal(journal: Journal) -> None:
    loop = asyncio.new_event_loop()
    task = loop.create_task(recorded(journal, command(1)))
    loop.call_soon(loop.stop)
    loop.run_forever()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
    loop.close()
    record(journal, command(2), position(9, "opened"))
    assert len(journal.replay().commands) == 2
