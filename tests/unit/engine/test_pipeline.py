"""Text to preview on a fake terminal: what each step tells, journals and refuses."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.engine.entries import Entry, SignalState
from signalos_desktop.engine.events import (
    Decided,
    SignalChanged,
    SignalRead,
)
from signalos_desktop.engine.ports import Facts, LedgerFailedError
from signalos_desktop.engine.settings import Settings
from tests.helpers.rig import (
    GOOD,
    Rig,
    play,
    quote,
)


def last_state(rig: Rig) -> tuple[SignalState, str]:
    changed = rig.told(SignalChanged)[-1]
    return changed.state, changed.reason


def test_a_clear_signal_is_read_decided_and_waits_for_fire(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        [read] = rig.told(SignalRead)
        [decided] = rig.told(Decided)
        assert (read.signal, read.expires) == (signal, rig.clock.now().replace(minute=1))
        assert (decided.stage, decided.decision.verdict) == ("preview", Verdict.ACCEPTED)
        assert last_state(rig)[0] is SignalState.READY
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("good morning traders", SignalState.NONE),
        ("EURUSD BUY 1.08000 SL 1.08300 TP 1.08600", SignalState.REVIEW),
        ("close half of EURUSD", SignalState.REVIEW),
        ("GBPUSD BUY 1.27000 SL 1.26700", SignalState.REJECTED),
    ],
)
def test_what_is_no_clear_signal_never_waits_for_fire(
    tmp_path: Path, text: str, state: SignalState
) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit(text)
        assert last_state(rig)[0] is state
        assert last_state(rig)[1]
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


def test_without_a_terminal_a_signal_is_rejected_in_words(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.desks = {}
        await rig.submit()
        assert last_state(rig) == (
            SignalState.REJECTED,
            "NO_TERMINAL: no terminal is connected",
        )

    play(tmp_path, scene)


def test_while_paused_signals_are_skipped_and_fire_is_refused(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        waiting = await rig.submit()
        rig.desk.safety.pause(PauseReason.USER)
        await rig.submit("EURUSD SELL 1.08000 SL 1.08300")
        assert last_state(rig)[0] is SignalState.SKIPPED_PAUSED
        refusal = await rig.pipeline.fire(waiting, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "PAUSED"

    play(tmp_path, scene)


def test_a_stop_ends_every_waiting_signal_and_skips_new_ones(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        waiting = await rig.submit()
        press = rig.latch.press(StopLevel.FLATTEN, "button")
        rig.latch.take()
        rig.desk.safety.stop(press, rig.clock.monotonic())
        rig.pipeline.on_stop("button")
        assert last_state(rig) == (SignalState.SKIPPED_STOPPED, "stopped: button")
        await rig.submit("EURUSD SELL 1.08000 SL 1.08300")
        assert last_state(rig)[0] is SignalState.SKIPPED_STOPPED
        refusal = await rig.pipeline.fire(waiting, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "NOT_FIREABLE"

    play(tmp_path, scene)


def test_unknown_signals_are_refused(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        for refusal in (
            await rig.pipeline.fire("S000009", rig.desk, by_user=True),
            await rig.pipeline.skip("S000009"),
        ):
            assert refusal is not None
            assert refusal.code == "UNKNOWN_SIGNAL"

    play(tmp_path, scene)


def test_skip_ends_a_signal_once(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit()
        assert await rig.pipeline.skip(signal) is None
        assert last_state(rig)[0] is SignalState.SKIPPED
        again = await rig.pipeline.skip(signal)
        assert again is not None
        assert again.code == "NOT_WAITING"

    play(tmp_path, scene)


def test_signals_expire_and_pending_ones_live_longer(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        await rig.submit()
        pending = await rig.submit("EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500")
        rig.clock.move(61)
        rig.pipeline.expire()
        assert last_state(rig) == (SignalState.EXPIRED, "nobody fired it in time")
        item = rig.inbox.get(pending)
        assert item is not None
        assert item.state is SignalState.READY

    play(tmp_path, scene)


def test_a_newer_version_replaces_the_one_that_waits(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        first = await rig.submit(provider="gold", message_id="7")
        second = await rig.submit(
            GOOD.replace("1.07700", "1.07600"), provider="gold", message_id="7", edited=True
        )
        item = rig.inbox.get(first)
        assert item is not None
        assert item.state is SignalState.EXPIRED
        assert await rig.pipeline.fire(second, rig.desk, by_user=True) is None

    play(tmp_path, scene)


def test_an_edit_of_a_fired_signal_never_opens_a_second_trade(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        first = await rig.submit(provider="gold", message_id="7")
        await rig.pipeline.fire(first, rig.desk, by_user=True)
        await rig.submit(provider="gold", message_id="7", edited=True)
        state, _ = last_state(rig)
        assert state is SignalState.REJECTED
        assert "DUPLICATE" in {g.code for g in rig.told(Decided)[-1].decision.refusals}

    play(tmp_path, scene)


def test_several_orders_of_one_message_count_for_each_other(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("risk.max_positions", "1")
        rig.open_for_business()
        await rig.submit(
            "EURUSD BUY LIMIT 1.07000 SL 1.06500 TP 1.08500\n\n"
            "EURUSD SELL LIMIT 1.09000 SL 1.09500 TP 1.07500"
        )
        verdicts = [event.decision.verdict for event in rig.told(Decided)]
        assert verdicts == [Verdict.ACCEPTED, Verdict.REJECTED]
        assert last_state(rig)[0] is SignalState.REJECTED

    play(tmp_path, scene)


def test_what_is_known_of_a_quote_is_taken_from_the_terminal(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        rig.feed(Facts(quotes=(replace(quote(rig.clock.now()), bid=Decimal(0), ask=Decimal(0)),)))
        await rig.submit()
        assert last_state(rig)[0] is SignalState.REJECTED

    play(tmp_path, scene)


@pytest.mark.parametrize("first", [GOOD, "EURUSD BUY 1.08000 SL 1.08300 TP 1.08600", "BUY EURUSD"])
def test_no_older_version_can_be_fired_whatever_it_waited_for(tmp_path: Path, first: str) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        old = await rig.submit(first, provider="gold", message_id="7")
        await rig.submit(provider="gold", message_id="7", edited=True)
        item = rig.inbox.get(old)
        assert item is not None
        assert item.state is SignalState.EXPIRED

    play(tmp_path, scene)


def test_a_signal_that_the_journal_does_not_have_cannot_be_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        record = rig.ledger.record

        async def full(*entries: Entry) -> None:
            raise LedgerFailedError("disk full")

        rig.ledger.record = full  # type: ignore[method-assign] # the fault
        with pytest.raises(LedgerFailedError):
            await rig.submit()
        rig.ledger.record = record  # type: ignore[method-assign] # it ends
        assert last_state(rig)[0] is SignalState.SKIPPED
        refusal = await rig.pipeline.fire("S000001", rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "NOT_FIREABLE"

    play(tmp_path, scene)


def test_after_a_stop_while_a_signal_is_journalled_nothing_of_it_is_sent(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "auto")
        rig.open_for_business()
        record = rig.ledger.record

        async def stopped_meanwhile(*entries: Entry) -> None:
            await record(*entries)
            rig.ledger.record = record  # type: ignore[method-assign] # once
            press = rig.latch.press(StopLevel.FLATTEN, "button")
            rig.desk.safety.stop(press, rig.clock.monotonic())
            rig.pipeline.on_stop("button")

        rig.ledger.record = stopped_meanwhile  # type: ignore[method-assign] # the race
        await rig.submit()
        state, reason = last_state(rig)
        assert state is SignalState.DONE
        assert "HALTED" in reason
        assert rig.bridge.outbox.rows == []

    play(tmp_path, scene)


def test_in_observe_nothing_is_fired(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.pipeline.settings = Settings().with_change("autonomy", "observe")
        rig.open_for_business()
        signal = await rig.submit()
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert refusal is not None
        assert refusal.code == "OBSERVE"

    play(tmp_path, scene)
