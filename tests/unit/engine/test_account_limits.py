"""Limits of the account at work: floors, pauses that survive a restart, the look at midnight."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.trading_state import PauseReason, Refusal
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.reconcile import last_state
from signalos_desktop.engine.resume import Resume
from signalos_desktop.engine.setting_controls import SettingControls
from tests.helpers.limit_rig import LimitRig, play_limits
from tests.helpers.rig import ACCOUNT, NOON, FakeBridge, Rig, play, position, resting, status
from tests.helpers.session_rig import MemoryStore
from tests.helpers.stock_rig import STOCK_MEANS

MIDNIGHT = NOON + timedelta(hours=12)
FIVE = {"risk__max_daily_loss_percent": 5}
FTMO = {"limits__preset": "ftmo-2-step", "limits__initial": 10000}


def reasons(limits: LimitRig) -> frozenset[PauseReason]:
    return limits.rig.desk.safety.reasons


def test_without_a_limit_only_the_result_of_the_day_is_told(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.show("10100", "10080", deals=(limits.deal("100"),))
        assert limits.rig.desk.floors == ()
        assert (limits.told.day_result, limits.told.limits) == (Decimal(80), ())
        assert limits.told.headroom is None
        assert reasons(limits) == frozenset()

    play_limits(tmp_path, scene)


def test_a_loss_past_the_limit_pauses_and_cancels_what_rests(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        rig = limits.rig
        limits.show("10000", "9531", orders=(resting(7, NOON), resting(8, NOON, magic=1)))
        assert reasons(limits) == frozenset()
        assert limits.alarms() == ["LIMIT_NEAR"]
        [standing] = limits.told.limits or ()
        assert (standing.amount, standing.used, standing.left) == (470, 469, 1)
        limits.show("10000", "9530", orders=(resting(7, NOON), resting(8, NOON, magic=1)))
        assert reasons(limits) == {PauseReason.DAILY_LOSS}
        await rig.settle()
        [cancel] = rig.bridge.outbox.rows
        assert (cancel.action, cancel.ticket) == (CommandAction.CANCEL, 7)
        # Not again while the first cancel is under way.
        limits.show("10000", "9500", seconds=6, orders=(resting(7, NOON),))
        await rig.settle()
        assert len(rig.bridge.outbox.rows) == 1
        assert limits.alarms() == ["LIMIT_NEAR", "LIMIT_REACHED"]
        reached = next(e for e in rig.events if getattr(e, "code", "") == "LIMIT_REACHED")
        for number in ("9530.00 USD", "9500.00 USD", "10000.00 USD"):
            assert number in reached.text  # type: ignore[union-attr]  # an Alarm, as its code says

    play_limits(tmp_path, scene, **FIVE)


def test_the_pause_stays_until_the_next_day_and_the_users_word(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        desk = limits.rig.desk
        limits.show("10000", "9500")
        limits.show("10000", "10400")
        early = await Resume(desk).step(frozenset())
        assert [refusal.code for refusal in early.refusals] == ["LIMIT_REACHED"]
        assert "2026-03-05T00:00:00.000Z" in early.refusals[0].text
        limits.show("10000", "10400", until=MIDNIGHT)
        assert reasons(limits) == {PauseReason.DAILY_LOSS}
        assert (await Resume(desk).step(frozenset())).refusals == ()
        assert reasons(limits) == frozenset()

    play_limits(tmp_path, scene, **FIVE)


def test_the_next_day_may_begin_by_itself(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.show("10000", "9500")
        limits.show("10000", "10000", until=MIDNIGHT - timedelta(seconds=1))
        assert reasons(limits) == {PauseReason.DAILY_LOSS}
        limits.show("10000", "10000", until=MIDNIGHT)
        assert reasons(limits) == frozenset()

    play_limits(tmp_path, scene, **FIVE, limits__day_resume="automatic")


def test_a_restart_keeps_the_pause_the_anchor_and_what_was_reached(tmp_path: Path) -> None:
    async def first(limits: LimitRig) -> None:
        limits.show("10000", "10250")
        limits.show("9500", "9500", deals=(limits.deal("-500"),))
        replay = await limits.replay()
        assert last_state(replay, ACCOUNT).reasons >= {PauseReason.DAILY_LOSS}
        [anchor] = replay.anchors
        assert anchor.anchor.breached == ("Loss of the day",)
        assert anchor.anchor.balance == 10000

    async def second(rig: Rig) -> None:
        replay = rig.ledger.replay()
        for known in replay.deals:
            rig.desk.remember_deal(known)
        limits = LimitRig(rig, replay, **FIVE)
        rig.clock.move(60)
        limits.show("9500", "10900", seconds=60)
        [floor] = rig.desk.floors or ()
        assert (floor.reference, floor.breached) == (10000, True)

    play_limits(tmp_path, first, **FIVE)
    play(tmp_path, second)


def test_a_drawdown_ends_when_the_money_is_back_and_the_user_says_so(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        desk = limits.rig.desk
        limits.show("10000", "9029")
        assert reasons(limits) == {PauseReason.DRAWDOWN, PauseReason.DAILY_LOSS}
        limits.show("10000", "9031", until=MIDNIGHT)
        step = await Resume(desk).step(frozenset())
        assert {refusal.code for refusal in step.refusals} == {"LIMIT_REACHED"}
        limits.show("9100", deals=(limits.deal("-900"),), until=MIDNIGHT + timedelta(days=1))
        assert (await Resume(desk).step(frozenset())).refusals == ()

    play_limits(tmp_path, scene, **FTMO)


@pytest.mark.parametrize("late", [False, True])
def test_deposits_and_withdrawals_are_no_profit_and_no_loss(tmp_path: Path, late: bool) -> None:
    """Also when the deal is read a second after the money has moved."""

    async def scene(limits: LimitRig) -> None:
        def transfer(amount: str, balance: str) -> None:
            moved: tuple[Deal, ...] = (limits.deal(amount, "BALANCE"),)
            if late:
                limits.show(balance)
                assert reasons(limits) == frozenset()
            limits.show(balance, deals=moved)

        transfer("5000", "15000")
        [floor] = limits.rig.desk.floors or ()
        assert (floor.reference, floor.floor) == (15000, 14250)
        transfer("-7000", "8000")
        [floor] = limits.rig.desk.floors or ()
        assert (floor.reference, floor.floor) == (8000, 7600)
        assert limits.told.day_result == 0
        assert limits.alarms() == []

    play_limits(tmp_path, scene, **FIVE)


def test_a_movement_that_no_deal_explains_is_said_and_counted(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.show("9400")
        assert reasons(limits) == frozenset()
        limits.show("9400")
        limits.show("9400", seconds=2)
        assert limits.alarms() == ["BALANCE_UNEXPLAINED", "LIMIT_REACHED"]
        limits.show("9400")
        assert limits.alarms().count("BALANCE_UNEXPLAINED") == 1

    play_limits(tmp_path, scene, **FIVE)


def test_deals_may_be_read_before_the_balance_that_they_made(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        one, two, three = limits.deal("-100"), limits.deal("0"), limits.deal("-200")
        limits.show("10000", deals=(one, two, three))
        assert [f.reference for f in limits.rig.desk.floors or ()] == [10000]
        limits.show("9900", seconds=5)
        limits.show("9700", seconds=5)
        limits.show("9700", seconds=5)
        assert limits.alarms() == []
        assert limits.told.day_result == -300
        limits.show("9700", until=MIDNIGHT)
        limits.show("9700", deals=(limits.deal("-50"),))
        assert [f.reference for f in limits.rig.desk.floors or ()] == [9700]
        limits.show("9650")
        assert limits.told.day_result == -50

    play_limits(tmp_path, scene, **FIVE)


def test_a_look_that_fails_leaves_the_floors_unknown(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        rig = limits.rig
        limits.show("10000")
        assert rig.desk.floors
        rig.pipeline.settings = None  # type: ignore[assignment]  # anything that breaks a look
        with pytest.raises(AttributeError):
            limits.watcher.look(ACCOUNT)
        assert rig.desk.floors is None

    play_limits(tmp_path, scene, **FIVE)


def test_a_limit_may_press_the_stop(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.show("10000", "9500")
        presses, _ = limits.rig.latch.take()
        assert [press.source for press in presses] == ["rule: Loss of the day"]
        limits.rig.desk.safety.stop(presses[0], 0.0)
        assert limits.rig.desk.judge("a press").stopped_by == "rule: Loss of the day"
        limits.show("10000", "9500")
        assert limits.rig.latch.take()[0] == ()

    play_limits(tmp_path, scene, **FIVE, limits__action="stop")


def test_that_its_stop_reaches_the_other_terminals_is_said(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        other = limits.rig.add_desk(FakeBridge(Account(6, "Other"))).account
        limits.show("10000", "9500")
        [reached] = [a.text for a in limits.rig.told(Alarm) if a.code == "LIMIT_REACHED"]
        assert reached.endswith(f"it reaches all of {ACCOUNT}, {other}")

    play_limits(tmp_path, scene, **FIVE, limits__action="stop")


def test_away_at_midnight_the_day_is_reckoned_from_the_deals(tmp_path: Path) -> None:
    async def first(limits: LimitRig) -> None:
        limits.show("10000")
        await limits.replay()

    async def second(rig: Rig) -> None:
        limits = LimitRig(rig, rig.ledger.replay(), **FTMO)
        rig.clock.move(14 * 3600)
        # 100 were won before Prague's midnight at 23:00, 200 lost after it.
        before, after = limits.deal("100", hours_ago=10), limits.deal("-200", hours_ago=1)
        rig.desk.safety.clear(PauseReason.STARTING)
        limits.show("9900", "9850", deals=(before, after))
        daily, total = rig.desk.floors or ()
        assert (daily.reference, daily.exact, daily.floor) == (10100, True, 9600)
        assert total.floor == 9000
        assert limits.alarms() == []
        assert limits.told.day_result == Decimal(-250)

    async def third(rig: Rig) -> None:
        limits = LimitRig(rig, rig.ledger.replay(), **FTMO)
        rig.clock.move(9 * 86400)
        limits.show("9700")
        assert rig.desk.floors is None
        limits.show("9700", seconds=3)
        daily, _ = rig.desk.floors or ()
        assert (daily.reference, daily.exact) == (9900, False)
        assert "ANCHOR_ESTIMATED" in limits.alarms()

    play_limits(tmp_path, first, **FTMO)
    play(tmp_path, second)
    play(tmp_path, third)


def test_an_open_loss_is_looked_at_before_the_reset(tmp_path: Path) -> None:
    """1 000 won, 900 open: allowed until Prague's midnight at 23:00, and at once too much after."""

    async def scene(limits: LimitRig) -> None:
        won = (limits.deal("1000"),)
        held = (position(11, NOON),)
        limits.show("11000", "10100", deals=won, positions=held)
        almost = MIDNIGHT - timedelta(hours=1, minutes=11)
        limits.show("11000", "10100", until=almost, positions=held)
        assert limits.alarms() == []
        limits.show("11000", "10100", seconds=61, positions=held)
        limits.show("11000", "10100", seconds=61, positions=held)
        assert limits.alarms() == ["MIDNIGHT_CHECK"]

    play_limits(tmp_path, scene, **FTMO)


