"""One terminal's desk: bridge, book, commands in flight, safety, and the queue to its gate."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from signalos_desktop.domain.news import Calendar
from signalos_desktop.domain.orders import Issuer
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.floors import Floor
from signalos_desktop.domain.trading_state import PauseReason, Refusal, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.book import Book
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.control_rows import ControlRows
from signalos_desktop.engine.diary import Diary
from signalos_desktop.engine.entries import (
    STOPPED_BY,
    AlarmEntry,
    CommandEntry,
    CommandState,
    CommandStateEntry,
    DealEntry,
    Entry,
    KnownCommand,
    StateEntry,
)
from signalos_desktop.engine.events import Alarm, CommandChanged, StateChanged
from signalos_desktop.engine.flight import Flight, Tracked
from signalos_desktop.engine.gate import Gate, Standing
from signalos_desktop.engine.ports import (
    Bridge,
    Clock,
    Ledger,
    LedgerFailedError,
    OutboxBusyError,
)
from signalos_desktop.engine.safety import Safety, Sight

BUSY_RETRY_S = 0.005
PREPARE_AFTER_S = 0.0002
"""By then the journal waits for the disk: before, it would wait for us to let it begin."""
COMPLAIN_EVERY_S = 30.0
ARCHIVE_EVERY_S = 5.0
GIVEN_UP = "the wish was given up before the journal had it"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    entry: CommandEntry
    by_user: bool
    by_rule: bool
    journalled: bool = False
    failed: str = ""
    refusal: Refusal | None = None


class Desk:
    """Everything of one account. Single-threaded: only the engine's loop calls it."""

    def __init__(
        self,
        bridge: Bridge,
        gate: Gate,
        safety: Safety,
        ledger: Ledger,
        bus: EventBus,
        clock: Clock,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self.bridge = bridge
        self.book = Book(bridge.account, bridge.means.silent_after_s)
        self.flight = Flight()
        self.safety = safety
        self.session = 0
        self.fenced = False
        self.swept: bool | None = None
        self.floors: tuple[Floor, ...] | None = ()
        self.calendar = Calendar()
        self.wake: Callable[[], None] = lambda: None
        self.settled_rows: Callable[[], frozenset[int]] = frozenset
        self._gate = gate
        self._bus = bus
        self._clock = clock
        self.spawn = spawn
        self._next_id = 1
        self._archive_at = 0.0
        self._queue: deque[_Waiting] = deque()
        self._retry: asyncio.TimerHandle | None = None
        self._controls = ControlRows(bridge, self._control_failed)
        self._complained: dict[str, float] = {}
        self._diary = Diary(ledger, spawn, self._journal_failed)
        self._told: StateChanged | None = None
        self._journalled: tuple[TradingState, frozenset[PauseReason], StopLevel] | None = None
        self.sweep_anew()

    @property
    def account(self) -> Account:
        return self.bridge.account

    def begin(self, session: int, largest_id: int) -> None:
        """Take the session that the bridge announced; ids go on above every one ever used."""
        self.session = session
        self._next_id = largest_id + 1
        self.safety.by_flag = bool(self.bridge.flag_paths())

    def remember_deal(self, known: DealEntry) -> None:
        """Take a deal of the journal, with the command that it belongs to."""
        self.book.remember((known,))
        if known.cmd_id is not None:
            self.flight.note_deal(known.deal, known.cmd_id)

    def sweep_anew(self) -> None:
        """Another press: what the app itself has closed before says nothing of it."""
        self.swept = None if self.bridge.means.proves_flat else False

    def archive(self) -> None:
        """Let command files be moved aside whose rows all have their outcome; asked each beat."""
        now = self._clock.monotonic()
        if now >= self._archive_at:
            self._archive_at = now + ARCHIVE_EVERY_S
            self.bridge.archive(self.settled_rows())

    def recall(self, tracked: Tracked) -> None:
        """Tell the bridge what the user has settled: it may see no positions itself."""
        receipts = tuple(tracked.receipts)
        known = KnownCommand(
            tracked.entry, tracked.state, tracked.reason, receipts, tracked.resolved_as
        )
        self.bridge.recall((known,))

    def issuer(self) -> Issuer:
        return Issuer(self.account, self.bridge.magic, self.session, self._clock.now())

    @property
    def last_id(self) -> int:
        """The largest id given so far."""
        return self._next_id - 1

    def next_id(self, count: int = 1) -> int:
        """The first of `count` ids; whoever takes ids must enqueue them in the same step."""
        first = self._next_id
        self._next_id += count
        return first

    # ------------------------------------------------------------------ commands to the gate

    async def send(
        self,
        entries: Sequence[CommandEntry],
        *,
        by_user: bool,
        by_rule: bool = False,
        beside: Sequence[Entry] = (),
        after: Awaitable[None] | None = None,
    ) -> Refusal | None:
        """Reserve and queue at once, journal, then write in id order.

        after: what was given to the ledger before and has to be kept as well; it may fail.
        Outcomes come as events; returned is the first refusal of what could be tried at once.
        """
        waiting = [_Waiting(entry, by_user, by_rule) for entry in entries]
        for item in waiting:
            self.flight.add(item.entry)
            self._queue.append(item)
        failed = GIVEN_UP
        try:
            kept = self._diary.record(*beside, *entries)
            loop = asyncio.get_running_loop()
            for entry in entries:
                loop.call_later(PREPARE_AFTER_S, self.bridge.outbox.prepare, entry.command)
            await kept
            if after is not None:
                await after
            failed = ""
        except LedgerFailedError as failure:
            failed = str(failure)
            self._journal_failed(failure)
        finally:
            for item in waiting:
                item.journalled, item.failed = True, failed
                self._tell(item.entry, CommandState.QUEUED, "")
            self.drain()
        return next((item.refusal for item in waiting if item.refusal is not None), None)

    def drain(self) -> None:
        """Write every journalled command at the head of the queue; lower ids always first."""
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        published: list[CommandEntry] = []
        while self._queue and self._queue[0].journalled:
            item = self._queue.popleft()
            if not self._send_one(item, published):
                self._queue.appendleft(item)
                loop = asyncio.get_running_loop()
                self._retry = loop.call_later(BUSY_RETRY_S, self.drain)
                break
        if published:
            self.wake()
            self.spawn(self._mark_published(published))

    def _send_one(self, item: _Waiting, published: list[CommandEntry]) -> bool:
        """False = the file is held by another program, nothing was written."""
        command = item.entry.command
        if item.failed:
            self._not_sent(item, Refusal("JOURNAL_FAILED", f"{item.failed}; nothing was sent"))
            return True
        try:
            refusal = self._gate.send(
                command, self.standing(), by_user=item.by_user, by_rule=item.by_rule
            )
        except OutboxBusyError:
            return False
        if refusal is not None:
            self._not_sent(item, refusal)
        else:
            self.flight.publish(command.cmd_id)
            published.append(item.entry)
            self._tell(item.entry, CommandState.PUBLISHED, "")
        return True

    async def _mark_published(self, entries: list[CommandEntry]) -> None:
        try:
            await self.bridge.flush()
        except OSError as failure:
            step = "look at the disk; the rows were handed over, their outcomes come as ever"
            self.alarm("ROWS_NOT_SYNCED", str(failure), step)
            return
        now = self._clock.now()
        self.journal(
            *(
                CommandStateEntry(self.account, e.command.cmd_id, now, CommandState.PUBLISHED, "")
                for e in entries
            )
        )

    def _not_sent(self, item: _Waiting, refusal: Refusal) -> None:
        item.refusal, cmd_id = refusal, item.entry.command.cmd_id
        reason = f"{refusal.code}: {refusal.text}"
        self.flight.drop(cmd_id, reason)
        state = CommandState.NOT_SENT
        self.journal(CommandStateEntry(self.account, cmd_id, self._clock.now(), state, reason))
        self._tell(item.entry, state, reason)

    def _tell(self, entry: CommandEntry, state: CommandState, reason: str) -> None:
        self._bus.publish(CommandChanged(self.account, entry.command, entry.signal, state, reason))

    # ------------------------------------------------------------------ control rows

    def control(self, verb: str, arg: str) -> None:
        """Append a control row, now or as soon as the file is free."""
        if not self.bridge.means.controls:
            self._tell_no_control(verb)
            return
        self._controls.add(verb, arg)

    def drain_controls(self) -> None:
        self._controls.drain()

    def _control_failed(self, text: str) -> None:
        if self._may_complain("CONTROL_FAILED"):
            self.alarm("CONTROL_FAILED", text, "free the disk or the folder")

    def _tell_no_control(self, verb: str) -> None:
        """Only a row that cannot be taken back matters to a person."""
        count = self.flight.opens_on_their_way()
        if verb == "WITHDRAW" and count:
            text = f"{count} entry row(s) were written already and may still be executed"
            step = "this Expert Advisor cannot take a row back: wait for the receipts"
            self.alarm("CANNOT_WITHDRAW", text, step)

    def drop_control(self, verb: str) -> None:
        """Rows of this verb that could not be written yet never will be."""
        self._controls.drop(verb)

    # ------------------------------------------------------------------ state

    def sight(self) -> Sight:
        monotonic, now = self._clock.monotonic(), self._clock.now()
        status = self.book.status
        in_doubt = len(status.in_doubt) if status is not None else 0
        return Sight(
            monotonic=monotonic,
            now=now,
            fresh=self.book.fresh(monotonic),
            frozen={"positions", "orders"} & set(self.book.stale(monotonic)) != set(),
            status=status,
            open_positions=len(self.book.positions),
            resting_orders=len(self.book.orders),
            in_scope=len(self.in_scope()),
            unresolved=max(len(self.flight.unresolved(now)), in_doubt),
            on_their_way=self.flight.opens_on_their_way(),
            swept=self.swept,
            status_age=self.book.status_age(monotonic),
            positions=self.book.positions,
            specs=self.book.specs,
        )

    def in_scope(self) -> list[int]:
        """Tickets that a stop must end: those of our magic, or all where the EA's scope is that."""
        status = self.book.status
        items: list[Position | RestingOrder] = [*self.book.positions.values()]
        items += self.book.orders.values()
        everything = status is not None and status.scope == "ACCOUNT"
        return [i.ticket for i in items if everything or i.magic == self.bridge.magic]

    def standing(self) -> Standing:
        sight = self.sight()
        return Standing(
            state=self.safety.judge(sight),
            reasons=self.safety.reasons,
            session=self.session,
            fenced=self.fenced,
            heartbeat_age=self.book.heartbeat_age(sight.monotonic),
            unresolved=sight.unresolved,
            silent_after_s=self.bridge.means.silent_after_s,
        )

    def judge(self, source: str) -> StateChanged:
        """Judge the state; tell and journal it if it is another one than before."""
        sight = self.sight()
        state = self.safety.judge(sight)
        was_running = self._told is not None and self._told.state is TradingState.RUNNING
        by_itself = state is TradingState.PAUSED and PauseReason.USER not in self.safety.reasons
        if was_running and by_itself and sight.on_their_way:
            self.control("WITHDRAW", str(self.last_id))
        halt = sight.status.halt if sight.status is not None else None
        changed = StateChanged(
            account=self.account,
            state=state,
            reasons=self.safety.reasons,
            open_positions=sight.open_positions,
            resting_orders=sight.resting_orders,
            unresolved=sight.unresolved,
            stop_level=max(self.safety.wanted, halt.level) if halt else self.safety.wanted,
            verdict=self.safety.verdict,
            tickets=halt.tickets if halt and state.stopped else (),
            stopped_by=self.safety.stopped_by,
            stopped_at=self.safety.stopped_at,
            undoable=self.safety.undoable,
        )
        if changed != self._told:
            self._told = changed
            self._bus.publish(changed)
        key = (state, changed.reasons, changed.stop_level)
        if key != self._journalled:
            self._journalled = key
            now = sight.now
            if state.stopped and changed.stopped_by:
                source = f"{STOPPED_BY}{changed.stopped_by}"
            self.journal(
                StateEntry(self.account, now, state, changed.reasons, source, changed.stop_level)
            )
        for alarm in self.safety.alarms(sight, state):
            self.alarm(alarm.code, alarm.text, alarm.next_step)
        return changed

    def judge_anew(self, source: str) -> StateChanged:
        """Judge, and journal the state even if it is the one journalled before."""
        self._journalled = None
        return self.judge(source)

    # ------------------------------------------------------------------ telling and journalling

    def alarm(self, code: str, text: str, next_step: str) -> None:
        self._bus.publish(Alarm(self.account, code, text, next_step))
        self.journal(AlarmEntry(self.account, self._clock.now(), code, text, next_step))

    def journal(self, *entries: Entry) -> None:
        """Record in the background, in the order of the calls, as soon as the ledger takes it."""
        self._diary.note(*entries)

    async def keep(self, *entries: Entry) -> None:
        """Record after all that was journalled before; LedgerFailedError = do not act."""
        await self._diary.keep(*entries)

    def go_on_journalling(self) -> None:
        """Try again what the ledger did not take."""
        self._diary.go_on()

    def _journal_failed(self, failure: LedgerFailedError) -> None:
        log.error("journal: %s", failure)
        if self._may_complain("JOURNAL_FAILED"):
            text, step = str(failure), "free the disk; what happens meanwhile is written later"
            self._bus.publish(Alarm(self.account, "JOURNAL_FAILED", text, step))

    def _may_complain(self, code: str) -> bool:
        """True at most every 30 s for what is tried again and again."""
        now = self._clock.monotonic()
        due = now - self._complained.get(code, float("-inf")) >= COMPLAIN_EVERY_S
        if due:
            self._complained[code] = now
        return due
