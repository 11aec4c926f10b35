"""Owns every task of the engine: attaching terminals, polling, heartbeats, expiry, the stop."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.attaching import attach
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.diary import Diary
from signalos_desktop.engine.drill import Drill
from signalos_desktop.engine.entries import STOPPED_BY, AlarmEntry, Replay, StateEntry
from signalos_desktop.engine.events import Alarm, TerminalReady
from signalos_desktop.engine.gate import Gate
from signalos_desktop.engine.heartbeats import follow_heartbeat, tell_late_start
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Bridge, Clock, Ledger, LedgerFailedError, Trouble
from signalos_desktop.engine.safety import Safety
from signalos_desktop.engine.stop_latch import StopLatch
from signalos_desktop.engine.stop_notes import notes_of_stop
from signalos_desktop.engine.stop_words import EXPERT
from signalos_desktop.engine.stops import Stops

CONNECT_EVERY_S = 0.1
CONNECT_PATIENCE_S = 3.0
BEAT_EVERY_S = 1.0
POLL_HOT_S, POLL_WARM_S, POLL_IDLE_S = 0.0002, 0.01, 0.25
HOT_FOR_S, WARM_FOR_S = 2.0, 130.0
LEAVE_WAIT_S = 2.0
FAULT_AGAIN_S = 30.0

SCOPES = {"ours": "MAGIC", "account": "ACCOUNT"}

log = logging.getLogger(__name__)


class Connector(Protocol):
    """Finds one terminal's instance folder; cheap, asked again until the EA is there."""

    @property
    def label(self) -> str: ...

    def connect(self) -> Bridge | Trouble: ...


