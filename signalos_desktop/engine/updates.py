"""Updates, edits and late levels of trades: what they would do, and the commands that do it."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from signalos_desktop.domain import parsing
from signalos_desktop.domain.command import Command, CommandAction
from signalos_desktop.domain.levels import Levels, place_levels
from signalos_desktop.domain.orders import (
    breakeven_command,
    cancel_command,
    close_command,
    modify_command,
)
from signalos_desktop.domain.providers.alerts import completed
from signalos_desktop.domain.providers.plan import Plan, Planner, Step
from signalos_desktop.domain.providers.trades import Holding, Trade, find
from signalos_desktop.domain.signal import Action, Kind, OrderReading, OrderType, Zone
from signalos_desktop.domain.symbols import Resolved
from signalos_desktop.domain.trading_state import Refusal, TradingState
from signalos_desktop.domain.values import ZERO
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.deciding import Deciding
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry, Entry, Relation, SignalState
from signalos_desktop.engine.events import UpdatePlanned
from signalos_desktop.engine.inbox import Inbox, Item
from signalos_desktop.engine.signal_states import SignalStates
from signalos_desktop.engine.tickets import fitted
from signalos_desktop.engine.trades import Trades

SENT = (SignalState.FIRED, SignalState.DONE)
NEW_VERSION = (Relation.EDIT, Relation.LEVELS)
_LATER = "its orders are on their way: it acts as soon as their outcome is known"


class Updates:
    """Only closes, cancels and moves levels; only trades that the same provider opened."""

    def __init__(
        self, inbox: Inbox, deciding: Deciding, states: SignalStates, bus: EventBus
    ) -> None:
        self._inbox = inbox
        self._deciding = deciding
        self._states = states
        self._bus = bus
        self._trades = Trades(inbox, deciding.resolve)

    def manages(self, item: Item) -> bool:
        """True for what acts on a trade that is there: it never opens one."""
        entry = item.entry
        if entry.reading.kind is not Kind.OPEN:
            return entry.reading.kind is Kind.UPDATE
        return entry.relation in NEW_VERSION and self.fired(entry.root, besides=entry.signal)

    def fired(self, root: str, *, besides: str = "") -> bool:
        """True if a message of the thread was sent to any account, attached now or not."""
        others = [item for item in self._inbox.thread(root) if item.entry.signal != besides]
        if any(i.state in SENT and i.entry.reading.kind is Kind.OPEN for i in others):
            return True
        desks = self._deciding.desks.values()
        return any(desk.flight.opens_of(i.entry.signal) for desk in desks for i in others)

    def earlier_acted(self, item: Item) -> bool:
        """True for an edited update whose earlier version was sent."""
        if item.entry.relation is not Relation.EDIT or item.entry.reading.kind is Kind.OPEN:
            return False
        thread = self._inbox.thread(item.entry.root)
        same = [i for i in thread if i.entry.message.message_id == item.entry.message.message_id]
        return any(
            other.state in SENT and other.entry.reading.kind is Kind.UPDATE
            for other in same
            if other is not item
        )

    # ------------------------------------------------------------------ what it would do

    def plan(self, item: Item, desk: Desk) -> Plan | Refusal:
        """The commands in one account, on what is open now; or why none can be said."""
        reading = item.entry.reading
        trades = self._trades.of(item.entry.message.provider, desk)
        fixed = self._fixed(item)
        if fixed is not None:
            return fixed
        if reading.problems:
            text = "; ".join(f"{problem.code}: {problem.text}" for problem in reading.problems)
            return Refusal("READ_WITH_PROBLEMS", text)
        if reading.kind is Kind.UPDATE:
            return self._by_actions(item, trades, desk)
        return self._by_levels(item, trades, desk)

    def _fixed(self, item: Item) -> Refusal | None:
        """What a newer version says otherwise and what is never acted on once it was fired."""
        fixed = [change.text for change in item.entry.changes if not change.level]
        if item.entry.reading.kind is not Kind.OPEN or not fixed or self._completes(item):
            return None
        text = f"{', '.join(fixed)}: never acted on after it was fired; do it by hand if you agree"
        return Refusal("EDIT_AFTER_FIRE", text)

    def tell(self, item: Item, desk: Desk, plan: Plan) -> None:
        thread, steps = item.entry.root, tuple(step.text for step in plan.steps)
        event = UpdatePlanned(
            desk.account, item.entry.signal, thread, steps, plan.ends, plan.asks, plan.notes
        )
        self._bus.publish(event)

    def _by_actions(self, item: Item, trades: list[Trade], desk: Desk) -> Plan | Refusal:
        thread = self._thread(item)
        named = self._named(item)
        if isinstance(named, Refusal):
            return named
        planner, missing = Planner(), []
        for action in named:
            found = find(trades, action, self._trades.names(action.symbol, desk), thread)
            if isinstance(found, Refusal):
                if found.code != "NO_TRADE":
                    return found
                missing.append(found)
                planner.notes.append(found.text)
            else:
                planner.act(action, found)
        return missing[0] if len(missing) == len(named) else planner.plan()

    def _thread(self, item: Item) -> str | None:
        """The signal that a reply or an edit means; None where it answers no signal."""
        root = self._inbox.get(item.entry.thread)
        return item.entry.thread if root is not None and root.entry.reading.orders else None

    def _named(self, item: Item) -> tuple[Action, ...] | Refusal:
        """The actions, with what a reply to a message from before adds: its symbol and side."""
        message, actions = item.entry.message, item.entry.reading.actions
        if message.reply_to is None or item.entry.thread:
            return actions
        profile = self._deciding.settings.provider(message.provider).profile
        replied = parsing.read(message.reply_to, profile=profile)
        if len(replied.orders) != 1:
            text = "it answers a message that is not known here: act on the trade by hand"
            return Refusal("UNKNOWN_REPLY", text)
        order = replied.orders[0]
        return tuple(
            replace(a, symbol=a.symbol or order.symbol, side=a.side or order.side) for a in actions
        )

    # ------------------------------------------------------------------ edits and late levels

    def _by_levels(self, item: Item, trades: list[Trade], desk: Desk) -> Plan | Refusal:
        """S/L and T/Ps that a newer version states."""
        mine = [trade for trade in trades if trade.thread == item.entry.root and trade.alive]
        if not mine:
            return Refusal("NO_TRADE", f"the trade of {item.entry.root} is over: nothing to change")
        changed = {change.field[:2] for change in item.entry.changes}
        planner = Planner(coming=sum(trade.coming for trade in mine))
        for holding in (holding for trade in mine for holding in trade.holdings):
            levels = self._levels(item, holding, desk)
            if levels is None:
                planner.asks.append(
                    f"no price or no single order for {holding.text}: do it by hand"
                )
            else:
                _move(planner, holding, levels, changed)
        return planner.plan()

    def _completes(self, item: Item) -> bool:
        """True where the message gave an alert its levels: that it names an entry is no change."""
        if item.entry.relation is Relation.LEVELS:
            return True
        thread = self._inbox.thread(item.entry.root)
        before = thread[: thread.index(item)]
        return any(completed(i.entry.reading, item.entry.reading) is not None for i in before)

    def _levels(self, item: Item, holding: Holding, desk: Desk) -> Levels | None:
        order = self._order(item, holding, desk)
        if order is None or holding.spec is None or holding.quote is None:
            return None
        provider = item.entry.message.provider
        settings = self._deciding.settings.applied(provider, str(desk.account))
        policy = settings.provider(provider)
        rules = policy.rules(settings.rules)
        symbol = Resolved(holding.symbol)
        order = self._deciding.in_broker_pips(order, symbol, desk, policy.profile)
        opened = Zone(holding.price, holding.price)
        asked = replace(order, entry=opened, order_type=OrderType.MARKET)
        return place_levels(asked, holding.side, holding.spec, holding.quote, rules.levels)

    def _order(self, item: Item, holding: Holding, desk: Desk) -> OrderReading | None:
        """The order of the message that the position came from."""
        orders = item.entry.reading.orders
        fitting = [
            order
            for order in orders
            if order.side is holding.side
            and holding.symbol in self._trades.names(order.symbol, desk)
        ]
        if len(fitting) == 1:
            return fitting[0]
        same = orders[holding.order] if holding.order < len(orders) else None
        return same if same in fitting else None

    # ------------------------------------------------------------------ doing it

    async def fire(self, item: Item, desk: Desk, *, by_user: bool) -> Refusal | None:
        """Plan again on what is open now, then journal and send in one step."""
        plan = self.plan(item, desk)
        if isinstance(plan, Refusal):
            return plan
        self.tell(item, desk, plan)
        if plan.coming and not plan.steps:
            return Refusal("ON_ITS_WAY", _LATER)
        if plan.asks and not by_user:
            return Refusal("ASKS", "; ".join(plan.asks))
        if not plan.steps:
            return Refusal("NOTHING_TO_DO", plan.text)
        entries = []
        paused = desk.standing().state is TradingState.PAUSED
        for step in plan.steps:
            command = fitted(desk, _command(desk, step, guarded=paused and not by_user))
            if isinstance(command, Refusal):
                return command
            intent = f"{item.entry.signal}/{step.action}.{step.holding.ticket}@{desk.account}"
            entries.append(CommandEntry(command, item.entry.signal, intent, ZERO))
        fired = self._states.change(item, SignalState.FIRED, plan.text)
        return await desk.send(entries, by_user=by_user, beside=(fired,))

    def end(self, signals: Iterable[str], item: Item) -> list[Entry]:
        """End the signals that wait and that the update calls off."""
        items = [self._inbox.get(signal) for signal in signals]
        reason = f"called off by {item.entry.signal}"
        return [
            self._states.change(waiting, SignalState.EXPIRED, reason)
            for waiting in items
            if waiting is not None and waiting is not item
        ]


def _move(planner: Planner, holding: Holding, levels: Levels, changed: set[str]) -> None:
    """Only what the message changed: what was moved meanwhile for another reason stays."""
    sl: Decimal | None = levels.sl if "sl" in changed else None
    tp: Decimal | None = None
    if "tp" in changed:
        tp = levels.targets[min(holding.leg, len(levels.targets) - 1)]
        if tp is None and holding.tp is not None:
            planner.notes.append(f"T/P of {holding.text} stays: the message names none for it")
    if "sl" in changed and sl is None:
        planner.notes.append(f"S/L of {holding.text} stays: the message names none")
    planner.move(holding, sl, tp)


def _command(desk: Desk, step: Step, *, guarded: bool) -> Command:
    issuer, cmd_id = desk.issuer(), desk.next_id()
    ticket, symbol = step.holding.ticket, step.holding.symbol
    match step.action:
        case CommandAction.CANCEL:
            return cancel_command(issuer, cmd_id, ticket, symbol)
        case CommandAction.MODIFY if guarded and step.only_tightens:
            # While entries are paused this is the one change of levels that goes on by itself.
            return breakeven_command(issuer, cmd_id, ticket, symbol, step.sl)
        case CommandAction.MODIFY:
            return modify_command(issuer, cmd_id, ticket, symbol, (step.sl, step.tp))
        case CommandAction.BREAKEVEN:
            return breakeven_command(issuer, cmd_id, ticket, symbol)
        case _:
            return close_command(issuer, cmd_id, ticket, symbol, step.lots)
