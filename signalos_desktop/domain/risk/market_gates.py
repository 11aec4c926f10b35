"""Rules about the symbol and the prices: tradable, open, levels, lateness, R:R, spread, collar."""

from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from signalos_desktop.domain.levels import LevelField, exit_price, live_price
from signalos_desktop.domain.risk.case import Case, odd_sizes, spread_limit
from signalos_desktop.domain.risk.decision import Gate
from signalos_desktop.domain.risk.limits import (
    Rule,
    at_least,
    at_most,
    off,
    passed,
    refused,
    unknown,
)
from signalos_desktop.domain.risk.rules import RewardOf
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.symbols import Ambiguous, NotFound, SymbolSpec, TradeMode
from signalos_desktop.domain.values import ZERO, Side, plain, with_digits

SYMBOL = Rule("SYMBOL", "Symbol")
SESSION = Rule("SESSION_CLOSED", "Session")
PRICE = Rule("NO_PRICE", "Price")
ENTRY = Rule("ENTRY", "Entry")
STOP = Rule("SL_REQUIRED", "Stop loss")
TARGET = Rule("TP", "Take profit")
LATE = Rule("LATE_SIGNAL", "Late entry")
REWARD = Rule("LOW_RR", "Reward to risk", hard=False)
SPREAD = Rule("SPREAD", "Spread", "points")
COLLAR = Rule("PRICE_COLLAR", "Price collar", "%")

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_DAY_MINUTES = 24 * 60
_METALS = ("XAU", "XAG", "XPT", "XPD")


def symbol_gate(case: Case) -> Gate:
    resolution = case.candidate.symbol
    if isinstance(resolution, Ambiguous):
        return refused(SYMBOL, resolution.name, "one", resolution.text, "AMBIGUOUS_SYMBOL")
    if isinstance(resolution, NotFound):
        return refused(SYMBOL, resolution.name, "one", resolution.text, "SYMBOL_NOT_FOUND")
    spec = case.spec
    if spec is None:
        return unknown(SYMBOL, f"{resolution.symbol}: {_why_no_spec(case, resolution.symbol)}")
    side = case.candidate.order.side
    allowed = {Side.BUY: TradeMode.LONGONLY, Side.SELL: TradeMode.SHORTONLY}
    if spec.trade_mode not in (TradeMode.FULL, allowed.get(side) if side else None):
        text = f"{spec.name} is {spec.trade_mode} at the broker: no such entry is possible now"
        return refused(SYMBOL, spec.trade_mode, TradeMode.FULL, text, "SYMBOL_NOT_TRADABLE")
    missing = _missing_modes(case, spec)
    if missing:
        text = f"{spec.name}: the broker does not take {missing} for this symbol: skip the signal"
        return refused(SYMBOL, missing, ", ".join(spec.order_mode), text, "SYMBOL_NOT_TRADABLE")
    return passed(SYMBOL, spec.name)


def _why_no_spec(case: Case, name: str) -> str:
    stated = (case.context.specs or {}).get(name)
    wrong = odd_sizes(stated) if stated is not None else ""
    if wrong:
        return f"the terminal states {wrong}: open its chart in MT5, or ask the broker"
    return "its specification is not known yet: wait, or open its chart"


def _missing_modes(case: Case, spec: SymbolSpec) -> str:
    """What the order needs and the symbol's order modes lack; an empty list says nothing."""
    if case.levels is None or not spec.order_mode:
        return ""
    needed = [case.levels.order_type.upper(), "SL"]
    if any(case.levels.targets):
        needed.append("TP")
    return ", ".join(mode for mode in needed if mode not in spec.order_mode)


def session_gate(case: Case) -> Gate:
    """The symbol's trading sessions, in the server's time."""
    spec, offset = case.spec, case.context.server_utc_offset_s
    if spec is None or offset is None or len(spec.sessions) != 7 or not any(spec.sessions):
        return unknown(
            SESSION, "Session: the symbol's sessions are not known: wait for the terminal"
        )
    server = case.context.now + timedelta(seconds=offset)
    day, minute = server.isoweekday() % 7, server.hour * 60 + server.minute
    for start, end in spec.sessions[day]:
        if start <= minute < end:
            return passed(SESSION, f"open until {_clock(end)} (server time)")
    text = f"{spec.name} is closed, {_next_open(spec, day, minute)} (server time): wait for it"
    return refused(SESSION, "closed", "open", text)


def _next_open(spec: SymbolSpec, day: int, minute: int) -> str:
    waits = [
        (ahead * _DAY_MINUTES + start - minute, (day + ahead) % 7, start)
        for ahead in range(8)
        for start, _ in spec.sessions[(day + ahead) % 7]
    ]
    _, on, start = min(wait for wait in waits if wait[0] > 0)
    return f"opens {_DAYS[on]} {_clock(start)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def price_gate(case: Case) -> Gate:
    if case.spec is None or case.quote is None:
        return unknown(PRICE, "Price: no live bid and ask yet: wait for a tick")
    bid, ask = (with_digits(price, case.spec.digits) for price in (case.quote.bid, case.quote.ask))
    return passed(PRICE, f"{bid} / {ask}")


def entry_gate(case: Case) -> Gate:
    if case.candidate.order.side is None:
        return refused(
            ENTRY, "none", "buy or sell", "Entry: no side: read it again", "SIDE_MISSING"
        )
    if case.levels is None or case.spec is None:
        return _no_levels(ENTRY)
    problem = _problem(case, ENTRY, LevelField.ENTRY)
    price = with_digits(case.levels.price, case.spec.digits)
    return problem or passed(ENTRY, f"{case.levels.action} {price}")


