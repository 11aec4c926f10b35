"""Events and answers as the JSON lines of the command line's contract."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from signalos_desktop.domain.risk.decision import Decision, Gate
from signalos_desktop.domain.signal import Action, Reading
from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import Account, iso_ms, plain
from signalos_desktop.engine import events as ev
from signalos_desktop.engine.controls import Answer

Fields = dict[str, object]


def event_line(event: ev.Event, now: datetime) -> str | None:
    """One JSON line without its line end; None for events that the contract does not name."""
    make = _MAKERS.get(type(event))
    fields = make(event) if make is not None else None
    return None if fields is None else print_line(fields, now)


def answer_line(answer: Answer, ref: object, now: datetime, *, event: str = "answer") -> str:
    """What became of a wish; event `error` = it was not understood. ref is echoed if given."""
    fields: Fields = {
        "event": event,
        "ok": answer.ok,
        "code": answer.code,
        "text": answer.text,
        "next_step": "" if answer.ok else "mend what the text names, then ask again",
    }
    if answer.refusals:
        fields["preconditions"] = [{"code": r.code, "text": r.text} for r in answer.refusals]
    if ref is not None:
        fields["ref"] = ref
    return print_line({**fields, **dict(answer.data)}, now)


def print_line(fields: Mapping[str, object], now: datetime) -> str:
    head = {"event": fields["event"], "utc": iso_ms(now)}
    return json.dumps({**head, **fields}, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return iso_ms(value)
    if isinstance(value, Account):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _fields(value: Any) -> Fields:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _ready(event: ev.TerminalReady) -> Fields:
    return {
        "event": "ready",
        "account": event.account,
        "version": event.version,
        "protocol": event.protocol,
    }


def _signal(event: ev.SignalRead) -> Fields:
    reading: Reading = event.reading
    return {
        "event": "signal",
        "signal": event.signal,
        "provider": event.message.provider,
        "message_id": event.message.message_id,
        "kind": reading.kind,
        "orders": reading.orders,
        "actions": [_action(action) for action in reading.actions],
        "problems": [
            {"code": p.code, "text": p.text, "span": list(p.span) if p.span else None}
            for p in reading.problems
        ],
        "spans": [{"field": s.field, "start": s.start, "end": s.end} for s in reading.spans],
        "expires": event.expires,
        "relation": event.relation,
        "thread": event.thread or event.signal,
        "changes": [{**_fields(change), "text": change.text} for change in event.changes],
    }


def _action(action: Action) -> Fields:
    fields = _fields(action)
    return {"action": fields.pop("kind"), **fields}


def _signal_state(event: ev.SignalChanged) -> Fields:
    return {
        "event": "signal_state",
        "signal": event.signal,
        "state": event.state,
        "reason": event.reason,
    }


def _decision(event: ev.Decided) -> Fields:
    decision: Decision = event.decision
    return {
        "event": "decision",
        "account": event.account,
        "signal": event.signal,
        "stage": event.stage,
        "order": event.order,
        "verdict": decision.verdict,
        "lots": decision.lots,
        "risk_money": decision.risk_money,
        "risk_percent": decision.risk_percent,
        "reasons": [_gate(gate) for gate in decision.refusals],
        "gates": [{**_gate(gate), "state": gate.state} for gate in decision.gates],
    }


def _gate(gate: Gate) -> Fields:
    return {"code": gate.code, "limit": gate.limit, "actual": gate.actual, "text": gate.text}


def _plan(event: ev.UpdatePlanned) -> Fields:
    return {"event": "plan", **_fields(event)}


def _command(event: ev.CommandChanged) -> Fields:
    command = event.command
    return {
        "event": "command",
        "account": event.account,
        "cmd_id": command.cmd_id,
        "signal": event.signal,
        "action": command.action,
        "symbol": command.symbol,
        "lots": command.lots,
        "sl": command.sl,
        "tp": command.tp,
        "ticket": str(command.ticket) if command.ticket else None,
        "state": event.state,
        "reason": event.reason,
    }


def _receipt(event: ev.ReceiptRead) -> Fields:
    receipt = event.receipt
    return {
        "event": "receipt",
        "account": event.account,
        "cmd_id": receipt.cmd_id,
        "status": receipt.status,
        "ticket": str(receipt.ticket),
        "retcode": receipt.retcode,
        "price": receipt.price,
        "message": receipt.message,
        "position": str(receipt.position),
        "volume": receipt.volume,
        "deal": str(receipt.deal),
    }


def _position(event: ev.PositionChanged) -> Fields:
    position = event.position
    fields = _mt5(position, "position", event.account, event.change)
    fields["type"] = position.side
    del fields["side"]
    return fields


def _order(event: ev.OrderChanged) -> Fields:
    return _mt5(event.order, "order", event.account, event.change)


def _deal(event: ev.DealSeen) -> Fields:
    return {
        **_mt5(event.deal, "deal", event.account, "seen"),
        "cmd_id": event.cmd_id,
        "external": event.external,
    }


def _mt5(item: object, name: str, account: Account, change: str) -> Fields:
    fields = {"event": name, "account": account, "change": change, **_fields(item)}
    for key in ("ticket", "identifier", "position_id", "order"):
        if isinstance(fields.get(key), int):
            fields[key] = str(fields[key])
    return fields


def _account(event: ev.AccountChanged) -> Fields:
    state = event.state
    kept = ("balance", "equity", "margin", "margin_free", "margin_level", "profit", "currency")
    return {
        "event": "account",
        "account": state.account,
        **{key: getattr(state, key) for key in kept},
        "leverage": state.leverage,
        "margin_mode": state.margin_mode,
        "trade_mode": state.trade_mode,
    }


def state_fields(event: ev.StateChanged) -> Fields:
    """What `state` says; the verdict of a stop that is not flat is one of the reasons."""
    not_flat = event.state is TradingState.STOPPED_NOT_FLAT
    reasons = sorted(event.reasons) + ([event.verdict] if not_flat else [])
    return {
        "event": "state",
        "account": event.account,
        "state": event.state.name,
        "reasons": reasons,
        "open_positions": event.open_positions,
        "resting_orders": event.resting_orders,
        "unresolved": event.unresolved,
        "stop_level": event.stop_level.name,
        "tickets": [{**asdict(item), "ticket": str(item.ticket)} for item in event.tickets],
        "stopped_by": event.stopped_by,
        "stopped_at": event.stopped_at,
    }


def _limits(event: ev.LimitsChanged) -> Fields:
    return {"event": "limits", **_fields(event)}


def _alarm(event: ev.Alarm) -> Fields:
    fields: Fields = {
        "event": "alarm",
        "code": event.code,
        "text": event.text,
        "next_step": event.next_step,
    }
    return fields if event.account is None else {**fields, "account": event.account}


def _slippage(event: ev.Slippage) -> Fields:
    return {
        "event": "alarm",
        "account": event.account,
        "code": "FILL_WORSE",
        "text": f"command {event.cmd_id} was filled {plain(event.worse_by)} worse than allowed",
        "next_step": "three in a row pause entries",
    }


def _rule(event: ev.RuleActed) -> Fields:
    return {**_fields(event), "event": "rule", "ticket": str(event.ticket)}


def _drill(event: ev.DrillMoved) -> Fields:
    steps = [{**asdict(step), "in_time": step.in_time} for step in event.steps]
    return {"event": "drill", "steps": steps}


_MAKERS: dict[type[Any], Callable[[Any], Fields]] = {
    ev.TerminalReady: _ready,
    ev.SignalRead: _signal,
    ev.SignalChanged: _signal_state,
    ev.Decided: _decision,
    ev.UpdatePlanned: _plan,
    ev.CommandChanged: _command,
    ev.ReceiptRead: _receipt,
    ev.PositionChanged: _position,
    ev.OrderChanged: _order,
    ev.DealSeen: _deal,
    ev.AccountChanged: _account,
    ev.LimitsChanged: _limits,
    ev.StateChanged: state_fields,
    ev.Alarm: _alarm,
    ev.Slippage: _slippage,
    ev.RuleActed: _rule,
    ev.DrillMoved: _drill,
}
