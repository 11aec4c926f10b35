"""A reading as the JSON object of the command line and the corpora."""

from decimal import Decimal
from typing import Any

from signalos_desktop.domain.signal import Action, ActionKind, Kind, OrderReading, Reading


def to_schema(reading: Reading, message_id: Any) -> dict[str, Any]:
    """The neutral schema: kind, orders, problems, actions; prices as JSON numbers."""
    out: dict[str, Any] = {"id": message_id, "kind": str(reading.kind)}
    if reading.kind is Kind.OPEN:
        out["orders"] = [_order(order) for order in reading.orders]
    if reading.problems:
        out["problems"] = list(dict.fromkeys(problem.code for problem in reading.problems))
    if reading.actions:
        out["actions"] = [_action(action) for action in reading.actions]
    if reading.confidence is not None:
        out["confidence"] = _number(reading.confidence)
    return out


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return (
        int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
    )


def _numbers(values: tuple[Decimal, ...]) -> list[int | float | None]:
    return [_number(value) for value in values]


def _order(order: OrderReading) -> dict[str, Any]:
    leverage = _numbers(order.leverage)
    return {
        "symbol": order.symbol,
        "side": None if order.side is None else str(order.side),
        "order_type": str(order.order_type),
        "entry": order.entry
        and {"low": _number(order.entry.low), "high": _number(order.entry.high)},
        "sl": _number(order.sl),
        "sl_pips": _number(order.sl_pips),
        "tps": _numbers(order.tps),
        "tp_pips": _numbers(order.tp_pips),
        "tp_rr": _numbers(order.tp_rr),
        "tp_open": order.tp_open,
        "leverage": leverage[0] if len(leverage) == 1 else leverage or None,
    }


def _action(action: Action) -> dict[str, Any]:
    out: dict[str, Any] = {
        "action": str(action.kind),
        "symbol": action.symbol,
        "side": None if action.side is None else str(action.side),
    }
    if action.kind is ActionKind.CLOSE_PARTIAL:
        out["fraction"] = _number(action.fraction)
    if action.kind is ActionKind.MODIFY_SL:
        out["price"] = _number(action.price)
    if action.kind is ActionKind.MODIFY_TP:
        out["prices"] = _numbers(action.prices)
        out["tp_index"] = action.tp_index
    return out
