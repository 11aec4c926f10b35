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


@pytest.mark.parametrize(
    ("key", "value", "staked", "side"),
    [
        ("dir", "-1", False, "sell"),
        ("side", "1", True, "buy"),
        ("side", "1", False, None),
        ("side", "2", True, None),
        ("type", "1", True, None),
    ],
)
def test_the_side_of_a_signed_direction(
    key: str, value: str, staked: bool, side: str | None
) -> None:
    assert json_keys.signed_side(key, value, staked) == side


@pytest.mark.parametrize(
    ("key", "value", "counts", "told"),
    [
        ("event", "orderFilled", False, True),
        ("msg", "modified", False, True),
        ("type", "fill", False, True),
        ("closePrice", "2650", True, True),
        ("type", "market", False, False),
        ("comment", "closed", False, False),
        ("message", "once TP1 is hit move the stop", False, False),
        ("price", "2650", True, False),
    ],
)
def test_what_tells_of_an_outcome(key: str, value: str, counts: bool, told: bool) -> None:
    assert json_keys.tells_outcome(key, value, counts) == told


@pytest.mark.parametrize(
    ("key", "value", "idle"),
    [("event", "alert_triggered", True), ("event", "order", False), ("note", "alert", False)],
)
def test_an_event_that_only_announces(key: str, value: str, idle: bool) -> None:
    assert json_keys.announces(key, value) == idle
