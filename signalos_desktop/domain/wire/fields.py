"""What every row of the bridge is made of: CRC, character sets, numbers, the split into columns."""

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from signalos_desktop.domain.values import Account, parse_decimal, plain, to_ms

MAX_ID = 2_147_483_647
MAX_TICKET = 2**64 - 1
MAX_MS = 253_402_300_799_999
"""The last millisecond of the year 9999."""

BAD_ROW = "BAD_ROW"
BAD_FIELD = "BAD_FIELD"
UNKNOWN_ACTION = "UNKNOWN_ACTION"

Choice = TypeVar("Choice", bound=StrEnum)

_OUTSIDE_SERVER = re.compile(r"[^A-Za-z0-9.-]")
_DIGITS = re.compile(r"[0-9]{1,20}")
_SYMBOL = re.compile(r"[ !#-+\--~]{1,64}")
_COMMENT = re.compile(r"[A-Za-z0-9 ._:+#-]{0,26}")
_WORD = re.compile(r"[A-Za-z0-9._:+-]{0,80}")
_NOT_PRINTABLE = re.compile(r"[^ -~]")


class RowError(ValueError):
    """A row that must not be acted upon. code is the protocol's, cmd_id 0 = not known."""

    def __init__(self, code: str, text: str, cmd_id: int = 0) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text
        self.cmd_id = cmd_id


def crc32(data: bytes) -> str:
    """CRC-32 (ISO-HDLC, as zlib) in eight lower-case hexadecimal digits."""
    return f"{zlib.crc32(data):08x}"


def safe_server(server: str) -> str:
    """A broker's server name as folders and rows spell it."""
    return _OUTSIDE_SERVER.sub("_", server)


def account_tag(account: Account) -> str:
    """The account column of a row: `login@server`, server spelt as in the folder's name."""
    return f"{account.login}@{safe_server(account.server)}"


def instance_name(account: Account, magic: int) -> str:
    """The instance's folder below `SignalOS`."""
    return f"{account.login}-{safe_server(account.server)}-{magic}"


def is_skipped(line: bytes, header: str) -> bool:
    """True for an empty line and for a line equal to the header."""
    text = line.rstrip(b"\r\n")
    return not text or text == header.encode("ascii")


def seal(columns: Sequence[str], quoted: int | None = None) -> bytes:
    """Join the columns, put quotes around one, append the CRC and LF."""
    parts = [f'"{text}"' if i == quoted else text for i, text in enumerate(columns)]
    body = ",".join(parts).encode("ascii")
    return body + b"," + crc32(body).encode("ascii") + b"\n"


def unseal(line: bytes, count: int, quoted: int | None = None) -> list[str]:
    """Columns of a whole line without its CRC; RowError BAD_ROW if anything does not fit."""
    if not line.endswith(b"\n"):
        raise RowError(BAD_ROW, "the line does not end in LF")
    line = line[:-1].removesuffix(b"\r")
    body, comma, mark = line.rpartition(b",")
    if not comma:
        raise RowError(BAD_ROW, f"no CRC column, expected {count + 1} columns")
    expected = crc32(body)
    if mark != expected.encode("ascii"):
        raise RowError(BAD_ROW, f"crc32 {mark[:12]!r}, expected {expected}")
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError:
        raise RowError(BAD_ROW, "not ASCII") from None
    columns = _split(text, quoted)
    if len(columns) != count:
        raise RowError(BAD_ROW, f"{len(columns) + 1} columns, expected {count + 1}")
    return columns


def _split(text: str, quoted: int | None) -> list[str]:
    """Columns of a row; the one that is quoted may hold commas, no other one a quote."""
    if _NOT_PRINTABLE.search(text):
        raise RowError(BAD_ROW, "a character that is not printable")
    parts = text.split('"')
    if quoted is None:
        if len(parts) != 1:
            raise RowError(BAD_ROW, "a quote in a row without quoted columns")
        return text.split(",")
    if len(parts) != 3 or not parts[0].endswith(",") or parts[2][:1] not in ("", ","):
        raise RowError(BAD_ROW, "the text column is not in quotes")
    head, tail = parts[0][:-1].split(","), parts[2].split(",")[1:]
    if len(head) != quoted:
        raise RowError(BAD_ROW, f"the text is column {len(head) + 1}, expected {quoted + 1}")
    return [*head, parts[1], *tail]


