"""Reads of the journal what a start needs: all that is open and the last days, nothing else."""

import sqlite3
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.adapters.ledger.columns import decode, from_json
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.management.rules import TradePlan
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.providers.differences import FieldChange
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.anchors import Sighting
from signalos_desktop.domain.risk.floors import Anchor
from signalos_desktop.domain.signal import Message, Reading
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account, from_ms, to_ms
from signalos_desktop.engine.entries import (
    AnchorEntry,
    CheckpointEntry,
    CommandEntry,
    CommandState,
    DealEntry,
    KnownCommand,
    KnownSignal,
    Relation,
    Replay,
    SightingEntry,
    SignalEntry,
    SignalState,
    StateEntry,
)

_SIGNALS_FOR = timedelta(days=7)
_COMMANDS_FOR = timedelta(days=2)

# Commands that are not settled, recent, of an open signal, or that opened what is still open: by
# its deals (with the other orders of its signal, and the parts of it that rules have asked for),
# or by its tag where a terminal shows no deals.
_WANTED = """
CREATE TEMP TABLE wanted AS
SELECT seq, account, cmd_id, signal FROM commands WHERE seq IN (
    SELECT seq FROM commands WHERE state IN ('queued', 'published')
    UNION SELECT seq FROM commands WHERE created_ms >= :commands_since
    UNION SELECT c.seq FROM signals s JOIN commands c ON c.signal = s.signal
        WHERE s.state IN ('ready', 'review', 'fired')
    UNION SELECT c.seq FROM open_positions p
        JOIN deals d ON d.account = p.account AND d.position_id = p.identifier
        JOIN commands c ON c.account = d.account AND c.cmd_id = d.our_cmd_id
    UNION SELECT s.seq FROM open_positions p
        JOIN deals d ON d.account = p.account AND d.position_id = p.identifier
        JOIN commands c ON c.account = d.account AND c.cmd_id = d.our_cmd_id
        JOIN commands s ON s.signal = c.signal AND s.account = c.account
    UNION SELECT r.seq FROM open_positions p
        JOIN commands r ON r.account = p.account
            AND r.intent >= 'RULE/' || p.identifier || '/part/'
            AND r.intent < 'RULE/' || p.identifier || '/part0'
    UNION SELECT c.seq FROM open_positions p
        JOIN positions q ON q.account = p.account AND q.identifier = p.identifier
        JOIN commands c ON c.account = q.account
            AND c.cmd_id = CAST(substr(q.comment, 2) AS INTEGER)
        WHERE q.comment LIKE '#%')
"""
# Every message of a thread stays known as long as one of its commands is wanted.
_SIGNALS = """
WITH root AS (
    SELECT iif(s.thread = '', s.signal, s.thread) AS signal
    FROM wanted w JOIN signals s ON s.signal = w.signal)
SELECT * FROM signals WHERE signal IN (
    SELECT signal FROM signals WHERE state IN ('ready', 'review', 'fired')
    UNION SELECT signal FROM signals WHERE time_ms >= :signals_since
    UNION SELECT signal FROM root
    UNION SELECT s.signal FROM root r JOIN signals s ON s.thread = r.signal)
ORDER BY seq
"""
_COMMANDS = "SELECT * FROM commands WHERE seq IN (SELECT seq FROM wanted) ORDER BY seq"
_RECEIPTS = """
SELECT r.* FROM wanted w JOIN receipts r ON r.account = w.account AND r.cmd_id = w.cmd_id
ORDER BY r.seq
"""
_DEALS = """
SELECT * FROM deals WHERE seq IN (
    SELECT seq FROM deals WHERE time_ms >= :commands_since
    UNION SELECT seq FROM deals WHERE type IN ('BALANCE', 'CREDIT', 'BONUS')
    UNION SELECT d.seq FROM open_positions p
        JOIN deals d ON d.account = p.account AND d.position_id = p.identifier
    UNION SELECT d.seq FROM wanted w
        JOIN deals d ON d.account = w.account AND d.our_cmd_id = w.cmd_id)
ORDER BY seq
"""
_STATES = (
    "SELECT * FROM states WHERE seq IN (SELECT max(seq) FROM states GROUP BY account) ORDER BY seq"
)


_ANCHORS = (
    "SELECT a.* FROM anchors a WHERE start_ms = (SELECT max(start_ms) FROM anchors b"
    " WHERE b.account = a.account AND b.schedule = a.schedule)"
)


