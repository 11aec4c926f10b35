"""status.json, the EA's word on itself, and app.json, the panel's heartbeat."""

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from signalos_desktop.domain.ea_status import EaStatus, Halt, Permissions, StopTicket
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire import json_frame
from signalos_desktop.domain.wire.json_frame import (
    Count,
    Millis,
    Shape,
    Signed,
    Snapshot,
    shown,
    ticket,
)

STATUS = "status.json"
APP = "app.json"


@dataclass(frozen=True, slots=True)
class AppHeartbeat:
    """app.json: the session in force and the command file it owns."""

    session: int
    file: str
    protocol: int
    closing: bool
    utc_ms: int


class _Ticket(msgspec.Struct, frozen=True):
    ticket: str
    symbol: str
    volume: str
    retcode: Count
    attempts: Count
    next_ms: Count


class _Halt(msgspec.Struct, frozen=True):
    stop_id: Count
    level: Literal["NONE", "HALT", "FLATTEN"]
    source: str
    since_ms: Millis
    flags: tuple[str, ...]
    known: tuple[str, ...]
    flat: bool
    positions: Count
    orders: Count
    unresolved: Count
    damaged: bool
    tickets: tuple[_Ticket, ...]


class _Permissions(msgspec.Struct, frozen=True):
    connected: bool
    terminal_trade: bool
    ea_trade: bool
    account_expert: bool
    account_trade: bool


class _Status(Shape, frozen=True):
    protocol: Count
    ea: str
    version: str
    utc_ms: Millis
    server_utc_offset_s: Signed
    account: str
    login: Count
    server: str
    magic: Count
    margin_mode: str
    session: Count
    phase: Literal["IDLE", "SENDING", "IN_DOUBT"]
    last_settled: Count
    file: str
    consumed: Count
    in_doubt: tuple[Count, ...]
    timer_ms: Count
    scope: Literal["MAGIC", "ACCOUNT"]
    sl_required: bool
    common: str
    permissions: _Permissions
    refused: tuple[str, ...]
    halt: _Halt


class _App(Shape, frozen=True):
    session: Count
    file: str
    protocol: Count
    closing: bool
    utc_ms: Millis


def encode_status(status: EaStatus, seq: int | None = None) -> bytes:
    """seq: instead of the status's own."""
    body: dict[str, Any] = {
        key: getattr(status, key) for key in _Status.__struct_fields__ if key not in ("seq", "end")
    }
    halt = status.halt
    body["halt"] = {
        **{key: getattr(halt, key) for key in _Halt.__struct_fields__},
        "level": halt.level.name,
        "tickets": [_ticket_json(left) for left in halt.tickets],
    }
    return json_frame.encode_frame(status.seq if seq is None else seq, body)


def _ticket_json(left: StopTicket) -> dict[str, Any]:
    return {
        "ticket": str(left.ticket),
        "symbol": left.symbol,
        "volume": shown(left.volume),
        "retcode": left.retcode,
        "attempts": left.attempts,
        "next_ms": left.next_ms,
    }


def decode_status(data: bytes) -> Snapshot[EaStatus]:
    shape = json_frame.decode_shape(STATUS, data, _Status)
    kept = {
        key: getattr(shape, key)
        for key in _Status.__struct_fields__
        if key not in ("end", "permissions", "halt")
    }
    allowed = Permissions(**msgspec.structs.asdict(shape.permissions))
    return Snapshot(shape.seq, EaStatus(**kept, permissions=allowed, halt=_halt(shape.halt)))


def _halt(shape: _Halt) -> Halt:
    kept = {
        key: getattr(shape, key)
        for key in _Halt.__struct_fields__
        if key not in ("level", "tickets")
    }
    left = tuple(
        StopTicket(
            ticket=ticket(STATUS, "ticket", row.ticket),
            symbol=row.symbol,
            volume=json_frame.amount(STATUS, "volume", row.volume),
            retcode=row.retcode,
            attempts=row.attempts,
            next_ms=row.next_ms,
        )
        for row in shape.tickets
    )
    return Halt(**kept, level=StopLevel[shape.level], tickets=left)


def encode_app(app: AppHeartbeat, seq: int) -> bytes:
    return json_frame.encode_frame(
        seq,
        {
            "session": app.session,
            "file": app.file,
            "protocol": app.protocol,
            "closing": app.closing,
            "utc_ms": app.utc_ms,
        },
    )


def decode_app(data: bytes) -> Snapshot[AppHeartbeat]:
    shape = json_frame.decode_shape(APP, data, _App)
    app = AppHeartbeat(shape.session, shape.file, shape.protocol, shape.closing, shape.utc_ms)
    return Snapshot(shape.seq, app)
