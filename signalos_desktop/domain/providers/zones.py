"""An entry zone as several orders across it, each with its share of the risk."""

from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.levels import ZonePick
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.values import ZERO, Side

PARTS = 3


def across(order: OrderReading, rules: RiskRules) -> tuple[tuple[OrderReading, RiskRules], ...]:
    """The order itself, or one at each end of its zone and one in the middle.

    Each is "there or better": a limit, or the market where the price is better already; only the
    first may be entered late. Together they risk and have the volume of one signal.
    """
    zone = order.entry
    whole = ((order, rules),)
    if rules.entry_zone is not ZonePick.RANGE or zone is None or zone.low == zone.high:
        return whole
    if order.order_type is OrderType.STOP:
        return whole
    share = replace(
        rules,
        percent=rules.percent / PARTS,
        money=rules.money / PARTS,
        fixed_lots=rules.fixed_lots / PARTS,
        max_lots=rules.max_lots / PARTS,
    )
    kind = order.order_type if order.order_type is OrderType.LIMIT else OrderType.UNSPECIFIED
    near, far = (zone.low, zone.high) if order.side is Side.SELL else (zone.high, zone.low)
    never_late = replace(share, late_fraction=ZERO)
    prices = ((near, share), ((near + far) / Decimal(2), never_late), (far, never_late))
    return tuple(
        (replace(order, entry=Zone(price, price), order_type=kind), rules)
        for price, rules in prices
    )
