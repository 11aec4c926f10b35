"""The straight path: text, reading, symbol, levels and rules, command, gate, receipt, position."""

from collections.abc import Awaitable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from signalos_desktop.domain.orders import open_commands
from signalos_desktop.domain.position import Deal
from signalos_desktop.domain.providers.policy import Trust
from signalos_desktop.domain.receipt import Receipt
from signalos_desktop.domain.risk.account_limits import LimitRules
from signalos_desktop.domain.risk.context import RiskContext
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.risk.rules import RiskRules
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import Refusal, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.deciding import Deciding
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import (
    CheckpointEntry,
    CommandEntry,
    CommandState,
    CommandStateEntry,
    DealEntry,
    Entry,
    ReceiptEntry,
    SignalState,
)
from signalos_desktop.engine.events import (
    CommandChanged,
    DealSeen,
    ReceiptRead,
)
from signalos_desktop.engine.exposure import Exposure
from signalos_desktop.engine.flight import ReceiptVerdict
from signalos_desktop.engine.inbox import Inbox, Item
from signalos_desktop.engine.intake import Intake
from signalos_desktop.engine.managing_desks import Management
from signalos_desktop.engine.managing_fire import managed
from signalos_desktop.engine.overriding import fired_over
from signalos_desktop.engine.ports import Clock, Facts, Ledger
from signalos_desktop.engine.settings import Settings
from signalos_desktop.engine.signal_states import SignalStates
from signalos_desktop.engine.turnstile import Turnstile
from signalos_desktop.engine.updates import Updates
from signalos_desktop.engine.watch import Watch

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
        self._inbox = inbox
        self._ledger = ledger
        self._bus = bus
        self._clock = clock
        self._watches: dict[Account, Watch] = {}
        self._turnstile = Turnstile()
        self._management = Management(bus, clock)
        self._states = SignalStates(inbox, bus, clock)
        self._deciding = Deciding(inbox, settings, bus, clock, self._management)
        self._updates = Updates(inbox, self._deciding, self._states, bus)
        self._intake = Intake(
            inbox, self._deciding, self._updates, self._states, ledger, bus, clock, self.fire
        )
        bus.subscribe(CommandChanged, self._on_command)

    @property
    def settings(self) -> Settings:
        return self._deciding.settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self._deciding.settings = settings

    @property
    def desks(self) -> Mapping[Account, Desk]:
        return self._deciding.desks

    @desks.setter
    def desks(self, desks: Mapping[Account, Desk]) -> None:
        self._deciding.desks = desks

    @property
    def inbox(self) -> Inbox:
        return self._inbox

    # ------------------------------------------------------------------ text -> preview

    async def submit(self, message: Message) -> str:
        """Read a message, journal it, show what the rules say of it; returns the signal's id."""
        return await self._intake.submit(message)

    # ------------------------------------------------------------------ rules

    def limits(self, account: Account) -> LimitRules:
        """The limits of an account as a whole."""
        return self.settings.applied(account=str(account)).limits

    def rules(self, account: Account) -> RiskRules:
        """The rules of an account where no provider's hold."""
        return self.settings.applied(account=str(account)).rules

    def weigh(
        self, item: Item, desk: Desk, settings: Settings, context: RiskContext
    ) -> list[Decision]:
        """What other settings would have decided at another moment."""
        return self._deciding.weigh(item, desk, settings, context, past=True)

    def exposure(self, desk: Desk) -> Exposure:
        return self._deciding.exposure(desk)

    # ------------------------------------------------------------------ FIRE

    async def fire(
        self,
        signal: str,
        desk: Desk,
        *,
        by_user: bool,
        override: str = "",
        after: Awaitable[None] | None = None,
    ) -> Refusal | None:
        """Every rule again on live data, then reserve, journal and send in one step.

        override: why the user fires over the rules that are not hard, empty = he does not.
        after: the signal itself, on its way to the journal; nothing is written before it is kept.
        """
        await self._turnstile.pass_through()
        item = self._inbox.get(signal)
        refusal = self._refuse_fire(item, signal, desk)
        if refusal is not None or item is None:
            return refusal
        if self._updates.manages(item):
            if after is not None:
                await after
            return await self._updates.fire(item, desk, by_user=by_user)
        decisions = self._deciding.decide(item, desk, override, anew=by_user)
        told: list[Entry] = [*self._deciding.tell(item, desk, "fire", decisions)]
        refusals = [gate for decision in decisions for gate in decision.refusals]
        if refusals:
            self._deciding.hold_flood(desk, decisions)
            reason = "; ".join(dict.fromkeys(gate.text for gate in refusals))
            if item.state in FIREABLE:
                told.append(self._states.change(item, SignalState.REJECTED, reason))
            desk.journal(*told)
            return Refusal(refusals[0].code, reason)
        settings = self.settings.applied(item.entry.message.provider, str(desk.account))
        if self._management.closes_first(decisions, desk, settings):
            desk.journal(*told)
            if after is not None:
                await after
            again = partial(self.fire, signal, desk, by_user=by_user, override=override)
            return await self._management.close_first(signal, decisions, desk, again, by_user)
        entries = self._commands(item, desk, decisions, settings)
        fired = self._states.change(item, SignalState.FIRED, fired_over(decisions, override))
        return await desk.send(entries, by_user=by_user, beside=(*told, fired), after=after)

    def _refuse_fire(self, item: Item | None, signal: str, desk: Desk) -> Refusal | None:
        if item is None:
            return Refusal("UNKNOWN_SIGNAL", f"there is no signal {signal}")
        elsewhere = item.state in FIRED_ELSEWHERE and not desk.flight.has(signal)
        if item.state not in FIREABLE and not elsewhere:
            return Refusal(
                "NOT_FIREABLE", f"{signal} is {item.state}: {item.reason or 'it was fired once'}"
            )
        provider = item.entry.message.provider
        if self.settings.provider(provider).trust is Trust.OBSERVE:
            text = f"{provider} is on observe: its signals are only shown, change autonomy or trust"
            return Refusal("OBSERVE", text)
        managed = self._updates.manages(item)
        if not managed and not item.entry.reading.tradable:
            return Refusal("REVIEW", f"{signal} has problems; write it again as a clear signal")
        standing = desk.standing()
        if standing.state.stopped:
            return Refusal("HALTED", f"{standing.state.name}: resume first")
        if not managed and standing.state is not TradingState.RUNNING:
            why = ", ".join(sorted(standing.reasons))
            return Refusal("PAUSED", f"paused ({why}): clear the reason or resume first")
        return None

    def _commands(
        self, item: Item, desk: Desk, decisions: Sequence[Decision], settings: Settings
    ) -> list[CommandEntry]:
        signal, message = item.entry.signal, item.entry.message
        life = timedelta(seconds=settings.integer("command.open_ttl_s"))
        pending = timedelta(minutes=settings.integer("pending.expiry_min"))
        entries = []
        for index, decision in enumerate(decisions):
            first = desk.next_id(len(decision.legs))
            commands = open_commands(
                desk.issuer(), first, decision.legs, message.provider, life, pending
            )
            entries += [
                managed(
                    CommandEntry(
                        command,
                        signal,
                        f"{signal}/{index}.{leg}@{desk.account}",
                        decision.legs[leg].max_loss,
                    ),
                    decision,
                    desk,
                    settings,
                    message.provider,
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
        self._management.look(desk, facts)
        self._intake.look_again(desk)

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
        return (
            [] if reason == item.reason else [self._states.change(item, SignalState.DONE, reason)]
        )

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
        await self._ledger.record(
            self._states.change(item, SignalState.SKIPPED, "skipped by the user")
        )
        return None

    def expire(self) -> list[Entry]:
        """End the signals whose time is over; returned is what to journal."""
        ended = self._inbox.expired(self._clock.now())
        return [
            self._states.change(i, SignalState.EXPIRED, "nobody fired it in time") for i in ended
        ]

    def on_stop(self, source: str) -> list[Entry]:
        """A stop ends every signal that waits, none is ever replayed; what to journal."""
        state, reason = SignalState.SKIPPED_STOPPED, f"stopped: {source}"
        return [self._states.change(item, state, reason) for item in self._inbox.waiting()]
