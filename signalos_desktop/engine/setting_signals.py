"""Settings about the life of signals, and those of one provider: `provider.NAME.FIELD`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.levels import TargetPolicy, ZonePick
from signalos_desktop.domain.parsing.profile import Profile, Role, faults
from signalos_desktop.domain.providers.policy import (
    EditPolicy,
    ProviderPolicy,
    Trust,
    UpdatePolicy,
)
from signalos_desktop.domain.values import parse_decimal
from signalos_desktop.engine.setting_kinds import (
    Range,
    Setting,
    SettingInvalidError,
    SettingKind,
    SettingValue,
)

PREFIX = "provider."
EVERYBODY = ""
LONGEST_NAME = 80

SIGNAL_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "signals.edits",
        SettingKind.CHOICE,
        "accept",
        "an edited message replaces the one that waits, or moves S/L and T/P of its trade (accept),"
        " waits for FIRE (ask), or is only kept (ignore)",
        choices=("accept", "ask", "ignore"),
    ),
    Setting(
        "signals.updates",
        SettingKind.CHOICE,
        "act",
        "an update as `close half` of a provider on auto acts by itself, or waits for FIRE (ask)",
        choices=("act", "ask"),
    ),
    Setting(
        "signals.alert_window_s",
        SettingKind.INTEGER,
        300,
        "an alert without levels is joined with those that follow within this time; 0 = never",
        Range(Decimal(0), Decimal(3600)),
        unit="s",
    ),
    Setting(
        "signals.update_expiry_min",
        SettingKind.INTEGER,
        60,
        "an update that nobody fired is over after this time",
        Range(Decimal(1), Decimal(1440)),
        unit="min",
    ),
)

# Field of a provider -> the setting that holds where the provider has none of its own.
FOR_ALL: Mapping[str, str] = {
    "trust": "autonomy",
    "zone": "entry.zone",
    "targets": "targets.policy",
    "weights": "targets.weights",
    "edits": "signals.edits",
    "updates": "signals.updates",
    "alert_window_s": "signals.alert_window_s",
}
_ROLES = ", ".join(Role)
_OWN: Mapping[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("symbol", SettingKind.TEXT, "", "symbol of signals that name none, as XAUUSD"),
        Setting(
            "symbols",
            SettingKind.MAP,
            {},
            "the provider's names of symbols, as YELLOW=XAUUSD; what the broker calls them is"
            " symbol.map",
        ),
        Setting("words", SettingKind.MAP, {}, f"own words and what they stand for: {_ROLES}"),
        Setting("ignored_words", SettingKind.TEXTS, (), "words that mean nothing here"),
        Setting("ignored_lines", SettingKind.TEXTS, (), "lines that mean nothing here"),
        Setting(
            "pips",
            SettingKind.MAP,
            {},
            "what one pip of a symbol is in price, as XAUUSD=0.1; others as the broker's",
        ),
    )
}
FIELDS: tuple[str, ...] = (*FOR_ALL, *_OWN)


def provider_key(name: str, field: str) -> str:
    return f"{PREFIX}{name}.{field}"


def split_key(key: str) -> tuple[str, str] | None:
    """Name and field of a provider's setting; a name may have points in it."""
    if not key.startswith(PREFIX):
        return None
    name, point, field = key.removeprefix(PREFIX).rpartition(".")
    return (name, field) if point and name else None


def own_settings(values: Mapping[str, SettingValue]) -> dict[str, dict[str, SettingValue]]:
    """What is set for each provider, by its name and field."""
    found: dict[str, dict[str, SettingValue]] = {}
    for key, value in values.items():
        if (pair := split_key(key)) is not None:
            found.setdefault(pair[0], {})[pair[1]] = value
    return found


