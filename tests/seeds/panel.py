"""The app of a run: the real engine built as app/wiring.py builds it, one object for each life."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter
from signalos_desktop.adapters.mt5_files.folder import FolderLock, find_instance
from signalos_desktop.adapters.mt5_files.troubles import ea_not_running
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.controls import Controls
from signalos_desktop.engine.flow import Flow
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Bridge, LedgerFailedError, Trouble
from signalos_desktop.engine.session import Session
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.stop_latch import StopLatch
from tests.seeds.app_files import AppFiles
from tests.seeds.disk import COMMON, FILES
from tests.seeds.journal import JournalFile, LifeJournal
from tests.seeds.terminal import MAGIC, Ground, Terminal
from tests.seeds.timeline import AppLoop, CrashError, Life

FLAG_THREAD_S = (0.0005, 0.05)


class OpenLock(FolderLock):
    """The folder's lock: nobody else asks for it in a run."""

    def __init__(self) -> None:
        """No file is locked."""

    def acquire(self) -> None:
        """It is free."""

    def release(self) -> None:
        """It is given back."""


class Connector:
    """Finds the instance folder on the virtual disk."""

    label = "terminal"

    def __init__(self, files: AppFiles, ground: Ground) -> None:
        self._files = files
        self._ground = ground

    def connect(self) -> Bridge | Trouble:
        found, trouble = find_instance(self._files, Path(FILES), MAGIC)
        if found is None:
            return trouble or ea_not_running(FILES)
        return TerminalBridge(
            found.path,
            Account(found.status.login, found.status.server),
            MAGIC,
            self._ground.clock,
            files=self._files,
            common=Path(COMMON),
            lock=OpenLock(),
        )


class Store:
    """Takes every settings."""

    def save(self, settings: Settings) -> None:
        """Nothing reads them again: a run's settings are those of its seed."""


class Panel:
    """One life of the app, from the start of the process to its death or its end."""

    def __init__(
        self,
        ground: Ground,
        journal: JournalFile,
        settings: Settings,
        number: int,
        terminal: Terminal,
        watcher: Any,
    ) -> None:
        self.life = Life()
        # The rest of asyncio's loop is never asked for.
        self.loop = AppLoop(ground.clock, ground.random)  # type: ignore[abstract]  # as said
        self.stalled_until = 0.0
        self._ground = ground
        self._number = number
        self._presses = 0
        self._watcher = watcher
        files = AppFiles(
            ground.disk,
            self.life,
            ground.faults,
            ground.clock,
            ground.random,
            terminal.timer,
            terminal.wake,
        )
        self.ledger = LifeJournal(
            journal,
            self.loop,
            self.life,
            ground.faults,
            ground.clock,
            ground.random,
            watcher.journalled,
        )
        replay = self.ledger.replay()
        self.bus = EventBus()
        self.bus.subscribe_all(self._tell)
        inbox = Inbox(replay.last_signal)
        inbox.restore(replay.signals)
        self.latch = StopLatch(self._flag_writer(files), self._new_press, start=self._start_thread)
        self.pipeline = Pipeline(inbox, settings, self.ledger, self.bus, ground.clock)
        self.session = Session(
            [Connector(files, ground)],
            self.latch,
            self.ledger,
            replay,
            self.pipeline,
            self.bus,
            ground.clock,
            "seeds",
        )
        self.flow = Flow(self.pipeline, self.bus, ground.clock)
        self.controls = Controls(self.session, self.pipeline, self.latch, Store())
        self.running = self.loop.create_task(self.session.run())

    @property
    def due(self) -> float:
        return max(self.loop.due, self.stalled_until)

    @property
    def ended(self) -> bool:
        return self.life.dead or self.running.done()

    def step(self) -> int:
        """Run what is due; a death in it is seen in `ended`. How many callbacks there were."""
        try:
            return self.loop.run_due()
        except CrashError:
            self.life.dead = True
            return 1

    def wish(self, work: Coroutine[Any, Any, Any], answered: Callable[[Any], None]) -> None:
        """Ask the engine for something, as a verb of the command line does."""

        async def ask() -> None:
            try:
                answer = await work
            except LedgerFailedError as failure:
                answer = failure
            if not self.life.dead:
                answered(answer)

        self.loop.create_task(ask())

    def call(self, verb: Callable[[], Any]) -> None:
        """A verb that answers at once; it wants to be called on the loop."""
        self.loop.call_soon(verb)

    def submit(self, message: Message, answered: Callable[[Any], None]) -> None:
        self.wish(self.controls.submit(message), answered)

    def _tell(self, event: Any) -> None:
        if not self.life.dead:
            self._watcher.told(event)

    def _new_press(self) -> str:
        self._presses += 1
        return f"press-{self._number}-{self._presses}"

    def _start_thread(self, work: Callable[[], None], name: str) -> None:
        """The flag's own thread: its work is done in one piece, some time later."""

        def do() -> None:
            if not self.life.dead:
                work()

        later = self._ground.random.uniform(*FLAG_THREAD_S)
        self._ground.timeline.after(later, lambda: self._guarded(do))

    def _guarded(self, do: Callable[[], None]) -> None:
        try:
            do()
        except CrashError:
            self.life.dead = True

    def _flag_writer(self, files: AppFiles) -> FlagFileWriter:
        """It sleeps between its tries on a clock of its own: no other thread waits for it."""
        slept = [0.0]

        def sleep(seconds: float) -> None:
            slept[0] += seconds

        return FlagFileWriter(files, lambda: self._ground.clock.monotonic() + slept[0], sleep)
