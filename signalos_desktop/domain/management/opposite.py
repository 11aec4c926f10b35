"""What a new order does to open trades of its symbol: against them, or into a net position."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from signalos_desktop.domain.levels import Levels
from signalos_desktop.domain.management.rules import OppositePolicy
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.decision import Decision, Gate, GateState, Verdict
from signalos_desktop.domain.values import Side, plain

OPPOSITE, NET_STOP = "OPPOSITE", "NET_STOP"
_CAPTIONS = {OPPOSITE: "Opposite trade", NET_STOP: "S/L of the net position"}


@dataclass(frozen=True, slots=True)
class OpenTrades:
    """What is open in one symbol: ours, on a netting account all of it.

    coming: volume per side of entries on their way, that no snapshot shows yet.
    """

    netting: bool
    positions: Sequence[Position] = ()
    orders: Sequence[RestingOrder] = ()
    coming: Sequence[tuple[Side, Decimal]] = ()

    def against(self, side: Side) -> list[Position]:
        return [held for held in self.positions if held.side is not side]

    def resting_against(self, side: Side) -> list[RestingOrder]:
        return [order for order in self.orders if order.side is not side]

    def coming_against(self, side: Side) -> Decimal:
        return sum((lots for way, lots in self.coming if way is not side), Decimal(0))


def with_open_trades(decision: Decision, trades: OpenTrades, policy: OppositePolicy) -> Decision:
    """The decision with what it means for the open trades of its symbol, refused if it may not."""
    if decision.levels is None:
        return decision
    gates = tuple(_gates(decision.levels, decision.lots, trades, policy))
    both = (*decision.gates, *gates)
    if not any(gate.refuses for gate in gates):
        return replace(decision, gates=both)
    return replace(decision, gates=both, verdict=Verdict.REJECTED, legs=())


def _gates(
    levels: Levels, lots: Decimal, trades: OpenTrades, policy: OppositePolicy
) -> Iterator[Gate]:
    against = _listed(trades, levels.side)
    if not against:
        yield _gate(OPPOSITE, GateState.PASSED, "none")
    elif policy is OppositePolicy.REFUSE:
        advice = "close it first, or set manage.opposite"
        yield _gate(OPPOSITE, GateState.REFUSED, against, "none", advice)
    elif policy is OppositePolicy.ALLOW:
        stays = f"{against}: {_net_effect(levels.side, lots, trades)}"
        yield _gate(OPPOSITE, GateState.PASSED, stays)
    elif trades.coming_against(levels.side):
        advice = "wait until it is open, then fire again"
        yield _gate(OPPOSITE, GateState.REFUSED, against, "none on its way", advice)
    else:
        yield _gate(OPPOSITE, GateState.PASSED, f"{against}: closed first")
    if trades.netting:
        yield from _net_stop(levels, lots, trades)


def _listed(trades: OpenTrades, side: Side) -> str:
    """`BUY 0.30 (101), BUY_LIMIT 0.10 (102), BUY 0.10 on its way`; empty = nothing."""
    other = side.opposite.upper()
    named = [f"{other} {plain(one.volume)} ({one.ticket})" for one in trades.against(side)]
    named += [
        f"{one.type} {plain(one.volume)} ({one.ticket})" for one in trades.resting_against(side)
    ]
    coming = trades.coming_against(side)
    if coming:
        named.append(f"{other} {plain(coming)} on its way")
    return ", ".join(named)


def _net_effect(side: Side, lots: Decimal, trades: OpenTrades) -> str:
    if not trades.netting:
        return "stays open beside it (hedge)"
    held = sum((one.volume for one in trades.against(side)), Decimal(0))
    if not held:
        return "nets with it once that is filled"
    order = f"netting, {side.upper()} {plain(lots)}"
    if lots < held:
        return f"{order} leaves {side.opposite.upper()} {plain(held - lots)} with its own S/L"
    if lots == held:
        return f"{order} closes it"
    return f"{order} closes it and opens {side.upper()} {plain(lots - held)}"


def _net_stop(levels: Levels, lots: Decimal, trades: OpenTrades) -> Iterator[Gate]:
    """An order into a net position gives it its own S/L: never a farther one than it has."""
    for held in trades.positions:
        if held.side is not levels.side or levels.sl is None:
            continue
        total = f"{held.side.upper()} {plain(held.volume + lots)}"
        shown = f"{total} with S/L {plain(levels.sl)}"
        if held.sl is not None and held.side.sign * (levels.sl - held.sl) < 0:
            limit = f"{plain(held.sl)} or nearer"
            advice = "its S/L would be moved away: close it first, or ask for a nearer S/L"
            yield _gate(NET_STOP, GateState.REFUSED, shown, limit, advice)
        else:
            yield _gate(NET_STOP, GateState.PASSED, shown)


def _gate(code: str, state: GateState, actual: str, limit: str = "", advice: str = "") -> Gate:
    name = _CAPTIONS[code]
    text = f"{name}: {actual}"
    if state is GateState.REFUSED:
        text += f", allowed {limit}: {advice}"
    return Gate(code, state, limit, actual, text, name=name)
