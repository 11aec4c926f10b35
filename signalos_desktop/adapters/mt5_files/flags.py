"""Halt flags: written so that a stop gets through, removed only if they are just those expected."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import FileStat, FileSystem, sharing_violation
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.flag import encode_flag, read_flag
from signalos_desktop.engine.ports import Flag

LIMIT_S = 2.0
_PAUSES_S = (0.0, 0.01, 0.02, 0.04, 0.08)
_READ_LIMIT = 4096
_ASIDE = ".aside"


class FlagNotWrittenError(OSError):
    """A stop could not be delivered here: press Algo Trading in MetaTrader 5."""


class FlagNotRemovedError(OSError):
    """A flag of a stop that was ended stays where it lies."""


@dataclass(frozen=True, slots=True)
class FlagFileWriter:
    """Implements ports.FlagWriter. Blocks up to limit_s: it belongs into a thread of its own.

    Presses of several threads go one after the other; between two programs that press within the
    same microseconds the later flag lies, and the other one's press id is missing in status.halt.
    """

    files: FileSystem
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    limit_s: float = LIMIT_S
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def write(self, path: str, level: StopLevel, press_id: str) -> None:
        """Write the flag durably, as FLATTEN if one lies there; FlagNotWrittenError after 2 s."""
        target, end = Path(path), self.monotonic() + self.limit_s
        pauses = chain(_PAUSES_S, repeat(_PAUSES_S[-1]))
        while True:
            self.sleep(next(pauses))
            try:
                with self._one_at_a_time:
                    self._write_once(target, level, press_id)
            except OSError as error:
                if self.monotonic() >= end or not _passing(error):
                    raise FlagNotWrittenError(error.errno, error.strerror, path) from error
            else:
                return

    def remove(self, path: str, press_ids: frozenset[str]) -> bool:
        """Remove the flag if it is of one of these presses; FlagNotRemovedError = it stays."""
        target = Path(path)
        with self._one_at_a_time:
            lying = read_lying(self.files, target)
            if lying is None or lying[1] not in press_ids:
                return False
            if remove_flags(self.files, (target,), press_ids) is not None:
                raise FlagNotRemovedError(f"{path} changed meanwhile or cannot be removed")
        return True

    def _write_once(self, target: Path, level: StopLevel, press_id: str) -> None:
        lying = read_lying(self.files, target)
        strongest = max(level, lying[0]) if lying else level
        data = encode_flag(strongest, press_id)
        try:
            if lying is None and level is not StopLevel.FLATTEN:
                self.files.write_new(target, data)
            else:
                self.files.replace(target, data, durable=True)
        except FileExistsError:
            raise
        except OSError:
            # Written directly; on a full disk that leaves an empty flag, which stops too.
            self.files.overwrite(target, data, durable=True)


def _passing(error: OSError) -> bool:
    """True for what another try may mend: an open file, or a flag that was laid meanwhile."""
    return sharing_violation(error) or isinstance(error, FileExistsError)


def read_lying(files: FileSystem, path: Path) -> tuple[StopLevel, str] | None:
    """Level and identity of the flag at path; None = none lies there. Unreadable counts as one."""
    try:
        found = files.stat(path)
    except OSError:
        return read_flag(None, 0)
    return None if found is None else _read(files, path, found)


def _read(files: FileSystem, path: Path, found: FileStat) -> tuple[StopLevel, str] | None:
    modified_s = found.mtime_ns // 1_000_000_000
    try:
        return read_flag(files.read(path, 0, _READ_LIMIT), modified_s)
    except FileNotFoundError:
        return None
    except OSError:
        return read_flag(None, modified_s)


def lying_flags(files: FileSystem, paths: Iterable[Path]) -> tuple[Flag, ...]:
    flags = []
    for path in paths:
        lying = read_lying(files, path)
        if lying is not None:
            flags.append(Flag(str(path), lying[1], lying[0]))
    return tuple(flags)


def remove_flags(
    files: FileSystem, paths: Iterable[Path], identities: frozenset[str]
) -> str | None:
    """Remove the flags if they are just these; else put all back and name the one that stays."""
    paths = tuple(paths)
    put_back(files, paths)
    moved: list[Path] = []
    stays: Path | None = None
    for path in paths:
        aside = _aside(path)
        try:
            if files.stat(path) is None:
                continue
            files.rename_new(path, aside)
        except OSError:
            stays = path
            break
        moved.append(path)
        lying = read_lying(files, aside)
        if lying is None or lying[1] not in identities:
            stays = path
            break
    if stays is None:
        stays = _drop(files, moved)
    if stays is not None:
        put_back(files, moved)
    return None if stays is None else str(stays)


def _drop(files: FileSystem, moved: list[Path]) -> Path | None:
    for path in moved:
        try:
            files.remove(_aside(path))
        except OSError:
            return path
    return None


def put_back(files: FileSystem, paths: Iterable[Path]) -> None:
    """Lay flags that were moved aside down again, never over one of a higher level."""
    for path in paths:
        aside = _aside(path)
        with contextlib.suppress(OSError):
            lying = read_lying(files, aside)
            if lying is None:
                continue
            try:
                files.rename_new(aside, path)
            except FileExistsError:
                _merge(files, aside, path, lying)


def _merge(files: FileSystem, aside: Path, path: Path, old: tuple[StopLevel, str]) -> None:
    """A newer flag lies there: it stays, with the higher level of the two."""
    new = read_lying(files, path)
    if new is not None and new[0] < old[0]:
        files.replace(path, files.read(aside, 0, _READ_LIMIT), durable=True)
    files.remove(aside)


def _aside(path: Path) -> Path:
    return path.with_name(path.name + _ASIDE)
