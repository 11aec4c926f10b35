"""Reads the EA's snapshots when they changed, and the one who finds a half file reads it again."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from signalos_desktop.adapters.mt5_files.files import FileStat, FileSystem
from signalos_desktop.domain.wire.json_frame import content
from signalos_desktop.domain.wire.snapshots import (
    SIZE_LIMIT,
    Snapshot,
    SnapshotBad,
    SnapshotTorn,
)

T = TypeVar("T")

REREAD_S = 1.0
"""A change within the grain of a modification time does not show in a stat."""
KEPT_BYTES = 64 * 1024
"""Up to this size what was read is kept, so that the same is not decoded each second."""


class SnapshotReader(Generic[T]):
    """Follows one snapshot. seq: of the last one read. torn_since: monotonic, None = whole.

    timeless: what it says depends on neither seq nor time, so most of them say the same again.
    """

    def __init__(
        self,
        files: FileSystem,
        path: Path,
        decode: Callable[[bytes], Snapshot[T]],
        *,
        timeless: bool = False,
    ) -> None:
        self.path = path
        self.seq: int | None = None
        self.present = False
        self.torn_since: float | None = None
        self.bad: SnapshotBad | None = None
        self.steps_back = 0
        self._files = files
        self._decode = decode
        self._timeless = timeless
        self._seen: FileStat | None = None
        self._read_at = float("-inf")
        self._bytes: tuple[int, int] | None = None
        self._known: tuple[bytes, T] | None = None

    def poll(self, now: float) -> T | None:
        """The snapshot if it is another one than last time. OSError: try again later."""
        found = self._files.stat(self.path)
        self.present = found is not None
        if found is None:
            self._seen = None
            return None
        if found == self._seen and now - self._read_at < REREAD_S:
            return None
        data = self._files.read(self.path, 0, SIZE_LIMIT + 1)
        self._seen, self._read_at = found, now
        print_of_data = (len(data), zlib.crc32(data))
        if print_of_data == self._bytes:
            return None
        return self._take(data, print_of_data, now)

    def _take(self, data: bytes, print_of_data: tuple[int, int], now: float) -> T | None:
        try:
            snapshot = self._decoded(data)
        except SnapshotTorn:
            self._seen = None
            self.torn_since = now if self.torn_since is None else self.torn_since
            return None
        except SnapshotBad as problem:
            self._bytes, self.torn_since, self.bad = print_of_data, None, problem
            return None
        self._bytes, self.torn_since, self.bad = print_of_data, None, None
        if snapshot.seq == self.seq:
            return None
        if self.seq is not None and snapshot.seq < self.seq:
            self.steps_back += 1
        self.seq = snapshot.seq
        return snapshot.value

    def _decoded(self, data: bytes) -> Snapshot[T]:
        if not self._timeless or len(data) > KEPT_BYTES:
            return self._decode(data)
        frame = content(data)
        if frame is not None and self._known is not None and self._known[0] == frame[1]:
            return Snapshot(frame[0], self._known[1])
        snapshot = self._decode(data)
        self._known = None if frame is None else (frame[1], snapshot.value)
        return snapshot
