"""FIRE over rules that are not hard: the reason it needs, and how the journal tells it."""

from collections.abc import Sequence

from signalos_desktop.domain.risk.decision import Decision, GateState
from signalos_desktop.domain.trading_state import Refusal

MOST_CHARACTERS = 200


def read_reason(typed: str | None) -> str | Refusal:
    """The reason on one line; empty for None, which is a FIRE over nothing."""
    if typed is None:
        return ""
    why = " ".join(typed.split())[:MOST_CHARACTERS]
    text = "say why it is fired over the rule: the reason is kept in the journal"
    return why or Refusal("REASON_REQUIRED", text)


def fired_over(decisions: Sequence[Decision], why: str) -> str:
    """`fired over Reward to risk: the user's reason`; empty where no rule was in the way."""
    gates = [gate for decision in decisions for gate in decision.gates]
    names = dict.fromkeys(g.name for g in gates if g.state is GateState.OVERRIDDEN)
    return f"fired over {', '.join(names)}: {why}" if names else ""
