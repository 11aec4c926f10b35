"""What each entry writes: the SQL statements of one journal entry, in order."""

import re
from dataclasses import dataclass
from functools import cache, singledispatch

from signalos_desktop.adapters.ledger.columns import Value, clean, encode, to_json
from signalos_desktop.domain.values import to_ms
from signalos_desktop.engine.entries import (
    AlarmEntry,
    AnchorEntry,
    CheckpointEntry,
    CommandEntry,
    CommandStateEntry,
    DealEntry,
    DecisionEntry,
    PositionEntry,
    ReceiptEntry,
    ResolutionEntry,
    SessionEntry,
    SightingEntry,
    SignalEntry,
    SignalStateEntry,
    StateEntry,
)

_NUMBER = re.compile(r"([0-9]{1,18})\Z")

# A command's state only goes up this ladder: a late mark cannot unsettle a settled command, and a
# row found in the file after all is published whatever was thought of it before.
_RANK = (
    "CASE {} WHEN 'queued' THEN 0 WHEN 'not_sent' THEN 1 WHEN 'published' THEN 2 "
    "WHEN 'settled' THEN 3 END"
)
_MOVE_COMMAND = (
    "UPDATE commands SET state = ?1, reason = ?2 WHERE account = ?3 AND cmd_id = ?4 "
    f"AND {_RANK.format('?1')} >= {_RANK.format('state')}"
)
# What a person or the market has ended can never wait for FIRE again, however late a mark comes.
_MOVE_SIGNAL = (
    "UPDATE signals SET state = ?1, reason = ?2 WHERE signal = ?3"
    " AND (state IN ('ready', 'review', 'rejected') OR ?1 NOT IN ('ready', 'review', 'rejected'))"
)
_RESOLVE = "UPDATE commands SET resolved_as = ? WHERE account = ? AND cmd_id = ?"
# The same deal is reported again and again; only a command that was missing may be added to it.
_SAME_DEAL = (
    " ON CONFLICT (account, ticket) DO UPDATE SET our_cmd_id = excluded.our_cmd_id, external = 0"
    " WHERE deals.our_cmd_id IS NULL AND excluded.our_cmd_id IS NOT NULL"
)
_NEWER_CHECKPOINT = (
    " ON CONFLICT (account, file) DO UPDATE SET offset = excluded.offset, mark = excluded.mark"
)
_NEWER_ANCHOR = (
    " ON CONFLICT (account, schedule, start_ms) DO UPDATE SET highest = excluded.highest,"
    " peak = excluded.peak, breached = excluded.breached"
)
_NEWER_SIGHTING = (
    " ON CONFLICT (account) DO UPDATE SET time_ms = excluded.time_ms,"
    " balance = excluded.balance, equity = excluded.equity, deal = excluded.deal"
)
_KNOWN = " ON CONFLICT DO NOTHING"
_POSITION_GONE = "DELETE FROM open_positions WHERE account = ? AND identifier = ?"


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    values: tuple[Value, ...]


def number_of(signal: str) -> int:
    """The number a signal's id ends in; 0 if it has none."""
    found = _NUMBER.search(signal)
    return int(found[1]) if found else 0


@singledispatch
def statements(entry: object) -> tuple[Statement, ...]:
    """The statements that keep an entry; encoding happens here, in the caller's thread."""
    raise TypeError(f"not a journal entry: {type(entry).__name__}")


@statements.register
def _(entry: SignalEntry) -> tuple[Statement, ...]:
    message = entry.message
    row: dict[str, Value] = {
        "signal": clean(entry.signal),
        "number": number_of(entry.signal),
        "time_ms": to_ms(entry.time),
        "provider": clean(message.provider),
        "message_id": None if message.message_id is None else clean(message.message_id),
        "kind": entry.reading.kind.value,
        "message": to_json(message),
        "reading": to_json(entry.reading),
        "expires_ms": None if entry.expires is None else to_ms(entry.expires),
        "relation": entry.relation.value,
        "thread": clean(entry.thread),
        "changes": to_json(entry.changes),
    }
    return (_insert("signals", row),)


@statements.register
def _(entry: SignalStateEntry) -> tuple[Statement, ...]:
    row = encode(entry)
    moved = (row["state"], row["reason"], row["signal"])
    return _insert("signal_states", row), Statement(_MOVE_SIGNAL, moved)


