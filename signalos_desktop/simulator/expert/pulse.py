"""The app's heartbeat: app.json as read, whether the app is alive, for how long it is silent."""

from collections.abc import Callable

from signalos_desktop.domain.wire.snapshots import (
    AppHeartbeat,
    Snapshot,
    SnapshotBad,
    SnapshotTorn,
    decode_app,
)
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError

NAME = "app.json"
FRESH_S = 10.0
READ_EVERY_S = 0.2


class Pulse:
    """Ages are monotonic, counted from the last change of seq; before the first one: silent."""

    def __init__(self, files: Files, monotonic: Callable[[], float]) -> None:
        self._files = files
        self._monotonic = monotonic
        self._bytes: bytes | None = None
        self._stamp: tuple[int | None, int | None] = (None, None)
        self._read_at = monotonic()
        self._beat: Snapshot[AppHeartbeat] | None = None
        self._changed_at = self._read_at
        self._seen_alive = False
        self.refresh()
        self._seen_alive = False

    @property
    def session(self) -> int:
        """Session of app.json as read, 0 = there is none."""
        return self._beat.value.session if self._beat else 0

    @property
    def file(self) -> str:
        """The command file of that session."""
        return self._beat.value.file if self._beat else ""

    @property
    def closing(self) -> bool:
        return self._beat is not None and self._beat.value.closing

    @property
    def alive(self) -> bool:
        return self._seen_alive and not self.closing and self.silent_s <= FRESH_S

    @property
    def known(self) -> bool:
        """True if there is an app that has not said goodbye."""
        return self._beat is not None and not self._beat.value.closing

    @property
    def silent_s(self) -> float:
        return self._monotonic() - self._changed_at

    def look(self) -> None:
        """Read app.json if its stat says so, and in any case a few times a second."""
        try:
            stamp = (self._files.size(NAME), self._files.modified(NAME))
        except (FilesBusyError, FilesFailedError):
            return
        if stamp != self._stamp or self._monotonic() - self._read_at >= READ_EVERY_S:
            self._stamp = stamp
            self.refresh()

    def refresh(self) -> bool:
        """Read app.json now; False if what it says at this moment cannot be known."""
        self._read_at = self._monotonic()
        try:
            data = self._files.read(NAME)
        except (FilesBusyError, FilesFailedError):
            return False
        if data is None or data == self._bytes:
            return True
        try:
            beat = decode_app(data)
        except (SnapshotBad, SnapshotTorn):
            return False
        self._bytes = data
        old = self._beat
        if old is None or (beat.value.session, beat.seq) != (old.value.session, old.seq):
            self._changed_at = self._monotonic()
            self._seen_alive = True
        self._beat = beat
        return True
