"""The closed trades that are kept up deal by deal are those that all deals give at once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.risk.cooldown import closed_trades
from signalos_desktop.engine.closed_trades import ClosedTrades
from tests.helpers.rig import NOON, Rig, play, position
from tests.helpers.rig_deals import deal


def drawn(rng: Random, ticket: int) -> Deal:
    return deal(
        ticket,
        NOON + timedelta(seconds=rng.randrange(1000)),
        position_id=rng.randrange(1, 6),
        entry=rng.choice([DealEntry.IN, DealEntry.OUT]),
        profit=Decimal(rng.randrange(-50, 50)),
    )


@pytest.mark.parametrize("seed", range(20))
def test_deal_by_deal_gives_the_same_as_all_at_once(tmp_path: Path, seed: int) -> None:
    async def scene(rig: Rig) -> None:
        rng, book = Random(seed), rig.desk.book
        kept, ticket = ClosedTrades(book), 0
        for _ in range(12):
            count = rng.randrange(3)
            book.new_deals([drawn(rng, ticket + number) for number in range(count)])
            ticket += count
            still_open = [number for number in range(1, 6) if rng.random() < 0.3]
            book.positions = {n: replace(position(n, NOON), identifier=n) for n in still_open}
            whole = closed_trades(book.deals.values(), frozenset(still_open))
            assert sorted(kept.now(), key=repr) == sorted(whole, key=repr)
            times = [trade.time for trade in kept.now()]
            assert times == sorted(times)

    play(tmp_path, scene)
