"""Protocol 1: the rows that the stock executor reads and writes, with its quirks.

It knows no CRC, reads ten fields at a time whatever the line ends are, and writes unquoted text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import ZERO
from signalos_desktop.domain.wire import fields
from signalos_desktop.domain.wire.commands import life_s
from signalos_desktop.domain.wire.fields import BAD_FIELD, BAD_ROW, RowError

COLUMNS = 10
SIX = ("cmd_id", "status", "ticket", "retcode", "fill_price", "message")
NINE = (
    *SIX[:5],
    "retries",
    "auto_adjusted",
    "adjust_reason",
    "message",
)
PROBE_FLOOR = 2_000_000_000
"""Probes have ids from here on, so that they never collide with a command's."""

PROBE_STAMPED_BACK = timedelta(days=30)
OFFSET_LIMIT = timedelta(hours=14)
_QUARTER = timedelta(minutes=15)
_LAG = timedelta(minutes=1)
_DRIFT = timedelta(seconds=10)
_ACTIONS = (CommandAction.BUY, CommandAction.SELL, CommandAction.CLOSE)
_PRICE = 4
_AGE = re.compile(r"age: *(-?[0-9]{1,10}) *s")
_CLOSED = re.compile(r"Closed ([0-9]{1,6}) position")
_TICKET = re.compile(r"-?[0-9]{1,20}")


def encode_stock_command(command: Command, clock_offset: timedelta) -> bytes:
    """One row with CR LF, stamped in the executor's clock (UTC plus clock_offset)."""
    if command.action not in _ACTIONS:
        raise RowError(BAD_FIELD, f"{command.action}: the stock executor knows BUY SELL CLOSE only")
    if not command.symbol or (command.action.opens and command.lots <= 0):
        raise RowError(BAD_FIELD, f"symbol {command.symbol!r}, lot {command.lots}")
    comment = command.comment or f"#{command.cmd_id}"
    if not fields.carries_tag(comment, command.cmd_id) or command.cmd_id >= PROBE_FLOOR:
        raise RowError(BAD_FIELD, f"cmd_id {command.cmd_id}, comment {comment[:40]!r}")
    return _stock_row(
        [
            fields.printed_whole("cmd_id", command.cmd_id, fields.MAX_ID),
            _stamp(command.created + clock_offset),
            fields.symbol_name(command.symbol),
            command.action.value,
            fields.printed("lot", command.lots),
            fields.printed("sl", command.sl or ZERO),
            fields.printed("tp", command.tp or ZERO),
            fields.printed_whole("magic", command.magic, fields.MAX_ID),
            fields.order_comment(comment),
            str(life_s(command)),
        ]
    )


def probe_row(probe_id: int, now: datetime, foreign_magic: int) -> bytes:
    """A row that cannot trade: stamped 30 days back, ttl 1, PING, another's magic number."""
    columns = ["PROBE", "PING", "0", "0", "0", str(foreign_magic), "clock.probe", "1"]
    return _stock_row([str(probe_id), _stamp(now - PROBE_STAMPED_BACK), *columns])


def age_of_probe(message: str) -> int | None:
    """Seconds that an EXPIRED receipt states as the row's age, or None."""
    match = _AGE.search(message)
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the executor's clock read, and when its receipt was seen (UTC)."""

    clock: datetime
    seen: datetime

    @property
    def offset(self) -> timedelta | None:
        """The clock minus UTC, to the quarter of an hour; None if it cannot be a zone's."""
        raw = self.clock - self.seen
        offset = round(raw / _QUARTER) * _QUARTER
        return offset if abs(offset) < OFFSET_LIMIT and abs(raw - offset) <= _LAG else None


def read_clock(sent: datetime, message: str, seen: datetime) -> ClockReading | None:
    """The executor's clock from a probe's receipt; sent: the instant given to probe_row."""
    age = age_of_probe(message)
    if age is None:
        return None
    stamp = sent.replace(microsecond=0) - PROBE_STAMPED_BACK
    return ClockReading(stamp + timedelta(seconds=age), seen)


def agreed_offset(first: ClockReading, second: ClockReading) -> timedelta | None:
    """The offset if both readings give it and the clock moved between them as time did."""
    moved, passed = second.clock - first.clock, second.seen - first.seen
    if first.offset != second.offset or abs(moved - passed) > _DRIFT:
        return None
    return second.offset


def stock_row_id(line: bytes) -> int | None:
    """The id of a whole row of ours in commands.csv, None for a probe and for anything else."""
    if not is_record(line):
        return None
    cmd_id = int(line.split(b",", 1)[0])
    return cmd_id if 0 < cmd_id < PROBE_FLOOR else None


