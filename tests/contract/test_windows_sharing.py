"""Real Win32 handles, under Wine: the sharing rules that the bridge's tests go by are these."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installer.wine import COMPILER, Wine
from tests.unit.adapters.mt5_files.sharing import SharingError, SharingFiles

pytestmark = pytest.mark.skipif(
    shutil.which(COMPILER) is None or shutil.which("wine") is None,
    reason="no Wine or no compiler for Windows: apt-get install wine gcc-mingw-w64-x86-64",
)
SOURCE = Path(__file__).parent / "programs" / "sharing.c"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], int]:
    """Win32 error by how the file is held and what is tried; 0 = allowed."""
    wine = Wine(tmp_path_factory.mktemp("wine"))
    program = wine.prefix / "drive_c" / "sharing.exe"
    subprocess.run([COMPILER, "-O2", "-Wall", "-Werror", SOURCE, "-o", program], check=True)
    try:
        said = wine.run(program).stdout.splitlines()
    finally:
        wine.end_session()
    rows = [line.split() for line in said if line.count(" ") == 2]
    return {(held, what): int(code) for held, what, code in rows if code.isdigit()}


def refused(action: Callable[[], object]) -> int:
    try:
        action()
    except SharingError as error:
        return error.code
    return 0


@pytest.mark.parametrize("held", ["none", "read", "read_write"])
def test_the_stand_in_refuses_what_windows_refuses(
    measured: dict[tuple[str, str], int], tmp_path: Path, held: str
) -> None:
    files, path = SharingFiles(), tmp_path / "shared.csv"
    tries: dict[str, Callable[[], object]] = {
        "read": lambda: files.read(path, 0, 10),
        "append": lambda: files.append(path, b"x", None),
        "overwrite": lambda: files.overwrite(path, b"x"),
        "replace": lambda: files.replace(path, b"x"),
        "rename_new": lambda: files.rename_new(path, tmp_path / "aside.csv"),
        "remove": lambda: files.remove(path),
    }
    for what, action in tries.items():
        path.write_bytes(b"")
        files.held = {path: held}
        assert refused(action) == measured[held, what], what


def test_what_the_ea_meets_while_the_app_holds_a_file(
    measured: dict[tuple[str, str], int],
) -> None:
    """Why the EA shares reading and writing, and tries a move again on the next timer."""
    assert measured["app", "ea_alone"] == 32
    assert measured["app", "ea_shared"] == 0
    assert measured["app", "ea_move"] in (5, 32)
