"""The snapshots: written when something has changed, and at least once a second."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TypeVar

from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.wire.account_json import ACCOUNT, ORDERS, POSITIONS
from signalos_desktop.domain.wire.json_frame import renumbered
from signalos_desktop.domain.wire.snapshots import (
    SnapshotBad,
    SnapshotTorn,
    decode_status,
    encode_account,
    encode_orders,
    encode_positions,
    encode_quotes,
    encode_status,
    encode_symbols,
)
from signalos_desktop.domain.wire.status_json import STATUS
from signalos_desktop.domain.wire.symbols_json import QUOTES, SYMBOLS
from signalos_desktop.simulator.expert.desk import Desk
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError

CHANGE_S = 0.2
BEAT_S = 1.0
SYMBOLS_S = 3600.0
TIMED = (STATUS, ACCOUNT)
"""These state when they were written; the others are the same until something changes."""

_T = TypeVar("_T")


class Heartbeats:
    """Writes all snapshots with one seq that grows; what fails is written on the next occasion.

    last_session: the largest session that an earlier run of the expert has seen.
    """

    def __init__(self, desk: Desk, files: Files, status: Callable[[], EaStatus]) -> None:
        self._desk = desk
        self._files = files
        self._status = status
        self._seq = 0
        self._looked_at = float("-inf")
        self._due: dict[str, float] = {}
        self._shown: dict[str, object] = {}
        self._encoded: dict[str, bytes] = {}
        self.last_session = 0
        self._continue()

    def _continue(self) -> None:
        """Go on from the last status.json, so that every reader sees seq change."""
        data = self._files.read(STATUS)
        try:
            last = decode_status(data) if data else None
        except (SnapshotBad, SnapshotTorn):
            last = None
        self._seq = last.seq if last else self._desk.now_ms() // 1000
        self.last_session = last.value.session if last else 0

    def symbols_now(self) -> None:
        """symbols.json with the next beat."""
        self._due.pop(SYMBOLS, None)

    def beat(self) -> None:
        """Cheap unless the time has come to look for changes."""
        now = self._desk.monotonic()
        if now - self._looked_at < CHANGE_S:
            return
        self._looked_at = now
        terminal, desk = self._desk.terminal, self._desk
        desk.history.scan()
        self._write(STATUS, self._status(), _without_time, encode_status)
        self._write(ACCOUNT, terminal.account(), _same, self._encode_account)
        self._write(POSITIONS, terminal.positions(), tuple, encode_positions)
        self._write(ORDERS, terminal.orders(), tuple, encode_orders)
        self._write(QUOTES, terminal.quotes(), tuple, encode_quotes)
        if now >= self._due.get(SYMBOLS, 0.0):
            self._write(SYMBOLS, None, lambda _: now, self._encode_symbols, SYMBOLS_S)

    def _write(
        self,
        name: str,
        value: _T,
        shown: Callable[[_T], object],
        encode: Callable[[_T, int], bytes],
        beat_s: float = BEAT_S,
    ) -> None:
        now, what = self._desk.monotonic(), shown(value)
        same = what == self._shown.get(name)
        if same and now < self._due.get(name, 0.0):
            return
        self._seq += 1
        again = same and name not in TIMED and name in self._encoded
        old = self._encoded.get(name, b"")
        data = renumbered(old, self._seq) if again else encode(value, self._seq)
        try:
            self._files.replace(name, data)
        except (FilesBusyError, FilesFailedError):
            return
        self._shown[name], self._encoded[name] = what, data
        self._due[name] = now + beat_s

    def _encode_account(self, account: AccountState, seq: int) -> bytes:
        return encode_account(account, seq, self._desk.now_ms())

    def _encode_symbols(self, _: None, seq: int) -> bytes:
        terminal = self._desk.terminal
        return encode_symbols(terminal.symbols(), terminal.quotes(), seq)


def _same(account: AccountState) -> AccountState:
    return account


_without_time = attrgetter(*(one.name for one in fields(EaStatus) if one.name != "utc_ms"))
