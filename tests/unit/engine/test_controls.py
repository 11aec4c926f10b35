"""Every wish is answered: done, or refused with every reason against it."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.entries import Entry, SignalState
from signalos_desktop.engine.ports import Facts, LedgerFailedError
from tests.helpers.rig import EURUSD, FakeBridge, position, receipt, resting
from tests.helpers.session_rig import EA_ABSENT, SessionRig, hasten, run_session, submit, until

OTHER = Account(6, "Other")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


Scene = Callable[[SessionRig, FakeBridge], Coroutine[Any, Any, None]]


def play(folder: Path, scene: Scene) -> None:
    """A running terminal with position 11, order 12 of ours and order 13 of somebody else's."""
    bridge = FakeBridge()
    rig = SessionRig(folder, bridge)

    async def whole() -> None:
        await rig.running(bridge)
        now = rig.clock.now()
        await rig.show(
            bridge,
            positions=(position(11, now),),
            orders=(resting(12, now), resting(13, now, magic=0)),
        )
        await scene(rig, bridge)

    run_session(rig, whole)


def sent(bridge: FakeBridge) -> list[tuple[str, int | None]]:
    return [(row.action.value, row.ticket) for row in bridge.outbox.rows]


def test_wishes_about_tickets_become_rows(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        do = rig.controls
        answers = [
            await do.close(11),
            await do.close(11, Decimal(1)),
            await do.close(11, Decimal("0.5")),
            await do.modify(11, Decimal("1.07800"), None),
            await do.modify(12, None, Decimal(0)),
            await do.breakeven(11),
            await do.cancel(12),
        ]
        assert all(answer.ok for answer in answers)
        assert [answer.data["cmd_id"] for answer in answers] == [1, 2, 3, 4, 5, 6, 7]
        assert sent(bridge) == [
            ("CLOSE_TICKET", 11),
            ("CLOSE_TICKET", 11),
            ("CLOSE_PARTIAL", 11),
            ("MODIFY", 11),
            ("MODIFY", 12),
            ("BREAKEVEN", 11),
            ("CANCEL", 12),
        ]
        assert bridge.outbox.rows[2].lots == Decimal("0.15")

    play(tmp_path, scene)


def test_wishes_that_make_no_sense_are_refused_and_write_nothing(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        do = rig.controls
        refused: list[tuple[Answer, str]] = [
            (await do.close(12), "NO_POSITION"),
            (await do.close(99), "UNKNOWN_TICKET"),
            (await do.close(11, account=OTHER), "UNKNOWN_ACCOUNT"),
            (await do.close(11, Decimal(2)), "BAD_FIELD"),
            (await do.close(11, Decimal(0)), "BAD_FIELD"),
            (await do.close(11, Decimal("0.01")), "VOLUME"),
            (await do.modify(11, None, None), "NOTHING_TO_DO"),
            (await do.modify(99, Decimal(1), None), "UNKNOWN_TICKET"),
            (await do.modify(11, Decimal(0), None), "SL_REQUIRED"),
            (await do.breakeven(12), "NO_POSITION"),
            (await do.breakeven(99), "UNKNOWN_TICKET"),
            (await do.cancel(11), "NO_ORDER"),
            (await do.cancel(99), "UNKNOWN_TICKET"),
            (await do.fire("S000009"), "UNKNOWN_SIGNAL"),
            (await do.fire("S000009", OTHER), "UNKNOWN_ACCOUNT"),
            (await do.skip("S000009"), "UNKNOWN_SIGNAL"),
            (await do.resolve("S000009", "filled"), "NOTHING_UNCLEAR"),
            (await do.resolve("S000009", "perhaps"), "BAD_FIELD"),
            (await do.resolve("S000009", "filled", OTHER), "UNKNOWN_ACCOUNT"),
            (await do.resume(account=OTHER), "UNKNOWN_ACCOUNT"),
            (do.pause(OTHER), "UNKNOWN_ACCOUNT"),
        ]
        assert [answer.code for answer, _ in refused] == [code for _, code in refused]
        assert all(answer.text and answer.refusals and not answer.ok for answer, _ in refused)
        assert bridge.outbox.rows == []

    play(tmp_path, scene)


def test_a_part_of_an_unspecified_symbol_is_refused(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        await rig.show(
            bridge,
            symbols=(replace(EURUSD, name="GBPUSD"),),
            positions=(position(11, rig.clock.now()),),
        )
        assert (await rig.controls.close(11, Decimal("0.5"))).code == "SYMBOL"

    play(tmp_path, scene)


def test_what_the_gate_refuses_is_no_ok(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        bridge.outbox.failure = "no space left"
        answer = await rig.controls.close(11)
        assert (answer.ok, answer.code) == (False, "WRITE_FAILED")

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_journal_that_fails_is_no_ok(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        signal = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        record = rig.ledger.record

        async def full(*entries: Entry) -> None:
            raise LedgerFailedError("disk full")

        rig.ledger.record = full  # type: ignore[method-assign] # the fault
        answer = await rig.controls.fire(signal)
        assert (answer.ok, answer.code) == (False, "JOURNAL_FAILED")
        assert bridge.outbox.rows == []
        rig.ledger.record = record  # type: ignore[method-assign] # it ends

    play(tmp_path, scene)


def test_skip_and_fire_answer_with_the_signal(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        first = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert (await rig.controls.skip(first)).ok
        second = await submit(rig, "EURUSD SELL 1.07990 SL 1.08290 TP 1.07390")
        assert (await rig.controls.fire(second, bridge.account)).data == {"signal": second}

    play(tmp_path, scene)


def test_a_soft_rule_is_fired_over_with_a_reason_that_is_kept(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        assert rig.controls.settings({"risk.min_rr": "1.5"}).ok
        poor = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07900")
        assert (await rig.controls.fire(poor)).code == "LOW_RR"
        for empty in ("", "  \n "):
            assert (await rig.controls.fire(poor, override=empty)).code == "REASON_REQUIRED"
        assert bridge.outbox.rows == []
        assert (await rig.controls.fire(poor, override=" CPI\nin an hour ")).ok
        assert len(bridge.outbox.rows) == 1
        [found] = rig.ledger.replay().signals
        told = "fired over Reward to risk: CPI in an hour"
        assert (found.state, found.reason) == (SignalState.FIRED, told)

    play(tmp_path, scene)


def test_no_reason_fires_over_a_hard_rule(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        bare = await submit(rig, "EURUSD SELL 1.07998 SL 1.06000 TP 1.07900")
        answer = await rig.controls.fire(bare, override="I want it")
        assert not answer.ok
        assert answer.code != "LOW_RR"
        assert bridge.outbox.rows == []

    play(tmp_path, scene)


def test_a_pause_withdraws_and_cancels_ours_if_the_setting_says_so(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        assert rig.controls.pause(bridge.account, "lunch").ok
        assert rig.state() is TradingState.PAUSED
        assert bridge.controls[-1] == ("WITHDRAW", "0")
        assert bridge.outbox.rows == []
        assert rig.controls.settings({"pending.on_pause": "cancel"}).ok
        assert rig.controls.pause().ok
        await until(lambda: sent(bridge) == [("CANCEL", 12)])

    play(tmp_path, scene)


def test_a_pause_is_taken_back_unless_more_has_come(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        desk = rig.session.desks[bridge.account]
        assert (await rig.controls.undo_pause()).code == "NOT_UNDOABLE"
        assert rig.controls.pause().ok
        desk.safety.pause(PauseReason.THROTTLE)
        assert (await rig.controls.undo_pause()).code == "NOT_UNDOABLE"
        assert rig.state() is TradingState.PAUSED
        desk.safety.clear(PauseReason.THROTTLE)
        assert (await rig.controls.undo_pause()).ok
        assert rig.state() is TradingState.RUNNING
        assert (await rig.controls.undo_pause(OTHER)).code == "UNKNOWN_ACCOUNT"

    play(tmp_path, scene)


def test_several_accounts_must_be_named(tmp_path: Path) -> None:
    bridges = FakeBridge(), FakeBridge(OTHER)
    rig = SessionRig(tmp_path, *bridges)

    async def scene() -> None:
        await until(lambda: len(rig.session.desks) == 2)
        for bridge in bridges:
            await rig.show(bridge)
        assert (await rig.controls.resume()).code == "ACCOUNT_REQUIRED"
        assert rig.controls.pause(OTHER).ok
        reasons = [desk.safety.reasons for desk in rig.session.desks.values()]
        assert reasons == [frozenset(), {PauseReason.USER}]
        assert [s.state.state.name for s in rig.controls.standings()] == ["RUNNING", "PAUSED"]
        assert (await rig.controls.resume(account=OTHER)).data["state"] == "RUNNING"

    run_session(rig, scene)


def test_without_a_terminal_every_wish_for_one_is_refused(tmp_path: Path) -> None:
    rig = SessionRig(tmp_path, EA_ABSENT)

    async def scene() -> None:
        assert (await rig.controls.close(11)).code == "NO_TERMINAL"
        assert (await rig.controls.resume()).code == "NO_TERMINAL"
        assert rig.controls.standings() == []
        assert rig.controls.stop(keep_positions=True).data["level"] == "HALT"

    run_session(rig, scene)


def test_what_is_unclear_is_listed_and_settled_by_the_user(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        signal = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert (await rig.controls.fire(signal)).ok
        unknown = receipt(1, ReceiptStatus.UNKNOWN, retcode=10012)
        bridge.facts.append(Facts(receipts=(unknown,)))
        await rig.look(bridge)
        [standing] = rig.controls.standings()
        assert [(u.cmd_id, u.signal, u.action) for u in standing.unclear] == [(1, signal, "SELL")]
        assert standing.outstanding == 1
        assert {limit.code for limit in standing.limits} >= {"MAX_POSITIONS", "OPEN_RISK"}
        answer = await rig.controls.resolve(signal, "not_filled")
        assert answer.data == {"commands": [1]}
        [standing] = rig.controls.standings()
        assert (standing.unclear, standing.outstanding) == ((), 0)
        [known] = rig.ledger.replay().commands
        assert known.resolved_as == "not_filled"

    play(tmp_path, scene)


@pytest.mark.expects_warning
def test_a_resolution_that_is_not_journalled_resolves_nothing(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        signal = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert (await rig.controls.fire(signal)).ok
        unknown = receipt(1, ReceiptStatus.UNKNOWN, retcode=10012)
        bridge.facts.append(Facts(receipts=(unknown,)))
        await rig.look(bridge)
        record = rig.ledger.record

        async def full(*entries: Entry) -> None:
            raise LedgerFailedError("disk full")

        rig.ledger.record = full  # type: ignore[method-assign] # the fault
        assert (await rig.controls.resolve(signal, "filled")).code == "JOURNAL_FAILED"
        [standing] = rig.controls.standings()
        assert len(standing.unclear) == 1
        rig.ledger.record = record  # type: ignore[method-assign] # it ends

    play(tmp_path, scene)


def test_an_outcome_that_comes_while_it_is_resolved_counts(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        signal = await submit(rig, "EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert (await rig.controls.fire(signal)).ok
        unknown = receipt(1, ReceiptStatus.UNKNOWN, retcode=10012)
        bridge.facts.append(Facts(receipts=(unknown,)))
        await rig.look(bridge)
        record = rig.ledger.record

        async def found_meanwhile(*entries: Entry) -> None:
            rig.ledger.record = record  # type: ignore[method-assign] # once
            rig.desk.flight.take(receipt(1, position=31), rig.desk.book)
            await record(*entries)

        rig.ledger.record = found_meanwhile  # type: ignore[method-assign] # the race
        assert (await rig.controls.resolve(signal, "not_filled")).ok
        assert rig.desk.flight.tracked[1].resolved_as is None

    play(tmp_path, scene)


def test_settings_change_all_or_none(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        before = rig.pipeline.settings
        bad = rig.controls.settings({"risk.percent": "2", "risk.max_positions": "many"})
        assert (bad.ok, rig.pipeline.settings) == (False, before)
        rig.store.failure = "read-only"
        assert rig.controls.settings({"risk.percent": "2"}).code == "CONFIG_UNWRITABLE"
        assert rig.pipeline.settings == before
        rig.store.failure = ""
        good = rig.controls.settings({"risk.percent": "2"})
        assert (good.ok, good.data) == (True, {"risk.percent": "2"})
        assert rig.store.saved == [rig.pipeline.settings]

    play(tmp_path, scene)


def test_quit_ends_the_session(tmp_path: Path) -> None:
    async def scene(rig: SessionRig, bridge: FakeBridge) -> None:
        assert rig.controls.quit().ok
        await until(lambda: bridge.closed)

    play(tmp_path, scene)
