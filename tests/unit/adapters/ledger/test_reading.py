"""One line for each intent with the outcome that counts, and the trades that are not ours."""

from pathlib import Path

import pytest

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.ledger.reading import JournalLine, read_journal
from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.engine.entries import (
    CommandState,
    CommandStateEntry,
    Entry,
    ResolutionEntry,
)
from signalos_desktop.engine.ports import LedgerFailedError
from tests.helpers.journals import record
from tests.unit.adapters.ledger.samples import (
    ACCOUNT,
    NOW,
    StandingClock,
    ago,
    command,
    deal,
    receipt,
)


def lines_of(folder: Path, *entries: Entry) -> list[JournalLine]:
    path = folder / "journal.sqlite3"
    journal = Journal(path, StandingClock())
    record(journal, *entries)
    while_running = list(read_journal(path))
    journal.close()
    assert list(read_journal(path)) == while_running
    return while_running


def test_a_line_says_everything_of_an_intent(tmp_path: Path) -> None:
    line = JournalLine(
        intent="S1/1",
        signal="S1",
        cmd_id=7,
        session=3,
        account="1001@Demo-Server",
        action="BUY",
        symbol="XAUUSD.m",
        lots="0.10",
        outcome="FILLED",
        reason="done",
        tickets=("9",),
        deals=("11", "12"),
        time=NOW,
    )
    assert lines_of(
        tmp_path,
        command(7, "S1/1"),
        receipt(7, ReceiptStatus.FILLED, "done", position=9, deal=11),
        deal(11, 7),
        deal(12, 7),
    ) == [line]


@pytest.mark.parametrize(
    ("receipts", "outcome"),
    [
        ([(ReceiptStatus.REJECTED, "no money")], "REJECTED"),
        ([(ReceiptStatus.UNKNOWN, "sent")], "UNKNOWN"),
        ([(ReceiptStatus.UNKNOWN, "sent"), (ReceiptStatus.PARTIAL, "half")], "PARTIAL"),
        ([(ReceiptStatus.FILLED, "ok"), (ReceiptStatus.REJECTED, "no")], "FILLED"),
        ([(ReceiptStatus.DENIED, "HALTED: stop"), (ReceiptStatus.UNKNOWN, "x")], "DENIED"),
        ([(ReceiptStatus.ERROR, "NOT_FOUND: 60 s"), (ReceiptStatus.FILLED, "ok")], "ERROR"),
        (
            [(ReceiptStatus.ERROR, "NOT_FOUND: 60 s"), (ReceiptStatus.FILLED, "LATE_FILL found")],
            "FILLED",
        ),
        ([(ReceiptStatus.EXPIRED, "late"), (ReceiptStatus.FILLED, "LATE_FILL x")], "EXPIRED"),
        ([(ReceiptStatus.PLACED, "resting")], "PLACED"),
        ([], "pending"),
    ],
)
def test_the_first_terminal_receipt_counts_and_a_late_fill_corrects(
    tmp_path: Path, receipts: list[tuple[ReceiptStatus, str]], outcome: str
) -> None:
    rows = [receipt(7, status, message) for status, message in receipts]
    (line,) = lines_of(tmp_path, command(7), *rows)
    assert line.outcome == outcome


def test_a_receipt_of_another_session_or_login_does_not_count(tmp_path: Path) -> None:
    (line,) = lines_of(
        tmp_path,
        command(7),
        receipt(7, ReceiptStatus.FILLED, session=2),
        receipt(7, ReceiptStatus.FILLED, session=3, login=9),
        receipt(7, ReceiptStatus.REJECTED, session=3, login=1001),
    )
    assert line.outcome == "REJECTED"


def test_what_was_never_sent_says_why(tmp_path: Path) -> None:
    why = CommandStateEntry(ACCOUNT, 7, NOW, CommandState.NOT_SENT, "EXPIRED: 3 s late")
    (line,) = lines_of(tmp_path, command(7), why)
    assert (line.outcome, line.reason) == ("NOT_SENT", "EXPIRED: 3 s late")


@pytest.mark.parametrize(("word", "outcome"), [("filled", "FILLED"), ("not_filled", "ERROR")])
def test_the_users_word_settles_until_a_receipt_says_more(
    tmp_path: Path, word: str, outcome: str
) -> None:
    unclear = (command(7), receipt(7, ReceiptStatus.UNKNOWN, "sent"))
    (line,) = lines_of(tmp_path, *unclear, ResolutionEntry(ACCOUNT, 7, NOW, word))
    assert (line.outcome, line.reason.partition(":")[0]) == (outcome, "RESOLVED")
    (line,) = lines_of(tmp_path, receipt(7, ReceiptStatus.REJECTED, "no"))
    assert line.outcome == "REJECTED"


def test_trades_by_hand_stand_between_ours_by_time(tmp_path: Path) -> None:
    lines = lines_of(
        tmp_path,
        command(1, time=ago(2), action=CommandAction.CLOSE_TICKET),
        command(2, time=ago(0)),
        deal(50, None, position=40, time=ago(1)),
    )
    assert [line.intent for line in lines] == ["I1/1", None, "I2/1"]
    external = lines[1]
    assert (external.outcome, external.action) == ("EXTERNAL", "BUY")
    assert (external.tickets, external.deals) == (("40",), ("50",))


def test_a_journal_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerFailedError):
        list(read_journal(tmp_path / "journal.sqlite3"))
