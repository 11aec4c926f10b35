"""The setup program under Wine, around a handful of files: every refusal, every mending."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installer.conftest import TinySetups, end, start_holding
from tests.installer.wine import UNINSTALL_KEY, Wine, gone, tree


@pytest.fixture(autouse=True)
def clean(wine: Wine) -> Iterator[None]:
    """As if nothing had ever been installed."""
    yield
    shutil.rmtree(wine.programs, ignore_errors=True)
    shutil.rmtree(wine.menu, ignore_errors=True)
    wine.run("reg", "delete", UNINSTALL_KEY, "/f")


def install(wine: Wine, setup: Path, *words: str) -> int:
    return wine.run(setup, "/S", *words).returncode


def refused(wine: Wine, setup: Path, code: int, *words: str) -> str:
    """The refusal's text, after checking that nothing below the usual folder has changed."""
    before = tree(wine.programs)
    assert install(wine, setup, *words) == code
    assert tree(wine.programs) == before
    said = wine.setup_log()
    assert said.startswith(f"{code} ")
    assert "Nothing was changed" in said
    return said


def refused_removal(wine: Wine) -> int:
    """The code of a removal that changes nothing; told its folder, it works in it and waits."""
    before = tree(wine.programs)
    folder = wine.windows_path(wine.programs)
    code = wine.run(wine.programs / "uninstall.exe", "/S", f"_?={folder}").returncode
    assert tree(wine.programs) == before
    assert wine.setup_log().startswith(f"{code} ")
    return code


