"""JSON from strangers: what is ambiguous, too deep or no number is refused, in linear time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.strict_json import JsonRefusedError, read_json


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_what_is_read() -> None:
    read = read_json(b'{"a": [1, 0.10, "\\u20ac \\"[[\\"", null, true]}')
    assert read == {"a": [1, Decimal("0.10"), '\u20ac "[["', None, True]}
    assert isinstance(read_json(b"1.5"), Decimal)


def test_depth() -> None:
    assert read_json(nested(32)) is not None
    assert read_json(b"[" + b"[]," * 5000 + b"[]]")
    assert read_json(b'"' + b"[" * 5000 + b'"')
    assert read_json(b'["\\"' + b"[" * 5000 + b'"]')
    assert read_json(nested(3), depth=3)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (nested(33), "deeper than 32"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "deeper than 32"),
        (b"[" * 1_000_000, "deeper than 32"),
        (b'{"a":1,"a":1}', "twice"),
        (b'[{"b":{"a":1,"a":2}}]', "twice"),
        (b"[NaN]", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "-Infinity"),
        (b"9" * 5000, "number"),
        (b"1e99999999999999999999", "number"),
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"<!DOCTYPE html>", "not JSON"),
        (b"{} {}", "not JSON"),
        (b'\xef\xbb\xbf{"a":1}', "not JSON"),
        (b'"\xff"', "UTF-8"),
        ('{"a":1}'.encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(JsonRefusedError, match=why):
        read_json(data)


@pytest.mark.parametrize("data", [b'"' + b'\\"' * 500_000, b'"' * 1_000_000, b'"\\' * 500_000])
def test_a_megabyte_made_to_be_slow_is_refused_like_any_other(data: bytes) -> None:
    with pytest.raises(JsonRefusedError):
        read_json(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_json_or_a_refusal(data: bytes) -> None:
    try:
        read_json(data)
    except JsonRefusedError as error:
        assert str(error)  # noqa: PT017 - either way is right
