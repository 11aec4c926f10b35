"""Rows of the EA's own append-only files: intents, latch, deals and events."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.ea_status import EaEvent
from signalos_desktop.domain.position import Deal, DealEntry
from signalos_desktop.domain.values import from_ms
from signalos_desktop.domain.wire import fields

INTENTS_HEADER = "cmd_id,utc_ms,session,login,action,symbol,volume,price,sl,tp,ticket,magic,crc32"
LATCH_HEADER = "stop_id,level,source,flag_identity,utc_ms,crc32"
DEALS_HEADER = (
    "ticket,order,position_id,time_msc,symbol,type,entry,reason,volume,price,"
    "commission,swap,fee,profit,magic,comment,crc32"
)
EVENTS_HEADER = "utc_ms,session,event,cmd_id,ticket,text,crc32"
_DEAL_COMMENT = 15
_EVENT_TEXT = 5


class LatchLevel(StrEnum):
    HALT = "HALT"
    FLATTEN = "FLATTEN"
    RELEASED = "RELEASED"


@dataclass(frozen=True, slots=True)
class IntentRow:
    """What the EA is about to send; sl, tp, ticket None = the column is empty."""

    cmd_id: int
    utc_ms: int
    session: int
    login: int
    action: CommandAction
    symbol: str
    volume: Decimal
    price: Decimal
    sl: Decimal | None
    tp: Decimal | None
    ticket: int | None
    magic: int


@dataclass(frozen=True, slots=True)
class LatchRow:
    stop_id: int
    level: LatchLevel
    source: str
    flag_identity: str
    utc_ms: int


def encode_intent(row: IntentRow) -> bytes:
    return fields.seal(
        [
            fields.printed_whole("cmd_id", row.cmd_id, fields.MAX_ID),
            fields.printed_whole("utc_ms", row.utc_ms, fields.MAX_MS),
            fields.printed_whole("session", row.session, fields.MAX_ID),
            fields.printed_whole("login", row.login),
            row.action.value,
            fields.symbol_name(row.symbol),
            fields.printed("volume", row.volume),
            fields.printed("price", row.price),
            fields.printed("sl", row.sl),
            fields.printed("tp", row.tp),
            fields.printed_whole("ticket", row.ticket),
            fields.printed_whole("magic", row.magic),
        ]
    )


def decode_intent(line: bytes) -> IntentRow:
    columns = fields.unseal(line, INTENTS_HEADER.count(","))
    return IntentRow(
        fields.whole("cmd_id", columns[0], fields.MAX_ID),
        fields.whole("utc_ms", columns[1], fields.MAX_MS),
        fields.whole("session", columns[2], fields.MAX_ID),
        fields.whole("login", columns[3]),
        fields.choice(CommandAction, "action", columns[4]),
        fields.symbol_name(columns[5]),
        fields.number("volume", columns[6]),
        fields.number("price", columns[7]),
        fields.optional_number("sl", columns[8]),
        fields.optional_number("tp", columns[9]),
        fields.optional_whole("ticket", columns[10]),
        fields.whole("magic", columns[11]),
    )


def encode_latch(row: LatchRow) -> bytes:
    return fields.seal(
        [
            fields.printed_whole("stop_id", row.stop_id, fields.MAX_ID),
            row.level.value,
            fields.word("source", row.source),
            fields.word("flag_identity", row.flag_identity),
            fields.printed_whole("utc_ms", row.utc_ms, fields.MAX_MS),
        ]
    )


def decode_latch(line: bytes) -> LatchRow:
    columns = fields.unseal(line, LATCH_HEADER.count(","))
    return LatchRow(
        fields.whole("stop_id", columns[0], fields.MAX_ID),
        fields.choice(LatchLevel, "level", columns[1]),
        fields.word("source", columns[2]),
        fields.word("flag_identity", columns[3]),
        fields.whole("utc_ms", columns[4], fields.MAX_MS),
    )


def encode_deal(deal: Deal) -> bytes:
    return fields.seal(
        [
            fields.printed_whole("ticket", deal.ticket),
            fields.printed_whole("order", deal.order),
            fields.printed_whole("position_id", deal.position_id),
            fields.printed_ms("time_msc", deal.time),
            fields.symbol_name(deal.symbol),
            fields.word("type", deal.type),
            deal.entry.value,
            fields.word("reason", deal.reason),
            fields.printed("volume", deal.volume),
            fields.printed("price", deal.price),
            fields.printed("commission", deal.commission),
            fields.printed("swap", deal.swap),
            fields.printed("fee", deal.fee),
            fields.printed("profit", deal.profit),
            str(deal.magic),
            fields.quotable(deal.comment),
        ],
        _DEAL_COMMENT,
    )


def decode_deal(line: bytes) -> Deal:
    columns = fields.unseal(line, DEALS_HEADER.count(","), _DEAL_COMMENT)
    money = {
        name: fields.number(name, columns[place])
        for place, name in enumerate(
            ("volume", "price", "commission", "swap", "fee", "profit"), start=8
        )
    }
    return Deal(
        ticket=fields.whole("ticket", columns[0]),
        order=fields.whole("order", columns[1]),
        position_id=fields.whole("position_id", columns[2]),
        time=from_ms(fields.whole("time_msc", columns[3], fields.MAX_MS)),
        symbol=fields.symbol_name(columns[4]),
        type=fields.word("type", columns[5]),
        entry=fields.choice(DealEntry, "entry", columns[6]),
        reason=fields.word("reason", columns[7]),
        magic=fields.signed("magic", columns[14]),
        comment=columns[_DEAL_COMMENT],
        **money,
    )


def encode_event(event: EaEvent) -> bytes:
    return fields.seal(
        [
            fields.printed_whole("utc_ms", event.utc_ms, fields.MAX_MS),
            fields.printed_whole("session", event.session, fields.MAX_ID),
            fields.word("event", event.event),
            fields.printed_whole("cmd_id", event.cmd_id, fields.MAX_ID),
            fields.printed_whole("ticket", event.ticket),
            fields.quotable(event.text),
        ],
        _EVENT_TEXT,
    )


def decode_event(line: bytes) -> EaEvent:
    columns = fields.unseal(line, EVENTS_HEADER.count(","), _EVENT_TEXT)
    return EaEvent(
        utc_ms=fields.whole("utc_ms", columns[0], fields.MAX_MS),
        session=fields.whole("session", columns[1] or "0", fields.MAX_ID),
        event=fields.word("event", columns[2]),
        cmd_id=fields.whole("cmd_id", columns[3] or "0", fields.MAX_ID),
        ticket=fields.whole("ticket", columns[4] or "0"),
        text=columns[_EVENT_TEXT],
    )
