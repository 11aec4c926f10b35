"""The panel from its first paint to its end: window, engine thread, bridge, keys, tray."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.equity_file import EquityFile
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.early_stop import EarlyStop, armed_stop
from signalos_desktop.app.first_run import FirstRun
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.engine.controls import Answer
from signalos_desktop.engine.events import AccountChanged, DrillMoved, StateChanged
from signalos_desktop.engine.setting_panel import HOTKEYS
from signalos_desktop.engine.stop_words import KEY
from signalos_desktop.ui.actions import Actions, Wish
from signalos_desktop.ui.bell import Bell
from signalos_desktop.ui.collector import Collector
from signalos_desktop.ui.event_bridge import EventBridge
from signalos_desktop.ui.keys import HotKeys
from signalos_desktop.ui.layout_file import LayoutFile
from signalos_desktop.ui.main_window import MainWindow
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.tray import Tray
from signalos_desktop.ui.viewmodels.book import Look
from signalos_desktop.ui.viewmodels.panel_settings import read_panel_settings

if TYPE_CHECKING:
    # The engine takes long to load, and the window is painted before.
    from signalos_desktop.app.engine_thread import EngineThread
    from signalos_desktop.app.wiring import Engine

_SIGNALS_LOOKED_AT_MS = 250


class ThreadDoor:
    """The engine's thread as the panel sees it."""

    def __init__(self, thread: "EngineThread") -> None:
        self._thread = thread

    async def ask(self, wish: Wish) -> Answer:
        return await self._thread.ask(wish)

    async def look(self) -> list[Look]:
        return await self._thread.read(look_at)


def look_at(engine: "Engine") -> list[Look]:
    """Every account's state and limits, with what its Expert Advisor said last."""
    desks, now = engine.session.desks, engine.clock.monotonic()
    return [
        Look(
            standing,
            desks[standing.state.account].book.status,
            desks[standing.state.account].book.heartbeat_age(now),
            desks[standing.state.account].book.clock_skew_s,
        )
        for standing in engine.controls.standings()
    ]


