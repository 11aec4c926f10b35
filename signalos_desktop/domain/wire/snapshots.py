"""The snapshots in one place: `encode_x(...) -> bytes`, `decode_x(bytes) -> Snapshot[...]`."""

from signalos_desktop.domain.wire.account_json import (
    decode_account,
    decode_orders,
    decode_positions,
    encode_account,
    encode_orders,
    encode_positions,
)
from signalos_desktop.domain.wire.json_frame import (
    SIZE_LIMIT,
    Snapshot,
    SnapshotBad,
    SnapshotTorn,
)
from signalos_desktop.domain.wire.status_json import (
    AppHeartbeat,
    decode_app,
    decode_status,
    encode_app,
    encode_status,
)
from signalos_desktop.domain.wire.symbols_json import (
    decode_quotes,
    decode_symbols,
    encode_quotes,
    encode_symbols,
)

__all__ = [
    "SIZE_LIMIT",
    "AppHeartbeat",
    "Snapshot",
    "SnapshotBad",
    "SnapshotTorn",
    "decode_account",
    "decode_app",
    "decode_orders",
    "decode_positions",
    "decode_quotes",
    "decode_status",
    "decode_symbols",
    "encode_account",
    "encode_app",
    "encode_orders",
    "encode_positions",
    "encode_quotes",
    "encode_status",
    "encode_symbols",
]
