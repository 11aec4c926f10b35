"""One simulated terminal for each folder: a second one is told who the first is."""

import json
import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

LOCK = ".simulator.lock"


class FolderHeldError(Exception):
    """Another simulated terminal works in the folder; the text names it."""


class FolderLock:
    """Held until the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._owner = folder / f"{LOCK}.json"
        self._lock = FileLock(folder / LOCK)

    def acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise FolderHeldError(
                f"{self._folder} has a simulated terminal already{self._holder()}: "
                "end it first, or choose another --folder"
            ) from None
        self._owner.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")

    def release(self) -> None:
        with suppress(OSError):
            self._owner.unlink()
        self._lock.release()

    def _holder(self) -> str:
        with suppress(OSError, ValueError, KeyError, TypeError):
            owner = json.loads(self._owner.read_text(encoding="utf-8"))
            return f" (process {int(owner['pid'])})"
        return ""
