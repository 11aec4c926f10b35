"""One Wine for all tests of the installer; without it they are skipped and say why.

`dev.py installer --check` has built before it runs them: then nothing may be skipped, and what
takes longer than it may is a failure.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from installer.figures import Verdict, busy, judge
from installer.launcher import compile_program
from installer.nsis import build_setup
from installer.papers import write_manifest
from installer.pins import NotHereError, Runtime
from installer.recipe import BUILT_ALREADY, OLDER, Built, build, built_in
from installer.stage import set_times
from tests.installer.wine import PROGRAMS, Wine, compile_c, missing_packages

TINY = Runtime("tiny", "3.11.0", "", "")
CHECKING = BUILT_ALREADY in os.environ
FIGURES = pytest.StashKey[list[str]]()

# What it was, and the seconds that it may take.
Timed = Callable[[str, float], AbstractContextManager[None]]


def cannot_run(reason: str) -> NoReturn:
    if CHECKING:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def timed(pytestconfig: pytest.Config) -> Timed:
    """timed(what, most): a figure, in seconds, that is told at the end."""

    @contextmanager
    def measure(what: str, most: float) -> Iterator[None]:
        began = time.monotonic()
        yield
        verdict, line = judge(what, time.monotonic() - began, most, busy())
        pytestconfig.stash.setdefault(FIGURES, []).append(f"{verdict:4} {line}")
        assert verdict is not Verdict.FAILED or not CHECKING, line

    return measure


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    if missing := missing_packages():
        cannot_run(f"not here and not installable: {', '.join(missing)}")
    wine = Wine(tmp_path_factory.mktemp("wine"))
    yield wine
    wine.end_session()


@pytest.fixture(scope="session")
def holder(wine: Wine) -> Path:
    """A program that holds a file open, or just runs, until its input ends."""
    return compile_c("hold.c", wine.prefix / "drive_c" / "hold.exe", "-municode")


class TinySetups:
    """Setup programs of the real script around a handful of files, made in a second each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, int, str], Path] = {}

    def make(self, version: str = "1.0.0", need_kb: int = 0, extra: str = "") -> Path:
        """extra: a large file in lib that other versions do not have."""
        key = (version, need_kb, extra)
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, version: str, need_kb: int, extra: str) -> Path:
        folder = self._folder / f"{version}-{need_kb}-{extra or 'plain'}"
        stage = folder / "stage"
        for place in ("app/signalos_desktop", "lib/part", "runtime", "licenses"):
            (stage / place).mkdir(parents=True)
            (stage / place / "file.txt").write_text(f"{place} of {version}\n")
        if extra:
            (stage / "lib" / extra).write_text("only here\n" * 100_000)
        for name in ("SignalOS.exe", "signalos-desktop.exe"):
            compile_program(PROGRAMS / "hold.c", stage / name, version)
        write_manifest(stage, version, TINY)
        set_times(stage)
        setup = folder / "SignalOS-Setup-tiny.exe"
        build_setup(stage, setup, version, fast=True, need_kb=need_kb)
        return setup


@pytest.fixture(scope="session")
def setups(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> TinySetups:
    return TinySetups(tmp_path_factory.mktemp("setups"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole program: what `dev.py installer --check` has just built, else a quick build."""
    if missing := missing_packages():
        cannot_run(f"not here and not installable: {', '.join(missing)}")
    if folder := os.environ.get(BUILT_ALREADY):
        return built_in(Path(folder))
    try:
        return build("registry", tmp_path_factory.mktemp("build"), fast=True)
    except NotHereError as error:
        pytest.skip(str(error).splitlines()[0])


@pytest.fixture(scope="session")
def older() -> Built:
    """The whole program as an older version, which takes a build of its own."""
    if not CHECKING:
        pytest.skip("an older build belongs to `python3 dev.py installer --check`")
    return built_in(Path(os.environ[BUILT_ALREADY]) / OLDER)


def start_holding(wine: Wine, holder: Path, *words: str) -> "subprocess.Popen[bytes]":
    """Returns as soon as the file is held."""
    process = wine.start(holder, *words)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"holding"
    return process


def end(process: "subprocess.Popen[bytes]") -> None:
    process.communicate(timeout=60)
