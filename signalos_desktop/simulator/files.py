"""The files an Expert Advisor may touch: a port with MQL5's abilities, and the real disk."""

import os
from pathlib import Path
from typing import Protocol


class FilesBusyError(Exception):
    """Another program holds the file; nothing was done, try again on the next timer."""


class FilesFailedError(Exception):
    """The disk refused (full, gone, no right); a part of an append may have been written."""


class Files(Protocol):
    """One folder and what is below it; names use "/". Nothing raises but the two errors above."""

    def read(self, name: str, offset: int = 0) -> bytes | None:
        """The bytes from an offset to the end; None = there is no such file."""
        ...

    def size(self, name: str) -> int | None: ...

    def modified(self, name: str) -> int | None:
        """Time of the last change, whole seconds since 1970 UTC."""
        ...

    def append(self, name: str, data: bytes) -> None:
        """Write at the end and flush; makes the file and its folder."""
        ...

    def replace(self, name: str, data: bytes) -> None:
        """Write under a temporary name, then move over the old file."""
        ...

    def delete(self, name: str) -> None: ...

    def move(self, name: str, to: str) -> None: ...

    def names(self) -> list[str]:
        """Names of the files directly in the folder."""
        ...


class DiskFiles:
    """A folder on the disk; makes it with the first write. No fsync: MQL5 has none either."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = f"{root}{os.sep}"

    def read(self, name: str, offset: int = 0) -> bytes | None:
        try:
            with open(self._prefix + name, "rb", buffering=0) as file:
                if offset:
                    file.seek(offset)
                return file.readall()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _told(error) from error

    def size(self, name: str) -> int | None:
        status = self._status(name)
        return None if status is None else status.st_size

    def modified(self, name: str) -> int | None:
        status = self._status(name)
        return None if status is None else int(status.st_mtime)

    def append(self, name: str, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            handle = self._open(name, flags)
            try:
                written = os.write(handle, data)
            finally:
                os.close(handle)
        except OSError as error:
            raise _told(error) from error
        if written != len(data):
            raise FilesFailedError(f"{name}: {written} of {len(data)} bytes written, disk full?")

    def replace(self, name: str, data: bytes) -> None:
        temporary = f"{name}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        try:
            handle = self._open(temporary, flags)
            try:
                written = os.write(handle, data)
            finally:
                os.close(handle)
            if written != len(data):
                raise FilesFailedError(f"{name}: {written} of {len(data)} bytes written")
            os.replace(self._prefix + temporary, self._prefix + name)
        except OSError as error:
            raise _told(error) from error

    def delete(self, name: str) -> None:
        try:
            os.remove(self._prefix + name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _told(error) from error

    def move(self, name: str, to: str) -> None:
        try:
            os.makedirs(os.path.dirname(self._prefix + to), exist_ok=True)
            os.replace(self._prefix + name, self._prefix + to)
        except OSError as error:
            raise _told(error) from error

    def names(self) -> list[str]:
        try:
            return os.listdir(self.root)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _told(error) from error

    def _status(self, name: str) -> os.stat_result | None:
        try:
            return os.stat(self._prefix + name)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _told(error) from error

    def _open(self, name: str, flags: int) -> int:
        try:
            return os.open(self._prefix + name, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(self._prefix + name), exist_ok=True)
            return os.open(self._prefix + name, flags, 0o644)


def _told(error: OSError) -> FilesBusyError | FilesFailedError:
    if isinstance(error, PermissionError):
        return FilesBusyError(str(error))
    return FilesFailedError(str(error))
