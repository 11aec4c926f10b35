"""How long a message can still be fired."""

from datetime import datetime, timedelta

from signalos_desktop.domain.providers.alerts import lacks_stop
from signalos_desktop.domain.signal import Kind, OrderType
from signalos_desktop.engine.entries import Relation
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.threads import Related

PENDING_WORDS = frozenset({OrderType.LIMIT, OrderType.STOP})


def expiry(
    related: Related, settings: Settings, alert_window_s: int, now: datetime, *, managed: bool
) -> datetime | None:
    """When a message is over, None = it asks for nothing. managed: it acts on an open trade.

    An edit lives no longer than what it edits: it makes no old signal young.
    """
    reading = related.reading
    if reading.kind is Kind.NONE:
        return None
    if reading.kind is Kind.UPDATE or managed:
        return now + timedelta(minutes=settings.integer("signals.update_expiry_min"))
    life = timedelta(seconds=settings.integer("risk.max_age_s"))
    if any(order.order_type in PENDING_WORDS for order in reading.orders):
        life = timedelta(minutes=settings.integer("pending.expiry_min"))
    if lacks_stop(reading):
        life = max(life, timedelta(seconds=alert_window_s))
    edited = related.earlier.entry if related.earlier is not None else None
    if edited is None or related.relation is not Relation.EDIT or lacks_stop(edited.reading):
        return now + life
    first = edited.expires if edited.reading.kind is Kind.OPEN else None
    return now + life if first is None else min(first, now + life)
