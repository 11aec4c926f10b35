"""Rounding to the safe side, money that is neither lost nor made, falls against a brute force."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.equity import balance_curve, current_drawdown, deal_money, max_drawdown
from signalos_desktop.domain.levels import LevelPolicy, TargetPolicy, ZonePick, place_levels
from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.risk.exposure import measure_exposure
from signalos_desktop.domain.risk.sizing import ceil_cents, floor_lots
from signalos_desktop.domain.signal import OrderReading, OrderType, Zone
from signalos_desktop.domain.statistics import closed_trades, summarise
from signalos_desktop.domain.values import (
    ZERO,
    Side,
    ceil_money,
    floor_money,
    floor_to_step,
    parse_decimal,
    plain,
)
from tests.unit.domain.samples import EURUSD, EURUSD_QUOTE, deal, position

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
CENTS = st.decimals(min_value=-1000, max_value=1000, places=2)
PRICES = st.decimals(min_value="0.50001", max_value=2, places=5)
SIDES = st.sampled_from(list(Side))
STEPS = st.sampled_from([Decimal(step) for step in ("0.001", "0.01", "0.05", "0.25", "1", "3")])


@given(AMOUNTS, st.integers(0, 8))
def test_money_is_rounded_by_less_than_one_unit(amount: Decimal, digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    assert amount - unit < floor_money(amount, digits) <= amount
    assert amount <= ceil_money(amount, digits) < amount + unit
    assert ceil_cents(Fraction(amount), digits) == ceil_money(amount, digits)


@given(AMOUNTS, STEPS)
def test_steps_are_rounded_down_by_less_than_one(amount: Decimal, step: Decimal) -> None:
    found = floor_to_step(amount, step)
    assert amount - step < found <= amount
    assert found % step == 0
    assert floor_lots(Fraction(amount), step) == found


@given(AMOUNTS)
def test_what_is_printed_is_read_again(amount: Decimal) -> None:
    assert parse_decimal(plain(amount)) == amount


@given(st.lists(CENTS, max_size=30))
def test_the_largest_fall_is_the_largest_of_all_pairs(values: list[Decimal]) -> None:
    falls = [first - later for at, first in enumerate(values) for later in values[at:]]
    assert max_drawdown(values).amount == max([ZERO, *falls])
    assert current_drawdown(values) <= max_drawdown(values).amount


@st.composite
def histories(draw: st.DrawFn) -> list[Deal]:
    """Deals of a few positions on a hedging or netting account, reversals included."""
    made: list[Deal] = []
    net = {1: 0, 2: 0, 3: 0}
    for ticket in range(1, draw(st.integers(1, 25)) + 1):
        position_id = draw(st.sampled_from(sorted(net)))
        change = draw(st.integers(-4, 4).filter(bool))
        before, after = net[position_id], net[position_id] + change
        if before == 0 or before * change > 0:
            entry = DealEntry.IN
        else:
            entry = DealEntry.INOUT if before * after < 0 else DealEntry.OUT
        net[position_id] = after
        made.append(
            deal(
                ticket,
                "BUY" if change > 0 else "SELL",
                entry,
                "1.1",
                position_id=position_id,
                volume=Decimal(abs(change)),
                profit=draw(CENTS),
                commission=draw(CENTS),
            )
        )
    return made


@given(histories())
def test_trades_keep_the_money_and_the_volume_of_their_deals(deals: list[Deal]) -> None:
    trades = closed_trades(deals)
    whole = closed_trades([*deals, *_closing(deals)])
    assert trades == whole[: len(trades)]
    assert summarise(whole).net_profit == sum(deal_money(one) for one in deals)
    assert all(trade.volume > 0 and trade.opened is not None for trade in whole)
    for earlier, later in pairwise(trades):
        assert earlier.closed <= later.closed
    curve = balance_curve(deals, ZERO)
    assert curve[-1][1] == sum(deal_money(one) for one in deals)


def _closing(deals: list[Deal]) -> list[Deal]:
    """One deal for each position that is open after these, which ends it."""
    left: dict[int, Decimal] = {}
    for one in deals:
        sign = 1 if one.type == "BUY" else -1
        left[one.position_id] = left.get(one.position_id, ZERO) + sign * one.volume
    return [
        deal(
            1000 + number,
            "SELL" if volume > 0 else "BUY",
            DealEntry.OUT,
            "1.1",
            position_id=number,
            volume=abs(volume),
        )
        for number, volume in left.items()
        if volume
    ]


@given(st.lists(st.tuples(SIDES, PRICES, PRICES, PRICES, st.integers(1, 500)), max_size=8))
def test_heat_and_worst_case_against_fractions(
    held: list[tuple[Side, Decimal, Decimal, Decimal, int]],
) -> None:
    positions = tuple(
        position(
            ticket=ticket,
            side=side,
            price_open=opened,
            price_current=now,
            sl=sl,
            volume=Decimal(lots).scaleb(-2),
        )
        for ticket, (side, opened, now, sl, lots) in enumerate(held)
    )
    heat = worst = Fraction(0)
    for side, opened, now, sl, lots in held:
        for name, price in (("heat", opened), ("worst", now)):
            loss = max(Fraction(0), side.sign * Fraction(price - sl) * 1000 * lots)
            heat, worst = (heat + loss, worst) if name == "heat" else (heat, worst + loss)
    market = {"EURUSD": (EURUSD, EURUSD_QUOTE)}
    found = measure_exposure(positions, (), (), market, "USD", 2)
    assert (found.heat, found.worst) == (ceil_cents(heat, 2), ceil_cents(worst, 2))


@given(
    SIDES,
    st.sampled_from(list(OrderType)),
    st.none() | st.tuples(PRICES, PRICES),
    st.none() | PRICES,
    st.lists(PRICES, max_size=4),
    st.sampled_from(list(ZonePick)),
    st.sampled_from(list(TargetPolicy)),
)
def test_levels_without_a_problem_are_in_order_and_of_this_message(
    side: Side,
    type_: OrderType,
    zone: tuple[Decimal, Decimal] | None,
    sl: Decimal | None,
    tps: list[Decimal],
    pick: ZonePick,
    policy: TargetPolicy,
) -> None:
    entry = None if zone is None else Zone(min(zone), max(zone))
    reading = OrderReading("EURUSD", side, type_, entry, sl=sl, tps=tuple(tps))
    levels = place_levels(reading, side, EURUSD, EURUSD_QUOTE, LevelPolicy(pick, policy))
    assert levels.sl == sl
    assert all(target is None or target in tps for target in levels.targets)
    if levels.problems:
        return
    above = [levels.anchor, *(target for target in levels.targets if target is not None)]
    ordered = [*([] if sl is None else [sl]), *above]
    assert ordered == sorted(ordered, reverse=side is Side.SELL)
    live = EURUSD_QUOTE.ask if side is Side.BUY else EURUSD_QUOTE.bid
    ahead = side.sign * (levels.price - live)
    kinds = {OrderType.MARKET: ahead == 0, OrderType.LIMIT: ahead < 0, OrderType.STOP: ahead > 0}
    assert kinds[levels.order_type]
