"""Keeps what happened in the ledger, in the order of the calls, however long the disk is full."""

from asyncio import Future, get_running_loop
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from signalos_desktop.engine.entries import Entry
from signalos_desktop.engine.ports import Ledger, LedgerFailedError, LedgerRefusedError


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Entries of one call; done None = nobody waits, it is tried until the ledger takes it."""

    entries: tuple[Entry, ...]
    done: Future[None] | None


class Diary:
    """A checkpoint is never written before what was read up to it."""

    def __init__(
        self,
        ledger: Ledger,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        complain: Callable[[LedgerFailedError], None],
    ) -> None:
        self._ledger = ledger
        self._spawn = spawn
        self._complain = complain
        self._pages: deque[_Page] = deque()
        self._writing = False
        self._one_by_one = 0

    @property
    def unwritten(self) -> int:
        """How many calls wait for the ledger."""
        return len(self._pages)

    def note(self, *entries: Entry) -> None:
        """Record in the background; a ledger that fails is tried again by go_on."""
        if not entries:
            return
        self._pages.append(_Page(entries, None))
        self.go_on()

    async def keep(self, *entries: Entry) -> None:
        """Record after all that was noted before; LedgerFailedError = it is not kept."""
        done: Future[None] = get_running_loop().create_future()
        self._pages.append(_Page(entries, done))
        self.go_on()
        await done

    def record(self, *entries: Entry) -> Awaitable[None]:
        """The same, but the ledger has it at once where nothing waits."""
        return self.keep(*entries) if self._pages else self._ledger.record(*entries)

    def go_on(self) -> None:
        """Write what waits, if nobody does."""
        if self._pages and not self._writing:
            self._writing = True
            self._spawn(self._write())

    async def _write(self) -> None:
        try:
            while self._pages:
                count = 1 if self._one_by_one else len(self._pages)
                self._one_by_one = max(0, self._one_by_one - 1)
                if not await self._write_pages(count):
                    return
        finally:
            self._writing = False

    async def _write_pages(self, count: int) -> bool:
        """False if the ledger fails."""
        pages = [self._pages[index] for index in range(count)]
        try:
            await self._ledger.record(*(entry for page in pages for entry in page.entries))
        except LedgerFailedError as failure:
            if not isinstance(failure, LedgerRefusedError):
                self._give_up_for_now(failure)
                return False
            self._refused(count, failure)
        except Exception as error:  # noqa: BLE001 - the boundary of the writing task: one bad entry must not hold up the others
            self._refused(count, LedgerRefusedError(f"{type(error).__name__}: {error}"))
        else:
            for page in pages:
                self._pages.popleft()
                self._end(page, None)
        return True

    def _refused(self, count: int, refusal: LedgerFailedError) -> None:
        """Find the call that is refused by trying each alone; that one is dropped and told."""
        if count > 1:
            self._one_by_one = count
            return
        self._complain(refusal)
        self._end(self._pages.popleft(), refusal)

    def _give_up_for_now(self, failure: LedgerFailedError) -> None:
        """What somebody waits for has failed; the rest stays for the next time."""
        waited_for = [page for page in self._pages if page.done is not None]
        self._pages = deque(page for page in self._pages if page.done is None)
        for page in waited_for:
            self._end(page, failure)
        self._complain(failure)

    @staticmethod
    def _end(page: _Page, failure: LedgerFailedError | None) -> None:
        if page.done is None or page.done.done():
            return
        if failure is None:
            page.done.set_result(None)
        else:
            page.done.set_exception(failure)
