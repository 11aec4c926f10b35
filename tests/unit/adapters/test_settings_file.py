"""A settings file that cannot be trusted is never used, never lost, and always spoken of."""

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.settings_file import (
    LoadedSettings,
    SettingsFile,
    SettingsNotSavedError,
)
from signalos_desktop.engine.settings import Settings

GOOD = Settings().with_changes(
    {"risk.percent": "0.25", "symbol.map": "GOLD=XAUUSD.m", "bridge.folders": "/tmp/ä ö"}
)


@pytest.fixture
def store(tmp_path: Path) -> SettingsFile:
    store = SettingsFile(tmp_path)
    store.save(GOOD)
    return store


def test_nothing_there_means_defaults_and_no_problem(tmp_path: Path) -> None:
    loaded = SettingsFile(tmp_path).load()
    assert (loaded.settings, loaded.problems) == (Settings(), ())
    assert list(tmp_path.iterdir()) == []


def test_a_second_start_without_a_file_is_no_problem_either(tmp_path: Path) -> None:
    store = SettingsFile(tmp_path)
    store.remember(store.load().settings)

    assert store.load() == LoadedSettings(Settings())


def test_what_is_saved_is_loaded(store: SettingsFile) -> None:
    loaded = store.load()
    assert (loaded.settings, loaded.problems) == (GOOD, ())
    assert loaded.settings.decimal("risk.percent") == Decimal("0.25")
    assert store.path.read_bytes() == store.last_good.read_bytes()


def test_decimals_survive_exactly(store: SettingsFile) -> None:
    settings = Settings().with_change("risk.percent", "0.3333333333")
    store.save(settings)
    assert store.load().settings == settings


def values(text: str) -> bytes:
    return b'{"version": 1, "values": {' + text.encode() + b"}}"


BAD = {
    "empty": b"",
    "truncated": b'{"version": 1, "values": {"risk.percent": 0.',
    "byte order mark": b"\xef\xbb\xbf" + values('"risk.percent": 1'),
    "utf-16": values('"risk.percent": 1').decode().encode("utf-16"),
    "not utf-8": values('"symbol.map": {"\xe4": "x"}').decode().encode("latin-1"),
    "duplicate key": values('"risk.percent": 1, "risk.percent": 2'),
    "duplicate outside": b'{"version": 1, "version": 1, "values": {}}',
    "nan": values('"risk.percent": NaN'),
    "infinity": values('"risk.percent": -Infinity'),
    "negative": values('"risk.percent": -1'),
    "string for a number": values('"risk.percent": "1"'),
    "percent 200": values('"risk.percent": 200'),
    "unknown key": values('"risk.percentage": 1'),
    "unknown version": b'{"version": 2, "values": {}}',
    "version as truth": b'{"version": true, "values": {}}',
    "no version": b'{"values": {}}',
    "a list": b"[]",
    "values a list": b'{"version": 1, "values": []}',
    "too deep": b"[" * 100_000,
    "too large": b" " * ((1 << 20) + 1) + values(""),
    "endless number": values('"magic": ' + "9" * 5000),
    "exponent bomb": values('"risk.min_rr": 1e-99999999'),
    "nul bytes": b"\x00" * 4096,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_leaves_the_last_good_settings_in_force(
    store: SettingsFile, content: bytes
) -> None:
    store.path.write_bytes(content)
    loaded = store.load()
    assert loaded.settings == GOOD
    assert loaded.problems[0].startswith(f"CONFIG_INVALID: {store.path}")
    assert store.path.read_bytes() == content


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_two_bad_files_leave_the_defaults_in_force(store: SettingsFile, content: bytes) -> None:
    store.path.write_bytes(content)
    store.last_good.write_bytes(content)
    loaded = store.load()
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 3


def test_the_problem_names_value_and_range(store: SettingsFile) -> None:
    store.path.write_bytes(values('"risk.percent": 200'))
    assert "risk.percent = 200, allowed 0.01-5" in store.load().problems[0]


def test_a_lost_file_is_a_problem_and_not_a_first_run(store: SettingsFile) -> None:
    store.path.unlink()
    loaded = store.load()
    assert (loaded.settings, len(loaded.problems)) == (GOOD, 2)


def test_a_folder_in_its_place_is_survived(store: SettingsFile) -> None:
    store.path.unlink()
    store.path.mkdir()
    assert store.load().settings == GOOD


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_not_followed(store: SettingsFile, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(values('"risk.percent": 5'))
    store.path.unlink()
    store.path.symlink_to(elsewhere)
    loaded = store.load()
    assert loaded.settings == GOOD
    store.save(Settings())
    assert not store.path.is_symlink()
    assert elsewhere.read_bytes() == values('"risk.percent": 5')


def test_saving_keeps_a_refused_file_aside(store: SettingsFile) -> None:
    store.path.write_bytes(b"mine { half")
    store.save(store.load().settings)
    assert store.put_aside.read_bytes() == b"mine { half"
    assert store.load().problems == ()


def test_what_was_edited_by_hand_becomes_the_last_good_one(store: SettingsFile) -> None:
    store.path.write_bytes(values('"risk.percent": 0.75'))
    edited = store.load().settings
    store.remember(edited)
    store.path.write_bytes(b"{")
    assert store.load().settings == edited
    before = store.last_good.stat()
    store.remember(edited)
    assert store.last_good.stat() == before


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsNotSavedError, match="stay in force"):
        SettingsFile(tmp_path / "gone").save(GOOD)


def test_nothing_else_is_left_in_the_folder(store: SettingsFile) -> None:
    assert sorted(path.name for path in store.path.parent.iterdir()) == [
        "settings.json",
        "settings.last-good.json",
    ]


def held(times: int, winerror: int) -> tuple[Callable[[str, Path], None], list[int]]:
    """An os.replace that is refused as Windows refuses it while somebody reads the file."""
    replace, calls = os.replace, [0]

    def refuse(source: str, target: Path) -> None:
        calls[0] += 1
        if calls[0] <= times:
            error = PermissionError(13, "in use")
            error.winerror = winerror  # type: ignore[attr-defined]  # as on Windows
            raise error
        replace(source, target)

    return refuse, calls


def test_a_passing_hold_is_waited_out(store: SettingsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse, _ = held(4, 32)
    monkeypatch.setattr(os, "replace", refuse)
    store.save(Settings())
    assert store.load().settings == Settings()


@pytest.mark.parametrize(("times", "winerror"), [(1, 19), (99, 32)])
def test_a_real_refusal_is_said_and_changes_nothing(
    store: SettingsFile, monkeypatch: pytest.MonkeyPatch, times: int, winerror: int
) -> None:
    refuse, _ = held(times, winerror)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SettingsNotSavedError):
        store.save(Settings())
    monkeypatch.undo()
    assert store.load().settings == GOOD
    assert len(list(store.path.parent.iterdir())) == 2


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.engine.settings import Settings
store = SettingsFile(Path(sys.argv[1]))
count = 0
while True:
    count += 1
    store.save(Settings().with_change("magic", count))
    print(count, flush=True)
"""


def test_a_kill_while_saving_leaves_one_whole_file(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SAVE_FOR_EVER, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        process.kill()
        rest = process.stdout.read().split()
    last = int(rest[-1]) if rest else 20
    loaded = SettingsFile(tmp_path).load()
    assert loaded.problems == ()
    assert loaded.settings.integer("magic") in (last, last + 1)
