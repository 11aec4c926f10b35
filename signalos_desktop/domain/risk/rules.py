"""The rules a trader sets for size and limits, each with its key and the range it may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.levels import LevelPolicy, TargetPolicy, ZonePick
from signalos_desktop.domain.risk.commissions import read_commissions
from signalos_desktop.domain.risk.hours import read_windows
from signalos_desktop.domain.values import plain


class RiskMode(StrEnum):
    """What the volume follows: a percentage of the base, an amount, or a fixed volume."""

    PERCENT = "percent"
    MONEY = "money"
    FIXED = "fixed"


class RiskBase(StrEnum):
    """What percentages are taken of; min is the lower one of balance and equity."""

    MIN = "min"
    BALANCE = "balance"
    EQUITY = "equity"
    FIXED = "fixed"


class OverMax(StrEnum):
    """What happens to a volume above the largest allowed one."""

    CAP = "cap"
    DENY = "deny"


class NewsImpact(StrEnum):
    """From which impact on an event counts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class NewsMissing(StrEnum):
    """What a calendar that is missing or old means for an entry."""

    DENY = "deny"
    WARN = "warn"


class NewsScope(StrEnum):
    """What an event holds: entries in symbols of its currency, or those of the whole account."""

    SYMBOL = "symbol"
    ACCOUNT = "account"


class NewsResting(StrEnum):
    """What becomes of a resting entry order that could fill near an event."""

    CANCEL = "cancel"
    KEEP = "keep"


class CooldownScope(StrEnum):
    """Whose losses count: those of all symbols, or of the entry's own."""

    ALL = "all"
    SYMBOL = "symbol"


class RewardOf(StrEnum):
    """Which T/P the reward is measured to: the first, or all of them by their weights."""

    FIRST = "first"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class Bound:
    """The range of one rule; key as in the settings. 0 switches a rule off where it may be 0."""

    key: str
    minimum: Decimal
    maximum: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RiskRules:
    """All rules of one strategy. Money in account currency, spread and slippage in points."""

    mode: RiskMode = RiskMode.PERCENT
    percent: Decimal = Decimal(1)
    money: Decimal = Decimal(50)
    fixed_lots: Decimal = Decimal("0.01")
    base: RiskBase = RiskBase.MIN
    base_money: Decimal = Decimal(10000)
    over_max: OverMax = OverMax.CAP
    max_lots: Decimal = Decimal(10)
    commissions: str = ""
    commission_per_lot: Decimal = Decimal(0)
    slippage_points: int = 3
    max_age_s: int = 60
    duplicate_window_min: int = 10
    min_confidence: Decimal = Decimal(75)
    require_confidence: bool = False
    late_fraction: Decimal = Decimal("0.25")
    late_points: int = 0
    min_rr: Decimal = Decimal(0)
    max_spread_points: int = 0
    max_spread_percent: Decimal = Decimal(10)
    collar_percent: Decimal = Decimal(5)
    collar_other_percent: Decimal = Decimal(10)
    max_positions: int = 10
    max_positions_symbol: int = 0
    max_positions_provider: int = 0
    max_positions_side: int = 0
    max_lots_symbol: Decimal = Decimal(0)
    max_lots_total: Decimal = Decimal(0)
    max_order_value: Decimal = Decimal(0)
    max_currency_exposure: Decimal = Decimal(0)
    max_currency_risk_percent: Decimal = Decimal(0)
    max_open_risk_percent: Decimal = Decimal(6)
    max_daily_trades: int = 10
    throttle_per_10s: int = 5
    throttle_per_minute: int = 20
    throttle_per_day: int = 200
    margin_buffer_percent: Decimal = Decimal(20)
    min_margin_level: Decimal = Decimal(200)
    max_data_age_s: Decimal = Decimal(5)
    hours: str = ""
    hours_zone: str = ""
    week_end_min: int = 30
    week_start_min: int = 15
    news_before_min: int = 0
    news_after_min: int = 0
    news_impact: NewsImpact = NewsImpact.HIGH
    news_missing: NewsMissing = NewsMissing.DENY
    news_scope: NewsScope = NewsScope.SYMBOL
    news_resting: NewsResting = NewsResting.CANCEL
    cooldown_losses: int = 0
    cooldown_stops: int = 0
    cooldown_lookback_min: int = 240
    cooldown_min: int = 60
    cooldown_scope: CooldownScope = CooldownScope.ALL
    cooldown_after_stop_min: int = 0
    rr_of: RewardOf = RewardOf.FIRST
    entry_zone: ZonePick = ZonePick.FIRST
    targets_policy: TargetPolicy = TargetPolicy.ALL
    targets_weights: tuple[Decimal, ...] = ()

    @property
    def levels(self) -> LevelPolicy:
        return LevelPolicy(self.entry_zone, self.targets_policy, self.late_fraction)


def _bound(key: str, minimum: str, maximum: str, unit: str = "") -> Bound:
    return Bound(key, Decimal(minimum), Decimal(maximum), unit)


