"""Rules of the house that no other tool checks: sizes, what loads Qt, locks, documents."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dev import TASKS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("signalos_desktop", "tests", "installer", "ea", "resources")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def files(pattern: str) -> list[Path]:
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob(pattern)]


@pytest.mark.parametrize(("pattern", "cap"), [("*.py", 400), ("*.mq5", 150)])
def test_no_file_is_longer_than_its_cap(pattern: str, cap: int) -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in [*files(pattern), *ROOT.glob(pattern)]
    }

    assert {name: length for name, length in lengths.items() if length > cap} == {}


def test_only_the_panel_loads_qt() -> None:
    package = ROOT / "signalos_desktop"
    parts = ("gui", "panel", "panel_pages", "ea_copies", "first_run", "qt_loop")
    names = [f"app/{name}.py" for name in parts]
    names.append("__main__.py")
    panel = {package / name for name in names}
    panel |= set((package / "ui").rglob("*.py"))
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(set(package.rglob("*.py")) - panel)
    ]
    probe = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "qt = {'PySide6', 'shiboken6', 'pyqtgraph', 'qasync'}\n"
        "print(*sorted(name for name in sys.modules if name.partition('.')[0] in qt))\n"
    )

    done = python("-c", probe, *modules)

    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")


def pins(lock: str) -> set[tuple[str, str]]:
    """Name and version of every line of a lock; one name may have a version for each Python."""
    return set(re.findall(r"^([^ =]+)==([^ ]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(lock: str) -> None:
    pin = r"[a-z0-9-]+==[0-9][\w.]*( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n"

    assert re.fullmatch(rf"({pin})+", (ROOT / lock).read_text("utf-8"))


def test_what_runs_is_what_is_tested() -> None:
    runtime, dev = map(pins, LOCKS)

    assert runtime - dev == set()


@pytest.mark.parametrize(("lock", "table"), [(LOCKS[0], None), (LOCKS[1], "dev")])
def test_the_lock_covers_what_the_project_asks_for(lock: str, table: str | None) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["optional-dependencies"][table] if table else project["dependencies"]
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in asked}

    assert names - {name for name, _ in pins(lock)} == set()


def test_documents_name_only_tasks_that_exist() -> None:
    named = {
        (document.name, task)
        for document in ROOT.glob("*.md")
        for task in re.findall(r"dev\.py ([a-z]+)", document.read_text("utf-8"))
    }

    assert {(document, task) for document, task in named if task not in TASKS} == set()


def test_an_unknown_task_is_refused_in_one_line() -> None:
    done = python("dev.py", "tset")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("mark", "level", "exit_code"),
    [("", "warning", 1), ("", "info", 0), ("@pytest.mark.expects_warning", "warning", 0)],
)
def test_an_unexpected_warning_fails_a_test(
    tmp_path: Path, mark: str, level: str, exit_code: int
) -> None:
    (tmp_path / "test_log.py").write_text(
        f"import logging\nimport pytest\n\n\n{mark}\ndef test_it() -> None:\n"
        f"    logging.getLogger('signalos_desktop.engine').{level}('odd')\n"
    )
    options = ["-p", "no:pytest-qt", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    options += ["-c", "pyproject.toml", "--rootdir", str(tmp_path)]

    done = python("-m", "pytest", *options, tmp_path)

    assert done.returncode == exit_code