def is_record(line: bytes) -> bool:
    """True for ten fields that begin with an id: anything else would shift all that follow."""
    columns = line.rstrip(b"\r\n").split(b",")
    return len(columns) == COLUMNS and columns[0].isdigit() and len(columns[0]) <= 10


def closed_positions(message: str) -> int | None:
    """How many positions a CLOSE says it closed; it says FILLED even when some stayed open."""
    match = _CLOSED.search(message)
    return int(match[1]) if match else None


def stock_layout(line: bytes) -> tuple[str, ...] | None:
    """The columns that a header line names, None if it is not one."""
    names = tuple(line.removeprefix(b"\xef\xbb\xbf").strip().decode("latin-1").split(","))
    return names if names[:2] == SIX[:2] and "message" in names else None


def decode_stock_receipt(line: bytes, layout: Sequence[str] | None = None) -> Receipt:
    """A whole line as a receipt; layout from stock_layout, None = by the number of columns."""
    if not line.endswith(b"\n"):
        raise RowError(BAD_ROW, "the line does not end in LF")
    if b"\0" in line:
        raise RowError(BAD_ROW, "a NUL byte")
    columns = _text(line.strip(b"\r\n")).split(",")
    if layout is None:
        layout = _guess(columns)
    columns = _fitted(columns, layout)
    values = dict(zip(layout, columns, strict=True))
    cmd_id = _id(values["cmd_id"])
    try:
        return _receipt(cmd_id, values)
    except (RowError, KeyError) as error:
        raise RowError(BAD_FIELD, str(error), cmd_id) from None


def _stock_row(columns: list[str]) -> bytes:
    if len(columns) != COLUMNS or any(
        not text.strip() or set(text) & set(',"\r\n') for text in columns
    ):
        raise RowError(BAD_ROW, f"ten filled columns expected: {columns}")
    return (",".join(columns) + "\r\n").encode("ascii")


def _stamp(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}"


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _guess(columns: list[str]) -> Sequence[str]:
    """Nine columns where retries and auto_adjusted look as such, else six."""
    if len(columns) < len(NINE):
        return SIX
    place = _PRICE + (2 if _split_price(columns) else 1)
    nine = columns[place].isdigit() and columns[place + 1].lower() in ("0", "1", "true", "false")
    return NINE if nine else SIX


def _split_price(columns: list[str]) -> bool:
    """True if a decimal comma made two columns of the price: `2437,20000,message`."""
    return columns[_PRICE].isdigit() and columns[_PRICE + 1].isdigit()


def _fitted(columns: list[str], layout: Sequence[str]) -> list[str]:
    """As many columns as the layout: a comma in the price is mended, one in the message kept."""
    count = len(layout)
    if len(columns) > count and _split_price(columns):
        price = f"{columns[_PRICE]}.{columns[_PRICE + 1]}"
        columns = [*columns[:_PRICE], price, *columns[_PRICE + 2 :]]
    if layout[-1] == "message" and len(columns) > count:
        columns = [*columns[: count - 1], ",".join(columns[count - 1 :])]
    if len(columns) != count:
        raise RowError(BAD_ROW, f"{len(columns)} columns, expected {count}")
    return columns


def _id(text: str) -> int:
    try:
        cmd_id = fields.whole("cmd_id", text, fields.MAX_ID)
    except RowError as error:
        raise RowError(BAD_ROW, error.text) from None
    if cmd_id == 0:
        raise RowError(BAD_ROW, "cmd_id = 0")
    return cmd_id


def _receipt(cmd_id: int, values: dict[str, str]) -> Receipt:
    return Receipt(
        cmd_id=cmd_id,
        status=fields.choice(ReceiptStatus, "status", values["status"]),
        ticket=_ticket(values["ticket"]),
        retcode=fields.whole("retcode", values["retcode"], fields.MAX_ID),
        price=_price(values["fill_price"]),
        message=fields.quotable(_unquoted(values["message"])),
    )


def _ticket(text: str) -> int:
    """The executor casts a ticket to 32 bits with a sign; a negative one is mended."""
    if not _TICKET.fullmatch(text):
        raise RowError(BAD_FIELD, f"ticket = {text[:40]!r}")
    value = int(text)
    return value % 2**32 if value < 0 else value


def _price(text: str) -> Decimal:
    return fields.number("fill_price", text) if text else ZERO


def _unquoted(text: str) -> str:
    return text[1:-1].replace('""', '"') if text[:1] == text[-1:] == '"' and text[1:] else text
