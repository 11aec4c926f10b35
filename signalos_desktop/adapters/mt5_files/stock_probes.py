"""Asks the stock executor for its clock, again and again, with rows that cannot trade."""

from collections.abc import Iterable

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.stock_clock import StockClock
from signalos_desktop.adapters.mt5_files.troubles import Troubles
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.ports import Clock, OutboxBusyError, OutboxFailedError, Trouble

ANSWER_GRACE_S = 10.0
BUSY_TRIES = 3
_SECONDS_OF_IDS = 147_000_000
_LARGEST_ID = stock.PROBE_FLOOR + _SECONDS_OF_IDS


class Probes:
    """One probe at a time. Ids follow the clock, so that none is ever used twice."""

    def __init__(
        self, rows: AppendFile, clock: Clock, magic: int, period_s: float, troubles: Troubles
    ) -> None:
        self.clock = StockClock(2 * period_s + ANSWER_GRACE_S)
        self._rows = rows
        self._time = clock
        self._magic = magic
        self._troubles = troubles
        self._next_id = stock.PROBE_FLOOR
        self._unanswered: set[int] = set()
        self._busy = 0

    def begin(self, ids: Iterable[int]) -> None:
        """ids: all that can still be seen of earlier runs, those of commands too."""
        self._next_id = 1 + max(i for i in (*ids, stock.PROBE_FLOOR) if i <= _LARGEST_ID)

    def ask_if_due(self, now: float) -> bool:
        """True if a probe was written."""
        due = self.clock.due(now)
        self._tell_state()
        if not due:
            return False
        try:
            self.ask(now)
        except OutboxBusyError as error:
            self._busy += 1
            if self._busy >= BUSY_TRIES:
                self._tell_not_written(error)
            return False
        except OutboxFailedError as error:
            self._tell_not_written(error)
            return False
        self._troubles.tell("probe", None)
        return True

    def ask(self, now: float) -> None:
        """Write a probe at once; raises as an outbox does."""
        utc = self._time.now()
        foreign_magic = self._magic - 1 if self._magic > 1 else self._magic + 1
        since = to_ms(utc) // 1000 % _SECONDS_OF_IDS
        probe_id = max(self._next_id, stock.PROBE_FLOOR + since)
        self._rows.append(stock.probe_row(probe_id, utc, foreign_magic))
        self._busy = 0
        self.clock.sent(probe_id, utc, now)
        self._unanswered.add(probe_id)
        self._next_id = probe_id + 1

    def take(self, receipt: Receipt, now: float) -> bool:
        """True if it answers a probe of this run for the first time: the executor is alive."""
        self.clock.take(receipt, self._time.now(), now)
        self._tell_state()
        if receipt.cmd_id not in self._unanswered:
            return False
        self._unanswered.discard(receipt.cmd_id)
        return True

    def _tell_not_written(self, error: Exception) -> None:
        trouble = Trouble("PROBE_NOT_WRITTEN", str(error), "Entries wait until it can be.")
        self._troubles.tell("probe", trouble)

    def _tell_state(self) -> None:
        path = self._rows.path
        self._troubles.tell("executor", _silent(str(path)) if self.clock.silent else None)
        self._troubles.tell("clock", _wrong(str(path)) if self.clock.wrong else None)


def _silent(path: str) -> Trouble:
    return Trouble(
        "EA_NOT_RUNNING",
        f"The executor did not answer a probe in {path}.",
        "Attach the executor to a chart and switch Algo Trading on; its clock needs moving prices.",
    )


def _wrong(path: str) -> Trouble:
    return Trouble(
        "CLOCK_OFFSET_UNKNOWN",
        f"The executor's clock stands still, jumped or is no time zone's ({path}).",
        "Entries wait until two probes agree. Look whether prices move in MT5: it is the clock of "
        "the last price.",
    )
