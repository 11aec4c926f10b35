"""One terminal with the stock executor (protocol 1): rows out, receipts in, and little else."""

import asyncio
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.command_files import whole_lines
from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.folder import FolderLock
from signalos_desktop.adapters.mt5_files.receipt_feed import TailReader
from signalos_desktop.adapters.mt5_files.stock_clock import StockClock
from signalos_desktop.adapters.mt5_files.stock_outbox import RECEIPT_GRACE_S, StockOutbox
from signalos_desktop.adapters.mt5_files.troubles import Troubles, file_busy
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire import stock
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.engine.ports import (
    Beginning,
    Checkpoint,
    Clock,
    Facts,
    FileRow,
    Flag,
    OutboxBusyError,
    OutboxFailedError,
    Trouble,
)

COMMANDS = "commands.csv"
RECEIPTS = "receipts.csv"
LOCK = "signalos-app.lock"
BUSY_S = 2.0


class StockBridge:
    """F of the terminal; account and magic come from the settings, the executor states neither.

    No heartbeat, no control, no flags: what protocol 1 lacks. period_s: the executor's timer.
    """

    protocol = 1

    def __init__(
        self,
        folder: Path,
        account: Account,
        magic: int,
        clock: Clock,
        *,
        files: FileSystem | None = None,
        period_s: float = 2.0,
    ) -> None:
        self.folder = folder
        self.account = account
        self.magic = magic
        self.session = 0
        self._files = files or DiskFiles()
        self._clock = clock
        self._lock = FolderLock(folder, LOCK)
        self._rows = AppendFile(self._files, folder / COMMANDS, torn_mark=None)
        self._stock_clock = StockClock(2 * period_s + RECEIPT_GRACE_S)
        self.outbox = StockOutbox(account, self._rows, self._stock_clock, clock, period_s)
        self._tail = TailReader(self._files, folder / RECEIPTS, self._decode)
        self._layout: tuple[str, ...] | None = None
        self._next_probe = stock.PROBE_FLOOR
        self._troubles = Troubles()
        self._busy_since: float | None = None
        self._flushing = asyncio.Lock()

    @property
    def behind(self) -> bool:
        return self._tail.behind

    def begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        """Take the folder. FolderHeldError, OutboxBusyError, OutboxFailedError: nothing is sent."""
        try:
            self._lock.acquire()
            return self._begin(session_floor, checkpoints)
        except OSError as error:
            self._lock.release()
            kind = OutboxBusyError if sharing_violation(error) else OutboxFailedError
            raise kind(f"{self.folder} cannot be taken: {error}") from error

    def poll(self, *, fast: bool = False) -> Facts | None:
        """New receipts; a row whose receipt is overdue gets one that says UNKNOWN."""
        now, before = self._clock.monotonic(), self._tail.offset
        found = [*self._new_receipts(now), *self._overdue(now)]
        bad_lines, troubles = self._tail.take_bad_lines(), self._troubles.take()
        moved = self._tail.offset != before
        if not (found or bad_lines or troubles or moved):
            return None
        checkpoints = (self._tail.checkpoint,) if moved else ()
        return Facts(
            receipts=tuple(found),
            bad_lines=bad_lines,
            troubles=troubles,
            checkpoints=checkpoints,
        )

    def beat(self, *, closing: bool = False) -> bool:
        """Protocol 1 has no heartbeat: the time is used to measure the executor's clock."""
        now = self._clock.monotonic()
        if self.session and not closing and self._stock_clock.due(now):
            self._probe(now)
        silent = self._stock_clock.silent
        self._troubles.tell("executor", _silent(self.folder) if silent else None)
        return True

    def control(self, verb: str, arg: str) -> None:
        raise OutboxFailedError(f"{verb} {arg}: the stock executor has no control file")

    def flags(self) -> tuple[Flag, ...]:
        return ()

    def remove_flags(self, identities: frozenset[str]) -> str | None:
        return None

    def flag_paths(self) -> tuple[str, ...]:
        return ()

    def archive(self, settled: frozenset[int]) -> None:
        """Move commands.csv aside when every row is settled and no row's time still runs."""
        if not self.session or not self.outbox.idle(settled, self._clock.monotonic()):
            return
        aside = self.folder / f"commands_archive.{self.session}.{self.outbox.largest_id}.csv"
        try:
            self._files.rename_new(self.folder / COMMANDS, aside)
        except OSError:
            return
        self._rows.forget()
        self.outbox.emptied()

    async def flush(self) -> None:
        async with self._flushing:
            if self._rows.unflushed:
                await asyncio.to_thread(self._rows.flush)

    def close(self) -> None:
        """Give the folder back; nothing can be appended to it any more."""
        self.outbox.shut()
        self._lock.release()

    def _begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        self.session = 1 + session_floor
        for checkpoint in checkpoints:
            if checkpoint.file == RECEIPTS:
                self._tail.resume(checkpoint)
        lines = list(self._lines(COMMANDS))
        ids = [row for line in lines if (row := stock.stock_row_id(line)) is not None]
        known = [0, *ids, *self._receipt_ids(), *self._archived_ids()]
        probes = [
            int(line.split(b",", 1)[0])
            for line in lines
            if line[:10].isdigit() and int(line[:10]) >= stock.PROBE_FLOOR
        ]
        self._next_probe = 1 + max([*probes, stock.PROBE_FLOOR])
        self.outbox.open(self.session, max(known), frozenset(ids), len(lines))
        rows = tuple(FileRow(cmd_id, 0, COMMANDS) for cmd_id in ids)
        return Beginning(self.session, rows, max(known))

    def _lines(self, name: str) -> Iterable[bytes]:
        path = self.folder / name
        return whole_lines(self._files, path) if self._files.stat(path) is not None else ()

    def _receipt_ids(self) -> Iterable[int]:
        for line in self._lines(RECEIPTS):
            head = line.split(b",", 1)[0]
            if head.isdigit() and len(head) <= 10 and int(head) < stock.PROBE_FLOOR:
                yield int(head)

    def _archived_ids(self) -> Iterable[int]:
        """The last id of each archive stands in its name."""
        for name in self._files.names(self.folder):
            parts = name.split(".")
            if parts[0] == "commands_archive" and parts[-1] == "csv" and parts[-2].isdigit():
                yield int(parts[-2])

    def _decode(self, line: bytes) -> Receipt | None:
        """A receipt, or None for a header, which says how to read what follows."""
        layout = stock.stock_layout(line)
        if layout is None:
            return stock.decode_stock_receipt(line, self._layout)
        if len(set(layout) & set(stock.SIX)) != len(stock.SIX):
            raise RowError("BAD_ROW", f"unknown header: {','.join(layout)[:120]}")
        self._layout = layout
        return None

    def _new_receipts(self, now: float) -> list[Receipt]:
        try:
            rows = self._tail.poll()
        except OSError as error:
            self._note_busy(now, error)
            return []
        self._busy_since = None
        self._troubles.tell("receipts", None)
        found = []
        for receipt in rows:
            if receipt is None:
                continue
            if receipt.cmd_id >= stock.PROBE_FLOOR:
                self._stock_clock.take(receipt, self._clock.now(), now)
                continue
            self.outbox.answered(receipt.cmd_id)
            found.append(receipt)
        return found

    def _note_busy(self, now: float, error: OSError) -> None:
        self._busy_since = now if self._busy_since is None else self._busy_since
        if not sharing_violation(error) or now - self._busy_since >= BUSY_S:
            self._troubles.tell("receipts", file_busy(str(self.folder / RECEIPTS), error))

    def _overdue(self, now: float) -> list[Receipt]:
        return [
            Receipt(
                cmd_id,
                ReceiptStatus.UNKNOWN,
                0,
                0,
                Decimal(0),
                f"NO_RECEIPT: none {waited:.0f} s after it was written; look at the terminal",
            )
            for cmd_id, waited in self.outbox.take_overdue(now)
        ]

    def _probe(self, now: float) -> None:
        utc = self._clock.now()
        try:
            self._rows.append(stock.probe_row(self._next_probe, utc, self._foreign_magic()))
        except (OutboxBusyError, OutboxFailedError) as error:
            self._troubles.tell(
                "probe", Trouble("PROBE_NOT_WRITTEN", str(error), "Entries wait until it can be.")
            )
            return
        self._troubles.tell("probe", None)
        self._stock_clock.sent(self._next_probe, utc, now)
        self._next_probe += 1
        self.outbox.rows += 1

    def _foreign_magic(self) -> int:
        return self.magic - 1 if self.magic > 1 else self.magic + 1


def _silent(folder: Path) -> Trouble:
    return Trouble(
        "EA_NOT_RUNNING",
        f"The executor did not answer a probe in {folder}.",
        "Attach the executor to a chart and switch Algo Trading on; its clock needs moving prices.",
    )