def replay_all(connection: sqlite3.Connection, now: datetime) -> Replay:
    since = {
        "commands_since": to_ms(now - _COMMANDS_FOR),
        "signals_since": to_ms(now - _SIGNALS_FOR),
    }
    connection.execute("BEGIN")
    connection.execute(_WANTED, since)
    last = connection.execute("SELECT max(number) FROM signals").fetchone()[0]
    return Replay(
        signals=tuple(_signal(row) for row in connection.execute(_SIGNALS, since)),
        commands=_commands(connection),
        deals=tuple(_deal(row) for row in connection.execute(_DEALS, since)),
        states=tuple(_state(row) for row in connection.execute(_STATES)),
        anchors=tuple(_anchor(row) for row in connection.execute(_ANCHORS)),
        sightings=tuple(
            SightingEntry(Account.parse(row["account"]), decode(Sighting, row))
            for row in connection.execute("SELECT * FROM sightings")
        ),
        checkpoints=tuple(
            decode(CheckpointEntry, row) for row in connection.execute("SELECT * FROM checkpoints")
        ),
        sessions=_largest(
            connection, "SELECT account, max(session) FROM sessions GROUP BY account"
        ),
        largest_ids=_largest(
            connection, "SELECT account, max(cmd_id) FROM commands GROUP BY account"
        ),
        last_signal=last or 0,
    )


def _commands(connection: sqlite3.Connection) -> tuple[KnownCommand, ...]:
    receipts: defaultdict[tuple[str, int], list[Receipt]] = defaultdict(list)
    for row in connection.execute(_RECEIPTS):
        receipts[row["account"], row["cmd_id"]].append(decode(Receipt, row))
    return tuple(
        _command(row, tuple(receipts.get((row["account"], row["cmd_id"]), ())))
        for row in connection.execute(_COMMANDS)
    )


def _signal(row: sqlite3.Row) -> KnownSignal:
    expires = row["expires_ms"]
    entry = SignalEntry(
        signal=row["signal"],
        time=from_ms(row["time_ms"]),
        message=from_json(Message, row["message"]),
        reading=from_json(Reading, row["reading"]),
        expires=None if expires is None else from_ms(expires),
        relation=Relation(row["relation"]),
        thread=row["thread"],
        changes=from_json(tuple[FieldChange, ...], row["changes"]),
    )
    return KnownSignal(entry, SignalState(row["state"]), row["reason"])


def _command(row: sqlite3.Row, receipts: tuple[Receipt, ...]) -> KnownCommand:
    command = decode(Command, row)
    plan = None if row["plan"] is None else from_json(TradePlan, row["plan"])
    entry = CommandEntry(
        command, row["signal"], row["intent"], Decimal(row["reserved_loss"]), plan, row["source"]
    )
    return KnownCommand(
        entry, CommandState(row["state"]), row["reason"], receipts, row["resolved_as"]
    )


def _deal(row: sqlite3.Row) -> DealEntry:
    return DealEntry(
        account=Account.parse(row["account"]),
        deal=decode(Deal, row),
        cmd_id=row["our_cmd_id"],
        external=bool(row["external"]),
    )


def _state(row: sqlite3.Row) -> StateEntry:
    return StateEntry(
        account=None if row["account"] is None else Account.parse(row["account"]),
        time=from_ms(row["time_ms"]),
        state=TradingState[row["state"]],
        reasons=frozenset(from_json(tuple[PauseReason, ...], row["reasons"])),
        source=row["source"],
        stop_level=StopLevel[row["stop_level"]],
    )


def _anchor(row: sqlite3.Row) -> AnchorEntry:
    anchor = Anchor(
        schedule=row["schedule"],
        start=from_ms(row["start_ms"]),
        balance=Decimal(row["balance"]),
        equity=Decimal(row["equity"]),
        highest=Decimal(row["highest"]),
        peak=Decimal(row["peak"]),
        exact=bool(row["exact"]),
        equity_exact=bool(row["equity_exact"]),
        source=row["source"],
        breached=from_json(tuple[str, ...], row["breached"]),
    )
    return AnchorEntry(Account.parse(row["account"]), anchor)


def _largest(connection: sqlite3.Connection, query: str) -> dict[Account, int]:
    return {Account.parse(account): int(largest) for account, largest in connection.execute(query)}
