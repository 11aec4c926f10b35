"""Finding terminals and instances, telling what is wrong with a folder, holding its lock."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.folder import (
    FolderLock,
    common_folder,
    find_instance,
    find_instances,
)
from signalos_desktop.adapters.mt5_files.terminals import (
    check_folder,
    default_roots,
    find_terminals,
)
from signalos_desktop.engine.ports import FolderHeldError
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingFiles
from tests.unit.domain.wire import samples

DISK = DiskFiles()


def test_the_instance_written_last_is_found(tmp_path: Path) -> None:
    for number, magic in enumerate((1, 2, 3)):
        folder = tmp_path / "SignalOS" / f"5-x-{magic}"
        EaFiles(folder).status(replace(samples.STATUS, magic=magic))
        os.utime(folder / "status.json", ns=(0, 10**9 * (5 - abs(number - 1))))
    (tmp_path / "SignalOS" / "damaged").mkdir()
    EaFiles(tmp_path / "SignalOS" / "half").put("status.json", b'{"seq":1')
    assert [one.status.magic for one in find_instances(DISK, tmp_path)] == [2, 1, 3]
    instance, trouble = find_instance(DISK, tmp_path, magic=3)
    assert trouble is None
    assert instance is not None
    assert instance.status.magic == 3
    assert instance.account == samples.ACCOUNT
    assert find_instance(DISK, instance.path)[0] == instance


@pytest.mark.parametrize(
    ("name", "code"), [("", "EA_NOT_RUNNING"), ("gone", "BRIDGE_FOLDER_MISSING")]
)
def test_no_instance_says_what_to_do(tmp_path: Path, name: str, code: str) -> None:
    instance, trouble = find_instance(DISK, tmp_path / name)
    assert instance is None
    assert trouble is not None
    assert trouble.code == code
    assert trouble.next_step


def test_the_common_folder_is_the_stated_one_or_that_beside_the_terminal(tmp_path: Path) -> None:
    instance = tmp_path / "Terminal" / "0A1B" / "MQL5" / "Files" / "SignalOS" / "5-x-1"
    common = tmp_path / "Terminal" / "Common" / "Files"
    assert common_folder(DISK, instance, "") is None
    common.mkdir(parents=True)
    assert common_folder(DISK, instance, "") == common
    assert common_folder(DISK, instance.parent.parent, "C:\\users\\x\\Common\\Files") == common
    assert common_folder(DISK, instance, str(tmp_path)) == tmp_path
    assert common_folder(DISK, tmp_path / "elsewhere", "") is None


def test_a_second_panel_learns_who_holds_the_folder(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.acquire()
    with pytest.raises(FolderHeldError, match=f"process {os.getpid()}"):
        second.acquire()
    (tmp_path / "app.lock.pid").unlink()
    with pytest.raises(FolderHeldError, match="unknown process"):
        second.acquire()
    second.release()
    first.release()
    second.acquire()
    second.release()


def data_folder(path: Path, origin: bytes | None = None) -> Path:
    (path / "MQL5" / "Files").mkdir(parents=True)
    if origin is not None:
        (path / "origin.txt").write_bytes(origin)
    return path / "MQL5" / "Files"


def test_terminals_are_found_where_windows_and_wine_put_them(tmp_path: Path) -> None:
    appdata = tmp_path / "Roaming"
    terminal = appdata / "MetaQuotes" / "Terminal"
    here = "C:\\Program Files\\Ein Broker"
    data_folder(terminal / "0A1B", here.encode("utf-16"))
    data_folder(terminal / "0A1C", here.encode("utf-8-sig"))
    data_folder(terminal / "Common")
    (terminal / "Community").mkdir()
    portable = data_folder(tmp_path / "Programs" / "MT5")
    wine = tmp_path / "wine"
    data_folder(wine / "drive_c" / "Program Files" / "MetaTrader 5")
    user = wine / "drive_c" / "users" / "me" / "AppData" / "Roaming"
    data_folder(user / "MetaQuotes" / "Terminal" / "0A1D", b"C:\\MT5")
    environ = {
        "APPDATA": str(appdata),
        "ProgramFiles": str(tmp_path / "Programs"),
        "WINEPREFIX": str(wine),
    }
    roots = default_roots(environ, tmp_path / "home")
    found = find_terminals([*roots, portable.parent.parent])
    assert [(one.name, one.found) for one in found] == [
        (here, "data folder"),
        (here, "data folder"),
        (str(portable.parent.parent), "portable"),
        (str(wine / "drive_c" / "Program Files" / "MetaTrader 5"), "portable, Wine"),
        ("C:\\MT5", "data folder, Wine"),
    ]


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert find_terminals(default_roots({}, tmp_path)) == []


def test_a_good_folder_has_no_trouble(tmp_path: Path) -> None:
    assert [one.code for one in check_folder(DISK, tmp_path)] in ([], ["DISK_NEARLY_FULL"])
    assert DISK.names(tmp_path) == []


def test_each_fault_of_a_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cloud = tmp_path / "OneDrive - Me" / "Files"
    cloud.mkdir(parents=True)
    files = SharingFiles()

    def refuse(path: Path, data: bytes, *, durable: bool = False) -> None:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(files, "replace", refuse)
    monkeypatch.setattr(files, "free_bytes", lambda folder: 1024)
    troubles = check_folder(files, cloud)
    assert [one.code for one in troubles] == [
        "BRIDGE_NO_WRITE",
        "BRIDGE_IN_CLOUD",
        "DISK_NEARLY_FULL",
    ]
    assert all(one.next_step for one in troubles)
    assert [one.code for one in check_folder(files, tmp_path / "gone")] == ["BRIDGE_FOLDER_MISSING"]


def test_a_disk_whose_space_is_unknown_is_not_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = SharingFiles()

    def refuse(folder: Path) -> int:
        raise OSError(5, "no answer", str(folder))

    monkeypatch.setattr(files, "free_bytes", refuse)
    assert check_folder(files, tmp_path) == []
