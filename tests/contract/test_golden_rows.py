"""Rows and files as both sides have agreed to write them: change these only with ea/PROTOCOL.md."""

from pathlib import Path

import pytest

from signalos_desktop.domain.wire import commands, control, ea_rows, fields, receipts, snapshots
from tests.unit.domain.wire import samples

PROTOCOL = Path(__file__).parents[2] / "ea" / "PROTOCOL.md"


@pytest.mark.parametrize(
    ("line", "golden"),
    [
        (
            commands.encode_command(samples.BUY),
            b"7,2026-11-20 12:00:00,XAUUSD,BUY,0.1,2400,0,4400000,#7 gold,30,,2410.5,,"
            b"1795176030250,3,5000001@SignalOS_Demo,100,30,50,",
        ),
        (
            commands.encode_command(samples.MODIFY),
            b"7,2026-11-20 12:00:00,XAUUSD,MODIFY,0.1,,0,4400000,#7 gold,30,9223372036854775808,"
            b"2410.5,,1795176030250,3,5000001@SignalOS_Demo,,30,50,",
        ),
        (
            commands.encode_command(samples.PING),
            b"1,2026-11-20 12:00:00,,PING,0,,,4400000,#1,120,,,,"
            b"1795176120250,3,5000001@SignalOS_Demo,,,,",
        ),
        (
            receipts.encode_receipt(samples.RECEIPT),
            b'7,FILLED,12,10009,2410.5,"Request completed, all of it",12,0.1,99,'
            b"1795176000123,3,5000001,",
        ),
        (
            control.encode_control(
                control.ControlRow(4, 1795176000123, 3, control.ControlVerb.WITHDRAW, "7")
            ),
            b"4,1795176000123,3,WITHDRAW,7,",
        ),
        (
            ea_rows.encode_latch(
                ea_rows.LatchRow(2, ea_rows.LatchLevel.RELEASED, "app", "", 1795176000123)
            ),
            b"2,RELEASED,app,,1795176000123,",
        ),
        (
            ea_rows.encode_deal(samples.DEAL),
            b"99,12,12,1795176000250,XAUUSD,BUY,IN,EXPERT,0.1,2410.5,-0.35,0,0,0,-1,"
            b'"#7 gold, now",',
        ),
        (
            ea_rows.encode_event(samples.EVENT),
            b'1795176000000,3,LATE_FILL,7,12,"found, closed",',
        ),
    ],
)
def test_a_row_is_spelt_like_this(line: bytes, golden: bytes) -> None:
    assert line[: -len("00000000\n")] == golden


def test_the_crc_is_the_one_of_zlib() -> None:
    """Check value of CRC-32/ISO-HDLC."""
    assert fields.crc32(b"123456789") == "cbf43926"


@pytest.mark.parametrize(
    "header",
    [
        commands.HEADER,
        receipts.HEADER,
        control.HEADER,
        ea_rows.INTENTS_HEADER,
        ea_rows.LATCH_HEADER,
        ea_rows.DEALS_HEADER,
        ea_rows.EVENTS_HEADER,
    ],
)
def test_the_columns_are_those_of_the_specification(header: str) -> None:
    assert f"`{header}`" in PROTOCOL.read_text(encoding="utf-8")


def test_app_json_is_spelt_like_this() -> None:
    app = snapshots.AppHeartbeat(3, "commands.3.csv", 2, False, 1795176000123)
    assert snapshots.encode_app(app, 9) == (
        b'{"seq":9,"session":3,"file":"commands.3.csv","protocol":2,"closing":false,'
        b'"utc_ms":1795176000123,"end":9}\n'
    )
