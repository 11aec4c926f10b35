"""The decision on one candidate: every rule is evaluated, also after another has refused."""

from signalos_desktop.domain.risk.case import build_case
from signalos_desktop.domain.risk.context import Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Decision, Verdict
from signalos_desktop.domain.risk.gates import GATES
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.risk.sizing import Size, ceil_cents
from signalos_desktop.domain.values import ZERO, exact


def evaluate(candidate: Candidate, context: RiskContext, rules: RiskRules) -> Decision:
    """Pure: the same at preview and at FIRE, with the live data of that moment.

    Accepted only if no rule refuses or lacks data. The caller reserves the legs' max_loss in the
    same step in which it takes the decision, before the next candidate is evaluated.
    """
    case = build_case(candidate, context, rules)
    gates = tuple(gate(case).fired_over(candidate.override) for gate in GATES)
    accepted = bool(case.legs) and not any(gate.refuses for gate in gates)
    risk, percent = ZERO, ZERO
    if isinstance(case.size, Size) and case.account is not None:
        loss = case.size.per_lot * exact(case.new_lots)
        risk = ceil_cents(loss, case.account.currency_digits)
        if case.base > 0:
            percent = ceil_cents(100 * loss / exact(case.base), 2)
    notes = case.levels.notes if case.levels is not None else ()
    return Decision(
        verdict=Verdict.ACCEPTED if accepted else Verdict.REJECTED,
        lots=case.new_lots,
        risk_money=risk,
        risk_percent=percent,
        gates=gates,
        legs=case.legs if accepted else (),
        levels=case.levels,
        notes=(*notes, *(case.size.notes if isinstance(case.size, Size) else ())),
        commission=case.size.commission if isinstance(case.size, Size) else ZERO,
    )
