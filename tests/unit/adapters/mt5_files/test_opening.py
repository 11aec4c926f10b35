"""Which bridge a folder gets: protocol 2 where it was ever seen, protocol 1 only if agreed."""

from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.opening import open_bridge
from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from tests.unit.adapters.mt5_files.sharing import EaFiles, TestClock
from tests.unit.domain.wire import samples

AGREED = StockTerminal(samples.ACCOUNT, 5, agreed=True)
NOT_AGREED = StockTerminal(samples.ACCOUNT, 5, agreed=False)


@pytest.mark.parametrize("protocol", ["2", "auto"])
def test_an_ea_that_says_who_it_is_gets_protocol_2(tmp_path: Path, protocol: str) -> None:
    EaFiles(tmp_path / "SignalOS" / "5-x-1").status()
    opened = open_bridge(tmp_path, TestClock(), protocol=protocol, stock=AGREED)
    assert opened.trouble is None
    assert opened.bridge is not None
    assert (opened.bridge.protocol, opened.bridge.account) == (2, samples.ACCOUNT)
    assert opened.bridge.magic == samples.MAGIC


def test_another_magic_is_waited_for(tmp_path: Path) -> None:
    EaFiles(tmp_path / "SignalOS" / "5-x-1").status()
    opened = open_bridge(tmp_path, TestClock(), magic=1, stock=AGREED)
    assert opened.bridge is None
    assert opened.trouble is not None
    assert opened.trouble.code == "EA_NOT_RUNNING"


@pytest.mark.parametrize(
    ("protocol", "stock", "code"),
    [
        ("2", AGREED, "EA_NOT_RUNNING"),
        ("auto", None, "EA_NOT_RUNNING"),
        ("auto", NOT_AGREED, "PROTOCOL_1_NOT_AGREED"),
        ("1", None, "EA_NOT_RUNNING"),
        ("auto", AGREED, None),
        ("1", AGREED, None),
    ],
)
def test_protocol_1_needs_an_agreement(
    tmp_path: Path, protocol: str, stock: StockTerminal | None, code: str | None
) -> None:
    opened = open_bridge(tmp_path, TestClock(), protocol=protocol, stock=stock)
    assert (opened.trouble.code if opened.trouble else None) == code
    assert (opened.bridge.protocol if opened.bridge else None) == (None if code else 1)


def test_where_protocol_2_was_seen_auto_never_goes_back(tmp_path: Path) -> None:
    EaFiles(tmp_path / "SignalOS" / "5-x-1").put("status.json", b"half")
    assert open_bridge(tmp_path, TestClock(), stock=AGREED).bridge is None
    opened = open_bridge(tmp_path, TestClock(), protocol="1", stock=AGREED)
    assert opened.bridge is not None


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    opened = open_bridge(tmp_path / "gone", TestClock(), stock=AGREED)
    assert opened.trouble is not None
    assert opened.trouble.code == "BRIDGE_FOLDER_MISSING"