class Panel:
    """The window with everything it needs; serve() runs it from the first paint to the end.

    folders: MQL5/Files of the terminals. wizard: whether the first run may show itself.
    stop: an armed one, that may have been pressed already; without it one for these folders.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        data: DataFolder,
        folders: Sequence[Path],
        *,
        wizard: bool = False,
        stop: EarlyStop | None = None,
    ) -> None:
        self._app, self._theme, self._data, self._folders = app, theme, data, folders
        self._collector = Collector()
        self._collector.start()
        self.bridge = EventBridge()
        self._stop = stop or armed_stop(folders)
        self.actions = Actions(press_stop=self._stop.press)
        self._equity = EquityFile(data.state)
        self.bridge.bus.subscribe(AccountChanged, self._note_equity)
        self.bridge.bus.subscribe(
            DrillMoved, lambda event: self.actions.drill_moved.emit(event.steps)
        )
        layout = LayoutFile(data.state / "window.json")
        bus = self.bridge.bus
        self.window = MainWindow(theme, bus, self.actions, SystemClock(), layout)
        self._thread: EngineThread | None = None
        self.bell = Bell(self.window, lambda: self.window.views.alarms.pressing)
        self.tray: Tray | None = None
        self.keys = HotKeys(app, self._wishes())
        self.first_run = FirstRun(theme, data, self.actions)
        self._wizard = wizard
        self._left: asyncio.Future[None] | None = None
        self.take_settings()

    async def serve(self, samples: Path | None = None) -> int:
        """Until the window is closed. samples: a folder of signals to show, for the demo."""
        self._left = asyncio.get_running_loop().create_future()
        self.window.closing.connect(self.leave)
        self._app.commitDataRequest.connect(self.leave)
        end_on_signals(self.window, self.leave)
        self.actions.settings_changed.connect(self.take_settings)
        if samples is not None:
            self._send_samples(samples)
        elif self._wizard and self.first_run.is_due():
            await self._run_wizard(self._left)
        if not self._left.done():
            await self._start()
        await self._left
        await self._end()
        return 0

    @property
    def thread(self) -> "EngineThread":
        if self._thread is None:
            raise RuntimeError("the engine has not been started yet")
        return self._thread

    def leave(self) -> None:
        if self._left is not None and not self._left.done():
            self._left.set_result(None)

    def take_settings(self) -> None:
        """The file holds what the engine has taken."""
        loaded = SettingsFile(self._data.root).load()
        settings = read_panel_settings(loaded.settings)
        self.keys.hotkeys = settings.hotkeys
        self.bell.on = settings.sound
        self.window.take_settings(settings)
        self.window.set_config_problem(". ".join(loaded.problems))

    def _note_equity(self, event: AccountChanged) -> None:
        state = event.state
        self._equity.note(state.account, datetime.now(UTC), state.balance, state.equity)

    def _wishes(self) -> dict[str, Callable[[], None]]:
        window = self.window
        usual: dict[str, Callable[[], None]] = {
            "stop": partial(self.actions.stop, KEY),
            "pause": window.pause,
            "paste": window.focus_paste,
        }
        return {
            action: usual.get(action, partial(window.act_on_position, action)) for action in HOTKEYS
        }

    async def _run_wizard(self, left: "asyncio.Future[None]") -> None:
        """Before the engine starts: it is to start with the terminal that is chosen here."""
        page = self.first_run.open()
        self.window.show_over(page)
        chosen = asyncio.ensure_future(self.first_run.wait())
        page.demo.connect(self.window.leave)
        await asyncio.wait({left, chosen}, return_when=asyncio.FIRST_COMPLETED)
        chosen.cancel()
        if not left.done():
            self._folders = self.first_run.folders(self._folders)
        self.window.close_over(page)

    async def _start(self) -> None:
        """The engine builds itself while the heavy parts are loaded; then both are joined."""
        starting = asyncio.ensure_future(self._start_engine())
        await asyncio.sleep(0)
        self.window.add_parts()
        self.take_settings()
        self._add_tray()
        self._add_pages()
        await starting
        self.bridge.open()
        self.actions.do(self._load_history())
        self.actions.do(self._tell_news())

    def _add_tray(self) -> None:
        window = self.window
        window.alarmed.connect(lambda _alarms: self.bell.alarm())
        if QSystemTrayIcon.isSystemTrayAvailable():
            tray = self.tray = Tray(self._theme, window, self.actions)
            window.alarmed.connect(tray.alarm)
            window.refreshed.connect(
                lambda: tray.refresh(window.strip.state.state, window.strip.stop.scope)
            )

    def _add_pages(self) -> None:
        """Loaded only now: they bring the keyring and the network's library with them."""
        from signalos_desktop.app.panel_pages import build_needs
        from signalos_desktop.ui.pages.registry import PAGES

        needs = build_needs(self._data)
        for page in PAGES:
            make = partial(page.make, self._theme, self.actions, needs)
            self.window.add_page(page.key, page.icon, page.name, make, low=page.low)

    async def _load_history(self) -> None:
        from signalos_desktop.app.panel_pages import last_lines, past_results

        lines = await asyncio.to_thread(last_lines, self._data)
        points = await asyncio.to_thread(self._equity.load)
        self.window.load_history(lines, await past_results(self._data), points)

    async def _tell_news(self) -> None:
        """Once a start; the doctor's page has the notes and the way to the page."""
        from signalos_desktop.app.update_check import check_for_update

        news = await check_for_update(self._data)
        if news.newer:
            self.actions.say(Tone.PLAIN, f"Version {news.newer} is out", "See Doctor", "info")

    async def _start_engine(self) -> None:
        try:
            self._thread = await asyncio.to_thread(self._make_thread)
            await asyncio.to_thread(self._thread.start)
        except Exception as failure:  # noqa: BLE001 - told in the window, which goes on without it
            step = "Mend that, then start the panel again. STOP lays its flags all the same"
            self.window.set_failure(f"{failure}. {step}: look in MT5 what is still open.")
            return
        self.bridge.engine_silent.connect(self.window.set_engine_silent)
        self.actions.connect_engine(ThreadDoor(self.thread))

    def _make_thread(self) -> "EngineThread":
        from signalos_desktop.app.engine_thread import EngineThread
        from signalos_desktop.app.wiring import BridgeChoice

        choice = BridgeChoice(self._folders, "auto")
        bridge = self.bridge
        return EngineThread(self._data, choice, bridge.post, bridge.beat, self._stop.latch)

    def _send_samples(self, folder: Path) -> None:
        """Once trading runs, and only once."""
        stop_listening: list[Callable[[], None]] = []

        def look(event: StateChanged) -> None:
            if event.state is TradingState.RUNNING and stop_listening:
                stop_listening.pop()()
                self.actions.do(self._submit_all(folder))

        stop_listening.append(self.bridge.bus.subscribe(StateChanged, look))

    async def _submit_all(self, folder: Path) -> None:
        for provider, text in await asyncio.to_thread(read_samples, folder):
            await self.actions.submit(text, provider)

    async def _end(self) -> None:
        self.window.layout_kept.keep()
        self.window.hide()
        self.actions.disconnect_engine()
        self.keys.remove(self._app)
        if self.tray is not None:
            self.tray.remove()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.end)
        self.window.allow_close()
        self.window.close()
        self._collector.stop()


def read_samples(folder: Path) -> list[tuple[str, str]]:
    """Provider and text of each sample, the first one last, so that it stands on top."""
    return [
        (_provider(path.stem.partition("-")[2]), path.read_text("utf-8"))
        for path in sorted(folder.glob("*.txt"), reverse=True)
    ]


def _provider(name: str) -> str:
    """`meridian-fx` is Meridian FX: short words are abbreviations."""
    words = name.split("-")
    return " ".join(word.upper() if len(word) <= 3 else word.title() for word in words)


def end_on_signals(window: MainWindow, leave: Callable[[], None]) -> None:
    """Ctrl+C and SIGTERM end the panel as closing it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, ValueError):
            signal.signal(number, lambda *_: leave())
    # Qt's loop hands over to Python only for events: this makes one now and then.
    waker = QTimer(window)
    waker.timeout.connect(lambda: None)
    waker.start(_SIGNALS_LOOKED_AT_MS)