def declare_provider(
    key: str, declared: Mapping[str, Setting], value_of: Callable[[str], SettingValue]
) -> Setting | None:
    """The declaration of `provider.NAME.FIELD`; its default is what holds for all."""
    found = split_key(key)
    if found is None:
        return None
    name, field = found
    if name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise SettingInvalidError(
            f"{ascii(key)[:120]}: a provider's name has 1 to {LONGEST_NAME} printable characters"
        )
    if field in FOR_ALL:
        common = declared[FOR_ALL[field]]
        text = f"{common.help}; not set = {common.key}"
        if field == "trust":
            text += ", and autonomy = observe holds for every provider"
        return replace(common, key=key, default=value_of(common.key), help=text)
    return replace(_OWN[field], key=key) if field in _OWN else None


def unknown_field(key: str) -> str:
    """What to say of a key that looks like a provider's."""
    return f"{key[:120]} is no setting of a provider, allowed: {', '.join(FIELDS)}"


def read_policy(
    name: str, own: Mapping[str, SettingValue], value_of: Callable[[str], SettingValue]
) -> ProviderPolicy:
    """All that holds for a provider; own: what is set for it, by field."""
    taken = {field: own.get(field, value_of(key)) for field, key in FOR_ALL.items()}
    weights = taken["weights"]
    return ProviderPolicy(
        trust=_trust(str(taken["trust"]), str(value_of("autonomy"))),
        zone=ZonePick(str(taken["zone"])),
        targets=TargetPolicy(str(taken["targets"])),
        weights=tuple(part for part in weights if isinstance(part, Decimal))
        if isinstance(weights, tuple)
        else (),
        edits=EditPolicy(str(taken["edits"])),
        updates=UpdatePolicy(str(taken["updates"])),
        alert_window_s=int(str(taken["alert_window_s"])),
        profile=read_profile(name, own),
    )


def _trust(own: str, common: str) -> Trust:
    """Observe for all holds for everybody: it is the switch that ends all sending."""
    return Trust.OBSERVE if Trust.OBSERVE in (own, common) else Trust(own)


def read_profile(name: str, own: Mapping[str, SettingValue]) -> Profile:
    """What the parser is told about a provider; SettingInvalidError names what is wrong."""
    profile = Profile(
        words=tuple(_words(name, _pairs(own.get("words", {})))),
        symbols=tuple(_pairs(own.get("symbols", {})).items()),
        default_symbol=str(own.get("symbol", "")) or None,
        ignored_words=_texts(own.get("ignored_words", ())),
        ignored_lines=_texts(own.get("ignored_lines", ())),
        pip_sizes=tuple(_sizes(name, _pairs(own.get("pips", {})))),
    )
    wrong = faults(profile)
    if wrong:
        raise SettingInvalidError(f"{PREFIX}{name}: {'; '.join(wrong[:3])}")
    return profile


def own_words(profile: Profile) -> dict[str, SettingValue]:
    """A profile as the provider's settings keep it, by field."""
    return {
        "symbol": profile.default_symbol or "",
        "symbols": dict(profile.symbols),
        "words": {word: role.value for word, role in profile.words},
        "ignored_words": profile.ignored_words,
        "ignored_lines": profile.ignored_lines,
        "pips": {symbol: f"{size:f}" for symbol, size in profile.pip_sizes},
    }


def _words(name: str, pairs: Mapping[str, str]) -> list[tuple[str, Role]]:
    try:
        return [(word, Role(role)) for word, role in pairs.items()]
    except ValueError:
        wrong = next(f"{w}={r}" for w, r in pairs.items() if r not in set(Role))
        key = provider_key(name, "words")
        raise SettingInvalidError(f"{key}: {wrong[:80]}, allowed after the =: {_ROLES}") from None


def _sizes(name: str, pairs: Mapping[str, str]) -> list[tuple[str, Decimal]]:
    try:
        return [(symbol, parse_decimal(size)) for symbol, size in pairs.items()]
    except ValueError as error:
        raise SettingInvalidError(f"{provider_key(name, 'pips')}: {error}") from None


def _pairs(value: SettingValue) -> dict[str, str]:
    return dict(value) if isinstance(value, dict) else {}


def _texts(value: SettingValue) -> tuple[str, ...]:
    return tuple(str(part) for part in value) if isinstance(value, tuple) else ()
