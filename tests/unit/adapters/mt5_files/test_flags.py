"""Halt flags: a stop gets through whatever holds the file, and only expected flags are removed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files import flags
from signalos_desktop.adapters.mt5_files.flags import (
    FlagFileWriter,
    FlagNotRemovedError,
    FlagNotWrittenError,
)
from signalos_desktop.domain.trading_state import StopLevel
from tests.unit.adapters.mt5_files.sharing import SharingError, SharingFiles, TestClock

HALT, FLATTEN = StopLevel.HALT, StopLevel.FLATTEN


class Places:
    """An instance folder and Common with their flags."""

    def __init__(self, root: Path) -> None:
        self.files = SharingFiles()
        self.clock = TestClock()
        self.paths = (root / "instance" / "halt.flag", root / "common" / "halt.flag")
        for path in self.paths:
            path.parent.mkdir()
        self.here, self.common = self.paths

    @property
    def writer(self) -> FlagFileWriter:
        return FlagFileWriter(self.files, self.clock.monotonic, self.clock.sleep)

    def write(self, level: StopLevel, press_id: str) -> None:
        self.writer.write(str(self.here), level, press_id)

    def lying(self) -> list[tuple[str, StopLevel]]:
        return [(flag.identity, flag.level) for flag in flags.lying_flags(self.files, self.paths)]

    def names(self) -> list[str]:
        return [name for path in self.paths for name in self.files.names(path.parent)]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@pytest.mark.parametrize(
    ("lying", "pressed", "expected"),
    [(None, HALT, HALT), (HALT, HALT, HALT), (HALT, FLATTEN, FLATTEN), (FLATTEN, HALT, FLATTEN)],
)
def test_a_press_puts_its_own_id_and_never_weakens(
    places: Places, lying: StopLevel | None, pressed: StopLevel, expected: StopLevel
) -> None:
    if lying is not None:
        places.write(lying, "old")
    places.write(pressed, "new")
    assert places.lying() == [("new", expected)]
    assert places.names() == ["halt.flag"]


def test_a_flag_that_the_ea_reads_is_written_directly(places: Places) -> None:
    places.write(HALT, "a-much-longer-press-id-than-the-new-one")
    places.files.held[places.here] = "read_write"
    places.write(FLATTEN, "new")
    assert places.lying() == [("new", FLATTEN)]
    assert places.here.read_bytes() == b"FLATTEN new\n"


def test_a_held_flag_is_tried_again_until_it_is_free(places: Places) -> None:
    places.write(HALT, "old")
    places.files.held[places.here] = "none"
    tries = []

    def sleep(seconds: float) -> None:
        tries.append(seconds)
        places.clock.sleep(seconds)
        if len(tries) == 4:
            places.files.held.clear()

    FlagFileWriter(places.files, places.clock.monotonic, sleep).write(
        str(places.here), FLATTEN, "new"
    )
    assert tries == [0.0, 0.01, 0.02, 0.04]
    assert places.lying() == [("new", FLATTEN)]


def test_a_flag_held_for_two_seconds_is_an_error_that_is_named(places: Places) -> None:
    places.write(HALT, "old")
    places.files.held[places.here] = "none"
    start = places.clock.seconds
    with pytest.raises(FlagNotWrittenError):
        places.write(FLATTEN, "new")
    assert 2.0 <= places.clock.seconds - start < 2.2


def test_a_missing_folder_is_told_at_once(places: Places) -> None:
    start = places.clock.seconds
    with pytest.raises(FlagNotWrittenError):
        places.writer.write(str(places.here.parent / "gone" / "halt.flag"), HALT, "new")
    assert places.clock.seconds == start


def test_a_full_disk_still_leaves_a_flag_that_halts(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, *, durable: bool = False) -> None:
        raise OSError(28, "No space left on device", str(path))

    def truncated(path: Path, data: bytes, *, durable: bool = False) -> None:
        path.touch()
        full(path, data)

    monkeypatch.setattr(places.files, "replace", full)
    monkeypatch.setattr(places.files, "overwrite", truncated)
    with pytest.raises(FlagNotWrittenError):
        places.write(FLATTEN, "new")
    assert [level for _, level in places.lying()] == [HALT]


def test_presses_of_many_threads_end_in_the_highest_level(places: Places) -> None:
    writer = FlagFileWriter(places.files)
    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            level = FLATTEN if number == 7 else HALT
            pool.submit(writer.write, str(places.here), level, f"press-{number}")
    ((_, level),) = places.lying()
    assert level is FLATTEN
    assert places.names() == ["halt.flag"]


def test_a_flag_that_vanishes_while_it_is_read_is_none(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.write(HALT, "one")
    monkeypatch.setattr(places.files, "read", vanished)
    assert places.lying() == []


def test_a_place_that_cannot_be_looked_at_counts_as_a_flag(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.files, "stat", denied)
    assert {level for _, level in places.lying()} == {HALT}


def denied(path: Path) -> None:
    raise PermissionError(13, "denied", str(path))


def vanished(path: Path, offset: int, limit: int) -> bytes:
    raise FileNotFoundError(2, "gone", str(path))


def test_a_flag_laid_at_the_same_moment_is_not_weakened(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our look and our write another program presses FLATTEN."""
    raced: list[Path] = []
    real = places.files.write_new

    def race(path: Path, data: bytes) -> None:
        if not raced:
            raced.append(path)
            path.write_bytes(b"FLATTEN other\n")
        real(path, data)

    monkeypatch.setattr(places.files, "write_new", race)
    places.write(HALT, "mine")
    assert places.lying() == [("mine", FLATTEN)]


