"""Every limit with what is used of it and what is left: the headroom a trader asks for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.risk.case import priced_symbols
from signalos_desktop.domain.risk.context import RiskContext
from signalos_desktop.domain.risk.exposure import Exposure, measure_exposure
from signalos_desktop.domain.risk.floors import Floor, tightest
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.sizing import base_money, ceil_cents
from signalos_desktop.domain.values import ZERO


@dataclass(frozen=True, slots=True)
class Headroom:
    """One limit; actual None = not known, then nothing is left. unit: what the numbers count."""

    code: str
    limit: Decimal
    actual: Decimal | None
    unit: str

    @property
    def left(self) -> Decimal:
        return ZERO if self.actual is None else max(ZERO, self.limit - self.actual)


@dataclass(frozen=True, slots=True)
class LimitStanding:
    """A limit of the account in money. amount: what may be lost until the app acts at `act`.

    floor: where the firm acts. resets None = never; exact False: a strict estimate, source says
    why. reached: entries wait for the reset, or until the money is above `act` again.
    """

    code: str
    name: str
    amount: Decimal
    used: Decimal
    left: Decimal
    floor: Decimal
    act: Decimal
    resets: datetime | None
    reached: bool
    exact: bool
    source: str


def standing_of(floor: Floor, account: AccountState) -> LimitStanding:
    money = (account.balance, account.equity)
    return LimitStanding(
        code=floor.code,
        name=floor.limit.name,
        amount=floor.amount,
        used=floor.used(*money),
        left=max(floor.left(*money), ZERO),
        floor=floor.floor,
        act=floor.act,
        resets=floor.resets,
        reached=floor.breached,
        exact=floor.exact,
        source=floor.source,
    )


def worst_left(context: RiskContext) -> Decimal | None:
    """What is left above the floor that is reached first, after every S/L is hit; below 0 = less.

    None: there is no floor, or a loss cannot be computed.
    """
    exposure, floor = _exposure(context), tightest(context.floors or ())
    if floor is None or exposure is None or exposure.worst is None or context.account is None:
        return None
    return context.account.equity - exposure.worst - floor.act


def headroom(context: RiskContext, rules: RiskRules) -> list[Headroom]:
    """The account's limits as the rules count them, before any new order."""
    exposure = _exposure(context)
    positions = None if exposure is None else Decimal(exposure.count())
    today = {entry.signal for entry in context.accepted if entry.at >= context.day_start}
    limits = [
        Headroom("MAX_POSITIONS", Decimal(rules.max_positions), positions, "positions"),
        Headroom(
            "MAX_DAILY_TRADES", Decimal(rules.max_daily_trades), Decimal(len(today)), "trades"
        ),
        Headroom("OPEN_RISK", rules.max_open_risk_percent, _heat(context, exposure, rules), "%"),
    ]
    for span, unit, limit in (
        (timedelta(seconds=10), "orders in 10 s", rules.throttle_per_10s),
        (timedelta(minutes=1), "orders in a minute", rules.throttle_per_minute),
        (timedelta(days=1), "orders in a day", rules.throttle_per_day),
    ):
        sent = Decimal(sum(1 for at in context.sent if context.now - at < span))
        limits.append(Headroom("THROTTLE", Decimal(limit), sent, unit))
    return [*limits, *_floor_limits(context)]


def _exposure(context: RiskContext) -> Exposure | None:
    account = context.account
    if account is None or context.positions is None or context.orders is None:
        return None
    return measure_exposure(
        context.positions,
        context.orders,
        context.reserved,
        priced_symbols(context),
        account.currency,
        account.currency_digits,
    )


def _heat(context: RiskContext, exposure: Exposure | None, rules: RiskRules) -> Decimal | None:
    if exposure is None or exposure.heat is None or context.account is None:
        return None
    base = base_money(context.account, rules)
    return ceil_cents(100 * Fraction(exposure.heat) / Fraction(base), 2) if base > 0 else None


def _floor_limits(context: RiskContext) -> list[Headroom]:
    """Of the account's limits in money: what may be lost until the app acts, and what was lost."""
    account = context.account
    if account is None:
        return []
    return [
        Headroom(floor.code, floor.amount, floor.used(*_money(account)), account.currency)
        for floor in context.floors or ()
    ]


def _money(account: AccountState) -> tuple[Decimal, Decimal]:
    return account.balance, account.equity
