"""What trading has earned: closed trades made of deals, and the figures over any set of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import accumulate
from typing import TypeVar

from signalos_desktop.domain.equity import deal_money, max_drawdown
from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import ZERO, Side

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ClosedTrade:
    """A position from its opening to its end; prices are averages by volume.

    opened and price_open None: its opening lies before the deals that are known.
    net: profit with commission, swap and fees of all its deals; costs: those three alone.
    """

    position_id: int
    symbol: str
    side: Side
    volume: Decimal
    opened: datetime | None
    closed: datetime
    price_open: Decimal | None
    price_close: Decimal
    profit: Decimal
    costs: Decimal
    provider: str | None = None

    @property
    def net(self) -> Decimal:
        return self.profit + self.costs


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures over closed trades; None where a figure has no meaning (nothing to divide by).

    gross_loss, average_loss and worst are negative. profit_factor None: no trade has lost.
    max_drawdown: the largest fall of the summed result, in money.
    """

    trades: int
    wins: int
    losses: int
    net_profit: Decimal
    gross_profit: Decimal
    gross_loss: Decimal
    win_rate: Decimal | None
    profit_factor: Decimal | None
    average_win: Decimal | None
    average_loss: Decimal | None
    expectancy: Decimal | None
    best: Decimal | None
    worst: Decimal | None
    max_drawdown: Decimal
    losing_streak: int


@dataclass(frozen=True, slots=True)
class BestDay:
    """The day that has earned most; share: percent of what all days in profit have earned.

    Some firms want it below a limit before they pay (FTMO 1-step: 50 %).
    """

    day: date
    net: Decimal
    share: Decimal


@dataclass(slots=True)
class _Running:
    """A position while its deals are read; volume signed, turnover = sum of price times volume."""

    side: Side
    opened: datetime | None
    volume_in: Decimal = ZERO
    turnover_in: Decimal = ZERO
    volume_out: Decimal = ZERO
    turnover_out: Decimal = ZERO
    profit: Decimal = ZERO
    costs: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        return self.volume_in - self.volume_out


def closed_trades(
    deals: Iterable[Deal], providers: Mapping[int, str] | None = None
) -> tuple[ClosedTrade, ...]:
    """Trades that are closed in full, in the order of their end; providers: by position id.

    A reversal on a netting account ends one trade and begins the next; its money goes to the first.
    """
    found: list[ClosedTrade] = []
    running: dict[int, _Running] = {}
    for deal in sorted(deals, key=lambda deal: (deal.time, deal.ticket)):
        if not deal.trade:
            continue
        side = Side.BUY if deal.type == "BUY" else Side.SELL
        if deal.entry is DealEntry.IN:
            trade = running.setdefault(deal.position_id, _Running(side, deal.time))
            _add(trade, deal, deal.volume)
            continue
        trade = running.setdefault(deal.position_id, _Running(side.opposite, None))
        rest = _take(trade, deal)
        if trade.left <= 0:
            found.append(_closed(trade, deal))
            del running[deal.position_id]
        if rest > 0:
            reversed_ = _Running(side, deal.time)
            _add(reversed_, replace(deal, profit=ZERO, commission=ZERO, swap=ZERO, fee=ZERO), rest)
            running[deal.position_id] = reversed_
    names = providers or {}
    return tuple(replace(trade, provider=names.get(trade.position_id)) for trade in found)


def summarise(trades: Sequence[ClosedTrade]) -> Statistics:
    """Figures over these trades, in the order in which they were closed."""
    results = [trade.net for trade in sorted(trades, key=lambda trade: trade.closed)]
    wins = [net for net in results if net > 0]
    losses = [net for net in results if net < 0]
    gross_profit, gross_loss = sum(wins, ZERO), sum(losses, ZERO)
    return Statistics(
        trades=len(results),
        wins=len(wins),
        losses=len(losses),
        net_profit=sum(results, ZERO),
        gross_profit=gross_profit,
        gross_loss=gross_loss,
        win_rate=_ratio(Decimal(100 * len(wins)), len(results)),
        profit_factor=_ratio(gross_profit, -gross_loss),
        average_win=_ratio(gross_profit, len(wins)),
        average_loss=_ratio(gross_loss, len(losses)),
        expectancy=_ratio(sum(results, ZERO), len(results)),
        best=max(results, default=None),
        worst=min(results, default=None),
        max_drawdown=max_drawdown([*accumulate(results, initial=ZERO)]).amount,
        losing_streak=_longest_streak(results),
    )


def by_symbol(trades: Iterable[ClosedTrade]) -> dict[str, Statistics]:
    return _grouped(trades, lambda trade: trade.symbol)


def by_provider(trades: Iterable[ClosedTrade]) -> dict[str, Statistics]:
    """Trades by hand and of other programs are under an empty name."""
    return _grouped(trades, lambda trade: trade.provider or "")


def by_day(trades: Iterable[ClosedTrade], zone: tzinfo | None) -> dict[date, Statistics]:
    """By the day on which a trade was closed, as the zone counts days; None: this computer's."""
    return _grouped(trades, lambda trade: trade.closed.astimezone(zone).date())


def best_day(trades: Iterable[ClosedTrade], zone: tzinfo | None) -> BestDay | None:
    """None if no day has ended in profit."""
    gains = {day: net for day, one in by_day(trades, zone).items() if (net := one.net_profit) > 0}
    if not gains:
        return None
    best = max(gains, key=lambda day: gains[day])
    return BestDay(best, gains[best], 100 * gains[best] / sum(gains.values(), ZERO))


def _grouped(
    trades: Iterable[ClosedTrade], key: Callable[[ClosedTrade], _Key]
) -> dict[_Key, Statistics]:
    groups: dict[_Key, list[ClosedTrade]] = defaultdict(list)
    for trade in sorted(trades, key=lambda trade: trade.closed):
        groups[key(trade)].append(trade)
    return {name: summarise(group) for name, group in groups.items()}


def _add(trade: _Running, deal: Deal, volume: Decimal) -> None:
    trade.volume_in += volume
    trade.turnover_in += volume * deal.price
    _book_money(trade, deal)


def _take(trade: _Running, deal: Deal) -> Decimal:
    """Close with a deal what is open; the volume that goes beyond it (a reversal) is returned."""
    known = trade.opened is not None
    closing = min(deal.volume, trade.left) if known else deal.volume
    trade.volume_out += closing
    trade.turnover_out += closing * deal.price
    _book_money(trade, deal)
    return deal.volume - closing if deal.entry is DealEntry.INOUT else ZERO


def _book_money(trade: _Running, deal: Deal) -> None:
    trade.profit += deal.profit
    trade.costs += deal_money(deal) - deal.profit


def _closed(trade: _Running, deal: Deal) -> ClosedTrade:
    return ClosedTrade(
        position_id=deal.position_id,
        symbol=deal.symbol,
        side=trade.side,
        volume=trade.volume_out,
        opened=trade.opened,
        closed=deal.time,
        price_open=trade.turnover_in / trade.volume_in if trade.opened is not None else None,
        price_close=trade.turnover_out / trade.volume_out,
        profit=trade.profit,
        costs=trade.costs,
    )


def _ratio(part: Decimal, whole: Decimal | int) -> Decimal | None:
    return part / whole if whole else None


def _longest_streak(results: Iterable[Decimal]) -> int:
    longest = current = 0
    for net in results:
        current = current + 1 if net < 0 else 0
        longest = max(longest, current)
    return longest
