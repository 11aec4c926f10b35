"""Keys as a person writes them, `Ctrl+Shift+Pause`, and which action each of them is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from signalos_desktop.engine.setting_panel import HOTKEYS

MODIFIERS = ("Ctrl", "Alt", "Shift")
_FREE = ("Pause", *(f"F{number}" for number in range(1, 13)))
_NAMED = ("Home", "End", "PgUp", "PgDown", "Ins", "Del", "Up", "Down", "Left", "Right", "Space")
# What every text field and the ticket take for themselves.
_TAKEN = {f"Ctrl+{key}" for key in "ACVXYZ"}
ALLOWED = "F1 to F12 or Pause, or Ctrl or Alt with a letter, a digit or a named key"


class BadKeysError(ValueError):
    """The text names no keys that can be used; it says which can."""


@dataclass(frozen=True, slots=True)
class Keys:
    """key: as Qt names it, `B`, `F9`, `Pause`."""

    key: str
    held: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "+".join((*(name for name in MODIFIERS if name in self.held), self.key))


@dataclass(frozen=True, slots=True)
class Hotkeys:
    """Which keys mean which action; problems: what could not be used, in words."""

    actions: Mapping[Keys, str]
    problems: tuple[str, ...] = ()

    def keys_of(self, action: str) -> str:
        """As a person writes them; empty = none."""
        return next((str(keys) for keys, name in self.actions.items() if name == action), "")


def read_keys(text: str) -> Keys:
    """BadKeysError for what cannot be a hotkey."""
    *held, key = (part.strip() for part in text.split("+"))
    known = {name.lower(): name for name in (*_FREE, *_NAMED)} | {"break": "Pause"}
    names = {name.lower(): name for name in MODIFIERS}
    found = known.get(key.lower(), key.upper() if len(key) == 1 and key.isalnum() else "")
    if not found or not key.isascii() or not all(part.lower() in names for part in held):
        raise BadKeysError(f"allowed: {ALLOWED}")
    keys = Keys(found, frozenset(names[part.lower()] for part in held))
    if found not in _FREE and not keys.held & {"Ctrl", "Alt"}:
        raise BadKeysError(f"{keys} alone is typed into texts: add Ctrl or Alt")
    if str(keys) in _TAKEN:
        raise BadKeysError(f"{keys} belongs to every text field")
    return keys


def written_alike(text: str, keys: str) -> bool:
    """Whether a text means these keys."""
    try:
        return str(read_keys(text)) == keys
    except BadKeysError:
        return False


def assign(texts: Mapping[str, str]) -> Hotkeys:
    """Action -> text. Keys that stand twice stay with the first action; a stop is never lost."""
    actions: dict[Keys, str] = {}
    problems: list[str] = []
    for action, (usual, _) in HOTKEYS.items():
        text = texts.get(action, usual).strip()
        if not text and action != "stop":
            continue
        try:
            keys = read_keys(text)
        except BadKeysError as error:
            problems.append(f"hotkey.{action} = {text[:40] or 'nothing'}: {error}")
            if action != "stop":
                continue
            keys = read_keys(usual)
        if keys in actions:
            problems.append(f"hotkey.{action} = {keys}: these keys are for {actions[keys]} already")
        else:
            actions[keys] = action
    return Hotkeys(actions, tuple(problems))
