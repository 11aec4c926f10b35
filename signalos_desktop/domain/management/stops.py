"""Where the S/L of an open trade goes next: break-even, T/P ladder, trailing; nearer only."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from signalos_desktop.domain.levels import exit_price
from signalos_desktop.domain.management.rules import ManagementRules, TrailMode
from signalos_desktop.domain.management.state import ManagedTrade, Step, StepKind
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side, plain, with_digits

BREAKEVEN, CASCADE, TRAILING = "break-even", "cascade", "trailing"


@dataclass(frozen=True, slots=True)
class _Wish:
    """A level that a rule asks for; least: the smallest move that is worth a request, in price."""

    level: Decimal
    rule: str
    why: str
    least: Decimal


def move_stop(trade: ManagedTrade, quote: Quote) -> Step | None:
    """The one new S/L that follows from all rules; None = it stays where it is."""
    if _frozen(trade, quote):
        return None
    wishes = [wish for wish in _wishes(trade, quote) if _possible(trade, quote, wish)]
    if not wishes:
        return None
    sign = trade.side.sign
    best = max(wishes, key=lambda wish: sign * wish.level)
    digits = trade.spec.digits
    before = "none" if trade.position.sl is None else with_digits(trade.position.sl, digits)
    text = f"rule: {best.why}: S/L {before} -> {with_digits(best.level, digits)}"
    return Step(StepKind.MOVE_STOP, "sl", best.rule, text, level=best.level)


def untellable(trade: ManagedTrade, quote: Quote) -> Step | None:
    """Said where break-even shall cover costs that cannot be turned into a price."""
    rules = trade.plan.rules
    wanted = (rules.breakeven or rules.cascade) and rules.breakeven_costs
    if not wanted or trade.costs <= 0 or quote.tick_value > 0:
        return None
    text = (
        f"{trade.spec.name}: tick value {plain(quote.tick_value)}, so costs of"
        f" {plain(trade.costs)} have no price: break-even waits"
    )
    advice = "set the S/L by hand, or manage.breakeven.costs to false for the next trades"
    return Step(StepKind.SAY, "TICK_VALUE_UNAVAILABLE", BREAKEVEN, text, advice=advice)


def _wishes(trade: ManagedTrade, quote: Quote) -> Iterator[_Wish]:
    yield from _breakeven(trade, quote)
    yield from _cascade(trade, quote)
    yield from _trailing(trade, quote)


def _breakeven(trade: ManagedTrade, quote: Quote) -> Iterator[_Wish]:
    rules, reached = trade.plan.rules, trade.reached(quote)
    why = ""
    if rules.breakeven_target and reached >= rules.breakeven_target:
        why = f"break-even after T/P {rules.breakeven_target}"
    elif _came(trade, quote, rules.breakeven_points, rules.breakeven_r):
        why = f"break-even at {_profit(trade, quote)}"
    elif rules.cascade and reached:
        why = f"break-even after T/P {reached} (cascade)"
    level = entry_with_costs(trade, quote)
    if why and level is not None:
        if rules.breakeven_costs and trade.costs > 0:
            why += f", costs of {plain(trade.costs)} covered"
        yield _Wish(level, BREAKEVEN, why, trade.spec.tick_size)


def entry_with_costs(trade: ManagedTrade, quote: Quote) -> Decimal | None:
    """The price at which closing leaves the offset and nothing is lost; None = costs not known."""
    rules, spec = trade.plan.rules, trade.spec
    away = rules.breakeven_offset_points * spec.point
    if rules.breakeven_costs and trade.costs > 0:
        if quote.tick_value <= 0:
            return None
        away += _whole_ticks(trade.costs, quote.tick_value * trade.position.volume) * spec.tick_size
    return _on_tick(trade, trade.position.price_open + trade.side.sign * away, gives=True)


def _whole_ticks(money: Decimal, per_tick: Decimal) -> Decimal:
    """How many ticks cover an amount, rounded up without a remainder lost."""
    ticks = money // per_tick
    return ticks if ticks * per_tick == money else ticks + 1


def _cascade(trade: ManagedTrade, quote: Quote) -> Iterator[_Wish]:
    """Every T/P before the one that was reached: where the price fell back, the next one counts."""
    if not trade.plan.rules.cascade:
        return
    reached = trade.reached(quote)
    for number, level in enumerate(trade.plan.targets[: max(reached - 1, 0)], 1):
        if level is not None:
            why = f"cascade after T/P {reached} to T/P {number}"
            yield _Wish(level, CASCADE, why, trade.spec.tick_size)


def _trailing(trade: ManagedTrade, quote: Quote) -> Iterator[_Wish]:
    rules, spec = trade.plan.rules, trade.spec
    distance = _distance(trade, rules)
    if distance is None or not _trails(trade, quote, distance):
        return
    # Nearer than the broker allows is not possible: as near as it allows then.
    distance = max(distance, _least_distance(trade))
    price = exit_price(trade.side, quote)
    level = _on_tick(trade, price - trade.side.sign * distance, gives=False)
    step = max(rules.trail_step_points * spec.point, spec.tick_size)
    away = trade.side.sign * (price - level)
    why = f"trailing {plain(away / spec.point)} points behind {_profit(trade, quote)}"
    yield _Wish(level, TRAILING, why, step)


def _distance(trade: ManagedTrade, rules: ManagementRules) -> Decimal | None:
    if rules.trail is TrailMode.POINTS:
        return rules.trail_points * trade.spec.point
    if rules.trail is TrailMode.R and trade.risk:
        return rules.trail_r * trade.risk
    return None


def _trails(trade: ManagedTrade, quote: Quote, distance: Decimal) -> bool:
    """True once the trailing has begun; without a start, as in MT5, at a profit of its distance."""
    rules = trade.plan.rules
    if not (rules.trail_from_points or rules.trail_from_r or rules.trail_from_target):
        return trade.gain(quote) >= distance
    taken = bool(rules.trail_from_target) and trade.reached(quote) >= rules.trail_from_target
    return taken or _came(trade, quote, rules.trail_from_points, rules.trail_from_r)


def _came(trade: ManagedTrade, quote: Quote, points: int, r: Decimal) -> bool:
    gain = trade.gain(quote)
    far = bool(points) and gain >= points * trade.spec.point
    return far or (bool(r) and bool(trade.risk) and gain >= r * trade.risk)


def _profit(trade: ManagedTrade, quote: Quote) -> str:
    """`+200 points (1.52 R)`."""
    gain = trade.gain(quote)
    text = f"{plain(gain / trade.spec.point)} points"
    text = text if gain < 0 else f"+{text}"
    return f"{text} ({gain / trade.risk:.2f} R)" if trade.risk else text


def _least_distance(trade: ManagedTrade) -> Decimal:
    """The nearest to the price that a level may be set and changed again."""
    spec = trade.spec
    return max(spec.stops_level * spec.point, spec.freeze_level * spec.point + spec.tick_size)


def _frozen(trade: ManagedTrade, quote: Quote) -> bool:
    """True while the broker changes nothing of the position: a level of it is about to be hit."""
    spec = trade.spec
    if not spec.freeze_level:
        return False
    price = exit_price(trade.side, quote)
    levels = [level for level in (trade.position.sl, trade.position.tp) if level is not None]
    return any(abs(level - price) <= spec.freeze_level * spec.point for level in levels)


def _possible(trade: ManagedTrade, quote: Quote, wish: _Wish) -> bool:
    """Nearer than now by its least move, and as far from the price as the broker wants."""
    sign, now = trade.side.sign, trade.position.sl
    if wish.level <= 0 or (now is not None and sign * (wish.level - now) < wish.least):
        return False
    room = sign * (exit_price(trade.side, quote) - wish.level)
    return room >= _least_distance(trade)


def _on_tick(trade: ManagedTrade, level: Decimal, *, gives: bool) -> Decimal:
    """The nearest price on the grid. gives: rather more profit, else rather more room."""
    tick = trade.spec.tick_size
    below = level // tick * tick
    up = gives is (trade.side is Side.BUY)
    return below + tick if up and below != level else below
