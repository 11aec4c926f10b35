"""How a dataclass becomes columns and back: decimals as text, times as milliseconds."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Protocol, TypeVar, get_args, get_type_hints

import msgspec

from signalos_desktop.domain.values import Account, from_ms, to_ms

Value = str | int | None
Made = TypeVar("Made")


class Row(Protocol):
    """What sqlite3.Row and a dict have in common."""

    def __getitem__(self, key: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A field, its column, and the way there and back for a value that is not None."""

    field: str
    name: str
    encode: Callable[[Any], Value]
    decode: Callable[[Any], Any]


def encode(thing: Any) -> dict[str, Value]:
    """Columns of a dataclass instance."""
    row: dict[str, Value] = {}
    kind: Any = type(thing)
    for column in _columns(kind):
        value = getattr(thing, column.field)
        row[column.name] = None if value is None else column.encode(value)
    return row


def decode(kind: type[Made], row: Row) -> Made:
    """The dataclass instance that encode() made these columns of."""
    values: dict[str, Any] = {}
    columns: tuple[Column, ...] = _columns(kind)  # type: ignore[arg-type]  # a class is hashable
    for column in columns:
        value = row[column.name]
        values[column.field] = None if value is None else column.decode(value)
    return kind(**values)


def clean(text: str) -> str:
    """Text as UTF-8 can hold it: half a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def to_json(thing: Any) -> str:
    """JSON of a message, reading or decision; decimals as strings."""
    try:
        return msgspec.json.encode(thing).decode("utf-8")
    except UnicodeEncodeError:
        return msgspec.json.encode(_clean_all(msgspec.to_builtins(thing))).decode("utf-8")


def from_json(kind: type[Made], text: str) -> Made:
    decoder = _decoder(kind)  # type: ignore[arg-type]  # a class is hashable
    made: Made = decoder.decode(text)
    return made


def _clean_all(thing: Any) -> Any:
    if isinstance(thing, str):
        return clean(thing)
    if isinstance(thing, dict):
        return {key: _clean_all(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_clean_all(value) for value in thing]
    return thing


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


@cache
def _columns(kind: type[Any]) -> tuple[Column, ...]:
    hints = get_type_hints(kind)
    return tuple(_column(field.name, _without_none(hints[field.name])) for field in fields(kind))


def _without_none(hint: Any) -> type[Any]:
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    kind: type[Any] = kinds[0] if kinds else hint
    return kind


def _column(name: str, kind: type[Any]) -> Column:
    if kind is datetime:
        return Column(name, f"{name}_ms", to_ms, from_ms)
    if kind is Decimal:
        return Column(name, name, lambda value: f"{value:f}", Decimal)
    if kind is Account:
        return Column(name, name, str, Account.parse)
    if kind is str:
        return Column(name, name, clean, str)
    if issubclass(kind, Enum):
        return Column(name, name, lambda value: value.value, kind)
    return Column(name, name, int, kind)
