"""Reads of the journal what a start needs: all that is open and the last days, nothing else."""

import sqlite3
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from signalos_desktop.adapters.ledger.columns import decode, from_json
from signalos_desktop.domain.command import Command
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.signal import Message, Reading
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.domain.values import Account, from_ms, to_ms
from signalos_desktop.engine.entries import (
    CheckpointEntry,
    CommandEntry,
    CommandState,
    DealEntry,
    KnownCommand,
    KnownSignal,
    Replay,
    SignalEntry,
    SignalState,
    StateEntry,
)

_SIGNALS_FOR = timedelta(days=7)
_COMMANDS_FOR = timedelta(days=2)

# Commands that are not settled, recent, of an open signal, or that opened what is still open: by
# its deals, or by its tag where a terminal shows no deals.
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
    UNION SELECT c.seq FROM open_positions p
        JOIN positions q ON q.account = p.account AND q.identifier = p.identifier
        JOIN commands c ON c.account = q.account
            AND c.cmd_id = CAST(substr(q.comment, 2) AS INTEGER)
        WHERE q.comment LIKE '#%')
"""
_SIGNALS = """
SELECT * FROM signals WHERE signal IN (
    SELECT signal FROM signals WHERE state IN ('ready', 'review', 'fired')
    UNION SELECT signal FROM signals WHERE time_ms >= :signals_since
    UNION SELECT signal FROM wanted WHERE signal IS NOT NULL)
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
    UNION SELECT d.seq FROM open_positions p
        JOIN deals d ON d.account = p.account AND d.position_id = p.identifier
    UNION SELECT d.seq FROM wanted w
        JOIN deals d ON d.account = w.account AND d.our_cmd_id = w.cmd_id)
ORDER BY seq
"""
_STATES = (
    "SELECT * FROM states WHERE seq IN (SELECT max(seq) FROM states GROUP BY account) ORDER BY seq"
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
    )
    return KnownSignal(entry, SignalState(row["state"]), row["reason"])


def _command(row: sqlite3.Row, receipts: tuple[Receipt, ...]) -> KnownCommand:
    command = decode(Command, row)
    entry = CommandEntry(command, row["signal"], row["intent"], Decimal(row["reserved_loss"]))
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


def _largest(connection: sqlite3.Connection, query: str) -> dict[Account, int]:
    return {Account.parse(account): int(largest) for account, largest in connection.execute(query)}
