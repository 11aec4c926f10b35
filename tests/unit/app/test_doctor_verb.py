"""`doctor`: what is wrong is found, with a next step, and only then the exit code is 1."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.domain.ea_status import EaStatus, Halt, Permissions
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.status_json import encode_status
from signalos_desktop.engine.settings import Settings
from tests.unit.adapters.ledger.test_durability import filled
from tests.unit.app.program import json_lines, program

STATUS = EaStatus(
    seq=1,
    protocol=2,
    ea="SignalOSBridge",
    version="1.00",
    utc_ms=0,
    server_utc_offset_s=7200,
    account="1001@Demo-Server",
    login=1001,
    server="Demo-Server",
    magic=4400000,
    margin_mode="RETAIL_HEDGING",
    session=1,
    phase="IDLE",
    last_settled=0,
    file="commands.csv",
    consumed=0,
    in_doubt=(),
    timer_ms=50,
    scope="MAGIC",
    sl_required=True,
    common="",
    permissions=Permissions(True, True, True, True, True),
    refused=(),
    halt=Halt(0, StopLevel.NONE, "", 0, (), (), True, 0, 0, 0, False, ()),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder whose settings name one terminal."""
    files = tmp_path / "MT5" / "MQL5" / "Files"
    files.mkdir(parents=True)
    home = tmp_path / "home"
    home.mkdir()
    SettingsFile(home).save(Settings().with_change("bridge.folders", [str(files)]))
    return home


def files_of(home: Path) -> Path:
    return home.parent / "MT5" / "MQL5" / "Files"


def write_status(home: Path, status: EaStatus, folder: str = "1001-Demo-Server-4400000") -> None:
    place = files_of(home) / "SignalOS" / folder
    place.mkdir(parents=True, exist_ok=True)
    (place / "status.new").write_bytes(encode_status(status))
    (place / "status.new").replace(place / "status.json")


@contextmanager
def beating(home: Path, status: EaStatus = STATUS, behind_s: int = 0) -> Iterator[None]:
    """An EA that writes its status ten times a second; its clock is behind by that much."""
    ended = threading.Event()

    def beat() -> None:
        seq = 1
        while not ended.wait(0.1):
            seq += 1
            now_ms = int(time.time() * 1000) - behind_s * 1000
            write_status(home, replace(status, seq=seq, utc_ms=now_ms))

    write_status(home, status)
    heart = threading.Thread(target=beat)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def findings(home: Path, exit_code: int) -> dict[str, dict[str, Any]]:
    done = program("doctor", "--json", "--data-dir", home)
    assert (done.returncode, done.stderr) == (exit_code, "")
    rows = json_lines(done)
    for row in rows:
        assert set(row) == {"check", "ok", "text", "next_step"}
        assert row["ok"] or row["next_step"]
    return {row["check"]: row for row in rows}


def test_all_is_well(home: Path) -> None:
    filled(home / "journal.sqlite3", 2)
    with beating(home):
        found = findings(home, 0)
        text = program("doctor", "--data-dir", home)
    assert "SignalOSBridge 1.00, alive" in found["expert advisor"]["text"]
    assert "is whole" in found["journal"]["text"]
    assert set(found) == {
        "terminals",
        "write access",
        "expert advisor",
        "clock",
        "settings",
        "data folder",
        "journal",
        "keyring",
        "server",
        "installation",
    }
    assert text.returncode == 0
    assert all(line.startswith("ok") for line in text.stdout.splitlines())


def test_a_silent_expert_advisor(home: Path) -> None:
    write_status(home, STATUS)
    found = findings(home, 1)
    assert not found["expert advisor"]["ok"]
    assert "no heartbeat" in found["expert advisor"]["text"]


def test_an_older_account_beside_a_living_one_is_history(home: Path) -> None:
    write_status(home, replace(STATUS, login=7), "7-Demo-Server-4400000")
    with beating(home):
        findings(home, 0)


def test_no_expert_advisor_at_all(home: Path) -> None:
    assert "EA_NOT_RUNNING" in findings(home, 1)["expert advisor"]["text"]


def test_a_clock_that_is_off(home: Path) -> None:
    with beating(home, behind_s=60):
        found = findings(home, 1)
    assert not found["clock"]["ok"]
    assert "-60" in found["clock"]["text"] or "-59" in found["clock"]["text"]


def test_trading_is_not_allowed(home: Path) -> None:
    with beating(home, replace(STATUS, refused=("Algo Trading is off",))):
        found = findings(home, 1)
    assert "Algo Trading is off" in found["permissions"]["text"]


def test_no_terminal(tmp_path: Path) -> None:
    done = program(
        "doctor", "--json", HOME=str(tmp_path), SIGNALOS_HOME=str(tmp_path), WINEPREFIX=""
    )
    found = {row["check"]: row for row in json_lines(done)}
    assert done.returncode == 1
    assert not found["terminals"]["ok"]
    assert "none yet" in found["journal"]["text"]


def test_a_folder_that_is_gone(home: Path) -> None:
    files_of(home).rmdir()
    assert not findings(home, 1)["write access"]["ok"]


def test_settings_that_were_refused(home: Path) -> None:
    (home / "settings.json").write_text("{", encoding="utf-8")
    found = findings(home, 1)
    assert "CONFIG_INVALID" in found["settings"]["text"]


@pytest.mark.parametrize("damage", ["page", "header"])
def test_a_damaged_journal(home: Path, damage: str) -> None:
    path = filled(home / "journal.sqlite3", 60)
    content = bytearray(path.read_bytes())
    start = 8192 if damage == "page" else 0
    for offset in range(start, len(content), 8192):
        content[offset : offset + 64] = b"\xff" * 64
    path.write_bytes(content)
    found = findings(home, 1)
    assert not found["journal"]["ok"]
    assert "damaged" in found["journal"]["text"]
