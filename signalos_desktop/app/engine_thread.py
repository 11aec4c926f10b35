"""The engine's own thread and loop: it goes on while the panel paints or a dialog is open."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from signalos_desktop.app.engine_loop import run_engine
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.wiring import BridgeChoice, Engine, build_engine
from signalos_desktop.engine.controls import Answer, Controls
from signalos_desktop.engine.events import Event
from signalos_desktop.engine.stop_latch import StopLatch

BEAT_EVERY_S = 0.5
START_WAIT_S = 30.0

T = TypeVar("T")


class EngineThread:
    """Starts and ends the engine. Events and beats come on the engine's thread: only hand over."""

    def __init__(
        self,
        data: DataFolder,
        choice: BridgeChoice,
        on_event: Callable[[Event], None],
        on_beat: Callable[[], None],
        latch: StopLatch | None = None,
    ) -> None:
        self._data = data
        self._choice = choice
        self._on_event = on_event
        self._on_beat = on_beat
        self._latch = latch
        self._started = threading.Event()
        self._failure: BaseException | None = None
        self._engine: Engine | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="engine")

    def start(self) -> Engine:
        """Returns when the engine is built; raises what stopped it from being built."""
        self._thread.start()
        if not self._started.wait(START_WAIT_S):
            raise TimeoutError(f"the engine did not start in {START_WAIT_S:.0f} s")
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self.engine

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the engine is not built yet")
        return self._engine

    async def ask(self, wish: Callable[[Controls], Awaitable[Answer]]) -> Answer:
        """Ask the engine from another loop and wait for its answer without holding that loop."""
        return await asyncio.wrap_future(
            asyncio.run_coroutine_threadsafe(self._serve_wish(wish), self._running_loop())
        )

    async def read(self, look: Callable[[Engine], T]) -> T:
        """Look at something of the engine's on its own thread."""

        async def now() -> T:
            return look(self.engine)

        return await asyncio.wrap_future(
            asyncio.run_coroutine_threadsafe(now(), self._running_loop())
        )

    def end(self) -> None:
        """Quit cleanly and wait for it."""
        if self._loop is not None and self._engine is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._engine.session.close)
        if self._thread.ident is not None:
            self._thread.join()

    async def _serve_wish(self, wish: Callable[[Controls], Awaitable[Answer]]) -> Answer:
        return await wish(self.engine.controls)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the engine is not running")
        return self._loop

    def _run(self) -> None:
        run_engine(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            engine = self._engine = build_engine(self._data, self._choice, self._latch)
        except Exception as failure:  # noqa: BLE001 - handed to the thread that waits in start()
            self._failure = failure
            self._started.set()
            return
        engine.bus.subscribe_all(self._on_event)
        beat = asyncio.ensure_future(self._beat())
        self._started.set()
        try:
            await engine.session.run()
        finally:
            beat.cancel()
            await asyncio.to_thread(engine.ledger.close)

    async def _beat(self) -> None:
        while True:
            self._on_beat()
            await asyncio.sleep(BEAT_EVERY_S)
