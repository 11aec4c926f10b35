"""The recipe's declarations: which Python, which wheels by hash, what of them is kept."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
_PIN = re.compile(
    r"^([a-z0-9-]+)==([^ \\]+)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


class RecipeError(Exception):
    """The build cannot go on; the text says what is missing and what to do."""


class NotHereError(RecipeError):
    """Something that lies outside of the project cannot be had: a download, a Python, a program."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """url: of the embeddable zip, or empty; wheel and files: the stand-in of the tests."""

    name: str
    python: str
    lock: str
    sha256: str
    url: str = ""
    wheel: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def minor(self) -> str:
        """As in python3.11."""
        return self.python.rpartition(".")[0]

    @property
    def stem(self) -> str:
        """As in python311.dll."""
        return f"python{self.minor.replace('.', '')}"


@dataclass(frozen=True, slots=True)
class Pin:
    name: str
    version: str
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Keep:
    """qt_python, drop: patterns of paths in the wheels."""

    qt_modules: tuple[str, ...]
    qt_plugins: tuple[str, ...]
    qt_python: tuple[str, ...]
    drop: tuple[str, ...]


def read_runtime(name: str) -> Runtime:
    known = tomllib.loads((HERE / "runtimes.toml").read_text("utf-8"))
    return Runtime(name, **known[name])


def read_keep() -> Keep:
    known = tomllib.loads((HERE / "keep.toml").read_text("utf-8"))
    qt, drop = known["qt"], known["drop"]
    parts = (qt["modules"], qt["plugins"], qt["python"], drop["files"])
    modules, plugins, python, dropped = map(tuple, parts)
    return Keep(modules, plugins, python, dropped)


def read_windows() -> frozenset[str]:
    """Names of the libraries that are part of Windows."""
    known = tomllib.loads((HERE / "keep.toml").read_text("utf-8"))
    return frozenset(known["windows"]["libraries"])


def read_lock(path: Path) -> list[Pin]:
    """Every line must be a pin with its hashes: anything else would slip in unchecked."""
    text = path.read_text("utf-8")
    pins = [
        Pin(name, version, frozenset(re.findall(r"[0-9a-f]{64}", hashes)))
        for name, version, hashes in _PIN.findall(text)
    ]
    if len(pins) != sum(not line.startswith(" ") for line in text.splitlines()):
        raise RecipeError(f"{path} holds lines that are no pins: make it with python3 dev.py lock")
    return pins
