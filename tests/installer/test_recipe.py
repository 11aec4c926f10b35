"""The recipe without Wine: locks, keep list, static check, papers, launcher, the script itself."""

import hashlib
import json
import re
import shutil
import struct
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from installer import closure
from installer.figures import Verdict, judge
from installer.icon import SIZES, pack
from installer.keep import is_kept, unpack
from installer.launcher import version_numbers
from installer.nsis import entry_lines, file_lines
from installer.papers import licence_of, parts_list, write_manifest
from installer.pe import NoImageError, read_image
from installer.pins import HERE, RecipeError, Runtime, read_keep, read_lock, read_runtime
from installer.runtime import lay_out
from installer.sources import Sources
from installer.stage import PROJECT, project_version
from signalos_desktop import __version__
from signalos_desktop.adapters.manifest import compare, read_manifest
from tests.installer.conftest import TinySetups, cannot_run
from tests.installer.wine import missing_packages

LOCKS = ("windows-cp311.lock", "windows-cp313.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_windows_locks_cover_what_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[^\w-]", one)[0].lower() for one in project["dependencies"]}
    pins = {pin.name: pin.version for pin in read_lock(HERE / lock)}
    assert asked - set(pins) == set()
    everywhere = dict(
        re.findall(r"^([^ =]+)==([^ ]+)", (PROJECT / "requirements.lock").read_text(), re.MULTILINE)
    )
    differ = {name for name in pins if pins[name] != everywhere.get(name)}
    assert differ == {"numpy"}, "make the locks again: python3 dev.py lock"


@pytest.mark.parametrize("line", ["evil @ https://x/y.whl", "six==1.0", "--index-url https://x"])
def test_a_lock_with_anything_but_pins_is_refused(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text(f"{line}\n")
    with pytest.raises(RecipeError, match="no pins"):
        read_lock(lock)


def test_a_wheel_or_a_runtime_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "python-9.zip"
    archive.write_bytes(b"altered")
    runtime = Runtime("release", "9.9.9", "", "0" * 64, url="https://example.com/python-9.zip")
    with pytest.raises(RecipeError, match="altered"):
        Sources(tmp_path).runtime_file(runtime)
    release = read_runtime("release")
    assert release.url.endswith(f"python-{release.python}-embed-amd64.zip")


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("PySide6/QtCore.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/qml/QtQuick/x.dll", False),
        ("PySide6/designer.exe", False),
        ("PySide6/__init__.py", True),
        ("PySide6/scripts/deploy.py", False),
        ("numpy/_core/tests/test_x.py", False),
        ("numpy/_core/x.pyd", True),
        ("_cffi_backend.cp311-win_amd64.pyd", True),
        ("cffi/api.py", False),
        ("keyring-25.dist-info/entry_points.txt", True),
        ("keyring-25.dist-info/RECORD", False),
    ],
)
def test_the_keep_list(path: str, kept: bool) -> None:
    assert is_kept(path, read_keep()) is kept


def test_a_wheel_cannot_write_outside(tmp_path: Path) -> None:
    wheel = tmp_path / "x-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("../outside.py", "")
    with pytest.raises(RecipeError, match="outside"):
        unpack(wheel, tmp_path / "lib", read_keep())
    assert not (tmp_path / "outside.py").exists()


def test_the_embeddable_zip_becomes_the_runtime(tmp_path: Path) -> None:
    archive = tmp_path / "python-3.13.14-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("python313.dll", "python.exe", "_ssl.pyd", "python313.zip", "LICENSE.txt"):
            made.writestr(name, name)
        made.writestr("python313._pth", "as shipped")
    lay_out(read_runtime("release"), archive, tmp_path / "runtime")
    assert sorted(path.name for path in (tmp_path / "runtime").iterdir()) == [
        *("LICENSE.txt", "_ssl.pyd", "python313._pth", "python313.dll", "python313.zip")
    ]
    path = (tmp_path / "runtime" / "python313._pth").read_bytes()
    assert path == b"python313.zip\r\n.\r\n..\\app\r\n..\\lib\r\n"


def test_an_embeddable_zip_of_another_version_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("python312.dll", "")
    with pytest.raises(RecipeError, match="another version"):
        lay_out(read_runtime("release"), archive, tmp_path / "runtime")


@pytest.mark.parametrize("data", [b"", b"MZ", b"MZ" + bytes(200), b"\x7fELF" + bytes(500)])
def test_what_is_no_program_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.dll"
    path.write_bytes(data)
    with pytest.raises(NoImageError):
        read_image(path)
    assert len(closure.problems(tmp_path)) == 1


def test_the_version_of_windows_and_the_one_of_the_project() -> None:
    assert project_version() == __version__
    assert version_numbers("1.2.3") == "1.2.3.0"
    assert version_numbers("0.10.0.dev1") == "0.10.0.0"
    with pytest.raises(RecipeError):
        version_numbers("next")


