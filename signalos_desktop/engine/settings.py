"""The settings in force: an immutable view of what was set, with the declared defaults below it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from signalos_desktop.domain.management.rules import ManagementRules
from signalos_desktop.domain.providers.policy import ProviderPolicy
from signalos_desktop.domain.risk.account_limits import LimitRules, contradictions
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.rules import contradictions as contradictory
from signalos_desktop.engine.setting_kinds import (
    Setting,
    SettingInvalidError,
    SettingValue,
    read_text,
    read_value,
    show,
)
from signalos_desktop.engine.setting_limits import LIMIT_SETTINGS, limit_rules
from signalos_desktop.engine.setting_list import LOAD, RULE_HELP, STANDARD, declarations, rule_key
from signalos_desktop.engine.setting_management import (
    MANAGEMENT_SETTINGS,
    PARTIALS,
    management_rules,
    uneven_partials,
)
from signalos_desktop.engine.setting_signals import (
    EVERYBODY,
    declare_provider,
    own_settings,
    read_policy,
    split_key,
    unknown_field,
)
from signalos_desktop.engine.setting_strategies import (
    EVERYWHERE,
    FOR,
    declare_strategy,
    misused,
    strategies_of,
)

Kind = TypeVar("Kind")


class Settings:
    """Read by key, never changed: with_change gives another one. Blank = all defaults."""

    __slots__ = (
        "_applied",
        "_assigned",
        "_declared",
        "_limits",
        "_management",
        "_owned",
        "_policies",
        "_rules",
        "_set",
    )

    def __init__(self, values: Mapping[str, SettingValue] | None = None) -> None:
        self._set: dict[str, SettingValue] = dict(values or {})
        self._declared = declarations(str(self._set.get("strategy", STANDARD)))
        self._rules: RiskRules | None = None
        self._owned = own_settings(self._set)
        self._policies: dict[str, ProviderPolicy] = {}
        self._limits: LimitRules | None = None
        self._assigned = self.mapping(FOR)
        self._applied: dict[tuple[str, ...], Settings] = {}
        self._management: ManagementRules | None = None

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

    @property
    def rules(self) -> RiskRules:
        """The rules of risk as they are set."""
        if self._rules is None:
            self._rules = _risk_rules(self)
        return self._rules

    @property
    def limits(self) -> LimitRules:
        """The limits of the account as a whole as they are set."""
        if self._limits is None:
            self._limits = limit_rules({key: self.get(key) for key in LIMIT_SETTINGS})
        return self._limits

    @property
    def management(self) -> ManagementRules:
        """The rules that open trades are looked after by, as they are set."""
        if self._management is None:
            keys = (setting.key for setting in MANAGEMENT_SETTINGS)
            self._management = management_rules({key: self.get(key) for key in keys})
        return self._management

    @property
    def strategies(self) -> dict[str, dict[str, SettingValue]]:
        """The rules of each strategy that somebody made, by name."""
        return strategies_of(self._set)

    def applied(self, provider: str = "", account: str = "") -> "Settings":
        """These settings with the strategies that hold for a provider and an account.

        The one for all comes first, then the provider's; the account's has the last word.
        """
        names = self._assigned
        if not names:
            return self
        used = tuple(names[who] for who in (EVERYWHERE, provider, account) if who in names)
        if used not in self._applied:
            strategies = self.strategies
            over = {key: value for name in used for key, value in strategies[name].items()}
            self._applied[used] = Settings({**self._set, **over}) if over else self
        return self._applied[used]

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers that have settings of their own, in order."""
        return tuple(sorted(self._owned))

    def provider(self, name: str) -> ProviderPolicy:
        """All that holds for a provider: its own settings, else those for all."""
        known = name if name in self._owned else EVERYBODY
        if known not in self._policies:
            self._policies[known] = read_policy(known, self._owned.get(known, {}), self.get)
        return self._policies[known]

    def declared(self, key: str) -> Setting:
        """The declaration of a key; SettingInvalidError if there is no such setting."""
        found = (
            self._declared.get(key)
            or declare_strategy(key, self._declared, self.get)
            or declare_provider(key, self._declared, self.get)
        )
        if found is not None:
            return found
        if split_key(key) is not None:
            raise SettingInvalidError(unknown_field(key))
        raise SettingInvalidError(f"{key[:80]} is no setting: `settings list` shows them all")

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
        changed = Settings(values)
        against = (
            *contradictory(changed.rules),
            *contradictions(changed.limits),
            *uneven_partials(changed.get(PARTIALS)),
        )
        if against:
            raise SettingInvalidError("; ".join(against))
        wrong = misused(changed.strategies, changed.mapping(FOR))
        if wrong:
            raise SettingInvalidError("; ".join(wrong))
        changed.check_strategies()
        for name in changed.providers:
            changed.provider(name)  # raises for words, symbols or pips that the parser cannot take
        return changed

    def check_strategies(self) -> None:
        """SettingInvalidError if a strategy contradicts itself or what it is laid over."""
        for name, own in self.strategies.items():
            over = Settings({**self._set, **own})
            against = (
                *contradictory(over.rules),
                *contradictions(over.limits),
                *uneven_partials(over.get(PARTIALS)),
            )
            if against:
                raise SettingInvalidError(f"strategy {name}: {'; '.join(against)}")

    def without(self, keys: Collection[str]) -> "Settings":
        """These settings with the defaults for some keys; not for `strategy`, which has ranges."""
        return Settings({key: value for key, value in self._set.items() if key not in keys})

    def _typed(self, key: str, kind: type[Kind]) -> Kind:
        value = self.get(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"{key} is a {self.declared(key).kind}, not a {kind.__name__}")
        return value


def _risk_rules(settings: Settings) -> RiskRules:
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
