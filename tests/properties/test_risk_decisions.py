"""No order of events exceeds a cap, and no rule raises whatever numbers the terminal sends."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.position import Position
from signalos_desktop.domain.risk.context import AcceptedEntry, Reservation, RiskContext
from signalos_desktop.domain.risk.decision import Decision, Verdict
from signalos_desktop.domain.risk.evaluate import evaluate
from signalos_desktop.domain.risk.gates import GATES
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.symbols import Quote
from signalos_desktop.domain.values import Side
from tests.unit.domain.risk.cases import candidate, context
from tests.unit.domain.samples import EURUSD, NOW, account, order, position

ODD = st.sampled_from([Decimal(text) for text in ("0", "-1", "NaN", "Infinity", "1.1", "1E+20")])
TARGETS = st.sampled_from([(), ("1.10600",), ("1.10300", "1.10600", "1.10900")])


def send(known: RiskContext, decision: Decision, signal: str, number: int) -> RiskContext:
    """What an engine does: reserve each leg, count the signal and its orders."""
    legs = enumerate(decision.legs)
    reserved = tuple(
        Reservation(number * 10 + at, leg.symbol, leg.side, leg.lots, leg.max_loss, "vip", signal)
        for at, leg in legs
    )
    assert decision.levels is not None
    entry = AcceptedEntry(
        signal, "vip", signal, "EURUSD", decision.levels.side, decision.levels.anchor, known.now
    )
    return replace(
        known,
        reserved=(*known.reserved, *reserved),
        accepted=(*known.accepted, entry),
        sent=(*known.sent, *(known.now for _ in reserved)),
    )


def fill(known: RiskContext, number: int) -> RiskContext:
    """One order is filled: its reservation becomes a position in the next snapshot."""
    if not known.reserved or known.positions is None:
        return known
    at = number % len(known.reserved)
    order_ = known.reserved[at]
    opened: Position = position(
        ticket=order_.cmd_id,
        volume=order_.lots,
        side=order_.side,
        sl=Decimal("1.09700") if order_.side is Side.BUY else Decimal("1.10300"),
    )
    rest = known.reserved[:at] + known.reserved[at + 1 :]
    return replace(known, reserved=rest, positions=(*known.positions, opened))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 20), TARGETS, st.booleans()), max_size=25),
    st.integers(1, 8),
    st.integers(1, 6),
)
def test_no_interleaving_exceeds_a_cap(
    events: list[tuple[bool, int, tuple[str, ...], bool]], positions: int, trades: int
) -> None:
    rules = RiskRules(
        percent=Decimal(2),
        max_positions=positions,
        max_daily_trades=trades,
        duplicate_window_min=0,
        throttle_per_10s=6,
    )
    known = context()
    for number, (is_fill, seconds, tps, sell) in enumerate(events):
        known = replace(known, now=known.now + timedelta(seconds=seconds))
        if is_fill:
            known = fill(known, number)
            continue
        reading = order(tps=tps)
        if sell:
            reading = order(Side.SELL, None, "1.10300", ("1.09400",))
        signal = candidate(
            reading,
            signal=f"s{number}",
            message_id=f"s{number}",
            received=known.now,
            expires=known.now + timedelta(seconds=60),
        )
        decision = evaluate(signal, known, rules)
        assert bool(decision.legs) is (decision.verdict is Verdict.ACCEPTED)
        if decision.verdict is Verdict.ACCEPTED:
            known = send(known, decision, signal.signal, number)
        held = known.positions or ()
        assert len(held) + len(known.reserved) <= positions
        assert len(known.accepted) <= trades
        window = [at for at in known.sent if known.now - at < timedelta(seconds=10)]
        assert len(window) <= 6
        reserved = sum(order_.loss for order_ in known.reserved)
        assert reserved <= Decimal(600)


@given(bid=ODD, ask=ODD, value=ODD, margin=ODD, step=ODD, equity=ODD, free=ODD, sl=ODD)
def test_no_number_makes_a_rule_raise(
    bid: Decimal,
    ask: Decimal,
    value: Decimal,
    margin: Decimal,
    step: Decimal,
    equity: Decimal,
    free: Decimal,
    sl: Decimal,
) -> None:
    live = Quote("EURUSD", bid, ask, NOW, value, value, margin)
    money = account(
        equity=equity if equity.is_finite() else Decimal(0),
        margin_free=free if free.is_finite() else Decimal(0),
    )
    known = context(
        account=money,
        specs={"EURUSD": replace(EURUSD, volume_step=step)},
        quotes={"EURUSD": live},
        positions=(position(),),
    )
    reading = order(sl=None if not sl.is_finite() else str(sl))
    decision = evaluate(candidate(reading), known, RiskRules())
    assert len(decision.gates) == len(GATES)
    for leg in decision.legs:
        assert leg.lots > 0
        assert leg.max_loss > 0
