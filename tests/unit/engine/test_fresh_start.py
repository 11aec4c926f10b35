"""START_FRESH: only for damaged files, only when nothing is unclear, and the EA has to agree."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine import fresh_start
from signalos_desktop.engine.fresh_start import start_fresh
from signalos_desktop.engine.ports import Facts
from tests.helpers.rig import Rig, play, receipt, status
from tests.helpers.session_rig import latched, until


def damaged(rig: Rig, **changes: Any) -> None:
    halt = latched(known=("damaged",), damaged=True)
    rig.feed(Facts(status=status(rig.clock.now(), halt=halt, **changes)))


def test_the_ea_starts_fresh_and_stays_stopped(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        damaged(rig)
        wish = asyncio.ensure_future(start_fresh(rig.desk))
        await until(lambda: ("START_FRESH", str(rig.desk.last_id)) in rig.bridge.controls)
        rig.feed(Facts(status=status(rig.clock.now(), halt=latched(known=("damaged",)))))
        assert await wish is None
        assert rig.desk.judge("test").state is TradingState.STOPPED_FLAT

    play(tmp_path, scene)


def test_what_is_not_damaged_is_not_started_fresh(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        refusal = await start_fresh(rig.desk)
        assert refusal is not None
        assert refusal.code == "EA_SILENT"
        rig.open_for_business()
        refusal = await start_fresh(rig.desk)
        assert refusal is not None
        assert refusal.code == "NOT_DAMAGED"
        rig.desk.fenced = True
        refusal = await start_fresh(rig.desk)
        assert refusal is not None
        assert refusal.code == "FENCED"
        assert not any(verb == "START_FRESH" for verb, _ in rig.bridge.controls)

    play(tmp_path, scene)


def test_what_is_unclear_is_settled_first(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        signal = await rig.submit("EURUSD SELL 1.07998 SL 1.08298 TP 1.07398")
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        rig.feed(Facts(receipts=(receipt(1, ReceiptStatus.UNKNOWN),)))
        damaged(rig)
        refusal = await start_fresh(rig.desk)
        assert refusal is not None
        assert refusal.code == "UNRESOLVED"
        assert "1" in refusal.text

    play(tmp_path, scene)


def test_an_ea_that_does_not_answer_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_start, "WAIT_S", 0.05)

    async def scene(rig: Rig) -> None:
        rig.open_for_business()
        damaged(rig)
        refusal = await start_fresh(rig.desk)
        assert refusal is not None
        assert refusal.code == "STILL_DAMAGED"

    play(tmp_path, scene)
