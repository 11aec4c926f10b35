"""The halt flags: what lies in the instance folder and in Common right now."""

from dataclasses import dataclass

from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.flag import read_flag
from signalos_desktop.simulator.files import Files, FilesBusyError, FilesFailedError

NAME = "halt.flag"


@dataclass(frozen=True, slots=True)
class FoundFlag:
    """identity "" = it lies there and could not be read yet."""

    source: str
    level: StopLevel
    identity: str


class Flags:
    """Both places; a flag that is there and cannot be read stops as well."""

    def __init__(self, files: Files, common: Files | None) -> None:
        self._places = [("FLAG", files)] + ([("COMMON_FLAG", common)] if common else [])
        self._unreadable: set[str] = set()

    def lying(self) -> list[FoundFlag]:
        found = []
        for source, files in self._places:
            flag = self._read(source, files)
            if flag is not None:
                found.append(flag)
        return found

    def _read(self, source: str, files: Files) -> FoundFlag | None:
        try:
            modified = files.modified(NAME)
            if modified is None:
                self._unreadable.discard(source)
                return None
            data = files.read(NAME)
        except (FilesBusyError, FilesFailedError):
            return self._cannot_read(source)
        self._unreadable.discard(source)
        if data is None:
            return None
        level, identity = read_flag(data, modified)
        return FoundFlag(source, level, identity)

    def _cannot_read(self, source: str) -> FoundFlag:
        """Once is a program that is just writing it; twice in a row is a flag in its own right."""
        again = source in self._unreadable
        self._unreadable.add(source)
        return FoundFlag(source, StopLevel.HALT, read_flag(None, 0)[1] if again else "")
