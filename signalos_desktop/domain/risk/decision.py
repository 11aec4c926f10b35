"""What the rules say of a signal: accepted with a size, or rejected, and every number behind it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from signalos_desktop.domain.command import CommandAction
from signalos_desktop.domain.levels import Levels
from signalos_desktop.domain.values import Side


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class GateState(StrEnum):
    """One rule's result; UNKNOWN is never treated as passed. OVERRIDDEN: refused, fired over."""

    PASSED = "passed"
    NEAR = "near"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    OVERRIDDEN = "overridden"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule with its limit and the actual value as shown on the ticket. hard = no override.

    limit and actual are plain numbers in `unit` where the rule compares numbers, else words;
    bound: `max` or `min`, empty where there is neither. name: the rule's caption.
    """

    code: str
    state: GateState
    limit: str
    actual: str
    text: str
    hard: bool = True
    name: str = ""
    unit: str = ""
    bound: str = ""

    @property
    def refuses(self) -> bool:
        return self.state in (GateState.REFUSED, GateState.UNKNOWN)

    def fired_over(self, why: str) -> "Gate":
        """The gate with a user's reason to fire over it, empty = none; a hard one stays shut."""
        if not why or self.hard or self.state is not GateState.REFUSED:
            return self
        return replace(self, state=GateState.OVERRIDDEN, text=f"{self.text}; fired over: {why}")


@dataclass(frozen=True, slots=True)
class Leg:
    """One order to send: volume in lots, prices on the symbol's ticks, loss in account money."""

    action: CommandAction
    symbol: str
    side: Side
    lots: Decimal
    price: Decimal
    sl: Decimal
    tp: Decimal | None
    max_loss: Decimal
    deviation: int
    max_spread: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """All rules evaluated. lots is the sum over the legs; risk_money includes costs.

    A rejected decision shows the volume it would have had, and has no legs. levels: the prices it
    was made from, None if there are none. notes: what was rounded, capped, converted or assumed.
    commission: per lot and side in account currency, as it was reckoned with.
    """

    verdict: Verdict
    lots: Decimal
    risk_money: Decimal
    risk_percent: Decimal
    gates: tuple[Gate, ...]
    legs: tuple[Leg, ...] = ()
    levels: Levels | None = None
    notes: tuple[str, ...] = ()
    commission: Decimal = Decimal(0)

    @property
    def refusals(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if gate.refuses)