def first_number(line: bytes) -> int:
    """The id in front of a whole line with a right CRC, whatever the rest says; else RowError."""
    body, _, mark = line.rstrip(b"\r\n").rpartition(b",")
    head = body.partition(b",")[0]
    if not line.endswith(b"\n") or mark != crc32(body).encode("ascii") or not head.isdigit():
        raise RowError(BAD_ROW, "no intact row with an id")
    return whole("cmd_id", head.decode("ascii"), MAX_ID)


def quotable(text: str) -> str:
    """A text as it may stand in quotes: printable ASCII, `"` as `'`, line ends as blanks."""
    flat = text.replace('"', "'").replace("\r", " ").replace("\n", " ")
    return _NOT_PRINTABLE.sub("?", flat)


def whole(name: str, text: str, top: int = MAX_TICKET) -> int:
    """A whole number from 0 to top."""
    if not _DIGITS.fullmatch(text) or int(text) > top:
        raise RowError(BAD_FIELD, f"{name} = {text[:40]!r}, expected a whole number up to {top}")
    return int(text)


def choice(kind: type[Choice], name: str, text: str, code: str = BAD_FIELD) -> Choice:
    """A name of a closed set."""
    try:
        return kind(text)
    except ValueError:
        raise RowError(code, f"{name} = {text[:40]!r}, expected {' '.join(kind)}") from None


def optional_whole(name: str, text: str, top: int = MAX_TICKET) -> int | None:
    return whole(name, text, top) if text else None


def signed(name: str, text: str) -> int:
    """A magic number as MT5 keeps it: 64 bits with a sign."""
    value = whole(name, text.removeprefix("-"), 2**63 - 1)
    return -value if text.startswith("-") else value


def number(name: str, text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except ValueError:
        raise RowError(BAD_FIELD, f"{name} = {text[:40]!r}, expected a decimal number") from None


def optional_number(name: str, text: str) -> Decimal | None:
    return number(name, text) if text else None


def printed(name: str, value: Decimal | None) -> str:
    """A decimal as rows spell it, None as an empty column; what no reader could read is refused."""
    if value is None:
        return ""
    if not value.is_finite():
        raise RowError(BAD_FIELD, f"{name} = {value}, expected a finite number")
    text = plain(value)
    number(name, text)
    return text


def printed_whole(name: str, value: int | None, top: int = MAX_TICKET) -> str:
    if value is None:
        return ""
    whole(name, str(value), top)
    return str(value)


def printed_ms(name: str, instant: datetime | None) -> str:
    """An instant as milliseconds since 1970, None as an empty column."""
    return "" if instant is None else printed_whole(name, to_ms(instant), MAX_MS)


def symbol_name(text: str) -> str:
    """A symbol: printable ASCII without comma and quote, at most 64 characters, or empty."""
    if text and not _SYMBOL.fullmatch(text):
        raise RowError(BAD_FIELD, f"symbol = {text[:80]!r}: a comma, a quote or not ASCII")
    return text


def order_comment(text: str) -> str:
    if not _COMMENT.fullmatch(text):
        raise RowError(
            BAD_FIELD, f"comment = {text[:80]!r}: at most 26 of A-Z a-z 0-9 blank . _ : + # -"
        )
    return text


def word(name: str, text: str) -> str:
    """A name, a source or an id: letters, digits and . _ : + - only."""
    if not _WORD.fullmatch(text):
        raise RowError(BAD_FIELD, f"{name} = {text[:80]!r}: letters, digits and . _ : + - only")
    return text


def carries_tag(comment: str, cmd_id: int) -> bool:
    """True if an order's comment begins with the tag `#<cmd_id>` of just this command."""
    tag = f"#{cmd_id}"
    return comment.startswith(tag) and not comment[len(tag) : len(tag) + 1].isdigit()
