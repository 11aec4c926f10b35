"""Closed trades, and for how long their losses hold the next entry back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import takewhile

from signalos_desktop.domain.equity import deal_money
from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import ZERO


@dataclass(frozen=True, slots=True)
class ClosedTrade:
    """A position that is closed: when, with which result in all, and whether its S/L did it."""

    symbol: str
    time: datetime
    result: Decimal
    by_stop: bool


@dataclass(frozen=True, slots=True)
class Lock:
    """No entry before `until`; why with its numbers."""

    until: datetime
    why: str


def closed_trades(deals: Iterable[Deal], still_open: frozenset[int]) -> tuple[ClosedTrade, ...]:
    """One for each position that deals have closed, oldest first; still_open: identifiers."""
    by_position: dict[int, list[Deal]] = {}
    for deal in deals:
        if deal.trade and deal.position_id not in still_open:
            by_position.setdefault(deal.position_id, []).append(deal)
    found = []
    for held in by_position.values():
        out = [deal for deal in held if deal.entry is not DealEntry.IN]
        if out:
            last = max(out, key=lambda deal: (deal.time, deal.ticket))
            result = sum((deal_money(deal) for deal in held), ZERO)
            found.append(ClosedTrade(last.symbol, last.time, result, last.reason == "SL"))
    return tuple(sorted(found, key=lambda trade: trade.time))


def lock_after_losses(trades: tuple[ClosedTrade, ...], count: int, minutes: int) -> Lock | None:
    """After so many losses in a row, from the last one on."""
    row = list(takewhile(lambda trade: trade.result < 0, reversed(trades)))
    if not count or len(row) < count:
        return None
    return Lock(row[0].time + timedelta(minutes=minutes), f"{len(row)} losses in a row")


def lock_after_stops(
    trades: tuple[ClosedTrade, ...], now: datetime, count: int, lookback: int, minutes: int
) -> Lock | None:
    """After so many losing S/Ls within the minutes looked back on."""
    since = now - timedelta(minutes=lookback)
    hit = [trade for trade in trades if trade.by_stop and trade.result < 0 and trade.time >= since]
    if not count or len(hit) < count:
        return None
    until = hit[-1].time + timedelta(minutes=minutes)
    return Lock(until, f"{len(hit)} S/Ls in {lookback} min")


def lock_after_stop(trades: tuple[ClosedTrade, ...], symbol: str, minutes: int) -> Lock | None:
    """After the last S/L on the symbol."""
    hit = [trade for trade in trades if trade.by_stop and trade.symbol == symbol]
    if not minutes or not hit:
        return None
    return Lock(hit[-1].time + timedelta(minutes=minutes), f"an S/L on {symbol}")
