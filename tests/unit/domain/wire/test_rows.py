"""Rows of protocol 2: what goes in comes out, what is cut or bent is refused by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.values import Account, to_ms
from signalos_desktop.domain.wire import commands, control, ea_rows, fields, receipts
from signalos_desktop.domain.wire.fields import RowError
from tests.unit.domain.wire import samples

INTENT = ea_rows.IntentRow(
    7, 5, 3, 5000001, CommandAction.BUY, "XAUUSD", Decimal("0.1"), Decimal("2410.5"),
    Decimal(2400), None, None, samples.MAGIC,
)  # fmt: skip
LATCH = ea_rows.LatchRow(2, ea_rows.LatchLevel.FLATTEN, "flag", "hand:0011aabb:17", 5)
CONTROL = control.ControlRow(1, 5, 3, control.ControlVerb.RESUME, "2")

ROWS: list[tuple[Any, Callable[[Any], bytes], Callable[[bytes], Any]]] = [
    (samples.RECEIPT, receipts.encode_receipt, receipts.decode_receipt),
    (replace(samples.RECEIPT, time=None, session=None, login=None),
     receipts.encode_receipt, receipts.decode_receipt),
    (INTENT, ea_rows.encode_intent, ea_rows.decode_intent),
    (LATCH, ea_rows.encode_latch, ea_rows.decode_latch),
    (replace(samples.DEAL, time=samples.NOW.replace(microsecond=0)),
     ea_rows.encode_deal, ea_rows.decode_deal),
    (samples.EVENT, ea_rows.encode_event, ea_rows.decode_event),
    (CONTROL, control.encode_control, control.decode_control),
    (replace(CONTROL, verb=control.ControlVerb.SYMBOLS, arg=""),
     control.encode_control, control.decode_control),
]  # fmt: skip


def reseal(line: bytes, column: int, text: str) -> bytes:
    """The same row with another text in one column and a right CRC."""
    columns = line[:-1].decode().split(",")[:-1]
    columns[column] = text
    return fields.seal(columns)


@pytest.mark.parametrize(("row", "encode", "decode"), ROWS)
def test_a_row_comes_back_as_it_was(row: Any, encode: Any, decode: Any) -> None:
    line = encode(row)
    assert decode(line) == row
    assert decode(line[:-1] + b"\r\n") == row


@pytest.mark.parametrize(("row", "encode", "decode"), ROWS)
def test_a_row_cut_anywhere_is_never_a_row(row: Any, encode: Any, decode: Any) -> None:
    line = encode(row)
    for cut in range(len(line)):
        for torn in (line[:cut], line[:cut] + b"\n", line[:cut] + b"!\n", line[:cut] + line):
            if torn == line:
                continue
            with pytest.raises(RowError):
                decode(torn)


@pytest.mark.parametrize("command", samples.COMMANDS)
def test_a_command_says_all_it_said(command: Command) -> None:
    row = commands.decode_command(commands.encode_command(command))
    assert (row.cmd_id, row.symbol, row.action) == (
        command.cmd_id,
        command.symbol,
        command.action,
    )
    assert (row.lots, row.tp or None) == (command.lots, command.tp or None)
    assert (row.sl, row.price, row.max_loss) == (command.sl, command.price, command.max_loss)
    assert (row.ticket, row.magic, row.session) == (
        command.ticket,
        command.magic,
        command.session,
    )
    assert (row.deviation, row.max_spread) == (command.deviation, command.max_spread)
    assert row.expires_ms == to_ms(command.expires)
    assert row.comment == (command.comment or f"#{command.cmd_id}")
    assert row.account == "5000001@SignalOS_Demo"


def test_modify_keeps_what_is_empty_and_removes_what_is_zero() -> None:
    row = commands.decode_command(commands.encode_command(samples.MODIFY))
    assert row.sl is None
    assert row.tp == 0


@pytest.mark.parametrize(
    "change",
    [
        {"symbol": "XAU,USD"},
        {"symbol": 'XAU"USD'},
        {"symbol": "XAU\nUSD"},
        {"symbol": "ЗОЛОТО"},
        {"symbol": ""},
        {"comment": "gold"},
        {"comment": "#77 gold"},
        {"comment": "#7 " + "x" * 24},
        {"comment": "#7,gold"},
        {"lots": Decimal("NaN")},
        {"lots": Decimal("-0.1")},
        {"lots": Decimal("1e-13")},
        {"max_loss": Decimal("-1")},
        {"max_loss": None},
        {"price": None},
        {"cmd_id": 0},
        {"cmd_id": 2**31},
        {"cmd_id": -1},
        {"expires": samples.NOW + timedelta(seconds=61)},
        {"expires": samples.NOW},
        {"ticket": -1},
    ],
)
def test_what_the_ea_would_refuse_is_not_written(change: dict[str, Any]) -> None:
    with pytest.raises(RowError):
        commands.encode_command(replace(samples.BUY, **change))


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (0, "0", "BAD_ROW"),
        (0, "x", "BAD_ROW"),
        (3, "BUY_NOW", "UNKNOWN_ACTION"),
        (3, "buy", "UNKNOWN_ACTION"),
        (4, "0.1e1", "BAD_FIELD"),
        (4, "", "BAD_FIELD"),
        (4, "0", "BAD_FIELD"),
        (4, "+1", "BAD_FIELD"),
        (4, "-0", "BAD_FIELD"),
        (4, "9" * 13, "BAD_FIELD"),
        (5, "-1", "BAD_FIELD"),
        (11, "0", "BAD_FIELD"),
        (15, "", "BAD_FIELD"),
        (16, "0", "BAD_FIELD"),
        (5, "", "BAD_FIELD"),
        (7, "-1", "BAD_FIELD"),
        (13, "", "BAD_FIELD"),
        (13, "253402300800000", "BAD_FIELD"),
        (12, "never", "BAD_FIELD"),
    ],
)
def test_nonsense_with_a_right_crc_is_named(column: int, text: str, code: str) -> None:
    line = reseal(commands.encode_command(samples.BUY), column, text)
    with pytest.raises(RowError) as caught:
        commands.decode_command(line)
    assert caught.value.code == code
    assert caught.value.cmd_id == (0 if code == "BAD_ROW" else 7)


@pytest.mark.parametrize(
    ("command", "column"),
    [(samples.CLOSE_TICKET, 10), (replace(samples.BUY, action=CommandAction.CLOSE), 2)],
)
def test_what_an_action_needs_must_be_there(command: Command, column: int) -> None:
    command = replace(command, expires=command.created + timedelta(seconds=120))
    with pytest.raises(RowError, match="needs"):
        commands.decode_command(reseal(commands.encode_command(command), column, ""))


def test_breakeven_at_nothing_is_refused() -> None:
    command = replace(samples.CLOSE_TICKET, action=CommandAction.BREAKEVEN, price=Decimal(0))
    with pytest.raises(RowError, match="BREAKEVEN needs"):
        commands.encode_command(command)


def test_modify_without_anything_to_modify_is_refused() -> None:
    with pytest.raises(RowError, match="MODIFY needs"):
        commands.encode_command(replace(samples.MODIFY, tp=None, price=None))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"7\n", "no CRC"),
        (fields.seal(["1"] * 18), "19 columns"),
        (fields.seal(["1"] * 20), "21 columns"),
        (fields.seal(["\x01"] * 19), "printable"),
        (fields.seal(['"'] * 19), "quote"),
    ],
)
def test_bad_rows_say_why(line: bytes, why: str) -> None:
    with pytest.raises(RowError, match=why) as caught:
        commands.decode_command(line)
    assert caught.value.code == "BAD_ROW"


def test_a_row_that_is_not_ascii_is_bad_even_with_its_crc() -> None:
    body = "7,ü".encode()
    with pytest.raises(RowError, match="ASCII"):
        commands.decode_command(body + b"," + fields.crc32(body).encode() + b"\n")


@pytest.mark.parametrize(
    "columns",
    [["7", "FILLED"], ["7", 'a"b', "x"], ["1"] * 12],
)
def test_a_text_without_its_quotes_is_refused(columns: list[str]) -> None:
    with pytest.raises(RowError, match="text"):
        receipts.decode_receipt(fields.seal(columns))


def test_a_text_in_the_wrong_column_is_refused() -> None:
    with pytest.raises(RowError, match="column 5, expected 6"):
        receipts.decode_receipt(fields.seal(["1"] * 12, 4))


def test_a_message_cannot_break_out_of_its_column() -> None:
    receipt = replace(samples.RECEIPT, message='a",1,2\r\nü "b')
    read = receipts.decode_receipt(receipts.encode_receipt(receipt))
    assert read.message == "a',1,2  ? 'b"


@pytest.mark.parametrize(
    ("old", "new", "cmd_id", "code"),
    [
        (b"7,FILLED", b"7,MAYBE", 7, "BAD_FIELD"),
        (b"7,FILLED", b"x,FILLED", 0, "BAD_ROW"),
        (b"10009", b"-1", 7, "BAD_FIELD"),
        (b"2410.5", b"nan", 7, "BAD_FIELD"),
    ],
)
def test_a_receipt_with_nonsense_is_named(old: bytes, new: bytes, cmd_id: int, code: str) -> None:
    body = receipts.encode_receipt(samples.RECEIPT).rpartition(b",")[0].replace(old, new, 1)
    with pytest.raises(RowError) as caught:
        receipts.decode_receipt(body + b"," + fields.crc32(body).encode() + b"\n")
    assert (caught.value.cmd_id, caught.value.code) == (cmd_id, code)


def test_an_unknown_retcode_and_no_ticket_are_read_as_they_are() -> None:
    odd = replace(samples.RECEIPT, ticket=0, retcode=77777, price=Decimal(0))
    assert receipts.decode_receipt(receipts.encode_receipt(odd)) == odd
    assert odd.status is ReceiptStatus.FILLED


@pytest.mark.parametrize("arg", ["MAGIC", "ACCOUNT"])
def test_a_scope_is_named(arg: str) -> None:
    row = replace(CONTROL, verb=control.ControlVerb.SCOPE, arg=arg)
    assert control.decode_control(control.encode_control(row)) == row
    with pytest.raises(RowError, match="SCOPE"):
        control.encode_control(replace(row, arg="1"))


def test_the_id_of_a_row_is_read_without_the_rest() -> None:
    line = receipts.encode_receipt(samples.RECEIPT)
    assert fields.first_number(line) == 7
    for bad in (line[:-1], line[1:], b"\n", fields.seal(["x", "1"]), fields.seal(["9" * 11, "1"])):
        with pytest.raises(RowError):
            fields.first_number(bad)


@pytest.mark.parametrize("arg", ["", "two", "-1"])
def test_a_verb_needs_its_number(arg: str) -> None:
    with pytest.raises(RowError):
        control.encode_control(replace(CONTROL, arg=arg))


def test_a_deal_keeps_the_sign_of_its_magic() -> None:
    assert ea_rows.decode_deal(ea_rows.encode_deal(samples.DEAL)).magic == -1


def test_a_source_with_a_comma_is_refused() -> None:
    with pytest.raises(RowError):
        ea_rows.encode_latch(replace(LATCH, source="a,b"))


@pytest.mark.parametrize(
    ("line", "skipped"),
    [(b"\n", True), (b"\r\n", True), (commands.HEADER.encode() + b"\n", True), (b"1,2\n", False)],
)
def test_headers_and_empty_lines_are_skipped(line: bytes, skipped: bool) -> None:
    assert fields.is_skipped(line, commands.HEADER) is skipped


def test_the_instance_is_named_by_account_and_magic() -> None:
    name = fields.instance_name(Account(5, "ICMarkets-Live 07/ü"), 44)
    assert name == "5-ICMarkets-Live_07__-44"


def test_a_tag_is_only_that_of_just_this_command() -> None:
    assert fields.carries_tag("#12 gold", 12)
    assert fields.carries_tag("#12", 12)
    assert not fields.carries_tag("#123", 12)