def test_headroom_is_what_every_stop_leaves(tmp_path: Path) -> None:
    """0.30 lots, 300 points to the S/L: 90 less 0.6 already lost to it."""

    async def scene(limits: LimitRig) -> None:
        limits.show("10000", "9999.40", positions=(position(11, NOON),))
        assert limits.told.headroom == Decimal("9999.40") - Decimal("89.40") - 9530

    play_limits(tmp_path, scene, **FIVE)


def test_a_peak_trails_and_is_kept(tmp_path: Path) -> None:
    async def first(limits: LimitRig) -> None:
        limits.show("10000", "11000")
        limits.show("10000", "10500", seconds=6)
        limits.show("10000", "10500", seconds=6)
        [floor] = limits.rig.desk.floors or ()
        assert (floor.reference, floor.floor) == (11000, 9900)
        replay = await limits.replay()
        assert {e.anchor.peak for e in replay.anchors if "lifetime" in e.anchor.schedule} == {11000}

    async def second(rig: Rig) -> None:
        limits = LimitRig(rig, rig.ledger.replay(), limits__trailing_percent=10)
        rig.clock.move(3600)
        won, lost = limits.deal("3000", hours_ago=0.5), limits.deal("-2500")
        limits.show("10500", deals=(won, lost))
        limits.show("10500")
        [floor] = rig.desk.floors or ()
        assert floor.reference == 13000

    play_limits(tmp_path, first, limits__trailing_percent=10)
    play(tmp_path, second)


