"""Finds the MetaTrader 5 terminals of this computer and tells whether their folder can be used."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from signalos_desktop.adapters.mt5_files.files import FileSystem
from signalos_desktop.engine.ports import Trouble

_SKIPPED = ("Common", "Community", "Help")
_CLOUD = ("onedrive", "dropbox", "google drive", "icloud")
_FREE_BYTES = 200 * 1024 * 1024
_ORIGIN_LIMIT = 4096
_PROBE = "signalos-write-test"


@dataclass(frozen=True, slots=True)
class TerminalFolder:
    """path: the terminal's MQL5/Files. name: where it is installed. found: in which way."""

    path: Path
    name: str
    found: str


def default_roots(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Folders that may hold terminals: Windows' own, portable ones, Wine prefixes."""
    roots = []
    if appdata := environ.get("APPDATA"):
        roots.append(Path(appdata) / "MetaQuotes" / "Terminal")
    for key in ("ProgramFiles", "ProgramFiles(x86)"):
        if programs := environ.get(key):
            roots.append(Path(programs))
    prefixes = [Path(environ["WINEPREFIX"])] if environ.get("WINEPREFIX") else []
    prefixes += [home / ".wine", home / ".mt5"]
    mac = "Library/Application Support/net.metaquotes.wine.metatrader5"
    return [*roots, *prefixes, home / mac]


def find_terminals(roots: Iterable[Path]) -> list[TerminalFolder]:
    """Terminals below these folders; a folder that cannot be listed is passed over."""
    found: dict[Path, TerminalFolder] = {}
    for root in roots:
        for terminal in _below(root):
            found.setdefault(terminal.path, terminal)
    return list(found.values())


def _below(root: Path) -> list[TerminalFolder]:
    if (root / "drive_c").is_dir():
        return _in_prefix(root)
    data = [entry for entry in _folders(root) if (entry / "MQL5" / "Files").is_dir()]
    own = [root] if (root / "MQL5" / "Files").is_dir() else []
    return [_terminal(entry) for entry in [*own, *data]]


def _in_prefix(prefix: Path) -> list[TerminalFolder]:
    drive = prefix / "drive_c"
    places = [drive / "Program Files", drive / "Program Files (x86)", drive]
    for user in _folders(drive / "users"):
        for roaming in ("AppData/Roaming", "Application Data"):
            places.append(user / roaming / "MetaQuotes" / "Terminal")
    terminals = [terminal for place in places for terminal in _below(place)]
    return [TerminalFolder(one.path, one.name, f"{one.found}, Wine") for one in terminals]


def _folders(root: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return []
    return [root / name for name in names if name not in _SKIPPED]


def _terminal(data: Path) -> TerminalFolder:
    origin = _read_origin(data / "origin.txt")
    if origin:
        return TerminalFolder(data / "MQL5" / "Files", origin, "data folder")
    return TerminalFolder(data / "MQL5" / "Files", str(data), "portable")


def _read_origin(path: Path) -> str:
    """The install path that the terminal wrote; UTF-16 as a rule."""
    try:
        with path.open("rb") as file:
            data = file.read(_ORIGIN_LIMIT)
    except OSError:
        return ""
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if utf16 else "utf-8-sig", "replace").strip().replace("\0", "")


def check_folder(files: FileSystem, folder: Path) -> list[Trouble]:
    """Whether the bridge can work in this MQL5/Files, each trouble with its next step."""
    if files.stat(folder) is None:
        return [
            Trouble(
                "BRIDGE_FOLDER_MISSING",
                f"{folder} does not exist.",
                "Start the terminal once, or choose its data folder in Settings > Terminals.",
            )
        ]
    troubles = [_cannot_write(files, folder), _cloud(folder), _full(files, folder)]
    return [trouble for trouble in troubles if trouble]


def _cannot_write(files: FileSystem, folder: Path) -> Trouble | None:
    probe = folder / f"{_PROBE}.{os.getpid()}"
    try:
        files.replace(probe, b"written by SignalOS Desktop\n")
        files.remove(probe)
    except OSError as error:
        return Trouble(
            "BRIDGE_NO_WRITE",
            f"{folder} cannot be written: {error.strerror or error}.",
            "Give this user the right to write there, or start the terminal as this user.",
        )
    return None


def _cloud(folder: Path) -> Trouble | None:
    for part in folder.parts:
        if part.lower().startswith(_CLOUD):
            return Trouble(
                "BRIDGE_IN_CLOUD",
                f"{folder} lies in a folder that is synchronised ({part}).",
                "Move the terminal out of it: synchronising locks files and delays orders.",
            )
    return None


def _full(files: FileSystem, folder: Path) -> Trouble | None:
    try:
        free = files.free_bytes(folder)
    except OSError:
        return None
    if free >= _FREE_BYTES:
        return None
    return Trouble(
        "DISK_NEARLY_FULL",
        f"{free // 1024**2} MiB free at {folder}, wanted {_FREE_BYTES // 1024**2}.",
        "Free some disk space: without it no order and no receipt can be written.",
    )
