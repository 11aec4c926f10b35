"""Owns every task of the engine: attaching terminals, polling, heartbeats, expiry, the stop."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import AlarmEntry, Entry, Replay, SessionEntry, StateEntry
from signalos_desktop.engine.events import Alarm, TerminalReady
from signalos_desktop.engine.gate import Gate
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import (
    Bridge,
    Checkpoint,
    Clock,
    FolderHeldError,
    Ledger,
    LedgerFailedError,
    OutboxBusyError,
    OutboxFailedError,
    Trouble,
)
from signalos_desktop.engine.reconcile import last_state, reconcile, settled_rows
from signalos_desktop.engine.safety import Safety
from signalos_desktop.engine.stop_latch import StopLatch, StopPress

CONNECT_EVERY_S = 0.1
CONNECT_PATIENCE_S = 3.0
BEAT_EVERY_S = 1.0
SKEW_S = 5.0
POLL_HOT_S, POLL_WARM_S, POLL_IDLE_S = 0.001, 0.01, 0.1
HOT_FOR_S, WARM_FOR_S = 2.0, 130.0

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
        self._polls: dict[Account, asyncio.TimerHandle] = {}
        self._published_at: dict[Account, float] = {}
        self._full_poll_at: dict[Account, float] = {}
        self._ready: set[Account] = set()
        self._standing_press: StopPress | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        pipeline.desks = self.desks

    async def run(self) -> None:
        """Run until close() is called, then leave every terminal as a clean quit does."""
        self._loop = asyncio.get_running_loop()
        self._watch()
        self._take_presses()
        for connector in self._connectors:
            self.spawn(self._attach(connector))
        self.spawn(self._beat())
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
        log.error("fault in %s", where, exc_info=error)
        for desk in self.desks.values():
            desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
        text = f"{where} failed: {type(error).__name__}; entries are paused"
        self._bus.publish(
            Alarm(None, "ENGINE_FAULT", text, "look at the log, then resume or restart")
        )

    # ------------------------------------------------------------------ attaching

    async def _attach(self, connector: Connector) -> None:
        began = self._clock.monotonic()
        told = ""
        while True:
            found = connector.connect()
            if not isinstance(found, Trouble):
                held = self._open(found)
                if held is None:
                    return
                found = held
            patient = self._clock.monotonic() - began < CONNECT_PATIENCE_S
            if found.code != told and not (patient and found.code == "EA_NOT_RUNNING"):
                told = found.code
                self._say(
                    Alarm(None, found.code, f"{connector.label}: {found.text}", found.next_step)
                )
            await asyncio.sleep(CONNECT_EVERY_S)

    def _open(self, bridge: Bridge) -> Trouble | None:
        account = bridge.account
        replay = self._replay
        marks = [
            Checkpoint(c.file, c.offset, c.mark) for c in replay.checkpoints if c.account == account
        ]
        try:
            beginning = bridge.begin(replay.sessions.get(account, 0), marks)
        except FolderHeldError as held:
            return Trouble(
                "FOLDER_HELD", str(held), "close the other panel or choose another terminal"
            )
        except (OutboxBusyError, OutboxFailedError) as failure:
            return Trouble("FOLDER_NOT_WRITABLE", str(failure), "free the disk or the folder")
        before = last_state(replay, account)
        desk = Desk(
            bridge,
            Gate(self._latch, bridge.outbox, self._clock),
            Safety(account, before.reasons),
            self._ledger,
            self._bus,
            self._clock,
            self.spawn,
        )
        largest = replay.largest_ids.get(account, 0)
        desk.begin(beginning.session, max(largest, beginning.largest_id))
        desk.wake = lambda: self._hurry(account)
        desk.flight.restore(k for k in replay.commands if k.entry.command.account == account)
        desk.book.remember(d for d in replay.deals if d.account == account)
        now = self._clock.now()
        found = reconcile(desk.flight, beginning, account, largest, now)
        desk.journal(SessionEntry(account, now, beginning.session), *found.entries)
        self.desks[account] = desk
        self._restore_stop(desk, before.stop_level)
        if self.config_problem:
            desk.safety.pause(PauseReason.CONFIG_INVALID)
        if found.foreign:
            desk.safety.pause(PauseReason.RECONCILE_MISMATCH)
            listed = ", ".join(map(str, found.foreign[:10]))
            desk.alarm(
                "FOREIGN_ROWS",
                f"the command files hold rows that this journal never wrote: {listed}",
                "find out which program wrote them, look at the account, then resume",
            )
        bridge.archive(settled_rows(desk.flight, beginning))
        self._watch()
        desk.control("SCOPE", SCOPES[self._pipeline.settings.text("stop.scope")])
        desk.judge("start")
        self._schedule(desk, 0.0)
        return None

    def _restore_stop(self, desk: Desk, level: StopLevel) -> None:
        if level is not StopLevel.NONE:
            desk.safety.take_over(level, self._clock.monotonic())
        if self._standing_press is not None:
            desk.safety.stop(self._standing_press, self._clock.monotonic())
            self._latch.deliver(self._standing_press, desk.bridge.flag_paths())

    def tell_scope(self, scope: str) -> None:
        """Tell every EA what a stop closes: our trades, or the whole account."""
        for desk in self.desks.values():
            desk.control("SCOPE", SCOPES[scope])

    def _watch(self) -> None:
        paths = [path for desk in self.desks.values() for path in desk.bridge.flag_paths()]
        self._latch.watch(paths, self._stop_news)

    # ------------------------------------------------------------------ the stop

    def _stop_news(self) -> None:
        """Called from any thread: there is a press or a delivery to take."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take_presses)

    def _take_presses(self) -> None:
        pressed, deliveries = self._latch.take()
        for press in pressed:
            self._standing_press = press
            if not self.desks:
                self._journal_stop_for_all(press)
            for desk in self.desks.values():
                desk.safety.stop(press, self._clock.monotonic())
                desk.judge(f"stop: {press.source}")
                self._hurry(desk.account)
        if pressed:
            self._pipeline.on_stop(pressed[-1].source)
        for delivery in deliveries:
            for desk in self.desks.values():
                if delivery.path in desk.bridge.flag_paths():
                    desk.safety.note_delivery(delivery)

    def _journal_stop_for_all(self, press: StopPress) -> None:
        reasons: frozenset[PauseReason] = frozenset()
        now = self._clock.now()
        state = StateEntry(None, now, TradingState.STOPPING, reasons, press.source, press.level)
        self.spawn(self._record(state))

    def released(self) -> None:
        """A resume has ended the stop of a terminal: one that comes later is not stopped by it."""
        self._standing_press = None

    def _deliver_again(self, desk: Desk) -> None:
        """The EA does not have a stop that the app knows of, and no flag says so: say it anew."""
        status = desk.book.status
        if status is None or not desk.book.fresh(self._clock.monotonic()):
            return
        if desk.safety.wanted > status.halt.level and not desk.bridge.flags():
            press = self._latch.new_press(desk.safety.wanted, "journal")
            desk.safety.stop(press, self._clock.monotonic())
            self._latch.deliver(press, desk.bridge.flag_paths())

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
        try:
            facts = desk.bridge.poll(fast=self._hot(desk) and not self._full_poll_due(desk))
            if facts is not None:
                self._pipeline.on_facts(desk, facts)
            self._look_after(desk)
        except Exception as error:  # noqa: BLE001 - the boundary of the polling task: it must go on
            self._fault(f"reading {desk.account}", error)
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
        fresh = book.fresh(monotonic)
        if fresh and book.complete and desk.account not in self._ready:
            self._ready.add(desk.account)
            safety.clear(PauseReason.STARTING)
            self._bus.publish(TerminalReady(desk.account, self._version, desk.bridge.protocol))
        if desk.account in self._ready:
            self._follow_ea(desk, fresh)
        desk.drain_controls()
        desk.judge("poll")

    def _follow_ea(self, desk: Desk, fresh: bool) -> None:
        safety, book = desk.safety, desk.book
        if fresh:
            safety.clear(PauseReason.STALE_DATA)
        elif safety.pause(PauseReason.STALE_DATA):
            desk.alarm(
                "EA_SILENT",
                f"no heartbeat of the EA for {book.heartbeat_age(self._clock.monotonic()):.1f} s;"
                f" {len(book.positions)} position(s) may be open",
                "look at the terminal: is it running, is the EA on a chart, is Algo Trading on",
            )
        skew = book.clock_skew_s
        if skew is not None and abs(skew) > SKEW_S:
            if safety.pause(PauseReason.CLOCK_SKEW):
                text = f"the EA's clock is {-skew:.1f} s ahead of this one, allowed {SKEW_S:.0f} s"
                desk.alarm("CLOCK_SKEW", text, "set the computer's clock")
        else:
            safety.clear(PauseReason.CLOCK_SKEW)
        if book.status is not None and book.status.protocol != desk.bridge.protocol:
            safety.pause(PauseReason.VERSION_MISMATCH)

    # ------------------------------------------------------------------ heartbeat and the end

    async def _beat(self) -> None:
        while True:
            for desk in self.desks.values():
                if not desk.bridge.beat() and not desk.fenced:
                    desk.fenced = True
                    desk.safety.pause(PauseReason.FENCED)
                    text = f"another panel has taken {desk.account}; this one no longer writes"
                    desk.alarm("FENCED", text, "close one of the two panels and restart this one")
                self._deliver_again(desk)
            self._pipeline.expire()
            await asyncio.sleep(BEAT_EVERY_S)

    def _say(self, alarm: Alarm) -> None:
        self._bus.publish(alarm)
        entry = AlarmEntry(None, self._clock.now(), alarm.code, alarm.text, alarm.next_step)
        self.spawn(self._record(entry))

    async def _record(self, entry: Entry) -> None:
        try:
            await self._ledger.record(entry)
        except LedgerFailedError:
            log.exception("journal")

    async def record_state(self, entry: StateEntry) -> None:
        """Journal a state before it is acted on; LedgerFailedError = do not act."""
        await self._ledger.record(entry)

    async def _leave(self) -> None:
        for handle in self._polls.values():
            handle.cancel()
        for desk in self.desks.values():
            desk.bridge.beat(closing=True)
        current = asyncio.current_task()
        for task in tuple(self._tasks):
            if task is not current:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for desk in self.desks.values():
            desk.bridge.close()
