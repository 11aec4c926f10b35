"""Turns written numbers into prices: scale, decimal or thousands sign, stated shorthand."""

from decimal import Decimal

from signalos_desktop.domain.parsing.instruments import Scale
from signalos_desktop.domain.parsing.numerals import readings


def near(price: Decimal, anchor: Decimal, scale: Scale) -> bool:
    """Whether a level lies within the instrument's reach of the anchor."""
    return anchor / scale.reach <= price <= anchor * scale.reach


def on_scale(raw: str, scale: Scale) -> Decimal | None:
    """The first reading of a number that is a plausible price of the instrument."""
    return next((value for value in readings(raw) if scale.fits(value)), None)


def close_to(raw: str, anchor: Decimal, scale: Scale) -> Decimal | None:
    """The first reading of a number within reach of the anchor."""
    return next((value for value in readings(raw) if near(value, anchor, scale)), None)


def borrowed(raw: str, anchor: Decimal) -> Decimal | None:
    """Shorthand: `44` after 2351 is 2344, `162` after 1.3239 is 1.3162; None if it is no shorthand.

    The last digits of the anchor are replaced; which ones depends on whether the shorthand has
    decimals and on how many the anchor has.
    """
    whole, _, part = raw.partition(".")
    text = f"{anchor:f}"
    anchor_whole, _, anchor_part = text.partition(".")
    if not (whole + part).isdigit() or "," in raw:
        return None
    if len(whole) == 3 and len(anchor_whole) == 4 and not part and int(whole) % 50:
        value = Decimal(anchor_whole[:1] + whole)  # "tp109" beside 4101
        return value if abs(value - anchor) * 100 < anchor else None
    if len(anchor_whole) - 1 > len(whole) >= 2 and (part or len(anchor_whole) > 3):
        return Decimal(anchor_whole[: -len(whole)] + whole + ("." + part if part else ""))
    digits = whole or part
    if (whole and part) or len(digits) < 2 or len(digits) > len(anchor_part):
        return None
    return Decimal(anchor_whole + "." + anchor_part[: -len(digits)] + digits)


def unit_of(raw: str, value: Decimal, anchor: Decimal) -> Decimal:
    """What the shorthand's leading digit carries into: 100 for `44`, 0.01 for `62` of 1.3262."""
    whole, _, part = raw.partition(".")
    if len(f"{anchor:f}".partition(".")[0]) > 3 or (whole and part):
        return Decimal(10) ** len(whole)
    exponent = value.as_tuple().exponent
    return Decimal(10) ** (len(whole or part) + int(exponent))
