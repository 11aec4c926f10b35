"""The stock executor's terminal: a measured clock before any entry, receipts, overdue rows."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.stock_outbox import KEPT_FOR_CLOSES, ROW_LIMIT
from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.ports import (
    Bridge,
    Facts,
    FileRow,
    FolderHeldError,
    OutboxBusyError,
    OutboxFailedError,
)
from tests.unit.adapters.mt5_files.stock_world import HEADER, Terminal
from tests.unit.domain.wire import samples


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    terminal.bridge.begin(4, [])
    yield terminal
    terminal.bridge.close()


def test_it_is_what_the_engine_asks_for_and_lacks_what_protocol_1_lacks(
    terminal: Terminal,
) -> None:
    bridge: Bridge = terminal.bridge
    assert (bridge.protocol, bridge.account, bridge.magic) == (1, samples.ACCOUNT, samples.MAGIC)
    assert not bridge.behind
    assert bridge.flags() == ()
    assert bridge.flag_paths() == ()
    assert bridge.remove_flags(frozenset()) is None
    with pytest.raises(OutboxFailedError, match="no control"):
        bridge.control("RESUME", "1")


def test_no_entry_before_the_clock_is_measured(terminal: Terminal) -> None:
    with pytest.raises(OutboxFailedError, match="CLOCK_OFFSET_UNKNOWN"):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.measure(beats=30)
    with pytest.raises(OutboxFailedError, match="CLOCK_OFFSET_UNKNOWN"):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.measure(beats=2)
    terminal.bridge.outbox.append(terminal.command(1))
    (row,) = [row for row in terminal.rows() if row[0] == "1"]
    utc = terminal.clock.now()
    assert row[1] == f"{utc + timedelta(hours=2):%Y-%m-%d %H:%M:%S}"
    assert all(len(one) == 10 and one[9] for one in terminal.rows())


def test_a_clock_that_stands_lets_no_entry_through(terminal: Terminal) -> None:
    terminal.frozen = True
    terminal.measure(beats=120)
    with pytest.raises(OutboxFailedError, match="CLOCK_OFFSET_UNKNOWN"):
        terminal.bridge.outbox.append(terminal.command(1))


def test_a_clock_that_is_lost_still_lets_a_close_through(terminal: Terminal) -> None:
    terminal.measure()
    for _ in range(700):
        terminal.bridge.beat()
        terminal.clock.sleep(1)
    assert terminal.codes() == ["EA_NOT_RUNNING"]
    with pytest.raises(OutboxFailedError, match="CLOCK_OFFSET_UNKNOWN"):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.bridge.outbox.append(terminal.command(1, CommandAction.CLOSE))
    assert terminal.rows()[-1][3] == "CLOSE"


def test_an_answer_to_no_probe_of_ours_says_nothing(terminal: Terminal) -> None:
    row = f"{stock.PROBE_FLOOR},EXPIRED,0,0,0,Command expired (age: 2599200s, TTL: 1s)\n"
    terminal.ea.append("receipts.csv", HEADER + row.encode())
    facts = terminal.bridge.poll()
    assert facts is not None
    assert facts.receipts == ()
    with pytest.raises(OutboxFailedError, match="CLOCK_OFFSET_UNKNOWN"):
        terminal.bridge.outbox.append(terminal.command(1))


def test_probes_have_a_foreign_magic_and_ids_of_their_own(terminal: Terminal) -> None:
    terminal.measure(beats=70)
    terminal.restart()
    terminal.bridge.beat()
    probes = terminal.rows()
    assert {row[7] for row in probes} == {str(samples.MAGIC - 1)}
    ids = [int(row[0]) for row in probes]
    assert ids == sorted(set(ids))
    assert ids[0] > stock.PROBE_FLOOR


def test_receipts_come_by_header_and_probes_stay_inside(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.outbox.append(terminal.command(1))
    nine = ",".join(stock.NINE).encode()
    terminal.ea.append("receipts.csv", nine + b"\n1,FILLED,12,10009,2410.5,0,false,,done\n")
    terminal.ea.append("receipts.csv", b"cmd_id,status,message\nhalf")
    facts = terminal.bridge.poll()
    assert facts is not None
    (receipt,) = facts.receipts
    assert (receipt.cmd_id, receipt.message, receipt.price) == (1, "done", Decimal("2410.5"))
    assert [one.why[:24] for one in facts.bad_lines] == ["BAD_ROW: unknown header:"]
    assert [one.file for one in facts.checkpoints] == ["receipts.csv"]
    assert terminal.bridge.poll() is None


def test_a_missing_receipt_becomes_unknown_once(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.outbox.append(terminal.command(1))
    terminal.bridge.outbox.append(terminal.command(2))
    terminal.ea.append("receipts.csv", HEADER + b"2,REJECTED,0,10019,0,No money\n")
    unknown = []
    for _ in range(60):
        terminal.clock.sleep(1)
        facts = terminal.bridge.poll() or Facts()
        unknown += [one for one in facts.receipts if one.status is ReceiptStatus.UNKNOWN]
    (receipt,) = unknown
    assert receipt.cmd_id == 1
    assert receipt.message.startswith("NO_RECEIPT: none 49 s")


def test_a_held_receipts_file_is_told_after_two_seconds(terminal: Terminal) -> None:
    path = terminal.ea.folder / "receipts.csv"
    path.write_bytes(HEADER + b"1,ERROR,0,0,0,none\n")
    terminal.files.held[path] = "none"
    codes = []
    for _ in range(5):
        codes += terminal.codes()
        terminal.clock.sleep(1)
    assert codes == ["FILE_BUSY"]
    terminal.files.held.clear()
    facts = terminal.bridge.poll()
    assert facts is not None
    assert facts.receipts


def test_a_row_goes_in_only_while_the_executor_does_not_read(terminal: Terminal) -> None:
    terminal.measure()
    terminal.files.held[terminal.ea.folder / "commands.csv"] = "none"
    with pytest.raises(OutboxBusyError):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.files.held.clear()
    terminal.bridge.outbox.append(terminal.command(1))
    asyncio.run(terminal.bridge.flush())


def test_nothing_is_written_behind_a_torn_row(terminal: Terminal) -> None:
    """The executor reads ten fields across line ends: a torn row would shift the next one."""
    terminal.measure()
    terminal.ea.append("commands.csv", b"1,2026")
    with pytest.raises(OutboxFailedError, match="cut short"):
        terminal.bridge.outbox.append(terminal.command(2))
    terminal.clock.sleep(700)
    terminal.bridge.beat()
    assert terminal.codes() == ["PROBE_NOT_WRITTEN"]


def test_ids_of_an_earlier_run_are_known(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.outbox.append(terminal.command(5))
    terminal.ea.append("receipts.csv", b"9,ERROR,0,0,0,none\n")
    (terminal.ea.folder / "commands_archive.5.7.csv").write_bytes(b"")
    terminal.bridge.close()
    beginning = terminal.panel().begin(5, [])
    assert beginning.session == 6
    assert beginning.rows == (FileRow(5, 0, "commands.csv"),)
    assert beginning.largest_id == 9


def test_a_checkpoint_is_gone_on_from(terminal: Terminal) -> None:
    terminal.ea.append("receipts.csv", HEADER + b"1,ERROR,0,0,0,none\n")
    facts = terminal.bridge.poll()
    assert facts is not None
    terminal.ea.append("receipts.csv", b"2,ERROR,0,0,0,none\n")
    terminal.bridge.close()
    terminal.bridge = terminal.panel()
    terminal.bridge.begin(5, facts.checkpoints)
    again = terminal.bridge.poll()
    assert again is not None
    assert [one.cmd_id for one in again.receipts] == [2]


def test_the_file_is_moved_aside_only_when_all_is_over(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.outbox.append(terminal.command(1))
    path = terminal.ea.folder / "commands.csv"
    terminal.bridge.archive(frozenset())
    terminal.bridge.archive(frozenset({1}))
    assert path.exists()
    terminal.clock.sleep(16)
    terminal.bridge.archive(frozenset())
    assert path.exists()
    terminal.files.held[path] = "none"
    terminal.bridge.archive(frozenset({1}))
    assert path.exists()
    terminal.files.held.clear()
    terminal.bridge.archive(frozenset({1}))
    assert not path.exists()
    terminal.bridge.outbox.append(terminal.command(2))
    assert [row[3] for row in terminal.rows()] == ["PING", "BUY"]
    archived = (terminal.ea.folder / "commands_archive.csv").read_bytes().split(b",")
    assert (archived[0], archived[3]) == (b"1", b"BUY")
    terminal.restart()
    with pytest.raises(OutboxFailedError, match="not above 2"):
        terminal.bridge.outbox.append(terminal.command(2))


def test_a_full_file_takes_no_more_rows(terminal: Terminal) -> None:
    terminal.measure()
    row = stock.probe_row(stock.PROBE_FLOOR, samples.NOW, 1)
    terminal.ea.append("commands.csv", row * ROW_LIMIT)
    terminal.restart()
    with pytest.raises(OutboxFailedError, match=f"allowed {ROW_LIMIT - KEPT_FOR_CLOSES}"):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.bridge.beat()
    assert len(terminal.rows()) == ROW_LIMIT + 2
    with pytest.raises(OutboxFailedError, match=f"allowed {ROW_LIMIT}:"):
        terminal.bridge.outbox.append(terminal.command(1, CommandAction.CLOSE))


def test_closes_have_rows_kept_for_them(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.outbox.rows = ROW_LIMIT - KEPT_FOR_CLOSES
    with pytest.raises(OutboxFailedError, match="settle the open commands"):
        terminal.bridge.outbox.append(terminal.command(1))
    terminal.bridge.outbox.append(terminal.command(1, CommandAction.CLOSE))
    assert terminal.rows()[-1][3] == "CLOSE"


def test_after_giving_the_folder_back_nothing_is_written(terminal: Terminal) -> None:
    terminal.measure()
    terminal.bridge.close()
    with pytest.raises(OutboxFailedError):
        terminal.bridge.outbox.append(terminal.command(1))


def test_a_second_panel_is_kept_out(terminal: Terminal) -> None:
    with pytest.raises(FolderHeldError):
        terminal.panel().begin(0, [])
    terminal.files.held[terminal.ea.folder / "commands.csv"] = "none"
    (terminal.ea.folder / "commands.csv").write_bytes(b"")
    terminal.bridge.close()
    with pytest.raises(OutboxBusyError):
        terminal.panel().begin(0, [])
