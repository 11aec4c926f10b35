"""One terminal on protocol 2: how a session begins, what a poll says, who may write."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.adapters.mt5_files.command_files import session_of
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.wire import control, snapshots
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.snapshots import decode_app
from signalos_desktop.engine.ports import (
    Bridge,
    FileRow,
    FolderHeldError,
    OutboxBusyError,
    OutboxFailedError,
)
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingFiles, TestClock
from tests.unit.domain.wire import samples


class Terminal:
    """An instance's folder, its EA, and panels that come and go."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "Terminal" / "A1" / "MQL5" / "Files" / "SignalOS" / "5-x-1"
        self.common = root / "Terminal" / "Common" / "Files"
        self.common.mkdir(parents=True)
        self.ea = EaFiles(self.folder)
        self.files = SharingFiles()
        self.clock = TestClock()
        self.bridge = self.panel()

    def panel(self) -> TerminalBridge:
        return TerminalBridge(
            self.folder, samples.ACCOUNT, samples.MAGIC, self.clock, files=self.files
        )

    def restart(self, floor: int = 0) -> TerminalBridge:
        self.bridge.close()
        self.bridge = self.panel()
        self.bridge.begin(floor, [])
        return self.bridge

    def command(self, cmd_id: int) -> Command:
        return replace(samples.BUY, cmd_id=cmd_id, session=self.bridge.session, comment="")

    def append(self, *ids: int) -> None:
        for cmd_id in ids:
            self.bridge.outbox.append(self.command(cmd_id))

    def app(self) -> snapshots.Snapshot[snapshots.AppHeartbeat]:
        return decode_app((self.folder / "app.json").read_bytes())

    def names(self) -> list[str]:
        return [name for name in self.files.names(self.folder) if session_of(name)]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.bridge.close()


def test_it_is_what_the_engine_asks_for(terminal: Terminal) -> None:
    bridge: Bridge = terminal.bridge
    assert (bridge.protocol, bridge.account, bridge.magic) == (2, samples.ACCOUNT, samples.MAGIC)


def test_the_first_session_of_an_empty_folder(terminal: Terminal) -> None:
    beginning = terminal.bridge.begin(0, [])
    assert (beginning.session, beginning.rows, beginning.largest_id) == (1, (), 0)
    assert terminal.app().value.file == "commands.csv"
    terminal.append(1)
    assert terminal.names() == ["commands.csv"]


@pytest.mark.parametrize(
    ("floor", "app", "status", "file", "session"),
    [(4, 0, 0, 1, 5), (0, 6, 0, 1, 7), (1, 2, 9, 1, 10), (0, 0, 0, 12, 13)],
)
def test_a_session_is_above_all_that_is_known(
    terminal: Terminal, floor: int, app: int, status: int, file: int, session: int
) -> None:
    heartbeat = snapshots.AppHeartbeat(app, "", 2, False, 5)
    terminal.ea.put("app.json", snapshots.encode_app(heartbeat, 900))
    terminal.ea.status(replace(samples.STATUS, session=status, last_settled=3))
    terminal.ea.append(f"commands.{file}.csv", b"")
    assert terminal.bridge.begin(floor, []).session == session
    assert terminal.app().value.session == session


def test_a_damaged_app_json_does_not_stop_a_start(terminal: Terminal) -> None:
    terminal.ea.put("app.json", b'{"seq":1,"session"')
    assert terminal.bridge.begin(2, []).session == 3


def test_a_start_gets_through_while_the_ea_reads_app_json(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.files.held[terminal.folder / "app.json"] = "read_write"
    assert terminal.restart().session == 2
    assert terminal.app().value.session == 2


def test_a_start_that_cannot_announce_itself_takes_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, *, durable: bool = False) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(terminal.files, "replace", full)
        with pytest.raises(OutboxFailedError, match="No space"):
            terminal.bridge.begin(0, [])
    with pytest.raises(OutboxFailedError, match="not begun"):
        terminal.append(1)
    assert terminal.panel().begin(0, []).session == 1


def test_what_a_crash_left_beside_app_json_is_removed(terminal: Terminal) -> None:
    (terminal.folder / "app.json.77-1.tmp").write_bytes(b"{")
    terminal.bridge.begin(0, [])
    assert not [name for name in terminal.files.names(terminal.folder) if name.endswith(".tmp")]


