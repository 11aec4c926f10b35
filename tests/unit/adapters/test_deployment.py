"""The Expert Advisor comes into a terminal whole or not at all, and never under orders."""

from dataclasses import replace
from pathlib import Path

import pytest

from signalos_desktop.adapters.deployment import Deployed, Deployment, SourceState
from signalos_desktop.adapters.mt5_files.terminals import TerminalFolder
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.engine.ports import Trouble
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingFiles, TestClock
from tests.unit.domain.wire import samples

EXPERT = "Experts/SignalOS/SignalOSBridge.mq5"
SETTINGS = "Include/SignalOS/Settings.mqh"


def settings(version: str) -> str:
    return f'#define EA_NAME "SignalOSBridge"\n#define EA_VERSION "{version}"\n'


class World:
    def __init__(self, folder: Path) -> None:
        self.source = folder / "ea"
        self.fill(self.source, "1.2.0")
        self.mql5 = folder / "D0E8" / "MQL5"
        (self.mql5 / "Files").mkdir(parents=True)
        self.terminal = TerminalFolder(self.mql5 / "Files", r"C:\MT5", "data folder")
        self.files, self.clock = SharingFiles(), TestClock()
        self.backups = folder / "backups"
        self.deployment = Deployment(self.source, self.backups, self.files, self.clock)

    def fill(self, mql5: Path, version: str) -> None:
        for name, text in {
            SETTINGS: settings(version),
            "Include/SignalOS/Bridge.mqh": f"// {version}\n",
            "Scripts/SignalOS/SignalOSSelfTest.mq5": f"// {version}\n",
            EXPERT: f"// {version}\n",
            "Presets/SignalOSBridge-default.set": "InpMagic=4400000\n",
        }.items():
            (mql5 / name).parent.mkdir(parents=True, exist_ok=True)
            (mql5 / name).write_text(text)

    def deploy(self) -> Deployed:
        result = self.deployment.deploy(self.terminal)
        assert isinstance(result, Deployed), result
        return result

    def refused(self) -> Trouble:
        before = self.tree()
        result = self.deployment.deploy(self.terminal)
        assert isinstance(result, Trouble)
        assert self.tree() == before
        assert result.next_step
        return result

    def tree(self) -> dict[str, bytes]:
        paths = (path for path in self.mql5.rglob("*") if path.is_file())
        return {path.relative_to(self.mql5).as_posix(): path.read_bytes() for path in paths}

    def state(self) -> SourceState:
        return self.deployment.look(self.terminal).state


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_into_an_empty_terminal(world: World) -> None:
    assert world.state() is SourceState.ABSENT
    done = world.deploy()
    assert (done.written, done.backup) == (5, None)
    assert "F7" in done.next_step
    assert str(world.mql5 / EXPERT) in done.next_step
    standing = world.deployment.look(world.terminal)
    assert (standing.state, standing.installed) == (SourceState.SAME, "1.2.0")
    assert not standing.compiled
    assert world.deploy().written == 0


def test_an_older_version_is_replaced_and_kept_aside(world: World) -> None:
    world.fill(world.mql5, "1.1.9")
    (world.mql5 / "Include/SignalOS/Gone.mqh").write_text("// only in the old version\n")
    (world.mql5 / "Include/Mine.mqh").write_text("// the user's own\n")
    assert world.state() is SourceState.OLDER
    done = world.deploy()
    assert done.backup is not None
    assert done.backup.is_relative_to(world.backups)
    assert (done.backup / SETTINGS).read_text() == settings("1.1.9")
    assert (done.backup / "Include/SignalOS/Gone.mqh").exists()
    assert not (world.mql5 / "Include/SignalOS/Gone.mqh").exists()
    assert (world.mql5 / "Include/Mine.mqh").exists()
    assert world.state() is SourceState.SAME


def test_changes_of_the_user_are_seen_and_kept_aside(world: World) -> None:
    world.deploy()
    (world.mql5 / "Presets/SignalOSBridge-default.set").write_text("InpMagic=7\n")
    assert world.state() is SourceState.EDITED
    done = world.deploy()
    assert done.backup is not None
    assert (done.backup / "Presets/SignalOSBridge-default.set").read_text() == "InpMagic=7\n"


def test_a_compiled_program_counts_if_it_is_newer_than_the_source(world: World) -> None:
    world.deploy()
    program = world.mql5 / "Experts/SignalOS/SignalOSBridge.ex5"
    program.write_bytes(b"EX5")
    assert world.deployment.look(world.terminal).compiled


def test_a_newer_version_is_left_alone(world: World) -> None:
    world.fill(world.mql5, "1.10.0")
    assert world.refused().code == "DEPLOY_NEWER_THERE"


def test_a_folder_that_is_no_terminal(world: World) -> None:
    world.terminal = replace(world.terminal, path=world.mql5 / "Nothing")
    assert world.refused().code == "DEPLOY_NO_TERMINAL"


@pytest.mark.parametrize("doubt", [(), (7,)])
def test_never_while_commands_are_in_flight(world: World, doubt: tuple[int, ...]) -> None:
    ea = EaFiles(world.mql5 / "Files/SignalOS/5000001-SignalOS_Demo-4400000")
    ea.status(replace(samples.STATUS, last_settled=6, in_doubt=doubt))
    ea.append("commands.3.csv", encode_command(samples.BUY))
    trouble = world.refused()
    assert trouble.code == "DEPLOY_COMMANDS_IN_FLIGHT"
    assert "(7)" in trouble.text

    ea.status(replace(samples.STATUS, last_settled=7, in_doubt=()))
    assert world.deploy().written == 5


def test_a_command_that_expired_unread_holds_nothing_up(world: World) -> None:
    ea = EaFiles(world.mql5 / "Files/SignalOS/5000001-SignalOS_Demo-4400000")
    ea.status(replace(samples.STATUS, last_settled=6, in_doubt=()))
    ea.append("commands.3.csv", encode_command(samples.BUY))
    world.clock.seconds += 31
    assert world.deployment.in_flight(world.terminal) == []
    assert world.deploy().written == 5


def test_a_file_that_an_editor_holds_undoes_it_all(world: World) -> None:
    world.fill(world.mql5, "1.1.0")
    world.files.held[world.mql5 / EXPERT] = "read"
    trouble = world.refused()
    assert trouble.code == "DEPLOY_FAILED"
    assert "Everything is as it was" in trouble.text
    assert "MetaEditor" in trouble.next_step


def test_what_could_not_be_put_back_is_named(world: World) -> None:
    world.fill(world.mql5, "1.1.0")
    bridge = world.mql5 / "Include/SignalOS/Bridge.mqh"

    class Closing(SharingFiles):
        """Somebody opens the first file while the second is written."""

        def replace(self, path: Path, data: bytes, *, durable: bool = False) -> None:
            super().replace(path, data, durable=durable)
            if path == bridge:
                self.held[bridge] = "read"
                self.held[world.mql5 / SETTINGS] = "read"

    world.deployment = Deployment(world.source, world.backups, Closing(), world.clock)
    result = world.deployment.deploy(world.terminal)
    assert isinstance(result, Trouble)
    assert "Not put back: Include/SignalOS/Bridge.mqh" in result.text
