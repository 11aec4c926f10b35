"""symbols.json and quotes.json: the symbols of the Market Watch and what they cost now."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.values import from_ms, to_ms
from signalos_desktop.domain.wire import json_frame
from signalos_desktop.domain.wire.json_frame import (
    Count,
    Millis,
    Shape,
    Snapshot,
    amount,
    bad,
    shown,
)

SYMBOLS = "symbols.json"
QUOTES = "quotes.json"

_Minute = Annotated[int, msgspec.Meta(ge=0, le=1440)]
_Days = Annotated[
    tuple[tuple[tuple[_Minute, _Minute], ...], ...], msgspec.Meta(min_length=7, max_length=7)
]


class _Symbol(msgspec.Struct, frozen=True):
    name: str
    digits: Annotated[int, msgspec.Meta(ge=0, le=12)]
    point: str
    tick_size: str
    tick_value: str
    tick_value_loss: str
    contract_size: str
    calc_mode: str
    currency_base: str
    currency_profit: str
    currency_margin: str
    volume_min: str
    volume_max: str
    volume_step: str
    volume_limit: str
    stops_level: Count
    freeze_level: Count
    filling: tuple[str, ...]
    exemode: str
    trade_mode: TradeMode
    order_mode: tuple[str, ...]
    expiration_mode: tuple[str, ...]
    spread: Count
    swap_long: str
    swap_short: str
    margin_1lot: str
    commission: str
    sessions: _Days
    bid: str
    ask: str
    tick_ms: Millis


class _Symbols(Shape, frozen=True):
    symbols: tuple[_Symbol, ...]


class _Quote(msgspec.Struct, frozen=True):
    name: str
    bid: str
    ask: str
    tick_ms: Millis
    tick_value: str
    tick_value_loss: str
    margin_1lot: str


class _Quotes(Shape, frozen=True):
    quotes: tuple[_Quote, ...]


_NUMBERS = (
    "point",
    "tick_size",
    "tick_value",
    "tick_value_loss",
    "contract_size",
    "volume_min",
    "volume_max",
    "volume_step",
    "volume_limit",
    "swap_long",
    "swap_short",
    "margin_1lot",
)
_KEPT = tuple(
    key
    for key in _Symbol.__struct_fields__
    if key not in (*_NUMBERS, "commission", "bid", "ask", "tick_ms")
)
_QUOTE_NUMBERS = ("bid", "ask", "tick_value", "tick_value_loss", "margin_1lot")


def encode_symbols(specs: Sequence[SymbolSpec], quotes: Sequence[Quote], seq: int) -> bytes:
    """quotes: the last prices; a symbol without one has bid and ask 0."""
    prices = {quote.symbol: quote for quote in quotes}
    rows = [_symbol_json(spec, prices.get(spec.name)) for spec in specs]
    return json_frame.encode_frame(seq, {"symbols": rows})


def _symbol_json(spec: SymbolSpec, quote: Quote | None) -> dict[str, Any]:
    values: dict[str, Any] = {key: getattr(spec, key) for key in _KEPT}
    values |= {key: shown(getattr(spec, key)) for key in _NUMBERS}
    values["commission"] = "" if spec.commission is None else shown(spec.commission)
    values["bid"] = "0" if quote is None else shown(quote.bid)
    values["ask"] = "0" if quote is None else shown(quote.ask)
    values["tick_ms"] = 0 if quote is None else to_ms(quote.time)
    return {key: values[key] for key in _Symbol.__struct_fields__}


def decode_symbols(data: bytes) -> Snapshot[tuple[SymbolSpec, ...]]:
    """The specifications only: prices come from quotes.json."""
    shape = json_frame.decode_shape(SYMBOLS, data, _Symbols)
    return Snapshot(shape.seq, tuple(_spec(row) for row in shape.symbols))


def _spec(row: _Symbol) -> SymbolSpec:
    if not row.name:
        raise bad(SYMBOLS, "a symbol without a name")
    values: dict[str, Any] = {key: getattr(row, key) for key in _KEPT}
    for key in _NUMBERS:
        values[key] = amount(SYMBOLS, f"{row.name} {key}", getattr(row, key))
    commission = amount(SYMBOLS, f"{row.name} commission", row.commission or "0")
    return SymbolSpec(**values, commission=commission if row.commission else None)


def encode_quotes(quotes: Sequence[Quote], seq: int) -> bytes:
    rows = [
        {
            "name": quote.symbol,
            "tick_ms": to_ms(quote.time),
            **{key: shown(getattr(quote, key)) for key in _QUOTE_NUMBERS},
        }
        for quote in quotes
    ]
    return json_frame.encode_frame(seq, {"quotes": rows})


def decode_quotes(data: bytes) -> Snapshot[tuple[Quote, ...]]:
    """Symbols that have no price yet are left out."""
    shape = json_frame.decode_shape(QUOTES, data, _Quotes)
    quotes = (_quote(row) for row in shape.quotes)
    return Snapshot(shape.seq, tuple(quote for quote in quotes if quote.bid > 0 and quote.ask > 0))


def _quote(row: _Quote) -> Quote:
    return Quote(
        symbol=row.name,
        time=from_ms(row.tick_ms),
        **{key: amount(QUOTES, f"{row.name} {key}", getattr(row, key)) for key in _QUOTE_NUMBERS},
    )
