"""The setup program through its window, page by page, as a trader sees it."""

import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from installer.recipe import BUILT_ALREADY
from tests.installer.conftest import TinySetups
from tests.installer.wine import PICTURES, Wine

PATIENCE_S = 60.0


class Screen:
    """An X display of its own; its frame buffer is a file, so that nothing else need be there."""

    def __init__(self, wine: Wine, folder: Path) -> None:
        self._wine, self._frame = wine, folder / "Xvfb_screen0"
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24"]
        command += ["-fbdir", str(folder)]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as numbers:
            self._display = f":{numbers.readline().strip()}"

    def start(self, setup: Path) -> "subprocess.Popen[bytes]":
        # Wine's desktop belongs to the display of its first program, here to none: begin anew.
        self._wine.end_session()
        return self._wine.start(setup, display=self._display)

    def wait_for_window(self, title: str) -> str:
        words = ("search", "--onlyvisible", "--name", title)
        until(lambda: bool(self._xdotool(*words)), f"a window {title!r}")
        return self._xdotool(*words).split()[0]

    def press(self, window: str, key: str) -> None:
        """Returns as soon as the page has changed and stands still."""
        before = self._frame.read_bytes()
        self._xdotool("key", "--window", window, key)
        until(lambda: self._frame.read_bytes() != before, f"another page after {key}")
        self.settle()

    def settle(self) -> None:
        last = [b""]

        def still() -> bool:
            before, last[0] = last[0], self._frame.read_bytes()
            return before == last[0]

        until(still, "a page that stands still", every_s=0.5)

    def keep_picture(self, window: str, name: str) -> None:
        if folder := os.environ.get(PICTURES):
            said = self._xdotool("getwindowgeometry", "--shell", window)
            place = {key: int(value) for key, value in re.findall(r"([A-Z]+)=(\d+)", said)}
            part = QRect(place["X"], place["Y"], place["WIDTH"], place["HEIGHT"])
            self.picture().copy(part).save(str(Path(folder) / f"{name}.png"))

    def picture(self) -> QImage:
        """The frame buffer, which is a file of the format XWD."""
        data = self._frame.read_bytes()
        head, *_ = struct.unpack_from(">I", data)
        width, height = struct.unpack_from(">II", data, 16)
        colours, row = struct.unpack_from(">I", data, 76)[0], struct.unpack_from(">I", data, 48)[0]
        pixels = data[head + 12 * colours :]
        return QImage(pixels, width, height, row, QImage.Format.Format_RGB32).copy()

    def close(self) -> None:
        self._wine.end_session()
        self._server.terminate()
        self._server.wait()

    def _xdotool(self, *words: str) -> str:
        environ = {**os.environ, "DISPLAY": self._display}
        return subprocess.run(
            ["xdotool", *words], env=environ, capture_output=True, text=True, check=False
        ).stdout


def until(condition: Callable[[], bool], what: str, every_s: float = 0.05) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(every_s)


@pytest.fixture
def screen(wine: Wine, tmp_path: Path) -> Iterator[Screen]:
    if missing := [program for program in ("Xvfb", "xdotool") if not shutil.which(program)]:
        pytest.skip(f"not here and not installable: {', '.join(missing)}")
    screen = Screen(wine, tmp_path)
    yield screen
    screen.close()
    shutil.rmtree(wine.programs, ignore_errors=True)


@pytest.mark.skipif(
    BUILT_ALREADY not in os.environ,
    reason="clicking through the window belongs to `python3 dev.py installer --check`",
)
def test_page_by_page(wine: Wine, setups: TinySetups, screen: Screen) -> None:
    setup = screen.start(setups.make())
    window = screen.wait_for_window("SignalOS Desktop Setup")
    screen.settle()
    screen.keep_picture(window, "1-welcome")
    screen.press(window, "alt+n")
    screen.keep_picture(window, "2-folder")
    assert not wine.programs.exists()
    screen.press(window, "alt+i")
    until((wine.programs / "uninstall.exe").exists, "the installation")
    screen.settle()
    screen.keep_picture(window, "3-finished")
    # The box for the demo is ticked: untick it, then finish.
    screen.press(window, "alt+s")
    screen.press(window, "alt+f")
    setup.communicate(timeout=PATIENCE_S)
    assert setup.returncode == 0
