"""The account's money as the terminal states it, and its course: equity curve and drawdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.values import Account


@dataclass(frozen=True, slots=True)
class AccountState:
    """MT5's account line; money in `currency`, margin_level in percent (None without positions)."""

    account: Account
    company: str
    currency: str
    currency_digits: int
    leverage: int
    margin_mode: str
    trade_mode: str
    balance: Decimal
    equity: Decimal
    profit: Decimal
    margin: Decimal
    margin_free: Decimal
    margin_level: Decimal | None
    stop_out: Decimal
    trade_allowed: bool
    trade_expert: bool

    @property
    def hedging(self) -> bool:
        return self.margin_mode == "RETAIL_HEDGING"


@dataclass(frozen=True, slots=True)
class EquityPoint:
    """Balance and equity at one moment."""

    time: datetime
    balance: Decimal
    equity: Decimal


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The largest fall from a peak to a later trough; percent of the peak, None without one > 0."""

    amount: Decimal
    percent: Decimal | None
    peak: Decimal
    trough: Decimal


def deal_money(deal: Deal) -> Decimal:
    """What a deal moved the balance by."""
    return deal.profit + deal.commission + deal.swap + deal.fee


def balance_curve(deals: Iterable[Deal], start: Decimal) -> tuple[tuple[datetime, Decimal], ...]:
    """The balance after each deal, oldest first; start: the balance before the first one."""
    curve = []
    balance = start
    for deal in sorted(deals, key=lambda deal: (deal.time, deal.ticket)):
        balance += deal_money(deal)
        curve.append((deal.time, balance))
    return tuple(curve)


def max_drawdown(values: Sequence[Decimal]) -> Drawdown:
    """The largest fall in money, oldest value first; all 0 without values."""
    peak = values[0] if values else Decimal(0)
    worst = (Decimal(0), peak, peak)
    for value in values:
        peak = max(peak, value)
        if peak - value > worst[0]:
            worst = (peak - value, peak, value)
    amount, top, trough = worst
    return Drawdown(amount, amount * 100 / top if top > 0 else None, top, trough)


def current_drawdown(values: Sequence[Decimal]) -> Decimal:
    """How far the last value is below the highest one; 0 without values."""
    return max(values) - values[-1] if values else Decimal(0)
