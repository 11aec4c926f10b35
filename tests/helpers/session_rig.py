"""A whole session on fake terminals: real tasks, a set clock, and waits for conditions only."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.ea_status import EaStatus, Halt
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.engine import session as session_module
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.controls import Controls
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import Replay
from signalos_desktop.engine.events import Alarm, Event, StateChanged
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Bridge, Facts, FlagWriter, Trouble
from signalos_desktop.engine.session import Session
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.stop_latch import StopLatch
from tests.helpers.rig import (
    GOOD,
    NO_HALT,
    FakeBridge,
    SetClock,
    SilentFlags,
    account_state,
    snapshot,
    status,
)

PATIENCE_S = 20.0
EA_ABSENT = Trouble("EA_NOT_RUNNING", "no EA", "start it")


async def until(condition: Callable[[], object], what: str = "the condition") -> None:
    """Let the loop run until the condition holds."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not come"
        await asyncio.sleep(0)


class Door:
    """A connector; found is what the next look finds."""

    label = "terminal"

    def __init__(self, found: Bridge | Trouble | Exception) -> None:
        self.found = found
        self.looks = 0

    def connect(self) -> Bridge | Trouble:
        self.looks += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class MemoryStore:
    """Takes every settings; fails when told so."""

    def __init__(self) -> None:
        self.saved: list[Settings] = []
        self.failure = ""

    def save(self, settings: Settings) -> None:
        if self.failure:
            raise OSError(self.failure)
        self.saved.append(settings)


class SessionRig:
    """One run of the engine; a second one on the same folder is a restart."""

    def __init__(
        self,
        folder: Path,
        *bridges: Bridge | Trouble | Exception,
        replay: Replay | None = None,
        flags: FlagWriter | None = None,
        clock: SetClock | None = None,
    ) -> None:
        self.clock = clock or SetClock()
        self.bus = EventBus()
        self.events: list[Event] = []
        self.bus.subscribe_all(self.events.append)
        self.ledger = Journal(folder / "journal.sqlite3", self.clock)
        known = self.ledger.replay() if replay is None else replay
        self.flags = flags or SilentFlags()
        self._ids = 0
        self.latch = StopLatch(self.flags, self._new_id)
        inbox = Inbox(known.last_signal)
        inbox.restore(known.signals)
        self.inbox = inbox
        self.pipeline = Pipeline(inbox, Settings(), self.ledger, self.bus, self.clock)
        self.doors = [Door(bridge) for bridge in bridges]
        self.session = Session(
            self.doors, self.latch, self.ledger, known, self.pipeline, self.bus, self.clock, "1"
        )
        self.store = MemoryStore()
        self.controls = Controls(self.session, self.pipeline, self.latch, self.store)
        self.seq = 1

    def _new_id(self) -> str:
        self._ids += 1
        return f"press{self._ids}"

    @property
    def desk(self) -> Desk:
        return next(iter(self.session.desks.values()))

    def told(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def alarms(self) -> list[str]:
        return [alarm.code for alarm in self.told(Alarm)]

    def state(self) -> TradingState:
        state: TradingState = self.told(StateChanged)[-1].state
        return state

    def fresh(self, bridge: FakeBridge, halt: Halt = NO_HALT, **changes: Any) -> Facts:
        """Everything that the bridge's terminal shows now, as its own account."""
        self.seq += 1
        now = self.clock.now()
        said: EaStatus = status(
            now,
            seq=self.seq,
            account=str(bridge.account),
            login=bridge.account.login,
            server=bridge.account.server,
            halt=halt,
        )
        facts = snapshot(self.clock, status=said, account=account_state())
        assert facts.account is not None
        own = replace(facts.account, account=bridge.account)
        return replace(facts, account=own, **changes)

    async def show(self, bridge: FakeBridge, halt: Halt = NO_HALT, **changes: Any) -> None:
        """Let the terminal show itself, and wait until the engine has looked."""
        bridge.facts.append(self.fresh(bridge, halt, **changes))
        await self.look(bridge)

    async def look(self, bridge: FakeBridge) -> None:
        """Wait until everything that the terminal says was taken, and judged after it."""
        await until(lambda: not bridge.facts, "the poll")

    async def running(self, bridge: FakeBridge) -> None:
        await until(lambda: bridge.account in self.session.desks, "the terminal")
        await self.show(bridge)
        await until(lambda: self.state() is TradingState.RUNNING, "RUNNING")


def latched(
    level: StopLevel = StopLevel.FLATTEN, stop_id: int = 1, known: tuple[str, ...] = (), **more: Any
) -> Halt:
    """A stop as the EA states it, flat unless said otherwise."""
    halt = Halt(stop_id, level, "flag", 1, known, known, True, 0, 0, 0, False, ())
    return replace(halt, **more)


def run_session(rig: SessionRig, scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scene beside the session, then leave as a clean quit does."""

    async def whole() -> None:
        session = asyncio.ensure_future(rig.session.run())
        try:
            await scene()
        finally:
            rig.session.close()
            await session
            rig.ledger.close()

    asyncio.run(whole())


async def submit(rig: SessionRig, text: str = GOOD) -> str:
    """The id of the signal that the text becomes."""
    return str((await rig.controls.submit(Message(text))).data["signal"])


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beats, looks and polls follow each other at once: the clock is set by the test."""
    for name in ("BEAT_EVERY_S", "CONNECT_EVERY_S", "POLL_WARM_S", "POLL_IDLE_S"):
        monkeypatch.setattr(session_module, name, 0.001)
