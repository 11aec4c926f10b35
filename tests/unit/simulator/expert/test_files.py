"""What files do to the expert: bad rows, torn tails, full disks, locks, and the named faults."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.ea_rows import decode_deal
from signalos_desktop.domain.wire.fields import seal
from signalos_desktop.domain.wire.snapshots import (
    decode_account,
    decode_orders,
    decode_positions,
    decode_quotes,
    decode_symbols,
)
from signalos_desktop.simulator.expert.row_log import RowLog
from signalos_desktop.simulator.files import DiskFiles, FilesBusyError, FilesFailedError
from tests.unit.simulator.expert.world import BORN, MemoryFiles, World

DENIED, FILLED = ReceiptStatus.DENIED, ReceiptStatus.FILLED


def test_a_bad_row_is_said_once_and_put_aside() -> None:
    world = World()
    good = world.app.row("PING")
    world.app.write(good)
    world.app.write(b"1,2,3\n")
    world.app.send("PING")
    world.run()
    world.restart()
    bad = world.receipts(0)
    assert [(one.status, one.reason) for one in bad] == [(DENIED, "")]
    assert bad[0].message.startswith(f"BAD_ROW commands.csv {len(good)}: ")
    assert world.files.content["bad_rows.csv"].endswith(b"1,2,3\n")
    assert len(world.events("QUARANTINE")) == 1
    assert world.outcome(2)[0] is FILLED


def test_a_row_with_nonsense_in_it_is_denied_by_its_id() -> None:
    world = World()
    columns = world.app.row("BUY").decode().split(",")[:-1]
    columns[4] = "1e5"
    world.app.write(seal(columns))
    columns[0], columns[3] = "2", "BUY_MORE"
    world.app.write(seal(columns))
    world.run()
    world.restart()
    assert world.outcome(1) == (DENIED, "BAD_FIELD")
    assert world.outcome(2) == (DENIED, "UNKNOWN_ACTION")


def test_half_a_row_waits_for_its_other_half() -> None:
    world = World()
    row = world.app.row("BUY")
    world.app.write(row[:60])
    world.run()
    assert not world.receipts()
    world.app.write(row[60:])
    world.run()
    assert world.outcome(1)[0] is FILLED


def test_a_torn_row_is_never_read_as_whole() -> None:
    world = World()
    world.app.write(world.app.row("BUY")[:-1])
    world.app.write(b"!\n")
    world.app.send("PING")
    world.run()
    assert [one.cmd_id for one in world.receipts()] == [0, 2]
    assert not world.wire.sent


def test_header_blank_lines_and_bom_are_skipped() -> None:
    world = World()
    header = (
        b"cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl_sec,ticket,price,"
        b"order_expiry_utc_ms,expires_utc_ms,session,account,max_loss,deviation,max_spread,crc32"
    )
    world.app.write(b"\xef\xbb\xbf" + header + b"\r\n\n" + world.app.row("PING")[:-1] + b"\r\n")
    world.run()
    assert [one.cmd_id for one in world.receipts()] == [1]


def test_a_file_that_shrank_is_read_again_without_repeating() -> None:
    world = World()
    first = world.app.row("BUY")
    world.app.write(first)
    world.app.send("PING")
    world.run()
    world.files.replace("commands.csv", first)
    world.run()
    assert [one.cmd_id for one in world.receipts()] == [1, 2]
    assert len(world.wire.sent) == 1


@pytest.mark.parametrize("fault", ["half-row", "duplicate-receipt"])
def test_spoilt_receipts_are_whole_in_the_end(fault: str) -> None:
    world = World(fault)
    world.app.send("PING")
    world.run(0.3)
    assert {one.status for one in world.receipts(1)} == {FILLED}
    assert len(world.receipts(1)) == (1 if fault == "half-row" else 2)
    assert b"!\n" in world.files.content["receipts.csv"] or fault != "half-row"


def test_a_frozen_clock_is_seen_by_others() -> None:
    world = World()
    world.faults.arm("frozen-clock")
    world.run(5)
    assert to_ms(BORN) <= world.status.utc_ms <= to_ms(BORN + timedelta(seconds=1))
    world.faults.clear("frozen-clock")
    world.run(2)
    assert world.status.utc_ms >= to_ms(BORN + timedelta(seconds=6))


def test_a_slow_timer_is_late() -> None:
    world = World("slow-timer:1000")
    world.run(1)
    world.app.send("PING")
    world.run(0.5)
    assert not world.receipts()
    world.run(1)
    assert world.receipts()


def test_timer_and_symbols_verbs() -> None:
    world = World()
    before = decode_symbols(world.files.content["symbols.json"])
    assert [spec.name for spec in before.value] == ["EURUSD", "XAUUSD"]
    world.app.control("TIMER", 5)
    world.app.control("SYMBOLS", "GBPUSD")
    world.app.control("SYMBOLS", "NOSUCH")
    world.run(0.5)
    assert world.expert.timer_ms == 10
    after = decode_symbols(world.files.content["symbols.json"])
    assert [spec.name for spec in after.value] == ["EURUSD", "XAUUSD", "GBPUSD"]
    assert len(world.events("GUARD")) == 1


def test_bad_control_rows_are_put_aside() -> None:
    world = World()
    world.files.append("control.csv", b"\xef\xbb\xbfctl_id,utc_ms,session,verb,arg,crc32\nx\n")
    world.app.control("TIMER", 500)
    world.run()
    assert world.receipts(0)[0].message.startswith("BAD_ROW control.csv 40: ")
    assert world.expert.timer_ms == 500


def test_snapshots_tell_the_account() -> None:
    world = World()
    world.app.do("BUY")
    world.app.do("BUY_LIMIT", price="1.09500")
    world.run(1)
    content = world.files.content
    assert decode_positions(content["positions.json"]).value == (*world.broker.positions(),)
    assert decode_orders(content["orders.json"]).value == (*world.broker.orders(),)
    assert decode_quotes(content["quotes.json"]).value[0].ask == Decimal("1.1")
    assert decode_account(content["account.json"]).value == world.broker.account()
    deals = [decode_deal(line) for line in content["deals.csv"].splitlines(keepends=True)[1:]]
    assert deals == [*world.broker.deals(BORN.replace(hour=0))]


def test_seq_grows_over_restarts() -> None:
    world = World()
    seqs = []
    for _ in range(3):
        world.run(1.2)
        seqs.append(world.status.seq)
        world.start()
        seqs.append(world.status.seq)
    assert seqs == sorted(set(seqs))


def test_deals_are_written_once_over_restarts() -> None:
    world = World()
    world.app.do("BUY")
    world.run(70)
    world.restart()
    world.by_hand("SELL", "0.1")
    world.run(1)
    lines = world.files.content["deals.csv"].splitlines()
    assert len(lines) == len(set(lines)) == 1 + len(world.broker.deals(BORN.replace(hour=0)))


class Locked(MemoryFiles):
    """Files of which some are held by another program."""

    def __init__(self, world: World) -> None:
        super().__init__(lambda: world.now)
        self.content = world.files.content
        self.held: set[str] = set()

    def read(self, name: str, offset: int = 0) -> bytes | None:
        self._free(name)
        return super().read(name, offset)

    def size(self, name: str) -> int | None:
        self._free(name)
        return super().size(name)

    def append(self, name: str, data: bytes) -> None:
        self._free(name)
        super().append(name, data)

    def _free(self, name: str) -> None:
        if name in self.held:
            raise FilesBusyError(name)


def locked(world: World) -> Locked:
    """Files with a lock, taken over by a new expert that has seen the app alive."""
    files = Locked(world)
    world.files = files
    world.start()
    world.app.beat()
    world.run()
    return files


def test_an_open_waits_a_moment_for_receipts_that_are_held() -> None:
    world = World()
    files = locked(world)
    files.held = {"receipts.csv"}
    world.app.send("PING")
    world.app.send("BUY")
    world.run(0.3)
    files.held = set()
    world.run()
    assert [one.status for one in world.receipts()] == [FILLED, FILLED]


def test_an_open_does_not_wait_for_ever() -> None:
    world = World()
    files = locked(world)
    files.held = {"receipts.csv"}
    world.app.send("PING")
    world.app.send("BUY")
    world.app.send("PING")
    world.run(1)
    files.held = set()
    world.run()
    assert [one.cmd_id for one in world.receipts()] == [1, 2, 3]
    assert world.outcome(2) == (DENIED, "DISK")


@pytest.mark.parametrize("name", ["commands.csv", "control.csv", "app.json", "halt.flag"])
def test_a_held_file_is_read_later(name: str) -> None:
    world = World()
    files = locked(world)
    world.app.send("BUY")
    files.held = {name}
    world.run(0.3)
    files.held = set()
    world.run(1)
    assert len(world.receipts(1)) == 1


def test_a_flag_that_cannot_be_read_stops() -> None:
    world = World()
    files = locked(world)
    files.replace("halt.flag", b"FLATTEN p1\n")
    files.held = {"halt.flag"}
    world.app.send("BUY")
    world.run()
    assert world.outcome(1) == (DENIED, "HALTED")
    assert world.status.halt.stop_id == 0
    world.run(0.5)
    assert world.status.halt.stop_id == 1


def test_the_expert_starts_once_its_files_can_be_read() -> None:
    world = World()
    files = locked(world)
    files.held = {"receipts.csv"}
    world.start()
    assert not world.expert.ready
    world.run(1)
    files.held = set()
    world.run(0.2)
    assert world.expert.ready
    assert world.app.do("BUY").status in (FILLED, DENIED)


def test_after_ondeinit_nothing_happens() -> None:
    world = World()
    world.expert.stop()
    world.app.send("PING")
    world.run(1)
    assert not world.receipts()
    assert world.expert.timer_ms == 50


# The row log


class Full(MemoryFiles):
    """Takes so many bytes more, then fails in the middle of a row."""

    room = 10_000

    def append(self, name: str, data: bytes) -> None:
        fits, self.room = data[: self.room], max(0, self.room - len(data))
        super().append(name, fits)
        if fits != data:
            raise FilesFailedError("full")


@pytest.mark.parametrize("room", range(16))
def test_the_row_log_mends_what_a_full_disk_tore(room: int) -> None:
    files = Full(lambda: BORN)
    log = RowLog(files, "log.csv", "head")
    log.append(b"one\n")
    files.room = room
    for row in (b"second\n", b"third\n"):
        for _ in range(3):
            try:
                log.append(row)
                break
            except FilesFailedError:
                files.room = 3 if room % 2 else 10_000
        else:
            files.room = 10_000
            log.append(row)
    assert RowLog(files, "log.csv", "head").lines() == [b"one\n", b"second\n", b"third\n"]


def test_the_row_log_knows_a_row_that_was_written_after_all() -> None:
    class Liar(MemoryFiles):
        def append(self, name: str, data: bytes) -> None:
            super().append(name, data)
            raise FilesFailedError("the flush failed")

    files = Liar(lambda: BORN)
    log = RowLog(files, "log.csv", "head")
    with pytest.raises(FilesFailedError):
        log.append(b"one\n")
    log.append(b"one\n")
    assert files.content["log.csv"] == b"head\none\n"


# The real disk


def test_disk_files(tmp_path: Path) -> None:
    files = DiskFiles(tmp_path / "a" / "b")
    assert files.names() == []
    assert files.read("x.csv") is None
    assert files.size("x.csv") is None
    assert files.modified("x.csv") is None
    files.append("x.csv", b"one\n")
    files.append("x.csv", b"two\n")
    assert files.read("x.csv", 4) == b"two\n"
    assert files.size("x.csv") == 8
    assert files.modified("x.csv") == int((tmp_path / "a/b/x.csv").stat().st_mtime)
    files.replace("y.json", b"{}")
    files.replace("y.json", b"{1}")
    assert sorted(files.names()) == ["x.csv", "y.json"]
    files.move("x.csv", "damaged/x.csv")
    files.delete("y.json")
    files.delete("y.json")
    assert files.read("damaged/x.csv") == b"one\ntwo\n"
    assert files.names() == ["damaged"]


def test_disk_files_that_fail(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    files = DiskFiles(tmp_path)
    acts: list[Callable[[], object]] = [
        lambda: files.read("folder"),
        lambda: files.append("folder", b"x"),
        lambda: files.replace("folder", b"x"),
        lambda: files.delete("folder"),
        lambda: files.move("absent", "elsewhere"),
    ]
    for act in acts:
        with pytest.raises((FilesFailedError, FilesBusyError)):
            act()
