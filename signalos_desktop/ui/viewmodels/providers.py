"""A provider's settings as a form: which values are its own, what holds without them, trust."""

from collections.abc import Iterator
from dataclasses import dataclass

from signalos_desktop.engine.setting_kinds import Setting, SettingInvalidError
from signalos_desktop.engine.setting_signals import FIELDS, FOR_ALL, provider_key
from signalos_desktop.engine.settings import Settings

_TITLES = {
    "trust": "Trust",
    "zone": "Entry zones",
    "targets": "T/Ps that are used",
    "weights": "Shares of the T/Ps",
    "edits": "Edited messages",
    "updates": "Updates",
    "alert_window_s": "Levels after an alert",
    "symbol": "Symbol where none is named",
    "symbols": "Names of symbols",
    "words": "Own words",
    "ignored_words": "Words that mean nothing",
    "ignored_lines": "Lines that mean nothing",
    "pips": "Size of a pip",
}
TRUST = {
    "observe": "Observe: signals are shown and judged, nothing is ever sent",
    "confirm": "Confirm: every signal waits for your FIRE",
    "auto": "Auto: what passes every rule is sent without you",
}
TAKEN, READ = "How its messages are taken", "How its messages are read"


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """One setting of a provider. value: as a person types it; own: set for it alone."""

    field: str
    setting: Setting
    title: str
    value: str
    own: bool

    @property
    def group(self) -> str:
        return TAKEN if self.field in FOR_ALL else READ

    @property
    def origin(self) -> str:
        """Where the value comes from."""
        if self.own:
            return "its own"
        common = FOR_ALL.get(self.field)
        return f"as for all ({common})" if common else "not set"


class ProviderForm:
    """Changes are gathered here; the engine takes all of them or none."""

    def __init__(self, settings: Settings, name: str) -> None:
        self.settings = settings
        self.name = name
        self._typed: dict[str, str] = {}

    def take_settings(self, settings: Settings) -> None:
        """Other settings are in force; what was typed and still differs stays."""
        typed, self.settings, self._typed = self._typed, settings, {}
        for field, text in typed.items():
            self.type(field, text)

    def lines(self) -> Iterator[ProviderLine]:
        for field in FIELDS:
            key = provider_key(self.name, field)
            own = key in self.settings.explicit
            setting = self.settings.declared(key)
            yield ProviderLine(field, setting, _TITLES[field], self.value(field), own)

    def value(self, field: str) -> str:
        key = provider_key(self.name, field)
        return self._typed.get(field, self.settings.shown(key))

    def inherited(self, field: str) -> str:
        """What would hold without a value of its own."""
        key = provider_key(self.name, field)
        return self.settings.without([key]).shown(key)

    def type(self, field: str, text: str) -> None:
        key = provider_key(self.name, field)
        if not self.error(field, text) and self._same(key, text):
            self._typed.pop(field, None)
        else:
            self._typed[field] = text

    def forget(self, field: str) -> None:
        """Let go of what was typed for one setting."""
        self._typed.pop(field, None)

    def error(self, field: str, text: str) -> str:
        """Key, value and range of a text that cannot be taken; empty if it can."""
        try:
            self.settings.with_change(provider_key(self.name, field), text)
        except SettingInvalidError as invalid:
            return invalid.text
        return ""

    def errors(self) -> dict[str, str]:
        found = {field: self.error(field, text) for field, text in self._typed.items()}
        return {field: error for field, error in found.items() if error}

    def changes(self) -> dict[str, object]:
        return dict(self._typed)

    def own_fields(self) -> tuple[str, ...]:
        return tuple(line.field for line in self.lines() if line.own)

    @property
    def trust_words(self) -> str:
        """The trust that really holds: observe for all is above each provider's own."""
        if (typed := TRUST.get(self._typed.get("trust", ""))) is not None:
            return f"Once saved, {typed}"
        trust = self.settings.provider(self.name).trust.value
        own = self.settings.shown(provider_key(self.name, "trust"))
        above = ". autonomy = observe holds for every provider" if trust != own else ""
        return TRUST[trust] + above

    def _same(self, key: str, text: str) -> bool:
        return self.settings.with_change(key, text).get(key) == self.settings.get(key)


def provider_note(settings: Settings, name: str) -> str:
    """A provider in the list: its trust, and how many settings are its own."""
    trust = settings.provider(name).trust.value.capitalize()
    own = sum(provider_key(name, field) in settings.explicit for field in FIELDS)
    return f"{trust}, {own} of its own" if own else f"{trust}, as for all"
