"""A terminal with its expert on a virtual clock, and an app that writes what a panel would."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.ea_status import EaEvent, EaStatus
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.symbols import SymbolSpec
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import Account, from_ms, to_ms
from signalos_desktop.domain.wire.commands import encode_command
from signalos_desktop.domain.wire.control import ControlRow, ControlVerb, encode_control
from signalos_desktop.domain.wire.ea_rows import decode_event
from signalos_desktop.domain.wire.flag import encode_flag
from signalos_desktop.domain.wire.receipts import decode_receipt
from signalos_desktop.domain.wire.snapshots import AppHeartbeat, decode_status, encode_app
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.expert.expert import Expert
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.files import Files, FilesFailedError
from signalos_desktop.simulator.ledger import Ledger
from signalos_desktop.simulator.market import Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import AccountTerms
from signalos_desktop.simulator.trade import (
    Filling,
    Terminal,
    TradeAction,
    TradeRequest,
    TradeResult,
)

BORN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
MAGIC = 4400000
BID, ASK = Decimal("1.09990"), Decimal("1.10000")
TIMER_S = 0.05


class Crash(BaseException):
    """The process dies at this effect; BaseException, so that nothing can catch it."""


class MemoryFiles:
    """Files that live as long as the object, with the clock of the test."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.content: dict[str, bytes] = {}
        self._times: dict[str, int] = {}
        self._clock = clock

    def read(self, name: str, offset: int = 0) -> bytes | None:
        data = self.content.get(name)
        return None if data is None else data[offset:]

    def size(self, name: str) -> int | None:
        data = self.content.get(name)
        return None if data is None else len(data)

    def modified(self, name: str) -> int | None:
        return self._times.get(name) if name in self.content else None

    def append(self, name: str, data: bytes) -> None:
        self.replace(name, self.content.get(name, b"") + data)

    def replace(self, name: str, data: bytes) -> None:
        self.content[name] = data
        self._times[name] = int(self._clock().timestamp())

    def delete(self, name: str) -> None:
        self.content.pop(name, None)

    def move(self, name: str, to: str) -> None:
        if name not in self.content:
            raise FilesFailedError(f"{name} is not there")
        self.replace(to, self.content.pop(name))

    def names(self) -> list[str]:
        return [name for name in self.content if "/" not in name]


@dataclass
class Effects:
    """Counts what leaves the expert; at the chosen one the process dies.

    torn: a write that dies leaves its first half. after: an effect that dies has taken place.
    """

    die_at: int = 0
    torn: bool = False
    after: bool = False
    count: int = 0
    names: list[str] = field(default_factory=list)

    def due(self, name: str) -> bool:
        self.count += 1
        self.names.append(name)
        return self.count == self.die_at


