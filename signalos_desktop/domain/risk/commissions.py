"""What trading costs at the broker, as the user states it: by lot, by million, or in percent."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from signalos_desktop.domain.values import exact

ANY = "*"
EXAMPLE = "XAUUSD=25/million, BTCUSD=0.05%, *=3.5"
_MOST = Decimal(1000)
_PAIR = re.compile(
    r"\s*(?P<name>[^=\s]+)\s*=\s*(?P<rate>\d{1,9}(\.\d{1,9})?)\s*(?P<per>%|/lot|/million)?\s*"
)


class Per(StrEnum):
    """What the rate is paid for."""

    LOT = "lot"
    MILLION = "million"
    PERCENT = "%"


_UNITS = {None: Per.LOT, "/lot": Per.LOT, "/million": Per.MILLION, "%": Per.PERCENT}


@dataclass(frozen=True, slots=True)
class Commission:
    """A rate for each side: money for a lot, money for a million of value, or percent of value."""

    rate: Decimal
    per: Per

    def per_lot(self, value: Fraction) -> Fraction:
        """For one lot and side. value: what one lot is worth, in account currency."""
        parts = {Per.LOT: Fraction(1), Per.MILLION: value / 1_000_000, Per.PERCENT: value / 100}
        return exact(self.rate) * parts[self.per]


def commission_of(symbol: str, text: str) -> Commission | None:
    """What a text states for a broker's symbol, else for all; None if it states nothing."""
    stated = read_commissions(text)
    return stated.get(symbol, stated.get(ANY))


@lru_cache(64)
def read_commissions(text: str) -> dict[str, Commission]:
    """By the broker's symbol; ValueError says what is allowed."""
    return dict(_read(part) for part in text.split(",") if part.strip())


def _read(part: str) -> tuple[str, Commission]:
    found = _PAIR.fullmatch(part)
    if found is None or Decimal(found["rate"]) > _MOST:
        shown = " ".join(part.split())[:40]
        raise ValueError(f"{shown}, allowed pairs SYMBOL=RATE such as {EXAMPLE}")
    return found["name"], Commission(Decimal(found["rate"]), _UNITS[found["per"]])
