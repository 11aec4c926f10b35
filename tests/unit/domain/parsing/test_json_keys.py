"""Keys and codes of JSON messages."""

import pytest

from signalos_desktop.domain.parsing import json_keys


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("px", None, "entry"),
        ("Entry_Price", None, "entry"),
        ("target_2", None, "tp2"),
        ("stopLossPrice", None, "sl"),
        ("open", None, "entry"),
        ("open", "yes", None),
        ("sl", None, None),
        ("anything", None, None),
    ],
)
def test_the_word_for_a_key(key: str, value: str | None, word: str | None) -> None:
    assert json_keys.word_of(key, value) == word


@pytest.mark.parametrize(
    ("key", "value", "side"),
    [("bs", "s", "sell"), ("direction", "up", "buy"), ("comment", "s", None), ("side", "x", None)],
)
def test_the_side_a_code_stands_for(key: str, value: str, side: str | None) -> None:
    assert json_keys.side_of(key, value) == side
