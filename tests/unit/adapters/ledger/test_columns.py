"""Whatever a dataclass holds comes back from its columns as it was."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.adapters.ledger.columns import clean, decode, encode, from_json, to_json
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.position import Deal, Position
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.signal import Message, Reading
from signalos_desktop.domain.values import Account, from_ms

SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    Decimal: st.decimals(-(10**15), 10**15, places=5),
    datetime: st.integers(0, 4 * 10**12).map(from_ms),
    int: st.integers(-(2**63), 2**63 - 1),
    Account: st.builds(Account, st.integers(0, 10**12), st.text(min_size=1).map(clean)),
    str: st.text(),
    bool: st.booleans(),
    NoneType: st.none(),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that a field of this type may hold."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is tuple:
        first, *others = get_args(hint)
        if others == [...]:
            return st.lists(anything(first), max_size=3).map(tuple)
        return st.tuples(*map(anything, get_args(hint)))
    if get_args(hint):
        return st.one_of(*map(anything, get_args(hint)))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        made: Any = hint
        return st.builds(
            made, **{field.name: anything(hints[field.name]) for field in fields(hint)}
        )
    return st.sampled_from(list(hint))


@pytest.mark.parametrize("kind", [Command, Receipt, Deal, Position])
@given(data=st.data())
def test_columns_come_back_equal(kind: type[Any], data: st.DataObject) -> None:
    thing = data.draw(anything(kind))
    row = encode(thing)
    assert all(value is None or type(value) in (str, int) for value in row.values())
    assert decode(kind, row) == thing


@pytest.mark.parametrize("kind", [Message, Reading, Decision])
@given(data=st.data())
def test_json_comes_back_equal(kind: type[Any], data: st.DataObject) -> None:
    thing = data.draw(anything(kind))
    assert from_json(kind, to_json(thing)) == thing


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_can_be_kept(text: str) -> None:
    clean(text).encode("utf-8")
    assert from_json(Message, to_json(Message(text))) == Message(clean(text))
