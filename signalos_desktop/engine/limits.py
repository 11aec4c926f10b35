"""Every limit with what is used of it and what is left: the headroom a trader asks for."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from signalos_desktop.domain.risk.case import priced_symbols
from signalos_desktop.domain.risk.context import RiskContext
from signalos_desktop.domain.risk.exposure import Exposure, measure_exposure
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
    if rules.max_daily_loss_percent:
        limits.append(
            Headroom("DAILY_LOSS", rules.max_daily_loss_percent, _loss_today(context), "%")
        )
    return limits


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


def _loss_today(context: RiskContext) -> Decimal | None:
    start = context.day_balance
    if start is None or start <= 0 or context.account is None:
        return None
    lost = max(ZERO, start - context.account.equity)
    return ceil_cents(100 * Fraction(lost) / Fraction(start), 2)
