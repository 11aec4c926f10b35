"""The values everything is made of: sides, decimals that mean money or volume, UTC instants."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

ZERO = Decimal(0)

_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,12})?")
# Wide enough for every product of numbers that the terminal may send.
_WIDE = Context(prec=100)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Side(StrEnum):
    """Direction of a position as the trader says it."""

    BUY = "buy"
    SELL = "sell"

    @property
    def opposite(self) -> "Side":
        return Side.SELL if self is Side.BUY else Side.BUY

    @property
    def sign(self) -> int:
        """+1 for buy, -1 for sell: price gain times sign is profit."""
        return 1 if self is Side.BUY else -1


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One trading account at one broker; every command, receipt, position and limit carries it."""

    login: int
    server: str

    def __str__(self) -> str:
        return f"{self.login}@{self.server}"

    @classmethod
    def parse(cls, text: str) -> "Account":
        """Read `login@server`; ValueError if it is anything else."""
        login, sep, server = text.partition("@")
        if not sep or not server or not (login.isascii() and login.isdigit()):
            raise ValueError(f"not an account: {text[:80]!r}, expected login@server")
        return cls(int(login), server)


def parse_decimal(text: str) -> Decimal:
    """Read a plain decimal with a point; ValueError for exponent, NaN, infinity, comma or blank."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"not a plain decimal: {text[:40]!r}")
    return Decimal(text)


@lru_cache(4096)
def exact(value: Decimal) -> Fraction:
    """The same number as a ratio; the numbers of a market come again and again."""
    return Fraction(value)


def plain(value: Decimal) -> str:
    """Print a decimal without exponent and without trailing zeros after the point."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def floor_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Largest multiple of step that is not above value; step must be positive."""
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Multiple of step nearest to value (banker's rounding on a tie); step must be positive."""
    return (value / step).to_integral_value(ROUND_HALF_EVEN) * step


def with_digits(value: Decimal, digits: int) -> str:
    """Print a price or an amount with exactly this many digits after the point, as MT5 shows it."""
    return f"{value.quantize(Decimal(1).scaleb(-digits), context=_WIDE):f}"


def floor_money(value: Decimal, digits: int) -> Decimal:
    """Round an amount down to the account currency's digits."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR, _WIDE)


def ceil_money(value: Decimal, digits: int) -> Decimal:
    """Round an amount up to the account currency's digits: for a risk, never below the truth."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_CEILING, _WIDE)


def to_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01 UTC of an aware instant, rounded down."""
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Aware UTC instant of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def iso_ms(instant: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and a Z, the form of every time that leaves the program."""
    utc = instant.astimezone(UTC)
    return f"{utc.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
