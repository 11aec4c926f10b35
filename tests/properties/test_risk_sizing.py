"""A size never exceeds the money it may lose, and one step more would: against exact fractions."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from signalos_desktop.domain.levels import LevelPolicy, Levels, place_levels
from signalos_desktop.domain.risk.legs import build_legs, split_volume
from signalos_desktop.domain.risk.rules import RiskMode, RiskRules
from signalos_desktop.domain.risk.sizing import Size, size_order
from signalos_desktop.domain.symbols import Quote, SymbolSpec
from signalos_desktop.domain.values import ZERO, Side
from tests.unit.domain.samples import EURUSD, NOW, USDJPY, account, order

ENOUGH = Decimal(10**12)
MONEY = st.decimals(min_value=1, max_value=1_000_000, places=2)
SIDES = st.sampled_from(list(Side))
STEPS = st.sampled_from([Decimal("0.001"), Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(5)])


@st.composite
def markets(draw: st.DrawFn) -> tuple[SymbolSpec, Quote]:
    """A symbol with any tick size, tick value, volume step, commission and price."""
    digits = draw(st.integers(0, 5))
    point = Decimal(1).scaleb(-digits)
    tick = point * draw(st.sampled_from([1, 5, 25]))
    step = draw(STEPS)
    bid = tick * draw(st.integers(2000, 300_000))
    ask = bid + tick * draw(st.integers(0, 20))
    value = draw(st.decimals(min_value="0.000001", max_value=500, places=6))
    sample = draw(st.sampled_from([EURUSD, USDJPY]))
    spec = replace(
        sample,
        digits=digits,
        point=point,
        tick_size=tick,
        volume_step=step,
        volume_min=step * draw(st.integers(1, 10)),
        volume_max=ENOUGH,
        commission=draw(st.none() | st.decimals(min_value=-10, max_value=10, places=2)),
    )
    return spec, Quote(spec.name, bid, ask, NOW, value, value, Decimal(100))


def oracle(levels: Levels, spec: SymbolSpec, live: Quote, rules: RiskRules) -> Fraction:
    """Loss of one lot, written out again from the definition."""
    assert levels.sl is not None
    distance = abs(Fraction(levels.price) - Fraction(levels.sl))
    points = distance / Fraction(spec.point)
    slip = sorted([points // 100, points // 10, rules.slippage_points])[1]
    ticks = (distance + slip * Fraction(spec.point)) / Fraction(spec.tick_size)
    loss = ticks * Fraction(live.tick_value_loss)
    if spec.currency_base == "USD":
        loss = loss * Fraction(live.ask) / Fraction(levels.sl)
    side_cost = rules.commission_per_lot if spec.commission is None else spec.commission
    return loss + 2 * abs(Fraction(side_cost))


@given(markets(), SIDES, st.integers(1, 1500), MONEY, st.integers(0, 50), st.data())
def test_largest_volume_within_the_money(
    market: tuple[SymbolSpec, Quote],
    side: Side,
    ticks: int,
    money: Decimal,
    slippage: int,
    data: st.DataObject,
) -> None:
    spec, live = market
    price = live.ask if side is Side.BUY else live.bid
    stop = price - side.sign * ticks * spec.tick_size
    assume(stop > 0)
    reading = order(side, None, str(stop), ())
    levels = place_levels(reading, side, spec, live, LevelPolicy())
    rules = RiskRules(mode=RiskMode.MONEY, money=money, slippage_points=slippage, max_lots=ENOUGH)
    found = size_order(levels, spec, live, account(), rules, ZERO)
    per_lot = oracle(levels, spec, live, rules)
    if not isinstance(found, Size):
        assert found.code == "RISK_BELOW_MIN_LOT"
        assert Fraction(spec.volume_min) * per_lot > Fraction(money)
        return
    assert found.per_lot == per_lot
    assert found.lots % spec.volume_step == 0
    assert Fraction(found.lots) * per_lot <= Fraction(money)
    assert Fraction(found.lots + spec.volume_step) * per_lot > Fraction(money)

    count = data.draw(st.integers(1, 6), label="targets")
    targets = tuple(price + side.sign * (at + 1) * spec.tick_size for at in range(count))
    legs = build_legs(replace(levels, targets=targets), found, spec, account(), rules, None)
    assert sum(leg.max_loss for leg in legs) <= money
    assert sum(leg.lots for leg in legs) <= found.lots
    for leg in legs:
        assert leg.lots >= spec.volume_min
        assert leg.lots % spec.volume_step == 0
        assert Fraction(leg.max_loss) >= Fraction(leg.lots) * per_lot


WEIGHTS = st.lists(st.decimals(min_value="0.01", max_value=100, places=2), min_size=1, max_size=8)


@given(st.integers(1, 5000), WEIGHTS, STEPS, st.integers(1, 20))
def test_parts_add_up_and_none_is_too_small(
    steps: int, weights: list[Decimal], step: Decimal, smallest: int
) -> None:
    lots, least = steps * step, min(smallest, steps) * step
    parts = split_volume(lots, weights, step, least)
    assert len(parts) == len(weights)
    assert sum(parts, ZERO) == lots
    assert all(part % step == 0 and (part == 0 or part >= least) for part in parts)


@given(st.integers(1, 5000), WEIGHTS, STEPS)
def test_each_part_is_within_a_step_of_its_share(
    steps: int, weights: list[Decimal], step: Decimal
) -> None:
    lots = steps * step
    total = sum(Fraction(weight) for weight in weights)
    parts = split_volume(lots, weights, step, ZERO)
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(lots) * Fraction(weight) / total
        assert abs(Fraction(part) - share) < Fraction(step)
