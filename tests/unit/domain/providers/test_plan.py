"""What an update does to a trade, ticket by ticket."""

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.providers.plan import Plan, Planner, Step
from signalos_desktop.domain.providers.trades import Trade
from signalos_desktop.domain.signal import Action, ActionKind
from signalos_desktop.domain.values import Side
from tests.unit.domain.providers.samples import holding, price, trade

A, K = CommandAction, ActionKind
LEGS = trade(
    *(holding(n, lots=Decimal("0.10"), leg=n - 1, tp=Decimal(f"1.08{3 * n}")) for n in (1, 2, 3))
)
RESTING = holding(9, resting=True, price=Decimal("1.07"), sl=Decimal("1.065"), tp=None)
SELL = holding(
    2, side=Side.SELL, sl=Decimal("1.083"), tp=Decimal("1.07"), quote=price("1.079", "1.0791")
)


def planned(trades: Trade, *actions: Action) -> Plan:
    planner = Planner()
    for action in actions:
        planner.act(action, [trades])
    return planner.plan()


def done(plan: Plan) -> list[tuple[A, int, Decimal | None]]:
    return [(step.action, step.holding.ticket, step.lots) for step in plan.steps]


def levels(plan: Plan) -> list[tuple[int, Decimal | None, Decimal | None]]:
    return [(step.holding.ticket, step.sl, step.tp) for step in plan.steps]


def sl(to: str) -> Action:
    return Action(K.MODIFY_SL, price=Decimal(to))


def tp(*to: str, index: int | None = None) -> Action:
    return Action(K.MODIFY_TP, prices=tuple(map(Decimal, to)), tp_index=index)


def part(fraction: str | None) -> Action:
    return Action(K.CLOSE_PARTIAL, fraction=None if fraction is None else Decimal(fraction))


@pytest.mark.parametrize("kind", [K.CLOSE, K.CLOSE_ALL])
def test_closing_closes_positions_cancels_orders_and_ends_what_waits(kind: K) -> None:
    plan = planned(trade(holding(1), RESTING, waiting=("S000007",)), Action(kind))
    assert done(plan) == [(A.CLOSE_TICKET, 1, None), (A.CANCEL, 9, None)]
    assert plan.ends == ("S000007",)
    assert plan.text == (
        "close position 1 buy 0.3 EURUSD; cancel order 9 buy 0.3 EURUSD; end S000007, which waits"
    )


def test_cancel_leaves_positions_alone_and_says_so() -> None:
    plan = planned(trade(holding(1), RESTING), Action(K.CANCEL_PENDING))
    assert done(plan) == [(A.CANCEL, 9, None)]
    assert "filled: nothing to cancel" in plan.text


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        ("0.5", [(A.CLOSE_TICKET, 1, None), (A.CLOSE_PARTIAL, 2, Decimal("0.05"))]),
        ("0.3", [(A.CLOSE_PARTIAL, 1, Decimal("0.09"))]),
        ("1", [(A.CLOSE_TICKET, n, None) for n in (1, 2, 3)]),
    ],
)
def test_a_part_is_of_the_whole_trade_nearest_target_first(
    fraction: str, expected: list[tuple[A, int, Decimal | None]]
) -> None:
    assert done(planned(LEGS, part(fraction))) == expected


def test_a_part_that_cannot_be_closed_is_asked() -> None:
    small = trade(holding(1, lots=Decimal("0.01")))
    plan = planned(small, part("0.5"))
    assert plan.steps == ()
    assert "50 % is 0.005 lots, less than can be closed" in plan.asks[0]
    unknown = planned(trade(holding(1, spec=None)), part("0.5"))
    assert (unknown.steps, len(unknown.asks)) == ((), 1)
    nothing = planned(trade(RESTING), part("0.5"))
    assert (nothing.steps, nothing.asks, nothing.text) == ((), (), "nothing to do")


def test_a_part_without_a_share_asks_for_half() -> None:
    plan = planned(trade(holding(1)), part(None))
    assert done(plan) == [(A.CLOSE_PARTIAL, 1, Decimal("0.15"))]
    assert plan.asks == ("how much is not said: FIRE closes half",)
    assert plan.text.startswith("close 0.15 lots of position 1")


def test_breakeven_only_where_it_tightens() -> None:
    better = holding(3, sl=Decimal("1.0801"))
    plan = planned(trade(holding(1), holding(2, sl=None), better, RESTING), Action(K.BREAKEVEN))
    assert done(plan) == [(A.BREAKEVEN, 1, None), (A.BREAKEVEN, 2, None)]
    assert plan.text.startswith("S/L to break-even of position 1 buy 0.3 EURUSD")
    assert [note.partition(" is ")[2] for note in plan.notes] == [
        "at break-even or better already",
        "not filled: no break-even yet",
    ]
    at_sell = planned(trade(replace(SELL, sl=Decimal("1.0795"))), Action(K.BREAKEVEN))
    assert at_sell.steps == ()


