"""Makes the setup program from a staged tree with NSIS."""

import os
import subprocess
from pathlib import Path

from installer.launcher import version_numbers
from installer.papers import MANIFEST
from installer.pins import HERE, NotHereError, RecipeError
from installer.signing import configured, sign
from installer.stage import build_moment

UNINSTALLER = "uninstall.exe"
# Wine without its 32-bit half runs no other; NSIS for Windows brings no other.
_TARGET = "x86-unicode" if os.name == "nt" else "amd64-unicode"


def build_setup(
    stage: Path, out: Path, version: str, *, fast: bool = False, need_kb: int = 0
) -> None:
    """fast: larger and quickly made. need_kb: space asked for, if not that of the tree."""
    scratch = stage.parent
    files, entries = scratch / "files.nsh", scratch / "entries.nsh"
    files.write_text(file_lines(stage), "utf-8", newline="\n")
    entries.write_text(entry_lines(stage), "utf-8", newline="\n")
    out.parent.mkdir(parents=True, exist_ok=True)
    defines = {
        "TARGET": _TARGET,
        "VERSION": version,
        "NUMBERS": version_numbers(version),
        "OUT": out,
        "ICON": HERE / "launcher" / "signalos.ico",
        "SIDE": HERE / "launcher" / "side.bmp",
        "SIZE_KB": need_kb or size_kb(stage),
        "FILES": files,
        "ENTRIES": entries,
    }
    if fast:
        defines["FAST"] = "1"
    if command := configured():
        defines["SIGN_UNINSTALLER"] = command.replace("{file}", '"%1"')
    words = ["-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8"]
    words += [f"-D{name}={value}" for name, value in defines.items()]
    _makensis([*words, str(HERE / "signalos.nsi")])
    sign(out)


def file_lines(stage: Path) -> str:
    """Every file by name, sorted: the order of a folder is not the same on two machines."""
    lines, current = [], None
    for path in sorted(path for path in stage.rglob("*") if path.is_file()):
        folder = str(path.parent.relative_to(stage)).replace("/", "\\")
        if folder != current:
            below = "" if folder == "." else f"\\{folder}"
            lines.append(f'SetOutPath "$INSTDIR\\setup.new{_quoted(below)}"')
            current = folder
        lines.append(f'File "{_quoted(str(path))}"')
    return "\n".join([*lines, ""])


def entry_lines(stage: Path) -> str:
    """The macro that does something with every entry of the tree; the manifest comes last."""
    names = sorted({path.name for path in stage.iterdir()} - {MANIFEST})
    uses = [f'    !insertmacro ${{DO}} "{name}"' for name in [*names, UNINSTALLER, MANIFEST]]
    return "\n".join(["!macro EachEntry DO", *uses, "!macroend", ""])


def size_kb(stage: Path) -> int:
    return sum(path.stat().st_size for path in stage.rglob("*") if path.is_file()) // 1024 + 1


def _quoted(text: str) -> str:
    return text.replace("$", "$$")


def _makensis(words: list[str]) -> None:
    # NSIS stamps its own files with it.
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(build_moment())}
    try:
        done = subprocess.run(
            ["makensis", *words], env=env, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise NotHereError("makensis is missing. On Debian: apt-get install nsis") from None
    if done.returncode:
        raise RecipeError(f"makensis failed:\n{(done.stdout + done.stderr)[-3000:]}")