def test_it_installs_for_one_user_and_leaves_only_data(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    assert (wine.programs / "lib/part/file.txt").read_text() == "lib/part of 1.0.0\n"
    assert sorted(path.name for path in wine.programs.iterdir()) == [
        *("SignalOS.exe", "app", "lib", "licenses", "manifest.json", "runtime"),
        *("signalos-desktop.exe", "uninstall.exe"),
    ]
    links = sorted(path.name for path in wine.menu.iterdir())
    assert links == ["SignalOS Desktop (demo).lnk", "SignalOS Desktop.lnk"]
    assert "1.0.0" in wine.run("reg", "query", UNINSTALL_KEY, "/v", "DisplayVersion").stdout

    data = wine.local_data / "SignalOS Desktop" / "live"
    data.mkdir(parents=True, exist_ok=True)
    (data / "journal.sqlite3").write_bytes(b"the user's own")
    assert wine.run(wine.programs / "uninstall.exe", "/S").returncode == 0
    assert gone(wine.programs)
    assert gone(wine.menu)
    assert (data / "journal.sqlite3").read_bytes() == b"the user's own"
    assert wine.run("reg", "query", UNINSTALL_KEY).returncode == 1
    assert "SignalOS Desktop" in wine.setup_log()


def test_an_upgrade_removes_what_the_new_version_does_not_have(
    wine: Wine, setups: TinySetups
) -> None:
    assert install(wine, setups.make(extra="stale.py")) == 0
    (wine.programs / "notes.txt").write_text("somebody's own")
    assert install(wine, setups.make("1.1.0")) == 0
    assert not (wine.programs / "lib/stale.py").exists()
    assert (wine.programs / "lib/part/file.txt").read_text() == "lib/part of 1.1.0\n"
    assert (wine.programs / "notes.txt").read_text() == "somebody's own"
    assert not list(wine.programs.glob("setup.*"))

    assert wine.run(wine.programs / "uninstall.exe", "/S").returncode == 0
    assert gone(wine.programs / "manifest.json")
    assert gone(wine.programs / "uninstall.exe")
    assert tree(wine.programs) == {"notes.txt": b"somebody's own"}
    (wine.programs / "notes.txt").unlink()
    wine.programs.rmdir()


def test_the_same_version_again_mends_an_installation(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    whole = tree(wine.programs)
    (wine.programs / "manifest.json").write_bytes(b"{")
    (wine.programs / "app/signalos_desktop/file.txt").unlink()
    assert install(wine, setups.make()) == 0
    assert tree(wine.programs) == whole


def test_a_running_program_is_neither_replaced_nor_removed(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    running = start_holding(wine, wine.programs / "SignalOS.exe")
    try:
        assert "SignalOS Desktop is running" in refused(wine, setups.make("1.1.0"), 3)
        assert refused_removal(wine) == 3
    finally:
        end(running)
    assert install(wine, setups.make("1.1.0")) == 0


@pytest.mark.parametrize("share", ["0", "1"])
def test_a_file_that_a_scanner_holds_stops_it_before_anything_is_changed(
    wine: Wine, setups: TinySetups, holder: Path, share: str
) -> None:
    assert install(wine, setups.make()) == 0
    held = wine.programs / "lib" / "part" / "file.txt"
    scanner = start_holding(wine, holder, wine.windows_path(held), share)
    try:
        said = refused(wine, setups.make("1.1.0"), 9)
    finally:
        end(scanner)
    assert r"lib\part\file.txt" in said


def test_an_older_version_is_refused(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make("1.10.0")) == 0
    said = refused(wine, setups.make("1.9.0"), 4)
    assert "1.10.0" in said
    assert "1.9.0" in said


def test_without_space_nothing_is_begun(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    assert "MB are needed" in refused(wine, setups.make("1.1.0", need_kb=2_000_000_000), 5)


def test_a_disk_that_is_full_in_the_middle(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    before = tree(wine.programs)
    larger = setups.make("1.1.0", extra="large.txt")
    assert wine.run(larger, "/S", largest_file=500_000).returncode == 10
    assert tree(wine.programs) == before
    said = wine.setup_log()
    assert said.startswith("10 ")
    assert "disk may be full" in said
    assert install(wine, larger) == 0


def test_a_folder_that_cannot_be_written(wine: Wine, setups: TinySetups) -> None:
    assert "cannot be written" in refused(wine, setups.make(), 6, r"/DIR=Z:\proc\SignalOS")


def test_a_folder_with_something_else_in_it_is_left_alone(
    wine: Wine, setups: TinySetups, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    said = refused(wine, setups.make(), 8, f"/DIR={wine.windows_path(tmp_path)}")
    assert "holds other files" in said
    assert tree(tmp_path) == {"photo.jpg": b"mine"}


def test_two_setups_at_once(wine: Wine, setups: TinySetups, holder: Path) -> None:
    first = start_holding(wine, holder, "--mutex", r"Local\SignalOS-Setup")
    try:
        assert "Another setup" in refused(wine, setups.make(), 7)
    finally:
        end(first)


@pytest.mark.parametrize("name", ["with blanks", "Ünïcødé Тест 信号"])
def test_odd_paths(wine: Wine, setups: TinySetups, name: str) -> None:
    folder = wine.prefix / "drive_c" / name
    assert install(wine, setups.make(), f"/DIR={wine.windows_path(folder)}") == 0
    assert (folder / "runtime/file.txt").exists()
    assert wine.run(folder / "uninstall.exe", "/S").returncode == 0
    assert gone(folder)


def test_removal_needs_the_list_of_files(wine: Wine, setups: TinySetups) -> None:
    assert install(wine, setups.make()) == 0
    (wine.programs / "manifest.json").rename(wine.programs / "aside")
    assert refused_removal(wine) == 8


def test_a_setup_that_was_killed_between_two_changes_is_mended(
    wine: Wine, setups: TinySetups
) -> None:
    assert install(wine, setups.make()) == 0
    old, new = wine.programs / "setup.old", wine.programs / "setup.new"
    old.mkdir()
    new.mkdir()
    for name in ("SignalOS.exe", "app", "lib"):
        (wine.programs / name).rename(old / name)
    (wine.programs / "app").mkdir()
    (wine.programs / "app" / "half.txt").write_text("of a newer version")
    assert install(wine, setups.make()) == 0
    assert not (wine.programs / "app" / "half.txt").exists()
    assert (wine.programs / "lib/part/file.txt").exists()
    assert not list(wine.programs.glob("setup.*"))


@pytest.mark.parametrize("harm", ["truncated", "altered"])
def test_a_damaged_setup_program_does_nothing(
    wine: Wine, setups: TinySetups, tmp_path: Path, harm: str
) -> None:
    data = bytearray(setups.make().read_bytes())
    if harm == "truncated":
        del data[-2000:]
    else:
        data[-3000] ^= 0xFF
    setup = tmp_path / "SignalOS-Setup-damaged.exe"
    setup.write_bytes(data)
    assert install(wine, setup) == 2
    assert not wine.programs.exists()
