"""The files that app and expert share, in memory: what is seen, and what a power cut keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

FILES = "/F/MQL5/Files"
COMMON = "/C/Files"


class Node:
    """One file. shown: bytes that other programs see until `whole_at`, None = all."""

    __slots__ = ("data", "identity", "mtime_ns", "shown", "whole_at")

    def __init__(self, identity: int, data: bytes, mtime_ns: int) -> None:
        self.identity = identity
        self.data = bytearray(data)
        self.mtime_ns = mtime_ns
        self.shown: int | None = None
        self.whole_at = 0.0


class Disk:
    """Files by path. Everything is in a cache first; `synced` is what stands on the platter.

    rows: how often something was appended.
    """

    def __init__(self, now_ns: Callable[[], int]) -> None:
        self.nodes: dict[str, Node] = {}
        self.synced: dict[str, bytes] = {}
        self.rows = 0
        self._now_ns = now_ns
        self._next = 0

    def node(self, path: str) -> Node | None:
        return self.nodes.get(path)

    def append(self, path: str, data: bytes) -> None:
        self.rows += 1
        node = self.nodes.get(path)
        if node is None:
            self.put(path, data)
            return
        node.data += data
        self._touch(node)

    def put(self, path: str, data: bytes) -> None:
        """A new file at this path, whatever lay there."""
        self._next += 1
        self.nodes[path] = Node(self._next, data, self._now_ns())

    def overwrite(self, path: str, data: bytes) -> None:
        node = self.nodes.get(path)
        if node is None:
            self.put(path, data)
            return
        node.data[:] = data
        self._touch(node)

    def remove(self, path: str) -> bool:
        return self.nodes.pop(path, None) is not None

    def move(self, path: str, target: str) -> None:
        self.nodes[target] = self.nodes.pop(path)

    def names(self, folder: str) -> Iterator[str]:
        """Files directly in the folder, and the folders in it."""
        start = len(folder) + 1
        found = {
            path[start:].partition("/")[0]: None
            for path in self.nodes
            if path.startswith(folder) and path[start - 1] == "/"
        }
        return iter(found)

    def folder(self, path: str) -> bool:
        return path in (FILES, COMMON)

    def fsync(self, path: str) -> None:
        node = self.nodes.get(path)
        if node is not None:
            self.synced[path] = bytes(node.data)

    def write_back(self) -> None:
        """What every system does by itself after a while."""
        self.synced = {path: bytes(node.data) for path, node in self.nodes.items()}

    def cut_power(self, random: Random) -> int:
        """Bring each file to what the platter may hold; how many lost something."""
        lost = 0
        for path in sorted({*self.nodes, *self.synced}):
            node, kept = self.nodes.get(path), self.synced.get(path)
            cached = None if node is None else bytes(node.data)
            if cached == kept or random.random() < 0.5:
                continue
            lost += 1
            old = kept or b""
            if cached is not None and cached.startswith(old):
                more = random.randrange(len(cached) - len(old) + 1)
                kept = cached[: len(old) + more] if kept is not None or more else None
            if kept is None:
                self.remove(path)
            else:
                self.put(path, kept)
        self.write_back()
        return lost

    def _touch(self, node: Node) -> None:
        node.mtime_ns = self._now_ns()