def test_a_flag_that_cannot_be_read_lies_there_and_stops(places: Places) -> None:
    places.write(FLATTEN, "old")
    places.files.held[places.here] = "none"
    ((identity, level),) = places.lying()
    assert level is HALT
    assert identity.startswith("hand:00000000:")


def test_the_expected_flags_are_removed(places: Places) -> None:
    places.write(HALT, "one")
    places.common.write_bytes(b"stop!")
    known = frozenset(identity for identity, _ in places.lying())
    assert flags.remove_flags(places.files, places.paths, known) is None
    assert places.names() == []


def test_no_flag_at_all_is_removed_already(places: Places) -> None:
    assert flags.remove_flags(places.files, places.paths, frozenset()) is None


def test_an_unexpected_flag_stays_and_all_others_with_it(places: Places) -> None:
    places.write(HALT, "one")
    places.common.write_bytes(b"FLATTEN two\n")
    before = places.lying()
    stays = flags.remove_flags(places.files, places.paths, frozenset({"one"}))
    assert stays == str(places.common)
    assert places.lying() == before
    assert places.names() == ["halt.flag", "halt.flag"]


def test_a_flag_by_hand_keeps_its_identity_when_put_back(places: Places) -> None:
    places.here.write_bytes(b"stop!")
    before = places.lying()
    assert flags.remove_flags(places.files, places.paths, frozenset({"other"}))
    assert places.lying() == before


@pytest.mark.parametrize("share", ["none", "read", "read_write"])
def test_a_held_flag_stays_and_is_named(places: Places, share: str) -> None:
    places.write(HALT, "one")
    places.files.held[places.here] = share
    assert flags.remove_flags(places.files, places.paths, frozenset({"one"})) == str(places.here)
    places.files.held.clear()
    assert places.lying() == [("one", HALT)]


def test_a_place_that_cannot_be_looked_at_keeps_its_flag(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.write(HALT, "one")
    monkeypatch.setattr(places.files, "stat", denied)
    assert flags.remove_flags(places.files, places.paths, frozenset({"one"})) == str(places.here)


def test_a_flag_left_aside_does_not_block_the_next_try(places: Places) -> None:
    places.here.with_name("halt.flag.aside").write_bytes(b"HALT old\n")
    places.write(HALT, "one")
    assert flags.remove_flags(places.files, places.paths, frozenset({"one"})) is None
    assert places.names() == []


def test_a_flag_that_cannot_be_deleted_is_put_back(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.write(HALT, "one")

    def refuse(path: Path) -> None:
        raise SharingError(32, path)

    monkeypatch.setattr(places.files, "remove", refuse)
    assert flags.remove_flags(places.files, places.paths, frozenset({"one"})) == str(places.here)
    assert places.lying() == [("one", HALT)]


@pytest.mark.parametrize(
    ("aside", "newer", "expected"),
    [
        (b"HALT one\n", b"HALT two\n", ("two", HALT)),
        (b"FLATTEN one\n", b"HALT two\n", ("one", FLATTEN)),
        (b"HALT one\n", b"FLATTEN two\n", ("two", FLATTEN)),
        (b"FLATTEN one\n", None, ("one", FLATTEN)),
    ],
)
def test_a_flag_left_aside_by_a_crash_lies_again(
    places: Places, aside: bytes, newer: bytes | None, expected: tuple[str, StopLevel]
) -> None:
    places.here.with_name("halt.flag.aside").write_bytes(aside)
    if newer is not None:
        places.here.write_bytes(newer)
    flags.put_back(places.files, places.paths)
    assert places.lying() == [expected]
    assert places.names() == ["halt.flag"]


def test_the_writer_removes_only_flags_of_the_presses_it_is_told(places: Places) -> None:
    path, mine = str(places.here), frozenset({"p1", "p2"})
    assert not places.writer.remove(path, mine)
    places.write(HALT, "p2")
    assert not places.writer.remove(path, frozenset({"p1"}))
    assert places.lying() == [("p2", HALT)]
    assert places.writer.remove(path, mine)
    assert places.names() == []


def test_a_flag_that_is_held_stays_and_is_named(places: Places) -> None:
    places.write(FLATTEN, "p1")
    places.files.held[places.here] = "read"
    with pytest.raises(FlagNotRemovedError, match=str(places.here)):
        places.writer.remove(str(places.here), frozenset({"p1"}))
    assert places.lying() == [("p1", FLATTEN)]
