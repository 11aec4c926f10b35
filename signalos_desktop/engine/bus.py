"""The event bus: subscribe by class, delivered at once and in order on the engine's loop."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from signalos_desktop.engine.events import Event

E = TypeVar("E", bound=Event)

log = logging.getLogger(__name__)


class EventBus:
    """One engine's events. A listener that raises is logged and hinders nobody else."""

    def __init__(self) -> None:
        self._by_type: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
        self._all: list[Callable[[Event], None]] = []

    def subscribe(self, kind: type[E], receive: Callable[[E], None]) -> Callable[[], None]:
        """Call receive for each event of the class; returns what ends the subscription."""
        self._by_type[kind].append(receive)
        return lambda: self._by_type[kind].remove(receive)

    def subscribe_all(self, receive: Callable[[Event], None]) -> Callable[[], None]:
        self._all.append(receive)
        return lambda: self._all.remove(receive)

    def publish(self, event: Event) -> None:
        for receive in (*self._by_type.get(type(event), ()), *self._all):
            try:
                receive(event)
            except Exception:  # the boundary to whoever listens: trading and stopping go on
                log.exception("a listener of %s failed", type(event).__name__)
