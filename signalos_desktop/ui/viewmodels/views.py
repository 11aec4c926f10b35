"""Everything the window shows, folded from one event bus, with the clock it is measured by."""

from datetime import datetime

from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.ports import Clock
from signalos_desktop.ui.viewmodels.alarms import Alarms
from signalos_desktop.ui.viewmodels.book import AccountBook, Books
from signalos_desktop.ui.viewmodels.inbox import Inbox
from signalos_desktop.ui.viewmodels.proof import ProofBook
from signalos_desktop.ui.viewmodels.strip import RoundTrips


class Views:
    """Built once, before the engine says anything; the order is the order of the folding."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self.clock = clock
        # Before the books: it has to know what was open when a stop began.
        self.proof = ProofBook(bus, self._current, clock)
        self.books = Books(bus, clock)
        self.inbox = Inbox(bus, clock)
        self.alarms = Alarms(bus, clock)
        self.trips = RoundTrips(bus, clock)
        self.whole_account = False

    @property
    def book(self) -> AccountBook | None:
        return self.books.current

    def show_time(self, at: datetime) -> str:
        """Time of day in this computer's zone."""
        return f"{at.astimezone():%H:%M:%S}"

    def _current(self) -> AccountBook | None:
        return self.books.current
