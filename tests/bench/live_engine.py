"""The real engine on the benchmark's own loop: real folder, real journal, events with times."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.wiring import BridgeChoice, build_engine
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.controls import Answer, Controls
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import Event, StateChanged
from signalos_desktop.engine.session import Session

PATIENCE_S = 30.0
LOAD_SETTINGS = {"strategy": "load", "risk.max_lots": "0.01", "command.open_ttl_s": 60}

E = TypeVar("E", bound=Event)
Timed = tuple[E, int]


class LiveEngine:
    """controls, bus and session of a running engine; all on the caller's loop."""

    def __init__(self, session: Session, controls: Controls, bus: EventBus) -> None:
        self.session = session
        self.controls = controls
        self.bus = bus

    @property
    def desk(self) -> Desk:
        [desk] = self.session.desks.values()
        return desk

    def expect(self, kind: type[E], wanted: Callable[[E], bool]) -> "asyncio.Future[Timed[E]]":
        """The first wanted event from now on, with the monotonic nanosecond it was told at."""
        future: asyncio.Future[Timed[E]] = asyncio.get_running_loop().create_future()

        def receive(event: E) -> None:
            if wanted(event):
                told_at = time.perf_counter_ns()
                end()
                if not future.done():
                    future.set_result((event, told_at))

        end = self.bus.subscribe(kind, receive)
        return future

    def state(self, *states: TradingState) -> "asyncio.Future[Timed[StateChanged]]":
        return self.expect(StateChanged, lambda event: event.state in states)

    async def submit(self, text: str) -> str:
        """A message nobody else sent; returns the signal's id."""
        answer = answered(await self.controls.submit(Message(text, provider="bench")))
        return str(answer.data["signal"])


@asynccontextmanager
async def running_engine(data: Path, files: Path, **settings: object) -> AsyncIterator[LiveEngine]:
    """An engine connected to the one terminal of a folder, RUNNING, with load settings."""
    folder = DataFolder(data)
    folder.make()
    engine = build_engine(folder, BridgeChoice([files], "2"))
    live = LiveEngine(engine.session, engine.controls, engine.bus)
    running = live.state(TradingState.RUNNING)
    task = asyncio.ensure_future(engine.session.run())
    try:
        await asyncio.wait_for(running, PATIENCE_S)
        answered(engine.controls.settings(LOAD_SETTINGS | settings))
        yield live
    finally:
        engine.session.close()
        await task
        await asyncio.to_thread(engine.ledger.close)


def answered(answer: Answer) -> Answer:
    if not answer.ok:
        raise RuntimeError(f"{answer.code}: {answer.text}")
    return answer


async def within(future: "asyncio.Future[Any]") -> Any:
    """Its result, or TimeoutError after a minute."""
    return await asyncio.wait_for(future, PATIENCE_S)
