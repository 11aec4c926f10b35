"""A simulated broker, a real folder, an app and an executor, all on one virtual clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from signalos_desktop.domain.ea_status import EaEvent, EaStatus
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.values import Account
from signalos_desktop.domain.wire.ea_rows import decode_event
from signalos_desktop.domain.wire.fields import instance_name
from signalos_desktop.domain.wire.receipts import decode_receipt
from signalos_desktop.domain.wire.snapshots import decode_status
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import (
    Filling,
    TradeAction,
    TradeRequest,
    TradeResult,
)
from tests.ea_sim.app import MAGIC, App
from tests.ea_sim.build import Program
from tests.ea_sim.calls import OldOrder, old_orders
from tests.ea_sim.executors import EaExecutor, Executor, PythonExecutor

BORN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
BID, ASK = Decimal("1.09990"), Decimal("1.10000")
TIMER_S = 0.05
EA, PYTHON = "ea", "python"


class Line:
    """The line to the trade server: counts what passes, answers by script."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self.sent: list[TradeRequest] = []
        self.answers: list[int] = []
        self.before_send: Callable[[TradeRequest], None] = lambda request: None
        self.account: Callable[[], AccountState] = broker.account

    def __getattr__(self, name: str) -> Any:
        return getattr(self._broker, name)

    def order_send(self, request: TradeRequest) -> TradeResult:
        self.before_send(request)
        self.sent.append(request)
        if self.answers:
            retcode = self.answers.pop(0)
            if retcode:
                return TradeResult(False, retcode)
        return self._broker.order_send(request)


@dataclass(frozen=True)
class Setting:
    """What a world is made with: the broker's faults, its account, the executor's inputs."""

    faults: tuple[str, ...] = ()
    hedging: bool = True
    balance: int = 100_000
    inputs: dict[str, Any] = field(default_factory=dict)


class World:
    """The executor may die and be started again; files and broker stay."""

    def __init__(
        self,
        root: Path,
        executor: str,
        setting: Setting | None = None,
        program: Program | None = None,
    ) -> None:
        setting = setting or Setting()
        self.now = BORN
        self.faults = Faults(setting.faults, Random(1))
        mode = "RETAIL_HEDGING" if setting.hedging else "RETAIL_NETTING"
        terms = AccountTerms(balance=Decimal(setting.balance), margin_mode=mode)
        self.account = Account(terms.login, terms.server)
        self.market = Market(LISTINGS, seed=1, now=self.now)
        self.ledger = Ledger()
        self.broker = Broker(
            terms=terms,
            market=self.market,
            ledger=self.ledger,
            faults=self.faults,
            clock=lambda: self.now,
            selected=["EURUSD", "XAUUSD"],
        )
        self.line = Line(self.broker)
        self.files = root / "Files"
        self.common = root / "Common"
        self.folder = self.files / "SignalOS" / instance_name(self.account, MAGIC)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.common.mkdir(parents=True, exist_ok=True)
        self.app = App(self.folder, self.common, self.account, lambda: self.now)
        self.inputs = ExpertInputs(magic=MAGIC, **setting.inputs)
        self._program = program
        self.executor = self._executor(executor)
        self.quote("EURUSD", BID, ASK)

    def another_executor(self) -> Executor:
        """A second EA on the same folder."""
        return self._executor(EA)

    def _executor(self, name: str) -> Executor:
        if name == PYTHON:
            return PythonExecutor(
                self.line, self.folder, self.common, self.inputs, self.monotonic, self.faults
            )
        return EaExecutor(
            self.line,
            self.files,
            self.common,
            self.inputs,
            self.monotonic,
            self._history,
            self._program,
            self._sleep,
        )

    def _history(self) -> list[OldOrder]:
        return old_orders(self.ledger.lines())

    def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.broker.advance(self.now)

    @property
    def born(self) -> datetime:
        return BORN - timedelta(days=1)

    def begin(self) -> None:
        """The app is there, the executor starts and sees its heart beat."""
        self.app.beat()
        self.executor.start()
        self.app.beat()
        self.run()

    def monotonic(self) -> float:
        return (self.now - BORN).total_seconds() + 1000

    def quote(self, symbol: str, bid: Decimal, ask: Decimal) -> None:
        self.market.set_quote(symbol, bid, ask)
        self.broker.advance(self.now)

    def run(self, seconds: float = TIMER_S, *, app: bool = True, step: float = TIMER_S) -> None:
        """Let timers pass; the app's heart beats once a second unless it is to be silent."""
        end = self.now + timedelta(seconds=seconds)
        while self.now < end:
            second = int(self.now.timestamp())
            self.now += timedelta(seconds=step)
            if app and int(self.now.timestamp()) != second:
                self.app.beat()
            self.broker.advance(self.now)
            self.executor.timer()

    def wait(self, seconds: float, *, app: bool = True) -> None:
        """Let a long time pass in half seconds."""
        self.run(seconds, app=app, step=0.5)

    def restart(self) -> None:
        """A new process."""
        self.executor.start()
        self.app.beat()
        self.run()

    def lines(self, name: str) -> list[bytes]:
        """Whole rows of a file of the executor, without its header and what was torn."""
        path = self.folder / name
        data = path.read_bytes() if path.exists() else b""
        rows = [row + b"\n" for row in data.split(b"\n")[:-1]]
        return [row for row in rows[1:] if not row.endswith(b"!\n")]

    def receipts(self, cmd_id: int | None = None) -> list[Receipt]:
        told = [decode_receipt(line) for line in self.lines("receipts.csv")]
        return [one for one in told if cmd_id in (None, one.cmd_id)]

    def final(self, cmd_id: int) -> Receipt:
        """The one terminal receipt of a command; a later LATE_FILL is not counted."""
        told = [one for one in self.receipts(cmd_id) if one.status.terminal]
        told = [one for one in told if not one.late_fill]
        assert len(told) == 1, [(one.status, one.message) for one in self.receipts(cmd_id)]
        return told[0]

    def events(self, name: str | None = None) -> list[EaEvent]:
        told = [decode_event(line) for line in self.lines("events.csv")]
        return [one for one in told if name in (None, one.event)]

    @property
    def status(self) -> EaStatus:
        return decode_status((self.folder / "status.json").read_bytes()).value

    def by_tag(self, cmd_id: int) -> list[TradeRequest]:
        """What was sent for a command."""
        return [one for one in self.line.sent if one.comment.split()[:1] == [f"#{cmd_id}"]]

    def by_hand(self, type_: str, lots: str, symbol: str = "EURUSD") -> None:
        self.broker.trade_by_hand(
            TradeRequest(
                TradeAction.DEAL,
                symbol=symbol,
                volume=Decimal(lots),
                type=type_,
                filling=Filling.FOK,
            )
        )

    def close(self) -> None:
        self.executor.stop()
        self.ledger.close()
