"""Teach by marking: what is added for a provider, and which of its messages then read otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from signalos_desktop.domain import parsing
from signalos_desktop.domain.parsing.profile import Profile
from signalos_desktop.domain.parsing.teaching import Lesson, Mark, teach
from signalos_desktop.domain.signal import Reading
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.setting_kinds import SettingValue
from signalos_desktop.engine.setting_signals import own_words, provider_key

MOST_MESSAGES = 500
USUAL_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the provider with the text that it answers."""

    signal: str
    text: str
    replied: str | None


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """A message that reads otherwise with what was taught."""

    signal: str
    text: str
    before: Reading
    after: Reading


@dataclass(frozen=True, slots=True)
class Preview:
    """What a lesson does before it is kept; looked_at: how many of the last messages were read."""

    lesson: Lesson
    changed: tuple[ReadOtherwise, ...]
    looked_at: int


def last_messages(inbox: Inbox, provider: str, count: int) -> tuple[Said, ...]:
    """The newest ones of the provider, newest first."""
    return tuple(
        Said(item.entry.signal, item.entry.message.text, inbox.text_of(item.entry.message))
        for item in islice(inbox.of(provider), count)
    )


def marked_text(inbox: Inbox, provider: str, signal: str) -> str | Refusal:
    """The text of the message that was marked."""
    item = inbox.get(signal)
    if item is None:
        return Refusal("UNKNOWN_SIGNAL", f"there is no signal {signal}")
    said = item.entry.message
    if said.provider != provider:
        return Refusal("BAD_FIELD", f"{signal} is a message of {said.provider}, not of {provider}")
    return said.text


def preview(
    text: str, marks: Sequence[Mark], profile: Profile, messages: Iterable[Said]
) -> Preview:
    """Teach, then read the last messages both ways; changes nothing."""
    lesson = teach(text, tuple(marks), profile)
    said = tuple(messages)
    changed = []
    for message in said if lesson.learnt else ():
        before = parsing.read(message.text, reply_to=message.replied, profile=profile)
        after = parsing.read(message.text, reply_to=message.replied, profile=lesson.profile)
        if before != after:
            changed.append(ReadOtherwise(message.signal, message.text, before, after))
    return Preview(lesson, tuple(changed), len(said))


def to_keep(provider: str, profile: Profile, settings: Mapping[str, object]) -> dict[str, object]:
    """The provider's settings that the profile makes: those that say something, or did before."""
    fields: dict[str, SettingValue] = own_words(profile)
    keys = {provider_key(provider, field): value for field, value in fields.items()}
    return {key: value for key, value in keys.items() if value or key in settings}
