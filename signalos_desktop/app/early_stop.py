"""The emergency stop from the first painted window on: its flags need no engine and no panel."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # They load beside the first window, which can be pressed before they are there.
    from signalos_desktop.engine.stop_latch import StopLatch


def build_latch() -> "StopLatch":
    """The latch that the engine takes over later; it writes to no place yet."""
    import secrets

    from signalos_desktop.adapters.mt5_files.files import DiskFiles
    from signalos_desktop.adapters.mt5_files.flags import FlagFileWriter
    from signalos_desktop.engine.stop_latch import StopLatch

    return StopLatch(FlagFileWriter(DiskFiles()), lambda: secrets.token_hex(8))


def aim_latch(folders: Iterable[Path]) -> "StopLatch":
    """A latch whose presses reach every EA that was ever in these folders; blocks for moments.

    A folder that cannot be read is passed over here: the engine says so when it connects.
    """
    latch = build_latch()
    latch.watch([path for folder in folders for path in _flag_paths(folder)], lambda: None)
    return latch


def _flag_paths(folder: Path) -> list[str]:
    from signalos_desktop.adapters.mt5_files.files import DiskFiles
    from signalos_desktop.adapters.mt5_files.folder import find_instances, flag_places

    files = DiskFiles()
    try:
        found = find_instances(files, folder)
        return [str(path) for one in found for path in flag_places(files, one)]
    except OSError:
        return []


class EarlyStop:
    """Presses from any thread. Those before the latch is there are kept, and pressed with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._latch: StopLatch | None = None

    @property
    def latch(self) -> "StopLatch":
        if self._latch is None:
            raise RuntimeError("the stop has no latch yet")
        return self._latch

    def arm(self, latch: "StopLatch") -> None:
        """From now on a press writes its flags at once; those that waited are pressed here."""
        with self._lock:
            self._latch = latch
            waiting, self._waiting = self._waiting, []
        for source in waiting:
            self._press(latch, source)

    def press(self, source: str = "") -> None:
        """source: who pressed, the stop button if it is empty."""
        with self._lock:
            latch = self._latch
            if latch is None:
                self._waiting.append(source)
        if latch is not None:
            self._press(latch, source)

    @staticmethod
    def _press(latch: "StopLatch", source: str) -> None:
        from signalos_desktop.domain.trading_state import StopLevel
        from signalos_desktop.engine.stop_words import BUTTON

        latch.press(StopLevel.FLATTEN, source or BUTTON)


def armed_stop(folders: Iterable[Path]) -> EarlyStop:
    """Ready at once; blocks for moments."""
    stop = EarlyStop()
    stop.arm(aim_latch(folders))
    return stop
