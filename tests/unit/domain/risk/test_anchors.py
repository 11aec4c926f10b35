"""What a period began with: seen, reckoned from the deals, or the strictest that is plausible."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.risk.anchors import (
    Course,
    Sighting,
    anchor_at,
    balance_at,
    balance_money,
    first_anchor,
    peak_while_away,
    raised_peak,
    transfers_since,
)
from signalos_desktop.domain.risk.floors import Anchor, Transfers
from tests.unit.domain.samples import NOW, deal, dec, position

PRAGUE = ZoneInfo("Europe/Prague")
# 00:00 in Prague, thirteen hours before NOW.
START = datetime.fromisoformat("2026-03-03T23:00:00+00:00")
HOUR = timedelta(hours=1)


def closed(ticket: int, hours: float, profit: str, **changes: Any) -> Deal:
    """A deal that closed a position so many hours after the start (before it, if negative)."""
    fields: dict[str, Any] = {
        "ticket": ticket,
        "time": START + hours * HOUR,
        "entry": DealEntry.OUT,
        "profit": dec(profit),
        "commission": dec("0"),
        "swap": dec("0"),
        "fee": dec("0"),
        "position_id": ticket,
    }
    return replace(deal(ticket, "BUY", DealEntry.OUT, "1"), **{**fields, **changes})


def moved(ticket: int, hours: float, amount: str, kind: str = "BALANCE") -> Deal:
    return closed(ticket, hours, amount, type=kind, entry=DealEntry.IN, position_id=0)


def course(*deals: Deal, **changes: Any) -> Course:
    """10 000 now, everything of the last day known, nothing seen before."""
    base = Course(NOW, dec("10000"), dec("10000"), deals, (), None, True, NOW - 24 * HOUR)
    return replace(base, **changes)


def seen(hours: float, balance: str, deal_: int = 0, equity: str = "") -> Sighting:
    return Sighting(START + hours * HOUR, dec(balance), dec(equity or balance), deal_)


def begin(known: Course, earlier: Anchor | None = None) -> Anchor:
    return anchor_at("day Europe/Prague", START, PRAGUE, known, earlier)


def test_the_balance_at_midnight_is_reckoned_back_from_now() -> None:
    known = course(closed(1, -1, "77"), closed(2, 0, "-40"), closed(3, 5, "100"))
    assert balance_at(known, START) == dec("9940")
    found = begin(known)
    assert (found.balance, found.exact) == (dec("9940"), True)
    assert found.start == START


def test_what_was_seen_before_midnight_makes_a_gap_of_days_known() -> None:
    since = (closed(5, -30, "200"), closed(6, 2, "-50"))
    away = course(*since, last=seen(-48, "9850"), known_since=NOW)
    assert begin(away).balance == dec("10050")
    assert begin(replace(away, last=None)).exact is False


@pytest.mark.parametrize(
    ("last", "balance"),
    [(seen(-48, "10400"), "10400"), (seen(-48, "9000"), "10040"), (None, "10040")],
)
def test_missing_deals_mean_the_highest_balance_that_is_plausible(
    last: Sighting | None, balance: str
) -> None:
    found = begin(course(closed(6, 2, "-40"), last=last, complete=False, known_since=NOW))
    assert (found.balance, found.exact) == (dec(balance), False)
    assert "highest" in found.source


def test_the_equity_at_midnight_was_seen_or_nothing_was_open() -> None:
    flat = begin(course(closed(2, -1, "50")))
    assert (flat.equity, flat.equity_exact) == (dec("10000"), True)
    by_day = course(
        closed(2, 1, "0", entry=DealEntry.IN, position_id=7), closed(3, 2, "-40", position_id=7)
    )
    assert begin(by_day).equity_exact
    on = course(
        last=seen(-0.001, "10000", equity="10120"),
        now=START + timedelta(seconds=2),
        equity=dec("10090"),
        positions=(replace(position(), time=START - HOUR),),
    )
    assert (begin(on).equity, begin(on).equity_exact) == (dec("10120"), True)


def test_an_equity_that_nobody_saw_is_estimated_strictly() -> None:
    held = (replace(position(), time=START - HOUR),)
    away = course(positions=held, equity=dec("9900"), last=seen(-3, "10000", equity="10300"))
    assert (begin(away).equity, begin(away).equity_exact) == (dec("10300"), False)
    over_night = course(closed(3, 2, "-40", position_id=7), equity=dec("9900"))
    assert (begin(over_night).equity, begin(over_night).equity_exact) == (dec("10040"), False)
    later = replace(away, last=seen(1, "10000", equity="10900"))
    assert begin(later).equity == dec("10000")


def test_the_highest_day_is_carried_on_and_days_that_nobody_saw_are_reckoned() -> None:
    """Four days away: +500 on the second, -800 on the third; a deposit of 1 000 before them."""
    days = [moved(1, -90, "1000"), closed(2, -60, "500"), closed(3, -30, "-800")]
    earlier = Anchor("day", START - 96 * HOUR, *(dec("9000"),) * 4)
    away = course(*days, balance=dec("9700"), last=seen(-95, "9000"))
    assert begin(away, earlier).highest == dec("10500")
    higher = replace(earlier, highest=dec("9900"))
    assert begin(away, higher).highest == dec("10900")
    assert begin(away).highest == dec("9700")
    blind = replace(away, complete=False)
    assert begin(blind, earlier).highest == dec("10000")


def test_transfers_are_neither_profit_nor_loss() -> None:
    deals = (
        moved(1, 1, "500"),
        moved(2, 2, "-200"),
        moved(3, 3, "50", "CREDIT"),
        moved(4, -1, "9999"),
        closed(5, 3, "-10"),
    )
    assert transfers_since(deals, START) == Transfers(dec("300"), dec("350"))
    assert balance_money(deals[2]) == 0
    assert begin(course(*deals)).balance == dec("9710")


def test_a_limit_without_periods_begins_when_the_account_is_first_seen() -> None:
    found = first_anchor("lifetime server", course(equity=dec("10100")))
    assert (found.start, found.balance, found.peak) == (NOW, dec("10000"), dec("10100"))


def test_the_peak_rises_with_the_equity_and_not_with_a_deposit() -> None:
    anchor = Anchor("lifetime", START, *(dec("10000"),) * 4)
    assert raised_peak(anchor, course(equity=dec("10250"))) == dec("10250")
    assert raised_peak(anchor, course(equity=dec("9000"))) == dec("10000")
    deposit = moved(4, 1, "5000")
    assert raised_peak(anchor, course(deposit, equity=dec("15100"))) == dec("10100")
    # The deal of the deposit has not come yet.
    assert raised_peak(anchor, course(equity=dec("15100"), complete=False)) == dec("10000")


def test_a_peak_that_nobody_saw_is_at_least_the_highest_balance() -> None:
    anchor = Anchor("lifetime", START - 99 * HOUR, *(dec("10000"),) * 4)
    since = (closed(5, -3, "900"), moved(6, -2, "1000"), closed(7, -1, "-700"))
    away = course(*since, balance=dec("11200"), last=seen(-10, "10000", 4))
    assert peak_while_away(anchor, away) == dec("10900")
    assert peak_while_away(anchor, replace(away, last=None)) == dec("10000")
