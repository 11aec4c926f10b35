"""What the terminal says: receipts, deals and positions settle commands and end signals."""

from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.engine.entries import CommandState, SignalState
from signalos_desktop.engine.events import (
    Alarm,
    DealSeen,
    ReceiptRead,
    SignalChanged,
)
from signalos_desktop.engine.ports import Checkpoint, Facts
from tests.helpers.rig import (
    Rig,
    play,
    position,
    receipt,
)
from tests.helpers.rig_deals import deal


def last_state(rig: Rig) -> tuple[SignalState, str]:
    changed = rig.told(SignalChanged)[-1]
    return changed.state, changed.reason


def test_a_receipt_settles_its_command_and_ends_its_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        filled = receipt(1, ticket=11, position=11, deal=21, volume=Decimal("0.33"))
        rig.feed(
            Facts(receipts=(filled, filled), checkpoints=(Checkpoint("receipts.csv", 9, "m"),))
        )
        assert len(rig.told(ReceiptRead)) == 1
        assert last_state(rig) == (SignalState.DONE, "1 of 1 executed")
        await rig.settle()
        replay = rig.ledger.replay()
        assert [k.receipts for k in replay.commands] == [(filled,)]
        assert [(c.file, c.offset) for c in replay.checkpoints] == [("receipts.csv", 9)]

    play(tmp_path, scene)


def test_a_receipt_that_nobody_asked_for_is_an_alarm(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(receipts=(receipt(77),)))
        assert [alarm.code for alarm in rig.told(Alarm)] == ["EXTERNAL_RECEIPT"]
        assert PauseReason.RECONCILE_MISMATCH in rig.desk.safety.reasons

    play(tmp_path, scene)


def test_a_refused_command_says_so_in_the_signal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        denied = receipt(1, ReceiptStatus.DENIED, retcode=0, message="SPREAD: 31 points, max 30")
        rig.feed(Facts(receipts=(denied,)))
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert "SPREAD: 31 points" in reason

    play(tmp_path, scene)


def test_deals_are_told_once_and_known_as_ours_or_external(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        ours = deal(21, rig.clock.now(), comment="#1 paste")
        hand = deal(22, rig.clock.now(), magic=0, position_id=50)
        paid_in = deal(23, rig.clock.now(), type="BALANCE", magic=0, position_id=0)
        rig.feed(Facts(deals=(ours, hand, paid_in)))
        rig.feed(Facts(deals=(ours,)))
        told = {event.deal.ticket: (event.cmd_id, event.external) for event in rig.told(DealSeen)}
        assert told == {21: (1, False), 22: (None, True), 23: (None, False)}

    play(tmp_path, scene)


def test_a_position_is_journalled_and_frees_its_reservation(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert len(rig.desk.flight.held()) == 1
        rig.feed(Facts(receipts=(receipt(1, ticket=11, position=11),)))
        assert len(rig.desk.flight.held()) == 1
        rig.feed(Facts(positions=(position(11, rig.clock.now()),)))
        assert rig.desk.flight.held() == []

    play(tmp_path, scene)


def test_a_close_has_no_signal_to_end(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        from signalos_desktop.domain.orders import close_command
        from signalos_desktop.engine.entries import CommandEntry

        command = close_command(rig.desk.issuer(), rig.desk.next_id(), 11, "EURUSD", None)
        entry = CommandEntry(command, None, "close/11", Decimal(0))
        await rig.desk.send([entry], by_user=True)
        before = len(rig.told(SignalChanged))
        rig.feed(Facts(receipts=(receipt(1, position=11),)))
        assert len(rig.told(SignalChanged)) == before

    play(tmp_path, scene)


def test_a_settled_command_leaves_the_journals_open_ones(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        unknown = receipt(1, ReceiptStatus.UNKNOWN, retcode=10012)
        rig.feed(Facts(receipts=(unknown,)))
        await rig.settle()
        [known] = rig.ledger.replay().commands
        assert known.state is CommandState.PUBLISHED
        rig.feed(Facts(receipts=(receipt(1, position=11),)))
        await rig.settle()
        [known] = rig.ledger.replay().commands
        assert known.state is CommandState.SETTLED

    play(tmp_path, scene)


def test_a_trade_with_our_magic_that_nobody_sent_is_external(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(deals=(deal(31, rig.clock.now(), comment="another panel"),)))
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.feed(Facts(deals=(deal(32, rig.clock.now(), comment="rewritten"),)))
        told = {event.deal.ticket: event.external for event in rig.told(DealSeen)}
        assert told == {31: True, 32: False}

    play(tmp_path, scene)


def test_a_fired_signal_whose_outcome_nobody_saw_ends_at_the_next_start(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        await rig.pipeline.fire(signal, rig.desk, by_user=True)
        rig.desk.flight.drop(1, "RESTART: never sent")
        rig.pipeline.conclude(rig.desk)
        state, reason = last_state(rig)
        assert (state, "RESTART" in reason) == (SignalState.DONE, True)
        rig.pipeline.conclude(rig.desk)
        assert rig.pipeline.concluded("S000009") == []
        other = await rig.submit("EURUSD SELL 1.08000 SL 1.08300 TP 1.07400")
        assert rig.pipeline.concluded(other) == []

    play(tmp_path, scene)


def test_several_commands_end_the_signal_together(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit(
            "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500\n\n"
            "EURUSD SELL LIMIT 1.09000 SL 1.09500 TP 1.07500"
        )
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.PLACED, ticket=11),)))
        assert last_state(rig)[0] is SignalState.FIRED
        rig.feed(Facts(receipts=(receipt(2, ReceiptStatus.PLACED, ticket=12),)))
        assert last_state(rig) == (SignalState.DONE, "2 of 2 executed")

    play(tmp_path, scene)
