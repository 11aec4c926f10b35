"""Where an instance lies: its folder below SignalOS, the Common folder, the panel's lock on it."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from signalos_desktop.adapters.mt5_files.files import FileSystem
from signalos_desktop.adapters.mt5_files.troubles import ea_not_running
from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.snapshots import (
    SIZE_LIMIT,
    SnapshotBad,
    SnapshotTorn,
    decode_status,
)
from signalos_desktop.engine.ports import FolderHeldError, Trouble

ROOT = "SignalOS"
FLAG = "halt.flag"
LOCK = "app.lock"


@dataclass(frozen=True, slots=True)
class Instance:
    """One EA on one account. mtime_ns: of status.json; which one is alive shows in its seq."""

    path: Path
    status: EaStatus
    mtime_ns: int

    @property
    def account(self) -> Account:
        return Account(self.status.login, self.status.server)


class FolderLock:
    """An operating system's lock on `app.lock`, with the holder's process id beside it."""

    def __init__(self, folder: Path, name: str = LOCK) -> None:
        self._folder = folder
        self._lock = FileLock(folder / name, thread_local=False)
        self._holder = folder / f"{name}.pid"

    def acquire(self) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            holder = self._read_holder() or "unknown process"
            raise FolderHeldError(
                f"{self._folder} is held by another panel ({holder}): close that one first"
            ) from None
        with contextlib.suppress(OSError):
            self._holder.write_text(f"process {os.getpid()}\n", encoding="ascii")

    def release(self) -> None:
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._holder.unlink()
            self._lock.release()

    def _read_holder(self) -> str:
        try:
            return self._holder.read_text(encoding="ascii", errors="replace")[:80].strip()
        except OSError:
            return ""


def find_instances(files: FileSystem, folder: Path) -> list[Instance]:
    """Instances of a terminal's MQL5/Files, or the folder itself if it is one; newest first."""
    places = [folder, *(folder / ROOT / name for name in files.names(folder / ROOT))]
    found = [instance for place in places if (instance := read_instance(files, place))]
    return sorted(found, key=lambda instance: instance.mtime_ns, reverse=True)


def read_instance(files: FileSystem, place: Path) -> Instance | None:
    path = place / "status.json"
    try:
        stat = files.stat(path)
        if stat is None:
            return None
        status = decode_status(files.read(path, 0, SIZE_LIMIT + 1)).value
    except (OSError, SnapshotTorn, SnapshotBad):
        return None
    return Instance(place, status, stat.mtime_ns)


def find_instance(
    files: FileSystem, folder: Path, magic: int | None = None
) -> tuple[Instance | None, Trouble | None]:
    """The instance written last, or the trouble that there is none and what to do about it."""
    if files.stat(folder) is None:
        return None, Trouble(
            "BRIDGE_FOLDER_MISSING",
            f"{folder} does not exist.",
            "Choose the terminal in Settings > Terminals (MetaTrader 5: File > Open Data Folder).",
        )
    for instance in find_instances(files, folder):
        if magic is None or instance.status.magic == magic:
            return instance, None
    return None, ea_not_running(str(folder))


def flag_places(files: FileSystem, instance: Instance) -> tuple[Path, ...]:
    """Where a halt flag stops this instance: its own folder, and Common/Files if it is known."""
    common = common_folder(files, instance.path, instance.status.common)
    places = (instance.path,) if common is None else (instance.path, common)
    return tuple(place / FLAG for place in places)


def common_folder(files: FileSystem, instance: Path, stated: str) -> Path | None:
    """The terminals' Common/Files: as the EA states it, else beside `Terminal/<id>/MQL5/Files`."""
    if stated and Path(stated).is_absolute() and files.stat(Path(stated)) is not None:
        return Path(stated)
    parts = [part.lower() for part in instance.parts]
    for place in range(len(parts) - 1, 2, -1):
        if parts[place - 1 : place + 1] == ["mql5", "files"] and parts[place - 3] == "terminal":
            derived = Path(*instance.parts[: place - 2]) / "Common" / "Files"
            return derived if files.stat(derived) is not None else None
    return None
