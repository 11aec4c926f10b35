"""The terminal of a run: broker, market and the expert's lives, on virtual time and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from signalos_desktop.domain.values import Account, to_ms
from signalos_desktop.domain.wire.fields import instance_name
from signalos_desktop.simulator.broker import Broker
from signalos_desktop.simulator.expert.expert import Expert
from signalos_desktop.simulator.expert.inputs import ExpertInputs
from signalos_desktop.simulator.faults import Faults
from signalos_desktop.simulator.market import STEP_MS, Market
from signalos_desktop.simulator.specs import LISTINGS
from signalos_desktop.simulator.terms import MARGIN_MODES, AccountTerms
from signalos_desktop.simulator.trade import Filling, TradeAction, TradeRequest, TradeResult
from tests.seeds.disk import COMMON, FILES, Disk
from tests.seeds.ea_files import EaFiles
from tests.seeds.faults import FaultPoints
from tests.seeds.timeline import CrashError, Life, Timeline, WallClock

MAGIC = 4400000
SYMBOLS = ("EURUSD", "XAUUSD")
PRICES = {"EURUSD": Decimal("1.10000"), "XAUUSD": Decimal("2400.00")}
SPREADS = {"EURUSD": Decimal("0.00008"), "XAUUSD": Decimal("0.20")}
POINTS = {"EURUSD": Decimal("0.00001"), "XAUUSD": Decimal("0.01")}
STILL = timedelta(hours=1)
IDLE = 1.5
"""How much longer than asked for a timer takes where there is nothing to do."""
WAKE_S = (0.02, 0.5)
TRADED = tuple(listing for listing in LISTINGS if listing.spec.name in SYMBOLS)


@dataclass(frozen=True)
class Ground:
    """What all parts of a run stand on."""

    clock: WallClock
    timeline: Timeline
    disk: Disk
    faults: FaultPoints
    random: Random


class StillMarket(Market):
    """Prices stand still between two set_quotes: nothing has to be looked at again meanwhile."""

    def move(self, now: datetime) -> bool:
        self._now = now
        return False

    def set_quote(self, symbol: str, bid: Decimal, ask: Decimal) -> None:
        self._step = to_ms(self._now) // STEP_MS
        super().set_quote(symbol, bid, ask)

    def next_change(self, after: datetime, stride_ms: int = STEP_MS) -> datetime:
        return after + STILL


class BrokerLedger:
    """The broker's own ledger: every order and deal in the order of their booking."""

    book = "memory"

    def __init__(self) -> None:
        self.booked: list[Mapping[str, str]] = []

    def rows(self, kind: str) -> dict[str, bytes]:
        return {}

    def lines(self) -> Iterator[Mapping[str, Any]]:
        return iter(())

    def commit(
        self,
        changed: Mapping[tuple[str, str], bytes | None],
        lines: Sequence[Mapping[str, str]],
    ) -> None:
        self.booked += lines


class Wire:
    """The line to the trade server: who listens hears each request before it is sent."""

    def __init__(self, broker: Broker, faults: FaultPoints) -> None:
        self._broker = broker
        self._faults = faults
        self.life = Life()
        self.listeners: list[Any] = []
        self.sends = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._broker, name)

    def order_send(self, request: TradeRequest) -> TradeResult:
        if self._faults.armed and self._faults.strikes("ea-dies-before-send"):
            self.life.die()
        self.sends += 1
        for listener in self.listeners:
            listener.before_send(request)
        result = self._broker.order_send(request)
        for listener in self.listeners:
            listener.after_send(request, result)
        if self._faults.armed and self._faults.strikes("ea-dies-after-send"):
            self.life.die()
        return result


