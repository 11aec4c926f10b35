"""The whole program, installed under Wine: it trades on a simulated terminal and goes again."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from installer import closure
from installer.papers import PARTS
from installer.recipe import LARGEST_INSTALLED_MB, Built
from tests.installer.conftest import Timed, end, start_holding
from tests.installer.wine import PICTURES, PROGRAMS, UNINSTALL_KEY, Wine, compile_c, gone

GOLD = "BUY GOLD NOW SL 2350 TP 2500"
# Seconds that these may take on two cores.
INSTALLATION, UPGRADE, SELF_TEST = 15, 15, 10


@pytest.fixture(scope="module")
def installed(wine: Wine, built: Built, timed: Timed) -> Iterator[Path]:
    with timed("silent installation", INSTALLATION):
        done = wine.run(built.setup, "/S")
    assert done.returncode == 0, wine.setup_log()
    yield wine.programs
    shutil.rmtree(wine.programs, ignore_errors=True)


@pytest.fixture(scope="module")
def python(wine: Wine, installed: Path) -> list[str]:
    """Words that run a script with the interpreter and the libraries of the installation."""
    program = compile_c("python.c", wine.prefix / "drive_c" / "python.exe", "-municode")
    library = next((installed / "runtime").glob("python3??.dll"))
    return [str(program), wine.windows_path(library), "-I", "-X", "utf8"]


def run_script(wine: Wine, python: list[str], script: str, *words: str) -> str:
    done = wine.run(*python, wine.windows_path(PROGRAMS / script), *words)
    assert done.returncode == 0, done.stdout
    return done.stdout


def json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_nothing_that_is_imported_is_missing_and_the_sizes_are_kept(built: Built) -> None:
    assert closure.problems(built.stage) == []
    assert built.installed_mb <= LARGEST_INSTALLED_MB


def test_every_part_is_listed_and_brings_its_licence(built: Built) -> None:
    listed = json.loads((built.stage / PARTS).read_text("utf-8"))["components"]
    papers = sorted((built.stage / "lib").glob("*.dist-info"))
    names = [re.findall("^Name: (.+)$", (p / "METADATA").read_text("utf-8"), re.M) for p in papers]
    shipped = {re.sub("[._-]+", "-", name[0]).lower() for name in names}
    assert {part["name"] for part in listed} == shipped | {"python"}
    assert all(part["licenses"][0]["license"]["name"] for part in listed)
    licences = built.stage / "licenses"
    assert [p.name for p in papers if not list(licences.glob(f"{p.stem}/**/*"))] == []
    assert (licences / "Python.txt").stat().st_size > 10_000


def test_the_static_check_finds_a_library_that_is_gone(built: Built, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(built.stage / "lib" / "shiboken6", tree / "lib" / "shiboken6")
    shutil.copytree(built.stage / "runtime", tree / "runtime")
    assert closure.problems(tree) == []
    (tree / "lib" / "shiboken6" / "msvcp140.dll").unlink()
    assert closure.problems(tree) == []
    (tree / "runtime" / "msvcp140.dll").unlink()
    assert any("msvcp140.dll" in problem.lower() for problem in closure.problems(tree))


def test_the_panel_fires_and_stops_on_a_terminal_of_its_own(
    wine: Wine, installed: Path, timed: Timed
) -> None:
    picture = wine.prefix / "drive_c" / "panel.png"
    words = ("self-test", "--picture", wine.windows_path(picture))
    with timed("self-test from start to end", SELF_TEST):
        done = wine.run(installed / "SignalOS.exe", *words)
    assert done.returncode == 0, done.stdout
    steps = [step["step"] for step in json_lines(done.stdout)]
    assert steps[-3:] == ["picture", "stopped flat", "closed"]
    assert picture.stat().st_size > 10_000
    if folder := os.environ.get(PICTURES):
        shutil.copyfile(picture, Path(folder) / "4-panel.png")


def doctor_says(wine: Wine, installed: Path) -> dict[str, Any]:
    """Its finding about the installation's files."""
    done = wine.run(installed / "signalos-desktop.exe", "doctor", "--json")
    [found] = [row for row in json_lines(done.stdout) if row["check"] == "installation"]
    return found


def test_the_doctor_checks_the_installation(wine: Wine, installed: Path) -> None:
    found = doctor_says(wine, installed)
    assert found["ok"], found
    planted = installed / "runtime" / "planted.dll"
    planted.write_bytes(b"planted")
    try:
        found = doctor_says(wine, installed)
    finally:
        planted.unlink()
    assert not found["ok"]
    assert "runtime/planted.dll" in found["text"]


def test_the_doctor_finds_a_damaged_list_and_setup_mends_it(
    wine: Wine, installed: Path, built: Built
) -> None:
    whole = (installed / "manifest.json").read_bytes()
    (installed / "manifest.json").write_bytes(whole[:5000])
    found = doctor_says(wine, installed)
    assert not found["ok"]
    assert "manifest.json" in found["text"]
    assert "SignalOS-Setup.exe" in found["next_step"]
    assert wine.run(built.setup, "/S").returncode == 0, wine.setup_log()
    assert (installed / "manifest.json").read_bytes() == whole


def test_every_module_finds_what_it_imports(wine: Wine, python: list[str]) -> None:
    said = run_script(wine, python, "every_module.py")
    assert said.splitlines()[-1].endswith(" modules, 0 failed"), said


