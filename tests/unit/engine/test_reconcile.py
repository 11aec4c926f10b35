"""The start: what the journal says against what lies in the files, and what a start keeps."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.entries import (
    CommandEntry,
    CommandState,
    CommandStateEntry,
    KnownCommand,
    Replay,
    StateEntry,
)
from signalos_desktop.engine.entries import DealEntry as JournalDeal
from signalos_desktop.engine.events import DealSeen
from signalos_desktop.engine.flight import Flight
from signalos_desktop.engine.ports import Beginning, FileRow
from signalos_desktop.engine.reconcile import last_state, reconcile, settled_rows
from tests.helpers.journals import record
from tests.helpers.rig import ACCOUNT, NOON, FakeBridge, SetClock, receipt
from tests.helpers.rig_deals import deal
from tests.helpers.session_rig import SessionRig, run_session, until
from tests.unit.engine.test_flight import BUY, FILLED, entry

OTHER = Account(6, "Other")


def known(
    cmd_id: int, state: CommandState = CommandState.QUEUED, *, settled: bool = False
) -> KnownCommand:
    receipts = (replace(FILLED, cmd_id=cmd_id),) if settled else ()
    return KnownCommand(entry(replace(BUY, cmd_id=cmd_id)), state, "", receipts, None)


def flight_of(*commands: KnownCommand) -> Flight:
    flight = Flight()
    flight.restore(commands)
    return flight


def files(*cmd_ids: int) -> Beginning:
    rows = tuple(FileRow(cmd_id, 3, "commands.csv") for cmd_id in cmd_ids)
    return Beginning(4, rows, max(cmd_ids, default=0))


def test_what_is_in_no_file_was_never_sent_and_what_is_in_one_may_be_at_the_ea() -> None:
    flight = flight_of(
        known(1),
        known(2),
        known(3, CommandState.PUBLISHED),
        known(4, CommandState.NOT_SENT),
        known(5, CommandState.NOT_SENT),
        known(6, CommandState.PUBLISHED, settled=True),
    )
    found = reconcile(flight, files(2, 3, 5, 6, 9), ACCOUNT, 6, NOON)
    told = {e.cmd_id: e.state for e in found.entries if isinstance(e, CommandStateEntry)}
    assert told == {
        1: CommandState.NOT_SENT,
        2: CommandState.PUBLISHED,
        5: CommandState.PUBLISHED,
    }
    assert found.foreign == (9,)
    assert [t.command.cmd_id for t in flight.outstanding()] == [2, 3, 5]
    assert settled_rows(flight, files(2, 6, 9), found.foreign) == {6}


def said(
    state: TradingState,
    *reasons: PauseReason,
    level: StopLevel = StopLevel.NONE,
    account: Account | None = ACCOUNT,
    later_s: int = 0,
) -> StateEntry:
    at = NOON + timedelta(seconds=later_s)
    return StateEntry(account, at, state, frozenset(reasons), "test", level)


def test_the_last_word_of_the_journal_counts_whatever_the_clock_said() -> None:
    stop = said(TradingState.STOPPING, level=StopLevel.FLATTEN, later_s=-3600)
    states = (said(TradingState.RUNNING), stop, said(TradingState.RUNNING, account=OTHER))
    last = last_state(Replay(states=states), ACCOUNT)
    assert last.stop_level is StopLevel.FLATTEN
    assert last_state(Replay(states=states), OTHER).stop_level is StopLevel.NONE
    for_all = replace(stop, account=None)
    assert last_state(Replay(states=(for_all,)), OTHER).stop_level is StopLevel.FLATTEN


def test_reasons_that_find_themselves_are_not_kept() -> None:
    paused = said(TradingState.PAUSED, PauseReason.USER, PauseReason.STALE_DATA, PauseReason.FENCED)
    last = last_state(Replay(states=(paused,)), ACCOUNT)
    assert last.reasons == {PauseReason.USER}
    assert last.stop_level is StopLevel.NONE
    assert last_state(Replay(), ACCOUNT).reasons == frozenset()


def test_a_stop_of_unknown_level_is_at_least_a_halt() -> None:
    last = last_state(Replay(states=(said(TradingState.STOPPED_FLAT),)), ACCOUNT)
    assert last.stop_level is StopLevel.HALT


def test_the_level_of_a_stop_survives_a_restart(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3", SetClock())
    stop = said(TradingState.STOPPING, level=StopLevel.FLATTEN)
    record(journal, stop)
    replay = journal.replay()
    journal.close()
    assert last_state(replay, ACCOUNT).stop_level is StopLevel.FLATTEN


def test_after_a_restart_a_pending_orders_position_is_still_ours(tmp_path: Path) -> None:
    limit = replace(BUY, action=CommandAction.BUY_LIMIT)
    placed = KnownCommand(
        CommandEntry(limit, "S000001", "i", FILLED.volume),
        CommandState.PUBLISHED,
        "",
        (receipt(1, ticket=11, position=0),),
        None,
    )
    filled = JournalDeal(ACCOUNT, deal(21, NOON, position_id=31), 1, False)
    replay = Replay(commands=(placed,), deals=(filled,), largest_ids={ACCOUNT: 1})
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge, replay=replay)

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        stopped_out = deal(22, NOON, entry=DealEntry.OUT, reason="SL", position_id=31)
        await rig.show(bridge, deals=(filled.deal, stopped_out))
        [seen] = rig.told(DealSeen)
        assert (seen.deal.ticket, seen.cmd_id, seen.external) == (22, 1, False)

    run_session(rig, scene)


def test_a_new_command_never_takes_an_old_id(tmp_path: Path) -> None:
    bridge = FakeBridge()
    bridge.rows = (FileRow(7, 1, "commands.csv"),)
    rig = SessionRig(tmp_path, bridge, replay=Replay(largest_ids={ACCOUNT: 40}))

    async def scene() -> None:
        await until(lambda: rig.session.desks)
        assert (rig.desk.last_id, rig.desk.next_id()) == (40, 41)

    run_session(rig, scene)
