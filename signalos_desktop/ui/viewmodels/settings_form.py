"""The settings as a form: groups, titles, what was typed, what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from signalos_desktop.engine.setting_kinds import Setting, SettingInvalidError
from signalos_desktop.engine.setting_panel import HOTKEYS
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.viewmodels.hotkeys import BadKeysError, read_keys, written_alike

_GROUPS = {
    "autonomy": "Trading",
    "strategy": "Trading",
    "risk": "Risk rules",
    "entry": "Risk rules",
    "targets": "Risk rules",
    "stop": "Stop and pause",
    "pending": "Stop and pause",
    "command": "MetaTrader 5",
    "bridge": "MetaTrader 5",
    "magic": "MetaTrader 5",
    "stock": "Stock executor",
    "symbol": "Symbols",
    "server": "Server",
    "manage": "Open trades",
    "panel": "Panel",
    "hotkey": "Hotkeys",
}
_WORDS = {"ttl": "TTL", "rr": "R:R", "url": "address", "s": "seconds"}


@dataclass(frozen=True, slots=True)
class FormLine:
    """One setting as it is shown. value: as a person types it."""

    setting: Setting
    group: str
    title: str
    value: str

    @property
    def key(self) -> str:
        return self.setting.key

    @property
    def hint(self) -> str:
        return self.setting.allowed

    def found_by(self, text: str) -> bool:
        """True if every word that is looked for is in its name, title or help."""
        hay = f"{self.key} {self.title} {self.group} {self.setting.help}".lower()
        return all(word in hay for word in text.lower().split())


class SettingsForm:
    """Changes are only gathered here; the engine takes all of them or none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._typed: dict[str, str] = {}

    @property
    def settings(self) -> Settings:
        return self._settings

    def lines(self) -> Iterator[FormLine]:
        for setting in self._settings:
            yield FormLine(
                setting, group_of(setting.key), title_of(setting.key), self.value(setting.key)
            )

    def groups(self) -> list[str]:
        return list(dict.fromkeys(line.group for line in self.lines()))

    def value(self, key: str) -> str:
        return self._typed.get(key, self._settings.shown(key))

    def type(self, key: str, text: str) -> str:
        """Remember what was typed; returns what is wrong with it, in words, or nothing."""
        error = self.error(key, text)
        if not error and self._same(key, text):
            self._typed.pop(key, None)
        else:
            self._typed[key] = text
        return error

    def error(self, key: str, text: str) -> str:
        """What is wrong with a text for this setting; empty if nothing is."""
        try:
            self._settings.with_change(key, text)
        except SettingInvalidError:
            return f"allowed: {self._settings.declared(key).allowed}"
        return self._key_error(key, text)

    def _key_error(self, key: str, text: str) -> str:
        """What is wrong with a hotkey: no keys, or those of another action."""
        group, _, action = key.partition(".")
        if group != "hotkey" or not (text.strip() or action == "stop"):
            return ""
        try:
            keys = str(read_keys(text))
        except BadKeysError as error:
            return str(error)
        for other in HOTKEYS:
            taken = self.value(f"hotkey.{other}")
            if other != action and taken and written_alike(taken, keys):
                return f"{keys} is for {other} already: choose others"
        return ""

    def errors(self) -> dict[str, str]:
        found = {key: self.error(key, text) for key, text in self._typed.items()}
        return {key: error for key, error in found.items() if error}

    def changes(self) -> dict[str, object]:
        return dict(self._typed)

    def changed_in(self, group: str) -> int:
        return sum(group_of(key) == group for key in self._typed)

    def discard(self) -> None:
        self._typed.clear()

    def reset_to_default(self, key: str) -> str:
        """The default as text; it is a change like any other."""
        text = Settings({"strategy": self._settings.text("strategy")}).shown(key)
        self.type(key, text)
        return text

    def _same(self, key: str, text: str) -> bool:
        return self._settings.with_change(key, text).get(key) == self._settings.get(key)


def group_of(key: str) -> str:
    head = key.partition(".")[0]
    return _GROUPS.get(head, head.capitalize())


def title_of(key: str) -> str:
    """A key in words: `risk.max_open_risk_percent` is `Max open risk percent`."""
    tail = key.partition(".")[2] or key
    words = [_WORDS.get(word, word) for word in tail.replace(".", " ").replace("_", " ").split()]
    if words[-1] == "min":
        # The unit of a time stands last; elsewhere it is the least of something.
        words[-1] = "minutes"
    text = " ".join(words)
    return text[:1].upper() + text[1:]
