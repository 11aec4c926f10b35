"""Limits of the account as prop firms write them: what a floor is measured from, and presets."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.risk.periods import Period
from signalos_desktop.domain.risk.rules import Bound
from signalos_desktop.domain.values import ZERO, plain

SERVER_ZONE = ""
"""Not a zone's name: the day of the trade server."""


class Reference(StrEnum):
    """What a floor is measured from; all but initial move with deposits and withdrawals."""

    INITIAL = "initial"
    BALANCE = "balance"
    EQUITY = "equity"
    HIGHER = "higher"
    HIGHEST_BALANCE = "highest-balance"
    PEAK_EQUITY = "peak-equity"


class Measure(StrEnum):
    """What the loss of a limit of one's own is: between a period's first and its present money."""

    BALANCE_DIFFERENCE = "balance-difference"
    BALANCE_MINUS_EQUITY = "balance-minus-equity"
    EQUITY_DIFFERENCE = "equity-difference"


class Preset(StrEnum):
    """The rules of a firm's programme."""

    NONE = "none"
    FTMO_2_STEP = "ftmo-2-step"
    FTMO_1_STEP = "ftmo-1-step"
    THE5ERS_HIGH_STAKES = "the5ers-high-stakes"
    ALPHA_CAPITAL = "alpha-capital"


class LimitAction(StrEnum):
    """What happens at a limit: entries pause, or the emergency stop is pressed."""

    PAUSE = "pause"
    STOP = "stop"


class DayResume(StrEnum):
    """Who ends a pause for the day's loss once the next day has begun."""

    USER = "user"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class AccountLimit:
    """One limit. percent: of the initial balance, or (of_reference) of the reference itself.

    zone: IANA name, empty = the trade server's day. on_balance: the loss is that of the balance,
    else that of the equity. lock: a floor that trails never rises above the initial balance.
    """

    name: str
    period: Period
    zone: str
    reference: Reference
    percent: Decimal
    of_reference: bool = False
    on_balance: bool = False
    lock: bool = False

    @property
    def daily(self) -> bool:
        return self.period is Period.DAY and self.reference is not Reference.HIGHEST_BALANCE

    @property
    def sticky(self) -> bool:
        """Once reached it stays so until its next period begins."""
        return self.period is not Period.LIFETIME and not self.trails

    @property
    def trails(self) -> bool:
        """Its floor follows the highest balance or equity there ever was."""
        return self.reference in (Reference.HIGHEST_BALANCE, Reference.PEAK_EQUITY)

    @property
    def code(self) -> str:
        return "DAILY_LOSS" if self.daily else "DRAWDOWN"

    @property
    def schedule(self) -> str:
        """Limits of one schedule share their anchors."""
        return f"{self.period} {self.zone or 'server'}"


@dataclass(frozen=True, slots=True)
class LimitRules:
    """What a trader sets for the account as a whole; 0 switches a limit off."""

    preset: Preset = Preset.NONE
    initial: Decimal = ZERO
    highest: Decimal = ZERO
    zone: str = SERVER_ZONE
    daily_percent: Decimal = ZERO
    percent: Decimal = ZERO
    measure: Measure = Measure.BALANCE_MINUS_EQUITY
    period: Period = Period.LIFETIME
    trailing_percent: Decimal = ZERO
    trailing_lock: bool = False
    buffer_percent: Decimal = Decimal("0.3")
    action: LimitAction = LimitAction.PAUSE
    day_resume: DayResume = DayResume.USER
    check_before_min: int = 10


def _bound(key: str, minimum: str, maximum: str, unit: str = "%") -> Bound:
    return Bound(key, Decimal(minimum), Decimal(maximum), unit)


# Field of LimitRules -> its key and range. The keys of the other fields: LIMIT_KEYS.
LIMIT_BOUNDS: Mapping[str, Bound] = {
    "daily_percent": _bound("risk.max_daily_loss_percent", "0", "50"),
    "buffer_percent": _bound("risk.loss_buffer_percent", "0", "5"),
    "initial": _bound("limits.initial", "0", "1000000000", ""),
    "highest": _bound("limits.highest", "0", "1000000000", ""),
    "percent": _bound("limits.percent", "0", "90"),
    "trailing_percent": _bound("limits.trailing_percent", "0", "90"),
    "check_before_min": _bound("limits.check_before_min", "0", "120", "min"),
}
LIMIT_KEYS: Mapping[str, str] = {
    "preset": "limits.preset",
    "zone": "limits.zone",
    "measure": "limits.measure",
    "period": "limits.period",
    "trailing_lock": "limits.trailing_lock",
    "action": "limits.action",
    "day_resume": "limits.day_resume",
}

