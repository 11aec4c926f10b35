"""Rules about the moment: hours, the edges of the week, news, and the pause after losses."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from signalos_desktop.domain.risk.case import Case
from signalos_desktop.domain.risk.cooldown import (
    Lock,
    lock_after_losses,
    lock_after_stop,
    lock_after_stops,
)
from signalos_desktop.domain.risk.decision import Gate, GateState
from signalos_desktop.domain.risk.hours import week_edge
from signalos_desktop.domain.risk.limits import Rule, off, passed, refused, unknown
from signalos_desktop.domain.risk.quiet import (
    LEAD,
    currencies_of,
    looks_at_news,
    news_near,
    outside_hours,
    said,
    useless,
)
from signalos_desktop.domain.risk.rules import CooldownScope, NewsMissing, NewsResting
from signalos_desktop.domain.signal import OrderType
from signalos_desktop.domain.values import iso_ms

HOURS = Rule("HOURS", "Trading hours")
WEEK_EDGE = Rule("WEEK_EDGE", "Begin and end of the week")
NEWS = Rule("NEWS", "News")
COOLDOWN = Rule("COOLDOWN", "Pause after losses")

_NO_HOURS = off(HOURS, "Trading hours: none set")
_NO_EDGE = off(WEEK_EDGE, "Begin and end of the week: not limited")
_NO_NEWS = off(NEWS, "News: not looked at")
_NO_COOLDOWN = off(COOLDOWN, "Pause after losses: none set")


def hours_gate(case: Case) -> Gate:
    """The windows of one's own, in their zone."""
    rules = case.rules
    if not rules.hours:
        return _NO_HOURS
    zone = ZoneInfo(rules.hours_zone or "UTC")
    shown = f"{case.context.now.astimezone(zone):%a %H:%M}"
    outside = outside_hours(rules, case.context.now)
    if not outside:
        return passed(HOURS, shown, rules.hours)
    return refused(HOURS, shown, rules.hours, f"{outside}: wait, or change hours.windows")


def week_edge_gate(case: Case) -> Gate:
    """No entries shortly before the symbol's weekend, nor shortly after it."""
    rules, offset = case.rules, case.context.server_utc_offset_s
    if not rules.week_end_min and not rules.week_start_min:
        return _NO_EDGE
    if case.spec is None or offset is None or len(case.spec.sessions) != 7:
        return unknown(WEEK_EDGE, f"{WEEK_EDGE.name}: the sessions are not known: wait")
    server = case.context.now + timedelta(seconds=offset)
    edge = week_edge(case.spec.sessions, server, rules.week_end_min, rules.week_start_min)
    if edge is None:
        return passed(WEEK_EDGE, "not near")
    where, minutes = edge
    if where == "end":
        limit = f"{rules.week_end_min} min before"
        text = f"{case.spec.name} closes for the weekend in {minutes} min: wait for next week"
    else:
        limit = f"{rules.week_start_min} min after"
        text = f"the week of {case.spec.name} has just begun: wait {minutes} min"
    return refused(WEEK_EDGE, f"{minutes} min", limit, text)


def news_gate(case: Case) -> Gate:
    """No entry near an event of one of the symbol's currencies."""
    rules, spec = case.rules, case.spec
    if not looks_at_news(rules):
        return _NO_NEWS
    if spec is None:
        return unknown(NEWS, "News: the symbol is not known yet")
    calendar, now = case.context.news, case.context.now
    why = useless(calendar, now)
    if why and rules.news_missing is NewsMissing.DENY:
        text = f"{why}: give news.file a new calendar, or set news.missing to warn"
        return unknown(NEWS, f"News: {text}", "NEWS_UNKNOWN")
    event = news_near(calendar, rules, currencies_of(spec), now, _lead(case))
    if event is not None:
        limit = f"{rules.news_before_min} min before, {rules.news_after_min} after"
        return refused(NEWS, iso_ms(event.time), limit, said(event, rules))
    if why:
        text = f"News: {why}; news.missing allows it"
        return Gate(NEWS.code, GateState.NEAR, "", "not known", text, NEWS.hard, NEWS.name)
    return passed(NEWS, "none near")


def cooldown_gate(case: Case) -> Gate:
    """After losses in a row, several S/Ls, or one on the symbol: the longest pause is shown."""
    rules, context = case.rules, case.context
    if not (rules.cooldown_losses or rules.cooldown_stops or rules.cooldown_after_stop_min):
        return _NO_COOLDOWN
    if case.spec is None:
        return unknown(COOLDOWN, f"{COOLDOWN.name}: the symbol is not known yet")
    trades = context.closed
    if rules.cooldown_scope is CooldownScope.SYMBOL:
        trades = tuple(trade for trade in trades if trade.symbol == case.spec.name)
    minutes = rules.cooldown_min
    locks = (
        lock_after_losses(trades, rules.cooldown_losses, minutes),
        lock_after_stops(
            trades, context.now, rules.cooldown_stops, rules.cooldown_lookback_min, minutes
        ),
        lock_after_stop(context.closed, case.spec.name, rules.cooldown_after_stop_min),
    )
    longest: Lock | None = max(
        (lock for lock in locks if lock is not None and lock.until > context.now),
        key=lambda lock: lock.until,
        default=None,
    )
    if longest is None:
        return passed(COOLDOWN, "over")
    until = iso_ms(longest.until)
    text = f"{longest.why}: no entries until {until}: wait, nothing is made good by the next trade"
    return refused(COOLDOWN, longest.why, until, text)


def _lead(case: Case) -> timedelta:
    """A resting order that would be taken back at once is not placed."""
    levels, takes_back = case.levels, case.rules.news_resting is NewsResting.CANCEL
    rests = levels is not None and levels.order_type is not OrderType.MARKET
    return LEAD if rests and takes_back else timedelta()