class Terminal:
    """Timers at their times while the expert lives; a dead one is started again a while later."""

    def __init__(
        self,
        ground: Ground,
        inputs: ExpertInputs,
        server_offset_s: int,
        sim_faults: Faults,
        *,
        netting: bool,
    ) -> None:
        self.ground = ground
        self.sim_faults = sim_faults
        self.terms = AccountTerms(
            balance=Decimal(100_000), margin_mode=MARGIN_MODES[1 if netting else 0]
        )
        self.account = Account(self.terms.login, self.terms.server)
        self.folder = f"{FILES}/SignalOS/{instance_name(self.account, MAGIC)}"
        self.ledger = BrokerLedger()
        now = ground.clock.now()
        self.market = StillMarket(TRADED, seed=1, now=now, server_offset_s=server_offset_s)
        for symbol in SYMBOLS:
            self.quote(symbol, PRICES[symbol])
        self.broker = Broker(
            terms=self.terms,
            market=self.market,
            ledger=self.ledger,  # type: ignore[arg-type]  # it has all that a book asks for
            faults=sim_faults,
            clock=ground.clock.now,
            selected=SYMBOLS,
        )
        self.wire = Wire(self.broker, ground.faults)
        self.inputs = inputs
        self.expert: Expert | None = None
        self.restarts = 0
        self.timers = 0
        self._timing = False
        self._due = 0.0

    def quote(self, symbol: str, bid: Decimal) -> None:
        self.market.set_quote(symbol, bid, bid + SPREADS[symbol])

    # ------------------------------------------------------------------ the expert's lives

    def start(self) -> None:
        """OnInit of a new life; it may die in it."""
        ground, life = self.ground, Life()
        self.wire.life = life
        places = [
            EaFiles(ground.disk, folder, life, ground.faults, ground.clock, ground.random)
            for folder in (self.folder, COMMON)
        ]
        expert = Expert(
            self.wire, places[0], places[1], self.sim_faults, self.inputs, ground.clock.monotonic
        )
        self.expert = expert
        for listener in self.wire.listeners:
            listener.expert_starts()
        try:
            expert.start()
        except CrashError:
            self.die()

    def die(self, away_s: float | None = None) -> None:
        """The process is gone; a new one comes by itself."""
        if self.expert is None:
            return
        self.wire.life.dead = True
        self.expert = None
        self.restarts += 1
        seconds = self.ground.random.uniform(0.05, 4.0) if away_s is None else away_s
        self.ground.timeline.after(seconds, self._start_again)

    def _start_again(self) -> None:
        if self.expert is None:
            self.start()

    def reload(self) -> None:
        """OnDeinit and OnInit: another symbol on the chart, other inputs, a reconnect."""
        if self.expert is not None:
            self.restarts += 1
            self.start()

    # ------------------------------------------------------------------ timers

    def run(self) -> None:
        """One timer, and the next one after it: later where the expert had nothing to keep."""
        rows = self.ground.disk.rows
        self.timer()
        period = (self.expert.timer_ms if self.expert else self.inputs.timer_ms) / 1000
        if self.ground.disk.rows == rows:
            period *= IDLE
        late = self.ground.random.uniform(1.0, 1.1)
        self._run_at(self.ground.clock.seconds + period * late)

    def wake(self) -> None:
        """There is something to read: the next timer comes soon, as it does in reality."""
        soon = self.ground.clock.seconds + self.ground.random.uniform(*WAKE_S)
        if soon < self._due:
            self._run_at(soon)

    def _run_at(self, seconds: float) -> None:
        self._due = seconds
        self.ground.timeline.at(seconds, lambda: self._run_if_due(seconds))

    def _run_if_due(self, seconds: float) -> None:
        if seconds == self._due:
            self.run()

    def timer(self) -> None:
        """One timer now, unless one is running."""
        if self._timing:
            return
        self._timing = True
        try:
            self.broker.advance(self.ground.clock.now())
            if self.expert is not None:
                self.timers += 1
                for listener in self.wire.listeners:
                    listener.timer_begins()
                self.expert.timer()
        except CrashError:
            self.die()
        finally:
            self._timing = False

    # ------------------------------------------------------------------ by hand

    def trade_by_hand(
        self, type_: str, lots: str, position: int = 0, symbol: str = "EURUSD"
    ) -> TradeResult:
        return self.broker.trade_by_hand(
            TradeRequest(
                TradeAction.DEAL,
                symbol=symbol,
                volume=Decimal(lots),
                type=type_,
                filling=Filling.FOK,
                position=position,
            )
        )