def test_what_was_before_the_first_look_is_asked_for(tmp_path: Path) -> None:
    one_step = {"limits__preset": "ftmo-1-step", "limits__initial": 10000}

    async def first(limits: LimitRig) -> None:
        limits.show("10000")
        limits.show("10000", seconds=60)
        assert limits.alarms() == ["HIGHEST_NOT_KNOWN"]
        assert [f.floor for f in limits.rig.desk.floors or ()] == [9700, 9000]
        await limits.replay()

    async def told(rig: Rig) -> None:
        limits = LimitRig(rig, rig.ledger.replay(), **one_step, limits__highest=10900)
        limits.show("10000")
        assert [f.floor for f in rig.desk.floors or ()] == [9700, 9900]
        assert limits.alarms() == ["LIMIT_NEAR"]

    play_limits(tmp_path, first, **one_step)
    play(tmp_path, told)


def test_other_limits_hold_from_the_moment_they_are_set(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        rig = limits.rig
        asked = SettingControls(rig.pipeline, MemoryStore())
        assert not isinstance(asked.change({"risk.max_daily_loss_percent": 4}), Refusal)
        assert rig.desk.floors is None
        signal = await rig.submit()
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "DAILY_LOSS"
        limits.show("10000")
        assert [f.floor for f in rig.desk.floors or ()] == [9600]
        asked.change({"risk.percent": 2})
        assert rig.desk.floors
        asked.change({"risk.max_daily_loss_percent": 0})
        assert rig.desk.floors == ()

    play_limits(tmp_path, scene)


def test_without_live_money_a_limit_is_not_known(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.rig.bridge.means = STOCK_MEANS
        limits.show("10000")
        assert limits.rig.desk.floors is None
        step = await Resume(limits.rig.desk).step(frozenset())
        assert "LIMITS_UNKNOWN" in {refusal.code for refusal in step.refusals}

    play_limits(tmp_path, scene, **FIVE)


def test_an_account_that_is_new_here_is_given_time_to_show_its_deals(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        limits = LimitRig(rig, **FIVE)
        rig.open_for_business()
        assert rig.desk.floors is None
        limits.show("10000", deals=(limits.deal("-300", hours_ago=2),))
        assert rig.desk.floors is None
        limits.show("10000", seconds=3)
        [floor] = rig.desk.floors or ()
        assert (floor.reference, floor.exact) == (10300, True)

    play(tmp_path, scene)


def test_a_clock_that_jumped_begins_no_day(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.show("10000", "9500")
        limits.show("10000", "9990", seconds=86400, status=status(NOON))
        [floor] = limits.rig.desk.floors or ()
        assert floor.breached
        limits.show("10000", "9990")
        [floor] = limits.rig.desk.floors or ()
        assert not floor.breached

    play_limits(tmp_path, scene, **FIVE)


def test_nothing_is_judged_while_there_is_more_to_read(tmp_path: Path) -> None:
    async def scene(limits: LimitRig) -> None:
        limits.rig.bridge.behind = True
        limits.show("10000", "9500")
        assert limits.rig.desk.floors is None
        limits.rig.bridge.behind = False
        limits.show("10000", "9500")
        assert reasons(limits) == {PauseReason.DAILY_LOSS}

    play_limits(tmp_path, scene, **FIVE)
