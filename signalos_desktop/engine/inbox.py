"""The signals that came in: their readings, their states, and when they expire."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.providers.alerts import is_alert
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
        self._by_provider: dict[str, list[Item]] = {}
        self._by_thread: dict[str, list[Item]] = {}
        self._alerts: dict[str, list[Item]] = {}
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
        replied = self.replied(message)
        return message.reply_to if replied is None else replied.entry.message.text

    def replied(self, message: Message) -> Item | None:
        """The message of the provider that this one answers, named by its id or its whole text."""
        if message.reply_to is None:
            return None
        known = self._by_message.get((message.provider, message.reply_to))
        if known is not None:
            return self._items[known]
        said = (i for i in self.of(message.provider) if i.entry.message.text == message.reply_to)
        return next(said, None)

    def all(self) -> tuple[Item, ...]:
        """Everything that is known, oldest first."""
        return tuple(self._items.values())

    def of(self, provider: str) -> Iterator[Item]:
        """The messages of a provider, newest first."""
        return reversed(self._by_provider.get(provider, ()))

    def providers(self) -> tuple[str, ...]:
        return tuple(self._by_provider)

    def alerts(self, provider: str) -> Iterator[Item]:
        """Those of them that lack S/L or T/P, newest first."""
        return reversed(self._alerts.get(provider, ()))

    def thread(self, root: str) -> tuple[Item, ...]:
        """Every message that belongs to a signal, itself included, in the order they came in."""
        return tuple(self._by_thread.get(root, ()))

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
        self._by_provider.setdefault(message.provider, []).append(item)
        if is_alert(item.entry.reading):
            self._alerts.setdefault(message.provider, []).append(item)
        self._by_thread.setdefault(item.entry.root, []).append(item)
        if message.message_id is not None:
            self._by_message[(message.provider, message.message_id)] = item.entry.signal
