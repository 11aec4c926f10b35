"""What a setting may be: its declaration, and how text and stored values become its type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from signalos_desktop.domain.server_address import ALLOWED, AddressRefusedError, read_address
from signalos_desktop.domain.values import parse_decimal, plain

SettingValue = Decimal | int | bool | str | tuple[str, ...] | tuple[Decimal, ...] | dict[str, str]

_LONGEST_TEXT = 1000
_MOST_PARTS = 500
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class SettingKind(StrEnum):
    """Type of a setting's value."""

    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    ADDRESS = "address"
    TEXTS = "texts"
    NUMBERS = "numbers"
    MAP = "map"
    ZONE = "zone"


class SettingInvalidError(ValueError):
    """A value outside its range or type; the text is `risk.percent = 200, allowed 0.01-5`."""

    code = "CONFIG_INVALID"

    @property
    def text(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Range:
    minimum: Decimal
    maximum: Decimal

    def __str__(self) -> str:
        return f"{plain(self.minimum)}-{plain(self.maximum)}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, declared once. within: for numbers; choices: for choices."""

    key: str
    kind: SettingKind
    default: SettingValue
    help: str
    within: Range | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""

    @property
    def allowed(self) -> str:
        """What may be set, in words."""
        if self.choices:
            return ", ".join(self.choices)
        if self.within is not None:
            return str(self.within)
        return _ALLOWED[self.kind]


_ALLOWED: Mapping[SettingKind, str] = {
    SettingKind.DECIMAL: "a number",
    SettingKind.INTEGER: "a whole number",
    SettingKind.BOOLEAN: "true, false",
    SettingKind.CHOICE: "",
    SettingKind.TEXT: "a text, or nothing",
    SettingKind.ADDRESS: f"{ALLOWED}; empty = none",
    SettingKind.TEXTS: "texts separated by ;",
    SettingKind.NUMBERS: "numbers above 0 separated by ,",
    SettingKind.MAP: "pairs NAME=SYMBOL separated by ,",
    SettingKind.ZONE: "a time zone such as Europe/Prague, or nothing",
}


def read_text(setting: Setting, text: str) -> SettingValue:
    """The value that a person typed; SettingInvalidError if it is none."""
    text = text.strip()
    match setting.kind:
        case SettingKind.DECIMAL | SettingKind.INTEGER:
            return read_value(setting, _number(setting, text))
        case SettingKind.BOOLEAN:
            return read_value(setting, _WORDS.get(text.lower(), text))
        case SettingKind.TEXTS:
            return read_value(setting, _parts(text, ";"))
        case SettingKind.NUMBERS:
            return read_value(setting, [_number(setting, part) for part in _parts(text, ",")])
        case SettingKind.MAP:
            pairs = [part.partition("=") for part in _parts(text, ",")]
            return read_value(setting, {name.strip(): symbol.strip() for name, _, symbol in pairs})
        case _:
            return read_value(setting, text)


def read_value(setting: Setting, value: object) -> SettingValue:
    """The value as it is stored, strictly of its type and within its range."""
    readers: dict[SettingKind, Callable[[Setting, object], SettingValue]] = {
        SettingKind.DECIMAL: _decimal,
        SettingKind.INTEGER: _integer,
        SettingKind.BOOLEAN: _boolean,
        SettingKind.CHOICE: _choice,
        SettingKind.TEXT: _maybe_text,
        SettingKind.ADDRESS: _address,
        SettingKind.TEXTS: _texts,
        SettingKind.NUMBERS: _numbers,
        SettingKind.MAP: _map,
        SettingKind.ZONE: _zone,
    }
    return readers[setting.kind](setting, value)


def show(value: SettingValue) -> str:
    """A value as a person types it: what read_text reads."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return ",".join(f"{name}={symbol}" for name, symbol in value.items())
    if isinstance(value, tuple):
        numbers = any(isinstance(part, Decimal) for part in value)
        return ("," if numbers else ";").join(show(part) for part in value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def invalid(setting: Setting, value: object) -> SettingInvalidError:
    shown = " ".join(str(value).split())[:80]
    return SettingInvalidError(f"{setting.key} = {shown}, allowed {setting.allowed}")


def _decimal(setting: Setting, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise invalid(setting, value)
    # repr gives a float's shortest digits: 0.1 stays 0.1.
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not _sensible(number) or not _inside(setting.within, number):
        raise invalid(setting, value)
    return number


def _sensible(number: Decimal) -> bool:
    """True for a number that can be printed in full: no NaN, at most 12 decimals."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -12 and number.adjusted() <= 18


def _inside(within: Range | None, number: Decimal) -> bool:
    return within is None or within.minimum <= number <= within.maximum


def _integer(setting: Setting, value: object) -> int:
    number = _decimal(setting, value)
    if number != number.to_integral_value():
        raise invalid(setting, value)
    return int(number)


def _boolean(setting: Setting, value: object) -> bool:
    if not isinstance(value, bool):
        raise invalid(setting, value)
    return value


def _choice(setting: Setting, value: object) -> str:
    # A protocol may be written as the number it is.
    word = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(word, str) or word not in setting.choices:
        raise invalid(setting, value)
    return word


def _texts(setting: Setting, value: object) -> tuple[str, ...]:
    return tuple(_text(setting, part) for part in _list(setting, value))


def _numbers(setting: Setting, value: object) -> tuple[Decimal, ...]:
    numbers = tuple(_decimal(setting, part) for part in _list(setting, value))
    if any(number <= 0 for number in numbers):
        raise invalid(setting, value)
    return numbers


def _map(setting: Setting, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > _MOST_PARTS:
        raise invalid(setting, value)
    return {_text(setting, name): _text(setting, symbol) for name, symbol in value.items()}


def _zone(setting: Setting, value: object) -> str:
    if value == "":
        return ""
    name = _text(setting, value)
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(setting, name) from None


def _list(setting: Setting, value: object) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple) or len(value) > _MOST_PARTS:
        raise invalid(setting, value)
    return value


def _maybe_text(setting: Setting, value: object) -> str:
    return "" if value == "" else _text(setting, value)


def _address(setting: Setting, value: object) -> str:
    if value == "":
        return ""
    try:
        return str(read_address(_text(setting, value)))
    except AddressRefusedError as error:
        # What stands there may hold a password: it is not repeated.
        raise SettingInvalidError(f"{setting.key}: {error}") from None


def _text(setting: Setting, value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > _LONGEST_TEXT:
        raise invalid(setting, value)
    if not value.isprintable():
        raise invalid(setting, ascii(value))
    return value


def _number(setting: Setting, text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except ValueError:
        raise invalid(setting, text) from None


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def to_plain(value: SettingValue) -> object:
    """A value for JSON that leaves the program: decimals as strings."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    return value
