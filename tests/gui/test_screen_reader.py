"""The panel as a screen reader finds it: the real tree over AT-SPI, and STOP pressed through it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.accessible_tree import (
    AccessibleTree,
    Node,
    accessible_desktop,
    need_accessible_tree,
)

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 90.0
ASKED = frozenset({"push button", "radio button", "check box", "toggle button", "text", "table"})


@contextmanager
def panel(folder: Path, environ: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "signalos_desktop", "--demo", "--data-dir", str(folder)]
    process = subprocess.Popen(
        command, env=os.environ | environ, cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        yield
    finally:
        process.terminate()
        _, said = process.communicate(timeout=60)
        if "could not load the qt platform plugin" in said.lower():
            pytest.skip("Qt's xcb plugin lacks libraries: python3 dev.py demo names them")


def found(look: Callable[[], Node | None], what: str) -> Node:
    """Walks the tree until it is there."""
    end = time.monotonic() + WAIT_S
    while (node := look()) is None:
        assert time.monotonic() < end, f"{what} did not come within {WAIT_S:.0f} s"
    return node


def test_a_screen_reader_reads_the_panel_and_stops_it(tmp_path: Path) -> None:
    need_accessible_tree()
    with accessible_desktop(tmp_path / "run") as environ, panel(tmp_path / "data", environ):
        tree = AccessibleTree(environ["DBUS_SESSION_BUS_ADDRESS"])
        try:
            found(lambda: tree.find("table", "Positions"), "the tables")
            found(lambda: tree.find("label", "Trading is RUNNING"), "RUNNING")
            nameless = {node for node in tree.nodes() if node.role in ASKED and not node.name}
            assert nameless == set()

            stop = found(lambda: tree.find("push button", "Emergency stop"), "STOP")
            assert tree.press(stop)
            found(lambda: tree.find("label", "Trading is STOPPED"), "the verdict")
        finally:
            tree.close()
