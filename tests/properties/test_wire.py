"""The codecs for anything: what is encoded comes back, what is read raises nothing unforeseen."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import from_ms
from signalos_desktop.domain.wire import commands, control, ea_rows, fields, receipts, snapshots
from signalos_desktop.domain.wire import stock as stock_rows
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.domain.wire.flag import read_flag
from signalos_desktop.domain.wire.snapshots import SnapshotBad, SnapshotTorn
from tests.unit.domain.wire import samples

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=8)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=8)
PRESENT = st.decimals(min_value=Decimal("0.00000001"), max_value=10**9, places=8)
IDS = st.integers(1, fields.MAX_ID)
TICKETS = st.integers(0, fields.MAX_TICKET)
TEXTS = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='"'))
ROW_DECODERS = (
    commands.decode_command,
    receipts.decode_receipt,
    control.decode_control,
    ea_rows.decode_intent,
    ea_rows.decode_latch,
    ea_rows.decode_deal,
    ea_rows.decode_event,
    stock_rows.decode_stock_receipt,
)
SNAPSHOT_DECODERS = (
    snapshots.decode_status,
    snapshots.decode_account,
    snapshots.decode_positions,
    snapshots.decode_orders,
    snapshots.decode_symbols,
    snapshots.decode_quotes,
    snapshots.decode_app,
)


@given(
    cmd_id=IDS,
    action=st.sampled_from([action for action in CommandAction if action.opens]),
    lots=PRESENT,
    sl=AMOUNTS,
    tp=st.none() | AMOUNTS,
    price=PRESENT,
    max_loss=PRESENT,
    life=st.integers(1, 60),
)
def test_an_open_comes_back(life: int, cmd_id: int, **changes: Any) -> None:
    command = replace(
        samples.BUY,
        cmd_id=cmd_id,
        comment="",
        expires=samples.BUY.created + timedelta(seconds=life),
        **changes,
    )
    row = commands.decode_command(commands.encode_command(command))
    read = (row.cmd_id, row.action, row.lots, row.sl, row.tp, row.price, row.max_loss, row.ttl_sec)
    assert read == (
        cmd_id,
        command.action,
        command.lots,
        command.sl,
        command.tp or Decimal(0),
        command.price,
        command.max_loss,
        life,
    )


@given(
    st.builds(
        Receipt,
        cmd_id=st.integers(0, fields.MAX_ID),
        status=st.sampled_from(ReceiptStatus),
        ticket=TICKETS,
        retcode=st.integers(0, fields.MAX_ID),
        price=NUMBERS,
        message=TEXTS,
        position=TICKETS,
        volume=AMOUNTS,
        deal=TICKETS,
        time=st.none() | st.integers(0, fields.MAX_MS).map(from_ms),
        session=st.none() | IDS,
        login=st.none() | TICKETS,
    )
)
def test_a_receipt_comes_back(receipt: Receipt) -> None:
    line = receipts.encode_receipt(receipt)
    assert line.count(b"\n") == 1
    assert receipts.decode_receipt(line) == receipt


@pytest.mark.parametrize("decode", ROW_DECODERS)
@given(line=st.binary(max_size=200), sealed=st.booleans())
def test_any_bytes_are_a_row_or_a_row_error(
    decode: Callable[[bytes], Any], line: bytes, sealed: bool
) -> None:
    if sealed:
        line += b"," + fields.crc32(line).encode() + b"\n"
    with contextlib.suppress(RowError):
        decode(line)


@pytest.mark.parametrize(
    ("decode", "count", "quoted"),
    [
        (commands.decode_command, commands.COLUMNS, None),
        (receipts.decode_receipt, receipts.COLUMNS, receipts.MESSAGE),
        (control.decode_control, control.COLUMNS, None),
        (ea_rows.decode_intent, 12, None),
        (ea_rows.decode_latch, 5, None),
        (ea_rows.decode_deal, 16, 15),
        (ea_rows.decode_event, 6, 5),
    ],
)
@given(data=st.data())
def test_any_columns_are_a_row_or_a_row_error(
    decode: Callable[[bytes], Any], count: int, quoted: int | None, data: st.DataObject
) -> None:
    known = [
        "",
        "0",
        "7",
        "-1",
        "1.5",
        "nan",
        "BUY",
        "HALT",
        "FILLED",
        "IN",
        "#7",
        "9" * 25,
        "RESUME",
    ]
    column = st.sampled_from(known) | TEXTS.map(lambda text: text.replace(",", ""))
    columns = data.draw(st.lists(column, min_size=count, max_size=count))
    with contextlib.suppress(RowError):
        decode(fields.seal(columns, quoted))


@pytest.mark.parametrize("decode", SNAPSHOT_DECODERS)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_snapshot_torn_or_bad(decode: Callable[[bytes], Any], data: bytes) -> None:
    with contextlib.suppress(SnapshotTorn, SnapshotBad):
        decode(data)


@given(
    place=st.integers(0, 10_000),
    value=st.sampled_from([b"0", b"9", b'"', b"-", b"{", b",", b"e", b"null"]),
)
def test_a_damaged_snapshot_is_torn_bad_or_whole(place: int, value: bytes) -> None:
    files = (
        (snapshots.encode_status(samples.STATUS), snapshots.decode_status),
        (snapshots.encode_positions([samples.POSITION], 4), snapshots.decode_positions),
        (snapshots.encode_symbols([samples.SPEC], [samples.QUOTE], 4), snapshots.decode_symbols),
    )
    for data, decode in files:
        cut = place % len(data)
        with contextlib.suppress(SnapshotTorn, SnapshotBad):
            decode(data[:cut] + value + data[cut + 1 :])


@given(data=st.none() | st.binary(max_size=80), modified_s=st.integers(0, 2**40))
def test_any_flag_stops_and_its_identity_fits_a_row(data: bytes | None, modified_s: int) -> None:
    level, identity = read_flag(data, modified_s)
    assert level.value > 0
    assert fields.word("flag_identity", identity) == identity
