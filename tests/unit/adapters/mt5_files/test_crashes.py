"""The panel dies before, within or after each effect on the disk: what stays is always readable."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.adapters.mt5_files.files import DiskFiles, FileStat
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.wire.commands import HEADER, decode_command
from signalos_desktop.domain.wire.fields import RowError, is_skipped
from signalos_desktop.domain.wire.snapshots import decode_app
from tests.unit.adapters.mt5_files.sharing import TestClock
from tests.unit.domain.wire import samples


class Crash(BaseException):
    """The process is gone: nothing of the panel may catch this."""


class CrashingFiles(DiskFiles):
    """Dies at the given effect; `torn` 0 = before it, 1 = after it, between = appends are cut."""

    def __init__(self, at: int, torn: float) -> None:
        self._left = at
        self._torn = torn

    def append(self, path: Path, data: bytes, same_as: FileStat | None) -> FileStat:
        if self._due():
            written = data[: int(len(data) * self._torn)]
            if written:
                super().append(path, written, same_as)
            raise Crash
        return super().append(path, data, same_as)

    def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
        if self._due():
            if self._torn == 1:
                super().replace(path, data, durable=durable)
            else:
                path.with_name(f"{path.name}.1-1.tmp").write_bytes(data[: len(data) // 2])
            raise Crash
        super().replace(path, data, durable=durable)

    def remove(self, path: Path) -> None:
        if self._due():
            if self._torn == 1:
                super().remove(path)
            raise Crash
        super().remove(path)

    def fsync(self, path: Path) -> None:
        if self._due():
            raise Crash
        super().fsync(path)

    def _due(self) -> bool:
        self._left -= 1
        return self._left == 0


class Run:
    """A panel's life on a folder; written: ids whose append returned."""

    def __init__(self, folder: Path, files: DiskFiles) -> None:
        self.folder = folder
        self.written: list[int] = []
        self.sessions: list[int] = []
        self._files = files
        self._clock = TestClock()

    def live(self) -> None:
        """Three sessions with rows, heartbeats and an archive."""
        for ids in ((1, 2), (3,), (4, 5)):
            bridge = TerminalBridge(
                self.folder, samples.ACCOUNT, samples.MAGIC, self._clock, files=self._files
            )
            try:
                self.sessions.append(bridge.begin(0, []).session)
                for cmd_id in ids:
                    bridge.outbox.append(command(cmd_id, bridge.session))
                    self.written.append(cmd_id)
                    bridge.beat()
                bridge.control("TIMER", "10")
                bridge.archive(frozenset({1, 2, 3}))
            finally:
                bridge.close()


def command(cmd_id: int, session: int) -> Command:
    return replace(samples.BUY, cmd_id=cmd_id, session=session, comment="")


def intact(path: Path) -> Iterator[int]:
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            if not is_skipped(line + b"\n", HEADER):
                yield decode_command(line + b"\n").cmd_id
        except RowError:
            continue


def effects(folder: Path) -> int:
    """How many effects a whole life has."""
    files = CrashingFiles(0, 0)
    Run(folder, files).live()
    return -files._left  # noqa: SLF001 - the counter ran below zero


@pytest.mark.parametrize("torn", [0, 0.3, 0.999, 1])
def test_a_crash_at_any_effect_loses_and_doubles_nothing(tmp_path: Path, torn: float) -> None:
    count = effects(make(tmp_path / "whole"))
    assert count > 15
    for at in range(1, count + 1):
        folder = make(tmp_path / f"{at}")
        run = Run(folder, CrashingFiles(at, torn))
        with pytest.raises(Crash):
            run.live()
        check(folder, run)


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def check(folder: Path, run: Run) -> None:
    announced = [decode_app(path.read_bytes()).value.session for path in folder.glob("app.json")]
    bridge = TerminalBridge(folder, samples.ACCOUNT, samples.MAGIC, TestClock())
    beginning = bridge.begin(0, [])
    assert beginning.session > max([0, *run.sessions, *announced])
    in_files = [row.cmd_id for row in beginning.rows]
    archive = folder / "commands_archive.csv"
    archived = list(intact(archive)) if archive.exists() else []
    assert set(run.written) <= set(in_files) | set(archived)
    assert in_files == sorted(set(in_files))
    assert beginning.largest_id >= max([0, *run.written])
    following = beginning.largest_id + 1
    bridge.outbox.append(command(following, bridge.session))
    bridge.archive(frozenset(range(following)))
    bridge.close()
    name = "commands.csv" if bridge.session == 1 else f"commands.{bridge.session}.csv"
    assert list(intact(folder / name)) == [following]
    assert set(run.written) <= set(intact(archive)) if archive.exists() else not run.written
    assert not [name for name in os.listdir(folder) if name.startswith("app.json.")]
