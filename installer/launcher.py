"""Compiles the two launchers with mingw-w64: icon, version, manifest, the same bytes every time."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from installer.pins import HERE, NotHereError, RecipeError

PANEL, COMMAND_LINE = "SignalOS.exe", "signalos-desktop.exe"
# The same compiler; on Windows it bears no prefix.
_PREFIX = "" if os.name == "nt" else "x86_64-w64-mingw32-"
_SOURCES = HERE / "launcher"


def build_launchers(target: Path, python_dll: str, version: str) -> None:
    """Both launchers into target."""
    dll = f'-DPYTHON_DLL=L"{python_dll}"'
    source = _SOURCES / "launcher.c"
    compile_program(source, target / PANEL, version, dll, "-mwindows", "-DWITH_WINDOW")
    compile_program(source, target / COMMAND_LINE, version, dll, "-mconsole")


def compile_program(source: Path, target: Path, version: str, *options: str) -> None:
    """A 64-bit program with our icon, manifest and version."""
    with tempfile.TemporaryDirectory() as scratch:
        resource = Path(scratch) / "resource.o"
        _run(
            f"{_PREFIX}windres",
            f"-DNUMBERS={version_numbers(version).replace('.', ',')}",
            f'-DVERSION=\\"{version}\\"',
            f'-DFILE_NAME=\\"{target.name}\\"',
            f"-I{_SOURCES}",
            str(_SOURCES / "launcher.rc"),
            str(resource),
        )
        flags = ["-municode", "-O2", "-s", "-Wall", "-Wextra", "-Werror"]
        flags += ["-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--high-entropy-va,--nxcompat"]
        what = [str(source), str(resource), "-o", str(target)]
        _run(f"{_PREFIX}gcc", *flags, *options, *what, "-lshell32", "-lole32")


def version_numbers(version: str) -> str:
    """Windows wants four numbers: 1.2.3 is 1.2.3.0, and a pre-release is its release."""
    numbers = re.match(r"\d+(?:\.\d+)*", version)
    if not numbers:
        raise RecipeError(f"the version {version!r} does not begin with numbers")
    return ".".join([*numbers[0].split("."), "0", "0", "0"][:4])


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NotHereError(
            f"{command[0]} is missing. On Debian: apt-get install gcc-mingw-w64-x86-64"
        ) from None
    if done.returncode:
        raise RecipeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
