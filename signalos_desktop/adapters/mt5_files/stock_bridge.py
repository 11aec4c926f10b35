"""One terminal with the stock executor (protocol 1): rows out, receipts in, and little else."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.command_files import whole_lines
from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.folder import FolderLock
from signalos_desktop.adapters.mt5_files.stock_archive import COMMANDS, StockArchive
from signalos_desktop.adapters.mt5_files.stock_clock import PROBE_GAP_S
from signalos_desktop.adapters.mt5_files.stock_outbox import PROBE_LIMIT, StockOutbox
from signalos_desktop.adapters.mt5_files.stock_positions import ReceiptBook
from signalos_desktop.adapters.mt5_files.stock_probes import ANSWER_GRACE_S, Probes
from signalos_desktop.adapters.mt5_files.stock_receipts import (
    RECEIPTS,
    SETTLE_S,
    StockReceipts,
)
from signalos_desktop.adapters.mt5_files.stock_terminal import (
    StockTerminal,
    sign_of_life,
    stated_account,
)
from signalos_desktop.adapters.mt5_files.troubles import Troubles
from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.stated_price import quote_at
from signalos_desktop.domain.values import ZERO, ceil_money, to_ms
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.entries import CommandState, KnownCommand
from signalos_desktop.engine.ports import (
    Beginning,
    Checkpoint,
    Clock,
    Facts,
    FileRow,
    Flag,
    Means,
    OutboxBusyError,
    OutboxFailedError,
    Trouble,
)

LOCK = "signalos-app.lock"
PROBES_KEPT = 100
RESTART_AGAIN_S = 30.0
ACTIONS = frozenset({CommandAction.BUY, CommandAction.SELL, CommandAction.CLOSE})

_NOTHING_DONE = (ReceiptStatus.EXPIRED, ReceiptStatus.ERROR)


class StockBridge:
    """F of the terminal; account, magic and symbols come from the settings.

    A heartbeat is a probe that was answered. No control, no flags: what protocol 1 lacks.
    """

    protocol = 1

    def __init__(
        self,
        folder: Path,
        terminal: StockTerminal,
        clock: Clock,
        *,
        files: FileSystem | None = None,
        settle_s: float = SETTLE_S,
    ) -> None:
        self.folder = folder
        self.account = terminal.account
        self.magic = terminal.magic
        self.session = 0
        self.means = Means(
            ACTIONS,
            prices=False,
            proves_flat=False,
            controls=False,
            silent_after_s=PROBE_GAP_S + 2 * terminal.period_s + ANSWER_GRACE_S,
        )
        self._terminal = terminal
        self._files = files or DiskFiles()
        self._clock = clock
        self._lock = FolderLock(folder, LOCK)
        self._rows = AppendFile(self._files, folder / COMMANDS, torn_mark=None)
        self._troubles = Troubles()
        self._probes = Probes(self._rows, clock, terminal.magic, terminal.period_s, self._troubles)
        self._book = ReceiptBook({spec.name: spec for spec in terminal.specs})
        self.outbox = StockOutbox(
            terminal.account, self._rows, self._probes, clock, terminal.period_s, self._book.sent
        )
        self._receipts = StockReceipts(self._files, folder, clock, self._troubles, settle_s)
        self._archive = StockArchive(self._files, folder)
        self._in_file: frozenset[int] = frozenset()
        self._answered: dict[int, Receipt | None] = {}
        self._doubtful: set[int] = set()
        self._restarted_at = float("-inf")
        self._lives = 0
        self._told_lives = 0
        self._told_symbols = False
        self._flushing = asyncio.Lock()

    @property
    def behind(self) -> bool:
        return self._receipts.behind

    @property
    def clock_known(self) -> bool:
        return self._probes.clock.offset is not None

    def begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        """Take the folder. FolderHeldError, OutboxBusyError, OutboxFailedError: nothing is sent."""
        try:
            self._lock.acquire()
            return self._begin(session_floor, checkpoints)
        except OSError as error:
            self._lock.release()
            kind = OutboxBusyError if sharing_violation(error) else OutboxFailedError
            raise kind(f"{self.folder} cannot be taken: {error}") from error
        except OutboxFailedError:
            self._lock.release()
            raise

    def recall(self, known: Sequence[KnownCommand]) -> None:
        """Positions of earlier runs, and rows whose receipt may still come."""
        for item in known:
            command = item.entry.command
            self._book.recall(item)
            written = item.state is CommandState.PUBLISHED or command.cmd_id in self._in_file
            if not written or item.resolved_as is not None:
                continue
            if item.receipts:
                self._doubtful.add(command.cmd_id)
            else:
                self.outbox.wait_for(command)

    def poll(self, *, fast: bool = False) -> Facts | None:
        """New receipts and what follows from them; an overdue row gets one that says UNKNOWN."""
        now = self._clock.monotonic()
        found = [receipt for one in self._receipts.poll() if (receipt := self._sorted(one, now))]
        found += self._overdue(now)
        new: dict[str, Any] = {
            "receipts": tuple(self._understood(found)),
            "bad_lines": self._receipts.take_bad_lines(),
            "checkpoints": self._receipts.take_checkpoint(),
        }
        if self.session:
            new |= self._state()
        new["troubles"] = self._troubles.take()
        return Facts(**new) if any(new.values()) else None

    def beat(self, *, closing: bool = False) -> bool:
        """Protocol 1 has no heartbeat: the executor is asked for its clock."""
        may_ask = self.session and not closing and self.outbox.rows < PROBE_LIMIT
        if may_ask and self._probes.ask_if_due(self._clock.monotonic()):
            self.outbox.rows += 1
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
        """Move commands.csv aside when no receipt is waited for and no row's time still runs."""
        if not self.session or not self.outbox.idle(settled, self._clock.monotonic()):
            return
        if not self.outbox.commands_in_file and self.outbox.rows < PROBES_KEPT:
            return
        if self._archive.put_aside():
            self._rows.forget()
            self.outbox.emptied()
            self._answered.clear()
            self._in_file = frozenset()

    async def flush(self) -> None:
        async with self._flushing:
            if self._rows.unflushed:
                await asyncio.to_thread(self._rows.flush)

    def close(self) -> None:
        """Give the folder back; nothing can be appended to it any more."""
        self.outbox.shut()
        self._lock.release()

    def _begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        path = self.folder / COMMANDS
        lines = [*whole_lines(self._files, path)] if self._files.stat(path) is not None else []
        if not all(stock.is_record(line) for line in lines):
            raise OutboxFailedError(
                f"{path} holds lines that are no rows of ten fields (a header?): the executor "
                "would read all that follow wrongly. Close the terminal, rename the file, start "
                "both again"
            )
        self._archive.clear_away()
        for checkpoint in checkpoints:
            if checkpoint.file == RECEIPTS:
                self._receipts.resume(checkpoint)
        if not session_floor and not checkpoints:
            self._receipts.skip()
        ids = {cmd_id for line in lines if (cmd_id := stock.stock_row_id(line)) is not None}
        here = {int(line.split(b",", 1)[0]) for line in lines}
        answered = self._receipts.ids()
        self._answered = dict.fromkeys(here & self._receipts.ids(read_already=True))
        self._in_file = frozenset(ids)
        self._probes.begin(here | answered)
        own = {cmd_id for cmd_id in answered if cmd_id < stock.PROBE_FLOOR}
        largest = max(ids | own | {self._archive.largest_id()}, default=0)
        self.session = 1 + session_floor
        self.outbox.open(self.session, largest, self._in_file, len(lines))
        rows = tuple(FileRow(cmd_id, 0, COMMANDS) for cmd_id in sorted(ids))
        return Beginning(self.session, rows, largest)

    def _sorted(self, receipt: Receipt, now: float) -> Receipt | None:
        """A command's receipt, or None for a probe's and for one that only says what is known."""
        cmd_id = receipt.cmd_id
        repeated = cmd_id in self._answered and self._answered[cmd_id] != receipt
        self._answered.setdefault(cmd_id, receipt)
        if repeated:
            self._note_restart(now)
        if cmd_id >= stock.PROBE_FLOOR:
            self._lives += self._probes.take(receipt, now)
            return None
        if self.outbox.answered(cmd_id):
            self._lives += 1
        elif repeated and receipt.status in _NOTHING_DONE:
            return None
        return receipt

    def _note_restart(self, now: float) -> None:
        """A row was answered again: the executor has forgotten what it has done."""
        waiting = self.outbox.waiting
        self._doubtful |= waiting
        if now - self._restarted_at >= RESTART_AGAIN_S:
            self._troubles.tell("restart", None)
        self._restarted_at = now
        self._troubles.tell(
            "restart",
            Trouble(
                "EXECUTOR_RESTARTED",
                f"The executor began anew and read commands.csv again; {len(waiting)} row(s) "
                "were still without an answer.",
                "Rows whose time is over are not executed again. Compare the account in MT5 with "
                "the journal if an answer stays unclear.",
            ),
        )

    def _understood(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """With their positions; what an executor says that has forgotten proves nothing."""
        found = []
        for receipt in receipts:
            made, troubles = self._book.take(receipt)
            for trouble in troubles:
                self._troubles.tell(f"{trouble.code} {receipt.cmd_id}", trouble)
            denies = made.status.terminal and not made.status.executed
            if made.cmd_id in self._doubtful and denies and self._book.opens(made.cmd_id):
                text = f"UNCLEAR: the executor began anew before it said {made.status}"
                made = replace(made, status=ReceiptStatus.UNKNOWN, message=text)
            found.append(made)
        return found

    def _overdue(self, now: float) -> list[Receipt]:
        """An open may have been executed; a CLOSE can be sent again without harm."""
        found = []
        for command, waited in self.outbox.take_overdue(now):
            self._doubtful.add(command.cmd_id)
            status = ReceiptStatus.UNKNOWN if command.action.opens else ReceiptStatus.ERROR
            text = f"NO_RECEIPT: none {waited:.0f} s after it was written; look at the terminal"
            found.append(Receipt(command.cmd_id, status, 0, 0, Decimal(0), text))
        return found

    def _state(self) -> dict[str, Any]:
        """What the engine would read from snapshots: what is new of it."""
        alive = self._lives != self._told_lives
        if not (alive or self._book.changed):
            return {}
        self._told_lives, self._book.changed = self._lives, False
        positions = self._book.positions()
        new: dict[str, Any] = {
            "account": stated_account(self._terminal, self._margin(positions)),
            "positions": positions,
            "orders": (),
        }
        if alive:
            new["status"] = sign_of_life(
                self._terminal,
                self.session,
                self._lives,
                to_ms(self._clock.now()),
                self._probes.clock.last_offset,
            )
        if not self._told_symbols:
            self._told_symbols = True
            new["symbols"] = self._terminal.specs
        return new

    def _margin(self, positions: Sequence[Position]) -> Decimal:
        specs = {spec.name: spec for spec in self._terminal.specs}
        now = self._clock.now()
        parts = (
            quote_at(spec, held.price_open, self._terminal.leverage, now).margin_1lot * held.volume
            for held in positions
            if (spec := specs.get(held.symbol)) is not None
        )
        return ceil_money(sum(parts, ZERO), 2)
