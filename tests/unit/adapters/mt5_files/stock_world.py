"""A terminal with the stock executor: its files, its clock, and a panel's bridge on them."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from signalos_desktop.adapters.mt5_files.stock_bridge import StockBridge
from signalos_desktop.adapters.mt5_files.stock_terminal import StockTerminal
from signalos_desktop.adapters.mt5_files.usual_symbols import usual_symbols
from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.wire import stock
from signalos_desktop.engine.ports import Facts
from tests.unit.adapters.mt5_files.sharing import EaFiles, SharingFiles, TestClock
from tests.unit.domain.wire import samples

HEADER = ",".join(stock.SIX).encode() + b"\n"


class Terminal:
    """F of a terminal, and an executor whose clock is two hours ahead."""

    def __init__(self, root: Path) -> None:
        self.ea = EaFiles(root)
        self.files = SharingFiles()
        self.clock = TestClock()
        self.frozen = False
        self.answered = 0
        self.bridge = self.panel()

    def panel(self) -> StockBridge:
        return StockBridge(
            self.ea.folder,
            StockTerminal(
                samples.ACCOUNT,
                samples.MAGIC,
                agreed=True,
                balance=Decimal(10000),
                specs=usual_symbols("USD", ()),
            ),
            self.clock,
            files=self.files,
            settle_s=0.0,
        )

    def restart(self) -> None:
        self.bridge.close()
        self.bridge = self.panel()
        self.bridge.begin(0, [])

    def rows(self) -> list[list[str]]:
        data = (self.ea.folder / "commands.csv").read_bytes().decode()
        return [line.split(",") for line in data.split("\r\n")[:-1]]

    def answer_probes(self, zone: timedelta = timedelta(hours=2)) -> None:
        """Write the EXPIRED receipt of each probe not answered yet."""
        probes = [row for row in self.rows() if row[3] == "PING"]
        for row in probes[self.answered :]:
            now = samples.NOW if self.frozen else self.clock.now()
            stamp = datetime.fromisoformat(f"{row[1]}+00:00")
            age = int((now + zone - stamp).total_seconds())
            text = f"{row[0]},EXPIRED,0,0,0.00000,Command expired (age: {age}s, TTL: 1s)\n"
            self.ea.append("receipts.csv", text.encode(), "")
        self.answered = len(probes)

    def measure(self, beats: int = 40) -> None:
        """A panel's beats, one a second, with an executor that answers."""
        for _ in range(beats):
            self.bridge.beat()
            self.answer_probes()
            self.bridge.poll()
            self.clock.sleep(1)

    def command(self, cmd_id: int, action: CommandAction = CommandAction.BUY) -> Command:
        now = self.clock.now()
        return replace(
            samples.BUY,
            cmd_id=cmd_id,
            action=action,
            session=self.bridge.session,
            comment="",
            created=now,
            expires=now + timedelta(seconds=15),
        )

    def answer(self, *rows: str) -> Facts:
        """Receipts as the executor writes them, and what the panel makes of them."""
        header = "" if (self.ea.folder / "receipts.csv").exists() else HEADER.decode()
        data = header + "".join(f"{row}\r\n" for row in rows)
        self.ea.append("receipts.csv", data.encode())
        return self.bridge.poll() or Facts()

    def codes(self) -> list[str]:
        return [one.code for one in (self.bridge.poll() or Facts()).troubles]
