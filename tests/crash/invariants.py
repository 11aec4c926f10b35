"""What must hold whatever happened; the oracle is the broker's ledger, not what the EA says."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.values import to_ms
from signalos_desktop.domain.wire.commands import CommandRow, decode_command
from signalos_desktop.domain.wire.ea_rows import decode_intent
from signalos_desktop.domain.wire.fields import RowError, carries_tag
from signalos_desktop.domain.wire.receipts import decode_receipt
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.ea_sim.world import World


class Watch:
    """Looks at every request in the moment in which it is sent."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.violations: list[str] = []
        world.line.before_send = self.look

    def look(self, request: TradeRequest) -> None:
        world = self._world
        row = next((r for r in rows(world) if carries_tag(request.comment, r.cmd_id)), None)
        if row is None:
            return
        if (int(world.now.timestamp()) + 1) * 1000 > row.expires_ms:
            self._say(f"I3 {row.action} {row.cmd_id} sent after its expiry")
        if not row.action.needs_intent:
            return
        if not _has_intent(world, row.cmd_id):
            self._say(f"I2 {row.action} {row.cmd_id} sent without a durable intent")
        if row.action.opens:
            self._open(row)

    def _open(self, row: CommandRow) -> None:
        world = self._world
        flags = [place / "halt.flag" for place in (world.folder, world.common)]
        if any(flag.exists() for flag in flags) or is_latched(world):
            self._say(f"I4 {row.action} {row.cmd_id} sent while stopped")
        if row.session != world.app.session:
            self._say(f"I4 {row.action} {row.cmd_id} of an old session sent")
        others = [cmd_id for cmd_id in unclear(world) if cmd_id != row.cmd_id]
        if others:
            self._say(f"I8 {row.action} {row.cmd_id} sent while {others} is in doubt")

    def _say(self, text: str) -> None:
        self.violations.append(text)


def rows(world: World) -> list[CommandRow]:
    """Every whole row of every command file, the first of each id."""
    found: dict[int, CommandRow] = {}
    for path in sorted(world.folder.glob("commands*.csv")):
        for line in path.read_bytes().splitlines(keepends=True):
            try:
                row = decode_command(line)
            except RowError:
                continue
            found.setdefault(row.cmd_id, row)
    return list(found.values())


def _has_intent(world: World, cmd_id: int) -> bool:
    for line in world.lines("intents.csv"):
        try:
            if decode_intent(line).cmd_id == cmd_id:
                return True
        except RowError:
            continue
    return False


def receipts(world: World) -> list[Receipt]:
    """Receipts that can be read; a torn one says nothing."""
    told = []
    for line in world.lines("receipts.csv"):
        try:
            told.append(decode_receipt(line))
        except RowError:
            continue
    return told


def unclear(world: World) -> list[int]:
    """Commands with an intent and no terminal receipt."""
    final = {told.cmd_id for told in receipts(world) if told.status.terminal}
    ids = []
    for line in world.lines("intents.csv"):
        try:
            ids.append(decode_intent(line).cmd_id)
        except RowError:
            continue
    return [cmd_id for cmd_id in ids if cmd_id not in final]


def is_latched(world: World) -> bool:
    latched = False
    for line in world.lines("latch.csv"):
        latched = line.split(b",")[1] != b"RELEASED"
    return latched


def check(world: World, *, stopped: bool) -> list[str]:
    """Violations once everything has come to rest."""
    found = []
    told: dict[int, list[Receipt]] = defaultdict(list)
    for one in receipts(world):
        told[one.cmd_id].append(one)
    for row in rows(world):
        found += _row(row, told[row.cmd_id], _deals(world, row))
    found += _bad_rows(told[0])
    return found + _stop(world, stopped)


def _deals(world: World, row: CommandRow) -> list[Deal]:
    deals = world.broker.deals(world.born)
    return [deal for deal in deals if deal.trade and carries_tag(deal.comment, row.cmd_id)]


def _row(row: CommandRow, told: list[Receipt], deals: list[Deal]) -> list[str]:
    name = f"{row.action} {row.cmd_id}"
    final = [one for one in told if one.status.terminal and not one.late_fill]
    late = [one for one in told if one.late_fill]
    if len(final) != 1:
        return [f"I1 {name}: {len(final)} terminal receipts {[one.status.value for one in final]}"]
    found = []
    orders = {deal.order for deal in deals}
    if row.action.needs_intent and len(orders) > 1:
        found.append(f"I2 {name}: executed {len(orders)} times")
    if not row.action.needs_intent or row.action.pending:
        return found
    done = (late or final)[-1]
    if bool(deals) != (done.status in (ReceiptStatus.FILLED, ReceiptStatus.PARTIAL)):
        found.append(f"I6 {name}: {len(deals)} deals, receipt {done.status} {done.message}")
    if deals and done.volume != sum((deal.volume for deal in deals), Decimal(0)):
        found.append(f"I7 {name}: receipt says {done.volume} lots")
    if sum((deal.volume for deal in deals), Decimal(0)) > row.lots:
        found.append(f"I7 {name}: more than {row.lots} lots")
    return found


def _bad_rows(told: list[Receipt]) -> list[str]:
    counts = Counter(one.message.partition(":")[0] for one in told)
    return [f"I1 {place}: {count} receipts" for place, count in counts.items() if count > 1]


def _stop(world: World, stopped: bool) -> list[str]:
    halt = world.status.halt
    left = len(world.broker.positions()) + len(world.broker.orders())
    found = []
    if halt.flat and left:
        found.append(f"I5 FLAT is reported with {left} positions and orders")
    if halt.level is StopLevel.FLATTEN and not halt.flat:
        found.append(f"I5 FLATTEN without a verdict: {left} left, {halt.unresolved} unresolved")
    if stopped and halt.level is not StopLevel.FLATTEN:
        found.append(f"I11 FLATTEN was asked for, the EA is at {halt.level.name}")
    if halt.level and world.broker.orders():
        found.append("I5 stopped, and an order rests")
    age = to_ms(world.now) - world.status.utc_ms
    if age > 3000:
        found.append(f"I12 the heartbeat is {age} ms old")
    return found


def is_pending(request: TradeRequest) -> bool:
    return request.action is TradeAction.PENDING
