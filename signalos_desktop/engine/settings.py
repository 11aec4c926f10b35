"""The settings in force: an immutable view of what was set, with the declared defaults below it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.engine.setting_kinds import (
    Setting,
    SettingInvalidError,
    SettingValue,
    read_text,
    read_value,
    show,
)
from signalos_desktop.engine.setting_list import LOAD, RULE_HELP, STANDARD, declarations, rule_key

Kind = TypeVar("Kind")


class Settings:
    """Read by key, never changed: with_change gives another one. Blank = all defaults."""

    __slots__ = ("_declared", "_set")

    def __init__(self, values: Mapping[str, SettingValue] | None = None) -> None:
        self._set: dict[str, SettingValue] = dict(values or {})
        self._declared = declarations(str(self._set.get("strategy", STANDARD)))

    @classmethod
    def from_stored(cls, values: Mapping[str, object]) -> "Settings":
        """Settings of stored values, strictly typed; SettingInvalidError names the bad one."""
        return cls().with_changes(values, stored=True)

    def __iter__(self) -> Iterator[Setting]:
        return iter(self._declared.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and other.explicit == self.explicit

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._set)))

    @property
    def explicit(self) -> dict[str, SettingValue]:
        """What was set by somebody: what a file has to keep."""
        return dict(self._set)

    def declared(self, key: str) -> Setting:
        """The declaration of a key; SettingInvalidError if there is no such setting."""
        try:
            return self._declared[key]
        except KeyError:
            raise SettingInvalidError(
                f"{key[:80]} is no setting: `settings list` shows them all"
            ) from None

    def get(self, key: str) -> SettingValue:
        return self._set.get(key, self.declared(key).default)

    def shown(self, key: str) -> str:
        """The value as a person types it."""
        return show(self.get(key))

    def decimal(self, key: str) -> Decimal:
        return self._typed(key, Decimal)

    def integer(self, key: str) -> int:
        return self._typed(key, int)

    def boolean(self, key: str) -> bool:
        return self._typed(key, bool)

    def text(self, key: str) -> str:
        return self._typed(key, str)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(str(part) for part in self._typed(key, tuple))

    def mapping(self, key: str) -> dict[str, str]:
        return dict(self._typed(key, dict))

    def with_change(self, key: str, value: object) -> "Settings":
        """These settings with one other value, given as text or as the value itself."""
        return self.with_changes({key: value})

    def with_changes(self, changes: Mapping[str, object], *, stored: bool = False) -> "Settings":
        """All changes or none. Ranges are those of the strategy that results; stored: no text."""
        strategy = changes.get("strategy", self._set.get("strategy", STANDARD))
        declared = Settings({"strategy": str(strategy).strip()})
        kept = {key: value for key, value in self._set.items() if key not in changes}
        values = {key: read_value(declared.declared(key), value) for key, value in kept.items()}
        for key, value in changes.items():
            setting = declared.declared(key)
            typed = isinstance(value, str) and not stored
            values[key] = read_text(setting, str(value)) if typed else read_value(setting, value)
        return Settings(values)

    def _typed(self, key: str, kind: type[Kind]) -> Kind:
        value = self.get(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"{key} is a {self.declared(key).kind}, not a {kind.__name__}")
        return value


def risk_rules(settings: Settings) -> RiskRules:
    """The rules of risk as they are set."""
    values: dict[str, Any] = {field: settings.get(rule_key(field)) for field in RULE_HELP}
    defaults = RiskRules()
    for field in fields(RiskRules):
        kind = type(getattr(defaults, field.name))
        if field.name in values and issubclass(kind, str):
            values[field.name] = kind(values[field.name])
    return RiskRules(**values)


def live_warning(settings: Settings) -> str | None:
    """What has to be said on a live account, or None."""
    if settings.text("strategy") != LOAD:
        return None
    return (
        "strategy = load lifts the limits for load tests and this account is live: "
        "set strategy to standard before you trade"
    )
