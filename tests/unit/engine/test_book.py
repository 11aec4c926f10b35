"""The book: only what the terminal says, its age, and what changed since."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.engine.book import Book
from signalos_desktop.engine.entries import DealEntry as JournalDeal
from signalos_desktop.engine.entries import Entry, PositionEntry
from signalos_desktop.engine.events import (
    AccountChanged,
    EaSeen,
    Event,
    OrderChanged,
    PositionChanged,
    QuotesChanged,
    SymbolsChanged,
)
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import (
    ACCOUNT,
    EURUSD,
    NOON,
    SetClock,
    account_state,
    position,
    quote,
    resting,
    snapshot,
    status,
)
from tests.helpers.rig_deals import deal

ONE = position(11, NOON)


def take(book: Book, facts: Facts, at: float = 10.0) -> tuple[list[Event], list[Entry]]:
    return book.apply(facts, NOON, at)


def changes(events: list[Event]) -> list[str]:
    return [e.change for e in events if isinstance(e, PositionChanged | OrderChanged)]


def test_an_empty_book_is_neither_fresh_nor_complete() -> None:
    book = Book(ACCOUNT)
    assert not book.complete
    assert book.missing == ("status", "account", "symbols", "positions", "orders")
    assert book.heartbeat_age(5.0) == float("inf")
    assert book.data_age(5.0) == float("inf")
    assert not book.fresh(5.0)
    assert not book.netting


def test_one_look_at_everything_completes_it() -> None:
    book = Book(ACCOUNT)
    events, entries = take(book, snapshot(SetClock()))
    assert book.complete
    assert book.clock_skew_s == 0
    assert {type(e) for e in events} == {EaSeen, SymbolsChanged, QuotesChanged, AccountChanged}
    assert entries == []


def test_the_age_of_the_data_is_that_of_the_oldest_snapshot() -> None:
    book = Book(ACCOUNT)
    take(book, snapshot(SetClock()), at=10.0)
    take(book, Facts(status=status(NOON, seq=2)), at=16.0)
    assert (book.heartbeat_age(16.0), book.data_age(16.0)) == (0, 6)
    assert book.stale(16.0) == ("account", "positions", "orders", "quotes")
    assert book.fresh(21.0)
    assert not book.fresh(21.1)


def test_positions_open_change_are_priced_once_a_second_and_close() -> None:
    book = Book(ACCOUNT)
    events, entries = take(book, Facts(positions=(ONE,)))
    assert changes(events) == ["opened"]
    cheaper = replace(ONE, profit=Decimal(-5))
    assert changes(take(book, Facts(positions=(cheaper,)), at=10.5)[0]) == []
    assert changes(take(book, Facts(positions=(ONE,)), at=11.5)[0]) == ["priced"]
    events, _ = take(book, Facts(positions=(replace(ONE, sl=None),)), at=11.6)
    assert changes(events) == ["changed"]
    events, gone = take(book, Facts(positions=()))
    assert changes(events) == ["closed"]
    assert [e.change for e in entries + gone if isinstance(e, PositionEntry)] == [
        "opened",
        "closed",
    ]


def test_orders_open_change_and_close() -> None:
    book, order = Book(ACCOUNT), resting(12, NOON)
    assert changes(take(book, Facts(orders=(order,)))[0]) == ["opened"]
    assert changes(take(book, Facts(orders=(order,)))[0]) == []
    moved = replace(order, price=Decimal("1.06"))
    assert changes(take(book, Facts(orders=(moved,)))[0]) == ["changed"]
    assert changes(take(book, Facts(orders=()))[0]) == ["closed"]


def test_a_snapshot_that_is_missing_changes_nothing() -> None:
    book = Book(ACCOUNT)
    take(book, Facts(positions=(ONE,), symbols=(EURUSD,), quotes=(quote(NOON),)))
    assert take(book, Facts()) == ([], [])
    assert list(book.positions) == [11]


def test_the_same_account_is_told_once() -> None:
    book = Book(ACCOUNT)
    assert len(take(book, Facts(account=account_state()))[0]) == 1
    assert take(book, Facts(account=account_state()))[0] == []
    take(book, Facts(account=account_state(margin_mode="RETAIL_NETTING")))
    assert book.netting


def test_deals_are_new_once_and_remember_what_they_ended() -> None:
    book, opening = Book(ACCOUNT), deal(21, NOON)
    closing = deal(22, NOON, entry=DealEntry.OUT)
    book.remember([JournalDeal(ACCOUNT, opening, 1, False)])
    assert book.new_deals([opening, closing, closing]) == [closing]
    assert book.ended == {11}
    assert list(book.deals) == [21, 22]


def test_a_status_that_is_read_late_is_as_old_as_it_was_written() -> None:
    """The EA's clock is ahead by two seconds: that is no age."""
    book = Book(ACCOUNT)
    assert book.status_age(0.0) == float("inf")
    for beat in range(30):
        written = NOON + timedelta(seconds=beat + 2)
        book.apply(Facts(status=status(written)), NOON + timedelta(seconds=beat), float(beat))
        assert book.status_age(float(beat)) == 0.0
    assert book.status_age(29.5) == 0.5
    late = NOON + timedelta(seconds=33)
    book.apply(Facts(status=status(NOON + timedelta(seconds=32))), late, 33.0)
    assert book.status_age(33.0) == 3.0


def test_a_status_that_was_left_lying_is_no_heartbeat_until_the_next_one() -> None:
    book, clock = Book(ACCOUNT), SetClock()
    take(book, snapshot(clock, status=status(NOON - timedelta(seconds=30), seq=1)))
    assert book.status is not None
    assert (book.fresh(10.0), book.clock_skew_s) == (False, None)
    take(book, Facts(status=status(NOON, seq=2)), at=11.0)
    assert (book.fresh(11.0), book.clock_skew_s, book.heartbeat_age(12.0)) == (True, 0, 1)


def test_a_clock_that_is_wrong_is_known_from_the_second_heartbeat_on() -> None:
    book = Book(ACCOUNT)
    for seq, at in ((1, 10.0), (2, 11.0)):
        take(book, Facts(status=status(NOON - timedelta(seconds=30), seq=seq)), at=at)
    assert (book.fresh(11.0), book.clock_skew_s) == (True, 30)
