"""Every rule on a signal in one account: what the preview and FIRE share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import is_

from signalos_desktop.domain.levels import pip_size
from signalos_desktop.domain.parsing.profile import Profile
from signalos_desktop.domain.providers.zones import across
from signalos_desktop.domain.risk.context import Candidate, RiskContext
from signalos_desktop.domain.risk.decision import Decision
from signalos_desktop.domain.risk.money_gates import THROTTLE_10S
from signalos_desktop.domain.signal import OrderReading
from signalos_desktop.domain.symbols import Resolution, Resolved, resolve
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import DecisionEntry
from signalos_desktop.engine.events import Decided
from signalos_desktop.engine.exposure import Exposure
from signalos_desktop.engine.inbox import Inbox, Item
from signalos_desktop.engine.judging import judge, stated_entry, with_price
from signalos_desktop.engine.managing_desks import Management
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.settings import Settings

SAME_MOMENT = timedelta(milliseconds=20)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be decided; the same only for the very same objects."""

    item: Item
    desk: Desk
    settings: Settings
    override: str

    def same(self, other: "_Asked") -> bool:
        theirs = (other.item, other.desk, other.settings)
        mine = (self.item, self.desk, self.settings)
        return all(map(is_, mine, theirs)) and self.override == other.override


@dataclass(frozen=True, slots=True)
class _Answered:
    """The last decision with all that it was made from."""

    asked: _Asked
    context: RiskContext
    decisions: list[Decision]

    def answers(self, asked: _Asked, context: RiskContext) -> bool:
        """Whether nothing that a rule looks at is another, but the clock by some milliseconds."""
        then = self.context
        if not self.asked.same(asked) or abs(context.now - then.now) > SAME_MOMENT:
            return False
        return replace(then, now=context.now, data_age_s=context.data_age_s) == context


class Deciding:
    """Holds the settings in force and the desks; whoever decides asks here."""

    def __init__(
        self,
        inbox: Inbox,
        settings: Settings,
        bus: EventBus,
        clock: Clock,
        management: Management,
    ) -> None:
        self.settings = settings
        self.desks: Mapping[Account, Desk] = {}
        self._inbox = inbox
        self._bus = bus
        self._clock = clock
        self._management = management
        self._exposures: dict[Account, Exposure] = {}
        self._last: _Answered | None = None

    def decide(
        self, item: Item, desk: Desk, override: str = "", *, anew: bool = True
    ) -> list[Decision]:
        """Every order of the signal under every rule, each after the ones before it.

        override: the user's reason to fire over the rules that are not hard. anew False = the last
        decision will do, if it was made at this moment from all the same.
        """
        settings = self.settings.applied(item.entry.message.provider, str(desk.account))
        asked = _Asked(item, desk, settings, override)
        context = self.exposure(desk).context()
        if anew or self._last is None or not self._last.answers(asked, context):
            decisions = self.weigh(item, desk, settings, context, override=override)
            self._last = _Answered(asked, context, decisions)
        return self._last.decisions

    def weigh(
        self,
        item: Item,
        desk: Desk,
        settings: Settings,
        context: RiskContext,
        *,
        past: bool = False,
        override: str = "",
    ) -> list[Decision]:
        """The same for other settings and another moment; past: at the entry that is stated."""
        entry = item.entry
        policy = settings.provider(entry.message.provider)
        rules = policy.rules(settings.rules)
        parts = [part for order in entry.reading.orders for part in across(order, rules)]
        decisions = []
        for index, (order, share) in enumerate(parts):
            symbol = self.resolve(order.symbol or "", desk)
            candidate = Candidate(
                signal=entry.signal,
                provider=entry.message.provider,
                message_id=entry.message.message_id,
                received=entry.time,
                expires=entry.expires or entry.time,
                order=self.in_broker_pips(order, symbol, desk, policy.profile),
                symbol=symbol,
                confidence=entry.reading.confidence,
                index=index,
                override=override,
            )
            if past:
                context = with_price(context, candidate, stated_entry(candidate.order))
            decision = judge(candidate, context, share, desk.bridge.means)
            decision = self._management.judge(decision, symbol, desk, settings)
            decisions.append(decision)
            context = self.exposure(desk).after(context, candidate, decision)
        return decisions

    def resolve(self, name: str, desk: Desk) -> Resolution:
        """The broker's symbol that a signal's name means."""
        return resolve(name, desk.book.specs, self.settings.mapping("symbol.map"))

    @staticmethod
    def in_broker_pips(
        order: OrderReading, symbol: Resolution, desk: Desk, profile: Profile
    ) -> OrderReading:
        """The order with its pips in those of the broker, where the provider means others."""
        size = profile.pip_size(order.symbol or "")
        spec = desk.book.specs.get(symbol.symbol) if isinstance(symbol, Resolved) else None
        if size is None or spec is None or size == pip_size(spec):
            return order
        factor = size / pip_size(spec)
        pips = None if order.sl_pips is None else order.sl_pips * factor
        return replace(order, sl_pips=pips, tp_pips=tuple(p * factor for p in order.tp_pips))

    def exposure(self, desk: Desk) -> Exposure:
        if desk.account not in self._exposures:
            self._exposures[desk.account] = Exposure(desk, self._inbox, self._clock)
        return self._exposures[desk.account]

    @staticmethod
    def hold_flood(desk: Desk, decisions: Sequence[Decision]) -> None:
        """Too many orders were asked for at once: entries pause until a person resumes."""
        if any(gate.code == THROTTLE_10S.code for each in decisions for gate in each.refusals):
            desk.safety.pause(PauseReason.THROTTLE)
            desk.judge("throttle")

    def tell(
        self, item: Item, desk: Desk, stage: str, decisions: Sequence[Decision]
    ) -> list[DecisionEntry]:
        """Publish the decisions; returned is what to journal."""
        now, signal = self._clock.now(), item.entry.signal
        for index, decision in enumerate(decisions):
            self._bus.publish(Decided(desk.account, signal, stage, index, decision))
        return [DecisionEntry(signal, desk.account, now, stage, d) for d in decisions]
