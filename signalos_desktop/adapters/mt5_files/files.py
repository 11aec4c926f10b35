"""The few file operations the bridge is made of, each a single try that raises OSError.

On Windows a file that the terminal holds open refuses some of them (sharing_violation); whoever
calls decides when to try again. The Protocol is there so that tests can bring those rules along.
"""

import contextlib
import errno
import os
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

TEMPORARY = ".tmp"
"""End of the names that are written beside a file; each thread has its own."""

_BINARY = getattr(os, "O_BINARY", 0)
_SHARING = (5, 32, 33)
_BUSY = (errno.EBUSY, errno.EAGAIN, errno.EDEADLK)


@dataclass(frozen=True, slots=True)
class FileStat:
    """identity: device and index of the file, another one after it was replaced."""

    size: int
    mtime_ns: int
    identity: tuple[int, int]


class FileChangedError(OSError):
    """The file at this path is not the one it was: replaced or removed under us."""


class ShortWriteError(OSError):
    """Only a part of the bytes was written; what stands there does not end in LF."""


class FileSystem(Protocol):
    def stat(self, path: Path) -> FileStat | None: ...

    def read(self, path: Path, offset: int, limit: int) -> bytes: ...

    def append(self, path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        """One write at the end. same_as None: the file may be made; else it must be this one."""
        ...

    def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        """Write beside it, then rename over it."""
        ...

    def write_new(self, path: Path, data: bytes) -> None:
        """Write beside it, then rename to it; FileExistsError if something lies there."""
        ...

    def overwrite(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        """Write into the file as it lies there."""
        ...

    def rename_new(self, path: Path, target: Path) -> None:
        """Rename; FileExistsError if something lies at the target."""
        ...

    def fsync(self, path: Path) -> None: ...

    def remove(self, path: Path) -> None: ...

    def names(self, folder: Path) -> list[str]: ...

    def free_bytes(self, folder: Path) -> int: ...


def sharing_violation(error: OSError, *, windows: bool = os.name == "nt") -> bool:
    """True if another program has the file open: worth another try. A denied right is not.

    On Windows os.open gives EACCES for both and no winerror: taken for a violation, and whoever
    tries again says so when it lasts.
    """
    if getattr(error, "winerror", None) in _SHARING or error.errno in _BUSY:
        return True
    return windows and error.errno == errno.EACCES


class DiskFiles:
    """FileSystem on the real disk."""

    def stat(self, path: Path) -> FileStat | None:
        try:
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _stat(found)

    def read(self, path: Path, offset: int, limit: int) -> bytes:
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            if offset:
                os.lseek(handle, offset, os.SEEK_SET)
            # No more than is there: os.read takes memory for all it is asked for, 20 us a time.
            return os.read(handle, min(limit, max(0, os.fstat(handle).st_size - offset)))
        finally:
            os.close(handle)

    def append(self, path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        flags = os.O_WRONLY | os.O_APPEND | _BINARY | (0 if same_as else os.O_CREAT)
        handle = os.open(path, flags, 0o666)
        try:
            before = _stat(os.fstat(handle))
            if same_as and before.identity != same_as.identity:
                raise FileChangedError(errno.ESTALE, "the file was replaced", str(path))
            _write_all(handle, data, path)
            return replace(before, size=before.size + len(data))
        finally:
            _close(handle)

    def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        beside = _write_beside(path, data, durable)
        try:
            os.replace(beside, path)
        except OSError:
            _forget(beside)
            raise
        if durable:
            _fsync_folder(path.parent)

    def write_new(self, path: Path, data: bytes) -> None:
        beside = _write_beside(path, data, durable=True)
        try:
            self.rename_new(beside, path)
        except OSError:
            _forget(beside)
            raise
        _fsync_folder(path.parent)

    def overwrite(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | _BINARY, 0o666)
        try:
            _write_all(handle, data, path)
            os.ftruncate(handle, len(data))
            if durable:
                os.fsync(handle)
        finally:
            _close(handle)

    def rename_new(self, path: Path, target: Path) -> None:
        if os.name == "nt":
            os.rename(path, target)
            return
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError:
            _rename_without_links(path, target)
            return
        os.unlink(path)

    def fsync(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | _BINARY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        os.unlink(path)

    def names(self, folder: Path) -> list[str]:
        try:
            return sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def free_bytes(self, folder: Path) -> int:
        return shutil.disk_usage(folder).free


def _rename_without_links(path: Path, target: Path) -> None:
    """For file systems that know no hard links."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "a file lies there", str(target))
    os.rename(path, target)


def _stat(found: os.stat_result) -> FileStat:
    return FileStat(found.st_size, found.st_mtime_ns, (found.st_dev, found.st_ino))


def _write_all(handle: int, data: bytes, path: Path) -> None:
    written = os.write(handle, data)
    if written != len(data):
        raise ShortWriteError(errno.ENOSPC, f"{written} of {len(data)} bytes written", str(path))


def _write_beside(path: Path, data: bytes, durable: bool) -> Path:
    beside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}{TEMPORARY}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
    try:
        _write_all(handle, data, beside)
        if durable:
            os.fsync(handle)
    except OSError:
        _close(handle)
        _forget(beside)
        raise
    _close(handle)
    return beside


def _close(handle: int) -> None:
    """Close; what was written was written, whatever a close says afterwards."""
    with contextlib.suppress(OSError):
        os.close(handle)


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def _fsync_folder(folder: Path) -> None:
    """Make a new name durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
