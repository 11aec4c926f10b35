"""The snapshot reader: news once, half files later, nothing missed within a clock's grain."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.snapshots import SnapshotReader
from signalos_desktop.domain.ea_status import EaStatus
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.wire.snapshots import (
    Snapshot,
    decode_positions,
    decode_status,
    encode_positions,
    encode_status,
)
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingError, SharingFiles
from tests.unit.domain.wire import samples


class Watch:
    """A reader of status.json and its writer."""

    def __init__(self, folder: Path) -> None:
        self.files = SharingFiles()
        self.ea = EaFiles(folder)
        self.path = folder / "status.json"
        self.reader = SnapshotReader(self.files, self.path, decode_status)

    def put(self, seq: int) -> None:
        self.ea.status(replace(samples.STATUS, seq=seq))

    def seq(self, now: float) -> int | None:
        status: EaStatus | None = self.reader.poll(now)
        return None if status is None else status.seq


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


def test_each_snapshot_is_news_once(watch: Watch) -> None:
    assert watch.seq(0) is None
    assert not watch.reader.present
    watch.put(1)
    assert watch.seq(0) == 1
    assert watch.seq(0) is None
    watch.put(2)
    assert watch.seq(0) == 2
    assert watch.reader.present


def test_without_a_change_it_is_read_once_a_second_and_not_decoded(watch: Watch) -> None:
    watch.put(1)
    watch.seq(0)
    reads = watch.files.reads
    for now in (0.1, 0.5, 0.9):
        assert watch.seq(now) is None
    assert watch.files.reads == reads
    assert watch.seq(1.1) is None
    assert watch.files.reads == reads + 1


def test_a_change_that_a_stat_does_not_show_is_found_within_a_second(watch: Watch) -> None:
    watch.put(1)
    watch.seq(0)
    before = watch.path.stat()
    watch.files.overwrite(watch.path, encode_status(replace(samples.STATUS, seq=2)))
    os.utime(watch.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert watch.seq(0.5) is None
    assert watch.seq(1.0) == 2


def test_a_half_file_is_read_again_at_once(watch: Watch) -> None:
    whole = encode_status(samples.STATUS)
    watch.path.write_bytes(whole[:100])
    assert watch.seq(0) is None
    assert watch.reader.torn_since == 0
    assert watch.seq(0.5) is None
    assert watch.reader.torn_since == 0
    watch.path.write_bytes(whole)
    assert watch.seq(0.6) == samples.STATUS.seq
    assert watch.reader.torn_since is None


def test_a_wrong_file_is_bad_until_a_right_one_comes(watch: Watch) -> None:
    watch.ea.put("status.json", b'{"seq":1,"end":1}')
    assert watch.seq(0) is None
    assert watch.reader.bad is not None
    assert watch.seq(2) is None
    watch.put(1)
    assert watch.seq(2) == 1
    assert watch.reader.bad is None


def test_counting_back_is_news_and_is_counted(watch: Watch) -> None:
    for seq in (5, 3, 4):
        watch.put(seq)
        assert watch.seq(0) == seq
    assert watch.reader.steps_back == 1


def test_the_same_seq_is_no_news(watch: Watch) -> None:
    watch.put(5)
    watch.seq(0)
    watch.ea.status(replace(samples.STATUS, seq=5, timer_ms=10))
    assert watch.seq(0) is None


def test_a_held_file_is_read_later(watch: Watch) -> None:
    watch.put(1)
    watch.files.held[watch.path] = "none"
    with pytest.raises(SharingError):
        watch.seq(0)
    watch.files.held.clear()
    assert watch.seq(0) == 1


def test_a_timeless_snapshot_is_decoded_again_only_if_it_says_something_else(
    tmp_path: Path,
) -> None:
    path, decoded = tmp_path / "positions.json", []

    def decode(data: bytes) -> Snapshot[tuple[Position, ...]]:
        decoded.append(data)
        return decode_positions(data)

    reader = SnapshotReader(SharingFiles(), path, decode, timeless=True)
    for seq in (1, 2):
        path.write_bytes(encode_positions([samples.POSITION], seq))
        assert reader.poll(seq) == (samples.POSITION,)
        assert reader.seq == seq
    assert len(decoded) == 1
    path.write_bytes(encode_positions((), 3))
    assert reader.poll(3) == ()
    path.write_bytes(encode_positions((), 1))
    assert reader.poll(4) == ()
    assert reader.steps_back == 1
    path.write_bytes(b'{"positions":[],"seq":5,"end":5}')
    assert reader.poll(5) == ()
    path.write_bytes(b'{"seq":6,"positions":[],"end":7}')
    assert reader.poll(6) is None
    assert reader.torn_since == 6
