"""What happened is kept in order, across a full disk, a refusal and what cannot be kept."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest

from signalos_desktop.engine.diary import Diary
from signalos_desktop.engine.entries import AlarmEntry, Entry
from signalos_desktop.engine.ports import LedgerFailedError, LedgerRefusedError

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def entry(code: str) -> AlarmEntry:
    return AlarmEntry(None, NOON, code, "", "")


class Book:
    """A ledger made of a list; refuses codes, fails while told so."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.calls: list[int] = []
        self.failing = False
        self.bad: dict[str, Exception] = {}

    async def record(self, *entries: Entry) -> None:
        await asyncio.sleep(0)
        codes = [entry.code for entry in entries if isinstance(entry, AlarmEntry)]
        self.calls.append(len(codes))
        if self.failing:
            raise LedgerFailedError("disk full")
        for code in codes:
            if code in self.bad:
                raise self.bad[code]
        self.kept += codes


class Writer:
    def __init__(self) -> None:
        self.book = Book()
        self.complaints: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.diary = Diary(
            self.book,  # type: ignore[arg-type] # it only records
            self.spawn,
            lambda failure: self.complaints.append(str(failure)),
        )

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def settle(self) -> None:
        while self.tasks:
            await self.tasks.pop()


def test_notes_are_kept_in_order_and_together() -> None:
    async def scene() -> None:
        writer = Writer()
        for code in "ABC":
            writer.diary.note(entry(code))
        writer.diary.note()
        await writer.diary.keep(entry("D"))
        assert writer.book.kept == ["A", "B", "C", "D"]
        assert writer.book.calls == [4]

    asyncio.run(scene())


def test_what_waits_comes_first_and_nothing_waits_for_nothing() -> None:
    async def scene() -> None:
        writer = Writer()
        writer.diary.note(entry("noted"))
        await writer.diary.record(entry("sent"))
        assert writer.book.kept == ["noted", "sent"]
        await writer.diary.record(entry("at once"))
        assert writer.book.calls == [2, 1]

    asyncio.run(scene())


def test_what_a_full_disk_does_not_take_is_written_first_of_all_later() -> None:
    async def scene() -> None:
        writer = Writer()
        writer.book.failing = True
        writer.diary.note(entry("receipt"))
        await writer.settle()
        writer.diary.note(entry("checkpoint"))
        await writer.settle()
        assert writer.diary.unwritten == 2
        assert writer.complaints == ["disk full", "disk full"]
        writer.book.failing = False
        writer.diary.go_on()
        await writer.settle()
        assert writer.book.kept == ["receipt", "checkpoint"]
        assert writer.diary.unwritten == 0

    asyncio.run(scene())


def test_who_waits_is_told_of_the_failure_and_it_is_not_kept_later() -> None:
    async def scene() -> None:
        writer = Writer()
        writer.book.failing = True
        writer.diary.note(entry("A"))
        with pytest.raises(LedgerFailedError):
            await writer.diary.keep(entry("B"))
        writer.book.failing = False
        await writer.diary.keep(entry("C"))
        assert writer.book.kept == ["A", "C"]

    asyncio.run(scene())


@pytest.mark.parametrize("failure", [LedgerRefusedError("known"), OverflowError("too large")])
def test_one_bad_entry_costs_no_other(failure: Exception) -> None:
    async def scene() -> None:
        writer = Writer()
        writer.book.bad = {"B": failure}
        for code in "ABC":
            writer.diary.note(entry(code))
        await writer.settle()
        writer.diary.note(entry("D"))
        await writer.settle()
        assert writer.book.kept == ["A", "C", "D"]
        assert len(writer.complaints) == 1
        with pytest.raises(LedgerRefusedError):
            await writer.diary.keep(entry("B"))

    asyncio.run(scene())


def test_who_has_gone_away_is_not_answered() -> None:
    async def scene() -> None:
        writer = Writer()
        waiting = asyncio.ensure_future(writer.diary.keep(entry("A")))
        await asyncio.sleep(0)
        waiting.cancel()
        await writer.settle()
        assert writer.book.kept == ["A"]

    asyncio.run(scene())
