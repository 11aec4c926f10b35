"""Whatever an update says of whatever is open: it only reduces, and what risks more is asked."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.providers.plan import Plan, Planner
from signalos_desktop.domain.providers.trades import Holding, Trade
from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side
from tests.helpers.rig import EURUSD, NOON

ONE = Decimal(1)
prices = st.integers(10700, 10900).map(lambda points: Decimal(points).scaleb(-4))
lots = st.integers(1, 200).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
sides = st.sampled_from(Side)


def _quote(bid: Decimal) -> Quote:
    return Quote("EURUSD", bid, bid + Decimal("0.0001"), NOON, ONE, ONE, ONE)


@st.composite
def holdings(draw: st.DrawFn, ticket: int, side: Side) -> Holding:
    return Holding(
        ticket=ticket,
        symbol="EURUSD",
        side=side,
        lots=draw(lots),
        price=draw(prices),
        sl=draw(st.none() | prices),
        tp=draw(st.none() | prices),
        resting=draw(st.booleans()),
        leg=draw(st.integers(0, 3)),
        spec=draw(st.sampled_from([None, EURUSD])),
        quote=draw(st.none() | prices.map(_quote)),
        shared=draw(st.booleans()),
    )


@st.composite
def trades(draw: st.DrawFn) -> Trade:
    side = draw(sides)
    held = [draw(holdings(number, side)) for number in range(1, 1 + draw(st.integers(0, 4)))]
    return Trade("S000001", frozenset({"EURUSD"}), side, tuple(held))


instructions = st.builds(
    Action,
    kind=st.sampled_from(ActionKind),
    fraction=st.none() | st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1)]),
    price=st.none() | prices,
    prices=st.lists(prices, max_size=4).map(tuple),
    tp_index=st.none() | st.integers(1, 4),
)


def planned(trade: Trade, actions: list[Action]) -> Plan:
    planner = Planner()
    for action in actions:
        planner.act(action, [trade])
    return planner.plan()


@given(trades(), st.lists(instructions, max_size=4))
def test_an_update_never_opens_and_asks_before_it_risks_more(
    trade: Trade, actions: list[Action]
) -> None:
    plan = planned(trade, actions)
    assert not any(step.action.opens for step in plan.steps)
    held = {holding.ticket: holding for holding in trade.holdings}
    for step in plan.steps:
        assert step.holding is held[step.holding.ticket]
        if step.action is CommandAction.MODIFY and step.sl is not None and step.holding.sl:
            wider = step.holding.side.sign * (step.sl - step.holding.sl) < 0
            assert not wider or plan.asks
    assert plan == planned(trade, actions)


@given(trades(), st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal("0.9"), Decimal(1)]))
def test_a_part_closes_at_most_what_it_says_and_leaves_no_rest_that_cannot_stand(
    trade: Trade, fraction: Decimal
) -> None:
    plan = planned(trade, [Action(ActionKind.CLOSE_PARTIAL, fraction=fraction)])
    total = sum((h.lots for h in trade.holdings if not h.resting), Decimal(0))
    closed = sum((step.lots or step.holding.lots for step in plan.steps), Decimal(0))
    assert closed <= total * fraction
    for step in plan.steps:
        if step.lots is not None:
            assert EURUSD.volume_min <= step.lots <= step.holding.lots - EURUSD.volume_min
            assert step.lots % EURUSD.volume_step == 0