def stop_gate(case: Case) -> Gate:
    if case.levels is None or case.spec is None:
        return _no_levels(STOP)
    sl = case.levels.sl
    if sl is None:
        text = "Stop loss: none stated: every entry needs one; ask the provider or set it by hand"
        return refused(STOP, "none", "required", text)
    points = plain(abs(case.levels.price - sl) / case.spec.point)
    price = with_digits(sl, case.spec.digits)
    return _problem(case, STOP, LevelField.SL) or passed(STOP, f"{price} ({points} points)")


def target_gate(case: Case) -> Gate:
    if case.levels is None or case.spec is None:
        return _no_levels(TARGET)
    digits = case.spec.digits
    prices = [with_digits(price, digits) for price in case.levels.targets if price is not None]
    problem = _problem(case, TARGET, LevelField.TP)
    return problem or passed(TARGET, ", ".join(prices) or "none")


def late_gate(case: Case) -> Gate:
    """How much worse than asked the market is; S/L and T/P must still lie ahead of the price."""
    levels, spec, quote = case.levels, case.spec, case.quote
    if levels is None or spec is None or quote is None:
        return _no_levels(LATE)
    sign, first = levels.side.sign, levels.targets[0]
    live, leaving = live_price(levels.side, quote), exit_price(levels.side, quote)
    for what, level, passed_it in (
        ("S/L", levels.sl, levels.sl is not None and sign * (leaving - levels.sl) <= 0),
        ("T/P", first, first is not None and sign * (live - first) >= 0),
    ):
        if passed_it and level is not None:
            shown = with_digits(level, spec.digits)
            text = f"the price has passed the {what} {shown}: too late, skip the signal"
            return refused(LATE, with_digits(live, spec.digits), shown, text)
    if levels.order_type is not OrderType.MARKET or levels.asked is None:
        return off(LATE, "Late entry: no entry price that the market could have left")
    if levels.asked_distance is None:
        return off(LATE, "Late entry: it needs an S/L to measure with")
    edge = levels.asked.high if levels.side is Side.BUY else levels.asked.low
    late = max(sign * (live - edge), ZERO)
    limit = levels.asked_distance * case.rules.late_fraction
    if case.rules.late_points:
        limit = min(limit, case.rules.late_points * spec.point)
    return at_most(
        LATE, late, limit, "the price has left the entry: wait for it or skip the signal"
    )


def reward_gate(case: Case) -> Gate:
    """Reward to risk at the live price: of the first T/P, or of all by their volumes."""
    levels = case.levels
    if levels is None:
        return _no_levels(REWARD)
    target = levels.targets[0]
    if case.rules.rr_of is RewardOf.WEIGHTED:
        target = _weighted_target(case) or target
    if target is None or not levels.distance:
        return off(REWARD, "Reward to risk: it needs an S/L and a T/P", "none")
    ratio = (levels.side.sign * (target - levels.price) / levels.distance).quantize(
        Decimal("0.01"), ROUND_FLOOR
    )
    if case.rules.min_rr == 0:
        return off(REWARD, f"Reward to risk: {ratio}, no minimum set", plain(ratio))
    return at_least(REWARD, ratio, case.rules.min_rr, "skip it, or fire it with a reason")


def _weighted_target(case: Case) -> Decimal | None:
    """The mean of the T/Ps by volume; None while a leg has none."""
    targets = [(leg.tp, leg.lots) for leg in case.legs if leg.tp is not None]
    if not targets or len(targets) < len(case.legs):
        return None
    return sum((tp * lots for tp, lots in targets), ZERO) / case.new_lots


def spread_gate(case: Case) -> Gate:
    levels, spec, quote = case.levels, case.spec, case.quote
    if levels is None or spec is None or quote is None:
        return unknown(SPREAD, "Spread: no levels to measure it with")
    actual = (quote.ask - quote.bid) / spec.point
    if levels.order_type is not OrderType.MARKET:
        return off(SPREAD, "Spread: it matters when a resting order fills", plain(actual))
    limit = spread_limit(spec, levels, case.rules)
    if limit is None:
        return off(SPREAD, "Spread: it needs an S/L to measure with", plain(actual))
    return at_most(SPREAD, actual, Decimal(limit), "wait for a narrower spread")


def collar_gate(case: Case) -> Gate:
    """The asked price against the market: another instrument, a typing error, an old message."""
    levels, spec, quote = case.levels, case.spec, case.quote
    if levels is None or spec is None or quote is None:
        return _no_levels(COLLAR)
    share = (abs(levels.anchor - quote.mid) * 100 / quote.mid).quantize(
        Decimal("0.01"), ROUND_CEILING
    )
    fx = spec.calc_mode.startswith("FOREX") or spec.currency_base in _METALS
    limit = case.rules.collar_percent if fx else case.rules.collar_other_percent
    return at_most(COLLAR, share, limit, "the entry is not of this market: check symbol and price")


def _problem(case: Case, rule: Rule, field: LevelField) -> Gate | None:
    """Every problem of one level, the first one's code in front."""
    found = [p for p in case.levels.problems if p.field is field] if case.levels else []
    if not found:
        return None
    text = "; ".join(problem.text for problem in found)
    return refused(rule, "wrong", "", text, found[0].code)


def _no_levels(rule: Rule) -> Gate:
    return unknown(rule, f"{rule.name}: it needs the symbol, a side and a live price first")
