"""Rules about money and counts: volume, positions, open risk, trades, margin, losses of the day."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from operator import attrgetter

from signalos_desktop.domain.risk.case import Case
from signalos_desktop.domain.risk.decision import Gate
from signalos_desktop.domain.risk.floors import NEAR, Floor, tightest
from signalos_desktop.domain.risk.limits import (
    Rule,
    at_least,
    at_most,
    off,
    passed,
    refused,
    unknown,
)
from signalos_desktop.domain.risk.sizing import ceil_cents
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, exact, plain, with_digits

DATA = Rule("SNAPSHOT_STALE", "Account data", "s")
PERMISSION = Rule("PERMISSION", "Trading allowed")
RISK = Rule("RISK", "Risk")
POSITIONS = Rule("MAX_POSITIONS", "Positions")
SYMBOL_POSITIONS = Rule("MAX_POSITIONS_SYMBOL", "Positions in the symbol")
UNPROTECTED = Rule("POSITION_WITHOUT_SL", "S/L of open positions")
HEAT = Rule("OPEN_RISK", "Open risk", "%")
DAILY_TRADES = Rule("MAX_DAILY_TRADES", "Trades today")
THROTTLE_10S = Rule("THROTTLE", "Orders sent", "in 10 s")
THROTTLE_MINUTE = Rule("THROTTLE", "Orders sent", "in a minute")
THROTTLE_DAY = Rule("THROTTLE", "Orders sent", "in a day")
MARGIN = Rule("NO_MARGIN", "Margin")
MARGIN_LEVEL = Rule("MARGIN_LEVEL", "Margin level", "%")
DAILY_LOSS = Rule("DAILY_LOSS", "Loss of the day")
DRAWDOWN = Rule("DRAWDOWN", "Drawdown")
WORST_CASE = Rule("WORST_CASE", "Left if every S/L is hit")

_accepted_at, _signal_of = attrgetter("at"), attrgetter("signal")


def data_gate(case: Case) -> Gate:
    """Account, positions and orders are known and fresh; missing never counts as flat."""
    context, account = case.context, case.account
    if account is None or context.positions is None or context.orders is None:
        text = "Account data: no complete snapshot yet: attach the Expert Advisor and wait"
        return unknown(DATA, text)
    age, limit = context.data_age_s, case.rules.max_data_age_s
    if age is None or age > limit:
        shown = "of unknown age" if age is None else f"{plain(age)} s old, max {plain(limit)} s"
        text = f"Account data: {shown}: entries wait until the terminal answers again"
        return unknown(DATA, text)
    if not account.currency:
        text = "Account data: the terminal states no account currency: log in again in MT5"
        return unknown(DATA, text)
    return passed(DATA, f"{plain(age)} s old", plain(limit))


def permission_gate(case: Case) -> Gate:
    if case.account is None:
        return unknown(PERMISSION, "Trading allowed: the account is not known yet")
    if not case.account.trade_allowed:
        text = (
            "the broker does not allow trading: log in with the master password, or ask the broker"
        )
        return refused(PERMISSION, "account: no", "yes", text)
    if not case.account.trade_expert:
        text = "the broker does not allow Expert Advisors on this account: ask the broker"
        return refused(PERMISSION, "Expert Advisors: no", "yes", text)
    return passed(PERMISSION, "yes")


def risk_gate(case: Case) -> Gate:
    """The volume: asked for at its limit, so it is never shown as near it."""
    size, account = case.size, case.account
    if size is None or account is None:
        return unknown(RISK, "Risk: no volume without account, symbol, live price and levels")
    if isinstance(size, Refusal):
        return refused(RISK, "0", "", size.text, size.code)
    loss = with_digits(case.new_loss, account.currency_digits)
    limit = "" if size.budget is None else with_digits(size.budget, account.currency_digits)
    money = f"{plain(case.new_lots)} lots risk at most {loss} {account.currency}"
    return passed(RISK, money, limit and f"{limit} {account.currency}")


def positions_gate(case: Case) -> Gate:
    if case.exposure is None:
        return _no_exposure(POSITIONS)
    after = case.exposure.count() + case.new_orders
    limit = case.rules.max_positions
    return at_most(POSITIONS, Decimal(after), Decimal(limit), "close one first, or raise the limit")


def symbol_positions_gate(case: Case) -> Gate:
    limit = case.rules.max_positions_symbol
    if not limit:
        return off(SYMBOL_POSITIONS, "Positions in the symbol: no limit set")
    if case.exposure is None or case.spec is None:
        return _no_exposure(SYMBOL_POSITIONS)
    after = case.exposure.count(case.spec.name) + case.new_orders
    advice = "close one first, or raise the limit"
    return at_most(SYMBOL_POSITIONS, Decimal(after), Decimal(limit), advice)


def unprotected_gate(case: Case) -> Gate:
    if case.exposure is None:
        return _no_exposure(UNPROTECTED)
    tickets = ", ".join(str(ticket) for ticket in case.exposure.unprotected)
    if tickets:
        text = f"without S/L: {tickets}: their loss has no end; set an S/L or close them first"
        return refused(UNPROTECTED, tickets, "all", text)
    return passed(UNPROTECTED, "all have one")


def heat_gate(case: Case) -> Gate:
    """Loss at S/L of everything open, resting, on its way or unclear, with the new orders."""
    if case.exposure is None or case.exposure.heat is None or case.base <= 0:
        return _uncomputed(case, HEAT)
    if not case.legs:
        return _no_volume(HEAT)
    share = _percent(case.exposure.heat + case.new_loss, case.base)
    advice = "wait until a trade is closed or its S/L is better, or lower the risk"
    return at_most(HEAT, share, case.rules.max_open_risk_percent, advice)


def daily_trades_gate(case: Case) -> Gate:
    """Signals, not orders, accepted since the day began; this one included."""
    accepted = case.context.accepted
    first = bisect_left(accepted, case.context.day_start, key=_accepted_at)
    today = set(map(_signal_of, accepted[first:])) | {case.candidate.signal}
    limit = Decimal(case.rules.max_daily_trades)
    return at_most(DAILY_TRADES, Decimal(len(today)), limit, "wait for the next day")


def throttle_gate(case: Case) -> Gate:
    """Orders of the last 10 s, minute and 24 h with the new ones; the fullest window is shown."""
    now, sent = case.context.now, case.context.sent
    fullest, count, most = THROTTLE_10S, 0, 1
    for rule, span, limit in (
        (THROTTLE_10S, timedelta(seconds=10), case.rules.throttle_per_10s),
        (THROTTLE_MINUTE, timedelta(minutes=1), case.rules.throttle_per_minute),
        (THROTTLE_DAY, timedelta(days=1), case.rules.throttle_per_day),
    ):
        after = len(sent) - bisect_right(sent, now - span) + case.new_orders
        if after * most > count * limit:
            fullest, count, most = rule, after, limit
    advice = "too many at once: entries pause; find out why before you resume"
    return at_most(fullest, Decimal(count), Decimal(most), advice)


def margin_gate(case: Case) -> Gate:
    """Margin of the new orders and of resting and reserved ones, against the free margin."""
    needed, account = _margin_needed(case), case.account
    if needed is None or account is None:
        return _uncomputed(case, MARGIN)
    if not case.legs:
        return _no_volume(MARGIN)
    free = account.margin_free * (100 - case.rules.margin_buffer_percent) / 100
    advice = f"{plain(case.rules.margin_buffer_percent)} % of it stay free: lower the risk"
    rule = Rule(MARGIN.code, MARGIN.name, account.currency)
    return at_most(rule, needed, max(free, ZERO), advice, _money(case))


def margin_level_gate(case: Case) -> Gate:
    needed, account = _margin_needed(case), case.account
    if needed is None or account is None:
        return _uncomputed(case, MARGIN_LEVEL)
    if not case.legs:
        return _no_volume(MARGIN_LEVEL)
    if account.margin + needed <= 0:
        return unknown(MARGIN_LEVEL, "Margin level: the terminal states a margin below 0: wait")
    level = (account.equity * 100 / (account.margin + needed)).quantize(Decimal("0.1"), ROUND_FLOOR)
    return at_least(
        MARGIN_LEVEL, level, case.rules.min_margin_level, "lower the risk or close some"
    )


def daily_loss_gate(case: Case) -> Gate:
    """The account's money against the floor of the day at which the app acts first."""
    return _above_floor(case, DAILY_LOSS)


