"""What a strategy would have decided on the last signals, beside what holds now."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.risk.context import AcceptedEntry, RiskContext
from signalos_desktop.domain.risk.decision import Decision, Verdict
from signalos_desktop.domain.values import ZERO
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.inbox import Item
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.settings import Settings

MOST_SIGNALS = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """All orders of a signal together; codes: the rules that refuse.

    lots, risk_money: also of a refused one what they would have been, 0 where there is no volume.
    """

    verdict: Verdict
    lots: Decimal
    risk_money: Decimal
    codes: tuple[str, ...]

    def differs(self, other: "Outcome") -> bool:
        """Refused by the same rules is the same, whatever volume was weighed."""
        if self.verdict is other.verdict is Verdict.REJECTED:
            return self.codes != other.codes
        return self != other


@dataclass(frozen=True, slots=True)
class PreviewLine:
    signal: str
    provider: str
    now: Outcome
    then: Outcome
    changed: bool


def preview(pipeline: Pipeline, desk: Desk, name: str, count: int) -> tuple[PreviewLine, ...]:
    """Oldest first. Each signal is judged at its own moment and at the entry that it states.

    Where it states none the price is that of now. Nothing else is open and no limit of the account
    is looked at; trades of the same set of rules count for the day's number and as duplicates.
    """
    items = [item for item in pipeline.inbox.all() if item.entry.reading.tradable][-count:]
    settings = pipeline.settings
    strategy = settings.strategies[name]
    before: tuple[AcceptedEntry, ...] = ()
    after: tuple[AcceptedEntry, ...] = ()
    lines = []
    for item in items:
        provider = item.entry.message.provider
        in_force = settings.applied(provider, str(desk.account))
        others = Settings({**in_force.explicit, **strategy})
        now, before = _judge(pipeline, desk, item, in_force, before)
        then, after = _judge(pipeline, desk, item, others, after)
        lines.append(PreviewLine(item.entry.signal, provider, now, then, now.differs(then)))
    return tuple(lines)


def _judge(
    pipeline: Pipeline,
    desk: Desk,
    item: Item,
    settings: Settings,
    accepted: tuple[AcceptedEntry, ...],
) -> tuple[Outcome, tuple[AcceptedEntry, ...]]:
    """The outcome, and what is accepted from then on."""
    entry = item.entry
    context = _then(pipeline.exposure(desk).context(), item, accepted)
    decisions = pipeline.weigh(item, desk, settings, context)
    outcome = _outcome(decisions)
    if outcome.verdict is not Verdict.ACCEPTED:
        return outcome, accepted
    taken = tuple(
        AcceptedEntry(
            signal=entry.signal,
            provider=entry.message.provider,
            message_id=entry.message.message_id,
            symbol=decision.legs[0].symbol,
            side=decision.legs[0].side,
            entry=decision.levels.anchor,
            at=entry.time,
            index=index,
        )
        for index, decision in enumerate(decisions)
        if decision.levels is not None
    )
    return outcome, (*accepted, *taken)


def _then(context: RiskContext, item: Item, accepted: tuple[AcceptedEntry, ...]) -> RiskContext:
    """The account as it is, with nothing open, at the moment of the signal."""
    at = item.entry.time
    offset = timedelta(seconds=context.server_utc_offset_s or 0)
    day = (at + offset).replace(hour=0, minute=0, second=0, microsecond=0) - offset
    return replace(
        context,
        now=at,
        day_start=day,
        data_age_s=ZERO,
        positions=(),
        orders=(),
        reserved=(),
        accepted=accepted,
        sent=(),
        floors=(),
        closed=tuple(trade for trade in context.closed if trade.time <= at),
    )


def _outcome(decisions: list[Decision]) -> Outcome:
    refusals = [gate.code for decision in decisions for gate in decision.refusals]
    accepted = bool(decisions) and all(d.verdict is Verdict.ACCEPTED for d in decisions)
    return Outcome(
        verdict=Verdict.ACCEPTED if accepted else Verdict.REJECTED,
        lots=sum((decision.lots for decision in decisions), ZERO),
        risk_money=sum((decision.risk_money for decision in decisions), ZERO),
        codes=tuple(dict.fromkeys(refusals)),
    )
