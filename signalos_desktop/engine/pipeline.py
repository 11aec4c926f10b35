"""The straight path: text, reading, symbol, levels and rules, command, gate, receipt, position."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from signalos_desktop.domain import parsing
from signalos_desktop.domain.orders import open_commands
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.context import Candidate
from signalos_desktop.domain.risk.decision import Decision, Verdict
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import Kind, Message, OrderType, Reading
from signalos_desktop.domain.symbols import resolve
from signalos_desktop.domain.trading_state import PauseReason, Refusal, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import (
    CheckpointEntry,
    CommandEntry,
    CommandState,
    CommandStateEntry,
    DealEntry,
    DecisionEntry,
    Entry,
    ReceiptEntry,
    SignalEntry,
    SignalState,
)
from signalos_desktop.engine.events import (
    CommandChanged,
    DealSeen,
    Decided,
    ReceiptRead,
    SignalChanged,
    SignalRead,
)
from signalos_desktop.engine.exposure import Exposure
from signalos_desktop.engine.flight import ReceiptVerdict
from signalos_desktop.engine.inbox import OPEN_STATES, Inbox, Item
from signalos_desktop.engine.judging import judge
from signalos_desktop.engine.ports import Clock, Facts, Ledger, LedgerFailedError
from signalos_desktop.engine.settings import Settings, risk_rules
from signalos_desktop.engine.watch import Watch

PENDING_WORDS = frozenset({OrderType.LIMIT, OrderType.STOP})
FIREABLE = frozenset({SignalState.READY, SignalState.REJECTED})
FIRED_ELSEWHERE = frozenset({SignalState.FIRED, SignalState.DONE})
MOVED = frozenset({ReceiptVerdict.SETTLED, ReceiptVerdict.UNKNOWN, ReceiptVerdict.LATE_FILL})


class Pipeline:
    """Calls each step in its order for every message, every FIRE and every batch of news."""

    def __init__(
        self,
        inbox: Inbox,
        settings: Settings,
        ledger: Ledger,
        bus: EventBus,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.desks: Mapping[Account, Desk] = {}
        self._inbox = inbox
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._exposures: dict[Account, Exposure] = {}
        self._watches: dict[Account, Watch] = {}
        bus.subscribe(CommandChanged, self._on_command)

    # ------------------------------------------------------------------ text -> preview

    async def submit(self, message: Message) -> str:
        """Read a message, journal it, show what the rules say of it; returns the signal's id."""
        now = self._clock.now()
        reading = parsing.read(message.text, reply_to=self._inbox.text_of(message))
        entry = SignalEntry(self._inbox.new_id(), now, message, reading, self._expiry(reading, now))
        earlier = self._inbox.earlier(message)
        item = self._inbox.add(entry)
        self._bus.publish(SignalRead(entry.signal, message, reading, entry.expires))
        extra: list[Entry] = []
        if earlier is not None and earlier.state in OPEN_STATES:
            extra.append(self._change(earlier, SignalState.EXPIRED, "a newer version came in"))
        decisions = self._preview(item)
        state, reason = self._first_state(item, decisions)
        extra += [e for _, entries in decisions for e in entries]
        try:
            await self._ledger.record(entry, *extra, self._change(item, state, reason))
        except LedgerFailedError:
            self._change(item, SignalState.SKIPPED, "JOURNAL_FAILED: not kept, submit it again")
            raise
        if state is SignalState.READY and self.settings.text("autonomy") == "auto":
            for account, desk_decisions in decisions:
                if all(e.decision.verdict is Verdict.ACCEPTED for e in desk_decisions):
                    await self._fire_by_itself(item, self.desks[account])
        return entry.signal

    async def _fire_by_itself(self, item: Item, desk: Desk) -> None:
        refusal = await self.fire(item.entry.signal, desk, by_user=False)
        if refusal is not None and item.state is SignalState.READY:
            reason = f"{desk.account}: {refusal.text}"
            desk.journal(self._change(item, SignalState.REJECTED, reason))

    def _expiry(self, reading: Reading, now: datetime) -> datetime | None:
        if reading.kind is not Kind.OPEN:
            return None
        pending = any(order.order_type in PENDING_WORDS for order in reading.orders)
        if pending:
            return now + timedelta(minutes=self.settings.integer("pending.expiry_min"))
        return now + timedelta(seconds=self.settings.integer("risk.max_age_s"))

    def _preview(self, item: Item) -> list[tuple[Account, list[DecisionEntry]]]:
        if not item.entry.reading.tradable:
            return []
        found = []
        for desk in self.desks.values():
            decisions = self._decide(item, desk)
            found.append((desk.account, self._tell_decisions(item, desk, "preview", decisions)))
        return found

    def _first_state(
        self, item: Item, decisions: Sequence[tuple[Account, list[DecisionEntry]]]
    ) -> tuple[SignalState, str]:
        reading = item.entry.reading
        if reading.kind is Kind.NONE:
            return SignalState.NONE, "no order in it"
        states = [desk.standing() for desk in self.desks.values()]
        if states and all(standing.state.stopped for standing in states):
            return SignalState.SKIPPED_STOPPED, "trading is stopped; it is never replayed"
        if states and all(standing.state is not TradingState.RUNNING for standing in states):
            why = ", ".join(sorted({reason for s in states for reason in s.reasons}))
            return SignalState.SKIPPED_PAUSED, f"paused ({why}); it is never replayed"
        if not reading.tradable:
            codes = ", ".join(problem.code for problem in reading.problems)
            return SignalState.REVIEW, codes or "an update: act on the trade by hand"
        if not decisions:
            return SignalState.REJECTED, "NO_TERMINAL: no terminal is connected"
        for _, entries in decisions:
            if all(entry.decision.verdict is Verdict.ACCEPTED for entry in entries):
                return SignalState.READY, "passed every rule, waits for FIRE"
        refusals = [
            gate for _, entries in decisions for e in entries for gate in e.decision.refusals
        ]
        return SignalState.REJECTED, "; ".join(dict.fromkeys(gate.text for gate in refusals))

    # ------------------------------------------------------------------ rules

    def _decide(self, item: Item, desk: Desk) -> list[Decision]:
        """Every order of the signal under every rule, each after the ones before it."""
        rules = self.rules()
        context = self.exposure(desk).context()
        mapping = self.settings.mapping("symbol.map")
        entry = item.entry
        decisions = []
        for index, order in enumerate(entry.reading.orders):
            candidate = Candidate(
                signal=entry.signal,
                provider=entry.message.provider,
                message_id=entry.message.message_id,
                received=entry.time,
                expires=entry.expires or entry.time,
                order=order,
                symbol=resolve(order.symbol or "", desk.book.specs, mapping),
                confidence=entry.reading.confidence,
                index=index,
            )
            decision = judge(candidate, context, rules, desk.bridge.means)
            decisions.append(decision)
            context = self.exposure(desk).after(context, candidate, decision)
        return decisions

    def rules(self) -> RiskRules:
        return risk_rules(self.settings)

    def exposure(self, desk: Desk) -> Exposure:
        if desk.account not in self._exposures:
            self._exposures[desk.account] = Exposure(desk, self._inbox, self._clock)
        return self._exposures[desk.account]

    def _tell_decisions(
        self, item: Item, desk: Desk, stage: str, decisions: Sequence[Decision]
    ) -> list[DecisionEntry]:
        now, signal = self._clock.now(), item.entry.signal
        for index, decision in enumerate(decisions):
            self._bus.publish(Decided(desk.account, signal, stage, index, decision))
        return [DecisionEntry(signal, desk.account, now, stage, d) for d in decisions]

    # ------------------------------------------------------------------ FIRE

    async def fire(self, signal: str, desk: Desk, *, by_user: bool) -> Refusal | None:
        """Every rule again on live data, then reserve, journal and send in one step."""
        item = self._inbox.get(signal)
        refusal = self._refuse_fire(item, signal, desk)
        if refusal is not None or item is None:
            return refusal
        decisions = self._decide(item, desk)
        told: list[Entry] = [*self._tell_decisions(item, desk, "fire", decisions)]
        refusals = [gate for decision in decisions for gate in decision.refusals]
        if refusals:
            if any(gate.code.startswith("THROTTLE") for gate in refusals):
                desk.safety.pause(PauseReason.THROTTLE)
                desk.judge("throttle")
            reason = "; ".join(dict.fromkeys(gate.text for gate in refusals))
            if item.state in FIREABLE:
                told.append(self._change(item, SignalState.REJECTED, reason))
            desk.journal(*told)
            return Refusal(refusals[0].code, reason)
        entries = self._commands(item, desk, decisions)
        fired = self._change(item, SignalState.FIRED, "")
        return await desk.send(entries, by_user=by_user, beside=(*told, fired))

    def _refuse_fire(self, item: Item | None, signal: str, desk: Desk) -> Refusal | None:
        if item is None:
            return Refusal("UNKNOWN_SIGNAL", f"there is no signal {signal}")
        elsewhere = item.state in FIRED_ELSEWHERE and not desk.flight.has(signal)
        if item.state not in FIREABLE and not elsewhere:
            return Refusal(
                "NOT_FIREABLE", f"{signal} is {item.state}: {item.reason or 'it was fired once'}"
            )
        if self.settings.text("autonomy") == "observe":
            return Refusal(
                "OBSERVE", "autonomy is observe: signals are only shown, change it first"
            )
        if not item.entry.reading.tradable:
            return Refusal("REVIEW", f"{signal} has problems; write it again as a clear signal")
        standing = desk.standing()
        if standing.state.stopped:
            return Refusal("HALTED", f"{standing.state.name}: resume first")
        if standing.state is not TradingState.RUNNING:
            why = ", ".join(sorted(standing.reasons))
            return Refusal("PAUSED", f"paused ({why}): clear the reason or resume first")
        return None

    def _commands(
        self, item: Item, desk: Desk, decisions: Sequence[Decision]
    ) -> list[CommandEntry]:
        signal, message = item.entry.signal, item.entry.message
        life = timedelta(seconds=self.settings.integer("command.open_ttl_s"))
        pending = timedelta(minutes=self.settings.integer("pending.expiry_min"))
        entries = []
        for index, decision in enumerate(decisions):
            first = desk.next_id(len(decision.legs))
            commands = open_commands(
                desk.issuer(), first, decision.legs, message.provider, life, pending
            )
            entries += [
                CommandEntry(
                    command,
                    signal,
                    f"{signal}/{index}.{leg}@{desk.account}",
                    decision.legs[leg].max_loss,
                )
                for leg, command in enumerate(commands)
            ]
        anchors = [d.levels.anchor if d.levels is not None else None for d in decisions]
        self.exposure(desk).accept(entries, anchors)
        return entries

    # ------------------------------------------------------------------ receipt -> position

    def on_facts(self, desk: Desk, facts: Facts) -> None:
        """Take what the terminal says: receipts first, then deals, then the snapshots."""
        entries: list[Entry] = []
        for receipt in facts.receipts:
            self.on_receipt(desk, receipt, entries)
        for deal in desk.book.new_deals(facts.deals):
            cmd_id = desk.flight.command_of_deal(deal)
            external = deal.trade and self._foreign(desk, deal, cmd_id)
            if cmd_id is not None:
                desk.flight.note_deal(deal, cmd_id)
            self.watch(desk).judge_deal(deal, cmd_id)
            entries.append(DealEntry(desk.account, deal, cmd_id, external))
            self._bus.publish(DealSeen(desk.account, deal, cmd_id, external))
        events, more = desk.book.apply(facts, self._clock.now(), self._clock.monotonic())
        entries += more
        for event in events:
            self._bus.publish(event)
        desk.flight.release_seen(desk.book)
        self.watch(desk).look(facts)
        marks = [CheckpointEntry(desk.account, c.file, c.offset, c.mark) for c in facts.checkpoints]
        if entries or marks:
            desk.journal(*entries, *marks)

    @staticmethod
    def _foreign(desk: Desk, deal: Deal, cmd_id: int | None) -> bool:
        """True for a trade that nothing of this journal can have caused."""
        if cmd_id is not None or desk.flight.opened(deal.position_id) is not None:
            return False
        return deal.magic != desk.bridge.magic or not desk.flight.opens_on_their_way()

    def on_receipt(self, desk: Desk, receipt: Receipt, entries: list[Entry]) -> None:
        """Settle the command that a receipt is about; the first terminal receipt counts."""
        verdict = desk.flight.take(receipt, desk.book)
        if verdict is ReceiptVerdict.REPEATED:
            return
        now = self._clock.now()
        entries.append(ReceiptEntry(desk.account, receipt, now, verdict.value))
        self._bus.publish(ReceiptRead(desk.account, receipt))
        self.watch(desk).judge_receipt(receipt, verdict)
        tracked = desk.flight.tracked.get(receipt.cmd_id)
        if tracked is None or verdict not in MOVED:
            return
        state = CommandStateEntry(desk.account, receipt.cmd_id, now, tracked.state, "")
        entries.append(state)
        entries += self.concluded(tracked.entry.signal)

    # ------------------------------------------------------------------ how a signal ends

    def conclude(self, desk: Desk) -> None:
        """End the fired signals whose commands all got their outcome while nobody looked."""
        for signal in desk.flight.signals():
            item = self._inbox.get(signal)
            if item is not None and item.state is SignalState.FIRED:
                desk.journal(*self.concluded(signal))

    def _on_command(self, event: CommandChanged) -> None:
        if event.state is CommandState.NOT_SENT and event.account in self.desks:
            self.desks[event.account].journal(*self.concluded(event.signal))

    def concluded(self, signal: str | None) -> list[Entry]:
        """The signal's end, once every command of every account has its outcome."""
        item = self._inbox.get(signal) if signal is not None else None
        desks = [desk for desk in self.desks.values() if signal and desk.flight.has(signal)]
        if item is None or signal is None:
            return []
        outcomes = {desk.account: desk.flight.summary(signal) for desk in desks}
        if not outcomes or not all(outcomes.values()):
            return []
        words = list(outcomes.values())
        if len(words) > 1:
            words = [f"{account}: {outcome}" for account, outcome in outcomes.items()]
        reason = "; ".join(words)
        return [] if reason == item.reason else [self._change(item, SignalState.DONE, reason)]

    def watch(self, desk: Desk) -> Watch:
        if desk.account not in self._watches:
            self._watches[desk.account] = Watch(desk, self._bus)
        return self._watches[desk.account]

    # ------------------------------------------------------------------ what ends a signal

    async def skip(self, signal: str) -> Refusal | None:
        item = self._inbox.get(signal)
        if item is None:
            return Refusal("UNKNOWN_SIGNAL", f"there is no signal {signal}")
        if item.state not in (SignalState.READY, SignalState.REVIEW, SignalState.REJECTED):
            return Refusal("NOT_WAITING", f"{signal} is {item.state} already")
        await self._ledger.record(self._change(item, SignalState.SKIPPED, "skipped by the user"))
        return None

    def expire(self) -> list[Entry]:
        """End the signals whose time is over; returned is what to journal."""
        ended = self._inbox.expired(self._clock.now())
        return [self._change(i, SignalState.EXPIRED, "nobody fired it in time") for i in ended]

    def on_stop(self, source: str) -> list[Entry]:
        """A stop ends every signal that waits, none is ever replayed; what to journal."""
        state, reason = SignalState.SKIPPED_STOPPED, f"stopped: {source}"
        return [self._change(item, state, reason) for item in self._inbox.waiting()]

    def _change(self, item: Item, state: SignalState, reason: str) -> Entry:
        self._bus.publish(SignalChanged(item.entry.signal, state, reason))
        return self._inbox.change(item, state, reason, self._clock.now())
