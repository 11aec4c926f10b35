"""Protocol 1: rows that the stock executor reads right, its receipts however they are written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.wire import stock
from signalos_desktop.domain.wire.fields import RowError
from tests.unit.domain.wire import samples

CLOSE = replace(samples.BUY, action=CommandAction.CLOSE, lots=Decimal(0), sl=None, comment="")
SENT = datetime(2026, 11, 20, 12, 0, 0, 700_000, tzinfo=UTC)


def test_a_row_is_ten_fields_in_the_executors_clock() -> None:
    assert stock.encode_stock_command(samples.BUY, timedelta(hours=2)) == (
        b"7,2026-11-20 14:00:00,XAUUSD,BUY,0.1,2400,0,4400000,#7 gold,30\r\n"
    )
    assert stock.encode_stock_command(CLOSE, timedelta(0)) == (
        b"7,2026-11-20 12:00:00,XAUUSD,CLOSE,0,0,0,4400000,#7,30\r\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"action": CommandAction.CLOSE_TICKET},
        {"symbol": ""},
        {"symbol": "XAU,USD"},
        {"lots": Decimal(0)},
        {"comment": "x\n15\n7"},
        {"comment": "gold"},
        {"cmd_id": stock.PROBE_FLOOR},
        {"magic": 2**31},
        {"expires": samples.NOW + timedelta(seconds=61)},
        {"expires": samples.NOW},
    ],
)
def test_what_the_executor_would_misread_is_not_written(change: dict[str, Any]) -> None:
    with pytest.raises(RowError):
        stock.encode_stock_command(replace(samples.BUY, **change), timedelta(0))


def test_a_row_with_an_empty_field_is_refused() -> None:
    with pytest.raises(RowError, match="ten filled columns"):
        stock.encode_stock_command(replace(samples.BUY, symbol=" "), timedelta(0))


def test_a_probe_is_stamped_a_month_back_and_cannot_trade() -> None:
    assert stock.probe_row(stock.PROBE_FLOOR, SENT, 4399999) == (
        b"2000000000,2026-10-21 12:00:00,PROBE,PING,0,0,0,4399999,clock.probe,1\r\n"
    )


@pytest.mark.parametrize(
    ("line", "price", "message"),
    [
        (b"7,FILLED,12,10009,2437.20000,Request completed\n", "2437.2", "Request completed"),
        (b"7,FILLED,12,10009,2437.20000,a, b,c\r\n", "2437.2", "a, b,c"),
        (b"7,FILLED,12,10009,2437,20000,done\n", "2437.2", "done"),
        (b"7,FILLED,12,10009,,done\n", "0", "done"),
        (b'7,FILLED,12,10009,1.5,"say ""it"""\n', "1.5", "say 'it'"),
        (b'7,FILLED,12,10009,1.5,"\n', "1.5", "'"),
        (b"7,FILLED,12,10009,1.5,\xe4h\n", "1.5", "?h"),
        ("7,FILLED,12,10009,1.5,äh\n".encode(), "1.5", "?h"),
        (b"7,FILLED,12,10009,1.5,0,false,,all done\n", "1.5", "all done"),
        (b"7,FILLED,12,10009,1,5,2,true,moved, a bit,all done\n", "1.5", " a bit,all done"),
    ],
)
def test_a_receipt_is_read_however_it_is_written(line: bytes, price: str, message: str) -> None:
    receipt = stock.decode_stock_receipt(line)
    assert (receipt.cmd_id, receipt.status) == (7, ReceiptStatus.FILLED)
    assert (receipt.ticket, receipt.retcode) == (12, 10009)
    assert receipt.price == Decimal(price)
    assert receipt.message == message


def test_a_ticket_cut_to_32_bits_is_mended() -> None:
    line = b"7,FILLED,-294967295,10009,1.5,done\n"
    assert stock.decode_stock_receipt(line).ticket == 4_000_000_001


