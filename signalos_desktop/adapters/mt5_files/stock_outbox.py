"""The door to the stock executor: what may be appended, and which rows still wait for a receipt."""

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.outbox import FileOutbox
from signalos_desktop.adapters.mt5_files.stock_clock import StockClock
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.commands import life_s
from signalos_desktop.domain.wire.stock import encode_stock_command
from signalos_desktop.engine.ports import Clock, OutboxFailedError

ROW_LIMIT = 1000
"""The executor remembers 10,000 ids; beyond them it would execute the file again."""

RECEIPT_GRACE_S = 30.0
_LONGEST_LIFE_S = 120.0


class StockOutbox:
    """Implements ports.Outbox for protocol 1. rows: lines of the file, probes too."""

    def __init__(
        self,
        account: Account,
        file: AppendFile,
        stock_clock: StockClock,
        clock: Clock,
        period_s: float,
    ) -> None:
        self.rows = 0
        self._file = file
        self._stock_clock = stock_clock
        self._clock = clock
        self._period_s = period_s
        self._inner = FileOutbox(account, self._encode)
        self._ids: set[int] = set()
        self._waiting: dict[int, tuple[float, float]] = {}
        self._alive_until = 0.0

    @property
    def largest_id(self) -> int:
        return self._inner.largest_id

    def open(self, session: int, largest_id: int, ids: frozenset[int], rows: int) -> None:
        self._inner.open(self._file, session, largest_id)
        self._ids, self.rows = set(ids), rows
        self._alive_until = self._clock.monotonic() + _LONGEST_LIFE_S if rows else 0.0

    def shut(self) -> None:
        """The folder was given back: nothing can be appended any more."""
        self._inner.fenced = True

    def append(self, command: Command) -> None:
        if self.rows >= ROW_LIMIT:
            raise OutboxFailedError(
                f"commands.csv holds {self.rows} rows, allowed {ROW_LIMIT}: settle the open "
                "commands, it is then moved aside"
            )
        self._inner.append(command)
        now, life = self._clock.monotonic(), float(life_s(command))
        self.rows += 1
        self._ids.add(command.cmd_id)
        due = now + life + 2 * self._period_s + RECEIPT_GRACE_S
        self._waiting[command.cmd_id] = (now, due)
        self._alive_until = max(self._alive_until, now + life)

    def answered(self, cmd_id: int) -> None:
        self._waiting.pop(cmd_id, None)

    def take_overdue(self, now: float) -> list[tuple[int, float]]:
        """Ids whose receipt should have come, with the seconds waited; each once."""
        late = [(cmd_id, at) for cmd_id, (at, due) in self._waiting.items() if now >= due]
        for cmd_id, _ in late:
            del self._waiting[cmd_id]
        return [(cmd_id, now - at) for cmd_id, at in late]

    def idle(self, settled: frozenset[int], now: float) -> bool:
        """True if the file can be moved aside: every row settled, every life over."""
        return self.rows > 0 and self._ids <= settled and now > self._alive_until

    def emptied(self) -> None:
        self.rows = 0
        self._ids.clear()

    def _encode(self, command: Command) -> bytes:
        offset = self._stock_clock.offset
        if offset is None and not command.action.opens:
            offset = self._stock_clock.last_offset
        if offset is None:
            raise OutboxFailedError(
                "CLOCK_OFFSET_UNKNOWN: the executor's clock is not measured yet; it takes 30 s "
                "with moving prices"
            )
        return encode_stock_command(command, offset)
