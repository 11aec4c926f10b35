"""Compares an installation with the list of files that its setup has written."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FORMAT = 1
_LARGEST = 16 << 20
# Where a file that nobody listed could be loaded as if it were ours.
_CLOSED = ("app", "lib", "runtime")


class ManifestDamagedError(Exception):
    """The list cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """files: path with slashes -> SHA-256 in hex."""

    version: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Differences:
    """Paths below the installation's folder."""

    missing: tuple[str, ...]
    altered: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.altered or self.added)


def read_manifest(path: Path) -> Manifest:
    """Raises ManifestDamagedError for whatever setup cannot have written."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
        files = dict(said["files"])
        whole = said["format"] == _FORMAT and files and all(map(_is_entry, files.items()))
        version = str(said["version"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise ManifestDamagedError(f"{path} cannot be read: {error}") from None
    if not whole:
        raise ManifestDamagedError(f"{path} is no list of files and hashes")
    return Manifest(version, files)


def compare(root: Path, manifest: Manifest) -> Differences:
    """Reads every listed file: some hundred megabytes."""
    missing, altered = [], []
    for name, listed in manifest.files.items():
        try:
            with (root / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            missing.append(name)
            continue
        if found != listed:
            altered.append(name)
    added = sorted(set(_lying_there(root)) - set(manifest.files))
    return Differences(tuple(sorted(missing)), tuple(sorted(altered)), tuple(added))


def _lying_there(root: Path) -> Iterator[str]:
    for folder in _CLOSED:
        for path in (root / folder).rglob("*"):
            if path.is_file():
                yield path.relative_to(root).as_posix()


def _is_entry(entry: tuple[object, object]) -> bool:
    name, digest = entry
    if not isinstance(name, str) or not isinstance(digest, str):
        return False
    inside = ".." not in name.split("/") and not name.startswith("/") and ":" not in name
    return inside and "\\" not in name and len(digest) == 64
