"""The outbox: one write a row, ids only upwards, never behind a torn row or in another file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.adapters.mt5_files.append_file import AppendFile
from signalos_desktop.adapters.mt5_files.files import FileStat
from signalos_desktop.adapters.mt5_files.outbox import FileOutbox
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.commands import decode_command, encode_command
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.engine.ports import OutboxBusyError, OutboxFailedError
from tests.unit.adapters.mt5_files.sharing import SharingFiles
from tests.unit.domain.wire import samples

SEVEN = replace(samples.BUY, comment="")
EIGHT = replace(SEVEN, cmd_id=8)
NINE = replace(SEVEN, cmd_id=9)


class Desk:
    """An outbox on a real file with a disk that can refuse."""

    def __init__(self, folder: Path) -> None:
        self.files = SharingFiles()
        self.path = folder / "commands.3.csv"
        self.file = AppendFile(self.files, self.path)
        self.outbox = FileOutbox(samples.ACCOUNT)
        self.outbox.open(self.file, 3, 6)

    def ids(self) -> list[int]:
        """Ids that the EA would read."""
        read = []
        for line in self.path.read_bytes().split(b"\n")[:-1]:
            try:
                read.append(decode_command(line + b"\n").cmd_id)
            except RowError:
                read.append(0)
        return read


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_rows_stand_in_the_order_of_their_ids(desk: Desk) -> None:
    desk.outbox.append(SEVEN)
    desk.outbox.append(NINE)
    assert desk.path.read_bytes() == encode_command(SEVEN) + encode_command(NINE)
    assert desk.outbox.largest_id == 9


def test_a_prepared_row_is_the_row_of_the_command_that_is_appended(desk: Desk) -> None:
    later = replace(EIGHT, comment="#8 another one")
    for command in (SEVEN, EIGHT, NINE, replace(samples.BUY, cmd_id=10, magic=-1)):
        desk.outbox.prepare(command)
    desk.outbox.append(later)
    desk.outbox.append(NINE)
    assert desk.path.read_bytes() == encode_command(later) + encode_command(NINE)


def test_what_cannot_be_a_row_says_so_when_it_is_appended(desk: Desk) -> None:
    bad = replace(SEVEN, magic=-1)
    desk.outbox.prepare(bad)
    with pytest.raises(OutboxFailedError, match="magic"):
        desk.outbox.append(bad)
    assert not desk.path.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"cmd_id": 6}, "not above 6"),
        ({"session": 2}, "session 2"),
        ({"account": Account(1, "Other")}, "1@Other"),
        ({"symbol": "a,b"}, "BAD_FIELD"),
    ],
)
def test_a_row_that_does_not_belong_here_is_refused(
    desk: Desk, change: dict[str, Any], why: str
) -> None:
    with pytest.raises(OutboxFailedError, match=why):
        desk.outbox.append(replace(SEVEN, **change))
    assert not desk.path.exists()
    desk.outbox.append(SEVEN)


def test_the_same_id_is_never_written_twice(desk: Desk) -> None:
    desk.outbox.append(SEVEN)
    with pytest.raises(OutboxFailedError, match="not above 7"):
        desk.outbox.append(SEVEN)
    assert desk.ids() == [7]


def test_nothing_is_written_before_a_session_or_after_losing_it(tmp_path: Path) -> None:
    outbox = FileOutbox(samples.ACCOUNT)
    with pytest.raises(OutboxFailedError, match="not begun"):
        outbox.append(SEVEN)
    desk = Desk(tmp_path)
    desk.outbox.fenced = True
    with pytest.raises(OutboxFailedError, match="FENCED"):
        desk.outbox.append(SEVEN)
    assert not desk.path.exists()


@pytest.mark.parametrize("share", ["none", "read"])
def test_a_held_file_is_busy_and_nothing_is_written(desk: Desk, share: str) -> None:
    desk.outbox.append(SEVEN)
    desk.files.held[desk.path] = share
    with pytest.raises(OutboxBusyError):
        desk.outbox.append(EIGHT)
    desk.files.held.clear()
    assert desk.ids() == [7]
    desk.outbox.append(EIGHT)
    assert desk.ids() == [7, 8]


def test_a_file_that_the_ea_reads_takes_rows(desk: Desk) -> None:
    desk.files.held[desk.path] = "read_write"
    desk.outbox.append(SEVEN)
    assert desk.ids() == [7]


@pytest.mark.parametrize("room", range(len(encode_command(SEVEN))))
def test_a_row_cut_short_anywhere_can_never_be_read(desk: Desk, room: int) -> None:
    desk.files.room = room
    with pytest.raises(OutboxFailedError, match="disk full"):
        desk.outbox.append(SEVEN)
    desk.files.room = None
    desk.outbox.append(EIGHT)
    assert desk.ids()[-1] == 8
    assert 7 not in desk.ids()


@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_stands_in_full_is_written_whatever_the_disk_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    """The EA will execute it: to call it not sent would be a lie."""
    if not first:
        desk.outbox.append(SEVEN)
    real = desk.files.append

    def fail_late(path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        real(path, data, same_as)
        raise OSError(5, "input/output error", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(desk.files, "append", fail_late)
        desk.outbox.append(EIGHT)
    desk.outbox.append(NINE)
    assert desk.ids() == [8, 9] if first else [7, 8, 9]


def test_a_torn_row_of_an_earlier_run_is_neutralised(desk: Desk) -> None:
    desk.path.write_bytes(encode_command(SEVEN)[:-1])
    desk.outbox.append(EIGHT)
    assert desk.ids() == [0, 8]


def test_a_row_that_another_program_tore_is_neutralised(desk: Desk) -> None:
    desk.outbox.append(SEVEN)
    with desk.path.open("ab") as file:
        file.write(b"8,2026")
    desk.outbox.append(EIGHT)
    assert desk.ids() == [7, 0, 8]


@pytest.mark.parametrize("change", ["removed", "replaced", "cut"])
def test_another_file_in_its_place_is_not_written_to(desk: Desk, change: str) -> None:
    desk.outbox.append(SEVEN)
    if change == "removed":
        desk.path.unlink()
    elif change == "replaced":
        copy = desk.path.with_name("copy")
        copy.write_bytes(desk.path.read_bytes())
        copy.replace(desk.path)
    else:
        desk.path.write_bytes(b"")
    with pytest.raises(OutboxFailedError, match="by another program"):
        desk.outbox.append(EIGHT)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "gone")
    with pytest.raises(OutboxFailedError, match="disk space and rights"):
        desk.outbox.append(SEVEN)


def test_flush_is_only_for_what_was_written(desk: Desk) -> None:
    desk.file.flush()
    assert not desk.path.exists()
    desk.outbox.append(SEVEN)
    assert desk.file.unflushed
    desk.file.flush()
    assert not desk.file.unflushed
    desk.outbox.append(EIGHT)
    desk.path.unlink()
    with pytest.raises(FileNotFoundError):
        desk.file.flush()
    assert desk.file.unflushed
