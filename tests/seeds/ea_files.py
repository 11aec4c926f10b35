"""The Expert Advisor's view of the disk: Files of the simulator, with deaths and busy files."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from signalos_desktop.simulator.files import FilesBusyError, FilesFailedError
from tests.seeds.disk import Disk
from tests.seeds.faults import FaultPoints
from tests.seeds.timeline import Life, WallClock

SLOW_WRITE_S = 0.004


class EaFiles:
    """One folder, for one life of the expert."""

    def __init__(
        self,
        disk: Disk,
        folder: str,
        life: Life,
        faults: FaultPoints,
        clock: WallClock,
        random: Random,
    ) -> None:
        self._life = life
        self._disk = disk
        self._prefix = folder + "/"
        self._folder = folder
        self._faults = faults
        self._clock = clock
        self._random = random

    def read(self, name: str, offset: int = 0) -> bytes | None:
        path = self._prefix + name
        if self._faults.armed and self._faults.lasts("ea-cannot-read", path):
            raise FilesBusyError(f"{path} is held")
        node = self._disk.nodes.get(path)
        return None if node is None else bytes(node.data[offset:] if offset else node.data)

    def size(self, name: str) -> int | None:
        node = self._disk.nodes.get(self._prefix + name)
        return None if node is None else len(node.data)

    def modified(self, name: str) -> int | None:
        node = self._disk.nodes.get(self._prefix + name)
        return None if node is None else node.mtime_ns // 1_000_000_000

    def append(self, name: str, data: bytes) -> None:
        path = self._prefix + name

        def do(part: bytes) -> None:
            self._disk.append(path, part)

        self._write(path, data, do, torn=True)
        if self._faults.armed and self._faults.strikes("receipt-seen-half", path):
            node = self._disk.nodes[path]
            node.shown = len(node.data) - 1 - self._random.randrange(len(data))
            node.whole_at = self._clock.seconds + self._random.uniform(0.001, 0.4)

    def replace(self, name: str, data: bytes) -> None:
        path = self._prefix + name
        self._write(path, data, lambda part: self._disk.put(path, part))

    def delete(self, name: str) -> None:
        path = self._prefix + name
        self._write(path, b"", lambda _: self._disk.remove(path))

    def move(self, name: str, to: str) -> None:
        old, new = self._prefix + name, self._prefix + to
        if old not in self._disk.nodes:
            raise FilesFailedError(f"{name} is not there")
        self._write(old, b"", lambda _: self._disk.move(old, new))

    def names(self) -> list[str]:
        return list(self._disk.names(self._folder))

    def _write(
        self, path: str, data: bytes, do: Callable[[bytes], object], *, torn: bool = False
    ) -> None:
        if self._life.dead:
            raise FilesFailedError("this life of the expert is over")
        if not self._faults.armed:
            do(data)
            return
        faults = self._faults
        if faults.lasts("ea-file-busy", path, 0.7):
            raise FilesBusyError(f"{path} is held")
        if faults.strikes("ea-dies-before-write", path):
            self._life.die()
        if torn and faults.strikes("ea-dies-in-write", path):
            do(data[: self._random.randrange(len(data))])
            self._life.die()
        do(data)
        if faults.strikes("ea-dies-after-write", path):
            self._life.die()
