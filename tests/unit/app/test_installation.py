"""Where the program lies decides how it starts itself and what the doctor can compare."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

from signalos_desktop.app.commands.installation_check import check_installation
from signalos_desktop.app.installation import (
    Installation,
    find_installation,
    own_command,
    shipped,
)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The package's folder in an installation."""
    package = tmp_path / "app" / "signalos_desktop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_bytes(b"")
    (tmp_path / "app" / "ea").mkdir()
    (tmp_path / "SignalOS.exe").write_bytes(b"MZ")
    names = ("SignalOS.exe", "app/signalos_desktop/__init__.py")
    files = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in names}
    listed = {"format": 1, "version": "1.0", "files": files}
    (tmp_path / "manifest.json").write_text(json.dumps(listed), "utf-8")
    return package


def test_a_checkout_is_no_installation() -> None:
    assert find_installation() is None
    assert own_command() == [sys.executable, "-m", "signalos_desktop"]
    assert (shipped("ea") / "Experts").is_dir()
    assert check_installation(None).ok


def test_an_installation_starts_its_own_launcher(installed: Path) -> None:
    root = installed.parents[1]
    assert find_installation(installed) == Installation(root)
    assert own_command(installed) == [str(root / "SignalOS.exe")]
    assert shipped("ea", installed) == root / "app" / "ea"


def test_a_wheel_holds_its_files_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "signalos_desktop"
    assert find_installation(package) is None
    assert shipped("ea", package) == package / "ea"


def test_the_doctor_finds_an_installation_whole(installed: Path) -> None:
    finding = check_installation(find_installation(installed))
    assert finding.ok
    assert "2 files" in finding.text


def test_the_doctor_names_what_is_not_as_installed(installed: Path) -> None:
    (installed / "__init__.py").write_bytes(b"altered")
    (installed / "planted.py").write_bytes(b"")
    finding = check_installation(find_installation(installed))
    assert not finding.ok
    assert "1 altered: app/signalos_desktop/__init__.py" in finding.text
    assert "1 added: app/signalos_desktop/planted.py" in finding.text
    assert "SignalOS-Setup.exe" in finding.next_step


def test_the_doctor_counts_what_is_too_much_to_name(installed: Path) -> None:
    for number in range(5):
        (installed / f"planted{number}.py").write_bytes(b"")
    finding = check_installation(find_installation(installed))
    assert "5 added" in finding.text
    assert "and 2 more" in finding.text


def test_the_doctor_finds_a_damaged_list(installed: Path) -> None:
    (installed.parents[1] / "manifest.json").write_bytes(b"{")
    finding = check_installation(find_installation(installed))
    assert not finding.ok
    assert "manifest.json" in finding.text
