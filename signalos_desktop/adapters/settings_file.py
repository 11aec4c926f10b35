"""The settings on disk, in two slots: the file people see, and the last good one behind it."""

import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from signalos_desktop.engine.setting_kinds import SettingInvalidError, SettingValue
from signalos_desktop.engine.settings import Settings

VERSION = 1
_LARGEST = 1 << 20
# A virus scanner or an indexer holds a file for moments; everything else is a real refusal.
_PASSING = (5, 32, 33)
_PAUSES_S = (0.0, 0.01, 0.02, 0.04, 0.08)


class SettingsNotSavedError(Exception):
    """The settings could not be written; the old ones stay in force. The text says what to do."""


class _BadFileError(Exception):
    """The file cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """problems: what was wrong, for people; not empty = start PAUSED (config-invalid)."""

    settings: Settings
    problems: tuple[str, ...] = ()


class SettingsFile:
    """settings.json and settings.last-good.json in a folder. Every method blocks."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "settings.json"
        self.last_good = folder / "settings.last-good.json"
        self.put_aside = folder / "settings.rejected.json"

    def load(self) -> LoadedSettings:
        """What is in force. Never raises for what is in the files."""
        if not _there(self.path) and not _there(self.last_good):
            return LoadedSettings(Settings())
        try:
            return LoadedSettings(_read(self.path))
        except _BadFileError as bad:
            problem = f"CONFIG_INVALID: {self.path}: {bad}"
        try:
            settings = _read(self.last_good)
        except _BadFileError as bad:
            second = f"CONFIG_INVALID: {self.last_good}: {bad}"
            return LoadedSettings(
                Settings(), (f"{problem}. The defaults are in force", second, _NEXT_STEP)
            )
        return LoadedSettings(settings, (f"{problem}. The last good ones are in force", _NEXT_STEP))

    def save(self, settings: Settings) -> None:
        """Write both slots, each whole or not at all; a file that was refused is put aside."""
        self._keep_refused()
        self._write((self.path, self.last_good), _print(settings.explicit))

    def remember(self, settings: Settings) -> None:
        """Make settings that were loaded without a problem the last good ones.

        Without a file there is nothing to remember: a copy alone means that the file was lost.
        """
        if not _there(self.path):
            return
        content = _print(settings.explicit)
        with suppress(OSError):
            if self.last_good.read_bytes() == content:
                return
        self._write((self.last_good,), content)

    def _write(self, slots: tuple[Path, ...], content: bytes) -> None:
        try:
            for slot in slots:
                _replace(slot, content)
        except OSError as error:
            raise SettingsNotSavedError(
                f"{slots[0]} cannot be written ({error}): the old settings stay in force. "
                "Check free disk space and write access to the folder"
            ) from error

    def _keep_refused(self) -> None:
        if not _there(self.path):
            return
        try:
            _read(self.path)
        except _BadFileError:
            with suppress(OSError):
                _patiently(lambda: os.replace(self.path, self.put_aside))


_NEXT_STEP = "Mend the file, or set any setting: what was refused is kept as settings.rejected.json"


def _there(path: Path) -> bool:
    return os.path.lexists(path)


def _read(path: Path) -> Settings:
    content = _content(path)
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise _BadFileError("begins with a byte order mark: save it as UTF-8 without one")
    try:
        document = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_without_twins,
            parse_float=Decimal,
            parse_constant=_no_constant,
        )
        return Settings.from_stored(_values(document))
    except UnicodeDecodeError as error:
        raise _BadFileError(f"is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise _BadFileError(
            f"is no JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
    except RecursionError:
        raise _BadFileError("is nested too deeply") from None
    except SettingInvalidError as error:
        raise _BadFileError(error.text) from error
    except ValueError as error:
        raise _BadFileError(f"holds no number Python can read ({error})") from error


def _content(path: Path) -> bytes:
    try:
        kind = os.lstat(path)
        if stat.S_ISLNK(kind.st_mode):
            raise _BadFileError("is a link: put the file itself there")
        if not stat.S_ISREG(kind.st_mode):
            raise _BadFileError("is no file")
        if kind.st_size > _LARGEST:
            raise _BadFileError(f"has {kind.st_size} bytes, allowed {_LARGEST}")
        return path.read_bytes()
    except OSError as error:
        raise _BadFileError(f"cannot be read ({error.strerror})") from error


def _values(document: object) -> Mapping[str, object]:
    if not isinstance(document, dict) or set(document) != {"version", "values"}:
        raise _BadFileError('is not of the form {"version": 1, "values": {...}}')
    version, values = document["version"], document["values"]
    if type(version) is not int or version != VERSION:
        raise _BadFileError(f"version = {str(version)[:20]}, this program knows {VERSION}")
    if not isinstance(values, dict):
        raise _BadFileError("values is no object")
    return values


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _BadFileError(f"{key[:80]} stands there twice")
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise _BadFileError(f"{name} is no number")


def _print(values: dict[str, SettingValue]) -> bytes:
    document = {"version": VERSION, "values": dict(sorted(values.items()))}
    encoder = msgspec.json.Encoder(decimal_format="number")
    return msgspec.json.format(encoder.encode(document), indent=2) + b"\n"


def _replace(path: Path, content: bytes) -> None:
    """Put content in the place of path: whole on the disk, or not at all."""
    handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _patiently(lambda: os.replace(temporary, path))
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(path.parent)


def _patiently(act: Callable[[], None]) -> None:
    for pause in _PAUSES_S:
        try:
            return act()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _PASSING:
                raise
            time.sleep(pause)
    return act()


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where a folder can be opened for that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