def test_the_manifest_is_what_the_doctor_reads(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "ä.py").write_bytes(b"x")
    write_manifest(tmp_path, "1.0.0", read_runtime("registry"))
    manifest = read_manifest(tmp_path / "manifest.json")
    assert manifest.files == {"app/ä.py": hashlib.sha256(b"x").hexdigest()}
    assert not compare(tmp_path, manifest)


def test_files_come_in_a_fixed_order_and_the_manifest_last(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1$.txt", "a.exe", "manifest.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    lines = file_lines(tmp_path).splitlines()
    assert lines == [
        'SetOutPath "$INSTDIR\\setup.new"',
        f'File "{tmp_path}/a.exe"',
        'SetOutPath "$INSTDIR\\setup.new\\b"',
        f'File "{tmp_path}/b/1$$.txt"',
        f'File "{tmp_path}/b/2.txt"',
        'SetOutPath "$INSTDIR\\setup.new"',
        f'File "{tmp_path}/manifest.json"',
    ]
    entries = re.findall(r'"([^"]+)"', entry_lines(tmp_path))
    assert entries == ["a.exe", "b", "uninstall.exe", "manifest.json"]


@pytest.mark.parametrize(
    ("took", "busy", "verdict"),
    [
        (9.9, 0.5, Verdict.HELD),
        (9.9, 1.5, Verdict.HELD),
        (10.1, 0.5, Verdict.FAILED),
        (10.1, 1.5, Verdict.NOT_JUDGED),
    ],
)
def test_a_busy_machine_does_not_judge(took: float, busy: float, verdict: Verdict) -> None:
    found, line = judge("self-test", took, 10, busy)
    assert found is verdict
    assert "allowed are 10" in line


def test_a_package_without_a_licence_is_not_shipped() -> None:
    silent, classified = Message(), Message()
    silent["Name"] = "x"
    with pytest.raises(RecipeError, match="no licence"):
        licence_of(silent)
    classified["Classifier"] = "License :: OSI Approved :: MIT License"
    assert licence_of(classified) == "MIT License"


def test_the_list_of_parts_is_cyclonedx_and_the_same_every_time() -> None:
    said = json.loads(parts_list("1.0.0", []))
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert parts_list("1.0.0", []) == parts_list("1.0.0", [])
    assert "timestamp" not in json.dumps(said)


def test_exit_codes_are_the_same_in_script_page_and_winget() -> None:
    script = (HERE / "signalos.nsi").read_text("utf-8")
    page = (HERE / "README.md").read_text("utf-8")
    winget = (HERE / "winget/SignalOS.SignalOSDesktop.installer.yaml.in").read_text("utf-8")
    codes = set(re.findall(r"^!define [A-Z_]+ (\d+)$", script, re.MULTILINE))
    # NSIS itself ends with 2 where a file is damaged.
    assert set(re.findall(r"^\| (\d+) \|", page, re.MULTILINE)) == codes | {"0", "2"}
    expected = set(re.findall(r"InstallerReturnCode: (\d+)", winget))
    assert expected <= codes
    assert expected >= {"3", "4", "5", "7", "9"}


def test_winget_knows_the_program_by_what_setup_registers() -> None:
    script = (HERE / "signalos.nsi").read_text("utf-8")
    texts = [path.read_text("utf-8") for path in sorted((HERE / "winget").glob("*.in"))]
    assert len(texts) == 3
    for name in ("PackageIdentifier: SignalOS.SignalOSDesktop", 'PackageVersion: "@VERSION@"'):
        assert all(name in text for text in texts)
    said = "\n".join(texts)
    key = re.findall(r"Uninstall\\(\w+)\"", script)
    assert key == re.findall(r"^ProductCode: (\w+)$", said, re.MULTILINE)
    [publisher] = re.findall(r"^Publisher: (.+)$", said, re.MULTILINE)
    assert f'Publisher "{publisher}"' in script
    [name] = re.findall(r"^PackageName: (.+)$", said, re.MULTILINE)
    assert f'!define NAME "{name}"' in script


def test_the_icon_has_every_size() -> None:
    data = (HERE / "launcher" / "signalos.ico").read_bytes()
    count = struct.unpack_from("<HHH", data)[2]
    sizes = [struct.unpack_from("<B", data, 6 + 16 * place)[0] or 256 for place in range(count)]
    assert tuple(sizes) == SIZES
    assert pack({16: b"png"}).endswith(b"png")


def test_the_script_compiles_without_a_warning_and_twice_the_same(tmp_path: Path) -> None:
    if missing := missing_packages():
        cannot_run(f"not here and not installable: {', '.join(missing)}")
    first, second = TinySetups(tmp_path / "1").make(), TinySetups(tmp_path / "1").make
    data = first.read_bytes()
    shutil.rmtree(tmp_path / "1")
    assert second().read_bytes() == data
