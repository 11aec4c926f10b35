"""What the balance and the equity were when a period began: seen, from the deals, or estimated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

from signalos_desktop.domain.equity import deal_money
from signalos_desktop.domain.position import Deal, DealEntry, Position
from signalos_desktop.domain.risk.floors import Anchor, Transfers
from signalos_desktop.domain.risk.periods import midnights
from signalos_desktop.domain.values import ZERO, iso_ms, plain

CREDITS = ("CREDIT", "BONUS")
TRANSFERS = ("BALANCE", *CREDITS)
BESIDE = timedelta(seconds=10)
"""Two sightings at most so far from a period's start have seen the equity at it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """The account's money as it was seen last, every deal up to the ticket `deal` counted in."""

    time: datetime
    balance: Decimal
    equity: Decimal
    deal: int


@dataclass(frozen=True, slots=True)
class Course:
    """All that is known of an account's money now, and how far back.

    complete: the deals since `last` explain the balance. known_since: from there on every deal is
    known even without an earlier sighting.
    """

    now: datetime
    balance: Decimal
    equity: Decimal
    deals: tuple[Deal, ...]
    positions: tuple[Position, ...]
    last: Sighting | None
    complete: bool
    known_since: datetime


def balance_money(deal: Deal) -> Decimal:
    """What a deal moved the balance by: credit is not balance."""
    return ZERO if deal.type in CREDITS else deal_money(deal)


def transfers_since(deals: Iterable[Deal], start: datetime) -> Transfers:
    """Deposits less withdrawals, which are neither profit nor loss."""
    moved = [deal for deal in deals if deal.type in TRANSFERS and deal.time >= start]
    return Transfers(
        balance=sum((balance_money(deal) for deal in moved), ZERO),
        equity=sum((deal_money(deal) for deal in moved), ZERO),
    )


def balance_at(course: Course, moment: datetime) -> Decimal | None:
    """The balance just before this moment, reckoned back from now; None = deals are missing."""
    seen_before = course.last is not None and course.last.time <= moment
    if not course.complete or not (seen_before or course.known_since <= moment):
        return None
    since = (balance_money(deal) for deal in course.deals if deal.time >= moment)
    return course.balance - sum(since, ZERO)


def first_anchor(schedule: str, course: Course) -> Anchor:
    """Of a limit without periods: what was there when the app first saw the account."""
    balance, equity = course.balance, course.equity
    source = f"as first seen at {iso_ms(course.now)}"
    return Anchor(schedule, course.now, balance, equity, balance, equity, source=source)


def anchor_at(
    schedule: str, start: datetime, zone: tzinfo, course: Course, earlier: Anchor | None
) -> Anchor:
    """Of the period that began at `start`; earlier: that of the schedule's period before."""
    balance = balance_at(course, start)
    exact, source = balance is not None, "from the deals"
    if balance is None:
        balance = _highest_candidate(course, start)
        source = (
            f"the deals since {iso_ms(start)} are not all known: {plain(balance)}, the highest "
            "balance that is plausible, is taken"
        )
    equity, equity_exact = _equity_at(course, start, balance, exact=exact)
    return Anchor(
        schedule=schedule,
        start=start,
        balance=balance,
        equity=equity,
        highest=_highest(course, start, zone, balance, earlier),
        peak=max(equity, balance),
        exact=exact,
        equity_exact=equity_exact,
        source=source,
    )


def raised_peak(anchor: Anchor, course: Course) -> Decimal:
    """The peak with the equity of now, net of transfers; unchanged while a deal is missing."""
    if not course.complete:
        return anchor.peak
    return max(anchor.peak, course.equity - transfers_since(course.deals, anchor.start).equity)


def peak_while_away(anchor: Anchor, course: Course) -> Decimal:
    """The highest balance that the deals show since the last sighting: the equity was as high."""
    peak, balance = anchor.peak, course.balance
    since = [deal for deal in course.deals if course.last and deal.ticket > course.last.deal]
    moved = transfers_since(course.deals, anchor.start).balance
    for deal in sorted(since, key=lambda deal: deal.ticket, reverse=True):
        peak = max(peak, balance - moved)
        balance -= balance_money(deal)
        if deal.type in TRANSFERS:
            moved -= balance_money(deal)
    return peak


def _highest_candidate(course: Course, start: datetime) -> Decimal:
    since = sum((balance_money(deal) for deal in course.deals if deal.time >= start), ZERO)
    candidates = [course.balance, course.balance - since]
    if course.last is not None:
        candidates.append(course.last.balance)
    return max(candidates)


def _equity_at(
    course: Course, start: datetime, balance: Decimal, *, exact: bool
) -> tuple[Decimal, bool]:
    last = course.last
    if last is not None and start - BESIDE <= last.time <= start and course.now - start <= BESIDE:
        return max(last.equity, course.equity), True
    if exact and not _open_at(course, start):
        return balance, True
    candidates = [balance, course.equity]
    if last is not None and last.time <= start:
        candidates.append(last.equity)
    return max(candidates), False


def _open_at(course: Course, moment: datetime) -> bool:
    """True if a position was held over this moment."""
    if any(position.time < moment for position in course.positions):
        return True
    later = [deal for deal in course.deals if deal.trade and deal.time >= moment]
    opened = {deal.position_id for deal in later if deal.entry is DealEntry.IN}
    return any(deal.position_id not in opened for deal in later)


def _highest(
    course: Course, start: datetime, zone: tzinfo, balance: Decimal, earlier: Anchor | None
) -> Decimal:
    """The highest balance that a day began with, up to this start, moved by the transfers."""
    if earlier is None:
        return balance
    moved = transfers_since(course.deals, earlier.start).equity
    after = transfers_since(course.deals, start).equity
    found = [balance, earlier.highest + moved - after]
    for day in midnights(earlier.start, start, zone):
        known = balance_at(course, day)
        if known is not None:
            found.append(known + transfers_since(course.deals, day).equity - after)
    return max(found)