@pytest.mark.parametrize(
    ("held", "to", "asks"),
    [
        (holding(1), "1.079", 0),
        (holding(1, sl=None), "1.07", 0),
        (holding(1), "1.076", 1),
        (SELL, "1.0825", 0),
        (SELL, "1.084", 1),
        (holding(1, quote=None), "1.079", 0),
    ],
)
def test_a_stop_may_be_tightened_and_is_asked_for_where_it_risks_more(
    held: object, to: str, asks: int
) -> None:
    plan = planned(trade(held), sl(to))  # type: ignore[arg-type] # the table holds holdings
    assert [step.sl for step in plan.steps] == [Decimal(to)]
    assert len(plan.asks) == asks


@pytest.mark.parametrize(
    ("held", "action"),
    [
        (holding(1), sl("1.0815")),
        (SELL, sl("1.0785")),
        (RESTING, sl("1.071")),
        (holding(1), tp("1.08")),
        (SELL, tp("1.08")),
        (RESTING, tp("1.069")),
    ],
)
def test_levels_that_the_price_has_passed_are_left_out_and_told(
    held: object, action: Action
) -> None:
    plan = planned(trade(held), action)  # type: ignore[arg-type] # the table holds holdings
    assert plan.steps == ()
    assert "left out" in plan.asks[0]


def test_the_same_level_again_is_nothing_to_do() -> None:
    assert planned(trade(holding(1)), sl("1.077"), tp("1.086")) == Plan()
    assert planned(trade(holding(1)), Action(K.MODIFY_SL)) == Plan()


def test_targets_go_to_their_legs_and_the_last_one_to_the_rest() -> None:
    assert levels(planned(LEGS, tp("1.085", "1.084"))) == [
        (1, None, Decimal("1.084")),
        (2, None, Decimal("1.085")),
        (3, None, Decimal("1.085")),
    ]
    assert levels(planned(LEGS, tp("1.0870", index=2))) == [(2, None, Decimal("1.0870"))]
    assert planned(LEGS, tp("1.09", index=4)).notes == ("nothing is open for T/P4",)
    assert planned(LEGS, tp(index=1)).steps == ()
    assert planned(LEGS, tp()).steps == ()
    sells = trade(replace(SELL, leg=0), replace(SELL, ticket=3, leg=1), side=Side.SELL)
    assert [step.tp for step in planned(sells, tp("1.06", "1.075")).steps] == [
        Decimal("1.075"),
        Decimal("1.06"),
    ]


def test_levels_of_one_ticket_join_and_what_is_closed_is_left_alone() -> None:
    both = planned(trade(holding(1)), sl("1.079"), tp("1.09"), sl("1.0795"))
    assert levels(both) == [(1, Decimal("1.0795"), Decimal("1.09"))]
    assert both.text == ("S/L 1.077 -> 1.0795, T/P 1.086 -> 1.09 of position 1 buy 0.3 EURUSD")
    closed = planned(trade(holding(1, sl=None)), Action(K.CLOSE), sl("1.079"), Action(K.CLOSE))
    assert done(closed) == [(A.CLOSE_TICKET, 1, None)]
    two = planned(trade(holding(1, sl=None)), tp("1.09"), part("0.5"), part("0.5"))
    assert [step.action for step in two.steps] == [A.MODIFY, A.CLOSE_PARTIAL]
    other_way = planned(trade(holding(1, sl=None)), sl("1.079"))
    assert other_way.text.startswith("S/L none -> 1.079")


def test_a_position_of_several_trades_is_asked_for() -> None:
    plan = planned(trade(holding(1, shared=True), coming=2), Action(K.CLOSE))
    assert plan.coming == 2
    assert "netting" in plan.asks[0]


@pytest.mark.parametrize(
    ("step", "tightens"),
    [
        (Step(holding(), A.MODIFY, sl=Decimal("1.078")), True),
        (Step(holding(), A.MODIFY, sl=Decimal("1.076")), False),
        (Step(holding(), A.MODIFY, sl=Decimal("1.077")), False),
        (Step(holding(), A.MODIFY, sl=Decimal("1.078"), tp=Decimal("1.09")), False),
        (Step(holding(), A.MODIFY, sl=Decimal(0)), False),
        (Step(holding(), A.MODIFY, tp=Decimal("1.09")), False),
        (Step(holding(sl=None), A.MODIFY, sl=Decimal("1.07")), True),
        (Step(SELL, A.MODIFY, sl=Decimal("1.082")), True),
        (Step(SELL, A.MODIFY, sl=Decimal("1.084")), False),
        (Step(RESTING, A.MODIFY, sl=Decimal("1.066")), False),
        (Step(holding(), A.CLOSE_TICKET), False),
    ],
)
def test_what_only_brings_the_stop_nearer(step: Step, tightens: bool) -> None:
    assert step.only_tightens is tightens
