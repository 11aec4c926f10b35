"""Which earlier message a new one belongs to: its edit, the levels of an alert, a reply to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile

from signalos_desktop.domain import parsing
from signalos_desktop.domain.parsing.profile import Profile
from signalos_desktop.domain.providers.alerts import completed, with_levels
from signalos_desktop.domain.providers.differences import FieldChange, differences
from signalos_desktop.domain.providers.policy import ProviderPolicy
from signalos_desktop.domain.signal import Kind, Message, Reading
from signalos_desktop.engine.entries import Relation
from signalos_desktop.engine.inbox import OPEN_STATES, Inbox, Item

_GONE = Reading(Kind.NONE)


@dataclass(frozen=True, slots=True)
class Related:
    """A message with its place: earlier is what it edits, completes, deletes or answers."""

    relation: Relation
    reading: Reading
    earlier: Item | None = None
    changes: tuple[FieldChange, ...] = ()

    @property
    def thread(self) -> str:
        return self.earlier.entry.root if self.earlier is not None else ""


def relate(
    inbox: Inbox,
    message: Message,
    policy: ProviderPolicy,
    now: datetime,
    fired: Callable[[str], bool],
) -> Related:
    """Read a message and find its place among those of its provider, never of another one.

    fired: whether a thread was sent to an account; its levels are then moved, not read anew.
    """
    profile = policy.profile
    reading = parsing.read(message.text, reply_to=inbox.text_of(message), profile=profile)
    earlier = inbox.earlier(message)
    if message.deleted:
        return Related(Relation.DELETION, _GONE, earlier)
    if earlier is not None:
        return _version(inbox, earlier, message, reading, profile)
    replied = inbox.replied(message)
    if replied is not None:
        signal = _answered(inbox, replied)
        found = _levels_for(signal, reading, waits=not fired(signal.entry.root))
        if found is not None or reading.kind is Kind.OPEN:
            return found or Related(Relation.NEW, reading)
        return Related(Relation.REPLY, reading, replied)
    return _follows(inbox, message, reading, policy, now) or Related(Relation.NEW, reading)


def _version(
    inbox: Inbox, earlier: Item, message: Message, reading: Reading, profile: Profile
) -> Related:
    """The same message once more: unchanged, or edited."""
    if _open(earlier):
        first = next(item for item in inbox.thread(earlier.entry.root) if _open(item))
        reading = _beside(first.entry.message.text, earlier, message, reading, profile)
    changes = differences(earlier.entry.reading, reading)
    if not changes or message.text == earlier.entry.message.text:
        return Related(Relation.REPEAT, reading, earlier)
    return Related(Relation.EDIT, reading, earlier, changes)


def _beside(
    text: str, earlier: Item, message: Message, reading: Reading, profile: Profile
) -> Reading:
    """Bare levels as they read beside the signal that they are for; text: its first version."""
    if reading.kind is Kind.NONE:
        reading = parsing.read(message.text, reply_to=text, profile=profile)
    if reading.kind is not Kind.UPDATE:
        return reading
    return with_levels(earlier.entry.reading, reading) or reading


def _answered(inbox: Inbox, replied: Item) -> Item:
    """The newest version of the signal that a message answers, or of what it belongs to."""
    opens = [item for item in inbox.thread(replied.entry.root) if _open(item)]
    return opens[-1] if opens else replied


def _levels_for(signal: Item, reading: Reading, *, waits: bool = True) -> Related | None:
    """New levels for a signal: those an alert lacks, or other ones for one that still waits."""
    merged = completed(signal.entry.reading, reading)
    if merged is None and waits and signal.state in OPEN_STATES:
        merged = with_levels(signal.entry.reading, reading)
    if merged is None:
        return None
    changes = differences(signal.entry.reading, merged)
    return Related(Relation.LEVELS, merged, signal, changes)


def _follows(
    inbox: Inbox, message: Message, reading: Reading, policy: ProviderPolicy, now: datetime
) -> Related | None:
    """The levels of an alert that came a moment before, where there is just one it can be."""
    if not policy.alert_window_s:
        return None
    since = now - timedelta(seconds=policy.alert_window_s)
    alerts: Iterator[Item] = inbox.alerts(message.provider)
    alerts = takewhile(lambda item: item.entry.time >= since, alerts)
    if reading.kind is Kind.NONE:
        # Bare levels say something only beside the one alert that they are for.
        waiting = list(islice((alert for alert in alerts if _lacks_levels(inbox, alert)), 2))
        if len(waiting) != 1:
            return None
        text = waiting[0].entry.message.text
        reading = parsing.read(message.text, reply_to=text, profile=policy.profile)
        alerts = iter(waiting)
    found = (
        related
        for alert in alerts
        if (related := _levels_for(alert, reading)) and _lacks_levels(inbox, alert)
    )
    first = next(found, None)
    return first if reading.kind is Kind.OPEN or next(found, None) is None else None


def _lacks_levels(inbox: Inbox, alert: Item) -> bool:
    """Whether nothing newer of its thread is a signal."""
    return [member for member in inbox.thread(alert.entry.root) if _open(member)][-1:] == [alert]


def _open(item: Item) -> bool:
    return item.entry.reading.kind is Kind.OPEN
