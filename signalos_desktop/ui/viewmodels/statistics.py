"""What trading has earned over a period, as cards, a curve, results in R, and tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from itertools import accumulate

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.statistics import (
    BestDay,
    ClosedTrade,
    Statistics,
    best_day,
    by_provider,
    by_symbol,
    closed_trades,
    summarise,
)
from signalos_desktop.domain.values import ZERO
from signalos_desktop.ui.theme.figures import counted, money, multiple, number, percent

PERIODS = ("Today", "Week", "Month", "Year", "All")
_DAYS = {"Week": 7, "Month": 30, "Year": 365}
_STEP = Decimal("0.5")
_LOWEST, _HIGHEST = Decimal("-2"), Decimal(4)
BY_HAND = "By hand"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Figure:
    """A card: colour is a token."""

    title: str
    figure: str
    note: str
    colour: str = "text"


@dataclass(frozen=True, slots=True)
class Bin:
    """Trades whose result was about so many R."""

    centre: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. each: result in R of one trade on average, None = not known."""

    name: str
    statistics: Statistics
    each: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """curve: seconds since 1970 and the summed result after each trade, from 0 on."""

    trades: tuple[ClosedTrade, ...]
    figures: tuple[Figure, ...]
    curve: tuple[tuple[float, float], ...]
    bins: tuple[Bin, ...]
    in_r: int
    providers: tuple[Line, ...]
    symbols: tuple[Line, ...]


class TradeBook:
    """The closed trades of one account, with the risk that each was opened with."""

    def __init__(
        self,
        deals: Sequence[Deal] = (),
        providers: Mapping[int, str] | None = None,
        risks: Mapping[int, Decimal] | None = None,
    ) -> None:
        self.trades = closed_trades(deals, providers)
        self._risks = dict(risks or {})

    def result_in_r(self, trade: ClosedTrade) -> Decimal | None:
        """None where the risk is not known: opened by hand, or before the journal began."""
        risk = self._risks.get(trade.position_id)
        return trade.net / risk if risk else None

    def summary(self, period: str, now: datetime, zone: tzinfo | None, digits: int) -> Summary:
        since = _since(period, now, zone)
        trades = tuple(t for t in self.trades if since is None or t.closed >= since)
        results = [r for t in trades if (r := self.result_in_r(t)) is not None]
        figures = _figures(summarise(trades), results, best_day(trades, zone), digits)
        return Summary(
            trades,
            figures,
            _curve(trades),
            make_bins(results),
            len(results),
            self._lines(by_provider(trades), trades, lambda t: t.provider or ""),
            self._lines(by_symbol(trades), trades, lambda t: t.symbol),
        )

    def _lines(
        self,
        groups: Mapping[str, Statistics],
        trades: Sequence[ClosedTrade],
        key: Callable[[ClosedTrade], str],
    ) -> tuple[Line, ...]:
        lines = []
        for name, statistics in groups.items():
            own = [self.result_in_r(trade) for trade in trades if key(trade) == name]
            known = [result for result in own if result is not None]
            each = sum(known, ZERO) / len(known) if known else None
            lines.append(Line(name or BY_HAND, statistics, each))
        return tuple(sorted(lines, key=lambda line: -line.statistics.net_profit))


def make_bins(results: Sequence[Decimal]) -> tuple[Bin, ...]:
    """Half an R wide; what lies beyond the ends is counted in the outermost ones."""
    counts: dict[Decimal, int] = {}
    for result in results:
        centre = (result / _STEP).to_integral_value() * _STEP
        centre = min(max(centre, _LOWEST), _HIGHEST)
        counts[centre] = counts.get(centre, 0) + 1
    if not counts:
        return ()
    low, high = min(counts), max(counts)
    steps = int((high - low) / _STEP)
    centres = [low + _STEP * number for number in range(steps + 1)]
    return tuple(Bin(centre, counts.get(centre, 0)) for centre in centres)


def as_csv(book: TradeBook, trades: Sequence[ClosedTrade]) -> str:
    """For a spreadsheet: plain figures, and no text that it would take for a formula."""
    head = "closed_utc,position,symbol,type,volume,price_open,price_close,net,r,provider"
    lines = [head]
    for trade in trades:
        result = book.result_in_r(trade)
        cells = (
            f"{trade.closed:%Y-%m-%d %H:%M:%S}",
            str(trade.position_id),
            _quoted(trade.symbol),
            trade.side.value,
            f"{trade.volume:f}",
            "" if trade.price_open is None else f"{trade.price_open:f}",
            f"{trade.price_close:f}",
            f"{trade.net:f}",
            "" if result is None else f"{result:.4f}",
            _quoted(trade.provider or ""),
        )
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    tidy = " ".join(safe.replace('"', '""').split())
    return f'"{tidy}"'


def _since(period: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    if period == "All":
        return None
    if period == "Today":
        return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return now - timedelta(days=_DAYS[period])


def _figures(
    found: Statistics, results: Sequence[Decimal], best: BestDay | None, digits: int
) -> tuple[Figure, ...]:
    def amount(value: Decimal | None) -> str:
        return "none" if value is None else money(value, digits, signed=True)

    net = found.net_profit
    each = sum(results, ZERO) / len(results) if results else None
    known = f"{len(results)} of {found.trades} with S/L"
    factor = "none" if found.profit_factor is None else number(found.profit_factor, 2)
    gross = f"{money(found.gross_profit, 0)} / {money(-found.gross_loss, 0)} gross"
    rate = "none" if found.win_rate is None else percent(found.win_rate, 1)
    fall = found.max_drawdown
    return (
        Figure("Net profit", amount(net), counted(found.trades, "trade"), _tone(net)),
        Figure("Expectancy", "unknown" if each is None else multiple(each), known)
        if each is not None
        else Figure("Expectancy", amount(found.expectancy), "a trade, risk not known"),
        Figure("Win rate", rate, f"{found.wins} won, {found.losses} lost"),
        Figure("Profit factor", factor, gross),
        Figure(
            "Largest drawdown",
            amount(-fall) if fall else money(ZERO, digits),
            f"losing streak {found.losing_streak}",
            "loss" if fall else "text",
        ),
        Figure("Best and worst", amount(found.best), f"worst {amount(found.worst)}"),
        Figure("Best day", "none", "no day in profit")
        if best is None
        else Figure("Best day", amount(best.net), f"{percent(best.share, 1)} of gains"),
    )


def _tone(value: Decimal) -> str:
    return "profit" if value > 0 else "loss" if value < 0 else "text"


def _curve(trades: Sequence[ClosedTrade]) -> tuple[tuple[float, float], ...]:
    if not trades:
        return ()
    ordered = sorted(trades, key=lambda trade: trade.closed)
    sums = accumulate((trade.net for trade in ordered), initial=ZERO)
    first = ordered[0].opened or ordered[0].closed
    times = [min(first, ordered[0].closed).timestamp(), *(t.closed.timestamp() for t in ordered)]
    return tuple((time, float(value)) for time, value in zip(times, sums, strict=True))
