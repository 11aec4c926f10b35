"""A stop where the app must close by itself: rounds of CLOSE, and a verdict that claims nothing."""

from pathlib import Path

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine.entries import Entry, ResolutionEntry
from signalos_desktop.engine.events import CommandChanged, StateChanged
from signalos_desktop.engine.flight import CLOSED
from signalos_desktop.engine.ports import LedgerFailedError
from tests.helpers.session_rig import SessionRig, hasten, until
from tests.helpers.stock_rig import StockFake, answer, fired, held, live, play, row, verdict

FILLED, ERROR, UNKNOWN = ReceiptStatus.FILLED, ReceiptStatus.ERROR, ReceiptStatus.UNKNOWN


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def test_a_stop_closes_each_symbol_and_never_says_flat(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await fired(rig)
        command = bridge.outbox.rows[0]
        mine = held(rig, 70, command.cmd_id)
        await answer(rig, bridge, command, FILLED, mine, ticket=70, position=70)
        rig.controls.stop()
        close = await row(bridge, 2)
        assert (close.action.value, close.symbol, verdict(rig)) == (
            "CLOSE",
            "EURUSD",
            "STILL_CLOSING",
        )
        await answer(rig, bridge, close, FILLED, message="Closed 1 position(s)")
        await until(lambda: rig.state() is TradingState.STOPPED_NOT_FLAT)
        assert verdict(rig) == "CANNOT_BE_PROVEN"
        await until(lambda: "NOT_FLAT_CANNOT_BE_PROVEN" in rig.alarms())
        refused = await rig.controls.resume()
        assert [one.code for one in refused.refusals] == ["CANNOT_BE_PROVEN"]
        assert (await rig.controls.resume(flat=True)).data == {"state": "PAUSED"}
        assert (await rig.controls.resume()).data == {"state": "RUNNING"}
        await until(lambda: rig.desk.swept is False)

    play(tmp_path, scene)


def test_a_stop_waits_for_rows_that_may_still_be_begun(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await fired(rig)
        rig.controls.stop()
        first = await row(bridge, 2)
        await answer(rig, bridge, first, ERROR, message="No positions closed")
        rig.clock.move(6)
        await live(rig, bridge)
        await until(lambda: rig.state() is TradingState.STOPPED_NOT_FLAT)
        assert (verdict(rig), len(bridge.outbox.rows)) == ("STILL_CLOSING", 2)
        rig.clock.move(20)
        second = await row(bridge, 3)
        await answer(rig, bridge, second, ERROR, message="No positions closed")
        await until(lambda: verdict(rig) == "CANNOT_BE_PROVEN")

    play(tmp_path, scene)


def test_a_close_that_fails_is_sent_again_with_growing_pauses(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        mine = held(rig, 70, 9)
        await live(rig, bridge, mine)
        bridge.outbox.failure = "CLOCK_OFFSET_UNKNOWN"
        rig.controls.stop()
        await until(lambda: [e.state for e in rig.told(CommandChanged)][-1:] == ["not_sent"])
        bridge.outbox.failure = ""
        for count, pause in ((1, 6), (2, 11), (3, 21)):
            rig.clock.move(pause)
            await live(rig, bridge, mine)
            sent = await row(bridge, count)
            said = (FILLED, "Closed 0 position(s)") if count == 1 else (ERROR, "NO_RECEIPT: none")
            await answer(rig, bridge, sent, said[0], mine, message=said[1])
        rig.clock.move(41)
        last = await row(bridge, 4)
        await answer(rig, bridge, last, ERROR, mine, message="No positions closed")
        await until(lambda: rig.desk.swept)
        found = [one.code for one in (await rig.controls.resume()).refusals]
        assert found == ["NOT_FLAT", "CANNOT_BE_PROVEN"]
        by_hand = await rig.controls.resume(by_hand=frozenset({70}))
        assert by_hand.data == {"state": "PAUSED"}
        assert list(rig.desk.book.positions) == [70]

    play(tmp_path, scene)


def test_a_halt_keeps_positions_and_a_later_press_closes_them(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await live(rig, bridge, held(rig, 70, 9))
        rig.controls.stop(keep_positions=True)
        await until(lambda: verdict(rig) == "CANNOT_BE_PROVEN")
        assert bridge.outbox.rows == []
        rig.controls.stop()
        await row(bridge, 1)
        assert verdict(rig) == "STILL_CLOSING"
        waits = await rig.controls.resume(by_hand=frozenset({70}))
        assert "STILL_CLOSING" in [one.code for one in waits.refusals]

    play(tmp_path, scene)


def test_a_later_press_is_never_answered_by_what_was_closed_before(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await live(rig, bridge, held(rig, 70, 9))
        rig.controls.stop(keep_positions=True)
        await until(lambda: verdict(rig) == "CANNOT_BE_PROVEN")
        seen = len(rig.told(StateChanged))
        rig.controls.stop()
        await row(bridge, 1)
        verdicts = [changed.verdict for changed in rig.told(StateChanged)[seen:]]
        assert set(verdicts) == {"STILL_CLOSING"}

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_word_that_the_journal_does_not_take_changes_nothing(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await fired(rig)
        command = bridge.outbox.rows[0]
        mine = held(rig, 70, command.cmd_id)
        await answer(rig, bridge, command, FILLED, mine, ticket=70, position=70)
        record = rig.ledger.record

        async def full(*entries: Entry) -> None:
            if any(isinstance(entry, ResolutionEntry) for entry in entries):
                raise LedgerFailedError("disk full")
            await record(*entries)

        rig.ledger.record = full  # type: ignore[method-assign] # the disk fills up
        rig.desk.safety.pause(PauseReason.USER)
        done = await rig.controls.resume(flat=True)
        assert (done.ok, "still count as open" in done.text) == (True, True)
        assert bridge.recalled == []

    play(tmp_path, scene)


def test_a_stop_without_anything_of_ours_is_over_at_once(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        rig.controls.stop()
        await until(lambda: verdict(rig) == "CANNOT_BE_PROVEN")
        assert rig.told(StateChanged)[-1].stop_level is StopLevel.FLATTEN
        assert bridge.outbox.rows == []

    play(tmp_path, scene)


def test_the_users_word_takes_out_what_was_known(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await fired(rig)
        command = bridge.outbox.rows[0]
        mine = held(rig, 70, command.cmd_id)
        await answer(rig, bridge, command, FILLED, mine, ticket=70, position=70)
        rig.controls.stop()
        close = await row(bridge, 2)
        await answer(rig, bridge, close, FILLED, mine, message="Closed 0 position(s)")
        for count in (3, 4):
            rig.clock.move(30)
            again = await row(bridge, count)
            await answer(rig, bridge, again, ERROR, mine, message="No positions closed")
        await until(lambda: rig.desk.swept)
        done = await rig.controls.resume(flat=True)
        assert (done.ok, done.text) == (True, "")
        assert [known.resolved_as for known in bridge.recalled] == [CLOSED]

    play(tmp_path, scene)
