"""What a resume means before it is held: whose account, why, which limits, what stays skipped."""

from collections.abc import Iterable
from dataclasses import dataclass

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.limits import Headroom
from signalos_desktop.ui.theme.figures import counted
from signalos_desktop.ui.viewmodels.book import AccountBook
from signalos_desktop.ui.viewmodels.inbox import SignalRecord
from signalos_desktop.ui.viewmodels.strip import reason_words

_SKIPPED = (SignalState.SKIPPED_PAUSED, SignalState.SKIPPED_STOPPED)
_LIMITS = {
    "MAX_POSITIONS": "Positions",
    "MAX_DAILY_TRADES": "Trades today",
    "OPEN_RISK": "Open risk",
    "DAILY_LOSS": "Loss of the day",
}
_DAMAGE = (
    "The Expert Advisor's own files are damaged: it no longer knows what it did. Look at Trade and"
    " History in MT5 and close there what should not be open. Starting fresh puts the damaged files"
    " aside; nothing that was sent before is ever executed again, and the stop stays."
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A ticket that is still open under a stop."""

    ticket: int
    words: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """lines: what will happen, in sentences. limits: name and what is used of it.

    damage: what the user has to see to before the EA can be started fresh, empty if it need not.
    """

    title: str
    lines: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]
    leftovers: tuple[Leftover, ...]
    damage: str = ""


def show_way_back(
    book: AccountBook | None, records: Iterable[SignalRecord], *, whole_account: bool
) -> WayBack | None:
    """None where there is nothing to come back from."""
    if book is None or book.state is None or book.trading is TradingState.RUNNING:
        return None
    stopped = book.trading.stopped
    kind = {True: "LIVE", False: "demo", None: "unknown"}[book.live]
    title = "Unlock to paused" if stopped else "Resume trading"
    skipped = sum(record.state in _SKIPPED for record in records)
    after = (
        "It is paused then: entries stay refused until you resume."
        if stopped
        else "Entries are allowed again; nothing is opened again by itself."
    )
    stays = f"{counted(skipped, 'signal')} skipped meanwhile: what is skipped stays skipped."
    return WayBack(
        title,
        (f"{book.account}, {kind} account.", *_reasons(book), after, stays),
        tuple(_limit(limit) for limit in book.standing.limits if limit.code in _LIMITS)
        if book.standing is not None
        else (),
        tuple(_leftovers(book, whole_account)) if stopped else (),
        _DAMAGE if book.status is not None and book.status.halt.damaged else "",
    )


def _reasons(book: AccountBook) -> tuple[str, ...]:
    reasons = sorted(book.state.reasons) if book.state is not None else []
    return tuple(
        f"Why: {words[:1].lower()}{words[1:]}, {end}." for words, end in map(reason_words, reasons)
    )


def _limit(limit: Headroom) -> tuple[str, str]:
    used = "unknown" if limit.actual is None else plain(limit.actual)
    unit = " %" if limit.unit == "%" else ""
    return _LIMITS[limit.code], f"{used} of {plain(limit.limit)}{unit}"


def _leftovers(book: AccountBook, whole_account: bool) -> Iterable[Leftover]:
    magic = book.status.magic if book.status is not None and not whole_account else None
    for p in book.positions.values():
        if magic in (None, p.magic):
            yield Leftover(p.ticket, f"{p.side.value} {plain(p.volume)} {p.symbol}")
    for o in book.orders.values():
        if magic in (None, o.magic):
            what = o.type.lower().replace("_", " ")
            yield Leftover(o.ticket, f"{what} {plain(o.volume)} {o.symbol}")
