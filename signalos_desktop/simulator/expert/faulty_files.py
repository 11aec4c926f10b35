"""The expert's files with the faults asked for: a full disk, torn and doubled receipts."""

from signalos_desktop.simulator.expert.receipts import NAME
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import Files, FilesFailedError


class FaultyFiles:
    """A Files that reads through and spoils writes as the armed faults say."""

    def __init__(self, files: Files, faults: Faults) -> None:
        self._files = files
        self._faults = faults
        self.read = files.read
        self.size = files.size
        self.modified = files.modified
        self.names = files.names

    def append(self, name: str, data: bytes) -> None:
        self._room(name)
        if name == NAME and self._faults.hit("half-row") is not None:
            self._files.append(name, data[: len(data) // 2])
            raise FilesFailedError(f"{name}: half a row written (fault half-row)")
        twice = name == NAME and self._faults.hit("duplicate-receipt") is not None
        self._files.append(name, data)
        if twice:
            self._files.append(name, data.rsplit(b"\n", 2)[-2] + b"\n")

    def replace(self, name: str, data: bytes) -> None:
        self._room(name)
        self._files.replace(name, data)

    def move(self, name: str, to: str) -> None:
        self._room(name)
        self._files.move(name, to)

    def delete(self, name: str) -> None:
        self._files.delete(name)

    def _room(self, name: str) -> None:
        if self._faults.on("disk-full") and self._faults.hit("disk-full") is not None:
            raise FilesFailedError(f"{name}: no space left on the disk (fault disk-full)")
