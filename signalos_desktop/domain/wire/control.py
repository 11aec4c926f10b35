"""Rows of control.csv: what the panel asks of the EA beside commands."""

from dataclasses import dataclass
from enum import StrEnum

from signalos_desktop.domain.wire import fields

HEADER = "ctl_id,utc_ms,session,verb,arg,crc32"
COLUMNS = HEADER.count(",")


class ControlVerb(StrEnum):
    """Every verb is idempotent; what each means: ea/PROTOCOL.md, section 4."""

    WITHDRAW = "WITHDRAW"
    RESUME = "RESUME"
    SYMBOLS = "SYMBOLS"
    TIMER = "TIMER"
    SCOPE = "SCOPE"
    START_FRESH = "START_FRESH"


class Scope(StrEnum):
    """What a stop closes: the positions of our magic number, or all of the account."""

    MAGIC = "MAGIC"
    ACCOUNT = "ACCOUNT"


@dataclass(frozen=True, slots=True)
class ControlRow:
    ctl_id: int
    utc_ms: int
    session: int
    verb: ControlVerb
    arg: str


def encode_control(row: ControlRow) -> bytes:
    line = fields.seal(
        [
            fields.printed_whole("ctl_id", row.ctl_id, fields.MAX_ID),
            fields.printed_whole("utc_ms", row.utc_ms, fields.MAX_MS),
            fields.printed_whole("session", row.session, fields.MAX_ID),
            row.verb.value,
            fields.symbol_name(row.arg),
        ]
    )
    decode_control(line)
    return line


def decode_control(line: bytes) -> ControlRow:
    """A whole line as a row; RowError for anything else, an unknown verb too."""
    columns = fields.unseal(line, COLUMNS)
    verb = fields.choice(ControlVerb, "verb", columns[3])
    arg = fields.symbol_name(columns[4])
    if verb is ControlVerb.SCOPE:
        fields.choice(Scope, "SCOPE", arg)
    elif verb is not ControlVerb.SYMBOLS:
        fields.whole(verb.value, arg, fields.MAX_ID)
    return ControlRow(
        fields.whole("ctl_id", columns[0], fields.MAX_ID),
        fields.whole("utc_ms", columns[1], fields.MAX_MS),
        fields.whole("session", columns[2], fields.MAX_ID),
        verb,
        arg,
    )
