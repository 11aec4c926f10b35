"""Rows of the command files, protocol 2: twenty columns, the last one the CRC."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.values import ZERO
from signalos_desktop.domain.wire import fields
from signalos_desktop.domain.wire.fields import BAD_FIELD, RowError

HEADER = (
    "cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl_sec,ticket,price,"
    "order_expiry_utc_ms,expires_utc_ms,session,account,max_loss,deviation,max_spread,crc32"
)
COLUMNS = HEADER.count(",")
OPEN_LIFE_S = 60
OTHER_LIFE_S = 120

TORN_MARK = b"!\n"
"""What the next append begins with after a row that was cut short: it can never be whole again."""

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,10})?")
_NEEDS_SYMBOL = frozenset({CommandAction.CLOSE})
_NEEDS_TICKET = frozenset(
    {
        CommandAction.CLOSE_TICKET,
        CommandAction.CLOSE_PARTIAL,
        CommandAction.MODIFY,
        CommandAction.BREAKEVEN,
        CommandAction.CANCEL,
    }
)


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A row as the EA reads it; account is the tag `login@server`. None = the column is empty."""

    cmd_id: int
    timestamp: str
    symbol: str
    action: CommandAction
    lots: Decimal
    sl: Decimal | None
    tp: Decimal | None
    magic: int
    comment: str
    ttl_sec: int
    ticket: int | None
    price: Decimal | None
    order_expiry_ms: int | None
    expires_ms: int
    session: int
    account: str
    max_loss: Decimal | None
    deviation: int | None
    max_spread: int | None


def encode_command(command: Command) -> bytes:
    """One row with its LF; RowError if the EA would have to refuse it."""
    action, opens = command.action, command.action.opens
    levels = (command.sl, command.tp)
    sl, tp = (ZERO if opens and level is None else level for level in levels)
    columns = [
        fields.printed_whole("cmd_id", command.cmd_id, fields.MAX_ID),
        f"{command.created:%Y-%m-%d %H:%M:%S}",
        fields.symbol_name(command.symbol),
        action.value,
        fields.printed("lot", command.lots),
        fields.printed("sl", sl),
        fields.printed("tp", tp),
        fields.printed_whole("magic", command.magic),
        fields.order_comment(command.comment or f"#{command.cmd_id}"),
        str(life_s(command)),
        fields.printed_whole("ticket", command.ticket),
        fields.printed("price", command.price),
        fields.printed_ms("order_expiry_utc_ms", command.order_expiry),
        fields.printed_ms("expires_utc_ms", command.expires),
        fields.printed_whole("session", command.session, fields.MAX_ID),
        fields.account_tag(command.account),
        fields.printed("max_loss", command.max_loss),
        fields.printed_whole("deviation", command.deviation, fields.MAX_ID),
        fields.printed_whole("max_spread", command.max_spread, fields.MAX_ID),
    ]
    line = fields.seal(columns)
    decode_command(line)
    return line


def life_s(command: Command) -> int:
    """Whole seconds that a row lives, rounded down; RowError if it is none or too long."""
    most = OPEN_LIFE_S if command.action.opens else OTHER_LIFE_S
    life = (command.expires - command.created) // timedelta(seconds=1)
    if command.expires - command.created > timedelta(seconds=most) or life < 1:
        raise RowError(
            BAD_FIELD, f"{command.action} lives {life} s, allowed 1 to {most} s", command.cmd_id
        )
    return life


def decode_command(line: bytes) -> CommandRow:
    """A whole line as a row. RowError BAD_ROW: not a row; BAD_FIELD, UNKNOWN_ACTION: id known."""
    columns = fields.unseal(line, COLUMNS)
    try:
        cmd_id = fields.whole("cmd_id", columns[0], fields.MAX_ID)
    except RowError as error:
        raise RowError(fields.BAD_ROW, error.text) from None
    if cmd_id == 0:
        raise RowError(fields.BAD_ROW, "cmd_id = 0")
    try:
        row = _row(cmd_id, columns)
        _check(row)
    except RowError as error:
        raise RowError(error.code, error.text, cmd_id) from None
    return row


def _row(cmd_id: int, columns: list[str]) -> CommandRow:
    return CommandRow(
        cmd_id=cmd_id,
        timestamp=columns[1],
        symbol=fields.symbol_name(columns[2]),
        action=fields.choice(CommandAction, "action", columns[3], fields.UNKNOWN_ACTION),
        lots=_amount("lot", columns[4]),
        sl=_optional("sl", columns[5]),
        tp=_optional("tp", columns[6]),
        magic=fields.whole("magic", columns[7]),
        comment=fields.order_comment(columns[8]),
        ttl_sec=fields.whole("ttl_sec", columns[9], fields.MAX_ID),
        ticket=fields.optional_whole("ticket", columns[10]),
        price=_optional("price", columns[11]),
        order_expiry_ms=fields.optional_whole("order_expiry_utc_ms", columns[12], fields.MAX_MS),
        expires_ms=fields.whole("expires_utc_ms", columns[13], fields.MAX_MS),
        session=fields.whole("session", columns[14], fields.MAX_ID),
        account=columns[15],
        max_loss=_optional("max_loss", columns[16]),
        deviation=fields.optional_whole("deviation", columns[17], fields.MAX_ID),
        max_spread=fields.optional_whole("max_spread", columns[18], fields.MAX_ID),
    )


def _amount(name: str, text: str) -> Decimal:
    """A number of a row: it has no sign, and no more digits than a double can tell apart."""
    if not _AMOUNT.fullmatch(text):
        raise RowError(BAD_FIELD, f"{name} = {text[:40]!r}, expected a decimal without a sign")
    return Decimal(text)


def _optional(name: str, text: str) -> Decimal | None:
    return _amount(name, text) if text else None


def _check(row: CommandRow) -> None:
    """What the protocol's table says each action needs."""
    action = row.action
    if not row.lots and action.needs_intent:
        raise RowError(BAD_FIELD, f"{action} needs a lot")
    if not row.account:
        raise RowError(BAD_FIELD, "account is empty")
    if action is CommandAction.BREAKEVEN and row.price == ZERO:
        raise RowError(BAD_FIELD, "BREAKEVEN needs a price above 0, or none")
    if not row.symbol and (action.opens or action in _NEEDS_SYMBOL):
        raise RowError(BAD_FIELD, f"{action} needs a symbol")
    if not row.ticket and action in _NEEDS_TICKET:
        raise RowError(BAD_FIELD, f"{action} needs a ticket")
    if action.opens and (row.sl is None or not row.max_loss or not row.price):
        raise RowError(BAD_FIELD, f"{action} needs sl, max_loss and price")
    if action is CommandAction.MODIFY and (row.sl, row.tp, row.price) == (None, None, None):
        raise RowError(BAD_FIELD, "MODIFY needs sl, tp or price")
    if action.needs_intent and not fields.carries_tag(row.comment, row.cmd_id):
        raise RowError(BAD_FIELD, f"comment = {row.comment!r}, expected #{row.cmd_id} in front")
