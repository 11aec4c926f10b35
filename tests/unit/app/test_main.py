"""The command line's contract: one-line errors, exit codes, data folders, a light start."""

import subprocess
import sys
from pathlib import Path

import pytest

from signalos_desktop import __version__
from signalos_desktop.app.arguments import VERBS
from tests.unit.app.program import ROOT, one_line_error, program


def test_the_version() -> None:
    done = program("--version")
    assert (done.returncode, done.stdout) == (0, f"signalos-desktop {__version__}\n")


def test_help_names_every_verb_and_loads_none() -> None:
    done = program("--help")
    assert done.returncode == 0
    assert all(verb.name in done.stdout for verb in VERBS)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["bogus"], "bogus"),
        (["--bogus"], "--bogus"),
        (["journal", "--bogus"], "--bogus"),
        (["journal", "--js"], "--js"),
        (["journal", "two\nlines"], "two lines"),
        (["--data-dir"], "--data-dir"),
        (["settings"], "do"),
        (["settings", "drop"], "drop"),
        (["settings", "set", "risk.percent"], "KEY VALUE"),
        (["settings", "get"], "KEY"),
        (["settings", "list", "risk.percent"], "list"),
        (["settings", "get", "nope"], "nope"),
        (["settings", "set", "risk.percent", "200"], "risk.percent = 200, allowed 0.01-5"),
        (["--demo", "journal"], "--demo"),
    ],
)
def test_what_is_not_understood_is_one_line_and_exit_code_2(
    tmp_path: Path, arguments: list[str], named: str
) -> None:
    done = program(*arguments, SIGNALOS_HOME=str(tmp_path))
    assert named in one_line_error(done, 2)


def test_the_data_folder_stands_before_or_after_the_verb(tmp_path: Path) -> None:
    one, two = tmp_path / "one ä", tmp_path / "two"
    assert program("--data-dir", one, "settings", "set", "magic", "11").returncode == 0
    assert program("settings", "set", "magic", "22", "--data-dir", two).returncode == 0
    assert program("settings", "get", "magic", SIGNALOS_HOME=str(one)).stdout == "11\n"
    assert program(
        "settings", "get", "magic", f"--data-dir={two}", SIGNALOS_HOME=str(one)
    ).stdout == ("22\n")


def test_without_any_the_users_own_folder_is_taken(tmp_path: Path) -> None:
    done = program("settings", "set", "magic", "33", HOME=str(tmp_path), XDG_DATA_HOME="")
    assert done.returncode == 0
    (settings,) = tmp_path.rglob("settings.json")
    assert settings.parent.name == "live"


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "signalos_desktop", "settings", "list", "--data-dir", tmp_path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


HEAVY = ("asyncio", "sqlite3", "PySide6", "numpy", "httpx", "keyring", "filelock")


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [(["--help"], ()), (["parse"], ()), (["settings", "get", "magic"], ())],
)
def test_a_verb_loads_only_what_it_needs(
    tmp_path: Path, arguments: list[str], allowed: tuple[str, ...]
) -> None:
    probe = (
        "import sys\n"
        "from signalos_desktop.app.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, "--data-dir", tmp_path, *arguments],
        cwd=ROOT,
        input="",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.split()) == (0, list(allowed))
