"""The signals that came in: their readings, their states, and when they expire."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.signal import Message
from signalos_desktop.engine.entries import (
    KnownSignal,
    SignalEntry,
    SignalState,
    SignalStateEntry,
)

OPEN_STATES = frozenset({SignalState.READY, SignalState.REVIEW, SignalState.REJECTED})


@dataclass(slots=True)
class Item:
    """One signal; only the engine's thread changes it."""

    entry: SignalEntry
    state: SignalState
    reason: str = ""


class Inbox:
    """All signals that matter now, by id, in the order they came in."""

    def __init__(self, last_number: int) -> None:
        self._items: dict[str, Item] = {}
        self._by_message: dict[tuple[str, str], str] = {}
        self._last = last_number

    def restore(self, known: Iterable[KnownSignal]) -> None:
        for signal in known:
            self._keep(Item(signal.entry, signal.state, signal.reason))

    def new_id(self) -> str:
        self._last += 1
        return f"S{self._last:06d}"

    def add(self, entry: SignalEntry) -> Item:
        item = Item(entry, SignalState.REVIEW)
        self._keep(item)
        return item

    def get(self, signal: str) -> Item | None:
        return self._items.get(signal)

    def text_of(self, message: Message) -> str | None:
        """Text of the message replied to: a known message id of the provider, else as given."""
        if message.reply_to is None:
            return None
        known = self._by_message.get((message.provider, message.reply_to))
        return self._items[known].entry.message.text if known else message.reply_to

    def earlier(self, message: Message) -> Item | None:
        """An earlier version of the same message (an edit or a repeat), the newest one."""
        if message.message_id is None:
            return None
        known = self._by_message.get((message.provider, message.message_id))
        return self._items[known] if known else None

    def change(
        self, item: Item, state: SignalState, reason: str, now: datetime
    ) -> SignalStateEntry:
        item.state, item.reason = state, reason
        return SignalStateEntry(item.entry.signal, now, state, reason)

    def waiting(self) -> list[Item]:
        """Signals that could still be fired."""
        return [item for item in self._items.values() if item.state in OPEN_STATES]

    def expired(self, now: datetime) -> list[Item]:
        return [i for i in self.waiting() if i.entry.expires is not None and i.entry.expires <= now]

    def _keep(self, item: Item) -> None:
        message = item.entry.message
        self._items[item.entry.signal] = item
        if message.message_id is not None:
            self._by_message[(message.provider, message.message_id)] = item.entry.signal
