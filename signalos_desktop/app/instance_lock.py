"""One program for each data folder: a second one is told who the first is, and does not start."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from signalos_desktop.app.exits import HeldError
from signalos_desktop.domain.values import iso_ms


class InstanceLock:
    """Held from acquire to release, or to the end of the process however it comes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owner = path.with_name(f"{path.name}.json")
        self._lock = FileLock(path)

    def acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise HeldError(self._holder()) from None
        since = {"pid": os.getpid(), "since": iso_ms(datetime.now(UTC))}
        self._owner.write_text(json.dumps(since), encoding="utf-8")

    def release(self) -> None:
        with suppress(OSError):
            self._owner.unlink()
        self._lock.release()

    def __enter__(self) -> "InstanceLock":
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _holder(self) -> str:
        who = ""
        with suppress(OSError, ValueError, KeyError, TypeError):
            owner = json.loads(self._owner.read_text(encoding="utf-8"))
            who = f" (process {int(owner['pid'])}, since {str(owner['since'])[:24]})"
        return (
            f"{self._path.parent} is used by another SignalOS Desktop{who}: "
            "go on there, or end it first, or choose another folder with --data-dir"
        )
