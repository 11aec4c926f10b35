"""Unpacks the wheels into lib/: the keep list, and of Qt only what its modules import."""

import re
import zipfile
from collections import deque
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from installer.pe import PROGRAM_FILES, read_image
from installer.pins import Keep, RecipeError

QT_FOLDERS = ("PySide6", "shiboken6")
_DATA = re.compile(r"^[^/]+\.data/(?:purelib|platlib)/")


def unpack(wheel: Path, target: Path, keep: Keep) -> int:
    """Number of files that are kept, the wheel's own papers not counted."""
    kept = 0
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            path = _DATA.sub("", entry.filename)
            if entry.is_dir() or not is_kept(path, keep):
                continue
            place = target / path
            if not place.resolve().is_relative_to(target.resolve()):
                raise RecipeError(f"{wheel.name} holds {entry.filename}, which lies outside of it")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(archive.read(entry))
            kept += ".dist-info/" not in path
    return kept


def is_kept(path: str, keep: Keep) -> bool:
    """Whether a file of a wheel is unpacked; Qt's libraries are thinned out afterwards."""
    if any(fnmatchcase(path, pattern) for pattern in keep.drop):
        return False
    folder, _, rest = path.partition("/")
    if folder not in QT_FOLDERS:
        return True
    if rest.startswith("plugins/"):
        return any(fnmatchcase(rest, f"plugins/{pattern}") for pattern in keep.qt_plugins)
    if "/" not in rest and rest.endswith(PROGRAM_FILES):
        return not rest.endswith(".exe")
    return any(PurePosixPath(path).match(pattern) for pattern in keep.qt_python)


def thin_out_qt(lib: Path, keep: Keep) -> None:
    """Delete Qt's libraries that nothing kept imports."""
    missing = [name for name in keep.qt_modules if not (lib / "PySide6" / f"{name}.pyd").exists()]
    if missing:
        raise RecipeError(f"the PySide6 wheel holds no {', '.join(missing)}: mend keep.toml")
    libraries = [
        path
        for folder in QT_FOLDERS
        for path in (lib / folder).rglob("*")
        if path.suffix in PROGRAM_FILES
    ]
    roots = [lib / "PySide6" / f"{name}.pyd" for name in keep.qt_modules]
    roots += [path for path in libraries if "plugins" in path.relative_to(lib).parts]
    roots += [lib / "shiboken6" / "Shiboken.pyd"]
    for path in set(libraries) - reached(lib, roots):
        path.unlink()


def reached(lib: Path, roots: Iterable[Path]) -> set[Path]:
    """The roots and every library in Qt's folders that they import, directly or not."""
    known = {
        (folder, path.name.lower()): path
        for folder in QT_FOLDERS
        for path in (lib / folder).iterdir()
        if path.suffix in PROGRAM_FILES
    }
    found: set[Path] = set()
    ahead = deque(roots)
    while ahead:
        path = ahead.popleft()
        if path in found:
            continue
        found.add(path)
        # Its own folder comes first, as Windows looks.
        own = path.relative_to(lib).parts[0]
        folders = (own, *(folder for folder in QT_FOLDERS if folder != own))
        for name in read_image(path).imports:
            hits = (known.get((folder, name.lower())) for folder in folders)
            ahead.extend([hit for hit in hits if hit][:1])
    return found
