"""Control rows on their way to one terminal, in their order, as soon as the file is free."""

from collections import deque
from collections.abc import Callable

from signalos_desktop.engine.ports import Bridge, OutboxBusyError, OutboxFailedError


class ControlRows:
    """Of one desk. complain: called with each failure of the file."""

    def __init__(self, bridge: Bridge, complain: Callable[[str], None]) -> None:
        self._bridge = bridge
        self._complain = complain
        self._waiting: deque[tuple[str, str]] = deque()

    def add(self, verb: str, arg: str) -> None:
        self._waiting.append((verb, arg))
        self.drain()

    def drain(self) -> None:
        while self._waiting:
            try:
                self._bridge.control(*self._waiting[0])
            except OutboxBusyError:
                return
            except OutboxFailedError as failure:
                self._complain(f"{self._waiting[0][0]}: {failure}")
                return
            self._waiting.popleft()

    def drop(self, verb: str) -> None:
        """Rows of this verb that could not be written yet never will be."""
        self._waiting = deque(row for row in self._waiting if row[0] != verb)
