"""A bare alert ("gold buy now") and the levels that follow it: together they are one signal."""

from dataclasses import replace

from signalos_desktop.domain.signal import (
    ActionKind,
    Kind,
    OrderReading,
    OrderType,
    Reading,
    Zone,
)

_LEVELS = frozenset({ActionKind.MODIFY_SL, ActionKind.MODIFY_TP})


def is_alert(reading: Reading) -> bool:
    """True for one clear order at the market that lacks its S/L or its T/Ps."""
    if not reading.tradable or len(reading.orders) != 1:
        return False
    order = reading.orders[0]
    market = order.order_type in (OrderType.MARKET, OrderType.UNSPECIFIED)
    return market and not (_has_sl(order) and _has_tp(order))


def lacks_stop(reading: Reading) -> bool:
    """True for an alert that cannot be traded: it has no S/L yet."""
    return is_alert(reading) and not _has_sl(reading.orders[0])


def completed(alert: Reading, later: Reading) -> Reading | None:
    """The alert with the levels of the later message, or None if that is something else."""
    if not is_alert(alert):
        return None
    if later.kind is Kind.OPEN:
        return _by_signal(alert.orders[0], later)
    return with_levels(alert, later) if _adds(alert.orders[0], later) else None


def with_levels(opened: Reading, update: Reading) -> Reading | None:
    """A single order with the new S/L and T/Ps of an update that asks for nothing else."""
    if not opened.tradable or len(opened.orders) != 1 or update.kind is not Kind.UPDATE:
        return None
    order = opened.orders[0]
    for action in update.actions:
        named = action.symbol in (None, order.symbol) and action.side in (None, order.side)
        if action.kind not in _LEVELS or action.tp_index is not None or not named:
            return None
        if action.kind is ActionKind.MODIFY_SL:
            order = replace(order, sl=action.price, sl_pips=None)
        else:
            order = replace(order, tps=action.prices, tp_pips=(), tp_rr=(), tp_open=False)
    return replace(opened, orders=(order,), spans=update.spans)


def _by_signal(alert: OrderReading, later: Reading) -> Reading | None:
    if not later.tradable or len(later.orders) != 1:
        return None
    order = later.orders[0]
    if (order.symbol, order.side) != (alert.symbol, alert.side):
        return None
    fills = (_has_sl(order) and not _has_sl(alert)) or (_has_tp(order) and not _has_tp(alert))
    if not fills or order.order_type in (OrderType.LIMIT, OrderType.STOP):
        return None
    return replace(later, orders=(_filled(alert, order),))


def _filled(alert: OrderReading, order: OrderReading) -> OrderReading:
    """The later message counts; what it does not state stays as the alert said."""
    entry: Zone | None = order.entry or alert.entry
    filled = replace(order, entry=entry)
    if not _has_sl(order):
        filled = replace(filled, sl=alert.sl, sl_pips=alert.sl_pips)
    if not _has_tp(order):
        tps = (alert.tps, alert.tp_pips, alert.tp_rr)
        filled = replace(filled, tps=tps[0], tp_pips=tps[1], tp_rr=tps[2], tp_open=alert.tp_open)
    return filled


def _adds(alert: OrderReading, later: Reading) -> bool:
    kinds = {action.kind for action in later.actions}
    sl = ActionKind.MODIFY_SL in kinds and not _has_sl(alert)
    return sl or (ActionKind.MODIFY_TP in kinds and not _has_tp(alert))


def _has_sl(order: OrderReading) -> bool:
    return order.sl is not None or order.sl_pips is not None


def _has_tp(order: OrderReading) -> bool:
    return bool(order.tps or order.tp_pips or order.tp_rr or order.tp_open)
