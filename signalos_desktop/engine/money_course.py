"""One account's money over time: its sightings, its deals, and the anchors of its limits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from itertools import islice
from zoneinfo import ZoneInfo

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.risk.account_limits import AccountLimit
from signalos_desktop.domain.risk.anchors import (
    TRANSFERS,
    Course,
    Sighting,
    anchor_at,
    balance_money,
    first_anchor,
    peak_while_away,
    raised_peak,
    transfers_since,
)
from signalos_desktop.domain.risk.floors import Anchor, Transfers
from signalos_desktop.domain.risk.periods import Period, period_start
from signalos_desktop.domain.values import ZERO
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import AnchorEntry, Entry, SightingEntry
from signalos_desktop.engine.ports import Clock

WAIT_FOR_DEAL_S = 3.0
KEEP_EVERY_S = 30.0
PEAK_EVERY_S = 5.0
SKEW_S = 5.0
HISTORY = timedelta(hours=24)
SAME_PERIOD = timedelta(hours=20)
"""A server that changes its clock begins no new day within so short a time."""


class MoneyCourse:
    """Looked at with every snapshot of the account; what must be kept is handed out to journal."""

    def __init__(
        self, desk: Desk, clock: Clock, anchors: Iterable[Anchor], last: Sighting | None
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._anchors = {anchor.schedule: anchor for anchor in anchors}
        self._last = last
        self._course: Course | None = None
        self._first_look: float | None = None
        self._known_since = clock.now() - HISTORY
        self._doubtful_since: float | None = None
        self._kept_at = float("-inf")
        self._peaks_at = float("-inf")
        self._away = last is not None
        self._changed: dict[str, Anchor] = {}
        self._raised: dict[str, Anchor] = {}
        self._begun: set[str] = set()
        self._counted = 0
        self._pending: list[Deal] = []
        self._ahead = 0
        self._explained = True
        self._transfers: list[Deal] = []

    def look(self) -> Course | None:
        """The account's money now; None before its first snapshot, or while more is to be read."""
        book, state = self._desk.book, self._desk.book.state
        if state is None or not book.positions_seen or self._desk.bridge.behind:
            return None
        monotonic = self._clock.monotonic()
        if self._first_look is None:
            self._first_look = monotonic
        ahead = self._match(state.balance)
        deals = tuple(book.deals.values())
        course = Course(
            now=self._clock.now(),
            balance=state.balance,
            equity=state.equity,
            deals=deals[: len(deals) - ahead],
            positions=tuple(book.positions.values()),
            last=self._last,
            complete=self._explained,
            known_since=self._known_since,
        )
        self._course = course
        if course.complete:
            self._doubtful_since = None
        elif self._doubtful_since is None:
            self._doubtful_since = monotonic
        return course

    @property
    def waiting(self) -> bool:
        """True while the balance has moved and its deal may still come.

        An account that was never seen is given the same time to show the deals it has.
        """
        since = self._doubtful_since if self._last is not None else self._first_look
        return since is not None and self._clock.monotonic() - since < WAIT_FOR_DEAL_S

    def unexplained(self) -> Decimal:
        """By how much the balance has moved without a deal that says why."""
        if self._explained or self._last is None or self._course is None:
            return ZERO
        moved = sum((balance_money(deal) for deal in self._pending), ZERO)
        return self._course.balance - self._last.balance - moved

    def anchor(self, limit: AccountLimit) -> Anchor | None:
        """What the limit is measured from; None while it cannot be known yet."""
        course, known = self._course, self._anchors.get(limit.schedule)
        zone = self.zone(limit)
        if course is None or zone is None:
            return None
        start = period_start(course.now, limit.period, zone)
        if start is None:
            return known or self._take_first(first_anchor(limit.schedule, course))
        if known is not None and (self._skewed() or start - known.start < SAME_PERIOD):
            return known
        if self.waiting or self._skewed():
            return None
        anchor = anchor_at(limit.schedule, start, zone, course, known)
        return self._take_first(anchor) if known is None else self._take(anchor)

    def zone(self, limit: AccountLimit) -> tzinfo | None:
        """The zone of a limit's periods; None while the server's is not known."""
        if limit.zone:
            return ZoneInfo(limit.zone)
        status = self._desk.book.status
        if status is None:
            return None
        return timezone(timedelta(seconds=status.server_utc_offset_s))

    def transfers(self, start: datetime) -> Transfers:
        """Deposits less withdrawals since then."""
        return transfers_since(self._transfers, start)

    def breach(self, limit: AccountLimit) -> None:
        """The limit was reached in the period that its anchor stands for."""
        anchor = self._anchors[limit.schedule]
        self._take(replace(anchor, breached=(*anchor.breached, limit.name)))

    def settle(self) -> list[Entry]:
        """After a look: peaks and the sighting are moved on; returned is what to journal."""
        course = self._course
        if course is None:
            return []
        monotonic = self._clock.monotonic()
        fresh = [AnchorEntry(self._desk.account, anchor) for anchor in self._changed.values()]
        entries: list[Entry] = [*fresh]
        self._changed.clear()
        if self.waiting:
            return entries
        self._raise_peaks(course, monotonic)
        counted = len(self._pending) - self._ahead if self._explained else len(self._pending)
        taken, self._pending = self._pending[:counted], self._pending[counted:]
        newest = max((deal.ticket for deal in taken), default=0)
        if self._last is not None:
            newest = max(newest, self._last.deal)
        self._last = Sighting(course.now, course.balance, course.equity, newest)
        self._doubtful_since = None
        if fresh or monotonic - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = monotonic
            entries.append(SightingEntry(self._desk.account, self._last))
        return entries

    def _raise_peaks(self, course: Course, monotonic: float) -> None:
        for schedule, anchor in tuple(self._anchors.items()):
            if not schedule.startswith(Period.LIFETIME):
                continue
            peak = raised_peak(anchor, course)
            if self._away and course.complete:
                peak = max(peak, peak_while_away(anchor, course))
            if peak > anchor.peak:
                self._anchors[schedule] = self._raised[schedule] = replace(anchor, peak=peak)
        self._away = False
        if monotonic - self._peaks_at >= PEAK_EVERY_S:
            self._peaks_at = monotonic
            self._changed.update(self._raised)
            self._raised.clear()

    def begun(self, limit: AccountLimit) -> bool:
        """True if the limit's schedule was first looked at in this run: nobody saw what was."""
        return limit.schedule in self._begun

    def _take_first(self, anchor: Anchor) -> Anchor:
        self._begun.add(anchor.schedule)
        return self._take(anchor)

    def _take(self, anchor: Anchor) -> Anchor:
        self._anchors[anchor.schedule] = self._changed[anchor.schedule] = anchor
        return anchor

    def _match(self, balance: Decimal) -> int:
        """How many of the newest deals the balance does not show yet: the account may lag behind.

        Sets whether the balance is explained by the deals since the last sighting.
        """
        self._take_new()
        last, self._ahead, self._explained = self._last, 0, True
        if last is None:
            return 0
        reckoned = last.balance + sum((balance_money(deal) for deal in self._pending), ZERO)
        for ahead, deal in enumerate((*reversed(self._pending), None)):
            if reckoned == balance:
                self._ahead = ahead
                return ahead
            reckoned -= balance_money(deal) if deal is not None else ZERO
        self._explained = False
        return 0

    def _take_new(self) -> None:
        """The deals that came in since the last look; each is taken once."""
        deals = self._desk.book.deals
        for deal in islice(deals.values(), self._counted, None):
            if self._last is None or deal.ticket > self._last.deal:
                self._pending.append(deal)
            if deal.type in TRANSFERS:
                self._transfers.append(deal)
        self._counted = len(deals)

    def _skewed(self) -> bool:
        skew = self._desk.book.clock_skew_s
        return skew is None or abs(skew) > SKEW_S
