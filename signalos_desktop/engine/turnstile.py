"""Lets one caller through in each turn of the loop, so that a crowd holds up nobody else."""

import asyncio
from collections import deque


class Turnstile:
    """First come, first served. Heartbeats, receipts and a stop have their turn in between."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._taken = False

    async def pass_through(self) -> None:
        """At once if nobody passed in this turn; else after those who came before."""
        loop = asyncio.get_running_loop()
        if self._taken:
            turn: asyncio.Future[None] = loop.create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    loop.call_soon(self._next)
                raise
        self._taken = True
        loop.call_soon(self._next)

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
