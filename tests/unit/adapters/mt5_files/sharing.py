"""Stand-ins for the bridge's tests: Windows' sharing rules, a full disk, a clock, an EA's files."""

import errno
from datetime import datetime, timedelta
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileStat, ShortWriteError
from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.wire import snapshots
from signalos_desktop.domain.wire.receipts import HEADER, encode_receipt
from tests.unit.domain.wire import samples


class SharingError(PermissionError):
    """As Windows raises it."""

    def __init__(self, code: int, path: Path) -> None:
        super().__init__(errno.EACCES, "in use", str(path))
        self.code = code

    @property
    def winerror(self) -> int:
        return self.code


class SharingFiles(DiskFiles):
    """A disk on which others hold files open, by how they share: `none`, `read`, `read_write`.

    The rules are those measured for MetaTrader's handles: it never shares the right to delete.
    room: bytes that can still be appended; None = no limit.
    """

    def __init__(self) -> None:
        self.held: dict[Path, str] = {}
        self.room: int | None = None
        self.reads = 0

    def read(self, path: Path, offset: int, limit: int) -> bytes:
        self.reads += 1
        self._refuse(path, 32, "none")
        return super().read(path, offset, limit)

    def append(self, path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        self._refuse(path, 32, "none", "read")
        if self.room is not None and self.room < len(data):
            super().append(path, data[: self.room], same_as)
            raise ShortWriteError(errno.ENOSPC, "disk full", str(path))
        return super().append(path, data, same_as)

    def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        self._refuse(path, 5, "none", "read", "read_write")
        super().replace(path, data, durable=durable)

    def overwrite(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        self._refuse(path, 32, "none", "read")
        super().overwrite(path, data, durable=durable)

    def rename_new(self, path: Path, target: Path) -> None:
        self._refuse(path, 32, "none", "read", "read_write")
        super().rename_new(path, target)

    def remove(self, path: Path) -> None:
        self._refuse(path, 32, "none", "read", "read_write")
        super().remove(path)

    def _refuse(self, path: Path, code: int, *shares: str) -> None:
        if self.held.get(path) in shares:
            raise SharingError(code, path)


class TestClock:
    """Time that goes only when told to."""

    __test__ = False

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return samples.NOW + timedelta(seconds=self.seconds - 1000.0)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class EaFiles:
    """Writes into an instance's folder as the EA would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        beside = self.folder / f"{name}.ea"
        beside.write_bytes(data)
        beside.replace(self.folder / name)

    def status(self, status: EaStatus = samples.STATUS) -> None:
        self.put("status.json", snapshots.encode_status(status))

    def receipt(self, receipt: Receipt = samples.RECEIPT) -> None:
        self.append("receipts.csv", encode_receipt(receipt), HEADER)

    def append(self, name: str, data: bytes, header: str = "") -> None:
        path = self.folder / name
        with path.open("ab") as file:
            if header and file.tell() == 0:
                file.write(header.encode() + b"\n")
            file.write(data)
