"""What must never happen, judged in the moment by the broker's ledger and the line to it."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import to_ms
from tests.seeds.disk import COMMON
from tests.seeds.open_risk import SLIPPED, open_risk_percent
from tests.seeds.terminal import MAGIC, POINTS, Terminal

VERDICT_S = 5.0
SLACK_S = 1.5
RESUMING_S = 15.0
KNOWN_S = 6.0
CLOSES = ("CLOSE_TICKET", "CLOSE_PARTIAL")
Key = tuple[str, str, Decimal, Decimal]
"""What makes an intent: symbol, type, S/L and T/P. The scenario gives no S/L twice."""
Held = int | str
"""What a volume is held by: a position, on an account that nets its symbol."""


@dataclass
class Told:
    """What the app has said of itself in this life."""

    state: TradingState | None = None
    reasons: frozenset[Any] = frozenset()
    since: float = 0.0
    level: int = 0


@dataclass
class Oracle:
    """Knows domain values, the requests, the ledger and what was promised; nothing of the code."""

    terminal: Terminal
    max_positions: int
    max_open_risk: Decimal
    doubt_s: float
    violations: list[str] = field(default_factory=list)
    accepted: dict[int, Command] = field(default_factory=dict)
    by_key: dict[Key, list[Command]] = field(default_factory=dict)
    asked_close: set[int] = field(default_factory=set)
    sent_at: dict[Key, float] = field(default_factory=dict)
    executed: Counter[Key] = field(default_factory=Counter)
    orders: dict[int, Key] = field(default_factory=dict)
    refused: set[Key] = field(default_factory=set)
    alarms: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    told_now: Told = field(default_factory=Told)
    stop_seen: bool = False
    stop_seen_at: float = 0.0
    receipts_were_lost: bool = False
    excused_until: float = 0.0
    resume_asked_at: float = -1000.0
    taken_back: set[int] = field(default_factory=set)
    session_taken: int = 0
    session_seen: int = 0
    trace: int = 0
    booked_at: float = 0.0
    _booked: int = 0
    _opened: dict[int, bool] = field(default_factory=dict)
    _resting: set[int] = field(default_factory=set)
    _late_unseen: set[Held] = field(default_factory=set)
    _positions: dict[Held, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    # ------------------------------------------------------------------ small things

    @property
    def netting(self) -> bool:
        return not self.terminal.terms.hedging

    @property
    def now(self) -> float:
        return self.terminal.ground.clock.seconds

    def say(self, text: str) -> None:
        line = f"{self.now:8.3f} {text}"
        if text not in {one[9:] for one in self.violations}:
            self.violations.append(line)

    def note(self, *what: object) -> None:
        """A line of the trace; two runs of one seed must come to the same sum."""
        self.trace = zlib.crc32(repr((round(self.now, 6), *what)).encode(), self.trace)

    def excuse(self, seconds: float) -> None:
        """The app stands still: nothing can be asked of it in that time."""
        self.excused_until = self.now + seconds + SLACK_S

    def folder_taken(self, session: int) -> None:
        """Another panel's session is in force; a timer that begins later goes by it."""
        self.session_taken = session
        self.note("folder taken", session)

    def power_cut(self) -> None:
        self.receipts_were_lost = True
        self.note("power cut")

    # ------------------------------------------------------------------ the expert

    def expert_starts(self) -> None:
        self.note("expert starts")
        self._late_unseen.clear()

    def timer_begins(self) -> None:
        """A flag that lies when a timer begins is seen in it, whatever else happens."""
        self._late_unseen.clear()
        self.session_seen = self.session_taken
        if not self.stop_seen and self._flag_lies():
            self.stop_seen, self.stop_seen_at = True, self.now
            self.note("stop seen")

    def _flag_lies(self) -> bool:
        return bool(self._flags() - self.taken_back)

    def _flags(self) -> set[int]:
        nodes = self.terminal.ground.disk.nodes
        paths = (f"{self.terminal.folder}/halt.flag", f"{COMMON}/halt.flag")
        return {nodes[path].identity for path in paths if path in nodes}

    def resume_asked(self) -> None:
        """A human takes back the stop whose flags lie there; a newer flag is a newer stop."""
        self.resume_asked_at = self.now
        if self.told_now.state is not None and self.told_now.state.stopped:
            self.stop_seen = False
            self.taken_back = self._flags()

    def resume_refused(self) -> None:
        self.taken_back = set()

    # ------------------------------------------------------------------ the line to the server

    def before_send(self, request: Any) -> None:
        self.note("send", request)
        opens = request.action == "PENDING" or (request.action == "DEAL" and not request.position)
        if opens:
            self._open(request)
        elif request.action == "DEAL":
            self._close(request)

    def after_send(self, request: Any, result: Any) -> None:
        self.note("answer", result.retcode)
        self.seen["fills"] += bool(result.deal)

    def _open(self, request: Any) -> None:
        key = (request.symbol, request.type, request.sl, request.tp)
        if self.stop_seen:
            self.say(f"I4 {request.type} {request.sl} sent after the stop was seen")
        if not request.sl:
            self.say(f"I8 {request.type} {request.symbol} sent without S/L")
        commands = self.by_key.get(key, [])
        if not commands:
            self.say(f"I7 {request.type} {request.sl} {request.tp} sent, the journal has no such")
            return
        command = commands[-1]
        if request.volume != command.lots:
            self.say(f"I7 {request.volume} lots sent, {command.lots} accepted")
        if command.session < self.session_seen:
            self.say(f"I2 {command.cmd_id} of a panel that has lost the folder was sent")
        self._price(request, command)
        second = int(to_ms(self.terminal.ground.clock.now()) / 1000)
        if (second + 1) * 1000 > to_ms(command.expires):
            self.say(f"I3 {request.type} {command.cmd_id} sent after its expiry")
        self.sent_at.setdefault(key, self.now)

    def _price(self, request: Any, command: Command) -> None:
        """The worst price that the request allows is not worse than the accepted one."""
        if command.price is None:
            return
        if request.action == "PENDING":
            if request.price != command.price:
                self.say(f"I7 order at {request.price}, accepted {command.price}")
            return
        point, sign = POINTS[request.symbol], 1 if request.type == "BUY" else -1
        worst = request.price + sign * request.deviation * point
        allowed = command.price + sign * (command.deviation or 0) * point
        if (worst - allowed) * sign > 0:
            self.say(f"I7 {request.type} to {worst}, accepted to {allowed}")

    def _close(self, request: Any) -> None:
        stopping = self.stop_seen or self.now - self.resume_asked_at < RESUMING_S
        if request.position not in self.asked_close and not stopping:
            self.say(f"I7 position {request.position} closed, nobody asked for it")

    # ------------------------------------------------------------------ the app

    def journalled(self, entries: tuple[Any, ...]) -> None:
        """Entries in the moment in which they are durable."""
        for entry in entries:
            kind = type(entry).__name__
            self.note(kind)
            if kind == "CommandEntry":
                self._accept(entry.command)
            elif kind == "ReceiptEntry":
                self._receipt(entry.receipt)

    def _accept(self, command: Command) -> None:
        self.accepted[command.cmd_id] = command
        if command.action.opens:
            zero = Decimal(0)
            key = (command.symbol, command.action.value, command.sl or zero, command.tp or zero)
            self.by_key.setdefault(key, []).append(command)
        elif command.action.value in CLOSES:
            self.asked_close.add(command.ticket or 0)

    def _receipt(self, receipt: Any) -> None:
        command = self.accepted.get(receipt.cmd_id)
        if command is None or not command.action.opens:
            return
        key = self._key(command)
        if receipt.status.terminal and not receipt.status.executed:
            self.refused.add(key)

    @staticmethod
    def _key(command: Command) -> Key:
        zero = Decimal(0)
        return (command.symbol, command.action.value, command.sl or zero, command.tp or zero)

    def app_ends(self) -> None:
        """What it said is said no more."""
        self.told_now = Told()

    def told(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "StateChanged":
            self._state(event)
        elif kind == "Alarm":
            self.alarms[event.code] += 1
            self.note(kind, event.code)
            if event.code == "ENGINE_FAULT":
                self.say(f"I12 {event.text}")

    def _state(self, event: Any) -> None:
        before, after = self.told_now.state, event.state
        self.note(after.name, sorted(event.reasons), event.verdict)
        if before is not after or event.stop_level > self.told_now.level:
            self.told_now.since = self.now
        self.told_now.level = event.stop_level
        self._never_weaker(before, event)
        self.told_now.state, self.told_now.reasons = after, event.reasons
        if after is TradingState.STOPPED_FLAT:
            self._flat()

    def _never_weaker(self, before: TradingState | None, event: Any) -> None:
        by_user = self.now - self.resume_asked_at < RESUMING_S
        stood = self.stop_seen and self.now - self.stop_seen_at > KNOWN_S
        if event.state is TradingState.RUNNING and before is not event.state and stood:
            self.say(f"I11 RUNNING, and a stop stands since {self.stop_seen_at:.1f}")
        if before is None:
            return
        if before.stopped and not event.state.stopped and not by_user:
            self.say(f"I11 {before.name} -> {event.state.name} without a human")
        gone = {r for r in self.told_now.reasons - event.reasons if not r.clears_itself}
        if gone and not by_user:
            self.say(f"I11 pause {sorted(gone)} is gone without a human")

    def _flat(self) -> None:
        """What FLAT says is true; a fill after its doubt counts once the expert could see it."""
        self.catch_up()
        open_now = {ticket for ticket, volume in self._positions.items() if volume}
        left = sorted(open_now - self._late_unseen, key=str)
        if left or self._resting:
            self.say(f"I5 FLAT with positions {left} and orders {sorted(self._resting)}")

    # ------------------------------------------------------------------ the ledger, at each step

    def step(self) -> None:
        if self._booked != len(self.terminal.ledger.booked):
            self.catch_up()
        told = self.told_now
        if told.state is TradingState.STOPPING:
            late = self.now - told.since
            if late > VERDICT_S + SLACK_S and self.now > self.excused_until:
                self.say("I5 no verdict in time: STOPPING")

    def catch_up(self) -> None:
        """Take what the broker has booked since."""
        new = self.terminal.ledger.booked[self._booked :]
        self._booked += len(new)
        for line in new:
            if line["kind"] == "order" and line["magic"] == str(MAGIC):
                self._order(line)
        for line in new:
            if line["kind"] == "deal" and line["type"] in ("BUY", "SELL"):
                self._deal(line)
        if new:
            self.booked_at = self.now
            self._caps()

    def _order(self, line: Any) -> None:
        ticket = int(line["ticket"])
        zero = Decimal(0)
        sl, tp = (Decimal(line[name]) if line[name] else zero for name in ("sl", "tp"))
        self.orders.setdefault(ticket, (line["symbol"], line["type"], sl, tp))
        if line["state"] == "PLACED":
            if ticket not in self._resting:
                self._executed(self.orders[ticket], "order")
            self._resting.add(ticket)
        else:
            self._resting.discard(ticket)

    def _executed(self, key: Key, what: str) -> bool:
        """One intent was executed at the broker; True: after its doubt had ended."""
        self.executed[key] += 1
        self.note("executed", key)
        late = self.now - self.sent_at.get(key, self.now) > self.doubt_s
        if self.executed[key] > 1:
            self.say(f"I2 {what} {key[1]} {key[2]} executed {self.executed[key]} times")
        if late:
            self.seen["late"] += 1
            return True
        if key in self.refused:
            self.say(f"I6 {what} {key[1]} {key[2]} executed after a receipt that says it was not")
        if self.told_now.state is TradingState.STOPPED_FLAT:
            self.say(f"I5 {what} {key[1]} {key[2]} executed after FLAT")
        return False

    def _deal(self, line: Any) -> None:
        self.note("deal", line["type"], line["volume"], line["price"])
        held = self._hold(line)
        order = int(line["order"])
        known = self.orders.get(order)
        opens = line["entry"] == "IN" or known in self.by_key
        if held is None or known is None or not opens:
            return
        if known[1] in ("BUY", "SELL"):
            if self._executed(known, "deal"):
                self._late_unseen.add(held)
        elif self.told_now.state is TradingState.STOPPED_FLAT:
            self.say(f"I5 order {order} filled after FLAT")

    def _hold(self, line: Any) -> Held | None:
        """Add a deal to what is held; None = it is not ours."""
        volume, symbol = Decimal(line["volume"]), str(line["symbol"])
        if self.netting:
            self._positions[symbol] += volume if line["type"] == "BUY" else -volume
            return symbol
        position = int(line["position_id"])
        if line["entry"] == "IN":
            if line["magic"] != str(MAGIC):
                return None
            self._positions[position] += volume
        elif position in self._positions:
            self._positions[position] -= volume
        return position

    def _caps(self) -> None:
        """Never more than the rule allows, but for what came after its doubt had ended.

        On an account that nets the newest S/L holds for all of a symbol: only numbers count there.
        """
        ours = sum(1 for volume in self._positions.values() if volume) + len(self._resting)
        if ours > self.max_positions + self.seen["late"]:
            self.say(f"I8 {ours} positions and orders, allowed {self.max_positions}")
        if self.netting:
            return
        percent = open_risk_percent(self.terminal.broker)
        if percent > self.max_open_risk * SLIPPED and not self.seen["late"]:
            self.say(f"I8 {percent:.2f} % at risk, allowed {self.max_open_risk} %")
