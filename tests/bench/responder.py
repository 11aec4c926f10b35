"""An executor that fills every row and says when it saw the row and when it had the answer.

`python -m tests.bench.responder FILES TIMER_MS BROKER_MS`: a look at the file every so often, and
an answer after a random time up to so much.
"""

import os
import random
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.fields import instance_name
from signalos_desktop.domain.wire.receipts import encode_receipt
from signalos_desktop.domain.wire.snapshots import (
    encode_account,
    encode_orders,
    encode_positions,
    encode_quotes,
    encode_status,
    encode_symbols,
)
from signalos_desktop.simulator.files import DiskFiles
from tests.bench.child import say_ready
from tests.helpers.rig import ACCOUNT, EURUSD, MAGIC, account_state, quote, status

BEAT_S = 0.2
TIMES = "times.csv"
PRICE = Decimal("1.08000")
TEXT = "EURUSD BUY NOW SL 1.07700 TP 1.08600"
"""A signal that fits the prices which this executor shows."""


class Responder:
    """Fills every row of commands.csv in file order, on an account that stays flat."""

    def __init__(self, files: Path, timer_s: float, broker_s: float) -> None:
        self.folder = files / "SignalOS" / instance_name(ACCOUNT, MAGIC)
        self._timer_s = timer_s
        self._broker_s = broker_s
        self._random = random.Random(4)
        self._disk = DiskFiles(self.folder)
        self._commands = self.folder / "commands.csv"
        self._read = 0
        self._rest = b""
        self._seq = 0
        self._beaten_at = float("-inf")

    def run(self) -> None:
        self._beat()
        self._disk.replace("symbols.json", encode_symbols([EURUSD], [], 1))
        say_ready()
        while True:
            self.look()
            if time.monotonic() - self._beaten_at >= BEAT_S:
                self._beat()
            time.sleep(self._timer_s)

    def look(self) -> None:
        """One timer: every whole row that is new."""
        try:
            size = os.stat(self._commands).st_size
        except FileNotFoundError:
            return
        if size == self._read:
            return
        picked = time.perf_counter_ns()
        data = self._disk.read("commands.csv", self._read) or b""
        self._read += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            time.sleep(self._random.uniform(0, self._broker_s))
            receipt = _filled(line)
            row = encode_receipt(receipt)
            ready = time.perf_counter_ns()
            self._disk.append("receipts.csv", row)
            self._disk.append(TIMES, f"{receipt.cmd_id},{picked},{ready}\n".encode())

    def _beat(self) -> None:
        now = datetime.now(UTC)
        self._beaten_at = time.monotonic()
        self._seq += 1
        seq = self._seq
        self._disk.replace("status.json", encode_status(status(now, seq, session=0)))
        self._disk.replace("account.json", encode_account(account_state(), seq, to_ms(now)))
        self._disk.replace("positions.json", encode_positions([], seq))
        self._disk.replace("orders.json", encode_orders([], seq))
        self._disk.replace("quotes.json", encode_quotes([quote(now)], seq))


def _filled(line: bytes) -> Receipt:
    cmd_id = int(line.partition(b",")[0])
    return Receipt(
        cmd_id,
        ReceiptStatus.FILLED,
        ticket=cmd_id,
        retcode=10009,
        price=PRICE,
        message="",
        position=cmd_id,
        volume=Decimal("0.01"),
        time=datetime.now(UTC),
        login=ACCOUNT.login,
    )


def times_of(files: Path) -> dict[int, tuple[int, int]]:
    """By cmd_id, the monotonic nanoseconds at which the executor saw the row and wrote its answer.

    Read it when the executor has ended: the last line follows its receipt.
    """
    path = files / "SignalOS" / instance_name(ACCOUNT, MAGIC) / TIMES
    rows = (line.split(",") for line in path.read_text().splitlines())
    return {int(cmd_id): (int(picked), int(ready)) for cmd_id, picked, ready in rows}


if __name__ == "__main__":
    Responder(Path(sys.argv[1]), float(sys.argv[2]) / 1000, float(sys.argv[3]) / 1000).run()
