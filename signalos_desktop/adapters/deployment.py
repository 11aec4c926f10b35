"""Puts the Expert Advisor's source into a terminal: its version, a backup, never under orders."""

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from signalos_desktop.adapters.mt5_files.command_files import intact_rows, session_of, whole_lines
from signalos_desktop.adapters.mt5_files.files import FileSystem, sharing_violation
from signalos_desktop.adapters.mt5_files.folder import find_instances
from signalos_desktop.adapters.mt5_files.terminals import TerminalFolder
from signalos_desktop.domain.wire.commands import HEADER, decode_command
from signalos_desktop.engine.ports import Clock, Trouble

_OWN = ("Include/SignalOS", "Scripts/SignalOS", "Experts/SignalOS")
_PRESETS = "Presets"
_EXPERT = "Experts/SignalOS/SignalOSBridge"
_VERSION_FILE = "Include/SignalOS/Settings.mqh"
_VERSION = re.compile(rb'#define\s+EA_VERSION\s+"(\d+(?:\.\d+){0,3})"')
_LARGEST = 4 << 20


class SourceState(StrEnum):
    """What lies in a terminal beside what we bring. EDITED: our version, with other words in it."""

    ABSENT = "absent"
    OLDER = "older"
    SAME = "same"
    EDITED = "edited"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Standing:
    """installed: the version that lies there, empty if none. compiled: an .ex5 of this source."""

    terminal: TerminalFolder
    state: SourceState
    installed: str
    brought: str
    compiled: bool


@dataclass(frozen=True, slots=True)
class Deployed:
    """backup: where everything that was replaced or removed lies now; None if nothing was."""

    written: int
    backup: Path | None
    next_step: str


