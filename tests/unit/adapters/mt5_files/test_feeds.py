"""What a poll says: all that is new, once; troubles when they change; nothing otherwise."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.adapters.mt5_files.bridge import TerminalBridge
from signalos_desktop.domain.wire import ea_rows, snapshots
from signalos_desktop.engine.ports import Facts
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingFiles, TestClock
from tests.unit.domain.wire import samples


class Folder:
    """An instance with all files an EA writes."""

    def __init__(self, root: Path) -> None:
        self.ea = EaFiles(root / "x")
        self.files = SharingFiles()
        self.clock = TestClock()
        self.bridge = self.panel()

    def panel(self) -> TerminalBridge:
        return TerminalBridge(
            self.ea.folder, samples.ACCOUNT, samples.MAGIC, self.clock, files=self.files
        )

    def fill(self) -> None:
        self.ea.status()
        self.ea.put("account.json", snapshots.encode_account(samples.EQUITY, 1, 5))
        self.ea.put("positions.json", snapshots.encode_positions([samples.POSITION], 1))
        self.ea.put("orders.json", snapshots.encode_orders([], 1))
        self.ea.put("symbols.json", snapshots.encode_symbols([samples.SPEC], [], 1))
        self.ea.put("quotes.json", snapshots.encode_quotes([samples.QUOTE], 1))
        self.ea.receipt()
        self.ea.append("deals.csv", ea_rows.encode_deal(samples.DEAL), ea_rows.DEALS_HEADER)
        self.ea.append("events.csv", ea_rows.encode_event(samples.EVENT), ea_rows.EVENTS_HEADER)

    def poll(self) -> Facts:
        return self.bridge.poll() or Facts()

    def codes(self) -> list[str]:
        return [trouble.code for trouble in self.poll().troubles]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_first_poll_says_everything_and_the_next_nothing(folder: Folder) -> None:
    folder.fill()
    facts = folder.poll()
    assert facts.receipts == (samples.RECEIPT,)
    assert facts.deals == (samples.DEAL,)
    assert facts.events == (samples.EVENT,)
    assert facts.status == samples.STATUS
    assert facts.account == samples.EQUITY
    assert facts.positions == (samples.POSITION,)
    assert facts.orders == ()
    assert facts.symbols == (samples.SPEC,)
    assert facts.quotes == (samples.QUOTE,)
    assert facts.troubles == ()
    assert {one.file for one in facts.checkpoints} == {"receipts.csv", "deals.csv", "events.csv"}
    assert folder.bridge.poll() is None
    assert not folder.bridge.behind


def test_no_position_any_more_is_news(folder: Folder) -> None:
    folder.fill()
    folder.poll()
    folder.ea.put("positions.json", snapshots.encode_positions([], 2))
    assert folder.bridge.poll() == Facts(positions=())


def test_a_fast_poll_looks_for_receipts_and_status_only(folder: Folder) -> None:
    folder.fill()
    facts = folder.bridge.poll(fast=True)
    assert facts is not None
    assert facts.receipts
    assert facts.status
    assert facts.positions is None
    assert folder.poll().positions == (samples.POSITION,)


def test_the_journals_checkpoints_are_gone_on_from(folder: Folder) -> None:
    folder.fill()
    checkpoints = folder.poll().checkpoints
    later = replace(samples.RECEIPT, cmd_id=8)
    folder.ea.receipt(later)
    folder.bridge = folder.panel()
    assert folder.bridge.begin(0, checkpoints).largest_id == 8
    facts = folder.poll()
    folder.bridge.close()
    assert facts.receipts == (later,)
    assert facts.deals == ()


def test_a_missing_ea_is_told_once_and_again_after_it_was_there(folder: Folder) -> None:
    assert folder.codes() == ["EA_NOT_RUNNING"]
    assert folder.bridge.poll() is None
    folder.ea.status()
    assert folder.codes() == []
    (folder.ea.folder / "status.json").unlink()
    assert folder.codes() == ["EA_NOT_RUNNING"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"account": "222@Other"}, "ACCOUNT_CHANGED"),
        ({"magic": 5}, "ACCOUNT_CHANGED"),
        ({"protocol": 3}, "VERSION_MISMATCH"),
    ],
)
def test_another_account_or_version_is_told(
    folder: Folder, change: dict[str, Any], code: str
) -> None:
    folder.ea.status()
    assert folder.codes() == []
    folder.ea.status(replace(samples.STATUS, seq=50, **change))
    assert folder.codes() == [code]
    folder.ea.status(replace(samples.STATUS, seq=51, **change))
    assert folder.codes() == []


def test_two_eas_in_one_folder_are_told(folder: Folder) -> None:
    codes = []
    for seq in (10, 900, 11, 901, 12, 902, 13, 903):
        folder.ea.status(replace(samples.STATUS, seq=seq))
        codes += folder.codes()
        folder.clock.sleep(0.5)
    assert codes == ["TWO_EAS"]


def test_one_restart_of_the_ea_is_no_trouble(folder: Folder) -> None:
    for seq in (900, 1, 2, 3):
        folder.ea.status(replace(samples.STATUS, seq=seq))
        assert folder.codes() == []


def test_a_held_file_is_told_after_two_seconds_and_then_read(folder: Folder) -> None:
    folder.fill()
    folder.files.held[folder.ea.folder / "receipts.csv"] = "none"
    codes = []
    for _ in range(30):
        facts = folder.poll()
        assert facts.receipts == ()
        codes += [trouble.code for trouble in facts.troubles]
        folder.clock.sleep(1)
    assert codes == ["FILE_BUSY"]
    folder.files.held.clear()
    assert folder.poll().receipts == (samples.RECEIPT,)


def test_an_unreadable_file_is_told_at_once(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.fill()

    def deny(path: Path, offset: int, limit: int) -> bytes:
        raise OSError(5, "disk says no", str(path))

    monkeypatch.setattr(folder.files, "read", deny)
    assert set(folder.codes()) == {"FILE_BUSY"}


def test_a_half_snapshot_is_told_when_it_lasts(folder: Folder) -> None:
    folder.fill()
    folder.poll()
    whole = snapshots.encode_account(samples.EQUITY, 2, 5)
    folder.ea.put("account.json", whole[:50])
    codes = []
    for _ in range(4):
        facts = folder.poll()
        assert facts.account is None
        codes += [trouble.code for trouble in facts.troubles]
        folder.clock.sleep(1)
    assert codes == ["SNAPSHOT_TORN"]
    folder.ea.put("account.json", whole)
    assert folder.poll().account == samples.EQUITY


def test_a_wrong_snapshot_is_told_once_and_never_taken_for_nothing(folder: Folder) -> None:
    folder.fill()
    folder.poll()
    folder.ea.put("positions.json", b'{"seq":2,"end":2}')
    facts = folder.poll()
    assert facts.positions is None
    assert [trouble.code for trouble in facts.troubles] == ["SNAPSHOT_BAD"]
    assert folder.bridge.poll() is None


def test_damaged_rows_are_passed_on(folder: Folder) -> None:
    folder.fill()
    folder.poll()
    folder.ea.append("receipts.csv", b"8,FILLED,1\n")
    (bad,) = folder.poll().bad_lines
    assert (bad.file, bad.text) == ("receipts.csv", "8,FILLED,1\n")


def test_a_poll_without_news_is_cheap(tmp_path: Path) -> None:
    """The least of many, so that the machine's load does not decide."""
    folder = Folder(tmp_path)
    folder.fill()
    folder.poll()
    for fast, limit in ((True, 100e-6), (False, 300e-6)):
        costs = []
        for _ in range(300):
            start = time.perf_counter()
            assert folder.bridge.poll(fast=fast) is None
            costs.append(time.perf_counter() - start)
        assert min(costs) < limit
