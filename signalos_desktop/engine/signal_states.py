"""Moves a signal to another state: told on the bus, kept in the inbox, journalled by the caller."""

from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import Entry, SignalState
from signalos_desktop.engine.events import SignalChanged
from signalos_desktop.engine.inbox import Inbox, Item
from signalos_desktop.engine.ports import Clock


class SignalStates:
    """The one place where a signal changes."""

    def __init__(self, inbox: Inbox, bus: EventBus, clock: Clock) -> None:
        self._inbox = inbox
        self._bus = bus
        self._clock = clock

    def change(self, item: Item, state: SignalState, reason: str) -> Entry:
        self._bus.publish(SignalChanged(item.entry.signal, state, reason))
        return self._inbox.change(item, state, reason, self._clock.now())