def test_the_token_of_a_picture_is_read(wine: Wine, python: list[str]) -> None:
    assert run_script(wine, python, "qr.py", "eyJ0.eyJ1.c2ln") == "eyJ0.eyJ1.c2ln"


def test_demo_without_a_window_in_an_odd_folder(wine: Wine, installed: Path) -> None:
    data = wine.windows_path(wine.prefix / "drive_c" / "Дом and blanks")
    words = ("run", "--headless", "--demo", "--data-dir", data)
    process = wine.start(installed / "signalos-desktop.exe", *words)
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, stdout = process.stdin, process.stdout

    def send(**request: object) -> None:
        stdin.write(json.dumps(request).encode() + b"\n")
        stdin.flush()

    def wait_for(name: str, **fields: object) -> dict[str, Any]:
        for line in stdout:
            event = json.loads(line)
            if event["event"] == name and fields.items() <= event.items():
                return event
        raise AssertionError(f"ended before {name} {fields}")

    wait_for("state", state="RUNNING")
    send(do="submit", text=GOLD, ref="s")
    signal = wait_for("answer", ref="s")["signal"]
    send(do="fire", signal=signal, ref="f")
    assert wait_for("receipt")["status"] == "FILLED"
    wait_for("position", change="opened")
    send(do="stop")
    assert wait_for("state", state="STOPPED_FLAT")["open_positions"] == 0
    process.communicate(b'{"do": "quit"}\n', timeout=60)
    assert process.returncode == 0


def test_secrets_live_in_the_credential_manager(wine: Wine, python: list[str]) -> None:
    secret = "Schlüssel-ключ-鍵-" + "x" * 900
    run_script(wine, python, "vault.py", "put", secret)
    assert run_script(wine, python, "vault.py", "get") == secret
    run_script(wine, python, "vault.py", "delete")
    assert run_script(wine, python, "vault.py", "get") == "None"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        # As MetaTrader opens what both sides write: shared for reading and writing.
        ("3", "read=done append=done replace=busy remove=busy"),
        # As it opens what it writes alone.
        ("1", "read=done append=busy replace=busy remove=busy"),
        ("0", "read=busy append=busy replace=busy remove=busy"),
    ],
)
def test_the_bridge_and_files_that_a_terminal_holds(
    wine: Wine, python: list[str], holder: Path, share: str, expected: str
) -> None:
    path = wine.prefix / "drive_c" / "commands.csv"
    path.write_bytes(b"row\n")
    terminal = start_holding(wine, holder, wine.windows_path(path), share)
    try:
        said = run_script(wine, python, "bridge_files.py", wine.windows_path(path))
    finally:
        end(terminal)
    assert " ".join(said.split()) == expected


def test_setup_leaves_a_running_demo_alone(wine: Wine, installed: Path, built: Built) -> None:
    folder = wine.windows_path(wine.prefix / "drive_c" / "demo")
    words = ("run", "--headless", "--demo", "--data-dir", folder)
    demo = wine.start(installed / "signalos-desktop.exe", *words)
    assert demo.stdout is not None
    assert demo.stdout.readline()
    try:
        assert wine.run(built.setup, "/S").returncode == 3
        assert "running" in wine.setup_log()
    finally:
        demo.communicate(b'{"do": "quit"}\n', timeout=60)
    assert demo.returncode == 0


def test_it_goes_again_and_leaves_the_data(wine: Wine, installed: Path, built: Built) -> None:
    journal = wine.local_data / "SignalOS Desktop" / "live" / "journal.sqlite3"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(b"the user's own")
    assert wine.run(built.setup, "/S").returncode == 0, wine.setup_log()
    assert wine.run(installed / "uninstall.exe", "/S").returncode == 0
    assert gone(installed)
    assert gone(wine.menu)
    assert journal.read_bytes() == b"the user's own"


def test_an_older_version_is_upgraded_and_not_put_back(
    wine: Wine, older: Built, built: Built, timed: Timed
) -> None:
    program = wine.programs / "signalos-desktop.exe"
    assert wine.run(older.setup, "/S").returncode == 0, wine.setup_log()
    assert wine.run(program, "--version").stdout.split()[-1] == older.version
    assert wine.run(program, "settings", "set", "updates.check", "false").returncode == 0
    (wine.programs / "lib" / "stale.py").write_bytes(b"")

    with timed("upgrade", UPGRADE):
        done = wine.run(built.setup, "/S")
    assert done.returncode == 0, wine.setup_log()
    assert wine.run(program, "--version").stdout.split()[-1] == built.version
    assert built.version in wine.run("reg", "query", UNINSTALL_KEY).stdout
    assert wine.run(program, "settings", "get", "updates.check").stdout.split()[-1] == "false"
    found = doctor_says(wine, wine.programs)
    assert found["ok"], found

    assert wine.run(older.setup, "/S").returncode == 4
    assert wine.run(program, "--version").stdout.split()[-1] == built.version
    assert wine.run(wine.programs / "uninstall.exe", "/S").returncode == 0
    assert gone(wine.programs)


def test_a_damaged_installation_says_so(wine: Wine, built: Built, tmp_path: Path) -> None:
    for name in ("SignalOS.exe", "signalos-desktop.exe"):
        shutil.copy(built.stage / name, tmp_path)
        done: subprocess.CompletedProcess[str] = wine.run(tmp_path / name)
        assert done.returncode == 102
        assert "Run SignalOS-Setup.exe again" in done.stdout
