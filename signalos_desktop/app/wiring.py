"""Builds the object graph of the engine: the only place that knows every part."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop import __version__
from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.adapters.mt5_files.opening import open_bridge
from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from signalos_desktop.adapters.mt5_files.troubles import ea_not_running
from signalos_desktop.adapters.news_file import NewsFile
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.app.early_stop import build_latch
from signalos_desktop.app.paths import DataFolder
from signalos_desktop.app.stock_settings import stock_terminal
from signalos_desktop.domain import parsing
from signalos_desktop.engine.account_limits import AccountLimits
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.controls import Controls
from signalos_desktop.engine.flow import Flow
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.news import News
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Bridge, Clock, Ledger, Trouble
from signalos_desktop.engine.quiet_times import QuietTimes
from signalos_desktop.engine.session import Session
from signalos_desktop.engine.stop_latch import StopLatch

SWITCH_S = 0.0005


@dataclass(frozen=True, slots=True)
class Engine:
    """A built engine; nothing runs before session.run()."""

    session: Session
    controls: Controls
    bus: EventBus
    ledger: Ledger
    clock: Clock
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BridgeChoice:
    """Which terminals' MQL5/Files to drive, and in which protocol: 1, 2 or auto."""

    folders: Sequence[Path]
    protocol: str


class FolderConnector:
    """Opens a terminal's folder as soon as its EA has made itself known there."""

    def __init__(
        self,
        folder: Path,
        protocol: str,
        magic: int | None,
        clock: Clock,
        stock: StockTerminal | Trouble | None = None,
    ) -> None:
        self._folder = folder
        self._protocol = protocol
        self._magic = magic
        self._clock = clock
        self._stock = stock

    @property
    def label(self) -> str:
        return str(self._folder)

    def connect(self) -> Bridge | Trouble:
        opened = open_bridge(
            self._folder,
            self._clock,
            protocol=self._protocol,
            magic=self._magic,
            stock=self._stock,
        )
        if opened.bridge is not None:
            return opened.bridge
        return opened.trouble or ea_not_running(str(self._folder))


def build_engine(data: DataFolder, choice: BridgeChoice, latch: StopLatch | None = None) -> Engine:
    """Must be called on the engine's running loop; raises LedgerDamagedError, LedgerFailedError.

    latch: one that may have been pressed before; the engine takes it over.
    """
    asyncio.get_running_loop()
    # The journal's thread and the stop's must not wait 5 ms for the interpreter under load.
    sys.setswitchinterval(SWITCH_S)
    parsing.warm_up()
    clock = SystemClock()
    store = SettingsFile(data.root)
    loaded = store.load()
    if not loaded.problems:
        store.remember(loaded.settings)
    ledger = Journal(data.journal, clock)
    replay = ledger.replay()
    bus = EventBus()
    inbox = Inbox(replay.last_signal)
    inbox.restore(replay.signals)
    latch = latch or build_latch()
    magic = loaded.settings.integer("magic")
    protocol = choice.protocol
    if protocol == "auto":
        protocol = loaded.settings.text("bridge.protocol")
    stock = stock_terminal(loaded.settings, protocol)
    connectors = [
        FolderConnector(folder, protocol, magic, clock, stock) for folder in choice.folders
    ]
    pipeline = Pipeline(inbox, loaded.settings, ledger, bus, clock)
    session = Session(connectors, latch, ledger, replay, pipeline, bus, clock, __version__)
    News(pipeline, NewsFile(), bus, clock)
    QuietTimes(pipeline, bus, clock)
    AccountLimits(pipeline, bus, clock, latch, replay)
    Flow(pipeline, bus, clock)
    session.config_problem = "; ".join(loaded.problems)
    controls = Controls(session, pipeline, latch, store)
    return Engine(session, controls, bus, ledger, clock, loaded.problems)
