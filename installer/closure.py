"""The static check: every library and every name that a shipped program file imports is there."""

import sys
from collections.abc import Iterator
from pathlib import Path

from installer.pe import PROGRAM_FILES, Image, NoImageError, read_image
from installer.pins import read_windows

_SETS = ("api-ms-win-", "ext-ms-")
# Folders that a package has added, or loaded from, before this one is loaded.
_BEFORE = {"lib/PySide6": ("lib/PySide6", "lib/shiboken6"), "lib/numpy": ("lib/numpy.libs",)}


def problems(root: Path) -> list[str]:
    """One line for each import that Windows would not find; empty = the tree is closed."""
    images: dict[str, Image] = {}
    unread = []
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() not in PROGRAM_FILES:
            continue
        try:
            images[path.relative_to(root).as_posix()] = read_image(path)
        except NoImageError as error:
            unread.append(str(error))
    windows = read_windows()
    return [*unread, *(line for name in images for line in _missing(name, images, windows))]


def _missing(name: str, images: dict[str, Image], windows: frozenset[str]) -> Iterator[str]:
    lower = {one.lower(): one for one in images}
    for library, wanted in images[name].imports.items():
        if _is_windows(library, windows):
            continue
        places = [f"{folder}/{library}".lower() for folder in _searched(name)]
        hit = next((lower[place] for place in places if place in lower), None)
        if hit is None:
            yield f"{name} imports {library}, which lies neither beside it nor in runtime"
            continue
        for lost in sorted(set(wanted) - images[hit].exports):
            yield f"{name} imports {lost} of {library}, which {hit} does not have"


def _searched(name: str) -> Iterator[str]:
    yield name.rpartition("/")[0]
    for folder, before in _BEFORE.items():
        if name.startswith(f"{folder}/"):
            yield from before
    yield "runtime"


def _is_windows(library: str, windows: frozenset[str]) -> bool:
    name = library.lower()
    return name.startswith(_SETS) or name.removesuffix(".dll") in windows


if __name__ == "__main__":
    found = problems(Path(sys.argv[1]))
    print(*found, sep="\n")
    sys.exit(1 if found else 0)
