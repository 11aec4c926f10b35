"""The settings by which open trades are looked after, and the rules that they make."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.management.rules import (
    ManagementRules,
    OppositePolicy,
    TrailMode,
    pairs,
    unpaired,
)
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.setting_kinds import Range, Setting, SettingKind

OPPOSITE, PARTIALS = "manage.opposite", "manage.partials"
START = "trailing begins at this profit; 0 = not by it"


def _whole(key: str, lowest: int, highest: int, text: str, unit: str = "points") -> Setting:
    within = Range(Decimal(lowest), Decimal(highest))
    return Setting(key, SettingKind.INTEGER, 0, text, within, unit=unit)


def _r(key: str, text: str, lowest: str = "0") -> Setting:
    within = Range(Decimal(lowest), Decimal(20))
    return Setting(key, SettingKind.DECIMAL, Decimal(0), text, within, unit="R")


def _switch(key: str, text: str) -> Setting:
    return Setting(key, SettingKind.BOOLEAN, False, text)


# Field of ManagementRules -> its declaration; the default is the field's own.
RULES: Mapping[str, Setting] = {
    "breakeven_points": _whole(
        "manage.breakeven.points",
        0,
        100000,
        "S/L to break-even at this profit (10 points = 1 pip with 3 or 5 digits); 0 = off",
    ),
    "breakeven_r": _r(
        "manage.breakeven.r",
        "S/L to break-even at this profit; 1 R = the way from the entry to the first S/L; 0 = off",
    ),
    "breakeven_target": _whole(
        "manage.breakeven.after_tp",
        0,
        20,
        "S/L to break-even once the T/P of this number is reached, the nearest is 1; 0 = off",
        "",
    ),
    "breakeven_offset_points": _whole(
        "manage.breakeven.offset_points", 0, 10000, "break-even lies so far beyond the entry"
    ),
    "breakeven_costs": _switch(
        "manage.breakeven.costs", "break-even also covers commission (both ways) and swap"
    ),
    "trail": Setting(
        "manage.trail.mode",
        SettingKind.CHOICE,
        "off",
        "S/L that follows the price, at a distance in points or in parts of the first risk; "
        "without a start of its own it begins at a profit of that distance, as in MetaTrader 5",
        choices=tuple(mode.value for mode in TrailMode),
    ),
    "trail_points": _whole(
        "manage.trail.points", 1, 100000, "distance of the trailing S/L, with mode points"
    ),
    "trail_r": _r("manage.trail.r", "distance of the trailing S/L, with mode r", "0.1"),
    "trail_from_points": _whole("manage.trail.start_points", 0, 100000, START),
    "trail_from_r": _r("manage.trail.start_r", START),
    "trail_from_target": _whole(
        "manage.trail.start_tp",
        0,
        20,
        "trailing begins at the T/P of this number; 0 = not by it",
        "",
    ),
    "trail_step_points": _whole(
        "manage.trail.step_points", 1, 10000, "the trailing S/L moves by no less than this"
    ),
    "cascade": _switch(
        "manage.cascade", "after T/P n the S/L goes to T/P n-1, after T/P 1 to break-even"
    ),
    "hold_minutes": Setting(
        "manage.max_hold_min",
        SettingKind.DECIMAL,
        Decimal(0),
        "a trade is closed after this time; 0 = never",
        Range(Decimal(0), Decimal(525600)),
        unit="min",
    ),
}


def _with_default(field: str, setting: Setting) -> Setting:
    default = getattr(ManagementRules(), field)
    return replace(setting, default=str(default) if isinstance(default, TrailMode) else default)


MANAGEMENT_SETTINGS: tuple[Setting, ...] = (
    *(_with_default(field, setting) for field, setting in RULES.items()),
    Setting(
        PARTIALS,
        SettingKind.NUMBERS,
        (),
        "profit in R and percent of the volume that is closed there, in turn, as 1,50,2,25",
    ),
    Setting(
        OPPOSITE,
        SettingKind.CHOICE,
        OppositePolicy.ALLOW.value,
        "a signal against an open trade of its symbol: allow it (hedge; a netting account nets"
        " it), refuse it, or close that trade first",
        choices=tuple(policy.value for policy in OppositePolicy),
    ),
)


def management_rules(values: Mapping[str, Any]) -> ManagementRules:
    """The rules that these values make, given by key."""
    fields = {field: values[setting.key] for field, setting in RULES.items()}
    fields["trail"] = TrailMode(fields["trail"])
    return ManagementRules(**fields, partials=pairs(values[PARTIALS]))


def uneven_partials(numbers: Any) -> Iterator[str]:
    """What cannot be done as it is set, as `manage.partials = 1,50,2: 3 numbers, allowed ...`."""
    shown = ",".join(plain(number) for number in numbers)
    for problem in unpaired(numbers):
        yield f"{PARTIALS} = {shown}: {problem}"
