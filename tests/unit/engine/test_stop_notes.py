"""What is said of a stop besides what is open: news within two minutes, a netting account."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.ea_status import Halt
from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.domain.trading_state import StopLevel, TradingState
from tests.helpers.rig import NO_HALT, NOON, FakeBridge, account_state, position
from tests.helpers.session_rig import SessionRig, hasten, latched, run_session, until


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def notes_of(folder: Path, level: StopLevel, minutes: float, **account: Any) -> list[str]:
    """The notes of a stop with one position, and news so many minutes away."""
    bridge = FakeBridge()
    rig = SessionRig(folder, bridge)
    found: list[str] = []

    async def scene() -> None:
        await rig.running(bridge)
        await show(rig, bridge, NO_HALT, **account)
        news = NewsEvent(NOON + timedelta(minutes=minutes), "USD", Impact.HIGH, "CPI")
        rig.desk.calendar = Calendar((news,), NOON)
        rig.controls.stop(keep_positions=level is StopLevel.HALT)
        await until(lambda: rig.desk.safety.stopped, "the press")
        for _ in range(2):
            await show(rig, bridge, latched(level, known=("press1",), flat=False), **account)
        await until(lambda: rig.state() >= TradingState.STOPPING, "the stop")
        found.extend(code for code in rig.alarms() if code.endswith("_AT_STOP"))

    run_session(rig, scene)
    return found


async def show(rig: SessionRig, bridge: FakeBridge, halt: Halt, **account: Any) -> None:
    facts = rig.fresh(bridge, halt, positions=(position(7, NOON),))
    bridge.facts.append(replace(facts, account=account_state(**account)))
    await rig.look(bridge)


@pytest.mark.parametrize(
    ("minutes", "said"), [(-2, 1), (0, 1), (1.9, 1), (2, 1), (2.1, 0), (-2.1, 0)]
)
def test_news_in_the_window_is_said_once_and_the_stop_acts(
    tmp_path: Path, minutes: float, said: int
) -> None:
    assert notes_of(tmp_path, StopLevel.FLATTEN, minutes) == ["NEWS_AT_STOP"] * said


def test_a_netting_account_is_warned_of_what_else_is_closed(tmp_path: Path) -> None:
    netting = {"margin_mode": "RETAIL_NETTING"}
    assert notes_of(tmp_path, StopLevel.FLATTEN, 60, **netting) == ["NETTING_AT_STOP"]


def test_a_stop_that_keeps_positions_closes_none_in_the_news(tmp_path: Path) -> None:
    assert notes_of(tmp_path, StopLevel.HALT, 0) == []
