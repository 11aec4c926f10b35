"""The settings of the account's limits; what they mean and their ranges: domain/risk."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from signalos_desktop.domain.risk.account_limits import LIMIT_BOUNDS, LIMIT_KEYS, LimitRules
from signalos_desktop.engine.setting_kinds import Range, Setting, SettingKind, SettingValue

# Field of LimitRules -> what it does, for the person who sets it.
_HELP: Mapping[str, str] = {
    "preset": "limits of a prop firm's programme, in its time zone; needs limits.initial. Of Alpha "
    "Capital it is the day's alone: set limits.percent to the maximum loss of your plan",
    "initial": "balance that the account began with, which firms take their percentages of",
    "highest": "highest end-of-day balance or peak that the firm's page states, if from before "
    "this program saw the account; 0 = as seen",
    "zone": "time zone of the limits of your own, as Europe/Prague; empty = the trade server's day",
    "daily_percent": "what may be lost in a day, in percent of its first balance; 0 = off",
    "percent": "another limit of your own, in percent of what its period began with, for lifetime "
    "of limits.initial if that is set; 0 = off",
    "measure": "what its loss is: the period's first balance less the balance now, the same less "
    "the equity now, or the first equity less the equity now",
    "period": "how long that limit counts before it begins anew",
    "trailing_percent": "how far equity may fall from its peak, in percent of the peak; 0 = off",
    "trailing_lock": "the trailing floor never rises above limits.initial",
    "buffer_percent": "kept above every floor, in percent of the initial balance, since slippage "
    "can overshoot it",
    "action": "what happens at a limit: entries pause and resting ones are cancelled, or the "
    "emergency stop for every terminal",
    "day_resume": "who ends a pause for the day's loss once the next day has begun",
    "check_before_min": "minutes before the day's reset at which open losses are checked against "
    "the next floor; 0 = off",
}


def limit_settings() -> tuple[Setting, ...]:
    """Their declarations."""
    defaults = LimitRules()
    return tuple(_setting(field, getattr(defaults, field), text) for field, text in _HELP.items())


def limit_rules(values: Mapping[str, SettingValue]) -> LimitRules:
    """The rules of the account's limits, from the settings by key."""
    defaults, found = LimitRules(), dict[str, Any]()
    for field in fields(LimitRules):
        value = values[limit_key(field.name)]
        kind = type(getattr(defaults, field.name))
        found[field.name] = kind(str(value)) if issubclass(kind, StrEnum) else value
    return LimitRules(**found)


LIMIT_SETTINGS = (*(bound.key for bound in LIMIT_BOUNDS.values()), *LIMIT_KEYS.values())
"""The keys of all of them."""


def limit_key(field: str) -> str:
    return LIMIT_BOUNDS[field].key if field in LIMIT_BOUNDS else LIMIT_KEYS[field]


def _setting(field: str, default: Any, text: str) -> Setting:
    key = limit_key(field)
    if field in LIMIT_BOUNDS:
        bound = LIMIT_BOUNDS[field]
        kind = SettingKind.INTEGER if isinstance(default, int) else SettingKind.DECIMAL
        return Setting(
            key, kind, default, text, Range(bound.minimum, bound.maximum), unit=bound.unit
        )
    if isinstance(default, StrEnum):
        choices = tuple(choice.value for choice in type(default))
        return Setting(key, SettingKind.CHOICE, default.value, text, choices=choices)
    kind = SettingKind.BOOLEAN if isinstance(default, bool) else SettingKind.ZONE
    return Setting(key, kind, default, text)
