"""Whether the program that started this one still runs."""

import ctypes
import os
import sys

_SYNCHRONIZE = 0x00100000
_WAIT_TIMEOUT = 0x102


class Parent:
    """A process by its id. None = nobody to watch."""

    def __init__(self, pid: int | None) -> None:
        self._pid = pid
        self._is_ours = pid is not None and os.getppid() == pid

    def gone(self) -> bool:
        if self._pid is None:
            return False
        if sys.platform == "win32":
            return not _runs_on_windows(self._pid)
        if self._is_ours:
            return os.getppid() != self._pid
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


def _runs_on_windows(pid: int) -> bool:
    """Signal 0 would end a process there, so it is asked of the kernel."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent where mypy looks
    handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == _WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(handle)
