"""Snapshots: whole and right, or torn, or bad with a reason; missing is never taken for nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.wire import json_frame, snapshots
from signalos_desktop.domain.wire.snapshots import SnapshotBad, SnapshotTorn
from tests.unit.domain.wire import samples

APP = snapshots.AppHeartbeat(3, "commands.3.csv", 2, False, 5)
POSITION = replace(samples.POSITION, time=samples.NOW)
FILES: list[tuple[bytes, Callable[[bytes], Any], Any]] = [
    (snapshots.encode_status(samples.STATUS), snapshots.decode_status, samples.STATUS),
    (snapshots.encode_app(APP, 41), snapshots.decode_app, APP),
    (snapshots.encode_account(samples.EQUITY, 41, 5), snapshots.decode_account, samples.EQUITY),
    (snapshots.encode_positions([POSITION], 41), snapshots.decode_positions, (POSITION,)),
    (snapshots.encode_positions([], 41), snapshots.decode_positions, ()),
    (snapshots.encode_orders([samples.ORDER], 41), snapshots.decode_orders, (samples.ORDER,)),
    (
        snapshots.encode_orders([replace(samples.ORDER, expiration=samples.NOW)], 41),
        snapshots.decode_orders,
        (replace(samples.ORDER, expiration=samples.NOW),),
    ),
    (
        snapshots.encode_symbols([samples.SPEC], [samples.QUOTE], 41),
        snapshots.decode_symbols,
        (samples.SPEC,),
    ),
    (
        snapshots.encode_symbols([replace(samples.SPEC, commission=Decimal("3.5"))], [], 41),
        snapshots.decode_symbols,
        (replace(samples.SPEC, commission=Decimal("3.5")),),
    ),
    (snapshots.encode_quotes([samples.QUOTE], 41), snapshots.decode_quotes, (samples.QUOTE,)),
]


def changed(data: bytes, place: str, value: Any) -> bytes:
    """The file with another value at a place such as `halt.level` or `positions.0.volume`."""
    whole = json.loads(data)
    *way, last = place.split(".")
    part = whole
    for step in way:
        part = part[int(step)] if isinstance(part, list) else part[step]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize(("data", "decode", "value"), FILES)
def test_a_snapshot_comes_back_as_it_was(data: bytes, decode: Any, value: Any) -> None:
    snapshot = decode(data)
    assert snapshot.seq == 41
    assert snapshot.value == value
    assert data.startswith(b'{"seq":41,')
    assert data.endswith(b',"end":41}\n')


@pytest.mark.parametrize(("data", "decode", "value"), FILES)
def test_a_snapshot_cut_anywhere_is_torn(data: bytes, decode: Any, value: Any) -> None:
    for cut in range(len(data) - 2):
        with pytest.raises(SnapshotTorn):
            decode(data[:cut])


@pytest.mark.parametrize(("data", "decode", "value"), FILES)
def test_two_halves_of_different_files_are_torn(data: bytes, decode: Any, value: Any) -> None:
    with pytest.raises(SnapshotTorn, match="seq 41, end 42"):
        decode(data.replace(b'"end":41', b'"end":42'))


@pytest.mark.parametrize(("data", "decode", "value"), FILES)
def test_a_missing_field_is_bad_and_an_extra_one_is_not(
    data: bytes, decode: Any, value: Any
) -> None:
    for key in json.loads(data):
        with pytest.raises(SnapshotBad):
            decode(changed(data, key, ...))
    assert decode(changed(data, "news", [1])).value == value


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("account", "equity", "NaN"),
        ("account", "equity", 1.5),
        ("account", "equity", "1e5"),
        ("account", "equity", "1,5"),
        ("account", "equity", ""),
        ("account", "server", ""),
        ("account", "login", 0),
        ("account", "login", "5"),
        ("account", "margin_mode", "HEDGE"),
        ("account", "utc_ms", 10**18),
        ("positions", "positions", None),
        ("positions", "positions.0.volume", "0"),
        ("positions", "positions.0.ticket", "-1"),
        ("positions", "positions.0.ticket", 12),
        ("positions", "positions.0.type", "buy"),
        ("positions", "positions.0.time_msc", 10**16),
        ("orders", "orders.0.type", "LIMIT"),
        ("orders", "orders.0.price", "?"),
        ("symbols", "symbols.0.name", ""),
        ("symbols", "symbols.0.digits", 99),
        ("symbols", "symbols.0.sessions", []),
        ("symbols", "symbols.0.trade_mode", "SOME"),
        ("symbols", "symbols.0.commission", "x"),
        ("quotes", "quotes.0.bid", "Infinity"),
        ("status", "halt.level", "MAYBE"),
        ("status", "halt.tickets.0.ticket", "x"),
        ("status", "in_doubt", ["5"]),
        ("status", "seq", -1),
    ],
)
def test_a_wrong_value_is_bad_and_names_the_file(name: str, place: str, value: Any) -> None:
    data = {
        "status": FILES[0],
        "account": FILES[2],
        "positions": FILES[3],
        "orders": FILES[5],
        "symbols": FILES[7],
        "quotes": FILES[9],
    }[name]
    with pytest.raises(SnapshotBad, match=f"SNAPSHOT_BAD: {name}.json"):
        data[1](changed(data[0], place, value))


def test_the_same_ticket_twice_is_bad() -> None:
    data = snapshots.encode_positions([samples.POSITION, samples.POSITION], 1)
    with pytest.raises(SnapshotBad, match="2 rows, 1 different"):
        snapshots.decode_positions(data)


def test_no_price_yet_is_no_quote_and_no_tick_value_is_read_as_zero() -> None:
    none = replace(samples.QUOTE, bid=Decimal(0))
    worthless = replace(samples.QUOTE, tick_value=Decimal(0))
    read = snapshots.decode_quotes(snapshots.encode_quotes([none, worthless], 1))
    assert read.value == (worthless,)


def test_an_account_with_positions_has_a_margin_level() -> None:
    state = replace(samples.EQUITY, margin_level=Decimal("312.5"))
    data = snapshots.encode_account(state, 1, 5)
    assert snapshots.decode_account(data).value.margin_level == Decimal("312.5")
    empty = changed(data, "margin_level", "")
    assert snapshots.decode_account(empty).value.margin_level is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", SnapshotTorn),
        (b"\x00" * 100, SnapshotTorn),
        (b'{"seq":NaN}', SnapshotTorn),
        (b'{"seq":1,"positions":[{"ticket":"\xff"}],"end":1}', SnapshotTorn),
        (b"[]", SnapshotBad),
        (b"[" * 100_000 + b"]" * 100_000, SnapshotBad),
        (b'{"seq":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"end":1}', SnapshotBad),
        (b" " * (snapshots.SIZE_LIMIT + 1), SnapshotBad),
    ],
)
def test_garbage_is_torn_or_bad(data: bytes, kind: type[ValueError]) -> None:
    with pytest.raises(kind):
        snapshots.decode_positions(data)


def test_a_frame_under_another_seq_says_the_same() -> None:
    data = snapshots.encode_positions([POSITION], 41)
    assert json_frame.renumbered(data, 42) == snapshots.encode_positions([POSITION], 42)
    status = replace(samples.STATUS, seq=42)
    assert snapshots.encode_status(samples.STATUS, 42) == snapshots.encode_status(status)
    assert json_frame.content(b'{"seq":7,"a":"}","end":7}') == (7, b'"a":"}"')


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"seq":7,"a":1,"end":8}',
        b'{"seq":07,"a":1,"end":07}',
        b'{"seq":7,"a":1,"end":7',
        b'{"a":1,"seq":7,"end":7}',
        b'{"seq":1234567890123456,"a":1,"end":1234567890123456}',
    ],
)
def test_what_is_no_frame_of_the_usual_spelling_has_no_content(data: bytes) -> None:
    assert json_frame.content(data) is None
    with pytest.raises(ValueError, match="not a frame"):
        json_frame.renumbered(data, 1)
