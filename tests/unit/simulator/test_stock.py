"""The stock executor of protocol 1 with its quirks."""

from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.simulator.files import FilesBusyError
from signalos_desktop.simulator.stock import REMEMBERED, StockExecutor
from tests.unit.simulator.expert.world import BORN, MAGIC, MemoryFiles, World

SERVER = timedelta(hours=2)


class HeldFiles(MemoryFiles):
    """Files of which some are open in another program."""

    held: frozenset[str] | set[str] = frozenset()

    def read(self, name: str, offset: int = 0) -> bytes | None:
        if name in self.held:
            raise FilesBusyError(name)
        return super().read(name, offset)

    def append(self, name: str, data: bytes) -> None:
        if name in self.held:
            raise FilesBusyError(name)
        super().append(name, data)


class Stock:
    """The executor in a world whose own expert stands still."""

    def __init__(self) -> None:
        self.world = World()
        self.world.expert.stop()
        self.files = HeldFiles(lambda: self.world.now)
        self.executor = StockExecutor(self.world.wire, self.files, self.world.faults, magic=MAGIC)
        self.executor.start()

    def write(self, cmd_id: int | str, action: str = "BUY", **fields: str | int) -> None:
        stamp = self.world.now + SERVER
        row = {
            "cmd_id": str(cmd_id),
            "timestamp": f"{stamp:%Y-%m-%d %H:%M:%S}",
            "symbol": "EURUSD",
            "action": action,
            "lot": "0.10",
            "sl": "0",
            "tp": "0",
            "magic": str(MAGIC),
            "comment": "c",
            "ttl": "30",
        }
        row |= {key: str(value) for key, value in fields.items()}
        self.files.append("commands.csv", (",".join(row.values()) + "\r\n").encode())

    def poll(self) -> list[str]:
        self.world.run(app=False)
        self.executor.timer()
        return self.files.content.get("receipts.csv", b"").decode().splitlines()[1:]


def test_buy_close_and_their_receipts() -> None:
    stock = Stock()
    assert stock.poll() == []
    stock.write(1)
    (told,) = stock.poll()
    assert told == "1,FILLED,100001,10009,1.10000,Request completed"
    stock.write(2, "CLOSE")
    assert stock.poll()[1] == "2,FILLED,0,10009,0.00000,Closed 1 position(s)"
    stock.write(3, "CLOSE")
    stock.write(4, "HOLD")
    stock.write(5, symbol="NOSUCH")
    assert [line.split(",")[1] for line in stock.poll()[2:]] == ["ERROR", "ERROR", "ERROR"]


def test_a_header_shifts_every_field() -> None:
    stock = Stock()
    stock.files.append(
        "commands.csv", b"cmd_id,timestamp,symbol,action,lot,sl,tp,magic,comment,ttl\n"
    )
    stock.write(1)
    stock.poll()
    assert not stock.world.broker.positions()


def test_ten_fields_across_line_ends() -> None:
    stock = Stock()
    stock.write(1, comment="")
    stock.files.content["commands.csv"] = stock.files.content["commands.csv"].replace(
        b",BUY,", b"\r\nBUY\r\n"
    )
    assert len(stock.poll()) == 1


def test_ids_are_forgotten_with_the_process() -> None:
    stock = Stock()
    stock.write(1, ttl=0)
    stock.poll()
    stock.poll()
    assert len(stock.world.broker.positions()) == 1
    stock.executor.start()
    stock.poll()
    assert len(stock.world.broker.positions()) == 2


def test_ids_are_cut_to_32_bits_and_zero_is_dropped() -> None:
    stock = Stock()
    stock.write(2**32 + 7)
    stock.write("x")
    stock.write(2**31)
    assert [line.split(",")[0] for line in stock.poll()] == ["7"]


def test_ttl_is_measured_on_the_server_s_last_tick() -> None:
    stock = Stock()
    probe = BORN - timedelta(days=30)
    stock.write(1, "PING", timestamp=f"{probe:%Y-%m-%d %H:%M:%S}", magic=1, ttl=1)
    (told,) = stock.poll()
    age = 30 * 86400 + 7200
    assert told == f"1,EXPIRED,0,0,0.00000,Command expired (age: {age}s, TTL: 1s)"
    stock.world.faults.arm("market-closed")
    stock.write(2, ttl=1)
    stock.world.run(20, app=False)
    assert "EXPIRED" not in stock.poll()[1]


@pytest.mark.parametrize("stamp", ["2026-13-45 10:00:00", "yesterday"])
def test_a_stamp_that_is_no_time_is_old(stamp: str) -> None:
    stock = Stock()
    stock.write(1, timestamp=stamp)
    assert stock.poll()[0].split(",")[1] == "EXPIRED"


def test_foreign_magic_is_refused() -> None:
    stock = Stock()
    stock.write(1, magic=1)
    assert stock.poll() == ["1,REJECTED,0,0,0.00000,Magic number mismatch"]


def test_a_timeout_is_sent_again() -> None:
    stock = Stock()
    stock.world.faults.arm("timeout-executed")
    stock.write(1)
    assert stock.poll()[0].split(",")[1] == "FILLED"
    assert sum(held.volume for held in stock.world.broker.positions()) == Decimal("0.20")


def test_a_refusal_is_tried_in_every_filling_mode() -> None:
    stock = Stock()
    stock.world.wire.answers = [10018, 10018, 10018]
    stock.write(1)
    assert stock.poll()[0] == "1,REJECTED,0,10018,0.00000,Market is closed"
    assert len(stock.world.wire.sent) == 3


def test_a_receipt_is_dropped_when_its_file_is_held() -> None:
    stock = Stock()
    stock.write(1)
    stock.files.held = {"receipts.csv"}
    stock.poll()
    stock.files.held = set()
    assert stock.poll() == []
    assert len(stock.world.broker.positions()) == 1


def test_past_what_it_remembers_it_does_everything_again() -> None:
    stock = Stock()
    for cmd_id in range(1, REMEMBERED + 1):
        stock.write(cmd_id, magic=7)
    assert len(stock.poll()) == len(stock.poll()) == REMEMBERED
    stock.write(REMEMBERED + 1, magic=7)
    assert len(stock.poll()) == REMEMBERED + 1
    assert len(stock.poll()) == 2 * (REMEMBERED + 1)


def test_a_held_command_file_is_read_later() -> None:
    stock = Stock()
    stock.write(1)
    stock.files.held = {"commands.csv"}
    assert stock.poll() == []
    stock.files.held = set()
    assert len(stock.poll()) == 1
    stock.executor.stop()
    assert not stock.executor.ready


def test_a_dead_executor_does_nothing() -> None:
    stock = Stock()
    stock.world.faults.arm("dead-ea:5")
    stock.write(1, ttl=0)
    assert stock.poll() == []
    stock.world.run(6, app=False)
    assert len(stock.poll()) == 1