class CrashingFiles:
    """The expert's view of its files, with a death at one write."""

    def __init__(self, files: MemoryFiles, effects: Effects) -> None:
        self._files = files
        self._effects = effects
        self.read, self.size = files.read, files.size
        self.modified, self.names = files.modified, files.names

    def append(self, name: str, data: bytes) -> None:
        due = self._effects.due(f"append {name}")
        if due and self._effects.torn:
            self._files.append(name, data[: len(data) // 2])
            raise Crash
        self._do(due, lambda: self._files.append(name, data))

    def replace(self, name: str, data: bytes) -> None:
        due = self._effects.due(f"replace {name}")
        self._do(due, lambda: self._files.replace(name, data))

    def delete(self, name: str) -> None:
        self._do(self._effects.due(f"delete {name}"), lambda: self._files.delete(name))

    def move(self, name: str, to: str) -> None:
        self._do(self._effects.due(f"move {name}"), lambda: self._files.move(name, to))

    def _do(self, due: bool, effect: Callable[[], None]) -> None:
        if due and not self._effects.after:
            raise Crash
        effect()
        if due:
            raise Crash


class Wire:
    """The line to the trade server: counts what passes, answers by script, dies on demand."""

    def __init__(self, broker: Broker, effects: Effects) -> None:
        self._broker = broker
        self._effects = effects
        self.sent: list[TradeRequest] = []
        self.before_send: Callable[[TradeRequest], None] = lambda request: None
        self.answers: list[int] = []
        self.changed: dict[str, Any] = {}

    def symbols(self) -> list[SymbolSpec]:
        """The broker's symbols, some of their fields changed."""
        return [replace(spec, **self.changed) for spec in self._broker.symbols()]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._broker, name)

    def order_send(self, request: TradeRequest) -> TradeResult:
        self.before_send(request)
        due = self._effects.due(f"order_send {request.action}")
        if due and not self._effects.after:
            raise Crash
        self.sent.append(request)
        if self.answers:
            result = TradeResult(False, self.answers.pop(0))
        else:
            result = self._broker.order_send(request)
        if due:
            raise Crash
        return result

    def by_tag(self, cmd_id: int) -> list[TradeRequest]:
        return [request for request in self.sent if request.comment.split()[:1] == [f"#{cmd_id}"]]


class World:
    """One terminal; `expert` may die and be started again, files and broker stay."""

    def __init__(self, *faults: str, terms: AccountTerms | None = None, **inputs: Any) -> None:
        self.now = BORN
        self.faults = Faults(faults, Random(1))
        self.terms = terms or AccountTerms(balance=Decimal(100_000))
        self.account = Account(self.terms.login, self.terms.server)
        self.market = Market(LISTINGS, seed=1, now=self.now)
        self.broker = Broker(
            terms=self.terms,
            market=self.market,
            ledger=Ledger(),
            faults=self.faults,
            clock=lambda: self.now,
            selected=["EURUSD", "XAUUSD"],
        )
        self.files = MemoryFiles(lambda: self.now)
        self.common = MemoryFiles(lambda: self.now)
        self.effects = Effects()
        self.wire = Wire(self.broker, self.effects)
        self.inputs = ExpertInputs(magic=MAGIC, **inputs)
        self.app = App(self)
        self.quote("EURUSD", BID, ASK)
        self.app.beat()
        self.start()
        self.app.beat()
        self.run()

    def start(self) -> None:
        """A new process: memory is gone."""
        terminal: Terminal = self.wire
        files: Files = CrashingFiles(self.files, self.effects)
        self.expert = Expert(terminal, files, self.common, self.faults, self.inputs, self.monotonic)
        self.expert.start()

    def monotonic(self) -> float:
        return (self.now - BORN).total_seconds() + 1000

    def quote(self, symbol: str, bid: Decimal, ask: Decimal) -> None:
        self.market.set_quote(symbol, bid, ask)
        self.broker.advance(self.now)

    def run(self, seconds: float = TIMER_S, *, app: bool = True) -> None:
        """Let timers pass; the app's heart beats once a second unless it is told to be silent."""
        end = self.now + timedelta(seconds=seconds)
        while self.now < end:
            second = self.now.second
            self.now += timedelta(seconds=TIMER_S)
            if app and self.now.second != second:
                self.app.beat()
            self.broker.advance(self.now)
            self.expert.timer()

    def restart(self) -> None:
        self.start()
        self.run()

    def receipts(self, cmd_id: int | None = None) -> list[Receipt]:
        lines = self.files.content.get("receipts.csv", b"").splitlines(keepends=True)[1:]
        whole = [decode_receipt(line) for line in lines if not line.endswith(b"!\n")]
        return [one for one in whole if cmd_id in (None, one.cmd_id)]

    def final(self, cmd_id: int) -> Receipt:
        """The one terminal receipt of a command."""
        (one,) = [told for told in self.receipts(cmd_id) if told.status.terminal]
        return one

    def outcome(self, cmd_id: int) -> tuple[ReceiptStatus, str]:
        told = self.final(cmd_id)
        return told.status, told.reason

    def level(self) -> StopLevel:
        """The stop's level once the snapshot has caught up."""
        self.run(0.3)
        return self.status.halt.level

    def resume(self, stop_id: int | None = None, session: int | None = None) -> None:
        wanted = self.status.halt.stop_id if stop_id is None else stop_id
        self.app.control("RESUME", wanted, session)
        self.run(0.3)

    @property
    def status(self) -> EaStatus:
        return decode_status(self.files.content["status.json"]).value

    def events(self, name: str | None = None) -> list[EaEvent]:
        lines = self.files.content.get("events.csv", b"").splitlines(keepends=True)[1:]
        whole = [decode_event(line) for line in lines if not line.endswith(b"!\n")]
        return [one for one in whole if name in (None, one.event)]

    def by_hand(self, type_: str, lots: str, symbol: str = "EURUSD", comment: str = "") -> None:
        self.broker.trade_by_hand(
            TradeRequest(
                TradeAction.DEAL,
                symbol=symbol,
                volume=Decimal(lots),
                type=type_,
                filling=Filling.FOK,
                comment=comment,
            )
        )


class App:
    """The panel's side: app.json, command rows, control rows, flags."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.session = 1
        self.seq = 0
        self.last_id = 0
        self.closing = False

    @property
    def file(self) -> str:
        return "commands.csv" if self.session == 1 else f"commands.{self.session}.csv"

    def beat(self) -> None:
        self.seq += 1
        heart = AppHeartbeat(self.session, self.file, 2, self.closing, to_ms(self._world.now))
        self._world.files.replace("app.json", encode_app(heart, self.seq))

    def new_session(self) -> None:
        self.session += 1
        self.beat()

    def row(self, action: CommandAction | str, **fields: Any) -> bytes:
        """The bytes of the next command; `life` in seconds, prices and lots as text."""
        self.last_id = fields.pop("cmd_id", self.last_id + 1)
        action, now = CommandAction(action), self._world.now
        values: dict[str, Any] = {}
        if action.opens:
            values = {"symbol": "EURUSD", "lots": "0.10", "sl": "1.09000", "max_loss": "500"}
            values |= {"price": "1.10000", "comment": f"#{self.last_id} test"}
        elif action is CommandAction.CLOSE_PARTIAL:
            values = {"comment": f"#{self.last_id}"}
        values |= fields
        for name in ("lots", "sl", "tp", "price", "max_loss"):
            if isinstance(values.get(name), str):
                values[name] = Decimal(values[name])
        life = timedelta(seconds=values.pop("life", 30))
        command = Command(
            cmd_id=self.last_id,
            account=values.pop("account", self._world.account),
            session=values.pop("session", self.session),
            action=action,
            created=now,
            expires=now + life,
            magic=values.pop("magic", MAGIC),
            **values,
        )
        return encode_command(command)

    def write(self, data: bytes, file: str | None = None) -> None:
        self._world.files.append(file or self.file, data)

    def send(self, action: CommandAction | str, **fields: Any) -> int:
        file = fields.pop("file", None)
        self.write(self.row(action, **fields), file)
        return self.last_id

    def do(self, action: CommandAction | str, **fields: Any) -> Receipt:
        """Send, let one timer pass, and give the terminal receipt."""
        cmd_id = self.send(action, **fields)
        self._world.run()
        return self._world.final(cmd_id)

    def control(self, verb: str, arg: object = "", session: int | None = None) -> None:
        row = ControlRow(
            1, to_ms(self._world.now), session or self.session, ControlVerb(verb), str(arg)
        )
        self._world.files.append("control.csv", encode_control(row))

    def press(self, level: StopLevel, press_id: str, *places: MemoryFiles) -> None:
        for place in places or (self._world.files, self._world.common):
            place.replace("halt.flag", encode_flag(level, press_id))

    def remove_flags(self) -> None:
        for place in (self._world.files, self._world.common):
            place.delete("halt.flag")


def expires_at(world: World, seconds: float) -> datetime:
    return from_ms(to_ms(world.now + timedelta(seconds=seconds)))


def tags(requests: Iterable[TradeRequest]) -> list[str]:
    return [match[0] for one in requests if (match := re.match(r"#\d+", one.comment))]