def test_app_json_is_written_before_the_command_files_are_read(terminal: Terminal) -> None:
    terminal.ea.append("commands.csv", encode_command(samples.BUY))
    terminal.files.held[terminal.folder / "commands.csv"] = "none"
    with pytest.raises(OutboxBusyError):
        terminal.bridge.begin(0, [])
    assert terminal.app().value.session == 2
    terminal.files.held.clear()
    assert terminal.bridge.begin(0, []).session == 3


def test_every_intact_row_of_every_session_is_found(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.append(1, 2)
    terminal.restart()
    terminal.append(3)
    torn = encode_command(terminal.command(4))[:-1]
    terminal.ea.append("commands.2.csv", b"\xef\xbb\xbfgarbage\n\n" + torn)
    terminal.bridge.close()
    beginning = terminal.panel().begin(0, [])
    assert beginning.rows == (
        FileRow(1, 1, "commands.csv"),
        FileRow(2, 1, "commands.csv"),
        FileRow(3, 2, "commands.2.csv"),
    )
    assert beginning.largest_id == 3


def test_the_largest_id_counts_receipts_status_and_archive(terminal: Terminal) -> None:
    terminal.ea.status(replace(samples.STATUS, last_settled=5))
    assert terminal.bridge.begin(0, []).largest_id == 5
    terminal.ea.receipt(replace(samples.RECEIPT, cmd_id=8))
    terminal.bridge.close()
    assert terminal.panel().begin(0, []).largest_id == 8
    terminal.ea.append(
        "commands_archive.csv", encode_command(replace(samples.BUY, cmd_id=9, comment=""))
    )
    terminal.restart()
    with pytest.raises(OutboxFailedError, match="not above 9"):
        terminal.append(9)
    terminal.append(10)


def test_a_second_panel_gets_no_session(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    with pytest.raises(FolderHeldError):
        terminal.panel().begin(0, [])
    assert terminal.app().value.session == 1


def test_a_folder_that_is_gone_says_so(terminal: Terminal, tmp_path: Path) -> None:
    bridge = TerminalBridge(tmp_path / "no" / "x", samples.ACCOUNT, 1, terminal.clock)
    (tmp_path / "no").write_bytes(b"")
    with pytest.raises(OutboxFailedError, match="cannot be taken"):
        bridge.begin(0, [])


def test_settled_old_files_go_to_the_archive_and_no_other(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.append(1, 2)
    rows = (terminal.folder / "commands.csv").read_bytes()
    terminal.restart()
    terminal.append(3)
    terminal.bridge.archive(frozenset({1, 3}))
    assert terminal.names() == ["commands.2.csv", "commands.csv"]
    terminal.bridge.archive(frozenset({1, 2, 3}))
    assert terminal.names() == ["commands.2.csv"]
    assert (terminal.folder / "commands_archive.csv").read_bytes() == rows


def test_a_file_in_use_is_archived_later_and_only_once(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.append(1)
    path = terminal.folder / "commands.csv"
    rows = path.read_bytes()
    terminal.restart()
    terminal.files.held[path] = "read_write"
    for _ in range(3):
        terminal.bridge.archive(frozenset({1}))
        terminal.clock.sleep(60)
        assert path.exists()
    terminal.files.held.clear()
    terminal.bridge.archive(frozenset({1}))
    assert not path.exists()
    assert (terminal.folder / "commands_archive.csv").read_bytes() == rows


def test_a_row_that_came_after_the_look_keeps_its_file(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.append(1)
    late = encode_command(terminal.command(2))
    terminal.restart()
    terminal.ea.append("commands.csv", late)
    terminal.bridge.archive(frozenset({1}))
    assert "commands.csv" in terminal.names()


def test_the_heartbeat_counts_up_and_says_when_it_ends(terminal: Terminal) -> None:
    assert terminal.bridge.beat()
    assert not (terminal.folder / "app.json").exists()
    terminal.bridge.begin(0, [])
    seqs = [terminal.app().seq]
    for _ in range(3):
        assert terminal.bridge.beat()
        seqs.append(terminal.app().seq)
    assert seqs == sorted(set(seqs))
    assert terminal.bridge.beat(closing=True)
    assert terminal.app().value.closing


def test_a_higher_session_fences_this_panel_for_good(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    other = snapshots.encode_app(snapshots.AppHeartbeat(2, "commands.2.csv", 2, False, 5), 1)
    terminal.ea.put("app.json", other)
    assert not terminal.bridge.beat()
    assert not terminal.bridge.beat()
    assert (terminal.folder / "app.json").read_bytes() == other
    with pytest.raises(OutboxFailedError, match="FENCED"):
        terminal.append(1)
    with pytest.raises(OutboxFailedError, match="does not hold"):
        terminal.bridge.control("RESUME", "1")
    assert terminal.names() == []


def test_a_heartbeat_that_cannot_be_renamed_is_written_in_place(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.files.held[terminal.folder / "app.json"] = "read_write"
    before = terminal.app().seq
    for _ in range(3):
        assert terminal.bridge.beat()
    assert terminal.app().seq > before


def test_a_heartbeat_that_cannot_be_written_is_told_once(terminal: Terminal) -> None:
    terminal.ea.status()
    terminal.bridge.begin(0, [])
    terminal.bridge.poll()
    terminal.files.held[terminal.folder / "app.json"] = "read"
    codes = []
    for _ in range(6):
        terminal.bridge.beat()
        facts = terminal.bridge.poll()
        codes += [trouble.code for trouble in facts.troubles] if facts else []
        terminal.clock.sleep(1)
    assert codes == ["FILE_BUSY"]


def test_control_rows_are_counted_on_across_sessions(terminal: Terminal) -> None:
    with pytest.raises(OutboxFailedError, match="does not hold"):
        terminal.bridge.control("TIMER", "10")
    terminal.bridge.begin(0, [])
    terminal.bridge.control("WITHDRAW", "7")
    terminal.restart().control("SYMBOLS", "XAUUSD")
    lines = (terminal.folder / "control.csv").read_bytes().splitlines(keepends=True)
    rows = [control.decode_control(line) for line in lines]
    assert [(row.ctl_id, row.session, row.verb, row.arg) for row in rows] == [
        (1, 1, "WITHDRAW", "7"),
        (2, 2, "SYMBOLS", "XAUUSD"),
    ]
    for verb, arg in (("SELL_ALL", ""), ("RESUME", "x")):
        with pytest.raises(OutboxFailedError):
            terminal.bridge.control(verb, arg)


def test_after_giving_the_folder_back_nothing_is_written(terminal: Terminal) -> None:
    terminal.bridge.begin(0, [])
    terminal.bridge.close()
    with pytest.raises(OutboxFailedError):
        terminal.append(1)
    assert terminal.names() == []


def test_two_flushes_at_once_both_wait_for_the_disk(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.bridge.begin(0, [])
    terminal.append(1)
    synced: list[str] = []
    running, go_on = threading.Event(), threading.Event()

    def fsync(path: Path) -> None:
        running.set()
        assert go_on.wait(5)
        synced.append(path.name)

    async def flush_twice() -> tuple[int, int]:
        async def flush() -> int:
            await terminal.bridge.flush()
            return len(synced)

        first = asyncio.create_task(flush())
        await asyncio.to_thread(running.wait, 5)
        second = asyncio.create_task(flush())
        await asyncio.sleep(0)
        go_on.set()
        return await first, await second

    monkeypatch.setattr(terminal.files, "fsync", fsync)
    assert asyncio.run(flush_twice()) == (1, 1)


def test_the_flags_of_both_places(terminal: Terminal) -> None:
    terminal.ea.status()
    assert terminal.bridge.flag_paths() == (
        str(terminal.folder / "halt.flag"),
        str(terminal.common / "halt.flag"),
    )
    (terminal.common / "halt.flag").write_bytes(b"HALT press-1\n")
    (flag,) = terminal.bridge.flags()
    assert flag.identity == "press-1"
    assert terminal.bridge.remove_flags(frozenset()) == flag.path
    assert terminal.bridge.remove_flags(frozenset({"press-1"})) is None
    assert terminal.bridge.flags() == ()


def test_a_flag_that_a_crash_left_aside_lies_again_at_the_start(terminal: Terminal) -> None:
    (terminal.folder / "halt.flag.aside").write_bytes(b"FLATTEN press-1\n")
    terminal.bridge.begin(0, [])
    assert [flag.identity for flag in terminal.bridge.flags()] == ["press-1"]


def test_flush_waits_for_rows_and_control(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.bridge.begin(0, [])
    asyncio.run(terminal.bridge.flush())
    terminal.append(1)
    terminal.bridge.control("TIMER", "10")
    synced = []
    real = terminal.files.fsync

    def fsync(path: Path) -> None:
        synced.append(path.name)
        real(path)

    monkeypatch.setattr(terminal.files, "fsync", fsync)
    asyncio.run(terminal.bridge.flush())
    asyncio.run(terminal.bridge.flush())
    assert synced == ["commands.csv", "control.csv"]
