"""What must hold once everything has come to rest: journal, receipts and ledger side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.wire.fields import RowError
from signalos_desktop.domain.wire.receipts import decode_receipt
from tests.seeds.terminal import MAGIC

if TYPE_CHECKING:
    from tests.seeds.run import World

OPENS = ("BUY", "SELL", "BUY_LIMIT", "SELL_LIMIT", "BUY_STOP", "SELL_STOP")
EXECUTED = ("FILLED", "PARTIAL", "PLACED")
Say = Callable[[str], None]


def check_end(world: World) -> None:
    oracle = world.oracle
    oracle.catch_up()
    if world.panel is not None:
        for error in world.panel.loop.errors:
            oracle.say(f"I12 {error}")
    if not world.at_rest():
        oracle.say("I1 it does not come to rest")
    ledger = Ledger(world)
    commands = [dict(row) for row in world.journal.all("SELECT * FROM commands ORDER BY seq")]
    receipts = _counting(world)
    world.oracle.seen["denied"] += sum(r.status is ReceiptStatus.DENIED for r in receipts.values())
    for command in commands:
        _command(oracle.say, command, receipts.get(command["cmd_id"]), ledger, world)
    _flow(oracle.say, commands, receipts)
    _deals(oracle.say, world, ledger)
    _receipt_file(oracle.say, world)
    _book(oracle.say, world)


class Ledger:
    """What the broker booked, by deal and by intent."""

    def __init__(self, world: World) -> None:
        self.deals: dict[int, Any] = {}
        self.by_key: dict[Any, list[Any]] = defaultdict(list)
        self.placed: set[Any] = set()
        orders = world.oracle.orders
        for line in world.terminal.ledger.booked:
            if line["kind"] == "deal" and line["type"] in ("BUY", "SELL"):
                self.deals[int(line["ticket"])] = line
                key = orders.get(int(line["order"]))
                if key in world.oracle.by_key:
                    self.by_key[key].append(line)
            elif line["kind"] == "order" and line["state"] == "PLACED":
                key = orders.get(int(line["ticket"]))
                if key is not None:
                    self.placed.add(key)
        self.open = {held.ticket for held in world.terminal.broker.positions()}


def _counting(world: World) -> dict[int, Receipt]:
    """The receipt that counts of each command: the first final one, or a late fill."""
    found: dict[int, Receipt] = {}
    query = "SELECT * FROM receipts WHERE verdict IN ('settled', 'late_fill') ORDER BY seq"
    for row in world.journal.all(query):
        found[row["cmd_id"]] = Receipt(
            row["cmd_id"],
            ReceiptStatus(row["status"]),
            row["ticket"],
            row["retcode"],
            Decimal(row["price"]),
            row["message"],
            row["position"],
            Decimal(row["volume"]),
            row["deal"],
        )
    return found


def _command(
    say: Say, command: dict[str, Any], receipt: Receipt | None, ledger: Ledger, world: World
) -> None:
    cmd_id, state = command["cmd_id"], command["state"]
    name = f"{command['action']} {cmd_id}"
    if state == "published" and command["resolved_as"] and command["action"] not in OPENS:
        return
    if state not in ("settled", "not_sent") and not command["resolved_as"]:
        say(f"I1 {name} has no outcome: {state}")
        return
    if command["action"] in OPENS:
        _open(say, name, command, receipt, ledger, world)
    elif command["action"] == "CLOSE_TICKET" and state == "settled" and receipt is not None:
        closed = command["ticket"] not in ledger.open
        if receipt.status is ReceiptStatus.FILLED and not closed:
            say(f"I6 {name} is FILLED and {command['ticket']} is open")


def _open(
    say: Say, name: str, command: dict[str, Any], receipt: Receipt | None, ledger: Ledger, w: World
) -> None:
    zero = Decimal(0)
    sl, tp = (Decimal(command[column]) if command[column] else zero for column in ("sl", "tp"))
    key = (command["symbol"], command["action"], sl, tp)
    deals, pending = ledger.by_key[key], command["action"] not in ("BUY", "SELL")
    done = bool(deals) or key in ledger.placed
    if command["state"] == "not_sent":
        if done and not w.oracle.alarms["EXECUTED_UNSENT"]:
            say(f"I6 {name} is NOT_SENT ({command['reason'][:40]}) and was executed")
        return
    if receipt is None:
        if command["resolved_as"] is None:
            say(f"I1 {name} is settled without a receipt")
        elif done != (command["resolved_as"] == "filled"):
            say(f"I6 {name} was resolved as {command['resolved_as']}, executed: {done}")
        return
    # A receipt that was lost is given anew and may contradict the first: that is shown, and pauses.
    shown = w.oracle.receipts_were_lost and w.oracle.alarms["RECEIPT_CONFLICT"]
    if (receipt.status.value in EXECUTED) != done and not shown:
        told = f"{receipt.status} ({receipt.message[:40]})"
        say(f"I6 {name} is {told}, executed at the broker: {done}")
    if done and deals and not pending:
        _fill(say, name, Decimal(command["lots"]), receipt, deals)


def _fill(say: Say, name: str, lots: Decimal, receipt: Receipt, deals: list[Any]) -> None:
    """Volume and price of the receipt are those of the deals."""
    if receipt.status.value not in EXECUTED:
        return
    volume = sum((Decimal(deal["volume"]) for deal in deals), Decimal(0))
    if volume != receipt.volume:
        say(f"I6 {name} is {receipt.status} with {receipt.volume}, the broker has {volume}")
    if Decimal(deals[-1]["price"]) != receipt.price:
        say(f"I6 {name} filled at {deals[-1]['price']}, the receipt says {receipt.price}")
    if receipt.status is ReceiptStatus.FILLED and volume != lots:
        say(f"I6 {name} is FILLED with {volume} of {lots}")


def _flow(say: Say, commands: list[dict[str, Any]], receipts: dict[int, Receipt]) -> None:
    """I9: accepted = not sent + published, published = final receipts."""
    states = Counter(command["state"] for command in commands)
    final = sum(1 for c in commands if c["cmd_id"] in receipts or c["resolved_as"])
    if states["published"] + states["settled"] + states["not_sent"] != len(commands):
        say(f"I9 {len(commands)} accepted, {dict(states)}")
    if states["published"] + states["settled"] != final:
        say(f"I9 {states['published'] + states['settled']} published, {final} final receipts")


def _deals(say: Say, world: World, ledger: Ledger) -> None:
    journal = {row["ticket"]: row for row in world.journal.all("SELECT * FROM deals")}
    trades = {ticket: row for ticket, row in journal.items() if row["type"] in ("BUY", "SELL")}
    missing, more = sorted(ledger.deals.keys() - trades), sorted(trades.keys() - ledger.deals)
    if missing or more:
        say(f"I6 deals {missing} are not in the journal, {more} not at the broker")
    for ticket, row in trades.items():
        booked = ledger.deals.get(ticket)
        if booked is None:
            continue
        for column in ("volume", "price", "type"):
            if str(row[column]) != booked[column] and not _same(row[column], booked[column]):
                say(f"I6 deal {ticket}: {column} {row[column]}, the broker has {booked[column]}")
        if booked["entry"] != "IN":
            continue
        foreign = booked["magic"] != str(MAGIC)
        if foreign and (row["our_cmd_id"] is not None or not row["external"]):
            say(f"I6 deal {ticket} is foreign, the journal says {row['our_cmd_id']}")
        if not foreign and row["our_cmd_id"] is None:
            say(f"I6 deal {ticket} is ours, the journal knows no command of it")


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def _receipt_file(say: Say, world: World) -> None:
    """One final receipt for each id; the same row twice is one, a late fill is a correction."""
    node = world.ground.disk.nodes.get(f"{world.terminal.folder}/receipts.csv")
    final: dict[int, set[bytes]] = defaultdict(set)
    for line in bytes(node.data).splitlines(keepends=True) if node else ():
        try:
            receipt = decode_receipt(line)
        except RowError:
            continue
        if receipt.cmd_id and receipt.status.terminal and not receipt.late_fill:
            final[receipt.cmd_id].add(line)
    for cmd_id, lines in final.items():
        if len(lines) > 1:
            say(f"I1 {cmd_id} has {len(lines)} final receipts")


def _book(say: Say, world: World) -> None:
    """I6: what the app shows as open is what the broker holds."""
    broker = world.terminal.broker
    there = {(held.ticket, held.side, held.volume) for held in broker.positions()}
    resting = {order.ticket for order in broker.orders()}
    for desk in world.panel.session.desks.values() if world.panel is not None else ():
        shown = {(held.ticket, held.side, held.volume) for held in desk.book.positions.values()}
        if shown != there:
            say(f"I6 shown as open {sorted(shown)}, the broker holds {sorted(there)}")
        if desk.book.orders.keys() != resting:
            say(f"I6 shown as resting {sorted(desk.book.orders)}, there are {sorted(resting)}")