@statements.register
def _(entry: DecisionEntry) -> tuple[Statement, ...]:
    decision = entry.decision
    row: dict[str, Value] = {
        "signal": clean(entry.signal),
        "account": str(entry.account),
        "time_ms": to_ms(entry.time),
        "stage": entry.stage,
        "verdict": decision.verdict.value,
        "lots": f"{decision.lots:f}",
        "risk_money": f"{decision.risk_money:f}",
        "risk_percent": f"{decision.risk_percent:f}",
        "decision": to_json(decision),
    }
    return (_insert("decisions", row),)


@statements.register
def _(entry: CommandEntry) -> tuple[Statement, ...]:
    row = encode(entry.command) | {
        "signal": None if entry.signal is None else clean(entry.signal),
        "intent": clean(entry.intent),
        "reserved_loss": f"{entry.reserved_loss:f}",
        "plan": None if entry.plan is None else to_json(entry.plan),
        "source": clean(entry.source),
    }
    return (_insert("commands", row),)


@statements.register
def _(entry: CommandStateEntry) -> tuple[Statement, ...]:
    row = encode(entry)
    moved = (row["state"], row["reason"], row["account"], row["cmd_id"])
    return _insert("command_states", row), Statement(_MOVE_COMMAND, moved)


@statements.register
def _(entry: ReceiptEntry) -> tuple[Statement, ...]:
    row = encode(entry.receipt) | {
        "account": str(entry.account),
        "arrived_ms": to_ms(entry.time),
        "verdict": clean(entry.verdict),
    }
    return (_insert("receipts", row),)


@statements.register
def _(entry: DealEntry) -> tuple[Statement, ...]:
    row = encode(entry.deal) | {
        "account": str(entry.account),
        "our_cmd_id": entry.cmd_id,
        "external": int(entry.external),
    }
    return (_insert("deals", row, _SAME_DEAL),)


@statements.register
def _(entry: PositionEntry) -> tuple[Statement, ...]:
    account = str(entry.account)
    seen: dict[str, Value] = {
        "account": account,
        "seen_ms": to_ms(entry.time),
        "change": entry.change,
    }
    row = encode(entry.position) | seen
    identifier = entry.position.identifier
    if entry.change == "closed":
        return _insert("positions", row), Statement(_POSITION_GONE, (account, identifier))
    known: dict[str, Value] = {"account": account, "identifier": identifier}
    return _insert("positions", row), _insert("open_positions", known, _KNOWN)


@statements.register
def _(entry: StateEntry) -> tuple[Statement, ...]:
    row: dict[str, Value] = {
        "account": None if entry.account is None else str(entry.account),
        "time_ms": to_ms(entry.time),
        "state": entry.state.name,
        "reasons": to_json(sorted(entry.reasons)),
        "source": clean(entry.source),
        "stop_level": entry.stop_level.name,
    }
    return (_insert("states", row),)


@statements.register
def _(entry: SessionEntry) -> tuple[Statement, ...]:
    return (_insert("sessions", encode(entry), _KNOWN),)


@statements.register
def _(entry: AlarmEntry) -> tuple[Statement, ...]:
    return (_insert("alarms", encode(entry)),)


@statements.register
def _(entry: CheckpointEntry) -> tuple[Statement, ...]:
    return (_insert("checkpoints", encode(entry), _NEWER_CHECKPOINT),)


@statements.register
def _(entry: ResolutionEntry) -> tuple[Statement, ...]:
    row = encode(entry)
    moved = (row["resolved_as"], row["account"], row["cmd_id"])
    return _insert("resolutions", row), Statement(_RESOLVE, moved)


@statements.register
def _(entry: AnchorEntry) -> tuple[Statement, ...]:
    anchor = entry.anchor
    row: dict[str, Value] = {
        "account": str(entry.account),
        "schedule": clean(anchor.schedule),
        "start_ms": to_ms(anchor.start),
        "balance": f"{anchor.balance:f}",
        "equity": f"{anchor.equity:f}",
        "highest": f"{anchor.highest:f}",
        "peak": f"{anchor.peak:f}",
        "exact": int(anchor.exact),
        "equity_exact": int(anchor.equity_exact),
        "source": clean(anchor.source),
        "breached": to_json(anchor.breached),
    }
    return (_insert("anchors", row, _NEWER_ANCHOR),)


@statements.register
def _(entry: SightingEntry) -> tuple[Statement, ...]:
    row = encode(entry.sighting) | {"account": str(entry.account)}
    return (_insert("sightings", row, _NEWER_SIGHTING),)


def _insert(table: str, row: dict[str, Value], otherwise: str = "") -> Statement:
    return Statement(_insert_sql(table, tuple(row), otherwise), tuple(row.values()))


@cache
def _insert_sql(table: str, columns: tuple[str, ...], otherwise: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks}){otherwise}"
