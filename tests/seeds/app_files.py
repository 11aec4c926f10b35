"""The app's view of the disk: FileSystem of adapters/mt5_files, with what Windows may answer."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from random import Random

from signalos_desktop.adapters.mt5_files.files import FileChangedError, FileStat, ShortWriteError
from tests.seeds.disk import Disk, Node
from tests.seeds.faults import FaultPoints
from tests.seeds.timeline import Life, WallClock

HEARTBEAT = "app.json"


class AppFiles:
    """Of one life of the app: after its death every operation fails and changes nothing.

    meanwhile: what another program does in the middle of a write. written: told of each write
    but the heartbeat's.
    """

    def __init__(
        self,
        disk: Disk,
        life: Life,
        faults: FaultPoints,
        clock: WallClock,
        random: Random,
        meanwhile: Callable[[], None],
        written: Callable[[], None],
    ) -> None:
        self._life = life
        self._disk = disk
        self._faults = faults
        self._clock = clock
        self._random = random
        self._meanwhile = meanwhile
        self._written = written

    # ------------------------------------------------------------------ reading

    def stat(self, path: Path) -> FileStat | None:
        name = str(path)
        node = self._disk.nodes.get(name)
        if node is None:
            return FileStat(0, 0, (1, 0)) if self._disk.folder(name) else None
        return FileStat(len(self._shown(node)), node.mtime_ns, (1, node.identity))

    def read(self, path: Path, offset: int, limit: int) -> bytes:
        name = str(path)
        self._alive()
        if self._faults.armed:
            if self._faults.lasts("app-cannot-read", name):
                raise OSError(errno.EBUSY, "sharing violation", name)
            if self._faults.strikes("app-reads-nothing", name):
                return b""
        node = self._disk.nodes.get(name)
        if node is None:
            raise FileNotFoundError(errno.ENOENT, "no such file", name)
        return bytes(self._shown(node)[offset : offset + limit])

    def _shown(self, node: Node) -> bytearray:
        """What of a file can be seen while another program is in the middle of a write."""
        if node.shown is None:
            return node.data
        if self._clock.seconds >= node.whole_at:
            node.shown = None
            return node.data
        return node.data[: node.shown]

    def names(self, folder: Path) -> list[str]:
        return sorted(self._disk.names(str(folder)))

    def free_bytes(self, folder: Path) -> int:
        return 10**12

    # ------------------------------------------------------------------ writing

    def append(self, path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        name = str(path)
        node = self._disk.nodes.get(name)
        if same_as and (node is None or node.identity != same_as.identity[1]):
            raise FileChangedError(errno.ESTALE, "the file was replaced", name)
        size = 0 if node is None else len(node.data)
        self._write(name, data, lambda part: self._disk.append(name, part), torn=True)
        node = self._disk.nodes[name]
        return FileStat(size + len(data), node.mtime_ns, (1, node.identity))

    def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        name = str(path)
        self._write(name, data, lambda part: self._disk.put(name, part))
        self._sync(name, durable)

    def write_new(self, path: Path, data: bytes) -> None:
        name = str(path)
        if name in self._disk.nodes:
            raise FileExistsError(errno.EEXIST, "a file lies there", name)
        self._write(name, data, lambda part: self._disk.put(name, part))
        self._sync(name, durable=True)

    def overwrite(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        name = str(path)
        self._write(name, data, lambda part: self._disk.overwrite(name, part))
        self._sync(name, durable)

    def rename_new(self, path: Path, target: Path) -> None:
        old, new = str(path), str(target)
        if old not in self._disk.nodes:
            raise FileNotFoundError(errno.ENOENT, "no such file", old)
        if new in self._disk.nodes:
            raise FileExistsError(errno.EEXIST, "a file lies there", new)
        self._write(old, b"", lambda _: self._disk.move(old, new))

    def remove(self, path: Path) -> None:
        name = str(path)
        if name not in self._disk.nodes:
            raise FileNotFoundError(errno.ENOENT, "no such file", name)
        self._write(name, b"", lambda _: self._disk.remove(name))

    def fsync(self, path: Path) -> None:
        self._alive()
        if self._faults.strikes("app-fsync-fails", str(path)):
            raise OSError(errno.EIO, "the disk gave an error", str(path))
        self._disk.fsync(str(path))

    # ------------------------------------------------------------------ what may go wrong

    def _write(
        self, name: str, data: bytes, do: Callable[[bytes], object], *, torn: bool = False
    ) -> None:
        self._alive()
        if not name.endswith(HEARTBEAT):
            self._written()
        if not self._faults.armed:
            do(data)
            return
        faults = self._faults
        if faults.lasts("app-file-busy", name, 0.7):
            raise OSError(errno.EBUSY, "sharing violation", name)
        if faults.strikes("app-dies-before-write", name):
            self._life.die()
        self._full(name, data, do, torn)
        if torn and faults.strikes("app-dies-in-write", name):
            do(data[: self._random.randrange(len(data))])
            self._life.die()
        if torn and faults.strikes("ea-runs-in-app-write", name):
            half = self._random.randrange(len(data))
            do(data[:half])
            self._meanwhile()
            do(data[half:])
        else:
            do(data)
        if faults.strikes("app-dies-after-write", name):
            self._life.die()

    def _full(self, name: str, data: bytes, do: Callable[[bytes], object], torn: bool) -> None:
        if not self._faults.lasts("app-disk-full", name, 0.8):
            return
        if not torn or self._random.random() < 0.5:
            raise OSError(errno.ENOSPC, "no space left", name)
        part = self._random.randrange(len(data))
        do(data[:part])
        raise ShortWriteError(errno.ENOSPC, f"{part} of {len(data)} bytes written", name)

    def _sync(self, name: str, durable: bool) -> None:
        if durable:
            self._disk.fsync(name)

    def _alive(self) -> None:
        if self._life.dead:
            raise OSError(errno.EIO, "this life of the app is over")
