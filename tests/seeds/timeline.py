"""Virtual time: one line of events for the world, and the app's asyncio loop beside it."""

from __future__ import annotations

import asyncio
import contextvars
import heapq
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

THREAD_S = (0.0002, 0.02)
"""How long work in another thread takes: least, most."""


class CrashError(BaseException):
    """The process dies at this effect; BaseException, so that nothing can catch it."""


class Life:
    """One life of a process: after its death nothing that it holds does anything any more."""

    def __init__(self) -> None:
        self.dead = False

    def die(self) -> None:
        self.dead = True
        raise CrashError


class WallClock:
    """Seconds since the run began, and the computer's clock, which may be stepped."""

    def __init__(self, born: datetime) -> None:
        self.seconds = 0.0
        self.born = born
        self._told_at = 0.0
        self._told = born

    def now(self) -> datetime:
        """Asked many times in one moment."""
        if self._told_at != self.seconds:
            self._told_at = self.seconds
            self._told = self.born + timedelta(seconds=self.seconds)
        return self._told

    def step(self, seconds: int) -> None:
        """Somebody, or a time server, sets the clock."""
        self.born += timedelta(seconds=seconds)
        self._told += timedelta(seconds=seconds)

    def monotonic(self) -> float:
        return self.seconds + 1000.0


class Timeline:
    """What happens outside the app, in the order of time; equal times in the order of the calls."""

    def __init__(self, clock: WallClock) -> None:
        self.clock = clock
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, seconds: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._heap, (max(seconds, self.clock.seconds), self._count, happen))

    def after(self, seconds: float, happen: Callable[[], None]) -> None:
        self.at(self.clock.seconds + seconds, happen)

    @property
    def due(self) -> float:
        return self._heap[0][0] if self._heap else float("inf")

    def pop(self) -> Callable[[], None]:
        when, _, happen = heapq.heappop(self._heap)
        self.clock.seconds = max(when, self.clock.seconds)
        return happen


class _Handle:
    __slots__ = ("args", "callback", "context", "ended", "time")

    def __init__(
        self,
        time: float,
        callback: Callable[..., Any],
        args: tuple[Any, ...],
        context: contextvars.Context | None,
    ) -> None:
        self.time, self.callback, self.args = time, callback, args
        self.context, self.ended = context, False

    def cancel(self) -> None:
        self.ended = True

    def cancelled(self) -> bool:
        return self.ended

    def when(self) -> float:
        return self.time


class AppLoop(asyncio.AbstractEventLoop):
    """The loop of one life of the app. It never waits: whoever drives it asks when it is due."""

    def __init__(self, clock: WallClock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._ready: deque[_Handle] = deque()
        self._timers: list[tuple[float, int, _Handle]] = []
        self._count = 0
        self.errors: list[str] = []

    @property
    def due(self) -> float:
        """When there is something to do; infinite = never."""
        if self._ready:
            return self._clock.seconds
        while self._timers and self._timers[0][2].ended:
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else float("inf")

    def run_due(self) -> int:
        """Run what is due now, as one turn of a loop does; how many callbacks there were.

        The caller has set the clock.
        """
        now = self._clock.seconds
        while self._timers and self._timers[0][0] <= now:
            handle = heapq.heappop(self._timers)[2]
            if not handle.ended:
                self._ready.append(handle)
        count = len(self._ready)
        asyncio._set_running_loop(self)  # noqa: SLF001 - the call that asyncio has for event loops
        try:
            for _ in range(count):
                self._run(self._ready.popleft())
        finally:
            asyncio._set_running_loop(None)  # noqa: SLF001 - as above
        return count

    def _run(self, handle: _Handle) -> None:
        if handle.ended:
            return
        try:
            if handle.context is None:
                handle.callback(*handle.args)
            else:
                handle.context.run(handle.callback, *handle.args)
        except Exception as error:  # noqa: BLE001 - the loop's boundary: it is a finding
            self.errors.append(f"{type(error).__name__}: {error}")

    # Whoever calls these is checked against asyncio's own, longer signatures.
    def call_soon(  # type: ignore[override]  # as said
        self, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        handle = _Handle(self._clock.seconds, callback, args, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]  # as said

    def call_later(  # type: ignore[override]  # as said
        self, delay: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        return self.call_at(self._clock.seconds + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]  # as said
        self, when: float, callback: Any, *args: Any, context: Any = None
    ) -> Any:
        handle = _Handle(when, callback, args, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        return handle

    def time(self) -> float:
        return self._clock.seconds

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, **_: Any) -> asyncio.Task[Any]:
        return asyncio.Task(coro, loop=self)

    def run_in_executor(  # type: ignore[override]  # as said
        self, executor: Any, func: Any, *args: Any
    ) -> asyncio.Future[Any]:
        """Work of another thread: done in one piece, some time later."""
        done = self.create_future()

        def work() -> None:
            try:
                result = func(*args)
            except Exception as error:  # noqa: BLE001 - a thread's boundary: the caller gets it
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(result)

        self.call_later(self._random.uniform(*THREAD_S), work)
        return done

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        if not isinstance(context.get("exception"), CrashError):
            self.errors.append(f"{context.get('message')}: {context.get('exception')!r}")

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False
