"""The setup program through its window, page by page, as a trader sees it."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from installer.recipe import Built
from tests.installer.conftest import TinySetups, cannot_run, end, start_holding
from tests.installer.frame_buffer import FrameBuffer
from tests.installer.wine import PICTURES, Wine, compile_c, gone

# Looks, a tenth of a second apart: a machine that stands still for a while is no failure.
PATIENCE = 600
SETUP, REMOVAL = "SignalOS Desktop Setup", "SignalOS Desktop Uninstall"
DEMO = "Start the demo: a simulated terminal, no account"


@dataclass(frozen=True, slots=True)
class Control:
    """kind: window, on, off or ticked."""

    place: QRect
    kind: str
    text: str


class Desk:
    """An X display of its own. What its windows show is asked of Windows, not read off pixels."""

    def __init__(self, wine: Wine, folder: Path) -> None:
        self._wine = wine
        self._looker = compile_c("window.c", wine.prefix / "drive_c" / "window.exe", "-municode")
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24"]
        command += ["-nocursor", "-fbdir", str(folder)]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            wine.display = f":{numbers.readline().strip()}"
        # Wine's desktop belongs to the display of its first program, so far to none: begin anew.
        wine.end_session()
        self._frame = FrameBuffer(folder / "Xvfb_screen0")

    def controls(self, title: str) -> list[Control]:
        said = self._wine.run(self._looker, title).stdout
        rows = [line.split("\t") for line in said.splitlines()]
        return [
            Control(QRect(int(x), int(y), int(x2) - int(x), int(y2) - int(y)), kind, text)
            for x, y, x2, y2, kind, text in rows
        ]

    def wait_for(self, title: str, text: str, kind: str = "on") -> None:
        """Until a control says this; its text may go on."""
        shown: list[Control] = []

        def seen() -> bool:
            shown[:] = self.controls(title)
            return any(one.text.startswith(text) and one.kind == kind for one in shown)

        assert until(seen), f"{kind} {text!r} did not come in {title!r}, which shows {shown}"

    def press(self, title: str, button: str) -> None:
        """Once, as soon as it can be pressed."""
        self.wait_for(title, button)
        pressed = self._wine.run(self._looker, title, button)
        assert pressed.returncode == 0, f"no button {button!r}: {self.controls(title)}"

    def keep_picture(self, title: str, name: str) -> None:
        if folder := os.environ.get(PICTURES):
            [window] = [one for one in self.controls(title) if one.kind == "window"]
            picture = self._frame.standing_still().copy(window.place)
            picture.save(str(Path(folder) / f"{name}.png"))

    def close(self) -> None:
        self._wine.end_session()
        self._wine.display = ""
        self._server.terminate()
        self._server.wait()


def until(condition: Callable[[], bool]) -> bool:
    """Whether it came to hold in time."""
    for _ in range(PATIENCE):
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def desk(wine: Wine, tmp_path: Path) -> Iterator[Desk]:
    if not shutil.which("Xvfb"):
        cannot_run("not here and not installable: xvfb")
    desk = Desk(wine, tmp_path)
    yield desk
    desk.close()
    for folder in (wine.programs, wine.local_data / "SignalOS Desktop"):
        shutil.rmtree(folder, ignore_errors=True)


def code_of(program: "subprocess.Popen[bytes]") -> int:
    """Its output is not awaited: what it has started keeps that open."""
    assert until(lambda: program.poll() is not None), f"{program.args!r} did not end"
    for pipe in (program.stdin, program.stdout):
        assert pipe is not None
        pipe.close()
    return program.returncode


def test_page_by_page_into_the_demo(wine: Wine, built: Built, desk: Desk) -> None:
    setup = wine.start(built.setup)
    desk.wait_for(SETUP, f"SignalOS Desktop {built.version}")
    desk.wait_for(SETUP, "Next >")
    desk.keep_picture(SETUP, "1-welcome")
    desk.press(SETUP, "Next >")
    desk.wait_for(SETUP, "Install")
    desk.wait_for(SETUP, wine.windows_path(wine.programs))
    desk.keep_picture(SETUP, "2-folder")
    assert not wine.programs.exists()
    desk.press(SETUP, "Install")
    desk.wait_for(SETUP, DEMO, "ticked")
    desk.keep_picture(SETUP, "3-finished")
    desk.press(SETUP, "Finish")
    assert code_of(setup) == 0
    assert wine.setup_log().startswith("0 ")

    # The ticked box has started the demo, whose terminal is a process of its own.
    assert until(lambda: len(wine.running("SignalOS.exe")) == 2), wine.running("SignalOS.exe")
    panel, terminal = sorted(wine.running("SignalOS.exe"), key=len)
    assert panel[1:] == ["--demo"]
    assert terminal[1] == "simulate"
    assert until((wine.local_data / "SignalOS Desktop/demo/journal.sqlite3").exists)


def test_a_second_setup_and_leaving_the_first_halfway(
    wine: Wine, setups: TinySetups, desk: Desk
) -> None:
    setup = wine.start(setups.make())
    desk.press(SETUP, "Next >")
    desk.wait_for(SETUP, "Install")
    assert wine.run(setups.make(), "/S").returncode == 7, "a second setup at once"
    desk.press(SETUP, "Cancel")
    desk.press(SETUP, "Yes")
    assert code_of(setup) == 1
    assert wine.setup_log().startswith("1 ")
    assert not wine.programs.exists()


def test_a_refusal_and_a_removal_are_said_in_a_window(
    wine: Wine, setups: TinySetups, desk: Desk
) -> None:
    assert wine.run(setups.make(), "/S").returncode == 0
    setup = wine.start(setups.make("1.1.0"))
    running = start_holding(wine, wine.programs / "SignalOS.exe")
    try:
        desk.press(SETUP, "Next >")
        desk.press(SETUP, "Install")
        desk.wait_for(SETUP, "SignalOS Desktop is running")
        desk.press(SETUP, "OK")
        assert code_of(setup) == 3
    finally:
        end(running)

    removal = wine.start(wine.programs / "uninstall.exe", f"_?={wine.windows_path(wine.programs)}")
    desk.wait_for(REMOVAL, "The program is removed. What is yours stays")
    desk.press(REMOVAL, "Uninstall")
    desk.press(REMOVAL, "Close")
    assert code_of(removal) == 0
    assert gone(wine.programs / "manifest.json")