def drawdown_gate(case: Case) -> Gate:
    """The same for the floors that do not begin anew each day."""
    return _above_floor(case, DRAWDOWN)


def worst_case_gate(case: Case) -> Gate:
    """The headroom: equity after every S/L is hit, the new one too, against the highest floor."""
    floor = tightest(case.context.floors or ())
    if floor is None:
        return _no_floor(case, WORST_CASE)
    if case.account is None or case.exposure is None or case.exposure.worst is None:
        return _uncomputed(case, WORST_CASE)
    if not case.legs:
        return _no_volume(WORST_CASE)
    left = case.account.equity - case.exposure.worst - case.new_loss
    return _floor_gate(case, WORST_CASE, floor, left)


def _above_floor(case: Case, rule: Rule) -> Gate:
    floor = tightest(case.context.floors or (), rule.code)
    if floor is None:
        return _no_floor(case, rule)
    if case.account is None:
        return unknown(rule, f"{rule.name}: the account is not known yet: wait for the terminal")
    balance, equity = case.account.balance, case.account.equity
    if floor.breached:
        text = f"{floor.limit.name}: {_money(case)(floor.act)} was reached: {floor.ends}"
        actual = _money(case)(floor.measured(balance, equity))
        return refused(rule, actual, _money(case)(floor.act), text)
    return _floor_gate(case, rule, floor, floor.measured(balance, equity))


