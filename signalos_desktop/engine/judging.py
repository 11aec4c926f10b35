"""The rules, for an Expert Advisor that cannot do everything or shows no prices."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.orders import SYMBOL_CLOSE_LIFE
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.risk.context import Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Decision, Gate, GateState, Verdict
from signalos_desktop.domain.risk.evaluate import evaluate
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import OrderReading, OrderType
from signalos_desktop.domain.stated_price import quote_at
from signalos_desktop.domain.symbols import Resolved
from signalos_desktop.domain.trading_state import Refusal
from signalos_desktop.domain.values import ZERO, Side
from signalos_desktop.engine.ports import Means

CODE = "NOT_WITH_PROTOCOL_1"
NO_PRICE = "ENTRY_NOT_STATED"
STATED = (
    "no live price: judged at the signal's own entry, filled at whatever the market is",
    "balance and leverage are those of the settings; spread, profit and loss are not known",
)


def judge(candidate: Candidate, context: RiskContext, rules: RiskRules, means: Means) -> Decision:
    """Every rule, and whether this Expert Advisor can do what the signal asks for."""
    if means.prices:
        return _only_possible(evaluate(candidate, context, rules), candidate.order, means)
    price = stated_entry(candidate.order)
    decision = evaluate(candidate, with_price(context, candidate, price), rules)
    decision = replace(decision, notes=(*decision.notes, *STATED))
    if price is None:
        text = "Entry: this Expert Advisor shows no prices: a signal must state its entry price"
        return _refused(decision, Gate(NO_PRICE, GateState.REFUSED, "a price", "none", text))
    return _only_possible(decision, candidate.order, means)


def with_price(context: RiskContext, candidate: Candidate, price: Decimal | None) -> RiskContext:
    """The snapshot with a quote of the candidate's symbol at this price."""
    name = candidate.symbol.symbol if isinstance(candidate.symbol, Resolved) else ""
    spec = (context.specs or {}).get(name)
    if spec is None or price is None or context.account is None:
        return context
    quote = quote_at(spec, price, context.account.leverage, context.now)
    return replace(context, quotes={**(context.quotes or {}), name: quote})


def fit(
    command: Command, means: Means, positions: Iterable[Position], on_their_way: int
) -> Command | Refusal:
    """The command as this Expert Advisor can execute it, or why it cannot.

    positions: those of the command's symbol and magic; on_their_way: entries that may join them.
    """
    if command.action in means.actions:
        return command
    if command.action is not CommandAction.CLOSE_TICKET:
        text = f"{command.action}: this Expert Advisor can only open, and close a whole symbol"
        return Refusal(CODE, f"{text}; do it in MT5 by hand")
    others = [p.ticket for p in positions if p.ticket != command.ticket]
    if others or on_their_way:
        listed = ", ".join(str(ticket) for ticket in others) or f"{on_their_way} on their way"
        text = f"CLOSE would close all of {command.symbol}, also {listed}"
        return Refusal(CODE, f"{text}; close {command.ticket} in MT5 by hand")
    expires = command.created + SYMBOL_CLOSE_LIFE
    return replace(command, action=CommandAction.CLOSE, ticket=None, expires=expires)


def stated_entry(order: OrderReading) -> Decimal | None:
    """The worse end of the entry the signal states."""
    if order.entry is None:
        return None
    return order.entry.low if order.side is Side.SELL else order.entry.high


def _only_possible(decision: Decision, order: OrderReading, means: Means) -> Decision:
    """Without live prices nobody knows on which side of them a resting order would lie."""
    pending = order.order_type in (OrderType.LIMIT, OrderType.STOP) and not means.prices
    wanted = {leg.action for leg in decision.legs} - means.actions
    if not pending and not wanted:
        return decision
    shown = ", ".join(sorted(wanted)) or f"a {order.order_type} order"
    text = f"{shown}: this Expert Advisor opens at the market only; place it in MT5 by hand"
    return _refused(decision, Gate(CODE, GateState.REFUSED, "BUY, SELL", shown, text))


def _refused(decision: Decision, gate: Gate) -> Decision:
    return replace(
        decision, verdict=Verdict.REJECTED, gates=(gate, *decision.gates), legs=(), lots=ZERO
    )