# Field of RiskRules -> its key and range. The keys of the other fields: CHOICE_KEYS.
BOUNDS: Mapping[str, Bound] = {
    "percent": _bound("risk.percent", "0.01", "5", "%"),
    "money": _bound("risk.money", "0.01", "1000000"),
    "fixed_lots": _bound("risk.fixed_lots", "0.00001", "1000", "lots"),
    "base_money": _bound("risk.base_money", "1", "1000000000"),
    "max_lots": _bound("risk.max_lots", "0.00001", "10000", "lots"),
    "commission_per_lot": _bound("risk.commission_per_lot", "0", "1000"),
    "slippage_points": _bound("risk.slippage_points", "0", "10000", "points"),
    "max_age_s": _bound("risk.max_age_s", "1", "3600", "s"),
    "duplicate_window_min": _bound("risk.duplicate_window_min", "0", "1440", "min"),
    "min_confidence": _bound("risk.min_confidence", "0", "100"),
    "late_fraction": _bound("risk.late_fraction", "0", "1"),
    "late_points": _bound("risk.late_points", "0", "100000", "points"),
    "min_rr": _bound("risk.min_rr", "0", "20"),
    "max_spread_points": _bound("risk.max_spread_points", "0", "100000", "points"),
    "max_spread_percent": _bound("risk.max_spread_percent", "1", "100", "%"),
    "collar_percent": _bound("risk.collar_percent", "0.1", "50", "%"),
    "collar_other_percent": _bound("risk.collar_other_percent", "0.1", "50", "%"),
    "max_positions": _bound("risk.max_positions", "1", "200"),
    "max_positions_symbol": _bound("risk.max_positions_symbol", "0", "200"),
    "max_positions_provider": _bound("risk.max_positions_provider", "0", "200"),
    "max_positions_side": _bound("risk.max_positions_side", "0", "200"),
    "max_lots_symbol": _bound("risk.max_lots_symbol", "0", "10000", "lots"),
    "max_lots_total": _bound("risk.max_lots_total", "0", "10000", "lots"),
    "max_order_value": _bound("risk.max_order_value", "0", "1000000000"),
    "max_currency_exposure": _bound("risk.max_currency_exposure", "0", "500", "x equity"),
    "max_currency_risk_percent": _bound("risk.max_currency_risk_percent", "0", "50", "%"),
    "max_open_risk_percent": _bound("risk.max_open_risk_percent", "0.1", "50", "%"),
    "max_daily_trades": _bound("risk.max_daily_trades", "1", "500"),
    "throttle_per_10s": _bound("risk.throttle.per_10s", "1", "50"),
    "throttle_per_minute": _bound("risk.throttle.per_minute", "1", "200"),
    "throttle_per_day": _bound("risk.throttle.per_day", "1", "1000"),
    "margin_buffer_percent": _bound("risk.margin_buffer_percent", "0", "90", "%"),
    "min_margin_level": _bound("risk.min_margin_level", "100", "10000", "%"),
    "max_data_age_s": _bound("risk.max_data_age_s", "1", "60", "s"),
    "week_end_min": _bound("hours.week_end_min", "0", "1440", "min"),
    "week_start_min": _bound("hours.week_start_min", "0", "1440", "min"),
    "news_before_min": _bound("news.before_min", "0", "240", "min"),
    "news_after_min": _bound("news.after_min", "0", "240", "min"),
    "cooldown_losses": _bound("cooldown.losses", "0", "50"),
    "cooldown_stops": _bound("cooldown.stops", "0", "50"),
    "cooldown_lookback_min": _bound("cooldown.lookback_min", "1", "1440", "min"),
    "cooldown_min": _bound("cooldown.min", "1", "1440", "min"),
    "cooldown_after_stop_min": _bound("cooldown.after_stop_min", "0", "1440", "min"),
}

CHOICE_KEYS: Mapping[str, str] = {
    "mode": "risk.mode",
    "base": "risk.base",
    "over_max": "risk.over_max",
    "require_confidence": "risk.require_confidence",
    "commissions": "risk.commissions",
    "hours": "hours.windows",
    "hours_zone": "hours.zone",
    "news_impact": "news.impact",
    "news_missing": "news.missing",
    "news_scope": "news.scope",
    "news_resting": "news.resting",
    "cooldown_scope": "cooldown.scope",
    "rr_of": "risk.rr_of",
    "entry_zone": "entry.zone",
    "targets_policy": "targets.policy",
    "targets_weights": "targets.weights",
}

# The strategy `load`: what a load test needs is allowed, the money rules stay as they are.
LOAD_BOUNDS: Mapping[str, Bound] = {
    **BOUNDS,
    "max_positions": _bound("risk.max_positions", "1", "100000"),
    "max_open_risk_percent": _bound("risk.max_open_risk_percent", "0.1", "100", "%"),
    "max_daily_trades": _bound("risk.max_daily_trades", "1", "1000000"),
    "throttle_per_10s": _bound("risk.throttle.per_10s", "1", "100000"),
    "throttle_per_minute": _bound("risk.throttle.per_minute", "1", "1000000"),
    "throttle_per_day": _bound("risk.throttle.per_day", "1", "1000000"),
}


def contradictions(rules: RiskRules) -> tuple[str, ...]:
    """What cannot be meant, as `key = value, ...`."""
    found = []
    for key, text, read in (
        ("hours.windows", rules.hours, read_windows),
        ("risk.commissions", rules.commissions, read_commissions),
    ):
        try:
            read(text)
        except ValueError as error:
            found.append(f"{key} = {error}")
    return tuple(found)


def out_of_range(rules: RiskRules, bounds: Mapping[str, Bound] = BOUNDS) -> tuple[str, ...]:
    """Each rule outside its range, as `risk.percent = 200, allowed 0.01-5`."""
    found = []
    for field, bound in bounds.items():
        value = Decimal(getattr(rules, field))
        if not (value.is_finite() and bound.minimum <= value <= bound.maximum):
            allowed = f"{plain(bound.minimum)}-{plain(bound.maximum)}"
            found.append(f"{bound.key} = {value:f}, allowed {allowed}")
    weights = rules.targets_weights
    if any(not weight.is_finite() or weight <= 0 for weight in weights):
        shown = ",".join(f"{weight:f}" for weight in weights)
        found.append(f"targets.weights = {shown}, allowed: numbers above 0")
    return tuple(found)
