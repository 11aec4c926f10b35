"""The stock executor's clock, measured by probes that cannot trade; unknown = no entries."""

from datetime import datetime, timedelta

from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.wire.stock import ClockReading, agreed_offset, read_clock

PROBE_GAP_S = 30.0


class StockClock:
    """offset: the last two probes, 30 s apart, agreed on it.

    last_offset: that of the last probe that stated a zone's, for closes. silent: a probe stayed
    without an answer. wrong: two answers that do not agree, or one that states no age.
    """

    def __init__(self, patience_s: float) -> None:
        self.offset: timedelta | None = None
        self.last_offset: timedelta | None = None
        self.silent = False
        self.wrong = False
        self._patience_s = patience_s
        self._pending: tuple[int, datetime, float] | None = None
        self._reading: ClockReading | None = None
        self._read_at = float("-inf")

    def due(self, now: float) -> bool:
        """True if a probe should be sent now; a probe without an answer makes the clock unknown."""
        if self._pending is not None:
            if now - self._pending[2] <= self._patience_s:
                return False
            self._pending, self._reading, self.offset = None, None, None
            self.silent = True
        return now - self._read_at >= PROBE_GAP_S

    def sent(self, probe_id: int, utc: datetime, now: float) -> None:
        self._pending = (probe_id, utc, now)

    def take(self, receipt: Receipt, utc: datetime, now: float) -> None:
        """A probe's receipt."""
        if self._pending is None or receipt.cmd_id != self._pending[0]:
            return
        reading, before = read_clock(self._pending[1], receipt.message, utc), self._reading
        self._pending, self.silent = None, False
        self._reading, self._read_at = reading, now
        if reading is None or before is None:
            self.offset, self.wrong = None, reading is None
        else:
            self.offset = agreed_offset(before, reading)
            self.wrong = self.offset is None
        if reading is not None and reading.offset is not None:
            self.last_offset = reading.offset
