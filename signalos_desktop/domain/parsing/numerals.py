"""What a written number can mean: 1,085 may be above a thousand, or a little above one."""

import re
from decimal import Decimal
from functools import lru_cache

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")


@lru_cache(maxsize=4096)
def readings(raw: str) -> tuple[Decimal, ...]:
    """All values a number can have, the likeliest first; none if it is no number."""
    if raw.isdigit():
        return (Decimal(raw),)
    separators = [c for c in raw if not c.isdigit()]
    if len(separators) == 1:
        return _one_separator(raw, separators[0])
    plain = _ungroup(raw)
    return (plain,) if plain is not None else ()


def _one_separator(raw: str, separator: str) -> tuple[Decimal, ...]:
    whole, part = raw.split(separator)
    decimal = Decimal(f"{whole or 0}.{part}")
    if not _GROUPED.fullmatch(raw):
        return () if separator == "'" else (decimal,)
    grouped = Decimal(whole + part)
    if separator == "'":
        return (grouped,)
    return (grouped, decimal) if separator == "," else (decimal, grouped)


def _ungroup(raw: str) -> Decimal | None:
    match = _GROUPED.fullmatch(raw)
    if not match:
        return None
    group = match[1]
    digits = raw.replace(group, "")
    if any(c in digits for c in ".,"):
        return Decimal(digits.replace(",", "."))
    return Decimal(digits)
