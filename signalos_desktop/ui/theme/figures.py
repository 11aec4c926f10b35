"""How figures are written on screen: U+2212 minus, U+202F thousands in money, prices as in MT5."""

from decimal import Decimal

MINUS = "\u2212"
THIN = "\u202f"
_PLAIN = str.maketrans({MINUS: "-", THIN: "", "\u00a0": " "})


def money(value: Decimal, digits: int = 2, *, signed: bool = False) -> str:
    """An amount, grouped by thousands; signed puts a + before what is above 0."""
    rounded = _rounded(value, digits)
    if rounded is None:
        return _odd(value)
    return _sign(rounded, signed) + f"{abs(rounded):,f}".replace(",", THIN)


def price(value: Decimal, digits: int) -> str:
    """A price with the instrument's digits, not grouped."""
    return number(value, digits)


def number(value: Decimal, digits: int, *, signed: bool = False) -> str:
    """A plain figure with exactly these digits after the point, not grouped."""
    rounded = _rounded(value, digits)
    if rounded is None:
        return _odd(value)
    return _sign(rounded, signed) + f"{abs(rounded):f}"


def volume(lots: Decimal, step: Decimal = Decimal("0.01")) -> str:
    """Lots with the digits of the broker's volume step, more if the volume itself has more."""
    own = max(_digits(step), _digits(lots.normalize() if lots.is_finite() else step))
    return number(lots, own)


def percent(value: Decimal, digits: int = 2, *, signed: bool = False) -> str:
    return f"{money(value, digits, signed=signed)} %"


def multiple(value: Decimal, *, signed: bool = True) -> str:
    """A result in multiples of the risk, as `+1.75 R`."""
    return f"{number(value, 2, signed=signed)} R"


def written(text: str) -> str:
    """A plain ASCII number (`-1234.5`) with the screen's minus; anything else unchanged."""
    return MINUS + text[1:] if text[:1] == "-" and text[1:2].isdigit() else text


def plain_figure(text: str) -> str:
    """The same text as plain ASCII figures, for copying."""
    return text.translate(_PLAIN)


def took(milliseconds: int) -> str:
    """A short span of time: `38 ms`, `2.1 s`, `2:13`."""
    if milliseconds < 1000:
        return f"{milliseconds} ms"
    if milliseconds < 60_000:
        return f"{milliseconds // 100 / 10:.1f} s"
    return clock_span(milliseconds // 1000)


def clock_span(seconds: int) -> str:
    """A span as a clock shows it: `0:41`, `12:26`, `1:27:24`; nothing below 0."""
    hours, rest = divmod(max(seconds, 0), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def counted(count: int, noun: str) -> str:
    """`1 position`, `6 positions`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rounded(value: Decimal, digits: int) -> Decimal | None:
    """None if the value is no figure that could be written out."""
    if not value.is_finite() or value.adjusted() > 18:
        return None
    return value.quantize(Decimal(1).scaleb(-digits))


def _sign(rounded: Decimal, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded > 0 else ""


def _odd(value: Decimal) -> str:
    return "unknown" if value.is_nan() else written(f"{value:.3g}")


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
