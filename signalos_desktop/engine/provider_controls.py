"""Everything a user can ask about providers: list, show, set, reset, teach."""

import asyncio
from collections.abc import Mapping, Sequence

from signalos_desktop.domain.parsing.teaching import Mark
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.setting_controls import SettingControls
from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.setting_signals import FIELDS, provider_key
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.teaching import (
    MOST_MESSAGES,
    USUAL_MESSAGES,
    last_messages,
    marked_text,
    preview,
    to_keep,
)

Found = Mapping[str, object] | Refusal


class ProviderControls:
    """The verbs of providers; only on the engine's loop. What was found, or why not."""

    def __init__(self, inbox: Inbox, settings: SettingControls) -> None:
        self._inbox = inbox
        self._settings = settings

    def names(self) -> Found:
        """Every provider that has settings of its own or has said something lately."""
        own = self._settings.now.providers
        return {"providers": sorted({*own, *self._inbox.providers()}), "own": list(own)}

    def shown(self, name: str) -> Found:
        """Each setting of a provider with its value; own = set for it, else that for all."""
        try:
            return {"provider": name, "settings": provider_rows(self._settings.now, name)}
        except SettingInvalidError as invalid:
            return Refusal(invalid.code, invalid.text)

    def set(self, name: str, values: Mapping[str, object]) -> Found:
        changes = {provider_key(name, field): value for field, value in values.items()}
        changed = self._settings.change(changes)
        return changed if isinstance(changed, Refusal) else self.shown(name)

    def reset(self, name: str, fields: Sequence[str]) -> Found:
        """Take some of the provider's own settings away, or all; those for all hold again."""
        keys = keys_to_reset(self._settings.now, name, fields)
        if isinstance(keys, Refusal):
            return keys
        changed = self._settings.keep(self._settings.now.without(keys))
        return changed if isinstance(changed, Refusal) else self.shown(name)

    async def teach(
        self, name: str, signal: str, marks: Sequence[Mark], last: int | None, *, save: bool
    ) -> Found:
        """What the marks add, and which of the last messages then read otherwise; save: keep it."""
        count = USUAL_MESSAGES if last is None else last
        if not 0 <= count <= MOST_MESSAGES:
            return Refusal("BAD_FIELD", f"last = {count}, allowed 0-{MOST_MESSAGES}")
        text = marked_text(self._inbox, name, signal)
        if isinstance(text, Refusal):
            return text
        before = self._settings.now
        profile = before.provider(name).profile
        messages = last_messages(self._inbox, name, count)
        found = await asyncio.to_thread(preview, text, tuple(marks), profile, messages)
        if found.lesson.problems:
            return Refusal("NOT_LEARNT", "; ".join(found.lesson.problems))
        if save:
            kept = self._settings.change(to_keep(name, found.lesson.profile, before.explicit))
            if isinstance(kept, Refusal):
                return kept
        return {"provider": name, "preview": found, "saved": save}


def provider_rows(settings: Settings, name: str) -> list[dict[str, object]]:
    """The settings of a provider, field by field."""
    rows: list[dict[str, object]] = []
    for field in FIELDS:
        declared = settings.declared(provider_key(name, field))
        rows.append(
            {
                "field": field,
                "value": settings.shown(declared.key),
                "own": declared.key in settings.explicit,
                "type": declared.kind.value,
                "allowed": declared.allowed,
                "help": declared.help,
            }
        )
    return rows


def keys_to_reset(settings: Settings, name: str, fields: Sequence[str]) -> list[str] | Refusal:
    """The keys to take away: those of the fields named, or all of the provider."""
    unknown = [field for field in fields if field not in FIELDS]
    if unknown:
        text = f"{', '.join(unknown)[:80]} is no setting of a provider: {', '.join(FIELDS)}"
        return Refusal("CONFIG_INVALID", text)
    keys = [provider_key(name, field) for field in fields or FIELDS]
    found = [key for key in keys if key in settings.explicit]
    return found or Refusal("NOTHING_TO_DO", f"{name[:80]} has no such setting of its own")
