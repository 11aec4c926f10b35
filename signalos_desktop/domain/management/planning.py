"""What the rules of an open trade ask for at this moment: the same input gives the same steps."""

from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.management.parts import due_parts
from signalos_desktop.domain.management.state import ManagedTrade, Step, StepKind
from signalos_desktop.domain.management.stops import move_stop, untellable
from signalos_desktop.domain.position import RestingOrder
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import iso_ms, plain

HOLDING, EXPIRY = "holding time", "order expiry"
OLDEST_QUOTE = timedelta(seconds=60)
EXPIRY_GRACE = timedelta(seconds=30)


def plan(trade: ManagedTrade, quote: Quote | None, now: datetime) -> tuple[Step, ...]:
    """The steps to take now, in their order; without a live price there is none to take."""
    if quote is None or abs(now - quote.time) > OLDEST_QUOTE:
        return (_unknown_price(trade, quote, now),)
    over = _held_too_long(trade, now)
    if over is not None:
        return (over,)
    if trade.ending(quote):
        return ()
    parts = due_parts(trade, quote)
    if parts and parts[-1].kind is StepKind.CLOSE:
        return parts
    stop = (move_stop(trade, quote), untellable(trade, quote))
    return (*parts, *(step for step in stop if step is not None))


def take_back(order: RestingOrder, expiry: datetime | None, now: datetime) -> Step | None:
    """The cancel of a resting order that has outlived its time, where the broker left it."""
    if expiry is None or now < expiry:
        return None
    # What the broker takes back by itself is left to it for a moment.
    if order.expiration is not None and now < expiry + EXPIRY_GRACE:
        return None
    text = f"rule: expired at {iso_ms(expiry)}: cancel {order.type} {order.ticket}"
    return Step(StepKind.CANCEL, "expiry", EXPIRY, text)


def _held_too_long(trade: ManagedTrade, now: datetime) -> Step | None:
    minutes = trade.plan.rules.hold_minutes
    held = Decimal((now - trade.opened) // timedelta(seconds=1)) / 60
    if not minutes or held < minutes:
        return None
    text = f"rule: held for {held:.1f} min, allowed {plain(minutes)} min: close it"
    return Step(StepKind.CLOSE, "hold", HOLDING, text)


def _unknown_price(trade: ManagedTrade, quote: Quote | None, now: datetime) -> Step:
    name, most = trade.spec.name, OLDEST_QUOTE.total_seconds()
    if quote is None:
        what = f"{name} has no price"
    else:
        age = abs(now - quote.time).total_seconds()
        what = f"the price of {name} is {age:.0f} s old, allowed {most:.0f} s"
    text = f"{what}: the S/L stays at the broker, break-even, trailing and closes wait"
    advice = "they go on with the next price; if the market is open, look at MT5's Market Watch"
    return Step(StepKind.SAY, "RULES_WAIT", "price", text, advice=advice)