PRAGUE = "Europe/Prague"
# IANA's Etc zones count westwards: Etc/GMT-3 is UTC+3.
UTC_PLUS_2, UTC_PLUS_3 = "Etc/GMT-2", "Etc/GMT-3"
_FIVE, _TEN = Decimal(5), Decimal(10)

PRESETS: Mapping[Preset, tuple[AccountLimit, ...]] = {
    Preset.NONE: (),
    Preset.FTMO_2_STEP: (
        AccountLimit("FTMO daily loss", Period.DAY, PRAGUE, Reference.BALANCE, _FIVE),
        AccountLimit("FTMO maximum loss", Period.LIFETIME, PRAGUE, Reference.INITIAL, _TEN),
    ),
    Preset.FTMO_1_STEP: (
        AccountLimit("FTMO daily loss", Period.DAY, PRAGUE, Reference.BALANCE, Decimal(3)),
        AccountLimit("FTMO maximum loss", Period.DAY, PRAGUE, Reference.HIGHEST_BALANCE, _TEN),
    ),
    Preset.THE5ERS_HIGH_STAKES: (
        AccountLimit(
            "The5ers daily loss", Period.DAY, UTC_PLUS_3, Reference.HIGHER, _FIVE, of_reference=True
        ),
        AccountLimit("The5ers maximum loss", Period.LIFETIME, UTC_PLUS_3, Reference.INITIAL, _TEN),
    ),
    Preset.ALPHA_CAPITAL: (
        AccountLimit(
            "Alpha Capital daily loss",
            Period.DAY,
            UTC_PLUS_2,
            Reference.BALANCE,
            _FIVE,
            of_reference=True,
        ),
    ),
}


def limits_of(rules: LimitRules) -> tuple[AccountLimit, ...]:
    """The preset's limits, then those of one's own."""
    found = list(PRESETS[rules.preset])
    if rules.daily_percent:
        found.append(
            AccountLimit(
                "Loss of the day",
                Period.DAY,
                rules.zone,
                Reference.BALANCE,
                rules.daily_percent,
                of_reference=True,
            )
        )
    if rules.percent:
        found.append(_own_limit(rules))
    if rules.trailing_percent:
        found.append(
            AccountLimit(
                "Trailing drawdown",
                Period.LIFETIME,
                rules.zone,
                Reference.PEAK_EQUITY,
                rules.trailing_percent,
                of_reference=True,
                lock=rules.trailing_lock,
            )
        )
    return tuple(found)


def _own_limit(rules: LimitRules) -> AccountLimit:
    """That of a lifetime is static where it is known what the account began with."""
    lifetime = rules.period is Period.LIFETIME
    reference = Reference.BALANCE
    if lifetime and rules.initial > 0:
        reference = Reference.INITIAL
    elif rules.measure is Measure.EQUITY_DIFFERENCE:
        reference = Reference.EQUITY
    return AccountLimit(
        "Loss in all" if lifetime else f"Loss of the {rules.period}",
        rules.period,
        rules.zone,
        reference,
        rules.percent,
        of_reference=True,
        on_balance=rules.measure is Measure.BALANCE_DIFFERENCE,
    )


def contradictions(rules: LimitRules) -> tuple[str, ...]:
    """What cannot be meant together, as `key = value, ...`; a preset needs its initial balance."""
    found = []
    if rules.preset is not Preset.NONE and rules.initial <= 0:
        found.append(
            f"limits.initial = {plain(rules.initial)}, {rules.preset} needs the balance that the "
            "account began with"
        )
    for limit in limits_of(rules):
        if limit.percent <= rules.buffer_percent:
            found.append(
                f"risk.loss_buffer_percent = {plain(rules.buffer_percent)}, must be below the "
                f"{plain(limit.percent)} % of {limit.name}"
            )
    if rules.trailing_lock and rules.trailing_percent and rules.initial <= 0:
        found.append("limits.trailing_lock = true, it locks at limits.initial, which is 0")
    return tuple(found)
