"""A halt flag: its presence stops, its first word says how far, its second who pressed."""

import codecs
import re

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.fields import BAD_FIELD, RowError, crc32

_PRESS_ID = re.compile(r"(?!hand:)[A-Za-z0-9._:-]{1,64}")


def encode_flag(level: StopLevel, press_id: str) -> bytes:
    if level is StopLevel.NONE or not _PRESS_ID.fullmatch(press_id):
        raise RowError(
            BAD_FIELD, f"flag {level.name} {press_id[:80]!r}: 1 to 64 of letters, digits . _ : -"
        )
    return f"{level.name} {press_id}\n".encode("ascii")


def read_flag(data: bytes | None, modified_s: int) -> tuple[StopLevel, str]:
    """Level and identity of a flag that lies there; data None = it cannot be read, which stops too.

    modified_s: the file's modification time in whole seconds, part of a hand-made flag's identity.
    """
    words = (data or b"").removeprefix(codecs.BOM_UTF8).split()
    level = StopLevel.FLATTEN if words[:1] == [b"FLATTEN"] else StopLevel.HALT
    if len(words) > 1 and words[1].isascii() and _PRESS_ID.fullmatch(words[1].decode("ascii")):
        return level, words[1].decode("ascii")
    return level, f"hand:{crc32(data or b'')}:{modified_s}"
