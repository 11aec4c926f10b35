"""Joins "buy at 142, sell at 150 and 158, stop 136": the second side is where the trade ends."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

from signalos_desktop.domain.parsing.concepts import C
from signalos_desktop.domain.parsing.drafts import Amount, Draft
from signalos_desktop.domain.parsing.instruments import scale_of
from signalos_desktop.domain.parsing.prices import on_scale

_COINS: Final = ("USDT", "USDC")


def joined_exits(drafts: list[Draft]) -> list[Draft]:
    """The drafts; a coin's purchase takes over the sale above it, and the stop below, as levels."""
    for bought, sold in pairwise(drafts):
        if _leaves(bought, sold):
            bought.tps, bought.sls = sold.entries, sold.sls
            bought.last = sold.last
            return [draft for draft in drafts if draft is not sold]
    return drafts


def _leaves(bought: Draft, sold: Draft) -> bool:
    sides = (bought.sides[:1], sold.sides[:1])
    if [t.concept for side in sides for t in side] != [C.BUY, C.SELL] or not sold.inherited:
        return False
    coin = bought.symbols and (bought.symbols[0].value or "").endswith(_COINS)
    if not coin or bought.levelled or len(sold.sls) != 1 or sold.tps or sold.types:
        return False
    entries, exits = _prices(bought.entries, bought), _prices(sold.entries, bought)
    stops = _prices(sold.sls, bought)
    if not entries or not exits or not stops:
        return False  # a price that is none of this coin
    return stops[0] < min(entries) and max(entries) < min(exits)


def _prices(amounts: list[Amount], draft: Draft) -> list[Decimal]:
    """All of the amounts as prices of the instrument, or none."""
    scale = scale_of(draft.symbols[0].value)
    values = [p for a in amounts if (p := on_scale(a.token.text, scale)) is not None]
    return values if len(values) == len(amounts) else []
