"""The door to the stock executor: what may be appended, and which rows still wait for a receipt."""

from collections.abc import Callable
from datetime import timedelta

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.outbox import FileOutbox
from signalos_desktop.adapters.mt5_files.stock_probes import Probes
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.commands import life_s
from signalos_desktop.domain.wire.stock import encode_stock_command
from signalos_desktop.engine.ports import Clock, OutboxFailedError

ROW_LIMIT = 1000
"""The executor remembers 10,000 ids; beyond them it would execute the file again."""

KEPT_FOR_CLOSES = 200
PROBE_LIMIT = 500
RECEIPT_GRACE_S = 30.0
_LONGEST_LIFE_S = 120.0


class StockOutbox:
    """Implements ports.Outbox for protocol 1. rows: lines of the file, probes too.

    note_sent is told of every command that was written.
    """

    def __init__(
        self,
        account: Account,
        file: AppendFile,
        probes: Probes,
        clock: Clock,
        period_s: float,
        note_sent: Callable[[Command], None],
    ) -> None:
        self.rows = 0
        self.commands_in_file = False
        self._file = file
        self._probes = probes
        self._clock = clock
        self._patience_s = 2 * period_s + RECEIPT_GRACE_S
        self._note_sent = note_sent
        self._inner = FileOutbox(account, self._encode)
        self._waiting: dict[int, tuple[Command, float, float]] = {}
        self._alive_until = 0.0

    @property
    def largest_id(self) -> int:
        return self._inner.largest_id

    @property
    def waiting(self) -> frozenset[int]:
        """Ids of the rows whose receipt is still to come."""
        return frozenset(self._waiting)

    def open(self, session: int, largest_id: int, ids: frozenset[int], rows: int) -> None:
        self._inner.open(self._file, session, largest_id)
        self.rows, self.commands_in_file = rows, bool(ids)
        self._alive_until = self._clock.monotonic() + _LONGEST_LIFE_S if rows else 0.0

    def shut(self) -> None:
        """The folder was given back: nothing can be appended any more."""
        self._inner.fenced = True

    def prepare(self, command: Command) -> None:
        """Nothing: the row holds the time at which it is written."""

    def append(self, command: Command) -> None:
        limit = ROW_LIMIT if command.action.reduces else ROW_LIMIT - KEPT_FOR_CLOSES
        if self.rows >= limit:
            raise OutboxFailedError(
                f"commands.csv holds {self.rows} rows, allowed {limit}: settle the open "
                "commands, it is then moved aside"
            )
        now = self._clock.monotonic()
        if not self.rows and self.clock_offset(command) is not None:
            # A probe answered twice betrays an executor that began anew: it goes in front.
            self._probes.ask(now)
            self.rows += 1
        self._inner.append(command)
        life = float(life_s(command))
        self.rows += 1
        self.commands_in_file = True
        self._waiting[command.cmd_id] = (command, now, now + life + self._patience_s)
        self._alive_until = max(self._alive_until, now + life)
        self._note_sent(command)

    def wait_for(self, command: Command) -> None:
        """A row of an earlier run whose receipt may still come."""
        now = self._clock.monotonic()
        left = max(0.0, (command.expires - self._clock.now()).total_seconds())
        self._waiting[command.cmd_id] = (command, now, now + left + self._patience_s)

    def answered(self, cmd_id: int) -> bool:
        """True if the receipt of this row was still to come."""
        return self._waiting.pop(cmd_id, None) is not None

    def take_overdue(self, now: float) -> list[tuple[Command, float]]:
        """Rows whose receipt should have come, with the seconds waited; each once."""
        late = [(command, at) for command, at, due in self._waiting.values() if now >= due]
        for command, _ in late:
            del self._waiting[command.cmd_id]
        return [(command, now - at) for command, at in late]

    def idle(self, settled: frozenset[int], now: float) -> bool:
        """True if the file can be moved aside: no receipt is waited for, every life is over."""
        return self.rows > 0 and self._waiting.keys() <= settled and now > self._alive_until

    def emptied(self) -> None:
        self.rows, self.commands_in_file = 0, False

    def clock_offset(self, command: Command) -> timedelta | None:
        """What the row is stamped with; a close is content with a single probe's answer."""
        clock = self._probes.clock
        if clock.offset is None and not command.action.opens:
            return clock.last_offset
        return clock.offset

    def _encode(self, command: Command) -> bytes:
        offset = self.clock_offset(command)
        if offset is None:
            raise OutboxFailedError(
                "CLOCK_OFFSET_UNKNOWN: the executor's clock is not measured yet; it takes 30 s "
                "with moving prices"
            )
        return encode_stock_command(command, offset)
