"""The state of one account: the more severe of the app's and the EA's, and what must be said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from signalos_desktop.domain.ea_status import Halt, StopTicket
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import from_ms
from signalos_desktop.engine.safety import Safety, Sight
from signalos_desktop.engine.stop_latch import Delivery, StopPress
from tests.helpers.rig import ACCOUNT, NO_HALT, NOON, position, status
from tests.helpers.session_rig import latched

PRESS = StopPress("press1", StopLevel.FLATTEN, "button")


def seen(halt: Halt | None = NO_HALT, at: float = 100.0, **changes: object) -> Sight:
    said = None if halt is None else status(NOON, halt=halt)
    sight = Sight(at, NOON, True, said, 0, 0, 0, 0)
    return replace(sight, **changes)  # type: ignore[arg-type] # the test names fields


def ready(*reasons: PauseReason) -> Safety:
    safety = Safety(ACCOUNT, frozenset(reasons))
    safety.by_flag = True
    safety.clear(PauseReason.STARTING)
    return safety


def pressed(press: StopPress = PRESS) -> Safety:
    safety = ready()
    safety.stop(press, 100.0)
    return safety


def test_it_starts_in_starting_and_keeps_the_reasons_of_the_journal() -> None:
    safety = Safety(ACCOUNT, frozenset({PauseReason.USER}))
    assert safety.judge(seen(None)) is TradingState.STARTING
    assert safety.clear(PauseReason.STARTING)
    assert not safety.clear(PauseReason.STARTING)
    assert safety.judge(seen()) is TradingState.PAUSED
    assert safety.pause(PauseReason.THROTTLE)
    assert not safety.pause(PauseReason.THROTTLE)
    assert safety.reasons == {PauseReason.USER, PauseReason.THROTTLE}


def test_flat_needs_the_ea_and_the_apps_own_eyes() -> None:
    halt = latched(known=("press1",))
    for hindrance in (
        {"in_scope": 1},
        {"unresolved": 1},
        {"on_their_way": 1},
        {"frozen": True},
        {"fresh": False},
    ):
        assert pressed().judge(seen(halt, **hindrance)) is TradingState.STOPPING
        late = pressed().judge(seen(halt, at=105.0, **hindrance))
        assert late is TradingState.STOPPED_NOT_FLAT
    assert pressed().judge(seen(halt)) is TradingState.STOPPED_FLAT
    assert pressed().judge(seen(replace(halt, flat=False))) is TradingState.STOPPING


@pytest.mark.parametrize(
    ("halt", "changes", "verdict"),
    [
        (None, {}, "EA_SILENT"),
        (NO_HALT, {}, "NOT_ACKNOWLEDGED"),
        (latched(known=("other",)), {}, "NOT_ACKNOWLEDGED"),
        (latched(StopLevel.HALT, known=("press1",)), {}, "NOT_ACKNOWLEDGED"),
        (latched(known=("press1",)), {"frozen": True}, "SNAPSHOTS_FROZEN"),
        (latched(known=("press1",), unresolved=1, flat=False), {}, "UNRESOLVED"),
        (latched(known=("press1",), positions=1, flat=False), {"in_scope": 1}, "STILL_OPEN"),
    ],
)
def test_each_way_not_to_be_flat_has_its_verdict_and_its_alarm(
    halt: Halt | None, changes: dict[str, object], verdict: str
) -> None:
    safety = pressed()
    sight = seen(halt, at=105.0, **changes)
    state = safety.judge(sight)
    assert (state, safety.verdict) == (TradingState.STOPPED_NOT_FLAT, verdict)
    assert f"NOT_FLAT_{verdict}" in [alarm.code for alarm in safety.alarms(sight, state)]


def test_a_halt_that_keeps_positions_is_no_alarm() -> None:
    safety = pressed(StopPress("press1", StopLevel.HALT, "button"))
    safety.note_delivery(Delivery(PRESS, "/f", ""))
    sight = seen(latched(StopLevel.HALT, known=("press1",), flat=False, positions=1), in_scope=1)
    state = safety.judge(sight)
    assert (state, safety.verdict) == (TradingState.STOPPED_NOT_FLAT, "POSITIONS_KEPT")
    assert safety.alarms(sight, state) == []


def test_a_level_never_goes_down_and_the_last_press_counts() -> None:
    safety = pressed()
    safety.stop(StopPress("press2", StopLevel.HALT, "button"), 101.0)
    assert (safety.wanted, safety.press_id) == (StopLevel.FLATTEN, "press2")
    safety.take_over(StopLevel.HALT, 102.0)
    assert safety.wanted is StopLevel.FLATTEN


def test_flat_is_not_believed_of_a_status_that_was_read_late() -> None:
    """The app stood still and then reads what the EA wrote before: since then an order may fill."""
    safety, halt = pressed(), latched(known=("press1",))
    assert safety.judge(seen(halt, at=101.0, status_age=2.1)) is TradingState.STOPPING
    assert safety.verdict == "STATUS_OLD"
    late = safety.judge(seen(halt, at=105.0, status_age=2.1))
    assert (late, safety.verdict) == (TradingState.STOPPED_NOT_FLAT, "STATUS_OLD")
    assert safety.judge(seen(halt, at=106.0, status_age=1.0)) is TradingState.STOPPED_FLAT
    assert safety.judge(seen(halt, at=108.0, status_age=3.0)) is TradingState.STOPPED_FLAT
    safety.stop(StopPress("press2", StopLevel.FLATTEN, "button"), 109.0)
    again = latched(known=("press1", "press2"))
    assert safety.judge(seen(again, at=109.1, status_age=4.0)) is TradingState.STOPPING


def test_pressing_again_does_not_put_off_the_verdict() -> None:
    safety = pressed()
    safety.judge(seen(None, at=104.0, fresh=False))
    safety.stop(StopPress("press2", StopLevel.HALT, "button"), 104.0)
    late = seen(None, at=105.0, fresh=False)
    state = safety.judge(late)
    assert state is TradingState.STOPPED_NOT_FLAT
    assert [alarm.code for alarm in safety.alarms(late, state)] == ["NOT_FLAT_EA_SILENT"]


def test_a_press_after_a_verdict_or_of_a_higher_level_has_its_own_time() -> None:
    flat = pressed()
    assert flat.judge(seen(latched(known=("press1",)), at=101.0)) is TradingState.STOPPED_FLAT
    flat.stop(StopPress("press2", StopLevel.FLATTEN, "button"), 200.0)
    assert flat.judge(seen(latched(known=("press1",)), at=200.5)) is TradingState.STOPPING
    halted = pressed(StopPress("press1", StopLevel.HALT, "button"))
    halted.judge(seen(None, at=104.0))
    halted.stop(StopPress("press2", StopLevel.FLATTEN, "button"), 104.0)
    assert halted.judge(seen(None, at=105.0)) is TradingState.STOPPING


def test_a_stop_of_the_eas_own_is_the_apps_too_until_a_resume() -> None:
    safety = ready()
    assert safety.judge(seen(latched(StopLevel.HALT))) is TradingState.STOPPED_FLAT
    assert safety.judge(seen(NO_HALT)) is TradingState.STOPPING
    safety.expect_release(expected=True)
    assert safety.judge(seen(NO_HALT)) is TradingState.PAUSED
    assert safety.reasons == {PauseReason.USER}
    assert (safety.verdict, safety.stopped, safety.stopping) == ("", False, False)


def test_a_press_while_releasing_ends_the_release() -> None:
    safety = pressed()
    safety.expect_release(expected=True)
    safety.stop(StopPress("press2", StopLevel.HALT, "button"), 101.0)
    assert safety.judge(seen(NO_HALT)) is TradingState.STOPPING


def test_an_undelivered_flag_is_told_after_two_seconds_with_its_error() -> None:
    safety = pressed()
    safety.note_delivery(Delivery(PRESS, "/f", "held"))
    safety.note_delivery(Delivery(StopPress("old", StopLevel.HALT, ""), "/g", ""))
    state = safety.judge(seen(at=101.9))
    assert safety.alarms(seen(at=101.9), state) == []
    [alarm] = safety.alarms(seen(at=102.0), state)
    assert (alarm.code, "/f: held" in alarm.text) == ("STOP_NOT_DELIVERED", True)


def test_no_word_of_the_disk_is_an_undelivered_flag_too() -> None:
    safety = pressed()
    state = safety.judge(seen(None))
    [alarm] = safety.alarms(seen(None, at=102.0), state)
    assert alarm.code == "STOP_NOT_DELIVERED"


def test_one_place_or_the_ea_itself_is_delivery_enough() -> None:
    safety = pressed()
    safety.note_delivery(Delivery(PRESS, "/f", "held"))
    known = seen(latched(known=("press1",), flat=False), at=102.0)
    assert safety.alarms(known, TradingState.STOPPING) == []
    safety.note_delivery(Delivery(PRESS, "/g", ""))
    assert safety.alarms(seen(at=102.0), TradingState.STOPPING) == []
    safety.renew(StopPress("press2", StopLevel.FLATTEN, "journal"))
    assert safety.alarms(seen(at=102.0), TradingState.STOPPING) != []


def test_where_no_flag_is_used_none_is_missed() -> None:
    safety = pressed()
    safety.by_flag = False
    assert safety.alarms(seen(at=102.0), TradingState.STOPPING) == []


def test_a_standing_alarm_is_repeated_every_half_minute_and_anew_after_a_resume() -> None:
    safety = pressed()
    safety.note_delivery(Delivery(PRESS, "/f", ""))

    def told(at: float) -> int:
        sight = seen(at=at)
        return len(safety.alarms(sight, safety.judge(sight)))

    assert [told(at) for at in (105.0, 106.0, 134.9, 135.0)] == [1, 0, 0, 1]
    safety.expect_release(expected=True)
    safety.judge(seen(NO_HALT, at=136.0))
    safety.take_over(StopLevel.FLATTEN, 136.0)
    assert told(141.0) == 1


def test_who_was_the_first_to_stop_stands_until_the_resume() -> None:
    safety = pressed()
    safety.judge(seen())
    assert (safety.stopped_by, safety.stopped_at) == ("button", NOON)
    safety.stop(StopPress("press2", StopLevel.FLATTEN, "key"), 101.0)
    assert safety.stopped_by == "button"
    safety.expect_release(expected=True)
    safety.stop(StopPress("press3", StopLevel.FLATTEN, "key"), 102.0)
    safety.expect_release(expected=True)
    safety.judge(seen(NO_HALT))
    assert (safety.stopped_by, safety.stopped_at) == ("", None)


def test_a_stop_of_the_eas_own_names_itself_and_its_time() -> None:
    safety = ready()
    safety.judge(seen(latched(source="APP_LOST", since_ms=1000)))
    assert "dead-man" in safety.stopped_by
    assert safety.stopped_at == from_ms(1000)


def test_after_a_restart_the_journal_knows_who_and_the_ea_knows_when() -> None:
    safety = ready()
    safety.take_over(StopLevel.FLATTEN, 100.0, "you (stop button)")
    safety.judge(seen(None))
    assert (safety.stopped_by, safety.stopped_at) == ("you (stop button)", None)
    safety.judge(seen(latched(since_ms=1000)))
    assert (safety.stopped_by, safety.stopped_at) == ("you (stop button)", from_ms(1000))


def test_what_trying_again_does_not_mend_is_an_alarm_at_once() -> None:
    safety = pressed()
    closed = StopTicket(7, "EURUSD", Decimal(1), 10018, 1, 0)
    halt = latched(known=("press1",), flat=False, positions=1, tickets=(closed,))
    ours, other = position(7, NOON), position(8, NOON, magic=5)
    sight = seen(halt, at=100.5, in_scope=1, positions={7: ours, 8: other})
    state = safety.judge(sight)
    [alarm] = safety.alarms(sight, state)
    assert (state, alarm.code) == (TradingState.STOPPING, "NOT_FLAT_WAITING_MARKET")
    assert "7 buy" in alarm.text
    assert "8 buy" not in alarm.text


def test_only_a_pause_of_the_users_own_is_undone_at_once() -> None:
    safety = ready()
    assert not safety.undoable
    safety.pause(PauseReason.USER)
    assert safety.undoable
    safety.pause(PauseReason.STALE_DATA)
    assert not safety.undoable
    safety.clear(PauseReason.STALE_DATA)
    assert safety.undoable

    remembered = ready(PauseReason.USER)
    remembered.pause(PauseReason.USER)
    assert not remembered.undoable


def test_no_pause_is_undone_at_once_that_a_stop_has_touched() -> None:
    safety = ready()
    safety.pause(PauseReason.USER)
    safety.stop(PRESS, 100.0)
    assert not safety.undoable
    safety.expect_release(expected=True)
    assert safety.judge(seen(NO_HALT)) is TradingState.PAUSED
    assert safety.reasons == {PauseReason.USER}
    assert not safety.undoable

    by_ea = ready()
    by_ea.pause(PauseReason.USER)
    assert by_ea.judge(seen(latched())).stopped
    assert not by_ea.undoable
    by_ea.expect_release(expected=True)
    assert by_ea.judge(seen(NO_HALT)) is TradingState.PAUSED
    assert not by_ea.undoable
