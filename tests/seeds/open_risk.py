"""What all that is ours would lose at its S/Ls, from the broker's picture alone."""

from __future__ import annotations

from decimal import Decimal

from signalos_desktop.domain.values import ZERO
from signalos_desktop.simulator.broker import Broker
from tests.seeds.terminal import MAGIC, TRADED

SLIPPED = Decimal("1.1")
"""A fill may be worse than what the app has weighed: no entry of a run comes to so little."""
CONTRACTS = {listing.spec.name: listing.spec.contract_size for listing in TRADED}


def open_risk_percent(broker: Broker) -> Decimal:
    """Of the balance, both symbols being quoted in the account's currency.

    An S/L on the winning side, as after a break-even, risks nothing.
    """
    held = [
        (one.symbol, one.volume, one.side.sign * (one.price_open - one.sl))
        for one in broker.positions()
        if one.magic == MAGIC and one.sl is not None
    ]
    resting = [
        (one.symbol, one.volume, abs(one.price - one.sl))
        for one in broker.orders()
        if one.magic == MAGIC and one.sl is not None
    ]
    losses = [max(way, ZERO) * lots * CONTRACTS[name] for name, lots, way in held + resting]
    return sum(losses, ZERO) * 100 / broker.account().balance
