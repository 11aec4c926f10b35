"""One terminal whose Expert Advisor speaks protocol 2: implements ports.Bridge on its folder."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from signalos_desktop.adapters.mt5_files import flags
from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.command_files import (
    CommandFiles,
    file_name,
    intact_rows,
    whole_lines,
)
from signalos_desktop.adapters.mt5_files.feeds import Feeds
from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.folder import (
    FLAG,
    FolderLock,
    common_folder,
    read_instance,
)
from signalos_desktop.adapters.mt5_files.heartbeat import AppFile
from signalos_desktop.adapters.mt5_files.outbox import FileOutbox
from signalos_desktop.domain.values import Account, to_ms
from signalos_desktop.domain.wire import control, receipts
from signalos_desktop.domain.wire.fields import first_number
from signalos_desktop.engine.entries import KnownCommand
from signalos_desktop.engine.ports import (
    ALL_MEANS,
    Beginning,
    Checkpoint,
    Clock,
    Facts,
    Flag,
    OutboxBusyError,
    OutboxFailedError,
)

ARCHIVE_AGAIN_S = 60.0


class TerminalBridge:
    """The folder of one instance. common: the terminals' Common/Files, None = as the EA says.

    lock: what keeps a second panel out, None = the operating system's lock.
    """

    protocol = 2
    means = ALL_MEANS
    clock_known = True

    def __init__(
        self,
        folder: Path,
        account: Account,
        magic: int,
        clock: Clock,
        *,
        files: FileSystem | None = None,
        common: Path | None = None,
        lock: FolderLock | None = None,
    ) -> None:
        self.folder = folder
        self.account = account
        self.magic = magic
        self.session = 0
        self.outbox = FileOutbox(account)
        self._files = files or DiskFiles()
        self._clock = clock
        self._common = common
        self._lock = lock or FolderLock(folder)
        self._app = AppFile(self._files, folder)
        self._commands = CommandFiles(self._files, folder)
        self._rows: AppendFile | None = None
        self._control = AppendFile(self._files, folder / "control.csv")
        self._next_control = 1
        self._flushing = asyncio.Lock()
        self._archived: frozenset[int] | None = None
        self._archived_at = 0.0
        self._feeds = Feeds(self._files, folder, account, magic, clock)

    @property
    def behind(self) -> bool:
        """True if a file holds more new rows than one poll reads: poll again at once."""
        return self._feeds.behind

    def begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        """Take the folder. FolderHeldError, OutboxBusyError, OutboxFailedError: nothing is sent."""
        try:
            self._lock.acquire()
            return self._begin(session_floor, checkpoints)
        except OSError as error:
            self._lock.release()
            kind = OutboxBusyError if sharing_violation(error) else OutboxFailedError
            raise kind(f"{self.folder} cannot be taken: {error}") from error

    def recall(self, known: Sequence[KnownCommand]) -> None:
        """The EA states what is open: nothing to remember."""

    def poll(self, *, fast: bool = False) -> Facts | None:
        """What is new. fast: receipts and status.json only, while a receipt is waited for."""
        return self._feeds.poll(fast=fast)

    def beat(self, *, closing: bool = False) -> bool:
        if self.session == 0:
            return True
        if self.outbox.fenced or self._app.announced() > self.session:
            self.outbox.fenced = True
            return False
        try:
            self._app.beat(
                self.session, file_name(self.session), self._clock.now(), closing=closing
            )
        except OSError as error:
            self._feeds.note_failure(self.folder / "app.json", error)
        else:
            self._feeds.note_failure(self.folder / "app.json", None)
        return True

    def control(self, verb: str, arg: str) -> None:
        if self.session == 0 or self.outbox.fenced:
            raise OutboxFailedError(f"{verb} not sent: this panel does not hold {self.folder}")
        try:
            line = control.encode_control(
                control.ControlRow(
                    self._next_control,
                    to_ms(self._clock.now()),
                    self.session,
                    control.ControlVerb(verb),
                    arg,
                )
            )
        except ValueError as error:
            raise OutboxFailedError(f"{verb} {arg}: {error}") from error
        self._control.append(line)
        self._next_control += 1

    def flags(self) -> tuple[Flag, ...]:
        return flags.lying_flags(self._files, self._flag_files())

    def remove_flags(self, identities: frozenset[str]) -> str | None:
        return flags.remove_flags(self._files, self._flag_files(), identities)

    def flag_paths(self) -> tuple[str, ...]:
        return tuple(str(path) for path in self._flag_files())

    def archive(self, settled: frozenset[int]) -> None:
        """Tried again when more is settled, and after a minute: a file in use stays a while."""
        now = self._clock.monotonic()
        if settled != self._archived or now - self._archived_at >= ARCHIVE_AGAIN_S:
            self._archived, self._archived_at = settled, now
            self._commands.archive(settled)

    async def flush(self) -> None:
        """Rows appended while a flush runs are flushed by the next one."""
        async with self._flushing:
            for file in (self._rows, self._control):
                if file is not None and file.unflushed:
                    await asyncio.to_thread(file.flush)

    def close(self) -> None:
        """Give the folder back; nothing can be appended to it any more."""
        self.outbox.fenced = True
        self._lock.release()

    def _begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        flags.put_back(self._files, self._flag_files())
        status = self._status_numbers()
        highest = max(self._commands.names(), default=0)
        self.session = 1 + max(session_floor, self._app.announced(), status[0], highest)
        self._app.announce(self.session, file_name(self.session), self._clock.now())
        self._feeds.resume(checkpoints)
        rows = self._commands.read()
        largest = max(
            status[1],
            self._commands.archived_id(),
            self._largest_receipt(),
            max((row.cmd_id for row in rows), default=0),
        )
        self._next_control = 1 + self._largest_control()
        self._rows = AppendFile(self._files, self.folder / file_name(self.session))
        self.outbox.fenced = False
        self.outbox.open(self._rows, self.session, largest)
        return Beginning(self.session, rows, largest)

    def _status_numbers(self) -> tuple[int, int]:
        """Session and last settled id as the EA states them; (0, 0) = it states nothing."""
        instance = read_instance(self._files, self.folder)
        if instance is None:
            return 0, 0
        if self._common is None:
            self._common = common_folder(self._files, self.folder, instance.status.common)
        return instance.status.session, instance.status.last_settled

    def _largest_receipt(self) -> int:
        """Largest id among the receipts that the journal has not read yet."""
        path = self.folder / "receipts.csv"
        if self._files.stat(path) is None:
            return 0
        lines = whole_lines(self._files, path, self._feeds.receipts_read())
        found = intact_rows(lines, first_number, receipts.HEADER)
        return max((cmd_id for _, cmd_id in found), default=0)

    def _largest_control(self) -> int:
        if self._files.stat(self._control.path) is None:
            return 0
        lines = whole_lines(self._files, self._control.path)
        found = intact_rows(lines, control.decode_control, control.HEADER)
        return max((row.ctl_id for _, row in found), default=0)

    def _flag_files(self) -> tuple[Path, ...]:
        if self._common is None:
            self._common = common_folder(self._files, self.folder, "")
        places = [self.folder] if self._common is None else [self.folder, self._common]
        return tuple(place / FLAG for place in places)
