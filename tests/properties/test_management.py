"""Rules of open trades over random paths of the price: nearer only, never more than there is."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.levels import exit_price
from signalos_desktop.domain.management.planning import plan
from signalos_desktop.domain.management.rules import ManagementRules, TradePlan, TrailMode
from signalos_desktop.domain.management.state import ManagedTrade, Step, StepKind
from signalos_desktop.domain.risk.legs import split_volume
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import ZERO, Side
from tests.unit.domain.samples import EURUSD, NOW, position, quote

POINT = EURUSD.point
ENTRY = Decimal("1.10000")

points = st.integers(0, 300)
ratios = st.integers(0, 40).map(lambda tenths: Decimal(tenths) / 10)
percents = st.tuples(st.integers(1, 50), st.integers(1, 50))
rules = st.builds(
    ManagementRules,
    breakeven_points=points,
    breakeven_r=ratios,
    breakeven_target=st.integers(0, 4),
    breakeven_offset_points=st.integers(0, 30),
    breakeven_costs=st.booleans(),
    trail=st.sampled_from(TrailMode),
    trail_points=st.integers(1, 300),
    trail_r=ratios.filter(bool),
    trail_from_points=points,
    trail_from_r=ratios,
    trail_from_target=st.integers(0, 4),
    trail_step_points=st.integers(1, 50),
    cascade=st.booleans(),
    partials=percents.map(
        lambda both: ((Decimal(1), Decimal(both[0])), (Decimal(2), Decimal(both[1])))
    ),
)


@st.composite
def trades(draw: st.DrawFn) -> ManagedTrade:
    """A trade as it was filled, on either side, with three T/Ps and weights or without."""
    side = draw(st.sampled_from(Side))
    risk = draw(st.integers(20, 300))
    steps = sorted(draw(st.sets(st.integers(10, 600), min_size=3, max_size=3)))
    targets = tuple(ENTRY + side.sign * step * POINT for step in steps)
    volume = Decimal(draw(st.integers(1, 500))) / 100
    sl = ENTRY - side.sign * risk * POINT
    weights = draw(st.sampled_from([(), (Decimal(5), Decimal(3), Decimal(2))]))
    own = TradePlan(draw(rules), sl, targets, 3, weights)
    spec = replace(
        EURUSD, stops_level=draw(st.integers(0, 60)), freeze_level=draw(st.integers(0, 30))
    )
    held = position(side=side, sl=sl, tp=targets[-1], volume=volume)
    costs = Decimal(draw(st.integers(0, 3000))) / 100
    return ManagedTrade(held, own, spec, volume, NOW, costs=costs)


prices = st.lists(st.integers(-300, 700), min_size=1, max_size=25)


def at(made: ManagedTrade, gain: int) -> Quote:
    """The quote at which closing gains so many points."""
    price = ENTRY + made.side.sign * gain * POINT
    bid = price if made.side is Side.BUY else price - 2 * POINT
    return quote("EURUSD", str(bid), str(bid + 2 * POINT))


def applied(made: ManagedTrade, step: Step) -> ManagedTrade:
    """What the broker shows once the step was done."""
    if step.kind is StepKind.MOVE_STOP:
        return replace(made, position=replace(made.position, sl=step.level))
    lots = made.position.volume if step.lots is None else step.lots
    left = replace(made.position, volume=made.position.volume - lots)
    closed = {**made.closed, step.key: made.closed.get(step.key, ZERO) + lots}
    return replace(made, position=left, closed=closed)


def check_stop(made: ManagedTrade, step: Step, seen: Quote) -> None:
    sign, before = made.side.sign, made.position.sl
    assert step.level is not None
    assert before is not None
    room = sign * (exit_price(made.side, seen) - step.level)
    assert sign * (step.level - before) >= made.spec.tick_size
    assert room >= made.spec.stops_level * POINT
    assert room > made.spec.freeze_level * POINT
    assert room > 0
    assert step.level % made.spec.tick_size == 0


@given(trades(), prices)
def test_a_stop_loss_only_comes_nearer_and_keeps_the_brokers_distance(
    made: ManagedTrade, path: list[int]
) -> None:
    for gain in path:
        seen = at(made, gain)
        for step in plan(made, seen, NOW):
            if step.kind is StepKind.MOVE_STOP:
                check_stop(made, step, seen)
                made = applied(made, step)


@given(trades(), prices)
def test_the_same_input_gives_the_same_steps_and_done_steps_are_not_asked_again(
    made: ManagedTrade, path: list[int]
) -> None:
    for gain in path:
        seen = at(made, gain)
        steps = plan(made, seen, NOW)
        assert steps == plan(made, seen, NOW)
        for step in steps:
            made = applied(made, step)
        if not made.position.volume:
            return
        again = [step.kind for step in plan(made, seen, NOW)]
        # Costs weigh more on what is left: break-even may lie farther ahead after a part.
        parts = any(step.kind is StepKind.CLOSE_PART for step in steps)
        assert again in ([], [StepKind.MOVE_STOP]) if parts else again == []


@given(trades(), prices)
def test_parts_are_whole_steps_once_each_and_together_never_more_than_the_volume(
    made: ManagedTrade, path: list[int]
) -> None:
    closed = ZERO
    for gain in path:
        for step in plan(made, at(made, gain), NOW):
            if step.kind not in (StepKind.CLOSE_PART, StepKind.CLOSE):
                continue
            assert step.key not in made.closed
            lots = made.position.volume if step.lots is None else step.lots
            assert lots >= made.spec.volume_min
            assert lots % made.spec.volume_step == 0
            left = made.position.volume - lots
            assert left == 0 or left >= made.spec.volume_min
            made, closed = applied(made, step), closed + lots
            assert closed + made.position.volume == made.volume
            if not left:
                return


@given(trades())
def test_a_net_position_that_comes_to_every_target_is_closed_as_it_was_split(
    made: ManagedTrade,
) -> None:
    weights = (Decimal(5), Decimal(3), Decimal(2))
    only_targets = replace(made.plan, rules=ManagementRules(), weights=weights)
    made = replace(made, plan=only_targets)
    spec, closed = made.spec, dict[str, Decimal]()
    for target in made.plan.targets[:-1]:
        assert target is not None
        gain = int(made.side.sign * (target - ENTRY) / POINT)
        for step in plan(made, at(made, gain), NOW):
            closed[step.key] = made.position.volume if step.lots is None else step.lots
            made = applied(made, step)
        if not made.position.volume:
            break
    split = split_volume(made.volume, weights, spec.volume_step, spec.volume_min)
    shares = {f"tp{number}": lots for number, lots in enumerate(split[:-1], 1) if lots}
    assert (closed, made.position.volume) == (shares, split[-1])