class Deployment:
    """source: the folder `ea`. backups: a folder of ours, one below it for every time."""

    def __init__(self, source: Path, backups: Path, files: FileSystem, clock: Clock) -> None:
        self._source, self._backups = source, backups
        self._files, self._clock = files, clock

    def look(self, terminal: TerminalFolder) -> Standing:
        """Raises OSError if a file cannot be read."""
        ours = self._ours()
        mql5 = terminal.path.parent
        installed = _version(self._read(mql5 / _VERSION_FILE))
        brought = _version(ours[_VERSION_FILE])
        same = all(self._read(mql5 / name) == data for name, data in ours.items()) and not (
            self._strangers(mql5, ours)
        )
        state = _compare(installed, brought, same)
        return Standing(terminal, state, installed, brought, self._compiled(mql5))

    def deploy(self, terminal: TerminalFolder) -> Deployed | Trouble:
        """Back up, write, and say how to compile; a file that cannot be written undoes it all."""
        mql5 = terminal.path.parent
        if self._files.stat(terminal.path) is None:
            return Trouble(
                "DEPLOY_NO_TERMINAL",
                f"{terminal.path} is no MQL5/Files folder.",
                "Start the terminal once, or name the folder that File > Open Data Folder shows.",
            )
        replaced: dict[str, bytes | None] = {}
        try:
            if refusal := self._refusal(terminal):
                return refusal
            backup = self._backups / f"{self._clock.now():%Y%m%d-%H%M%S}" / _identity(terminal)
            self._replace_all(mql5, backup, replaced)
        except OSError as error:
            return self._undo(mql5, replaced, error)
        kept = backup if any(data is not None for data in replaced.values()) else None
        return Deployed(len(replaced), kept, how_to_compile(terminal))

    def _refusal(self, terminal: TerminalFolder) -> Trouble | None:
        standing = self.look(terminal)
        if standing.state is SourceState.NEWER:
            return Trouble(
                "DEPLOY_NEWER_THERE",
                f"{terminal.name} has version {standing.installed}, this program brings "
                f"{standing.brought}: an older one is not put over it.",
                "Install the newer SignalOS Desktop, or remove MQL5/Include/SignalOS there first.",
            )
        if open_ids := self.in_flight(terminal):
            named = ", ".join(map(str, open_ids[:5]))
            return Trouble(
                "DEPLOY_COMMANDS_IN_FLIGHT",
                f"{len(open_ids)} commands of {terminal.name} are not settled ({named}): a new "
                "Expert Advisor must not take over in the middle of them.",
                "Wait until they are settled or expired (two minutes at most), then do it again.",
            )
        return None

    def _replace_all(self, mql5: Path, backup: Path, replaced: dict[str, bytes | None]) -> None:
        """replaced: gets what was there, None for nothing, before each file is touched."""
        ours = self._ours()
        for name in [*sorted(ours, key=_order), *self._strangers(mql5, ours)]:
            before, data = self._read(mql5 / name), ours.get(name)
            if before == data:
                continue
            if before is not None:
                self._write(backup / name, before)
            replaced[name] = before
            self._put(mql5 / name, data)

    def in_flight(self, terminal: TerminalFolder) -> list[int]:
        """Ids of commands that an Expert Advisor there may still execute or is in doubt about."""
        found: set[int] = set()
        now_ms = self._clock.now().timestamp() * 1000
        for instance in find_instances(self._files, terminal.path):
            status = instance.status
            found.update(status.in_doubt)
            for name in self._files.names(instance.path):
                if session_of(name) is None:
                    continue
                lines = whole_lines(self._files, instance.path / name)
                for _, row in intact_rows(lines, decode_command, HEADER):
                    if row.cmd_id > status.last_settled and row.expires_ms > now_ms:
                        found.add(row.cmd_id)
        return sorted(found)

    def _undo(self, mql5: Path, replaced: dict[str, bytes | None], error: OSError) -> Trouble:
        for name, before in replaced.items():
            with suppress(OSError):
                self._put(mql5 / name, before)
        stuck = [name for name in replaced if self._read_or_none(mql5 / name) != replaced[name]]
        held = "is held by another program" if sharing_violation(error) else str(error.strerror)
        left = f" Not put back: {', '.join(stuck)}." if stuck else " Everything is as it was."
        return Trouble(
            "DEPLOY_FAILED",
            f"{error.filename}: {held}.{left}",
            "Close MetaEditor, look at free space and rights, then do it again.",
        )

    def _ours(self) -> dict[str, bytes]:
        """Path below MQL5 -> bytes, of everything that we bring."""
        places = [self._source / folder for folder in (*_OWN, _PRESETS)]
        paths = [path for place in places for path in place.rglob("*") if path.is_file()]
        return {path.relative_to(self._source).as_posix(): path.read_bytes() for path in paths}

    def _strangers(self, mql5: Path, ours: dict[str, bytes]) -> list[str]:
        """Sources in our own folders that this version does not have."""
        return [
            f"{folder}/{name}"
            for folder in _OWN
            for name in self._files.names(mql5 / folder)
            if name.endswith((".mqh", ".mq5")) and f"{folder}/{name}" not in ours
        ]

    def _compiled(self, mql5: Path) -> bool:
        program = self._files.stat(mql5 / f"{_EXPERT}.ex5")
        sources = [self._files.stat(mql5 / name) for name in self._ours() if "Presets" not in name]
        newest = max((one.mtime_ns for one in sources if one is not None), default=0)
        return program is not None and program.mtime_ns >= newest

    def _put(self, path: Path, data: bytes | None) -> None:
        if data is not None:
            self._write(path, data)
        elif self._files.stat(path) is not None:
            self._files.remove(path)

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._files.replace(path, data, durable=True)

    def _read(self, path: Path) -> bytes | None:
        if self._files.stat(path) is None:
            return None
        return self._files.read(path, 0, _LARGEST)

    def _read_or_none(self, path: Path) -> bytes | None:
        try:
            return self._read(path)
        except OSError:
            return None


def how_to_compile(terminal: TerminalFolder) -> str:
    """The step that only MetaEditor can do."""
    source = terminal.path.parent / f"{_EXPERT}.mq5"
    return (
        f'Now compile it: in MetaTrader 5 press F4, open "{source}" and press F7 until it says '
        "0 errors; an attached Expert Advisor starts again with the new version by itself. Then "
        "Algo Trading on, and look at the version that the panel shows. Until then the old "
        "version goes on working."
    )


def _identity(terminal: TerminalFolder) -> str:
    """The data folder's name: MetaTrader's own long id, or a portable terminal's folder."""
    return re.sub(r"[^\w.-]", "_", terminal.path.parent.parent.name) or "terminal"


def _order(name: str) -> tuple[int, str]:
    """What is included comes before what includes it."""
    return (0 if name.startswith("Include/") else 1, name)


def _version(settings: bytes | None) -> str:
    found = _VERSION.search(settings or b"")
    return found[1].decode("ascii") if found else ""


def _compare(installed: str, brought: str, same: bool) -> SourceState:
    if not installed:
        return SourceState.ABSENT
    there, here = (tuple(map(int, text.split("."))) for text in (installed, brought))
    if there != here:
        return SourceState.OLDER if there < here else SourceState.NEWER
    return SourceState.SAME if same else SourceState.EDITED
