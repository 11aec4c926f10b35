"""Reads what a Windows program file imports and exports, from its bytes."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAM_FILES = (".exe", ".dll", ".pyd")
_PE32_PLUS = 0x20B
_BY_NUMBER = 1 << 63
_EXPORTS, _IMPORTS, _DELAYED = 0, 1, 13


@dataclass(frozen=True, slots=True)
class Image:
    """imports: library, as the file spells it -> the names taken from it."""

    imports: Mapping[str, tuple[str, ...]]
    exports: frozenset[str]


class NoImageError(Exception):
    """The file is no 64-bit Windows program file."""


def read_image(path: Path) -> Image:
    try:
        reader = _Reader(path.read_bytes())
        return Image(dict(reader.imports()), frozenset(reader.exports()))
    except (struct.error, ValueError, IndexError) as error:
        raise NoImageError(f"{path} is no 64-bit Windows program file: {error}") from None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        header = self._unpack("<I", 0x3C)[0]
        if data[:2] != b"MZ" or data[header : header + 4] != b"PE\0\0":
            raise ValueError("no PE header")
        sections, optional_size = self._unpack("<H12xH", header + 6)
        optional = header + 24
        if self._unpack("<H", optional)[0] != _PE32_PLUS:
            raise ValueError("not 64-bit")
        self._directories = optional + 112
        table = optional + optional_size
        self._sections = [self._unpack("<8x4I", table + 40 * i) for i in range(sections)]

    def imports(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from self._table(_IMPORTS, 20)
        yield from self._table(_DELAYED, 32)

    def exports(self) -> Iterator[str]:
        address = self._directory(_EXPORTS)
        if not address:
            return
        count, _, table = self._unpack("<24xIII", self._offset(address))
        for place in range(count):
            yield self._text(self._unpack("<I", self._offset(table) + 4 * place)[0])

    def _table(self, directory: int, size: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Libraries of the import or the delayed import table with the names taken."""
        address = self._directory(directory)
        if not address:
            return
        place = self._offset(address)
        while True:
            row = self._unpack("<5I", place)
            name, lookup = (row[3], row[0] or row[4]) if size == 20 else (row[1], row[4])
            if not name:
                return
            yield self._text(name), tuple(self._names(lookup))
            place += size

    def _names(self, lookup: int) -> Iterator[str]:
        place = self._offset(lookup)
        while entry := self._unpack("<Q", place)[0]:
            if not entry & _BY_NUMBER:
                yield self._text((entry & 0x7FFFFFFF) + 2)
            place += 8

    def _directory(self, number: int) -> int:
        return int(self._unpack("<I", self._directories + 8 * number)[0])

    def _offset(self, address: int) -> int:
        for virtual_size, virtual, raw_size, raw in self._sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(address - virtual + raw)
        raise ValueError(f"address {address:#x} lies in no section")

    def _text(self, address: int) -> str:
        start = self._offset(address)
        return self._data[start : self._data.index(b"\0", start)].decode("ascii", "replace")

    def _unpack(self, layout: str, place: int) -> tuple[int, ...]:
        return struct.unpack_from(layout, self._data, place)
