"""Every setting, declared once: key, type, default, range, help. Ranges of rules: domain/risk."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from signalos_desktop.domain.risk.rules import BOUNDS, CHOICE_KEYS, LOAD_BOUNDS, Bound, RiskRules
from signalos_desktop.engine.setting_kinds import Range, Setting, SettingKind, SettingValue
from signalos_desktop.engine.setting_limits import limit_settings
from signalos_desktop.engine.setting_management import MANAGEMENT_SETTINGS
from signalos_desktop.engine.setting_panel import PANEL_SETTINGS
from signalos_desktop.engine.setting_signals import SIGNAL_SETTINGS
from signalos_desktop.engine.setting_strategies import STRATEGY_FOR

STANDARD = "standard"
LOAD = "load"

# Field of RiskRules -> what it does, for the person who sets it.
RULE_HELP: Mapping[str, str] = {
    "mode": "what the volume follows: percent of the base, an amount of money, or fixed lots",
    "percent": "risk of one signal at its S/L, in percent of the base",
    "money": "risk of one signal at its S/L in account currency, with risk.mode money",
    "fixed_lots": "volume of one signal, with risk.mode fixed",
    "base": "what percentages are taken of: min = the lower of balance and equity, fixed = money",
    "base_money": "the amount that percentages are taken of, with risk.base fixed",
    "over_max": "a volume above risk.max_lots is made smaller (cap) or refused (deny)",
    "max_lots": "largest volume of one signal",
    "commissions": "commission of each side by symbol, for a lot, a million or in percent of the "
    "value, such as XAUUSD=25/million, BTCUSD=0.05%, *=3.5; others as last paid",
    "commission_per_lot": "commission per lot and side where neither says anything",
    "slippage_points": "slippage reckoned with in the size, and allowed at the broker",
    "max_age_s": "a market signal older than this is not entered",
    "duplicate_window_min": "the same trade of the same provider is refused for this time",
    "min_confidence": "least confidence, where the message or its provider states one",
    "require_confidence": "refuse signals that state no confidence",
    "late_fraction": "how far the price may have run, as a part of the way from entry to S/L",
    "late_points": "the same as a distance; 0 = none. The nearer of the two counts",
    "min_rr": "least reward for the risk at the first T/P, at the live price",
    "max_spread_points": "widest spread; 0 leaves it to risk.max_spread_percent",
    "max_spread_percent": "widest spread in percent of the way from entry to S/L",
    "collar_percent": "farthest an order may lie from the price: currencies and metals",
    "collar_other_percent": "farthest an order may lie from the price: everything else",
    "max_positions": "most positions and orders at a time, with those on their way",
    "max_positions_symbol": "the same for one symbol; 0 = no limit of its own",
    "max_positions_provider": "the same for one provider; 0 = no limit of its own",
    "max_positions_side": "the same for all buys, and for all sells; 0 = no limit of its own",
    "max_lots_symbol": "most lots in one symbol, with those on their way; 0 = no limit",
    "max_lots_total": "most lots in all symbols, with those on their way; 0 = no limit",
    "max_order_value": "largest value of one signal's orders in account currency; 0 = no limit",
    "max_currency_exposure": "largest net value of one currency, in times of the equity; 0 = off",
    "max_currency_risk_percent": "most that all trades leaning the same way on a currency may "
    "lose at their S/Ls; 0 = off",
    "max_open_risk_percent": "most that all open trades together may lose at their S/Ls",
    "max_daily_trades": "most signals traded in a day",
    "throttle_per_10s": "more entries than this in 10 seconds pause trading",
    "throttle_per_minute": "more entries than this in a minute pause trading",
    "throttle_per_day": "more entries than this in a day pause trading",
    "margin_buffer_percent": "part of the free margin that is left alone",
    "min_margin_level": "least margin level after the trade",
    "max_data_age_s": "account and prices older than this count as unknown, and unknown refuses",
    "hours": "when entries are allowed, as Mon-Fri 08:00-17:00; Sun 22:00-24:00; empty = always",
    "hours_zone": "time zone of hours.windows; empty = UTC",
    "week_end_min": "no entries so long before a symbol's weekend; 0 = off",
    "week_start_min": "no entries so long after a symbol's weekend; 0 = off",
    "news_before_min": "no entries so long before an event of the symbol's currencies; 0 = off",
    "news_after_min": "the same after an event",
    "news_impact": "from which impact on an event counts",
    "news_missing": "a calendar that is missing or over 24 h old refuses entries, or only warns",
    "news_scope": "an event holds the symbols of its currency, or pauses the whole account",
    "news_resting": "resting entry orders that could fill near an event are cancelled, or kept",
    "cooldown_losses": "after so many losses in a row entries wait for cooldown.min; 0 = off",
    "cooldown_stops": "after so many S/Ls in cooldown.lookback_min entries wait; 0 = off",
    "cooldown_lookback_min": "how far cooldown.stops looks back",
    "cooldown_min": "how long entries wait then",
    "cooldown_scope": "losses of all symbols hold every entry, or of a symbol only its own",
    "cooldown_after_stop_min": "after an S/L no entry in the same symbol for so long; 0 = off",
    "rr_of": "risk.min_rr is asked of the first T/P, or of all by their weights",
    "entry_zone": "which price of an entry zone is the entry",
    "targets_policy": "which T/Ps become orders of their own",
    "targets_weights": "how the volume is split over the T/Ps; empty = evenly",
}

# What the strategy `load` starts from: many small orders, quickly.
LOAD_DEFAULTS: Mapping[str, SettingValue] = {
    "risk.mode": "fixed",
    "risk.fixed_lots": Decimal("0.01"),
    "risk.duplicate_window_min": 0,
    "risk.max_positions": 1000,
    "risk.max_open_risk_percent": Decimal(100),
    "risk.max_daily_trades": 100000,
    "risk.throttle.per_10s": 10000,
    "risk.throttle.per_minute": 60000,
    "risk.throttle.per_day": 100000,
}


def rule_key(field: str) -> str:
    """Key of a field of RiskRules."""
    return BOUNDS[field].key if field in BOUNDS else CHOICE_KEYS[field]


def declarations(strategy: str) -> Mapping[str, Setting]:
    """All settings by key, with the ranges and defaults of a strategy."""
    return _declarations(load=strategy == LOAD)


@cache
def _declarations(*, load: bool) -> Mapping[str, Setting]:
    bounds = LOAD_BOUNDS if load else BOUNDS
    defaults = LOAD_DEFAULTS if load else {}
    rules = [_rule(field, help_text, bounds) for field, help_text in RULE_HELP.items()]
    declared = {
        setting.key: _with_default(setting, defaults.get(setting.key))
        for setting in (
            *_GENERAL,
            *rules,
            *limit_settings(),
            STRATEGY_FOR,
            *MANAGEMENT_SETTINGS,
            *SIGNAL_SETTINGS,
            *PANEL_SETTINGS,
        )
    }
    return MappingProxyType(declared)


def _number(
    key: str, default: int, lowest: int, highest: int, text: str, unit: str = ""
) -> Setting:
    within = Range(Decimal(lowest), Decimal(highest))
    return Setting(key, SettingKind.INTEGER, default, text, within, unit=unit)


def _choice(key: str, choices: tuple[str, ...], text: str) -> Setting:
    """A choice; the first one is the default."""
    return Setting(key, SettingKind.CHOICE, choices[0], text, choices=choices)


_GENERAL: tuple[Setting, ...] = (
    _choice(
        "autonomy",
        ("confirm", "auto", "observe"),
        "signals that pass every rule wait for FIRE (confirm), are sent (auto), or are only shown",
    ),
    _choice(
        "strategy",
        (STANDARD, LOAD),
        "named set of ranges and defaults; load is for load tests, never for a live account",
    ),
    _choice(
        "stop.scope",
        ("ours", "account"),
        "what the emergency stop closes: our trades, or everything in the account",
    ),
    _choice(
        "pending.on_pause",
        ("keep", "cancel"),
        "what becomes of our resting entry orders when trading is paused",
    ),
    _number(
        "pending.expiry_min",
        1440,
        1,
        43200,
        "a resting entry order expires at the broker after this time",
        "min",
    ),
    _number(
        "command.open_ttl_s",
        20,
        2,
        60,
        "an entry that the Expert Advisor has not begun after this time is never sent",
        "s",
    ),
    Setting(
        "bridge.folders",
        SettingKind.TEXTS,
        (),
        "MQL5/Files folders of the terminals; empty = those that are found",
    ),
    _choice(
        "bridge.protocol",
        ("auto", "2", "1"),
        "protocol of the Expert Advisor: ours speaks 2, the stock executor 1",
    ),
    _number("magic", 4400000, 1, 2147483647, "magic number that marks our orders in MetaTrader 5"),
    Setting(
        "updates.check",
        SettingKind.BOOLEAN,
        True,
        "ask the signed feed of releases for a newer version; nothing is downloaded",
    ),
    Setting(
        "stock.agreed",
        SettingKind.BOOLEAN,
        False,
        "use the stock executor (protocol 1) where ours never ran: no prices, no proof of a stop",
    ),
    Setting(
        "stock.account",
        SettingKind.TEXT,
        "",
        "protocol 1: the terminal's account as login@server, which the executor does not state",
    ),
    Setting(
        "stock.currency",
        SettingKind.TEXT,
        "USD",
        "protocol 1: currency of that account, three letters",
    ),
    Setting(
        "stock.balance",
        SettingKind.DECIMAL,
        Decimal(0),
        "protocol 1: balance that risk is reckoned with; keep it up to date",
        Range(Decimal(0), Decimal(10**12)),
    ),
    _number("stock.leverage", 100, 1, 5000, "protocol 1: leverage of that account, 1:N"),
    _number(
        "stock.period_s", 2, 1, 60, "protocol 1: CheckIntervalSeconds of the executor's inputs", "s"
    ),
    Setting(
        "stock.symbols",
        SettingKind.TEXT,
        "",
        "protocol 1: file with the broker's symbols in the form of symbols.json; empty = usual "
        "sizes",
    ),
    Setting(
        "server.url",
        SettingKind.ADDRESS,
        "",
        "address of the SignalOS server that `login` signs in to; empty = local sources only",
    ),
    Setting(
        "news.file",
        SettingKind.TEXT,
        "",
        "economic calendar, CSV or JSON with date, time, currency, impact, title; empty = none",
    ),
    Setting(
        "news.zone",
        SettingKind.ZONE,
        "",
        "time zone of the calendar's times where they state none themselves; empty = UTC",
    ),
    Setting(
        "symbol.map",
        SettingKind.MAP,
        {},
        "names in signals and the broker's symbols, as GOLD=XAUUSD.m",
    ),
)


def _rule(field: str, text: str, bounds: Mapping[str, Bound]) -> Setting:
    default = getattr(RiskRules(), field)
    if field in bounds:
        bound = bounds[field]
        kind = SettingKind.INTEGER if isinstance(default, int) else SettingKind.DECIMAL
        within = Range(bound.minimum, bound.maximum)
        return Setting(bound.key, kind, default, text, within, unit=bound.unit)
    key = CHOICE_KEYS[field]
    if isinstance(default, StrEnum):
        choices = tuple(choice.value for choice in type(default))
        return Setting(key, SettingKind.CHOICE, default.value, text, choices=choices)
    if isinstance(default, str):
        kind = SettingKind.ZONE if key.endswith("zone") else SettingKind.TEXT
        return Setting(key, kind, default, text)
    kind = SettingKind.BOOLEAN if isinstance(default, bool) else SettingKind.NUMBERS
    return Setting(key, kind, default, text)


def _with_default(setting: Setting, default: SettingValue | None) -> Setting:
    return setting if default is None else replace(setting, default=default)
