"""Reads the stock executor's receipts without ever being in its way."""

from pathlib import Path

from signalos_desktop.adapters.mt5_files.command_files import whole_lines
from signalos_desktop.adapters.mt5_files.files import FileStat, FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.receipt_feed import TailReader
from signalos_desktop.adapters.mt5_files.troubles import Troubles, file_busy
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.wire import stock
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.engine.ports import BadLine, Checkpoint, Clock

RECEIPTS = "receipts.csv"
BUSY_S = 2.0
SETTLE_S = 0.1
PATIENCE_S = 1.0


class StockReceipts:
    """The executor drops a receipt whose file is open elsewhere: it is read while nothing moves.

    settle_s: so long must the file have kept its size, at most PATIENCE_S are waited.
    """

    def __init__(
        self,
        files: FileSystem,
        folder: Path,
        clock: Clock,
        troubles: Troubles,
        settle_s: float = SETTLE_S,
    ) -> None:
        self.path = folder / RECEIPTS
        self._files = files
        self._clock = clock
        self._troubles = troubles
        self._settle_s = settle_s
        self._tail = TailReader(files, self.path, self._decode)
        self._layout: tuple[str, ...] | None = None
        self._told: Checkpoint | None = None
        self._seen: FileStat | None = None
        self._moved_at = float("-inf")
        self._moving_since: float | None = None
        self._busy_since: float | None = None

    @property
    def behind(self) -> bool:
        return self._tail.behind

    def resume(self, checkpoint: Checkpoint) -> None:
        self._tail.resume(checkpoint)
        self._told = checkpoint

    def skip(self) -> None:
        """What stands there now is from before this panel's time."""
        self._tail.skip()

    def poll(self) -> list[Receipt]:
        now = self._clock.monotonic()
        try:
            if not self._tail.behind and not self._settled(now):
                return []
            rows = self._tail.poll()
        except OSError as error:
            self._note_busy(now, error)
            return []
        self._busy_since = None
        self._troubles.tell("receipts", None)
        return [receipt for receipt in rows if receipt is not None]

    def take_bad_lines(self) -> tuple[BadLine, ...]:
        return self._tail.take_bad_lines()

    def take_checkpoint(self) -> tuple[Checkpoint, ...]:
        """Where we stand, if nobody was told yet."""
        checkpoint = self._tail.checkpoint
        if checkpoint == self._told or not checkpoint.offset:
            return ()
        self._told = checkpoint
        return (checkpoint,)

    def ids(self, *, read_already: bool = False) -> frozenset[int]:
        """Every id that has a receipt, of whatever run; or those up to where we stand."""
        if self._files.stat(self.path) is None:
            return frozenset()
        left = self._tail.offset if self._tail.stands() else 0
        found = set()
        for line in whole_lines(self._files, self.path):
            left -= len(line)
            if read_already and left < 0:
                break
            head = line.split(b",", 1)[0]
            if head.isdigit() and len(head) <= 10:
                found.add(int(head))
        return frozenset(found)

    def _settled(self, now: float) -> bool:
        """True if the file is not being written to."""
        found = self._files.stat(self.path)
        if found != self._seen:
            self._seen, self._moved_at = found, now
            self._moving_since = now if self._moving_since is None else self._moving_since
        since = self._moving_since
        waited = since is not None and now - since >= PATIENCE_S
        if now - self._moved_at < self._settle_s and not waited:
            return False
        self._moving_since = None
        return True

    def _decode(self, line: bytes) -> Receipt | None:
        """A receipt, or None for a header, which says how to read what follows."""
        layout = stock.stock_layout(line)
        if layout is None:
            return stock.decode_stock_receipt(line, self._layout)
        if len(set(layout) & set(stock.SIX)) != len(stock.SIX):
            raise RowError("BAD_ROW", f"unknown header: {','.join(layout)[:120]}")
        self._layout = layout
        return None

    def _note_busy(self, now: float, error: OSError) -> None:
        self._busy_since = now if self._busy_since is None else self._busy_since
        if not sharing_violation(error) or now - self._busy_since >= BUSY_S:
            self._troubles.tell("receipts", file_busy(str(self.path), error))
