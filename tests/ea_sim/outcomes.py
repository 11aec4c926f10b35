"""What is compared of two executors' receipts and requests."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.simulator.trade import TradeAction, TradeRequest
from tests.ea_sim.tokens import word_list
from tests.ea_sim.world import World

REASONS = frozenset(
    word_list("""
        HALTED APP_LOST STALE_SESSION WRONG_ACCOUNT WRONG_MAGIC WITHDRAWN IN_DOUBT BAD_ROW
        BAD_FIELD UNKNOWN_ACTION SYMBOL VOLUME SL_REQUIRED SL_WRONG_SIDE SPREAD LIMIT_LOTS
        LIMIT_POSITIONS LIMIT_DAILY_LOSS LIMIT_RATE RISK_EXCEEDED NO_MARGIN CHECK PERMISSION
        NETTING NO_POSITION NOT_IN_PROFIT DISK EXPIRED NOT_FOUND
    """)
)


def reason(told: Receipt) -> str:
    """The reason code in front of a message; a BAD_ROW names its row as well."""
    head = told.message.partition(":")[0]
    if head.startswith("BAD_ROW "):
        return head
    return head if head in REASONS else ""


def short(told: Receipt) -> tuple[int, str, str, int]:
    return told.cmd_id, told.status.value, reason(told), told.retcode


def fields(told: Receipt) -> tuple[Any, ...]:
    """Every column but the time, of the message its reason code."""
    columns = list(astuple(told))
    columns[5] = reason(told)
    del columns[9]
    return tuple(columns)


def times(world: World) -> list[float]:
    """When the receipts were written; whoever looks a timer later is as good."""
    return [told.time.timestamp() for told in world.receipts() if told.time]


def sent(request: TradeRequest) -> tuple[Any, ...]:
    """What the trade server looks at in a request of this kind."""
    common = (request.action, request.order, request.position, request.sl, request.tp)
    if request.action is TradeAction.DEAL:
        return (*astuple(request),)
    if request.action is TradeAction.PENDING:
        return (*common, request.type, request.volume, request.price, request.comment)
    return (*common, request.price, request.expiration)
