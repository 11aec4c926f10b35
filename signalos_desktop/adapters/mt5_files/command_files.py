"""The command files of all sessions: which rows lie in them, and their way into the archive."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.files import FileSystem
from signalos_desktop.domain.wire.commands import HEADER, decode_command
from signalos_desktop.domain.wire.fields import RowError, is_skipped
from signalos_desktop.engine.ports import FileRow, OutboxBusyError, OutboxFailedError

ARCHIVE = "commands_archive.csv"
_NAME = re.compile(r"commands(?:\.([0-9]{1,10}))?\.csv")
_CHUNK = 1024 * 1024
_TAIL = 64 * 1024

T = TypeVar("T")


def file_name(session: int) -> str:
    return "commands.csv" if session == 1 else f"commands.{session}.csv"


def session_of(name: str) -> int | None:
    """The session that owns a command file; None = the name is no command file's."""
    match = _NAME.fullmatch(name)
    return None if match is None else int(match[1] or 1)


def whole_lines(files: FileSystem, path: Path, offset: int = 0) -> Iterator[bytes]:
    """Lines with their LF from offset on; what has no LF yet is left out."""
    rest = b""
    while data := files.read(path, offset, _CHUNK):
        offset += len(data)
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            yield line + b"\n"


def intact_rows(
    lines: Iterator[bytes], decode: Callable[[bytes], T], header: str
) -> Iterator[tuple[bytes, T]]:
    """Lines that can be read, with what they say."""
    for line in lines:
        if is_skipped(line, header):
            continue
        try:
            yield line, decode(line)
        except RowError:
            continue


class CommandFiles:
    """The unarchived command files of a folder, read once when a session begins."""

    def __init__(self, files: FileSystem, folder: Path) -> None:
        self._files = files
        self._folder = folder
        self._ids: dict[str, frozenset[int]] = {}

    def names(self) -> dict[int, str]:
        """Command files by session, oldest first."""
        found = {
            session: name
            for name in self._files.names(self._folder)
            if (session := session_of(name)) is not None
        }
        return dict(sorted(found.items()))

    def read(self) -> tuple[FileRow, ...]:
        rows: list[FileRow] = []
        for name in self.names().values():
            lines = whole_lines(self._files, self._folder / name)
            found = [row for _, row in intact_rows(lines, decode_command, HEADER)]
            rows += [FileRow(row.cmd_id, row.session, name) for row in found]
            self._ids[name] = frozenset(row.cmd_id for row in found)
        return tuple(rows)

    def archived_id(self) -> int:
        """Largest id in the archive: ids grow, so its end is enough."""
        path = self._folder / ARCHIVE
        found = self._files.stat(path)
        if found is None:
            return 0
        lines = whole_lines(self._files, path, max(0, found.size - _TAIL))
        return max((row.cmd_id for _, row in intact_rows(lines, decode_command, HEADER)), default=0)

    def archive(self, settled: frozenset[int]) -> None:
        """Move the files all of whose rows are settled; those in use stay until the next time."""
        for name, ids in list(self._ids.items()):
            if ids <= settled and self._move(self._folder / name, settled):
                del self._ids[name]

    def _move(self, path: Path, settled: frozenset[int]) -> bool:
        """Copy the rows durably, then remove; a crash between leaves them in both places.

        The file is read anew: a panel that lost its folder may have appended since.
        """
        archive = self._folder / ARCHIVE
        try:
            lines = whole_lines(self._files, path)
            found = list(intact_rows(lines, decode_command, HEADER))
            if not {row.cmd_id for _, row in found} <= settled:
                return False
            rows = b"".join(line for line, _ in found)
            if rows and not self._archived(rows):
                writer = AppendFile(self._files, archive)
                writer.append(rows)
                writer.flush()
            self._files.remove(path)
        except (OSError, OutboxBusyError, OutboxFailedError):
            return False
        return True

    def _archived(self, rows: bytes) -> bool:
        """True if an earlier try copied these rows already and could only not remove the file."""
        archive = self._folder / ARCHIVE
        found = self._files.stat(archive)
        if found is None or found.size < len(rows):
            return False
        return self._files.read(archive, found.size - len(rows), len(rows)) == rows
