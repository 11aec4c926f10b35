"""Moves the stock executor's command file aside, so that nothing old can be read again."""

from pathlib import Path

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.command_files import whole_lines
from signalos_desktop.adapters.mt5_files.files import FileSystem
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.ports import OutboxBusyError, OutboxFailedError

COMMANDS = "commands.csv"
ARCHIVE = "commands_archive.csv"
ASIDE = "commands_aside.csv"


class StockArchive:
    """commands.csv is renamed first; its commands are then copied to the archive, probes are not.

    What a crash leaves aside is copied the next time; a row that stands there twice does no harm.
    """

    def __init__(self, files: FileSystem, folder: Path) -> None:
        self._files = files
        self._folder = folder
        self._archive = AppendFile(files, folder / ARCHIVE)

    def put_aside(self) -> bool:
        """True if the executor can no longer read a row that was there until now."""
        try:
            if not self.clear_away():
                return False
            self._files.rename_new(self._folder / COMMANDS, self._folder / ASIDE)
        except OSError:
            return False
        self.clear_away()
        return True

    def clear_away(self) -> bool:
        """Copy what lies aside and remove it; False = it still lies there."""
        aside = self._folder / ASIDE
        try:
            if self._files.stat(aside) is None:
                return True
            lines = whole_lines(self._files, aside)
            rows = b"".join(line for line in lines if stock.stock_row_id(line) is not None)
            if rows:
                self._archive.append(rows)
                self._archive.flush()
            self._files.remove(aside)
        except (OSError, OutboxBusyError, OutboxFailedError):
            return False
        return True

    def largest_id(self) -> int:
        """Of the commands that were moved aside."""
        return max(
            (
                cmd_id
                for name in (ARCHIVE, ASIDE)
                if self._files.stat(self._folder / name) is not None
                for line in whole_lines(self._files, self._folder / name)
                if (cmd_id := stock.stock_row_id(line)) is not None
            ),
            default=0,
        )
