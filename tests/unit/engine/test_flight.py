"""What a receipt settles, what stays reserved, and whose a deal is."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.engine.book import Book
from signalos_desktop.engine.entries import CommandEntry, CommandState, KnownCommand
from signalos_desktop.engine.flight import Flight, ReceiptVerdict, held_lots
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import ACCOUNT, MAGIC, NOON, account_state, position, receipt, resting
from tests.helpers.rig_deals import deal

BUY = Command(
    cmd_id=1,
    account=ACCOUNT,
    session=3,
    action=CommandAction.BUY,
    created=NOON,
    expires=NOON + timedelta(seconds=30),
    magic=MAGIC,
    symbol="EURUSD",
    lots=Decimal("0.3"),
)
LIMIT = replace(BUY, action=CommandAction.BUY_LIMIT)
CLOSE = replace(BUY, cmd_id=2, action=CommandAction.CLOSE_TICKET, ticket=11)
FILLED = receipt(1, ticket=11, position=11, deal=21, volume=Decimal("0.3"))
UNKNOWN = receipt(1, ReceiptStatus.UNKNOWN, retcode=10012)
NOT_FOUND = receipt(1, ReceiptStatus.ERROR, message="NOT_FOUND: two scans")
LATE = replace(FILLED, message="LATE_FILL: found")


def entry(command: Command = BUY, signal: str | None = "S000001") -> CommandEntry:
    return CommandEntry(command, signal, f"i{command.cmd_id}", Decimal(90))


def sent(*commands: Command) -> Flight:
    flight = Flight()
    for command in commands or (BUY,):
        flight.add(entry(command))
        flight.publish(command.cmd_id)
    return flight


def shown(book: Book, **facts: object) -> None:
    book.apply(Facts(**facts), NOON, 1.0)  # type: ignore[arg-type] # the test names snapshots


def test_the_first_terminal_receipt_counts() -> None:
    flight, book = sent(), Book(ACCOUNT)
    assert flight.take(UNKNOWN, book) is ReceiptVerdict.UNKNOWN
    assert flight.take(UNKNOWN, book) is ReceiptVerdict.REPEATED
    assert flight.take(FILLED, book) is ReceiptVerdict.SETTLED
    assert flight.take(FILLED, book) is ReceiptVerdict.REPEATED
    assert flight.take(replace(FILLED, message="again"), book) is ReceiptVerdict.REPEATED
    assert flight.take(replace(UNKNOWN, message="later"), book) is ReceiptVerdict.REPEATED
    assert flight.take(NOT_FOUND, book) is ReceiptVerdict.CONFLICT
    assert flight.tracked[1].settled == FILLED
    assert flight.outstanding() == []


def test_the_one_correction_is_a_late_fill_and_it_is_reserved_again() -> None:
    flight, book = sent(), Book(ACCOUNT)
    flight.take(NOT_FOUND, book)
    assert (flight.void, flight.held()) == ({1}, [])
    assert flight.take(LATE, book) is ReceiptVerdict.LATE_FILL
    assert flight.void == set()
    assert [t.command.cmd_id for t in flight.held()] == [1]


@pytest.mark.parametrize("changes", [{"session": 2}, {"login": 9}, {"cmd_id": 7}])
def test_a_receipt_of_another_session_login_or_id_settles_nothing(
    changes: dict[str, int],
) -> None:
    flight = sent()
    foreign = replace(FILLED, **changes)  # type: ignore[arg-type] # the test names fields
    assert flight.take(foreign, Book(ACCOUNT)) is ReceiptVerdict.EXTERNAL
    assert flight.outstanding() != []
    ours = replace(FILLED, session=3, login=ACCOUNT.login)
    assert flight.take(ours, Book(ACCOUNT)) is ReceiptVerdict.SETTLED


def test_a_receipt_for_what_was_not_written_yet_settles_nothing() -> None:
    flight = Flight()
    flight.add(entry())
    assert flight.take(FILLED, Book(ACCOUNT)) is ReceiptVerdict.EXTERNAL
    assert flight.tracked[1].state is CommandState.QUEUED


def test_a_row_held_for_not_written_that_was_executed_is_a_late_fill() -> None:
    flight = Flight()
    flight.add(entry())
    flight.drop(1, "WRITE_FAILED: disk full")
    assert flight.take(UNKNOWN, Book(ACCOUNT)) is ReceiptVerdict.UNKNOWN
    assert flight.unresolved(NOON) != []
    assert len(flight.held()) == 1
    second = Flight()
    second.add(entry())
    second.drop(1, "WRITE_FAILED: disk full")
    assert second.take(FILLED, Book(ACCOUNT)) is ReceiptVerdict.LATE_FILL
    assert second.tracked[1].state is CommandState.SETTLED


def test_what_the_user_resolved_otherwise_is_a_late_fill() -> None:
    flight = sent()
    flight.take(UNKNOWN, Book(ACCOUNT))
    flight.resolve(1, "not_filled")
    assert (flight.unresolved(NOON), flight.void) == ([], {1})
    assert flight.summary("S000001") == "0 of 1 executed; resolved as not_filled"
    assert flight.take(FILLED, Book(ACCOUNT)) is ReceiptVerdict.LATE_FILL


def test_resolved_as_filled_counts_as_done_today() -> None:
    flight = sent()
    flight.resolve(1, "filled")
    assert flight.void == set()
    assert flight.held() == []


def test_a_published_command_is_unresolved_once_its_receipt_is_overdue() -> None:
    flight = sent()
    assert flight.unresolved(BUY.expires + timedelta(seconds=5)) == []
    assert len(flight.unresolved(BUY.expires + timedelta(seconds=6))) == 1
    assert flight.opens_on_their_way() == 1
    assert sent(CLOSE).opens_on_their_way() == 0


def test_a_reservation_ends_when_the_position_is_seen() -> None:
    flight, book = sent(), Book(ACCOUNT)
    flight.release_seen(book)
    assert len(flight.held()) == 1
    flight.take(FILLED, book)
    flight.release_seen(book)
    assert len(flight.held()) == 1
    shown(book, positions=(position(11, NOON),))
    flight.release_seen(book)
    assert flight.held() == []


def test_a_reservation_ends_after_two_snapshots_without_the_position() -> None:
    flight, book = sent(), Book(ACCOUNT)
    flight.take(FILLED, book)
    for count in (1, 0):
        shown(book, positions=())
        flight.release_seen(book)
        assert len(flight.held()) == count


def test_a_reservation_ends_with_the_deal_that_closed_its_position() -> None:
    flight, book = sent(), Book(ACCOUNT)
    flight.take(FILLED, book)
    book.new_deals([deal(22, NOON, entry=DealEntry.OUT, position_id=11)])
    flight.release_seen(book)
    assert flight.held() == []


def test_a_pending_order_is_reserved_until_the_orders_show_it() -> None:
    flight, book = sent(LIMIT), Book(ACCOUNT)
    flight.take(receipt(1, ReceiptStatus.PLACED, ticket=12), book)
    shown(book, positions=())
    flight.release_seen(book)
    assert len(flight.held()) == 1
    shown(book, orders=(resting(12, NOON),))
    flight.release_seen(book)
    assert flight.held() == []


def test_netting_adds_to_a_position_that_was_there_before() -> None:
    flight, book = sent(), Book(ACCOUNT)
    shown(book, account=account_state(margin_mode="RETAIL_NETTING"))
    shown(book, positions=(position(11, NOON),))
    flight.take(FILLED, book)
    flight.release_seen(book)
    assert len(flight.held()) == 1
    for _ in range(2):
        shown(book, positions=(position(11, NOON, volume=Decimal("0.6")),))
        flight.release_seen(book)
    assert flight.held() == []


def test_a_partial_fill_holds_what_was_filled() -> None:
    flight = sent()
    assert held_lots(flight.tracked[1]) == Decimal("0.3")
    flight.take(replace(FILLED, status=ReceiptStatus.PARTIAL, volume=Decimal("0.1")), None)
    assert held_lots(flight.tracked[1]) == Decimal("0.1")


def test_a_deal_belongs_to_its_receipt_its_tag_its_close_or_its_opener() -> None:
    flight, book = sent(BUY, CLOSE), Book(ACCOUNT)
    opening = deal(21, NOON, comment="#1 paste")
    assert flight.command_of_deal(opening) == 1
    for comment, magic in (("#x", MAGIC), ("paste", MAGIC), ("#9", MAGIC), ("#1", 5)):
        assert flight.command_of_deal(replace(opening, comment=comment, magic=magic)) is None
    flight.take(FILLED, book)
    assert flight.command_of_deal(replace(opening, comment="rewritten")) == 1
    closing = deal(22, NOON, entry=DealEntry.OUT, position_id=11)
    assert flight.command_of_deal(closing) == 2
    flight.take(receipt(2), book)
    assert flight.command_of_deal(closing) == 1
    assert flight.command_of_deal(replace(closing, position_id=50)) is None


def test_a_close_that_is_not_written_yet_claims_no_deal() -> None:
    flight = sent()
    flight.take(FILLED, Book(ACCOUNT))
    flight.add(entry(CLOSE))
    assert flight.command_of_deal(deal(22, NOON, entry=DealEntry.OUT, position_id=11)) == 1


def test_a_deal_that_was_noted_names_the_opener_of_its_position() -> None:
    flight = sent(LIMIT)
    flight.note_deal(deal(21, NOON), 1)
    flight.note_deal(deal(22, NOON, entry=DealEntry.OUT), 1)
    opener = flight.opened(11)
    assert opener is not None
    assert opener.command.cmd_id == 1
    assert flight.opened(50) is None
    assert flight.command_of_deal(deal(21, NOON)) == 1


def test_the_journal_restores_what_is_open_and_what_is_over() -> None:
    known = [
        KnownCommand(entry(), CommandState.PUBLISHED, "", (FILLED,), None),
        KnownCommand(entry(replace(BUY, cmd_id=2)), CommandState.QUEUED, "", (), None),
        KnownCommand(entry(replace(BUY, cmd_id=3)), CommandState.NOT_SENT, "X", (), None),
        KnownCommand(entry(replace(BUY, cmd_id=4)), CommandState.PUBLISHED, "", (), "not_filled"),
        KnownCommand(
            entry(replace(BUY, cmd_id=5)),
            CommandState.QUEUED,
            "",
            (replace(UNKNOWN, cmd_id=5),),
            None,
        ),
    ]
    flight = Flight()
    flight.restore(known)
    assert [t.command.cmd_id for t in flight.outstanding()] == [2, 5]
    assert [t.command.cmd_id for t in flight.held()] == [1, 2, 5]
    assert flight.void == {3, 4}
    assert flight.tracked[1].state is CommandState.SETTLED
    assert flight.tracked[5].state is CommandState.PUBLISHED
    assert flight.signals() == ["S000001"]
    assert flight.has("S000001")


def test_a_summary_waits_for_the_last_outcome() -> None:
    flight = sent(BUY, replace(BUY, cmd_id=3))
    flight.take(FILLED, Book(ACCOUNT))
    assert flight.summary("S000001") == ""
    flight.take(receipt(3, ReceiptStatus.DENIED, message="SPREAD: 31"), Book(ACCOUNT))
    assert flight.summary("S000001") == "1 of 2 executed; DENIED SPREAD: 31"
    assert flight.summary("S000002") == ""
