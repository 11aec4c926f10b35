"""Where a text comes in: read, set in its place among the earlier ones, judged, journalled."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from signalos_desktop.domain.providers.alerts import lacks_stop
from signalos_desktop.domain.providers.differences import told
from signalos_desktop.domain.providers.plan import Plan
from signalos_desktop.domain.providers.policy import (
    EditPolicy,
    ProviderPolicy,
    Trust,
    UpdatePolicy,
)
from signalos_desktop.domain.risk.decision import Verdict
from signalos_desktop.domain.signal import Kind, Message
from signalos_desktop.domain.trading_state import Refusal, TradingState
from signalos_desktop.domain.values import Account, iso_ms
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.deciding import Deciding
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import (
    DecisionEntry,
    Entry,
    Relation,
    SignalEntry,
    SignalState,
)
from signalos_desktop.engine.events import SignalRead
from signalos_desktop.engine.inbox import OPEN_STATES, Inbox, Item
from signalos_desktop.engine.lifetimes import expiry
from signalos_desktop.engine.managing_opposite import CLOSING
from signalos_desktop.engine.ports import Clock, Ledger, LedgerFailedError
from signalos_desktop.engine.signal_states import SignalStates
from signalos_desktop.engine.threads import Related, relate
from signalos_desktop.engine.updates import NEW_VERSION, Updates

FIRST_UNKNOWN = "edited, and its first version is not known here"


class Fire(Protocol):
    """Every rule again on live data, then reserve, journal and send; None = it was sent."""

    def __call__(
        self, signal: str, desk: Desk, *, by_user: bool, after: Awaitable[None] | None = None
    ) -> Awaitable[Refusal | None]: ...


@dataclass(frozen=True, slots=True)
class _Judged:
    """Where a new signal stands; desks: those where it may go on by itself."""

    state: SignalState
    reason: str
    entries: tuple[Entry, ...] = ()
    desks: tuple[Desk, ...] = ()


class Intake:
    """The submit side of the pipeline."""

    def __init__(
        self,
        inbox: Inbox,
        deciding: Deciding,
        updates: Updates,
        states: SignalStates,
        ledger: Ledger,
        bus: EventBus,
        clock: Clock,
        fire: Fire,
    ) -> None:
        self._inbox = inbox
        self._deciding = deciding
        self._updates = updates
        self._states = states
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._fire = fire
        self._later: dict[tuple[str, Account], None] = {}

    async def submit(self, message: Message) -> str:
        """Read a message, journal it, show what the rules say of it; returns the signal's id."""
        now = self._clock.now()
        policy = self._deciding.settings.provider(message.provider)
        related = relate(self._inbox, message, policy, now, self._updates.fired)
        item = self._inbox.add(self._entry(message, related, policy, now))
        entry = item.entry
        self._bus.publish(
            SignalRead(
                entry.signal,
                message,
                entry.reading,
                entry.expires,
                entry.relation,
                entry.thread,
                entry.changes,
            )
        )
        judged = self._judge(item, policy)
        replaced = () if judged.state is SignalState.SKIPPED else self._replace(item, related)
        change = self._states.change(item, judged.state, judged.reason)
        try:
            kept = asyncio.ensure_future(
                self._ledger.record(entry, *replaced, *judged.entries, change)
            )
            for desk in judged.desks:
                await self._go_on(item, desk, kept)
            await kept
        except LedgerFailedError:
            self._states.change(
                item, SignalState.SKIPPED, "JOURNAL_FAILED: not kept, submit it again"
            )
            raise
        return entry.signal

    async def _go_on(self, item: Item, desk: Desk, after: Awaitable[None] | None = None) -> None:
        """Fire without a person, or say why not."""
        refusal = await self._fire(item.entry.signal, desk, by_user=False, after=after)
        if refusal is None or refusal.code == CLOSING:
            return
        if refusal.code == "ON_ITS_WAY":
            self._later[item.entry.signal, desk.account] = None
        elif item.state is SignalState.READY:
            managed = self._updates.manages(item)
            state = SignalState.READY if managed else SignalState.REJECTED
            reason = f"{desk.account}: {refusal.text}"
            desk.journal(self._states.change(item, state, reason))

    def look_again(self, desk: Desk) -> None:
        """Let what waits for the outcome of an order act, now that there is news."""
        for key in [key for key in self._later if key[1] == desk.account]:
            item = self._inbox.get(key[0])
            if item is None or item.state is not SignalState.READY:
                del self._later[key]
                continue
            plan = self._updates.plan(item, desk)
            if isinstance(plan, Refusal) or not plan.coming:
                del self._later[key]
                desk.spawn(self._go_on(item, desk))

    # ------------------------------------------------------------------ its place

    def _entry(
        self, message: Message, related: Related, policy: ProviderPolicy, now: datetime
    ) -> SignalEntry:
        managed = related.relation in NEW_VERSION and self._updates.fired(related.thread)
        settings = self._deciding.settings.applied(message.provider)
        return SignalEntry(
            self._inbox.new_id(),
            now,
            message,
            related.reading,
            expiry(related, settings, policy.alert_window_s, now, managed=managed),
            related.relation,
            related.thread,
            related.changes,
        )

    def _replace(self, item: Item, related: Related) -> tuple[Entry, ...]:
        """End what waits and is said anew by this message, or was taken back with it."""
        if related.earlier is None or related.relation is Relation.REPLY:
            return ()
        reasons = {
            Relation.LEVELS: f"its levels came: {item.entry.signal}",
            Relation.DELETION: "the provider deleted the message",
        }
        reason = reasons.get(related.relation, "a newer version came in")
        return tuple(
            self._states.change(old, SignalState.EXPIRED, reason)
            for old in self._inbox.thread(item.entry.root)
            if old is related.earlier and old.state in OPEN_STATES
        )

    # ------------------------------------------------------------------ where it stands

    def _judge(self, item: Item, policy: ProviderPolicy) -> _Judged:
        kept = self._only_kept(item, policy)
        if kept is not None:
            return kept
        states = [desk.standing() for desk in self._deciding.desks.values()]
        if states and all(standing.state.stopped for standing in states):
            return _Judged(SignalState.SKIPPED_STOPPED, "trading is stopped; it is never replayed")
        if self._updates.manages(item):
            return self._judge_update(item, policy)
        if states and all(standing.state is not TradingState.RUNNING for standing in states):
            why = ", ".join(sorted({reason for s in states for reason in s.reasons}))
            return _Judged(SignalState.SKIPPED_PAUSED, f"paused ({why}); it is never replayed")
        return self._judge_open(item, policy)

    @staticmethod
    def _only_kept(item: Item, policy: ProviderPolicy) -> _Judged | None:
        """Messages that are shown and journalled, and never act."""
        entry = item.entry
        changed = ", ".join(change.text for change in entry.changes)
        if entry.relation is Relation.DELETION:
            what = f"{entry.thread}: an open trade of it stays" if entry.thread else "nothing known"
            return _Judged(SignalState.NONE, f"the provider deleted {what}")
        if entry.relation is Relation.EDIT and policy.edits is EditPolicy.IGNORE:
            return _Judged(SignalState.SKIPPED, f"edits are ignored here: {changed}")
        if entry.relation is Relation.REPEAT and entry.reading.kind is Kind.UPDATE:
            return _Judged(SignalState.SKIPPED, f"DUPLICATE: said before, in {entry.thread}")
        if entry.reading.kind is Kind.NONE:
            return _Judged(SignalState.NONE, f"no order in it{f' ({changed})' if changed else ''}")
        return None

    def _judge_open(self, item: Item, policy: ProviderPolicy) -> _Judged:
        entry, reading = item.entry, item.entry.reading
        if entry.expires is not None and entry.expires <= entry.time:
            text = f"edited after {iso_ms(entry.expires)}, when the signal was over"
            return _Judged(SignalState.EXPIRED, text)
        decided = self._preview(item)
        entries = tuple(decision for _, decisions in decided for decision in decisions)
        if not reading.tradable:
            codes = ", ".join(problem.code for problem in reading.problems)
            return _Judged(SignalState.REVIEW, codes, entries)
        if lacks_stop(reading) and policy.alert_window_s:
            until = iso_ms(entry.time + timedelta(seconds=policy.alert_window_s))
            text = f"ALERT: without an S/L it is no signal yet, waits for its levels until {until}"
            return _Judged(SignalState.REVIEW, text, entries)
        if not decided:
            return _Judged(SignalState.REJECTED, "NO_TERMINAL: no terminal is connected")
        if policy.trust is Trust.AUTO:
            for desk, decisions in decided:
                self._deciding.hold_flood(desk, [entry.decision for entry in decisions])
        passed = [desk for desk, decisions in decided if _passed(decisions)]
        if not passed:
            gates = [gate for each in entries for gate in each.decision.refusals]
            reason = "; ".join(dict.fromkeys(gate.text for gate in gates))
            return _Judged(SignalState.REJECTED, reason, entries)
        asks = self._asks(item, policy)
        reason = "; ".join(("passed every rule, waits for FIRE", *asks))
        by_itself = policy.trust is Trust.AUTO and not asks
        return _Judged(SignalState.READY, reason, entries, tuple(passed) if by_itself else ())

    def _asks(self, item: Item, policy: ProviderPolicy) -> tuple[str, ...]:
        """Why a signal that passed is not sent without a person, whatever the trust."""
        entry, asks = item.entry, []
        skipped = [
            other.entry.signal
            for other in self._inbox.thread(entry.root)
            if other.state is SignalState.SKIPPED
        ]
        if _first_unknown(item):
            asks.append(FIRST_UNKNOWN)
        if skipped:
            asks.append(f"{skipped[0]}, which it says again, was skipped")
        if entry.relation is Relation.EDIT and policy.edits is EditPolicy.ASK:
            asks.append("edited: " + ", ".join(change.text for change in entry.changes))
        if entry.reading.actions:
            also = ", ".join(told(action) for action in entry.reading.actions)
            asks.append(f"it also says {also}: do that by hand")
        return tuple(asks)

    def _preview(self, item: Item) -> list[tuple[Desk, list[DecisionEntry]]]:
        if not item.entry.reading.tradable:
            return []
        return [
            (desk, self._deciding.tell(item, desk, "preview", self._deciding.decide(item, desk)))
            for desk in self._deciding.desks.values()
        ]

    # ------------------------------------------------------------------ updates

    def _judge_update(self, item: Item, policy: ProviderPolicy) -> _Judged:
        """Shown with what it would do; it acts by itself only where nobody has to be asked."""
        planned = [(desk, self._updates.plan(item, desk)) for desk in self._deciding.desks.values()]
        plans = [(desk, plan) for desk, plan in planned if isinstance(plan, Plan)]
        if not plans:
            refusals = [f"{r.code}: {r.text}" for _, r in planned if isinstance(r, Refusal)]
            nothing = "NO_TERMINAL: no terminal is connected"
            return _Judged(SignalState.REVIEW, "; ".join(dict.fromkeys(refusals)) or nothing)
        for desk, plan in plans:
            self._updates.tell(item, desk, plan)
        ends = dict.fromkeys(signal for _, plan in plans for signal in plan.ends)
        entries = tuple(self._updates.end(ends, item))
        reason = "; ".join(dict.fromkeys(plan.text for _, plan in plans))
        asks = [ask for _, plan in plans for ask in plan.asks]
        desks = tuple(desk for desk, plan in plans if plan.steps or plan.coming)
        if not desks:
            state = SignalState.REVIEW if asks else SignalState.DONE
            return _Judged(state, reason, entries)
        again = ["the version before was acted on"] if self._updates.earlier_acted(item) else []
        again += [FIRST_UNKNOWN] if _first_unknown(item) else []
        asks += again
        reason = "; ".join((reason, *again))
        by_itself = _acts(item, policy) and not asks
        reason = reason if by_itself else f"FIRE will: {reason}"
        return _Judged(SignalState.READY, reason, entries, desks if by_itself else ())


def _first_unknown(item: Item) -> bool:
    """True for an edit of something from before: it may be old, or acted on already."""
    return item.entry.message.edited and item.entry.relation in (Relation.NEW, Relation.REPLY)


def _acts(item: Item, policy: ProviderPolicy) -> bool:
    if policy.trust is not Trust.AUTO:
        return False
    if item.entry.relation is Relation.EDIT:
        return policy.edits is EditPolicy.ACCEPT
    return policy.updates is UpdatePolicy.ACT


def _passed(decisions: Sequence[DecisionEntry]) -> bool:
    return all(entry.decision.verdict is Verdict.ACCEPTED for entry in decisions)
