"""The engine on a terminal that shows no prices, takes no control and cannot prove a stop."""

from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import Decided, SignalChanged
from signalos_desktop.engine.flight import CLOSED
from tests.helpers.rig import FakeBridge
from tests.helpers.session_rig import SessionRig, hasten, run_session, submit, until
from tests.helpers.stock_rig import ENTRY, StockFake, alive, answer, fired, held, live, play

FILLED, ERROR, UNKNOWN = ReceiptStatus.FILLED, ReceiptStatus.ERROR, ReceiptStatus.UNKNOWN


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def test_it_starts_once_the_clock_is_known_and_pauses_when_it_is_lost(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        bridge.clock_known = False
        await live(rig, bridge)
        rig.clock.move(40)
        await live(rig, bridge)
        assert rig.state() is TradingState.STARTING
        rig.clock.move(5)
        await live(rig, bridge)
        await until(lambda: "SNAPSHOTS_MISSING" in rig.alarms())
        bridge.clock_known = True
        await until(lambda: rig.state() is TradingState.RUNNING)
        bridge.clock_known = False
        await until(lambda: rig.state() is TradingState.PAUSED)
        assert rig.desk.safety.reasons == {PauseReason.CLOCK_SKEW}
        bridge.clock_known = True
        await until(lambda: rig.state() is TradingState.RUNNING)

    play(tmp_path, scene, ready=False)


def test_silence_is_an_alarm_only_after_probes_stayed_unanswered(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        rig.clock.move(43)
        signal = await fired(rig)
        assert bridge.written() == [("BUY", "EURUSD")]
        await answer(rig, bridge, bridge.outbox.rows[0], ReceiptStatus.EXPIRED)
        rig.clock.move(45)
        await until(lambda: "EA_SILENT" in rig.alarms())
        again = await submit(rig, ENTRY.replace("1.08000", "1.08300"))
        assert (await rig.controls.fire(again)).ok is False
        assert len(bridge.written()) == 1
        assert rig.inbox.get(signal) is not None

    play(tmp_path, scene)


def test_a_decision_is_made_at_the_stated_entry_and_says_so(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await fired(rig)
        decision = rig.told(Decided)[-1].decision
        assert decision.levels is not None
        assert decision.levels.price == Decimal("1.08")
        assert any("no live price" in note for note in decision.notes)
        assert any("settings" in note for note in decision.notes)
        command = bridge.outbox.rows[0]
        assert (command.price, command.lots, command.max_loss) == (
            Decimal("1.08"),
            Decimal("0.19"),
            Decimal(100),
        )

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BUY EURUSD NOW SL 1.07500 TP 1.09000", "ENTRY_NOT_STATED"),
        ("BUY LIMIT EURUSD 1.08000 SL 1.07500 TP 1.09000", "NOT_WITH_PROTOCOL_1"),
        ("SELL STOP EURUSD 1.08000 SL 1.08500 TP 1.07000", "NOT_WITH_PROTOCOL_1"),
    ],
)
def test_what_needs_a_live_price_is_refused_with_its_own_code(
    tmp_path: Path, text: str, code: str
) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        signal = await submit(rig, text)
        refused = await rig.controls.fire(signal)
        assert (refused.code, bridge.written()) == (code, [])
        decision = rig.told(Decided)[-1].decision
        assert (decision.legs, decision.gates[0].code) == ((), code)

    play(tmp_path, scene)


def test_several_orders_and_what_is_open_are_reckoned_at_their_own_prices(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await live(rig, bridge, held(rig, 70, 9))
        await fired(rig)
        await fired(rig, "SELL EURUSD 1.07000 SL 1.07500 TP1 1.06500 TP2 1.06000")
        assert bridge.written() == [("BUY", "EURUSD"), ("SELL", "EURUSD"), ("SELL", "EURUSD")]
        [standing] = rig.controls.standings()
        [heat] = [limit for limit in standing.limits if limit.code == "OPEN_RISK"]
        assert heat.actual is not None

    play(tmp_path, scene)


def test_only_the_one_position_of_a_symbol_can_be_closed(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await live(rig, bridge, held(rig, 70, 9), held(rig, 71, 8))
        two = await rig.controls.close(70)
        assert (two.code, "71" in two.text) == ("NOT_WITH_PROTOCOL_1", True)
        await live(rig, bridge, held(rig, 70, 9), held(rig, 71, 8, magic=1))
        assert (await rig.controls.close(70)).ok
        assert [(r.action.value, r.symbol, r.ticket) for r in bridge.outbox.rows] == [
            ("CLOSE", "EURUSD", None)
        ]
        await fired(rig)
        assert (await rig.controls.close(70)).code == "NOT_WITH_PROTOCOL_1"

    play(tmp_path, scene)


def test_what_the_executor_cannot_do_is_refused_in_words(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        await live(rig, bridge, held(rig, 70, 9))
        answers = [
            await rig.controls.close(70, Decimal("0.5")),
            await rig.controls.modify(70, Decimal("1.0700"), None),
            await rig.controls.breakeven(70),
        ]
        assert {answer.code for answer in answers} == {"NOT_WITH_PROTOCOL_1"}
        assert bridge.outbox.rows == []

    play(tmp_path, scene)


def test_a_pause_says_what_it_cannot_take_back(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        assert rig.controls.pause().ok
        assert "CANNOT_WITHDRAW" not in rig.alarms()
        assert (await rig.controls.resume()).ok
        await fired(rig)
        assert rig.controls.pause().ok
        assert rig.alarms().count("CANNOT_WITHDRAW") == 1
        assert bridge.controls == []

    play(tmp_path, scene)


def test_an_unclear_open_waits_for_the_user_and_blocks_entries(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        signal = await fired(rig)
        await answer(rig, bridge, bridge.outbox.rows[0], UNKNOWN, message="NO_RECEIPT")
        await until(lambda: "OUTCOME_UNKNOWN" in rig.alarms())
        other = await submit(rig, ENTRY.replace("1.08000", "1.08300"))
        assert (await rig.controls.fire(other)).code == "IN_DOUBT"
        assert (await rig.controls.resolve(signal, CLOSED)).code == "NOTHING_OPEN"
        assert (await rig.controls.resolve(signal, "filled")).ok
        assert [known.resolved_as for known in bridge.recalled] == ["filled"]
        assert len(bridge.outbox.rows) == 1

    play(tmp_path, scene)


def test_the_user_says_that_a_position_is_closed(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        signal = await fired(rig)
        command = bridge.outbox.rows[0]
        await answer(rig, bridge, command, FILLED, held(rig, 70, command.cmd_id), ticket=70)
        await until(lambda: rig.desk.book.positions)
        assert (await rig.controls.resolve(signal, CLOSED)).ok
        [known] = bridge.recalled
        assert (known.entry.command, known.resolved_as) == (command, CLOSED)
        ends = [e for e in rig.told(SignalChanged) if e.signal == signal]
        assert ends[-1].state is SignalState.DONE

    play(tmp_path, scene)


def test_files_are_moved_aside_from_time_to_time(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: StockFake) -> None:
        before = len(bridge.archived)
        rig.clock.move(6)
        await until(lambda: len(bridge.archived) > before)
        bridge.facts.append(alive(rig, bridge))
        await rig.look(bridge)

    play(tmp_path, scene)


def test_where_the_executor_proves_itself_no_word_is_needed(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        assert (await rig.controls.resolve("S1", CLOSED)).code == "NOT_NEEDED"
        rig.controls.pause()
        assert (await rig.controls.resume(flat=True)).data == {"state": "RUNNING"}
        assert bridge.recalled == []

    run_session(rig, scene)
