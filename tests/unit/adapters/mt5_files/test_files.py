"""The file operations on the real disk, and the injected sharing rules themselves."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.files import (
    DiskFiles,
    FileChangedError,
    ShortWriteError,
    sharing_violation,
)
from tests.unit.adapters.mt5_files.sharing import SharingError, SharingFiles

DISK = DiskFiles()


def test_what_is_absent_has_no_stat(tmp_path: Path) -> None:
    assert DISK.stat(tmp_path / "a") is None
    (tmp_path / "a").write_bytes(b"123")
    assert DISK.stat(tmp_path / "a" / "b") is None
    found = DISK.stat(tmp_path / "a")
    assert found is not None
    assert found.size == 3
    assert DISK.names(tmp_path / "none") == []


def test_append_goes_on_only_in_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    first = DISK.append(path, b"1\n", None)
    assert DISK.append(path, b"2\n", first).size == 4
    other = tmp_path / "b"
    other.write_bytes(b"x")
    os.replace(other, path)
    with pytest.raises(FileChangedError):
        DISK.append(path, b"3\n", first)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        DISK.append(path, b"3\n", first)


def test_a_short_write_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:2]))
    with pytest.raises(ShortWriteError, match="2 of 4"):
        DISK.append(tmp_path / "a", b"123\n", None)
    with pytest.raises(ShortWriteError):
        DISK.replace(tmp_path / "b", b"123\n", durable=True)
    assert DISK.names(tmp_path) == ["a"]


def test_replace_leaves_nothing_beside(tmp_path: Path) -> None:
    DISK.replace(tmp_path / "a", b"long", durable=True)
    DISK.replace(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    with pytest.raises(OSError, match=r".*"):
        DISK.replace(tmp_path, b"x")
    DISK.overwrite(tmp_path / "a", b"no", durable=True)
    assert (tmp_path / "a").read_bytes() == b"no"
    assert DISK.names(tmp_path) == ["a"]


def test_a_new_name_never_covers_an_old_one(tmp_path: Path) -> None:
    DISK.write_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        DISK.write_new(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert DISK.names(tmp_path) == ["a"]


def test_a_new_name_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(path: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here", str(path))

    (tmp_path / "a").write_bytes(b"1")
    monkeypatch.setattr(os, "link", no_links)
    DISK.rename_new(tmp_path / "a", tmp_path / "b")
    assert DISK.names(tmp_path) == ["b"]
    (tmp_path / "a").write_bytes(b"2")
    with pytest.raises(FileExistsError):
        DISK.rename_new(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"1"


def test_which_errors_are_worth_another_try() -> None:
    assert sharing_violation(SharingError(32, Path("a")))
    assert sharing_violation(OSError(errno.EBUSY, "busy"))
    denied = PermissionError(errno.EACCES, "denied")
    assert not sharing_violation(denied, windows=False)
    assert sharing_violation(denied, windows=True)
    assert not sharing_violation(OSError(errno.ENOSPC, "full"), windows=True)


@pytest.mark.parametrize(
    ("share", "allowed"),
    [("none", ""), ("read", "read"), ("read_write", "read append overwrite")],
)
def test_the_sharing_matrix(tmp_path: Path, share: str, allowed: str) -> None:
    files = SharingFiles()
    path = tmp_path / "a"
    path.write_bytes(b"1")
    files.held[path] = share
    operations: dict[str, Callable[[], object]] = {
        "read": lambda: files.read(path, 0, 1),
        "append": lambda: files.append(path, b"1", files.stat(path)),
        "overwrite": lambda: files.overwrite(path, b"1"),
        "replace": lambda: files.replace(path, b"1"),
        "rename": lambda: files.rename_new(path, tmp_path / "b"),
        "remove": lambda: files.remove(path),
    }
    done = []
    for name, operation in operations.items():
        try:
            operation()
        except SharingError:
            continue
        done.append(name)
    assert done == allowed.split()
