"""A second program on the same data folder ends with 3 and names the first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from signalos_desktop.app.exits import HeldError
from signalos_desktop.app.instance_lock import InstanceLock
from tests.unit.app.program import ROOT, one_line_error, program

HOLD = """
import sys
from pathlib import Path
from signalos_desktop.app.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_who_the_first_is(tmp_path: Path) -> None:
    with InstanceLock(tmp_path / "app.lock"):
        done = program("settings", "set", "magic", "5", "--data-dir", tmp_path)
        assert f"process {os.getpid()}, since 20" in one_line_error(done, 3)
        assert program("settings", "list", "--data-dir", tmp_path).returncode == 0
    assert program("settings", "set", "magic", "5", "--data-dir", tmp_path).returncode == 0
    assert not (tmp_path / "app.lock.json").exists()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "app.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(HeldError, match=f"process {process.pid}"):
            InstanceLock(path).acquire()
        process.kill()
    with InstanceLock(path):
        assert json.loads((tmp_path / "app.lock.json").read_text())["pid"] == os.getpid()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', "\udcff"])
def test_a_holder_that_cannot_be_named_still_holds(tmp_path: Path, content: str) -> None:
    path = tmp_path / "app.lock"
    with InstanceLock(path):
        (tmp_path / "app.lock.json").write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(HeldError, match="another SignalOS Desktop:"):
            InstanceLock(path).acquire()
