"""The one door to the EA: appends command rows in id order."""

from collections.abc import Callable
from contextlib import suppress

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.engine.ports import OutboxFailedError


class FileOutbox:
    """Implements ports.Outbox on the command file of one session."""

    def __init__(
        self, account: Account, encode: Callable[[Command], bytes] = encode_command
    ) -> None:
        self.fenced = False
        self.largest_id = 0
        self._account = account
        self._encode = encode
        self._session = 0
        self._prepared: dict[int, tuple[Command, bytes]] = {}
        self._file: AppendFile | None = None

    def open(self, file: AppendFile, session: int, largest_id: int) -> None:
        """Begin a session: nothing can be appended before."""
        self._file, self._session, self.largest_id = file, session, largest_id

    def prepare(self, command: Command) -> None:
        """Encode the row; one that cannot be encoded says so when it is appended."""
        with suppress(RowError):
            self._prepared[command.cmd_id] = (command, self._encode(command))

    def append(self, command: Command) -> None:
        """One row in one write, or OutboxBusyError, or OutboxFailedError with the reason."""
        if self._file is None:
            raise OutboxFailedError("the folder's session has not begun")
        self._refuse(command)
        prepared, line = self._prepared.get(command.cmd_id, (None, b""))
        if prepared is not command:
            line = self._encoded(command)
        self._file.append(line)
        self.largest_id = command.cmd_id
        self._prepared = {id_: row for id_, row in self._prepared.items() if id_ > command.cmd_id}

    def _encoded(self, command: Command) -> bytes:
        try:
            return self._encode(command)
        except RowError as error:
            raise OutboxFailedError(f"cmd_id {command.cmd_id}: {error}") from error

    def _refuse(self, command: Command) -> None:
        if self.fenced:
            raise OutboxFailedError("FENCED: this panel no longer holds the folder")
        if command.cmd_id <= self.largest_id:
            raise OutboxFailedError(
                f"cmd_id {command.cmd_id} is not above {self.largest_id}, the largest one used"
            )
        if command.account != self._account or command.session != self._session:
            raise OutboxFailedError(
                f"cmd_id {command.cmd_id} is for {command.account} session {command.session}, "
                f"this folder is {self._account} session {self._session}"
            )
