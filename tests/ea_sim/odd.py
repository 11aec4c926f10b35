"""Fields that no row should have, and what is to be read in bytes that may be anything."""

from __future__ import annotations

from signalos_desktop.domain.wire.commands import decode_command
from signalos_desktop.domain.wire.fields import RowError

ODD_FIELDS = [
    "", " ", "0", "-1", "1e3", "NaN", "inf", "0x10", "+5", "1,5", "1.2.3", "\t", "a" * 300,
    "9" * 30,
    "18446744073709551616", "-0", "1.", ".5", "#", "#1", "BUY", "\x7f", "None", "%s%n%d",
]  # fmt: skip


def readable(data: bytes) -> set[int]:
    """Ids that can be read, of good rows and of others; whole lines only."""
    found = set()
    for line in lines(data):
        try:
            found.add(decode_command(line).cmd_id)
        except RowError as error:
            found |= {error.cmd_id} - {0}
    return found


def unreadable(data: bytes) -> int:
    """How many lines are no rows: each has a receipt of its own, without an id."""
    count = 0
    for line in lines(data):
        try:
            decode_command(line)
        except RowError as error:
            count += error.cmd_id == 0
    return count


def lines(data: bytes) -> list[bytes]:
    """As the EA cuts them: at LF alone, without empty ones."""
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")[:-1]]
    return [line + b"\n" for line in lines if line]
