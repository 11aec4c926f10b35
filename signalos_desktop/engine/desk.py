"""One terminal's desk: bridge, book, commands in flight, safety, and the queue to its gate."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from signalos_desktop.domain.orders import Issuer
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.book import Book
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import (
    AlarmEntry,
    CommandEntry,
    CommandState,
    CommandStateEntry,
    Entry,
    StateEntry,
)
from signalos_desktop.engine.events import Alarm, CommandChanged, StateChanged
from signalos_desktop.engine.flight import Flight
from signalos_desktop.engine.gate import Gate, Standing
from signalos_desktop.engine.ports import (
    Bridge,
    Clock,
    Ledger,
    LedgerFailedError,
    OutboxBusyError,
    OutboxFailedError,
)
from signalos_desktop.engine.safety import Safety, Sight

BUSY_RETRY_S = 0.005

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    entry: CommandEntry
    by_user: bool
    journalled: bool = False
    failed: str = ""


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
        self.book = Book(bridge.account)
        self.flight = Flight()
        self.safety = safety
        self.session = 0
        self.fenced = False
        self.wake: Callable[[], None] = lambda: None
        self._gate = gate
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._spawn = spawn
        self._next_id = 1
        self._queue: deque[_Waiting] = deque()
        self._retry: asyncio.TimerHandle | None = None
        self._controls: deque[tuple[str, str]] = deque()
        self._told: StateChanged | None = None
        self._journalled: tuple[TradingState, frozenset[PauseReason], StopLevel] | None = None

    @property
    def account(self) -> Account:
        return self.bridge.account

    def begin(self, session: int, largest_id: int) -> None:
        """Take the session that the bridge announced; ids go on above every one ever used."""
        self.session = session
        self._next_id = largest_id + 1

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
        self, entries: Sequence[CommandEntry], *, by_user: bool, beside: Sequence[Entry] = ()
    ) -> None:
        """Reserve and queue at once, journal, then write in id order. Outcomes come as events."""
        waiting = [_Waiting(entry, by_user) for entry in entries]
        for item in waiting:
            self.flight.add(item.entry)
            self._queue.append(item)
        try:
            await self._ledger.record(*beside, *entries)
        except LedgerFailedError as failure:
            for item in waiting:
                item.failed = str(failure)
            self.alarm("JOURNAL_FAILED", str(failure), "free the disk; nothing was sent")
        for item in waiting:
            item.journalled = True
            self._tell(item.entry, CommandState.QUEUED, "")
        self.drain()

    def drain(self) -> None:
        """Write every journalled command at the head of the queue; lower ids always first."""
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None
        published: list[CommandEntry] = []
        while self._queue and self._queue[0].journalled:
            item = self._queue[0]
            if not self._send_one(item, published):
                loop = asyncio.get_running_loop()
                self._retry = loop.call_later(BUSY_RETRY_S, self.drain)
                break
            self._queue.popleft()
        if published:
            self.wake()
            self._spawn(self._mark_published(published))

    def _send_one(self, item: _Waiting, published: list[CommandEntry]) -> bool:
        """False = the file is held by another program, nothing was written."""
        command = item.entry.command
        if item.failed:
            self._not_sent(item.entry, f"JOURNAL_FAILED: {item.failed}")
            return True
        try:
            refusal = self._gate.send(command, self.standing(), by_user=item.by_user)
        except OutboxBusyError:
            return False
        if refusal is not None:
            self._not_sent(item.entry, f"{refusal.code}: {refusal.text}")
        else:
            self.flight.publish(command.cmd_id)
            published.append(item.entry)
            self._tell(item.entry, CommandState.PUBLISHED, "")
        return True

    async def _mark_published(self, entries: list[CommandEntry]) -> None:
        await self.bridge.flush()
        now = self._clock.now()
        await self.record(
            *(
                CommandStateEntry(self.account, e.command.cmd_id, now, CommandState.PUBLISHED, "")
                for e in entries
            )
        )

    def _not_sent(self, entry: CommandEntry, reason: str) -> None:
        cmd_id = entry.command.cmd_id
        self.flight.drop(cmd_id, reason)
        self._tell(entry, CommandState.NOT_SENT, reason)
        state = CommandState.NOT_SENT
        self.journal(CommandStateEntry(self.account, cmd_id, self._clock.now(), state, reason))

    def _tell(self, entry: CommandEntry, state: CommandState, reason: str) -> None:
        self._bus.publish(CommandChanged(self.account, entry.command, entry.signal, state, reason))

    # ------------------------------------------------------------------ control rows

    def control(self, verb: str, arg: str) -> None:
        """Append a control row, now or as soon as the file is free."""
        self._controls.append((verb, arg))
        self.drain_controls()

    def drain_controls(self) -> None:
        while self._controls:
            try:
                self.bridge.control(*self._controls[0])
            except OutboxBusyError:
                return
            except OutboxFailedError as failure:
                verb = self._controls[0][0]
                self.alarm("CONTROL_FAILED", f"{verb}: {failure}", "free the disk or the folder")
                return
            self._controls.popleft()

    # ------------------------------------------------------------------ state

    def sight(self) -> Sight:
        monotonic, now = self._clock.monotonic(), self._clock.now()
        status = self.book.status
        in_doubt = len(status.in_doubt) if status is not None else 0
        return Sight(
            monotonic=monotonic,
            now=now,
            fresh=self.book.fresh(monotonic),
            status=status,
            open_positions=len(self.book.positions),
            resting_orders=len(self.book.orders),
            in_scope=len(self.in_scope()),
            unresolved=max(len(self.flight.unresolved(now)), in_doubt),
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
        )

    def judge(self, source: str) -> StateChanged:
        """Judge the state; tell and journal it if it is another one than before."""
        sight = self.sight()
        state = self.safety.judge(sight)
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
        )
        if changed != self._told:
            self._told = changed
            self._bus.publish(changed)
        key = (state, changed.reasons, changed.stop_level)
        if key != self._journalled:
            self._journalled = key
            now = sight.now
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
        """Record in the background, in the order of the calls."""
        self._spawn(self.record(*entries))

    async def record(self, *entries: Entry) -> None:
        try:
            await self._ledger.record(*entries)
        except LedgerFailedError as failure:
            log.exception("journal")
            self._bus.publish(
                Alarm(self.account, "JOURNAL_FAILED", str(failure), "free the disk, then restart")
            )
