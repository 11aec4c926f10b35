"""Account limits and caps against oracles that reckon forwards, in exact ratios, order by order."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.risk.account_limits import LimitRules, Preset, limits_of
from signalos_desktop.domain.risk.anchors import Course, Sighting, anchor_at, transfers_since
from signalos_desktop.domain.risk.context import Reservation, RiskContext
from signalos_desktop.domain.risk.decision import Decision, Verdict
from signalos_desktop.domain.risk.evaluate import evaluate
from signalos_desktop.domain.risk.floors import Anchor, Transfers, floor_of
from signalos_desktop.domain.risk.periods import Period, period_start
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.values import Side
from tests.unit.domain.risk.cases import candidate, context
from tests.unit.domain.samples import NOW, account, deal, order, position

PRAGUE = ZoneInfo("Europe/Prague")
CENTS = st.integers(-300_000, 300_000).map(lambda cents: Decimal(cents).scaleb(-2))
MONEY = st.integers(100_000, 100_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
PERCENT = st.integers(31, 5000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))
CUT = Decimal("0.01")


@st.composite
def histories(draw: st.DrawFn) -> tuple[Decimal, list[Deal]]:
    """A first balance, and deals of four days, in order, some of them deposits."""
    any_time = st.integers(0, 4 * 24 * 60)
    # Prague's midnight is 13 hours before NOW.
    near_midnight = st.integers(83 * 60 - 3, 83 * 60 + 3)
    minutes = sorted(draw(st.lists(any_time | near_midnight, max_size=25)))
    deals = []
    for number, minute in enumerate(minutes, 1):
        kind = draw(st.sampled_from(["BUY", "SELL", "BALANCE"]))
        made = deal(number, kind, DealEntry.OUT, "1", profit=draw(CENTS), position_id=number)
        deals.append(replace(made, time=NOW - timedelta(days=4) + timedelta(minutes=minute)))
    return draw(MONEY), deals


@given(histories(), st.integers(0, 25), st.booleans())
def test_the_anchor_is_the_balance_that_a_clerk_would_have_noted(
    history: tuple[Decimal, list[Deal]], seen: int, missing: bool
) -> None:
    """The app looked last after `seen` deals; missing: one deal since then never comes."""
    first, deals = history
    start = period_start(NOW, Period.DAY, PRAGUE)
    assert start is not None
    known, later = deals[:seen], deals[seen:]
    balance = first + sum((d.profit for d in deals), Decimal(0))
    then = first + sum((d.profit for d in known), Decimal(0))
    last = Sighting(known[-1].time if known else NOW - timedelta(days=5), then, then, len(known))
    told = [*known, *later[1:]] if missing else deals
    explained = then + sum((d.profit for d in told if d.ticket > last.deal), Decimal(0))
    course = Course(
        NOW, balance, balance, tuple(told), (), last, explained == balance, NOW - timedelta(days=1)
    )
    truth = first + sum((d.profit for d in deals if d.time < start), Decimal(0))
    found = anchor_at("day", start, PRAGUE, course, None)
    if course.complete:
        assert (found.balance, found.exact) == (truth, True)
    else:
        # The strictest of what can be known: never below what is sure to have been there.
        assert not found.exact
        assert found.balance >= max(balance, then)
    moved = transfers_since(told, start)
    assert moved.balance == sum(
        (d.profit for d in told if d.type == "BALANCE" and d.time >= start), Decimal(0)
    )


@given(st.sampled_from(Preset), MONEY, MONEY, CENTS, CENTS, PERCENT, st.integers(0, 30))
def test_a_floor_is_the_exact_one_rounded_up_to_a_cent(
    preset: Preset,
    initial: Decimal,
    balance: Decimal,
    floating: Decimal,
    moved: Decimal,
    percent: Decimal,
    buffer: int,
) -> None:
    rules = LimitRules(
        preset=preset,
        initial=initial,
        daily_percent=min(percent, Decimal(50)),
        buffer_percent=Decimal(buffer).scaleb(-2),
    )
    anchor = Anchor("day", NOW, balance, balance + floating, balance, balance)
    begun, equity = Fraction(balance + moved), Fraction(balance + floating + moved)
    base = Fraction(initial)
    oracle = {
        "FTMO maximum loss": [base * 9 / 10, max(base, begun) - base / 10],
        "FTMO daily loss": [begun - base / 20, begun - base * 3 / 100],
        "The5ers daily loss": [max(begun, equity) * 19 / 20],
        "The5ers maximum loss": [base * 9 / 10],
        "Alpha Capital daily loss": [begun * 19 / 20],
        "Loss of the day": [begun * (1 - Fraction(rules.daily_percent) / 100)],
    }
    one_step = preset is Preset.FTMO_1_STEP
    for limit in limits_of(rules):
        found = floor_of(limit, anchor, Transfers(moved, moved), rules, 2)
        wanted = oracle[limit.name]
        exact = wanted[-1] if one_step else wanted[0]
        assert 0 <= Fraction(found.floor) - exact < Fraction(1, 100)
        margin = base * Fraction(rules.buffer_percent) / 100
        assert 0 <= Fraction(found.act - found.floor) - margin < Fraction(1, 100)


def send(known: RiskContext, number: int, decision: Decision) -> RiskContext:
    """What an engine does with an accepted decision: reserve each leg at once."""
    reserved = tuple(
        Reservation(
            number * 10 + at, leg.symbol, leg.side, leg.lots, leg.max_loss, "vip", f"s{number}"
        )
        for at, leg in enumerate(decision.legs)
    )
    return replace(known, reserved=(*known.reserved, *reserved))


def fill(known: RiskContext, number: int) -> RiskContext:
    """One order is filled at its price: position and provider are seen in the next snapshot."""
    if not known.reserved:
        return known
    at = number % len(known.reserved)
    one = known.reserved[at]
    opened = position(
        ticket=one.cmd_id,
        volume=one.lots,
        side=one.side,
        sl=Decimal("1.09700") if one.side is Side.BUY else Decimal("1.10300"),
    )
    rest = known.reserved[:at] + known.reserved[at + 1 :]
    owners = {**known.providers, one.cmd_id: one.provider}
    positions = (*(known.positions or ()), opened)
    return replace(known, reserved=rest, positions=positions, providers=owners)


def counted(known: RiskContext) -> list[tuple[Side, Decimal]]:
    held = [(pos.side, pos.volume) for pos in known.positions or ()]
    return held + [(one.side, one.lots) for one in known.reserved]


def stopped_out(known: RiskContext) -> Fraction:
    """Equity after every S/L is hit: 10 USD a lot and pip, reservations at their worst."""
    equity = Fraction(known.account.equity) if known.account is not None else Fraction(0)
    for pos in known.positions or ():
        assert pos.sl is not None
        way = pos.side.sign * (pos.price_current - pos.sl)
        equity -= max(Fraction(way), Fraction(0)) * 100_000 * Fraction(pos.volume)
    return equity - sum((Fraction(one.loss) for one in known.reserved), Fraction(0))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.booleans()), max_size=20),
    st.integers(1, 6),
    st.integers(1, 5),
    st.sampled_from([Decimal("0.1"), Decimal("0.2"), Decimal(3)]),
    st.sampled_from([Decimal("0.5"), Decimal(2), Decimal(12)]),
    st.sampled_from([Decimal("0.5"), Decimal("0.7"), Decimal(5)]),
)
def test_no_interleaving_exceeds_a_cap_or_a_floor(
    events: list[tuple[bool, int, bool]],
    provider: int,
    side: int,
    lots: Decimal,
    currency: Decimal,
    daily: Decimal,
) -> None:
    rules = RiskRules(
        percent=Decimal("0.1"),
        duplicate_window_min=0,
        max_open_risk_percent=Decimal(50),
        max_daily_trades=500,
        throttle_per_10s=50,
        throttle_per_minute=200,
        max_positions=100,
        max_positions_provider=provider,
        max_positions_side=side,
        max_lots_total=lots,
        max_currency_exposure=currency,
        max_currency_risk_percent=Decimal(3),
    )
    limits = LimitRules(daily_percent=daily)
    anchor = Anchor("day", NOW, *(Decimal(10_000),) * 4)
    floor = floor_of(limits_of(limits)[0], anchor, Transfers(), limits, 2)
    known = context(floors=(floor,), account=account(margin_free=Decimal(1_000_000)))
    for number, (is_fill, seconds, sell) in enumerate(events):
        known = replace(known, now=known.now + timedelta(seconds=seconds))
        if is_fill:
            known = fill(known, number)
        else:
            reading = order(Side.SELL, None, "1.10300", ("1.09400",)) if sell else order()
            signal = candidate(
                reading,
                signal=f"s{number}",
                message_id=f"s{number}",
                received=known.now,
                expires=known.now + timedelta(seconds=60),
            )
            decision = evaluate(signal, known, rules)
            if decision.verdict is Verdict.ACCEPTED:
                known = send(known, number, decision)
        held = counted(known)
        assert len(held) <= provider
        for way in Side:
            assert sum(one is way for one, _ in held) <= side
        assert sum((volume for _, volume in held), Decimal(0)) <= lots
        net = sum((one.sign * volume for one, volume in held), Decimal(0))
        assert abs(net) * Decimal("109999") <= currency * 10_000 + CUT
        assert stopped_out(known) >= Fraction(floor.act)
