"""JSON from strangers: bounded depth, no duplicate keys, no NaN, numbers that are not rounded."""

import json
import re
from decimal import Decimal
from typing import NoReturn

# A string, also one that never ends, or one bracket: possessive, so that its time is linear.
_PIECE = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?|[\[{]|[\]}]', re.DOTALL)


class JsonRefusedError(ValueError):
    """The text is no JSON that may be used; says why, and shows nothing of the text's values."""


def read_json(data: bytes, depth: int = 32) -> object:
    """The value of UTF-8 JSON nested at most this deep; fractions are Decimals."""
    _check_depth(data, depth)
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=Decimal,
            parse_constant=_no_constant,
        )
    except JsonRefusedError:
        raise
    except UnicodeDecodeError:
        raise JsonRefusedError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise JsonRefusedError(f"not JSON: {error.msg} at byte {error.pos}") from None
    except (ValueError, ArithmeticError):
        raise JsonRefusedError("a number in it is too long") from None


def _check_depth(data: bytes, depth: int) -> None:
    open_now = 0
    for piece in _PIECE.finditer(data):
        first = piece.group()[:1]
        if first in (b"[", b"{"):
            open_now += 1
        elif first != b'"':
            open_now -= 1
        if open_now > depth:
            raise JsonRefusedError(f"nested deeper than {depth}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise JsonRefusedError("the same key stands in it twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise JsonRefusedError(f"{name} is no number")
