"""An engine on a fake terminal: own fakes at the ports only, a real journal, a set clock."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from signalos_desktop.adapters.ledger.journal import Journal
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.ea_status import EaStatus, Halt, Permissions
from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.symbols import Quote, SymbolSpec, TradeMode
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account, Side, to_ms
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import KnownCommand
from signalos_desktop.engine.events import Event
from signalos_desktop.engine.gate import Gate
from signalos_desktop.engine.inbox import Inbox
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import (
    ALL_MEANS,
    Beginning,
    Checkpoint,
    Facts,
    FileRow,
    Flag,
    OutboxBusyError,
    OutboxFailedError,
)
from signalos_desktop.engine.safety import Safety
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.stop_latch import StopLatch

# A Wednesday, 12:00 UTC.
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ACCOUNT = Account(5000001, "SignalOS-Demo")
MAGIC = 4400000
GOOD = "EURUSD BUY 1.08000 SL 1.07700 TP 1.08600"


class SetClock:
    """A clock that moves only when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def move(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds


class ListOutbox:
    """Keeps what was appended; fails or is busy when told so."""

    def __init__(self) -> None:
        self.rows: list[Command] = []
        self.busy = 0
        self.failure = ""

    def prepare(self, command: Command) -> None:
        """A list needs no preparation."""

    def append(self, command: Command) -> None:
        if self.busy:
            self.busy -= 1
            raise OutboxBusyError("held by another program")
        if self.failure:
            raise OutboxFailedError(self.failure)
        self.rows.append(command)


class SilentFlags:
    """Takes every flag; fails when told so."""

    def __init__(self) -> None:
        self.written: list[tuple[str, StopLevel, str]] = []
        self.failure = ""

    def write(self, path: str, level: StopLevel, press_id: str) -> None:
        if self.failure:
            raise OSError(self.failure)
        self.written.append((path, level, press_id))

    def remove(self, path: str, press_ids: frozenset[str]) -> bool:
        if self.failure:
            raise OSError(self.failure)
        mine = [one for one in self.written if one[0] == path and one[2] in press_ids]
        self.written = [one for one in self.written if one not in mine]
        return bool(mine)


class FakeBridge:
    """A terminal made of attributes; facts are handed out by poll in order."""

    protocol = 2
    means = ALL_MEANS
    clock_known = True
    behind = False

    def __init__(self, account: Account = ACCOUNT, magic: int = MAGIC) -> None:
        self.account = account
        self.magic = magic
        self.outbox = ListOutbox()
        self.facts: list[Facts] = []
        self.controls: list[tuple[str, str]] = []
        self.control_failure: Exception | None = None
        self.lying: tuple[Flag, ...] = ()
        self.stuck: str | None = None
        self.rows: tuple[FileRow, ...] = ()
        self.higher_session = False
        self.begin_failure: Exception | None = None
        self.archived: list[frozenset[int]] = []
        self.recalled: list[KnownCommand] = []
        self.beats: list[bool] = []
        self.closed = False

    def begin(self, session_floor: int, checkpoints: Sequence[Checkpoint]) -> Beginning:
        if self.begin_failure is not None:
            raise self.begin_failure
        largest = max((row.cmd_id for row in self.rows), default=0)
        return Beginning(session_floor + 1, self.rows, largest)

    def recall(self, known: Sequence[KnownCommand]) -> None:
        self.recalled += known

    def poll(self, *, fast: bool = False) -> Facts | None:
        return self.facts.pop(0) if self.facts else None

    def beat(self, *, closing: bool = False) -> bool:
        self.beats.append(closing)
        return not self.higher_session

    def control(self, verb: str, arg: str) -> None:
        if self.control_failure is not None:
            raise self.control_failure
        self.controls.append((verb, arg))

    def flags(self) -> tuple[Flag, ...]:
        return self.lying

    def remove_flags(self, identities: frozenset[str]) -> str | None:
        if self.stuck is None:
            self.lying = ()
        return self.stuck

    def flag_paths(self) -> tuple[str, ...]:
        return (f"/flags/{self.account.login}",)

    def archive(self, settled: frozenset[int]) -> None:
        self.archived.append(settled)

    async def flush(self) -> None:
        return

    def close(self) -> None:
        self.closed = True


EURUSD = SymbolSpec(
    name="EURUSD",
    digits=5,
    point=Decimal("0.00001"),
    tick_size=Decimal("0.00001"),
    tick_value=Decimal(1),
    tick_value_loss=Decimal(1),
    contract_size=Decimal(100000),
    calc_mode="FOREX",
    currency_base="EUR",
    currency_profit="USD",
    currency_margin="EUR",
    volume_min=Decimal("0.01"),
    volume_max=Decimal(100),
    volume_step=Decimal("0.01"),
    volume_limit=Decimal(0),
    stops_level=0,
    freeze_level=0,
    filling=("FOK", "IOC"),
    exemode="MARKET",
    trade_mode=TradeMode.FULL,
    order_mode=("MARKET", "LIMIT", "STOP", "SL", "TP"),
    expiration_mode=("GTC", "SPECIFIED"),
    spread=2,
    swap_long=Decimal(-5),
    swap_short=Decimal(1),
    margin_1lot=Decimal(1100),
    commission=Decimal(0),
    sessions=(((0, 1440),),) * 7,
)

NO_HALT = Halt(0, StopLevel.NONE, "", 0, (), (), False, 0, 0, 0, False, ())


def status(now: datetime, seq: int = 1, **changes: Any) -> EaStatus:
    fresh = EaStatus(
        seq=seq,
        protocol=2,
        ea="test",
        version="1",
        utc_ms=to_ms(now),
        server_utc_offset_s=0,
        account=str(ACCOUNT),
        login=ACCOUNT.login,
        server=ACCOUNT.server,
        magic=MAGIC,
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
        halt=NO_HALT,
    )
    return replace(fresh, **changes)


def account_state(balance: str = "10000", **changes: Any) -> AccountState:
    state = AccountState(
        account=ACCOUNT,
        company="SignalOS",
        currency="USD",
        currency_digits=2,
        leverage=100,
        margin_mode="RETAIL_HEDGING",
        trade_mode="DEMO",
        balance=Decimal(balance),
        equity=Decimal(balance),
        profit=Decimal(0),
        margin=Decimal(0),
        margin_free=Decimal(balance),
        margin_level=None,
        stop_out=Decimal(50),
        trade_allowed=True,
        trade_expert=True,
    )
    return replace(state, **changes)


def quote(now: datetime, bid: str = "1.07998", ask: str = "1.08000") -> Quote:
    one = Decimal(1)
    return Quote("EURUSD", Decimal(bid), Decimal(ask), now, one, one, Decimal(1100))


def snapshot(clock: SetClock, **changes: Any) -> Facts:
    """Everything a terminal shows, fresh and flat."""
    now = clock.now()
    facts = Facts(
        status=status(now, seq=to_ms(now)),
        account=account_state(),
        positions=(),
        orders=(),
        symbols=(EURUSD,),
        quotes=(quote(now),),
    )
    return replace(facts, **changes)


def position(ticket: int, now: datetime, **changes: Any) -> Position:
    made = Position(
        ticket=ticket,
        identifier=ticket,
        symbol="EURUSD",
        side=Side.BUY,
        volume=Decimal("0.30"),
        price_open=Decimal("1.08000"),
        sl=Decimal("1.07700"),
        tp=Decimal("1.08600"),
        price_current=Decimal("1.07998"),
        swap=Decimal(0),
        profit=Decimal(0),
        magic=MAGIC,
        comment="",
        time=now,
    )
    return replace(made, **changes)


def resting(ticket: int, now: datetime, **changes: Any) -> RestingOrder:
    made = RestingOrder(
        ticket=ticket,
        symbol="EURUSD",
        type="BUY_LIMIT",
        state="PLACED",
        volume=Decimal("0.10"),
        price=Decimal("1.07000"),
        sl=Decimal("1.06000"),
        tp=None,
        expiration=None,
        magic=MAGIC,
        comment="",
        time=now,
    )
    return replace(made, **changes)


def receipt(cmd_id: int, status: ReceiptStatus = ReceiptStatus.FILLED, **changes: Any) -> Receipt:
    made = Receipt(cmd_id, status, 0, 10009, Decimal("1.08000"), "")
    return replace(made, **changes)


@dataclass
class Rig:
    """One desk and the pipeline around it, without a session: the test moves everything."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    settings: Settings = field(default_factory=Settings)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bus = EventBus()
        self.bus.subscribe_all(self.events.append)
        self.ledger = Journal(self.folder / "journal.sqlite3", self.clock)
        self.flags = SilentFlags()
        self.latch = StopLatch(self.flags, self._new_id)
        self.inbox = Inbox(0)
        self.pipeline = Pipeline(self.inbox, self.settings, self.ledger, self.bus, self.clock)
        self.tasks: list[asyncio.Task[None]] = []
        self._ids = 0
        self.bridge = FakeBridge()
        self.desk = self.add_desk(self.bridge)

    def add_desk(self, bridge: FakeBridge) -> Desk:
        desk = Desk(
            bridge,
            Gate(self.latch, bridge.outbox, self.clock),
            Safety(bridge.account, frozenset()),
            self.ledger,
            self.bus,
            self.clock,
            self.spawn,
        )
        desk.begin(1, 0)
        self.pipeline.desks = {**self.pipeline.desks, bridge.account: desk}
        return desk

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self.tasks.append(task)
        return task

    def open_for_business(self, **changes: Any) -> None:
        """A fresh, flat terminal that is reconciled: entries are allowed."""
        self.feed(snapshot(self.clock, **changes))
        self.desk.safety.clear(PauseReason.STARTING)

    def feed(self, facts: Facts) -> None:
        self.pipeline.on_facts(self.desk, facts)

    async def submit(self, text: str = GOOD, **message: Any) -> str:
        return await self.pipeline.submit(Message(text, **message))

    async def settle(self) -> None:
        """Wait for everything that the engine does in the background."""
        while self.tasks:
            await self.tasks.pop(0)

    def told(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def _new_id(self) -> str:
        self._ids += 1
        return f"press{self._ids}"


def play(folder: Path, scene: Callable[[Rig], Coroutine[Any, Any, None]]) -> None:
    """Run a scene on a loop of its own and see that nothing failed in the background."""

    async def whole() -> None:
        rig = Rig(folder)
        try:
            await scene(rig)
            await rig.settle()
        finally:
            rig.ledger.close()

    asyncio.run(whole())
