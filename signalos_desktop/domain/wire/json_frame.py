"""What all snapshots share: `seq` first and `end` last, a size limit, numbers as strings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from signalos_desktop.domain.values import parse_decimal, plain
from signalos_desktop.domain.wire import fields

SIZE_LIMIT = 8 * 1024 * 1024

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Signed = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Millis = Annotated[int, msgspec.Meta(ge=0, le=fields.MAX_MS)]

_FRAME = re.compile(rb'\{"seq":(0|[1-9][0-9]{0,14}),(.*),"end":\1\}\n?', re.DOTALL)

T = TypeVar("T")
ShapeT = TypeVar("ShapeT", bound="Shape")


class SnapshotTorn(ValueError):  # noqa: N818 - it is not an error: the file is read again
    """The file is not complete: a write is under way, or was cut short."""


class SnapshotBad(ValueError):  # noqa: N818 - named by what the file is, beside SnapshotTorn
    """The file is whole and wrong; code and text are for a person."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Snapshot(Generic[T]):
    """What a snapshot says, and the number that grows with each write."""

    seq: int
    value: T


class Shape(msgspec.Struct, frozen=True):
    """Every snapshot: unknown fields are skipped, missing and wrong ones are not."""

    seq: Count
    end: Count


def decode_shape(name: str, data: bytes, shape: type[ShapeT]) -> ShapeT:
    """The file's bytes as this shape; SnapshotTorn if not complete, SnapshotBad if wrong."""
    if len(data) > SIZE_LIMIT:
        raise bad(name, f"{len(data)} bytes, allowed {SIZE_LIMIT}")
    try:
        frame = msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise bad(name, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SnapshotTorn(f"{name}: {error}") from None
    except RecursionError:
        raise bad(name, "nested too deeply") from None
    if frame.seq != frame.end:
        raise SnapshotTorn(f"{name}: seq {frame.seq}, end {frame.end}")
    return frame


def encode_frame(seq: int, body: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode({"seq": seq, **body, "end": seq}) + b"\n"


def content(data: bytes) -> tuple[int, bytes] | None:
    """seq, and all that stands between it and an equal end; None = spelled in another way.

    Where this was decoded once, the same bytes under another seq mean the same.
    """
    frame = _FRAME.fullmatch(data)
    return None if frame is None else (int(frame[1]), frame[2])


def renumbered(data: bytes, seq: int) -> bytes:
    """What encode_frame made, under another seq."""
    frame = content(data)
    if frame is None:
        raise ValueError(f"not a frame of encode_frame: {data[:40]!r}")
    return b'{"seq":%d,%b,"end":%d}\n' % (seq, frame[1], seq)


def bad(name: str, text: str) -> SnapshotBad:
    return SnapshotBad("SNAPSHOT_BAD", f"{name}: {text[:300]}")


def amount(name: str, key: str, text: str) -> Decimal:
    """A number that a snapshot spells as a string; SnapshotBad for NaN, exponents, commas."""
    try:
        return parse_decimal(text)
    except ValueError as error:
        raise bad(name, f"{key}: {error}") from None


def positive(name: str, key: str, text: str) -> Decimal:
    value = amount(name, key, text)
    if value <= 0:
        raise bad(name, f"{key} = {text}, expected more than 0")
    return value


def level(name: str, key: str, text: str) -> Decimal | None:
    """A price where empty and 0 mean none."""
    return (amount(name, key, text) or None) if text else None


def ticket(name: str, key: str, text: str) -> int:
    try:
        return fields.whole(key, text)
    except fields.RowError as error:
        raise bad(name, error.text) from None


def shown(value: Decimal | None) -> str:
    """A number as snapshots spell it, None as 0."""
    return "0" if value is None else plain(value)