class Session:
    """One run of the engine over all its terminals."""

    def __init__(
        self,
        connectors: Sequence[Connector],
        latch: StopLatch,
        ledger: Ledger,
        replay: Replay,
        pipeline: Pipeline,
        bus: EventBus,
        clock: Clock,
        version: str,
    ) -> None:
        self.desks: dict[Account, Desk] = {}
        self.config_problem = ""
        self._connectors = connectors
        self._latch = latch
        self._ledger = ledger
        self._replay = replay
        self._pipeline = pipeline
        self._bus = bus
        self._clock = clock
        self._version = version
        self._tasks: set[asyncio.Task[None]] = set()
        self._endless: list[asyncio.Task[None]] = []
        self._polls: dict[Account, asyncio.TimerHandle] = {}
        self._published_at: dict[Account, float] = {}
        self._full_poll_at: dict[Account, float] = {}
        self._attached_at: dict[Account, float] = {}
        self._ready: set[Account] = set()
        self._late: set[Account] = set()
        self._stopped: set[Account] = set()
        self._faults: dict[str, float] = {}
        self._paused = False
        self._stops = Stops(latch, self.desks, clock)
        self._diary = Diary(ledger, self.spawn, self._journal_failed)
        self._stopped_for_all = any(s.account is None and s.state.stopped for s in replay.states)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        pipeline.desks = self.desks

    async def run(self) -> None:
        """Run until close() is called, then leave every terminal as a clean quit does."""
        self._loop = asyncio.get_running_loop()
        self._watch()
        self._take_presses()
        self._endless = [self.spawn(self._attach(connector)) for connector in self._connectors]
        self._endless.append(self.spawn(self._beat()))
        await self._closed.wait()
        await self._leave()

    def close(self) -> None:
        self._closed.set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task that this session owns; an error in it is an alarm, never silence."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._task_done)
        return task

    def _task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._fault("a task of the engine", error)

    def _fault(self, where: str, error: BaseException) -> None:
        for desk in self.desks.values():
            desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
        now = self._clock.monotonic()
        if now - self._faults.get(where, float("-inf")) < FAULT_AGAIN_S:
            return
        self._faults[where] = now
        log.error("fault in %s", where, exc_info=error)
        text = f"{where} failed: {type(error).__name__}; entries are paused"
        self._bus.publish(
            Alarm(None, "ENGINE_FAULT", text, "look at the log, then resume or restart")
        )

    # ------------------------------------------------------------------ attaching

    async def _attach(self, connector: Connector) -> None:
        began = self._clock.monotonic()
        told = ""
        while True:
            found = self._try_to_attach(connector)
            if found is None:
                return
            patient = self._clock.monotonic() - began < CONNECT_PATIENCE_S
            if found.code != told and not (patient and found.code == "EA_NOT_RUNNING"):
                told = found.code
                self._say(
                    Alarm(None, found.code, f"{connector.label}: {found.text}", found.next_step)
                )
            await asyncio.sleep(CONNECT_EVERY_S)

    def _try_to_attach(self, connector: Connector) -> Trouble | None:
        try:
            found = connector.connect()
        except OSError as failure:
            return Trouble("FOLDER_NOT_READABLE", str(failure), "look at the folder's rights")
        return found if isinstance(found, Trouble) else self._open(found)

    def _open(self, bridge: Bridge) -> Trouble | None:
        account = bridge.account
        if account in self.desks:
            text = f"{account} is attached already: two terminals on one account"
            return Trouble("ACCOUNT_TWICE", text, "remove one of the two from the settings")
        attached = attach(bridge, self._replay, self._make_desk, self._clock.now())
        if isinstance(attached, Trouble):
            return attached
        desk = self.desks[account] = attached.desk
        self._attached_at[account] = self._clock.monotonic()
        self._stops.restore(desk, attached.before)
        if self._paused:
            desk.safety.pause(PauseReason.USER)
        if self.config_problem:
            desk.safety.pause(PauseReason.CONFIG_INVALID)
        self._watch()
        self._pipeline.conclude(desk)
        desk.control("SCOPE", SCOPES[self._pipeline.settings.text("stop.scope")])
        desk.judge("start")
        self._schedule(desk, 0.0)
        return None

    def _make_desk(self, bridge: Bridge, reasons: frozenset[PauseReason]) -> Desk:
        gate = Gate(self._latch, bridge.outbox, self._clock)
        safety = Safety(bridge.account, reasons)
        desk = Desk(bridge, gate, safety, self._ledger, self._bus, self._clock, self.spawn)
        desk.wake = lambda: self._hurry(bridge.account)
        return desk

    def make_drill(self, press: Callable[[], str]) -> Drill:
        return Drill(self.desks, press, self._bus, self._clock)

    def tell_scope(self, scope: str) -> None:
        """Tell every EA what a stop closes: our trades, or the whole account."""
        for desk in self.desks.values():
            desk.control("SCOPE", SCOPES[scope])

    def _watch(self) -> None:
        self._stops.watch(self._stop_news)

    # ------------------------------------------------------------------ the stop

    def _stop_news(self) -> None:
        """Called from any thread: there is a press or a delivery to take."""
        if self._loop is not None:
            # A loop that has ended needs no news: the flags are written all the same.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._take_presses)

    def _take_presses(self) -> None:
        pressed = self._stops.take()
        if not pressed:
            return
        source = pressed[-1].source
        if len(self.desks) < len(self._connectors):
            self._journal_for_all(TradingState.STOPPING, source)
        for desk in self.desks.values():
            desk.judge(f"stop: {source}")
            self._hurry(desk.account)
        self._diary.note(*self._pipeline.on_stop(source))

    def _journal_for_all(self, state: TradingState, source: str) -> None:
        """Keep a stop, or its end, for the terminals that are not attached yet."""
        standing = self._stops.standing
        level = standing.level if standing is not None else StopLevel.NONE
        reasons = frozenset({PauseReason.USER}) if state is TradingState.PAUSED else frozenset()
        self._stopped_for_all = state.stopped
        said = f"{STOPPED_BY}{source}" if state.stopped else source
        self._diary.note(StateEntry(None, self._clock.now(), state, reasons, said, level))

    def pause_later_terminals(self) -> None:
        """The user pauses everything: terminals that are attached later in this run, too."""
        self._paused = True

    def released(self, state: TradingState) -> None:
        """A resume made a step down: a terminal that comes later is not held up by what was."""
        self._stops.released()
        self._paused = self._paused and state is not TradingState.RUNNING
        if self._stopped_for_all:
            self._journal_for_all(TradingState.PAUSED, "user resumed")

    def _note_stop(self, desk: Desk, state: TradingState) -> None:
        """Once every terminal is stopped, by whomever, the signals that wait are over."""
        if state.stopped == (desk.account in self._stopped):
            return
        if not state.stopped:
            self._stopped.discard(desk.account)
            return
        self._stopped.add(desk.account)
        for note in notes_of_stop(desk):
            desk.alarm(note.code, note.text, note.next_step)
        if len(self._stopped) == len(self.desks):
            self._diary.note(*self._pipeline.on_stop(desk.safety.stopped_by or EXPERT))

    # ------------------------------------------------------------------ polling

    def _hurry(self, account: Account) -> None:
        self._published_at[account] = self._clock.monotonic()
        self._schedule(self.desks[account], POLL_HOT_S)

    def _schedule(self, desk: Desk, delay: float) -> None:
        handle = self._polls.get(desk.account)
        if handle is not None:
            handle.cancel()
        if not self._closed.is_set():
            loop = asyncio.get_running_loop()
            self._polls[desk.account] = loop.call_later(delay, self._poll, desk)

    def _poll(self, desk: Desk) -> None:
        fast = self._hot(desk) and not self._full_poll_due(desk)
        facts = None
        try:
            facts = desk.bridge.poll(fast=fast)
            if facts is not None:
                self._pipeline.on_facts(desk, facts)
        except Exception as error:  # noqa: BLE001 - the boundary of the polling task: it must go on
            self._fault(f"reading {desk.account}", error)
        try:
            if facts is not None or not fast or desk.safety.stopping:
                self._look_after(desk)
        except Exception as error:  # noqa: BLE001 - as above: the state is judged whatever happens
            self._fault(f"judging {desk.account}", error)
        finally:
            self._schedule(desk, self._delay(desk))

    def _delay(self, desk: Desk) -> float:
        if desk.bridge.behind:
            return 0.0
        if self._hot(desk):
            return POLL_HOT_S
        return POLL_WARM_S if self._busy(desk, WARM_FOR_S) else POLL_IDLE_S

    def _hot(self, desk: Desk) -> bool:
        return self._busy(desk, HOT_FOR_S)

    def _busy(self, desk: Desk, seconds: float) -> bool:
        """True if something was sent in the last seconds and is still waited for."""
        since = self._clock.monotonic() - self._published_at.get(desk.account, float("-inf"))
        waiting = bool(desk.flight.outstanding()) or desk.safety.stopping
        return since < seconds and waiting

    def _full_poll_due(self, desk: Desk) -> bool:
        monotonic = self._clock.monotonic()
        due = monotonic - self._full_poll_at.get(desk.account, 0.0) >= POLL_WARM_S
        if due:
            self._full_poll_at[desk.account] = monotonic
        return due

    def _look_after(self, desk: Desk) -> None:
        monotonic = self._clock.monotonic()
        safety, book = desk.safety, desk.book
        ready = book.fresh(monotonic) and book.complete and desk.bridge.clock_known
        if desk.account not in self._ready and ready:
            self._ready.add(desk.account)
            safety.clear(PauseReason.STARTING)
            self._bus.publish(TerminalReady(desk.account, self._version, desk.bridge.protocol))
        if desk.account in self._ready:
            follow_heartbeat(desk, self._clock)
        elif desk.account not in self._late:
            self._watch_start(desk, monotonic)
        desk.drain_controls()
        self._stops.sweep(desk)
        self._note_stop(desk, desk.judge("poll").state)

    def _watch_start(self, desk: Desk, monotonic: float) -> None:
        """Say once why a terminal that is attached does not come to life."""
        if monotonic - self._attached_at[desk.account] < desk.bridge.means.silent_after_s:
            return
        self._late.add(desk.account)
        tell_late_start(desk, self._clock)

    # ------------------------------------------------------------------ heartbeat and the end

    async def _beat(self) -> None:
        while True:
            for desk in self.desks.values():
                try:
                    self._beat_one(desk)
                except Exception as error:  # noqa: BLE001 - the boundary of the heartbeat: the others go on
                    self._fault(f"the heartbeat of {desk.account}", error)
            self._diary.note(*self._pipeline.expire())
            await asyncio.sleep(BEAT_EVERY_S)

    def _beat_one(self, desk: Desk) -> None:
        if not desk.bridge.beat() and not desk.fenced:
            desk.fenced = True
            desk.safety.pause(PauseReason.FENCED)
            text = f"another panel has taken {desk.account}; this one no longer writes"
            desk.alarm("FENCED", text, "close one of the two panels and restart this one")
        self._stops.deliver_again(desk)
        desk.archive()
        desk.go_on_journalling()

    def _say(self, alarm: Alarm) -> None:
        self._bus.publish(alarm)
        now = self._clock.now()
        self._diary.note(AlarmEntry(None, now, alarm.code, alarm.text, alarm.next_step))

    def _journal_failed(self, failure: LedgerFailedError) -> None:
        log.error("journal: %s", failure)
        self._bus.publish(Alarm(None, "JOURNAL_FAILED", str(failure), "free the disk"))

    async def _leave(self) -> None:
        """What was begun is finished and journalled; a task that takes too long is cancelled."""
        self._take_presses()
        for handle in self._polls.values():
            handle.cancel()
        for task in self._endless:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LEAVE_WAIT_S)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for desk in self.desks.values():
            try:
                desk.bridge.beat(closing=True)
                desk.bridge.close()
            except Exception as error:  # noqa: BLE001 - the others are left cleanly all the same
                self._fault(f"leaving {desk.account}", error)
