"""The app's command files: every one that is not archived, oldest first, whole lines only."""

import re
from dataclasses import dataclass

from signalos_desktop.domain.wire.commands import HEADER
from signalos_desktop.domain.wire.fields import is_skipped
from signalos_desktop.simulator.expert.row_log import BOM
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError

_NAME = re.compile(r"commands(?:\.([1-9][0-9]{0,9}))?\.csv")


@dataclass(frozen=True, slots=True)
class Line:
    """A whole line of a command file; at_start: it lay there when the expert started."""

    file: str
    offset: int
    data: bytes
    at_start: bool


class _Tail:
    """One file, read from where the last reading ended."""

    def __init__(self, name: str, session: int) -> None:
        self.name = name
        self.session = session
        self.bound = 0
        self.start = 0
        self._rest = b""

    @property
    def end(self) -> int:
        return self.start + len(self._rest)

    def take(self, data: bytes) -> None:
        self._rest += data

    def restart(self) -> None:
        self.start, self.bound, self._rest = 0, 0, b""

    def peek(self) -> Line | None:
        while (cut := self._rest.find(b"\n") + 1) > 0:
            line = self._rest[:cut]
            if self.start == 0:
                line = line.removeprefix(BOM)
            if not is_skipped(line, HEADER):
                return Line(self.name, self.start, line, self.start < self.bound)
            self.skip(cut)
        return None

    def skip(self, count: int = 0) -> None:
        """Move on by so many bytes, or by one line."""
        cut = count or self._rest.find(b"\n") + 1
        self.start += cut
        self._rest = self._rest[cut:]

    def bind(self) -> None:
        """What is whole now was there at the start."""
        self.bound = self.start + self._rest.rfind(b"\n") + 1


class CommandFiles:
    """All rows in file order. What raises Files' errors is tried again on the next timer."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._tails: list[_Tail] = []
        self._names: set[str] = set()
        self._stalled = False
        self.find()
        for tail in self._tails:
            tail.take(files.read(tail.name) or b"")
            tail.bind()

    @property
    def current(self) -> tuple[str, int]:
        """Newest file and how many of its bytes are dealt with."""
        return (self._tails[-1].name, self._tails[-1].start) if self._tails else ("", 0)

    @property
    def waiting_at_start(self) -> int:
        """Bytes of files found at the start that are not dealt with yet."""
        return sum(max(0, tail.bound - tail.start) for tail in self._tails)

    def find(self) -> None:
        """Look for files that are new; a listing, so not on every timer."""
        for name in self._files.names():
            self._know(name)

    def expect(self, name: str) -> None:
        """The file that app.json names is read as soon as it is there."""
        if name not in self._names and self._files.size(name) is not None:
            self._know(name)

    def _know(self, name: str) -> None:
        match = _NAME.fullmatch(name)
        if match and name not in self._names:
            self._names.add(name)
            self._tails.append(_Tail(name, int(match[1] or 1)))
            self._tails.sort(key=lambda tail: tail.session)

    def look(self) -> None:
        """Read what is new; a file that is gone was archived, one that shrank is read again."""
        self._stalled = False
        for tail in tuple(self._tails):
            try:
                size = self._files.size(tail.name)
                if size is None:
                    self._tails.remove(tail)
                    self._names.discard(tail.name)
                elif size != tail.end:
                    if size < tail.end:
                        tail.restart()
                    tail.take(self._files.read(tail.name, tail.end) or b"")
            except (FilesBusyError, FilesFailedError):
                self._stalled = True

    def peek(self) -> Line | None:
        """The next row; it stays the next one until `settled` is called."""
        if self._stalled:
            return None
        for tail in self._tails:
            line = tail.peek()
            if line is not None:
                return line
        return None

    def settled(self, line: Line) -> None:
        for tail in self._tails:
            if tail.name == line.file and tail.start == line.offset:
                tail.skip()
