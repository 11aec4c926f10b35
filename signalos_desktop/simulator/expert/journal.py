"""What the expert must say and cannot say yet: rows are kept in order until they are written."""

from collections import deque

from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import FilesBusyError, FilesFailedError


class Journal:
    """A RowLog that never refuses: what the disk does not take now is written later."""

    def __init__(self, log: RowLog) -> None:
        self.log = log
        self.failed = False
        self._waiting: deque[bytes] = deque()

    @property
    def behind(self) -> bool:
        """True while rows wait to be written."""
        return bool(self._waiting)

    def add(self, row: bytes) -> None:
        self._waiting.append(row)
        self.flush()

    def flush(self) -> bool:
        """Write what waits, oldest first; False if something still waits."""
        while self._waiting:
            try:
                self.log.append(self._waiting[0])
            except FilesBusyError:
                return False
            except FilesFailedError:
                self.failed = True
                return False
            self._waiting.popleft()
        self.failed = False
        return True
