"""Lays out runtime/: CPython for Windows beside its search path, and its standard library."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from installer.pins import NotHereError, RecipeError, Runtime
from installer.sources import sha256

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NOT_NEEDED = frozenset(
    (
        *("test", "tests", "idlelib", "turtledemo", "tkinter", "lib2to3", "ensurepip"),
        *("site-packages", "dist-packages", "__pycache__", "lib-dynload", "venv", "pydoc_data"),
    )
)


def lay_out(runtime: Runtime, source: Path, target: Path) -> None:
    """target: the runtime folder; it must not exist."""
    target.mkdir(parents=True)
    if runtime.url:
        _from_embeddable(runtime, source, target)
    else:
        _from_wheel(runtime, source, target)
        _pack_library(runtime, target / f"{runtime.stem}.zip")
    path = f"{runtime.stem}.zip\r\n.\r\n..\\app\r\n..\\lib\r\n"
    (target / f"{runtime.stem}._pth").write_bytes(path.encode("ascii"))


def find_python(minor: str) -> str:
    """A Python of this version, since byte code is of one version only."""
    if sys.version_info[:2] == tuple(map(int, minor.split("."))):
        return sys.executable
    found = shutil.which(f"python{minor}")
    if found and not subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode:
        return found
    raise NotHereError(f"a Python {minor} is needed to compile for this runtime: install one")


def compile_library(python: str, root: Path, folders: list[str], *, beside: bool = False) -> None:
    """Compile what lies below root; times and places of the build do not show.

    beside: x.pyc beside x.py, as a zip needs it, instead of in __pycache__.
    """
    command = [python, "-I", "-m", "compileall", "-q", "-f", "-j", "2", "-s", str(root)]
    command += ["--invalidation-mode", "unchecked-hash", *(["-b"] if beside else [])]
    places = [str(root / folder) for folder in folders]
    done = subprocess.run([*command, *places], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RecipeError(f"compiling failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _from_embeddable(runtime: Runtime, source: Path, target: Path) -> None:
    """Everything but the interpreters themselves: the launcher takes their place."""
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if "/" not in name and name.endswith((".dll", ".pyd", ".zip", ".txt")):
                (target / name).write_bytes(archive.read(name))
    if not (target / f"{runtime.stem}.dll").exists():
        raise RecipeError(f"{source.name} holds no {runtime.stem}.dll: it is another version")


def _from_wheel(runtime: Runtime, source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        by_name = {name.rpartition("/")[2]: name for name in archive.namelist()}
        for name, pinned in runtime.files.items():
            (target / name).write_bytes(archive.read(by_name[name]))
            if sha256(target / name) != pinned:
                raise RecipeError(f"{name} in {source.name} is not the pinned one")


def _pack_library(runtime: Runtime, target: Path) -> None:
    """The standard library of the Python that compiles, as one zip of byte code."""
    python = find_python(runtime.minor)
    ask = [python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
    library = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "library"
        shutil.copytree(library, copy, ignore=_only_sources)
        compile_library(python, copy, ["."], beside=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in sorted(copy.rglob("*.pyc")):
                entry = zipfile.ZipInfo(path.relative_to(copy).as_posix(), _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    licence = next((p for p in (library / "LICENSE.txt", library / "LICENSE") if p.exists()), None)
    if licence is not None:
        shutil.copyfile(licence, target.with_name("LICENSE.txt"))


def _only_sources(folder: str, names: list[str]) -> list[str]:
    """What copytree leaves out."""
    platform = sysconfig.get_platform().split("-")[0]
    return [
        name
        for name in names
        if name in _NOT_NEEDED
        or name.startswith(("config-", f"_sysconfigdata__{platform}"))
        or not (name.endswith(".py") or os.path.isdir(os.path.join(folder, name)))
    ] + [name for name in names if name == "LICENSE.txt"]
