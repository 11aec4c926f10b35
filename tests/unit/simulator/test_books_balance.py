"""Whatever is traded, the books agree with the deals."""

from decimal import Decimal
from random import Random

import pytest

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.values import ZERO
from tests.unit.simulator.broker_bench import START, Bench, make_bench

SYMBOLS = ("EURUSD", "EURJPY", "XAUUSD", "GER40")
FAULTS = ("requote:99@0.1", "partial", "partial", "partial", "timeout-executed", "gap:0.01")


def signed(deal: Deal) -> Decimal:
    return deal.volume if deal.type == "BUY" else -deal.volume


def trade(bench: Bench, random: Random) -> None:
    symbol = random.choice(SYMBOLS)
    side = random.choice(("BUY", "SELL"))
    volume = str(Decimal(random.randint(1, 5)) / 10)
    held = bench.broker.positions()
    (quote,) = [quote for quote in bench.broker.quotes() if quote.symbol == symbol]
    below = str((quote.bid * Decimal("0.9990")).quantize(Decimal("0.01")))
    match random.randint(0, 4):
        case 0 if held:
            bench.close(random.choice(held))
        case 1:
            bench.rest("BUY_LIMIT", symbol, volume, below)
        case 2:
            bench.deal("BUY", symbol, volume, sl=below)
        case _:
            bench.deal(side, symbol, volume)
    bench.wait(random.choice((0.1, 5, 20, 5000)))


@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP", "JPY"])
@pytest.mark.parametrize("netting", [False, True])
def test_books_agree_with_the_deals(currency: str, netting: bool) -> None:
    bench = make_bench(
        currency=currency,
        netting=netting,
        balance="3000" if currency != "JPY" else "450000",
        walk=True,
        seed=1,
        faults=FAULTS,
    )
    random = Random(1)
    for _ in range(40):
        trade(bench, random)
    account = bench.broker.account()
    deals = bench.broker.deals(START)
    positions = bench.broker.positions()
    assert account.balance == sum(
        (deal.profit + deal.swap + deal.commission + deal.fee for deal in deals), ZERO
    )
    assert account.balance == account.balance.quantize(Decimal(1).scaleb(-account.currency_digits))
    for identifier in {deal.position_id for deal in deals if deal.trade}:
        moved = sum((signed(deal) for deal in deals if deal.position_id == identifier), ZERO)
        held = [one for one in positions if one.identifier == identifier]
        assert moved == sum((one.volume * one.side.sign for one in held), ZERO)
    if netting:
        assert len({one.symbol for one in positions}) == len(positions)
    floating = sum((one.profit + one.swap for one in positions), ZERO)
    assert account.equity == account.balance + floating
    assert (account.margin == 0) is (not positions)
    reasons = {deal.reason for deal in deals}
    assert {"EXPERT", "SL"} <= reasons