def test_the_header_says_where_the_message_is() -> None:
    layout = stock.stock_layout(
        b"\xef\xbb\xbfcmd_id,status,ticket,retcode,fill_price,message,new\n"
    )
    assert layout is not None
    receipt = stock.decode_stock_receipt(b"7,ERROR,0,0,0,none,1\n", layout)
    assert receipt.message == "none"
    with pytest.raises(RowError, match="8 columns"):
        stock.decode_stock_receipt(b"7,ERROR,0,0,0,none,1,2\n", layout)
    assert stock.stock_layout(b"7,ERROR,0,0,0,none\n") is None
    assert stock.stock_layout(b"cmd_id,status\n") is None
    assert stock.stock_layout(",".join(stock.NINE).encode()) == stock.NINE


def test_a_header_without_a_needed_column_makes_the_rows_bad() -> None:
    layout = stock.stock_layout(b"cmd_id,status,ticket,message\n")
    assert layout is not None
    with pytest.raises(RowError, match="retcode") as caught:
        stock.decode_stock_receipt(b"7,ERROR,0,none\n", layout)
    assert caught.value.cmd_id == 7


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"7,FILLED,12,10009,2437.2,done", "LF"),
        (b"7,FILLED,12,10009,2437.2,d\0ne\n", "NUL"),
        (b"7,FILLED,12\n", "3 columns"),
        (b"0,FILLED,12,10009,2437.2,done\n", "cmd_id = 0"),
        (b"2026-01-01,FILLED,12,10009,2437.2,done\n", "cmd_id"),
        (b"7,filled,12,10009,2437.2,done\n", "status"),
        (b"7,FILLED,,10009,2437.2,done\n", "ticket"),
        (b"7,FILLED,12,,2437.2,done\n", "retcode"),
        (b"7,FILLED,12,10009,1e5,done\n", "fill_price"),
    ],
)
def test_a_receipt_that_is_none_says_why(line: bytes, why: str) -> None:
    with pytest.raises(RowError, match=why):
        stock.decode_stock_receipt(line)


@pytest.mark.parametrize(
    ("zone", "offset"), [(2, 2), (-5, -5), (5.75, 5.75), (13.9, None), (2.2, None)]
)
def test_the_clock_is_read_from_a_probes_age(zone: float, offset: float | None) -> None:
    age = int(30 * 86400 + zone * 3600 + 1)
    message = f"Command expired (age: {age}s, TTL: 1s)"
    reading = stock.read_clock(SENT, message, SENT + timedelta(seconds=2))
    assert reading is not None
    assert reading.offset == (None if offset is None else timedelta(hours=offset))


def test_a_message_without_an_age_is_no_reading() -> None:
    assert stock.read_clock(SENT, "Magic number mismatch", SENT) is None
    assert stock.age_of_probe("expired (age: -12s") == -12


def test_a_clock_that_stands_or_disagrees_is_not_known() -> None:
    first = stock.ClockReading(SENT + timedelta(hours=2), SENT)
    later = SENT + timedelta(seconds=30)
    moving = stock.ClockReading(later + timedelta(hours=2, seconds=-3), later)
    standing = stock.ClockReading(first.clock, later)
    other = stock.ClockReading(later + timedelta(hours=3), later)
    assert stock.agreed_offset(first, moving) == timedelta(hours=2)
    assert stock.agreed_offset(first, standing) is None
    assert stock.agreed_offset(first, other) is None


@pytest.mark.parametrize(
    ("line", "cmd_id"),
    [
        (stock.encode_stock_command(samples.BUY, timedelta(0)), 7),
        (stock.probe_row(stock.PROBE_FLOOR, SENT, 1), None),
        (b"7,2026\r\n", None),
        (b"x,1,2,3,4,5,6,7,8,9\r\n", None),
        (b"99999999999,1,2,3,4,5,6,7,8,9\r\n", None),
        (b"0,1,2,3,4,5,6,7,8,9\r\n", None),
    ],
)
def test_our_rows_are_known_by_their_id(line: bytes, cmd_id: int | None) -> None:
    assert stock.stock_row_id(line) == cmd_id


def test_a_close_says_how_many_it_closed() -> None:
    assert stock.closed_positions("Closed 2 position(s)") == 2
    assert stock.closed_positions("No positions found") is None
