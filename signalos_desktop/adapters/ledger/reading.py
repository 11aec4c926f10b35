"""The journal for people and scripts: one line for each intent, read while the app runs or not."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from pathlib import Path

from signalos_desktop.adapters.ledger.columns import decode
from signalos_desktop.adapters.ledger.database import open_readable, trouble_named
from signalos_desktop.domain.receipt import Receipt, ReceiptStatus
from signalos_desktop.domain.values import from_ms

_EXTERNAL = """
SELECT account, ticket, position_id, time_ms, symbol, type, volume FROM deals
WHERE external = 1 ORDER BY time_ms, seq
"""
_RECEIPTS = "SELECT * FROM receipts WHERE account = ? AND cmd_id = ? ORDER BY seq"
_DEALS = "SELECT ticket, position_id FROM deals WHERE account = ? AND our_cmd_id = ? ORDER BY seq"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One intent and what became of it; intent None = a deal that is not ours (EXTERNAL).

    tickets: positions it touched; deals: deals that it caused. lots as decimal text. source: the
    rule that asked for it.
    """

    intent: str | None
    signal: str | None
    cmd_id: int | None
    session: int | None
    account: str
    action: str
    symbol: str
    lots: str
    outcome: str
    reason: str
    tickets: tuple[str, ...]
    deals: tuple[str, ...]
    time: datetime
    source: str = ""


def read_journal(path: Path) -> Iterator[JournalLine]:
    """Every intent in the order of time; LedgerFailedError if the file cannot be read."""
    with trouble_named(path), closing(open_readable(path)) as connection:
        connection.execute("BEGIN")
        yield from merge(_ours(connection), _external(connection), key=lambda line: line.time)


def _ours(connection: sqlite3.Connection) -> Iterator[JournalLine]:
    for row in connection.execute("SELECT * FROM commands ORDER BY seq"):
        key = (row["account"], row["cmd_id"])
        receipts = [decode(Receipt, receipt) for receipt in connection.execute(_RECEIPTS, key)]
        counted = counting([receipt for receipt in receipts if _meant(receipt, row)])
        outcome, reason = _outcome(row, counted)
        deals = list(connection.execute(_DEALS, key))
        yield JournalLine(
            intent=row["intent"],
            signal=row["signal"],
            cmd_id=row["cmd_id"],
            session=row["session"],
            account=row["account"],
            action=row["action"],
            symbol=row["symbol"],
            lots=row["lots"],
            outcome=outcome,
            reason=reason,
            tickets=_numbers(
                [counted.position if counted else 0, *(d["position_id"] for d in deals)]
            ),
            deals=_numbers([counted.deal if counted else 0, *(d["ticket"] for d in deals)]),
            time=from_ms(row["created_ms"]),
            source=row["source"],
        )


def _external(connection: sqlite3.Connection) -> Iterator[JournalLine]:
    for row in connection.execute(_EXTERNAL):
        yield JournalLine(
            intent=None,
            signal=None,
            cmd_id=None,
            session=None,
            account=row["account"],
            action=row["type"],
            symbol=row["symbol"],
            lots=row["volume"],
            outcome="EXTERNAL",
            reason="",
            tickets=_numbers([row["position_id"]]),
            deals=_numbers([row["ticket"]]),
            time=from_ms(row["time_ms"]),
        )


def counting(receipts: Sequence[Receipt]) -> Receipt | None:
    """The receipt that says what became of a command: the first terminal one, else the last.

    The only correction: a LATE_FILL after ERROR.
    """
    counted: Receipt | None = None
    for receipt in receipts:
        settled = counted is not None and counted.status.terminal
        corrected = (
            counted is not None and counted.status is ReceiptStatus.ERROR and receipt.late_fill
        )
        if not settled or corrected:
            counted = receipt
    return counted


def _meant(receipt: Receipt, row: sqlite3.Row) -> bool:
    """False for a receipt of another session or login that carries the same id."""
    login = int(row["account"].partition("@")[0])
    return receipt.session in (None, row["session"]) and receipt.login in (None, login)


def _outcome(row: sqlite3.Row, counted: Receipt | None) -> tuple[str, str]:
    said = row["resolved_as"]
    if said is not None and (counted is None or not counted.status.terminal):
        status = ReceiptStatus.FILLED if said == "filled" else ReceiptStatus.ERROR
        return status.value, f"RESOLVED: {said}, as the user said"
    if counted is not None:
        return counted.status.value, counted.message
    if row["state"] == "not_sent":
        return "NOT_SENT", row["reason"]
    return "pending", row["reason"]


def _numbers(numbers: Sequence[int]) -> tuple[str, ...]:
    """The tickets without 0 (none) and without repetition, in order, as text."""
    return tuple(str(number) for number in dict.fromkeys(numbers) if number)
