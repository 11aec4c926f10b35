"""Strategies in the settings: named sets of rules, `strategy.NAME.KEY`, and whom they hold for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from signalos_desktop.domain.risk.account_limits import LIMIT_BOUNDS, LIMIT_KEYS
from signalos_desktop.domain.risk.rules import BOUNDS, CHOICE_KEYS
from signalos_desktop.engine.setting_kinds import (
    Setting,
    SettingInvalidError,
    SettingKind,
    SettingValue,
)
from signalos_desktop.engine.setting_management import MANAGEMENT_SETTINGS

PREFIX = "strategy."
FOR = "strategy.for"
EVERYWHERE = "*"
MOST = 50
TAKEN = frozenset({"standard", "load", "for", "none"})
ALLOWED_NAME = "1 to 40 letters, digits, - and _, and not standard, load, for or none"

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_ACCOUNT = re.compile(r"[0-9]+@.+")
LIMITS = frozenset({*(bound.key for bound in LIMIT_BOUNDS.values()), *LIMIT_KEYS.values()})
KEYS: tuple[str, ...] = (
    *(bound.key for bound in BOUNDS.values()),
    *CHOICE_KEYS.values(),
    *(bound.key for bound in LIMIT_BOUNDS.values()),
    *LIMIT_KEYS.values(),
    *(setting.key for setting in MANAGEMENT_SETTINGS),
)
"""The settings that a strategy may name: rules of each signal, of open trades, of the account."""

STRATEGY_FOR = Setting(
    FOR,
    SettingKind.MAP,
    {},
    "which strategy holds for whom: a provider, an account as login@server, or * for all, as "
    "vip=careful; the account's has the last word",
)


def strategy_key(name: str, key: str) -> str:
    return f"{PREFIX}{name}.{key}"


def split_strategy(key: str) -> tuple[str, str] | None:
    """Name and rule of a strategy's setting; None for every other key."""
    if not key.startswith(PREFIX):
        return None
    name, point, rule = key.removeprefix(PREFIX).partition(".")
    return (name, rule) if point else None


def declare_strategy(
    key: str, declared: Mapping[str, Setting], value_of: Callable[[str], SettingValue]
) -> Setting | None:
    """The declaration of `strategy.NAME.KEY`; its default is what holds without the strategy."""
    found = split_strategy(key)
    if found is None:
        return None
    name, rule = found
    if not _NAME.fullmatch(name) or name in TAKEN:
        raise SettingInvalidError(f"{ascii(key)[:120]}: a strategy's name has {ALLOWED_NAME}")
    if rule not in KEYS:
        raise SettingInvalidError(
            f"{ascii(key)[:120]}: {ascii(rule)[:80]} is no rule of a strategy"
        )
    return replace(declared[rule], key=key, default=value_of(rule))


def strategies_of(values: Mapping[str, SettingValue]) -> dict[str, dict[str, SettingValue]]:
    """The rules of each strategy, by name."""
    found: dict[str, dict[str, SettingValue]] = {}
    for key, value in values.items():
        pair = split_strategy(key)
        if pair is not None:
            found.setdefault(pair[0], {})[pair[1]] = value
    return found


def misused(
    strategies: Mapping[str, Mapping[str, SettingValue]], assigned: Mapping[str, str]
) -> tuple[str, ...]:
    """Strategies that are used and do not exist, limits for a provider, and too many of them."""
    known = ", ".join(sorted(strategies)) or "none, there is no strategy"
    found = []
    for target, name in assigned.items():
        limits = sorted(LIMITS & strategies.get(name, {}).keys())
        if name not in strategies:
            found.append(f"{FOR} = {target[:80]}={name[:80]}, allowed: {known}")
        elif limits and target != EVERYWHERE and not _ACCOUNT.fullmatch(target):
            found.append(
                f"{FOR} = {target[:80]}={name}: {limits[0]} is of an account as a whole, allowed "
                f"for LOGIN@SERVER or {EVERYWHERE}"
            )
    if len(strategies) > MOST:
        found.append(f"{len(strategies)} strategies, allowed {MOST}")
    return tuple(found)
