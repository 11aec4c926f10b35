"""What the panel knows of a terminal that shows nothing: signs of life, positions, doubts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.adapters.mt5_files.stock_receipts import PATIENCE_S, StockReceipts
from signalos_desktop.adapters.mt5_files.troubles import Troubles
from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.entries import CommandEntry, CommandState, KnownCommand
from signalos_desktop.engine.ports import Facts, OutboxFailedError
from tests.unit.adapters.mt5_files.stock_world import HEADER, Terminal

FILLED = "FILLED,70,10009,2410.50000,Request completed"
OLD_ROW = "1,2026-01-16 10:22:05,XAUUSD,BUY,0.1,1,1,4400000,c,15\r\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    terminal.bridge.begin(4, [])
    terminal.measure()
    yield terminal
    terminal.bridge.close()


def known(command: Command, *receipts: Receipt, resolved_as: str | None = None) -> KnownCommand:
    settled = any(receipt.status.terminal for receipt in receipts)
    state = CommandState.SETTLED if settled else CommandState.PUBLISHED
    entry = CommandEntry(command, "S1", f"S1/{command.cmd_id}", Decimal(0))
    return KnownCommand(entry, state, "", receipts, resolved_as)


def tickets(facts: Facts) -> list[int] | None:
    return None if facts.positions is None else [held.ticket for held in facts.positions]


def test_the_first_answer_of_a_probe_is_a_sign_of_life(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.bridge.begin(4, [])
    first = terminal.bridge.poll() or Facts()
    assert (first.status, first.positions, first.orders) == (None, (), ())
    assert first.account is not None
    assert (first.account.balance, first.account.company) == (
        Decimal(10000),
        "as stated in the settings",
    )
    assert first.symbols
    terminal.bridge.beat()
    terminal.answer_probes()
    alive = terminal.bridge.poll() or Facts()
    assert alive.status is not None
    assert (alive.status.protocol, alive.status.server_utc_offset_s) == (1, 7200)
    assert alive.symbols is None
    assert not terminal.bridge.clock_known
    terminal.measure()
    assert terminal.bridge.clock_known
    terminal.bridge.close()


def test_a_filled_open_is_a_position_until_its_symbol_is_closed(terminal: Terminal) -> None:
    outbox = terminal.bridge.outbox
    outbox.append(terminal.command(1))
    facts = terminal.answer(f"1,{FILLED}")
    [receipt] = facts.receipts
    assert (receipt.position, receipt.volume) == (70, Decimal("0.10"))
    assert facts.positions is not None
    [held] = facts.positions
    assert (held.ticket, held.symbol, held.volume, held.price_open) == (
        70,
        "XAUUSD",
        Decimal("0.10"),
        Decimal("2410.5"),
    )
    assert facts.account is not None
    assert facts.account.margin == Decimal("241.05")
    assert facts.status is not None
    outbox.append(terminal.command(2, CommandAction.CLOSE))
    outbox.append(terminal.command(3))
    facts = terminal.answer(
        "2,FILLED,0,10009,0.00000,Closed 1 position(s)", "3,FILLED,71,10009,2410.50000,done"
    )
    assert tickets(facts) == [71]
    outbox.append(terminal.command(4, CommandAction.CLOSE))
    assert terminal.answer("4,ERROR,0,0,0.00000,No positions closed").positions is not None
    outbox.append(replace(terminal.command(5, CommandAction.CLOSE), symbol="EURUSD"))
    assert tickets(terminal.answer("5,FILLED,0,10009,0.00000,Closed 1 position(s)")) == [71]


def test_a_close_that_closed_less_or_more_than_is_known_is_told(terminal: Terminal) -> None:
    outbox = terminal.bridge.outbox
    for cmd_id in (1, 2):
        outbox.append(terminal.command(cmd_id))
    terminal.answer(f"1,{FILLED}", "2,FILLED,71,10009,2410.50000,done")
    outbox.append(terminal.command(3, CommandAction.CLOSE))
    facts = terminal.answer("3,FILLED,0,10009,0.00000,Closed 1 position(s)")
    assert [one.code for one in facts.troubles] == ["CLOSE_INCOMPLETE"]
    assert tickets(facts) == [70, 71]
    outbox.append(terminal.command(4, CommandAction.CLOSE))
    facts = terminal.answer("4,FILLED,0,10009,0.00000,Closed 3 position(s)")
    assert [one.code for one in facts.troubles] == ["CLOSED_MORE"]
    assert tickets(facts) == []


def test_a_fill_that_risks_more_than_allowed_is_told(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    facts = terminal.answer("1,FILLED,70,10009,2410.51000,done")
    assert [one.code for one in facts.troubles] == ["RISK_OVERRUN"]


@pytest.mark.parametrize("retcode", [10008, 10010, 10012, 10031])
def test_a_refusal_that_may_hide_an_execution_is_unclear(terminal: Terminal, retcode: int) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    [receipt] = terminal.answer(f"1,REJECTED,0,{retcode},0.00000,words").receipts
    assert receipt.status is ReceiptStatus.UNKNOWN


def test_another_magic_number_is_told(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    facts = terminal.answer("1,REJECTED,0,0,0.00000,Magic number mismatch")
    assert [one.code for one in facts.troubles] == ["MAGIC_MISMATCH"]
    assert facts.receipts[0].status is ReceiptStatus.REJECTED


def test_an_executor_that_began_anew_proves_nothing_by_expired(terminal: Terminal) -> None:
    """Its memory is gone: a row that it had executed is EXPIRED to it, too."""
    outbox = terminal.bridge.outbox
    outbox.append(terminal.command(1))
    terminal.answer(f"1,{FILLED}")
    outbox.append(terminal.command(2))
    probe = terminal.rows()[0][0]
    late = "EXPIRED,0,0,0.00000,Command expired (age: 99s, TTL: 15s)"
    facts = terminal.answer(f"{probe},{late}", f"1,{late}", f"2,{late}")
    assert [one.code for one in facts.troubles] == ["EXECUTOR_RESTARTED"]
    [receipt] = facts.receipts
    assert (receipt.cmd_id, receipt.status) == (2, ReceiptStatus.UNKNOWN)
    terminal.clock.sleep(40)
    assert [one.code for one in terminal.answer(f"1,{late} ").troubles] == ["EXECUTOR_RESTARTED"]


def test_an_executor_that_never_forgot_proves_expired(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    [receipt] = terminal.answer("1,EXPIRED,0,0,0.00000,Command expired (age: 99s)").receipts
    assert receipt.status is ReceiptStatus.EXPIRED


def test_a_second_execution_of_a_row_is_a_second_position(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    terminal.answer(f"1,{FILLED}")
    facts = terminal.answer("1,FILLED,71,10009,2410.50000,Request completed")
    assert tickets(facts) == [70, 71]
    assert len(facts.receipts) == 1
    assert "EXECUTOR_RESTARTED" in [one.code for one in facts.troubles]


def test_an_overdue_close_is_an_error_since_it_may_be_sent_again(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1, CommandAction.CLOSE))
    terminal.clock.sleep(50)
    [receipt] = (terminal.bridge.poll() or Facts()).receipts
    assert (receipt.status, receipt.message[:10]) == (ReceiptStatus.ERROR, "NO_RECEIPT")


def test_an_overdue_open_cannot_be_read_any_more(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(1))
    terminal.clock.sleep(50)
    [receipt] = (terminal.bridge.poll() or Facts()).receipts
    assert receipt.status is ReceiptStatus.UNKNOWN
    terminal.bridge.archive(frozenset())
    assert not (terminal.ea.folder / "commands.csv").exists()
    [late] = terminal.answer("1,EXPIRED,0,0,0.00000,Command expired (age: 99s)").receipts
    assert late.status is ReceiptStatus.UNKNOWN
    assert tickets(terminal.answer(f"1,{FILLED}")) == [70]


def test_probes_alone_are_thrown_away_when_there_are_many(terminal: Terminal) -> None:
    terminal.measure(beats=40 * 30)
    terminal.bridge.archive(frozenset())
    assert len(terminal.rows()) < 100
    terminal.measure(beats=80 * 30)
    terminal.clock.sleep(1)
    terminal.bridge.archive(frozenset())
    assert not (terminal.ea.folder / "commands.csv").exists()
    assert not (terminal.ea.folder / "commands_archive.csv").exists()
    assert not (terminal.ea.folder / "commands_aside.csv").exists()


def test_what_the_journal_knows_comes_back(terminal: Terminal) -> None:
    bought, sold = terminal.command(1), terminal.command(2, CommandAction.SELL)
    receipt = Receipt(1, ReceiptStatus.FILLED, 70, 10009, Decimal("2410.5"), "", 70)
    closed = Receipt(3, ReceiptStatus.FILLED, 0, 10009, Decimal(0), "Closed 1 position(s)")
    again = replace(bought, cmd_id=4)
    terminal.bridge.recall(
        [
            known(bought, receipt),
            known(sold, resolved_as="filled"),
            known(replace(bought, cmd_id=3, action=CommandAction.CLOSE), closed),
            known(again, replace(receipt, cmd_id=4, ticket=74, position=74)),
            known(replace(again, cmd_id=5), resolved_as="filled"),
            known(replace(again, cmd_id=6, symbol="EURUSD"), resolved_as="not_filled"),
        ]
    )
    assert tickets(terminal.bridge.poll() or Facts()) == [70, 2, 74, 5]
    terminal.bridge.recall([known(again, resolved_as="closed")])
    assert tickets(terminal.bridge.poll() or Facts()) == [70, 2, 5]


def test_a_row_of_an_earlier_run_is_waited_for(terminal: Terminal) -> None:
    command = terminal.command(1)
    terminal.bridge.outbox.append(command)
    terminal.restart()
    unclear = Receipt(2, ReceiptStatus.UNKNOWN, 0, 0, Decimal(0), "NO_RECEIPT")
    terminal.bridge.recall([known(command), known(replace(command, cmd_id=2), unclear)])
    terminal.bridge.archive(frozenset())
    assert (terminal.ea.folder / "commands.csv").exists()
    late = "EXPIRED,0,0,0.00000,Command expired (age: 99s)"
    facts = terminal.answer(f"1,{late}", f"2,{late}")
    assert [one.status for one in facts.receipts] == [ReceiptStatus.EXPIRED, ReceiptStatus.UNKNOWN]


def test_receipts_from_before_the_first_run_are_not_ours(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.ea.append("receipts.csv", HEADER + b"1,FILLED,70,10009,1.0,done\r\nhalf")
    assert terminal.bridge.begin(0, []).largest_id == 1
    facts = terminal.bridge.poll() or Facts()
    assert facts.receipts == ()
    assert [one.file for one in facts.checkpoints] == ["receipts.csv"]
    terminal.bridge.close()


@pytest.mark.parametrize("content", ["cmd_id,timestamp\r\n", "1,2\r\n", f"{OLD_ROW}x\r\n"])
def test_a_file_the_executor_would_read_wrongly_is_not_written_to(
    tmp_path: Path, content: str
) -> None:
    terminal = Terminal(tmp_path)
    terminal.ea.append("commands.csv", content.encode())
    for _ in range(2):
        with pytest.raises(OutboxFailedError, match="no rows of ten fields"):
            terminal.bridge.begin(0, [])


def test_a_clock_that_jumps_is_told_and_measured_anew(terminal: Terminal) -> None:
    terminal.clock.sleep(30)
    terminal.bridge.beat()
    terminal.answer_probes(timedelta(hours=3))
    assert terminal.codes() == ["CLOCK_OFFSET_UNKNOWN"]
    assert not terminal.bridge.clock_known
    terminal.clock.sleep(30)
    terminal.bridge.beat()
    terminal.answer_probes(timedelta(hours=3))
    assert terminal.codes() == []
    assert terminal.bridge.clock_known


def test_a_probe_that_meets_a_busy_file_is_told_only_when_that_lasts(terminal: Terminal) -> None:
    terminal.clock.sleep(60)
    terminal.files.held[terminal.ea.folder / "commands.csv"] = "none"
    codes = []
    for _ in range(4):
        terminal.bridge.beat()
        codes.append(terminal.codes())
    assert codes == [[], [], ["PROBE_NOT_WRITTEN"], []]


def test_receipts_are_read_while_nothing_moves(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    receipts = StockReceipts(terminal.files, terminal.ea.folder, terminal.clock, Troubles())
    terminal.ea.append("receipts.csv", HEADER + b"1,ERROR,0,0,0,none\r\n")
    assert receipts.poll() == []
    terminal.clock.sleep(0.2)
    assert len(receipts.poll()) == 1
    steps = int(PATIENCE_S / 0.06) + 1
    for number in range(2, 2 + steps):
        terminal.ea.append("receipts.csv", f"{number},ERROR,0,0,0,none\r\n".encode())
        assert receipts.poll() == []
        terminal.clock.sleep(0.06)
    terminal.ea.append("receipts.csv", b"99,ERROR,0,0,0,none\r\n")
    assert len(receipts.poll()) == steps + 1


def test_ids_of_probes_are_never_used_twice(terminal: Terminal) -> None:
    last = int(terminal.rows()[-1][0])
    (terminal.ea.folder / "commands.csv").unlink()
    (terminal.ea.folder / "receipts.csv").unlink()
    terminal.restart()
    terminal.clock.sleep(1)
    terminal.bridge.beat()
    assert int(terminal.rows()[0][0]) > last
    assert stock.PROBE_FLOOR < last < 2**31


def test_what_a_crash_left_aside_is_archived_at_the_next_start(terminal: Terminal) -> None:
    terminal.bridge.outbox.append(terminal.command(6))
    folder = terminal.ea.folder
    (folder / "commands.csv").rename(folder / "commands_aside.csv")
    terminal.bridge.close()
    terminal.bridge = terminal.panel()
    assert terminal.bridge.begin(5, []).largest_id == 6
    assert not (folder / "commands_aside.csv").exists()
    assert (folder / "commands_archive.csv").read_bytes().startswith(b"6,")


def test_a_file_that_cannot_be_cleared_away_keeps_the_next_one_in_its_place(
    terminal: Terminal,
) -> None:
    folder = terminal.ea.folder
    (folder / "commands_aside.csv").write_bytes(OLD_ROW.encode())
    terminal.files.held[folder / "commands_aside.csv"] = "read_write"
    terminal.bridge.outbox.append(terminal.command(1))
    terminal.answer("1,ERROR,0,0,0,none")
    terminal.clock.sleep(20)
    terminal.bridge.archive(frozenset())
    assert (folder / "commands.csv").exists()
    terminal.files.held.clear()
    terminal.bridge.archive(frozenset())
    assert not (folder / "commands.csv").exists()
    archived = (folder / "commands_archive.csv").read_bytes()
    assert archived.endswith(b"#1,15\r\n")
