"""Rows of receipts.csv, protocol 2: thirteen columns, the message in quotes, the CRC last."""

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import from_ms
from signalos_desktop.domain.wire import fields
from signalos_desktop.domain.wire.fields import BAD_ROW, RowError

HEADER = (
    "cmd_id,status,ticket,retcode,fill_price,message,"
    "position,volume,deal,utc_ms,session,login,crc32"
)
COLUMNS = HEADER.count(",")
MESSAGE = 5


def encode_receipt(receipt: Receipt) -> bytes:
    """One row with its LF; characters that a message may not hold are replaced."""
    columns = [
        fields.printed_whole("cmd_id", receipt.cmd_id, fields.MAX_ID),
        receipt.status.value,
        fields.printed_whole("ticket", receipt.ticket),
        fields.printed_whole("retcode", receipt.retcode, fields.MAX_ID),
        fields.printed("fill_price", receipt.price),
        fields.quotable(receipt.message),
        fields.printed_whole("position", receipt.position),
        fields.printed("volume", receipt.volume),
        fields.printed_whole("deal", receipt.deal),
        fields.printed_ms("utc_ms", receipt.time),
        fields.printed_whole("session", receipt.session, fields.MAX_ID),
        fields.printed_whole("login", receipt.login),
    ]
    return fields.seal(columns, MESSAGE)


def decode_receipt(line: bytes) -> Receipt:
    """A whole line as a receipt; RowError BAD_ROW, or BAD_FIELD with the id if that is readable."""
    columns = fields.unseal(line, COLUMNS, MESSAGE)
    try:
        cmd_id = fields.whole("cmd_id", columns[0], fields.MAX_ID)
    except RowError as error:
        raise RowError(BAD_ROW, error.text) from None
    try:
        return _receipt(cmd_id, columns)
    except RowError as error:
        raise RowError(error.code, error.text, cmd_id) from None


def _receipt(cmd_id: int, columns: list[str]) -> Receipt:
    utc_ms = fields.optional_whole("utc_ms", columns[9], fields.MAX_MS)
    return Receipt(
        cmd_id=cmd_id,
        status=fields.choice(ReceiptStatus, "status", columns[1]),
        ticket=_zero_if_empty("ticket", columns[2]),
        retcode=_zero_if_empty("retcode", columns[3]),
        price=fields.number("fill_price", columns[4] or "0"),
        message=columns[MESSAGE],
        position=_zero_if_empty("position", columns[6]),
        volume=fields.number("volume", columns[7] or "0"),
        deal=_zero_if_empty("deal", columns[8]),
        time=None if utc_ms is None else from_ms(utc_ms),
        session=fields.optional_whole("session", columns[10], fields.MAX_ID),
        login=fields.optional_whole("login", columns[11]),
    )


def _zero_if_empty(name: str, text: str) -> int:
    return fields.whole(name, text or "0")
