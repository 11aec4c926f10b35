"""The tail reader: whole lines only, each once, whatever is done to the file in between."""

import os
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.files import DiskFiles
from signalos_desktop.adapters.mt5_files.receipt_feed import CHUNK, TailReader
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.wire.receipts import HEADER, decode_receipt, encode_receipt
from signalos_desktop.engine.ports import Checkpoint
from tests.unit.adapters.mt5_files.sharing import SharingError, SharingFiles
from tests.unit.domain.wire import samples


def line(cmd_id: int) -> bytes:
    return encode_receipt(replace(samples.RECEIPT, cmd_id=cmd_id))


class Tail:
    """A reader on a real file."""

    def __init__(self, folder: Path) -> None:
        self.files = SharingFiles()
        self.path = folder / "receipts.csv"
        self.reader = self.fresh()

    def fresh(self) -> TailReader[Receipt]:
        return TailReader(self.files, self.path, decode_receipt, HEADER)

    def append(self, data: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(data)

    def ids(self) -> list[int]:
        return [receipt.cmd_id for receipt in self.reader.poll()]


@pytest.fixture
def tail(tmp_path: Path) -> Tail:
    return Tail(tmp_path)


def test_each_row_comes_once(tail: Tail) -> None:
    assert tail.ids() == []
    tail.append(HEADER.encode() + b"\n" + line(1))
    assert tail.ids() == [1]
    assert tail.ids() == []
    tail.append(line(2) + b"\n" + line(3))
    assert tail.ids() == [2, 3]
    assert tail.reader.take_bad_lines() == ()


def test_a_row_cut_anywhere_waits_for_its_rest(tail: Tail) -> None:
    row = line(1)
    for byte in range(len(row)):
        assert tail.ids() == []
        tail.append(row[byte : byte + 1])
    assert tail.ids() == [1]
    assert tail.reader.take_bad_lines() == ()


def test_without_news_the_file_is_not_opened(tail: Tail) -> None:
    tail.append(line(1) + b"2,FIL")
    tail.ids()
    reads = tail.files.reads
    for _ in range(10):
        assert tail.ids() == []
    assert tail.files.reads == reads


def test_damaged_rows_are_put_aside_and_the_rest_is_read(tail: Tail) -> None:
    tail.append(line(1) + line(2)[:20] + b"\n" + b"\x00\x00\n" + line(3).replace(b",", b";"))
    tail.append(line(4))
    assert tail.ids() == [1, 4]
    bad = tail.reader.take_bad_lines()
    assert [one.offset for one in bad] == [
        len(line(1)),
        len(line(1)) + 21,
        len(line(1)) + 24,
    ]
    assert all(one.file == "receipts.csv" and one.why.startswith("BAD_ROW") for one in bad)
    assert tail.reader.take_bad_lines() == ()


def test_a_bom_in_front_does_no_harm(tail: Tail) -> None:
    tail.append(b"\xef\xbb\xbf" + line(1))
    assert tail.ids() == [1]


def test_a_utf16_file_is_one_bad_line(tail: Tail) -> None:
    tail.append((HEADER + "\n").encode("utf-16") * 50)
    assert tail.ids() == []
    assert len(tail.reader.take_bad_lines()) == 1


def test_a_flood_of_bad_lines_is_bounded(tail: Tail) -> None:
    tail.append(b"x\n" * 10_000 + line(1))
    assert tail.ids() == [1]
    assert len(tail.reader.take_bad_lines()) == 50


def test_a_line_without_end_does_not_stop_the_reader(tail: Tail) -> None:
    tail.append(b"x" * (CHUNK + 10))
    assert tail.ids() == []
    assert tail.reader.behind
    tail.append(b"\n" + line(1))
    assert tail.ids() == [1]
    assert len(tail.reader.take_bad_lines()) == 2


def test_a_huge_file_is_read_in_parts(tail: Tail) -> None:
    rows = 2 * CHUNK // len(line(1)) + 1
    tail.append(b"".join(line(number) for number in range(1, rows + 1)))
    read: list[int] = []
    while tail.reader.behind or not read:
        read += tail.ids()
    assert read == list(range(1, rows + 1))


def test_a_cut_file_is_read_again_from_its_start(tail: Tail) -> None:
    tail.append(line(1) + line(2))
    tail.ids()
    tail.path.write_bytes(line(1))
    assert tail.ids() == [1]


def test_another_file_of_any_size_is_read_from_its_start(tail: Tail) -> None:
    tail.append(line(1) + line(2))
    tail.ids()
    for rows in ([3, 4], [5], [6, 7, 8, 9]):
        copy = tail.path.with_name("copy")
        copy.write_bytes(b"".join(line(row) for row in rows))
        copy.replace(tail.path)
        assert tail.ids() == rows


def test_a_copy_with_the_same_beginning_is_read_on(tail: Tail) -> None:
    tail.append(line(1))
    tail.ids()
    copy = tail.path.with_name("copy")
    copy.write_bytes(line(1) + line(2))
    copy.replace(tail.path)
    assert tail.ids() == [2]


def test_a_file_made_anew_in_the_same_place_and_size(tail: Tail) -> None:
    """Some disks give a new file the index of the old one."""
    tail.append(line(1))
    tail.ids()
    tail.files.overwrite(tail.path, line(2))
    os.utime(tail.path, ns=(0, 0))
    assert tail.ids() == [2]


def test_a_file_that_went_and_came_back(tail: Tail) -> None:
    tail.append(line(1))
    tail.ids()
    tail.path.unlink()
    assert tail.ids() == []
    tail.append(line(2))
    assert tail.ids() == [2]


def test_a_held_file_is_read_later(tail: Tail) -> None:
    tail.append(line(1))
    tail.files.held[tail.path] = "none"
    for _ in range(3):
        with pytest.raises(SharingError):
            tail.ids()
    tail.files.held.clear()
    assert tail.ids() == [1]


def test_a_checkpoint_goes_on_where_it_was(tail: Tail) -> None:
    tail.append(line(1) + line(2)[:9])
    tail.ids()
    checkpoint = tail.reader.checkpoint
    tail.append(line(2)[9:])
    tail.reader = tail.fresh()
    tail.reader.resume(checkpoint)
    assert tail.reader.stands()
    assert tail.ids() == [2]


def test_a_checkpoint_of_another_file_is_not_trusted(tail: Tail) -> None:
    tail.append(line(3) + line(4))
    tail.reader.resume(Checkpoint("receipts.csv", len(line(3)), "00000000"))
    assert not tail.reader.stands()
    assert tail.ids() == [3, 4]
    tail.reader = tail.fresh()
    tail.reader.resume(Checkpoint("receipts.csv", 10**6, "00000000"))
    assert not tail.reader.stands()
    assert tail.ids() == [3, 4]


def test_the_mark_is_that_of_the_bytes_before(tail: Tail) -> None:
    short = TailReader(tail.files, tail.path, lambda data: data)
    for text in (b"a\n", b"b\n", b"c" * 70 + b"\n", b"d\n"):
        tail.append(text)
        assert short.poll() == [text]
        again = TailReader(tail.files, tail.path, lambda data: data)
        again.resume(short.checkpoint)
        assert again.stands()


def test_a_poll_without_news_costs_the_same_at_any_size(tmp_path: Path) -> None:
    """The least of many polls, so that the machine's load does not decide."""
    costs = []
    for rows in (100, 100_000):
        path = tmp_path / f"{rows}.csv"
        path.write_bytes(line(1) * rows)
        reader = TailReader(DiskFiles(), path, decode_receipt)
        mark = f"{zlib.crc32(line(1)[-64:]):08x}"
        reader.resume(Checkpoint(path.name, path.stat().st_size, mark))
        assert reader.poll() == []
        costs.append(min(timed(reader) for _ in range(200)))
    assert max(costs) < 50e-6


def timed(reader: TailReader[Receipt]) -> float:
    start = time.perf_counter()
    reader.poll()
    return time.perf_counter() - start


def test_a_row_that_its_writer_marked_as_torn_is_no_bad_line(tail: Tail) -> None:
    tail.append(line(1)[:20] + b"!\n" + line(1))
    assert tail.ids() == [1]
    assert tail.reader.take_bad_lines() == ()
