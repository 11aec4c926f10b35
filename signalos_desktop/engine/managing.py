"""Looks after the open trades of one account: asks their rules at every news, and sends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from signalos_desktop.domain.command import Command
from signalos_desktop.domain.management.planning import plan, take_back
from signalos_desktop.domain.management.state import Step, StepKind
from signalos_desktop.domain.orders import (
    Issuer,
    breakeven_command,
    cancel_command,
    close_command,
)
from signalos_desktop.domain.position import Position
from signalos_desktop.domain.trading_state import PauseReason
from signalos_desktop.domain.values import ZERO, plain
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import CommandEntry
from signalos_desktop.engine.events import RuleActed
from signalos_desktop.engine.managing_history import History, Subject, why_refused
from signalos_desktop.engine.managing_trades import Entry, Overdue, Trades
from signalos_desktop.engine.ports import Clock

LOOK = "look at the terminal; the S/L at the broker stays in force"
LIFE = timedelta(seconds=20)
_Mark = tuple[object, str]


class Managing:
    """One desk's rules. Each reason why a rule rests is told once, until it is over."""

    def __init__(self, desk: Desk, bus: EventBus, clock: Clock) -> None:
        self._desk = desk
        self._bus = bus
        self._clock = clock
        self._history = History(desk.flight)
        self._trades = Trades(desk, self._history, bus)
        self._sending: set[int] = set()
        self._told: dict[int, set[_Mark]] = {}
        self._telling: set[_Mark] = set()
        self._unclear: dict[int, str] = {}

    def look(self) -> None:
        """Do what the rules ask for now; called whenever the terminal has said something."""
        if not self._may_look():
            return
        held, overdue = self._trades.managed(), self._trades.overdue(self._clock.now())
        self._tell_gone({h.identifier for h, _ in held})
        if not held and not overdue:
            return
        present = {0, *(h.identifier for h, _ in held), *(o.order.ticket for o in overdue)}
        self._told = {about: marks for about, marks in self._told.items() if about in present}
        if self._stand_still():
            return
        busy = {t.command.ticket for t in self._desk.flight.outstanding()}
        for order in overdue:
            self._look_at_order(order, busy)
        for position, entry in held:
            self._look_at_position(position, entry, busy)

    def _stand_still(self) -> bool:
        """True if what is known is old: nothing may be decided by it."""
        stale = self._desk.book.stale(self._clock.monotonic())
        self._telling = set()
        if stale:
            text = f"{', '.join(stale)} stand still: break-even, trailing and closes wait"
            self._tell("", "RULES_WAIT", text, LOOK)
        self._told[0] = self._telling
        return bool(stale)

    def _may_look(self) -> bool:
        """Not before journal and broker agree, not under a stop, not as the second panel."""
        desk = self._desk
        ready = desk.book.complete and PauseReason.STARTING not in desk.safety.reasons
        return ready and not desk.fenced and not desk.safety.stopped and desk.bridge.means.prices

    def _look_at_order(self, overdue: Overdue, busy: set[int | None]) -> None:
        order = overdue.order
        step = take_back(order, overdue.expiry, self._clock.now())
        if step is None or self._held_up(order.ticket, order.ticket, busy):
            return
        subject = Subject(
            self._desk.account, order.ticket, order.ticket, order.symbol, overdue.opener
        )
        self._telling = set()
        self._do(subject, (step,))
        self._told[order.ticket] = self._telling

    def _look_at_position(self, held: Position, entry: Entry, busy: set[int | None]) -> None:
        if self._held_up(held.identifier, held.ticket, busy):
            return
        self._telling = set()
        subject = Subject(
            self._desk.account, held.identifier, held.ticket, held.symbol, entry.opener
        )
        self._look_at_lost(subject, held)
        trade = self._trades.trade(held, entry)
        if trade is not None:
            quote = self._desk.book.quotes.get(held.symbol)
            steps = plan(trade, quote, self._clock.now())
            for step in steps:
                if step.kind is StepKind.SAY:
                    self._tell(held.symbol, step.key, step.text, step.advice)
            self._do(subject, [step for step in steps if step.kind is not StepKind.SAY])
        self._told[held.identifier] = self._telling

    def _held_up(self, identifier: int, ticket: int, busy: set[int | None]) -> bool:
        """True while something about the ticket is on its way, unclear, or not yet to be seen."""
        if identifier in self._sending or ticket in busy:
            return True
        return self._history.settling(identifier, self._desk.book.positions_seen)

    # ------------------------------------------------------------------ sending

    def _do(self, subject: Subject, steps: Sequence[Step]) -> None:
        due = [step for step in steps if not self._rests(subject, step)]
        if due:
            self._sending.add(subject.identifier)
            self._desk.spawn(self._send(subject, due))

    def _rests(self, subject: Subject, step: Step) -> bool:
        """True while it is too early after a refusal to ask again."""
        refusal = self._history.refused(subject, step)
        if refusal is None:
            return False
        refused, again = refusal
        text = f"{subject.symbol} {subject.ticket}: {step.text}: {why_refused(refused)}"
        advice = "it is tried again with growing pauses; do it in MT5 by hand if it matters now"
        self._tell((subject.identifier, step.key), "RULE_REFUSED", text, advice)
        return self._clock.now() < again

    async def _send(self, subject: Subject, steps: Sequence[Step]) -> None:
        """One transaction, rows in the order of the steps; the gate has the last word."""
        self._sending.discard(subject.identifier)
        desk = self._desk
        first, issuer = desk.next_id(len(steps)), desk.issuer()
        entries = []
        for cmd_id, step in enumerate(steps, start=first):
            intent = self._history.intent(subject, step, cmd_id)
            command = _command(issuer, cmd_id, subject, step)
            self._history.note(subject, step, cmd_id)
            signal = subject.opener.entry.signal
            entries.append(CommandEntry(command, signal, intent, ZERO, source=step.text))
            self._bus.publish(
                RuleActed(
                    desk.account,
                    subject.ticket,
                    subject.symbol,
                    signal,
                    cmd_id,
                    step.rule,
                    step.text,
                )
            )
        await desk.send(entries, by_user=False, by_rule=True)

    # ------------------------------------------------------------------ telling

    def _look_at_lost(self, subject: Subject, held: Position) -> None:
        """What the Expert Advisor did not find: the deals say whether it may be asked for again."""
        for tracked in [*self._history.unclear(subject.identifier)]:
            cmd_id = tracked.command.cmd_id
            text = f"{subject.symbol} {subject.ticket}: {tracked.entry.source}: outcome not found"
            first = self._history.first_lost(subject.identifier, cmd_id)
            if first and self._trades.untouched(held, tracked):
                if self._history.disprove(subject.identifier, cmd_id):
                    still = f"{plain(held.volume)} lots are open and no deal has closed a part"
                    advice = "look at the volume in MT5: it is asked for once more, not again"
                    self._tell(cmd_id, "RULE_AGAIN", f"{text}; {still}", advice)
            else:
                advice = "it is not asked for again: compare the volume in MT5 and close by hand"
                self._tell(cmd_id, "RULE_UNCLEAR", text, advice)
                self._unclear[subject.identifier] = text

    def _tell_gone(self, present: set[int]) -> None:
        """A position is closed of which something was unclear: nothing is left of it."""
        for identifier in self._unclear.keys() - present:
            text = f"{self._unclear.pop(identifier)}; the position is closed by now"
            self._desk.alarm("RULE_SETTLED", text, "nothing to do: nothing of it is open any more")

    def _tell(self, about: object, code: str, text: str, advice: str) -> None:
        """Once, until a look at what it was about finds it over."""
        mark = (about, code)
        if not any(mark in told for told in (self._telling, *self._told.values())):
            self._desk.alarm(code, text, advice)
        self._telling.add(mark)


def _command(issuer: Issuer, cmd_id: int, subject: Subject, step: Step) -> Command:
    """What a rule asks for holds for the price of now: a row that is read late is not executed."""
    command = _lasting(issuer, cmd_id, subject, step)
    return replace(command, expires=issuer.now + LIFE)


def _lasting(issuer: Issuer, cmd_id: int, subject: Subject, step: Step) -> Command:
    ticket, symbol = subject.ticket, subject.symbol
    if step.kind is StepKind.CANCEL:
        return cancel_command(issuer, cmd_id, ticket, symbol)
    if step.kind is StepKind.MOVE_STOP:
        return breakeven_command(issuer, cmd_id, ticket, symbol, step.level)
    return close_command(issuer, cmd_id, ticket, symbol, step.lots)
