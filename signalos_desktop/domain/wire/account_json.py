"""account.json, positions.json and orders.json: the account as the terminal states it."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.values import Account, Side, from_ms, to_ms
from signalos_desktop.domain.wire import json_frame
from signalos_desktop.domain.wire.json_frame import (
    Count,
    Millis,
    Shape,
    Signed,
    Snapshot,
    amount,
    bad,
    level,
    positive,
    shown,
    ticket,
)

ACCOUNT = "account.json"
POSITIONS = "positions.json"
ORDERS = "orders.json"


class _Account(Shape, frozen=True):
    login: Count
    server: str
    company: str
    currency: str
    currency_digits: Count
    leverage: Count
    margin_mode: Literal["RETAIL_HEDGING", "RETAIL_NETTING", "EXCHANGE"]
    trade_mode: Literal["DEMO", "CONTEST", "REAL"]
    balance: str
    equity: str
    profit: str
    margin: str
    margin_free: str
    margin_level: str
    stop_out: str
    trade_allowed: bool
    trade_expert: bool
    utc_ms: Millis


class _Position(msgspec.Struct, frozen=True):
    ticket: str
    identifier: str
    symbol: str
    type: Literal["BUY", "SELL"]
    volume: str
    price_open: str
    sl: str
    tp: str
    price_current: str
    swap: str
    profit: str
    magic: Signed
    comment: str
    time_msc: Millis


class _Positions(Shape, frozen=True):
    positions: tuple[_Position, ...]


class _Order(msgspec.Struct, frozen=True):
    ticket: str
    symbol: str
    type: Literal[
        "BUY_LIMIT",
        "SELL_LIMIT",
        "BUY_STOP",
        "SELL_STOP",
        "BUY_STOP_LIMIT",
        "SELL_STOP_LIMIT",
        "BUY",
        "SELL",
        "CLOSE_BY",
    ]
    state: str
    volume: str
    price: str
    sl: str
    tp: str
    expiration_ms: Millis
    magic: Signed
    comment: str
    time_msc: Millis


class _Orders(Shape, frozen=True):
    orders: tuple[_Order, ...]


_MONEY = ("balance", "equity", "profit", "margin", "margin_free", "stop_out")
_KEPT = (
    "company",
    "currency",
    "currency_digits",
    "leverage",
    "margin_mode",
    "trade_mode",
    "trade_allowed",
    "trade_expert",
)


def encode_account(state: AccountState, seq: int, utc_ms: int) -> bytes:
    return json_frame.encode_frame(
        seq,
        {
            "login": state.account.login,
            "server": state.account.server,
            **{key: getattr(state, key) for key in _KEPT},
            **{key: shown(getattr(state, key)) for key in _MONEY},
            "margin_level": shown(state.margin_level),
            "utc_ms": utc_ms,
        },
    )


def decode_account(data: bytes) -> Snapshot[AccountState]:
    shape = json_frame.decode_shape(ACCOUNT, data, _Account)
    if not shape.login or not shape.server:
        raise bad(ACCOUNT, f"login {shape.login}, server {shape.server!r}: no account")
    values: dict[str, Any] = {key: getattr(shape, key) for key in _KEPT}
    for key in _MONEY:
        values[key] = amount(ACCOUNT, key, getattr(shape, key))
    state = AccountState(
        account=Account(shape.login, shape.server),
        margin_level=level(ACCOUNT, "margin_level", shape.margin_level),
        **values,
    )
    return Snapshot(shape.seq, state)


def encode_positions(positions: Sequence[Position], seq: int) -> bytes:
    rows = [
        {
            "ticket": str(row.ticket),
            "identifier": str(row.identifier),
            "symbol": row.symbol,
            "type": row.side.name,
            "volume": shown(row.volume),
            "price_open": shown(row.price_open),
            "sl": shown(row.sl),
            "tp": shown(row.tp),
            "price_current": shown(row.price_current),
            "swap": shown(row.swap),
            "profit": shown(row.profit),
            "magic": row.magic,
            "comment": row.comment,
            "time_msc": to_ms(row.time),
        }
        for row in positions
    ]
    return json_frame.encode_frame(seq, {"positions": rows})


def decode_positions(data: bytes) -> Snapshot[tuple[Position, ...]]:
    shape = json_frame.decode_shape(POSITIONS, data, _Positions)
    positions = tuple(_position(row) for row in shape.positions)
    _refuse_twice(POSITIONS, [row.ticket for row in positions])
    return Snapshot(shape.seq, positions)


def _position(row: _Position) -> Position:
    return Position(
        ticket=ticket(POSITIONS, "ticket", row.ticket),
        identifier=ticket(POSITIONS, "identifier", row.identifier),
        symbol=row.symbol,
        side=Side[row.type],
        volume=positive(POSITIONS, "volume", row.volume),
        price_open=amount(POSITIONS, "price_open", row.price_open),
        sl=level(POSITIONS, "sl", row.sl),
        tp=level(POSITIONS, "tp", row.tp),
        price_current=amount(POSITIONS, "price_current", row.price_current),
        swap=amount(POSITIONS, "swap", row.swap),
        profit=amount(POSITIONS, "profit", row.profit),
        magic=row.magic,
        comment=row.comment,
        time=from_ms(row.time_msc),
    )


def encode_orders(orders: Sequence[RestingOrder], seq: int) -> bytes:
    rows = [
        {
            "ticket": str(row.ticket),
            "symbol": row.symbol,
            "type": row.type,
            "state": row.state,
            "volume": shown(row.volume),
            "price": shown(row.price),
            "sl": shown(row.sl),
            "tp": shown(row.tp),
            "expiration_ms": 0 if row.expiration is None else to_ms(row.expiration),
            "magic": row.magic,
            "comment": row.comment,
            "time_msc": to_ms(row.time),
        }
        for row in orders
    ]
    return json_frame.encode_frame(seq, {"orders": rows})


def decode_orders(data: bytes) -> Snapshot[tuple[RestingOrder, ...]]:
    shape = json_frame.decode_shape(ORDERS, data, _Orders)
    orders = tuple(_order(row) for row in shape.orders)
    _refuse_twice(ORDERS, [row.ticket for row in orders])
    return Snapshot(shape.seq, orders)


def _order(row: _Order) -> RestingOrder:
    return RestingOrder(
        ticket=ticket(ORDERS, "ticket", row.ticket),
        symbol=row.symbol,
        type=row.type,
        state=row.state,
        volume=amount(ORDERS, "volume", row.volume),
        price=amount(ORDERS, "price", row.price),
        sl=level(ORDERS, "sl", row.sl),
        tp=level(ORDERS, "tp", row.tp),
        expiration=from_ms(row.expiration_ms) if row.expiration_ms else None,
        magic=row.magic,
        comment=row.comment,
        time=from_ms(row.time_msc),
    )


def _refuse_twice(name: str, tickets: list[int]) -> None:
    if len(set(tickets)) != len(tickets):
        raise bad(name, f"{len(tickets)} rows, {len(set(tickets))} different tickets")