def _floor_gate(case: Case, rule: Rule, floor: Floor, money: Decimal) -> Gate:
    unit = case.account.currency if case.account is not None else ""
    doubt = "" if floor.exact else f" ({floor.source})"
    advice = f"{floor.limit.name} is too near{doubt}: close something, lower the risk or wait"
    near = floor.reference - (floor.reference - floor.floor) * NEAR
    return at_least(Rule(rule.code, rule.name, unit), money, floor.act, advice, _money(case), near)


def _no_floor(case: Case, rule: Rule) -> Gate:
    if case.context.floors is None:
        text = f"{rule.name}: what it is measured from is not known yet: wait for the terminal"
        return unknown(rule, text)
    return off(rule, f"{rule.name}: no such limit set")


def _margin_needed(case: Case) -> Decimal | None:
    quote, account, exposure = case.quote, case.account, case.exposure
    if quote is None or account is None or exposure is None or exposure.margin is None:
        return None
    if not quote.margin_1lot.is_finite() or quote.margin_1lot <= 0:
        return None
    new = exact(quote.margin_1lot) * exact(case.new_lots)
    return exposure.margin + ceil_cents(new, account.currency_digits)


def _money(case: Case) -> Callable[[Decimal], str]:
    digits = case.account.currency_digits if case.account is not None else 2
    return lambda amount: with_digits(amount, digits)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    """In percent, rounded up to two decimals."""
    return ceil_cents(100 * exact(part) / exact(whole), 2)


def _no_volume(rule: Rule) -> Gate:
    """Neither passed nor refused: there is nothing to add, and the rule for the risk says why."""
    return off(rule, f"{rule.name}: it needs a volume first")


def _no_exposure(rule: Rule) -> Gate:
    return unknown(rule, f"{rule.name}: positions and orders are not known yet")


def _uncomputed(case: Case, rule: Rule) -> Gate:
    if case.exposure is None:
        return _no_exposure(rule)
    missing = [*case.exposure.unpriced, *(str(ticket) for ticket in case.exposure.unprotected)]
    why = f"no tick value, margin or S/L for {', '.join(missing)}" if missing else "numbers missing"
    return unknown(rule, f"{rule.name}: cannot be computed, {why}: open the chart or set the S/L")
