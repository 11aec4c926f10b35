"""An installation is compared with its list: every byte, and what nobody listed."""

import hashlib
import json
from pathlib import Path

import pytest

from signalos_desktop.adapters.manifest import (
    Differences,
    ManifestDamagedError,
    compare,
    read_manifest,
)

FILES = {
    "SignalOS.exe": b"MZ",
    "app/a.py": b"a = 1\n",
    "lib/b/c.pyd": b"MZ2",
    "runtime/x.dll": b"x",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
    listed = {"format": 1, "version": "1.2.3", "files": hashes}
    (tmp_path / "manifest.json").write_text(json.dumps(listed), "utf-8")
    return tmp_path


def differences(root: Path) -> Differences:
    return compare(root, read_manifest(root / "manifest.json"))


def test_an_untouched_installation_has_no_differences(root: Path) -> None:
    (root / "uninstall.exe").write_bytes(b"written by setup itself")
    assert not differences(root)
    assert read_manifest(root / "manifest.json").version == "1.2.3"


def test_altered_missing_and_added_files_are_named(root: Path) -> None:
    (root / "app/a.py").write_bytes(b"a = 2\n")
    (root / "lib/b/c.pyd").unlink()
    (root / "runtime/version.dll").write_bytes(b"planted")
    assert differences(root) == Differences(
        missing=("lib/b/c.pyd",), altered=("app/a.py",), added=("runtime/version.dll",)
    )


def listing(files: object, form: int = 1) -> str:
    return json.dumps({"format": form, "version": "1", "files": files})


GOOD = "0" * 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": 1}',
        listing({}),
        listing({"a": GOOD}, form=2),
        listing({"a": 5}),
        listing({"a": "short"}),
        listing({"../a": GOOD}),
        listing({"C:/a": GOOD}),
        listing({"/a": GOOD}),
        "[" * 100_000,
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ManifestDamagedError, match=r"manifest\.json"):
        read_manifest(path)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestDamagedError):
        read_manifest(tmp_path / "manifest.json")
