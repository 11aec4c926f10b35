"""Headroom: every limit with what is used of it; what is not known leaves nothing."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.risk.account_limits import LimitRules, limits_of
from signalos_desktop.domain.risk.context import RiskContext
from signalos_desktop.domain.risk.floors import Anchor, Transfers, floor_of
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.engine.limits import Headroom, headroom, worst_left
from tests.helpers.rig import NOON, Rig, account_state, play, position

RULES = RiskRules()


def by_code(context: RiskContext, rules: RiskRules = RULES) -> dict[str, Headroom]:
    return {limit.code: limit for limit in headroom(context, rules)}


def test_nothing_known_leaves_nothing() -> None:
    found = by_code(RiskContext(NOON, NOON - timedelta(hours=12)))
    assert found["MAX_POSITIONS"].actual is None
    assert found["MAX_POSITIONS"].left == 0
    assert found["OPEN_RISK"].left == 0


def test_what_is_open_and_what_was_sent_counts(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(positions=(position(11, rig.clock.now(), magic=0),))
        signal = await rig.submit("EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        context = rig.pipeline.exposure(rig.desk).context()
        found = by_code(context)
        assert found["MAX_POSITIONS"].actual == 2
        assert found["MAX_DAILY_TRADES"].actual == 1
        assert found["MAX_DAILY_TRADES"].left == RULES.max_daily_trades - 1
        assert found["OPEN_RISK"].actual is not None
        assert found["OPEN_RISK"].actual > 0
        sent = [limit.actual for limit in headroom(context, RULES) if limit.code == "THROTTLE"]
        assert sent == [1, 1, 1]

    play(tmp_path, scene)


def test_the_limits_of_the_account_are_shown_in_money() -> None:
    rules = LimitRules(daily_percent=Decimal(5))
    anchor = Anchor("day", NOON, *(Decimal(10_000),) * 4)
    floor = floor_of(limits_of(rules)[0], anchor, Transfers(), rules, 2)
    lost = RiskContext(
        NOON,
        NOON - timedelta(hours=12),
        account=account_state(equity=Decimal(9700)),
        floors=(floor,),
    )
    daily = by_code(lost)["DAILY_LOSS"]
    assert (daily.limit, daily.actual, daily.left, daily.unit) == (470, 300, 170, "USD")
    assert worst_left(replace(lost, positions=(), orders=())) == 170
    assert worst_left(lost) is None
    assert "DAILY_LOSS" not in by_code(replace(lost, floors=()))
    assert worst_left(replace(lost, positions=(), orders=(), floors=())) is None
    assert "DAILY_LOSS" not in by_code(replace(lost, account=None))


def test_open_risk_without_s_l_is_not_known(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business(positions=(position(11, rig.clock.now(), sl=None),))
        found = by_code(rig.pipeline.exposure(rig.desk).context())
        assert found["OPEN_RISK"].actual is None
        broke = replace(
            rig.pipeline.exposure(rig.desk).context(),
            positions=(),
            account=account_state("0"),
        )
        assert by_code(broke)["OPEN_RISK"].actual is None

    play(tmp_path, scene)
