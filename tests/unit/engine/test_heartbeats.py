"""An EA that falls silent: what is open is told with the S/L that still protects it."""

from pathlib import Path

import pytest

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.events import Alarm
from tests.helpers.rig import NOON, FakeBridge, position
from tests.helpers.session_rig import SessionRig, hasten, run_session, until


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hasten(monkeypatch)


def test_silence_names_every_position_with_its_sl(tmp_path: Path) -> None:
    bridge = FakeBridge()
    rig = SessionRig(tmp_path, bridge)

    async def scene() -> None:
        await rig.running(bridge)
        await rig.show(bridge, positions=(position(7, NOON), position(8, NOON, magic=5)))
        rig.clock.move(6)
        await until(lambda: rig.state() is TradingState.PAUSED, "the pause")
        [alarm] = [a for a in rig.told(Alarm) if a.code == "EA_SILENT"]
        assert "2 position(s) may be open" in alarm.text
        assert "7 buy 0.3 EURUSD S/L 1.077, 8 buy 0.3 EURUSD S/L 1.077" in alarm.text

    run_session(rig, scene)
