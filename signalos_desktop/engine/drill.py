"""The stop drill: presses the real stop on demo accounts and measures it against its targets."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from signalos_desktop.domain.trading_state import Refusal, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine import drill_steps as steps
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import AlarmEntry
from signalos_desktop.engine.events import DrillMoved, OrderChanged, PositionChanged, StateChanged
from signalos_desktop.engine.ports import Clock

LOOK_EVERY_S = 0.005
PATIENCE_S = 30.0
RESUME_TWICE = (
    "the drill is over when you have resumed twice: hold Unlock to paused, then hold Resume;"
    " nothing is opened again by itself"
)
NOT_FLAT = "close what is left in MT5's Trade tab and look at its Journal; then resume"


class Drill:
    """One at a time. It opens nothing; what is open on the demo accounts is closed by the stop.

    press: latches the stop and returns the id of the press.
    """

    def __init__(
        self,
        desks: Mapping[Account, Desk],
        press: Callable[[], str],
        bus: EventBus,
        clock: Clock,
    ) -> None:
        self._desks = desks
        self._press = press
        self._bus = bus
        self._clock = clock
        self._states: dict[Account, TradingState] = {}
        self._steps: dict[str, steps.DrillStep] = {}
        self._began = 0.0
        self._press_id = ""
        self._measuring = False
        bus.subscribe(StateChanged, self._on_state)
        bus.subscribe(PositionChanged, lambda event: self._on_change(event.change))
        bus.subscribe(OrderChanged, lambda event: self._on_change(event.change))

    async def run(self) -> Mapping[str, object] | Refusal:
        """Returns when everything is flat, or after half a minute; the resume is the user's."""
        refusal = self._refuse()
        if refusal is not None:
            return refusal
        self._measuring = True
        try:
            self._steps = steps.first_steps(anything_open=any(d.in_scope() for d in self._all()))
            self._states = dict.fromkeys(self._desks, TradingState.RUNNING)
            self._began = self._clock.monotonic()
            self._press_id = self._press()
            while not self._over():
                self._look()
                await asyncio.sleep(LOOK_EVERY_S)
            self._look()
        finally:
            self._measuring = False
        return self._report()

    # ------------------------------------------------------------------ may it

    def _all(self) -> list[Desk]:
        return list(self._desks.values())

    def _refuse(self) -> Refusal | None:
        if self._measuring:
            return Refusal("DRILL_RUNS", "a stop drill runs already: wait for its end")
        if not self._desks:
            return Refusal("NO_TERMINAL", "no terminal is connected: start MT5 with the EA")
        return next(filter(None, map(self._refuse_desk, self._all())), None)

    def _refuse_desk(self, desk: Desk) -> Refusal | None:
        state, account = desk.book.state, desk.account
        if state is None or state.trade_mode != "DEMO":
            kind = "not known yet" if state is None else state.trade_mode
            text = f"{account} is {kind}: a drill closes everything and runs on demo accounts only"
            return Refusal("NOT_DEMO", text)
        if not desk.bridge.means.proves_flat:
            text = f"{account}: the stock executor cannot prove that it is flat"
            return Refusal("CANNOT_BE_PROVEN", text)
        standing = desk.standing()
        if standing.state not in (TradingState.RUNNING, TradingState.PAUSED):
            text = f"{account} is {standing.state.name}: the drill begins from RUNNING or PAUSED"
            return Refusal("NOT_READY", text)
        if standing.heartbeat_age > standing.silent_after_s:
            return Refusal("EA_SILENT", f"the EA of {account} does not answer: start it first")
        return None

    # ------------------------------------------------------------------ measuring

    def _over(self) -> bool:
        waited = self._clock.monotonic() - self._began
        done = self._steps[steps.FLAT].took_ms is not None
        return done or waited >= PATIENCE_S

    def _look(self) -> None:
        desks, press = self._all(), self._press_id
        statuses = [desk.book.status for desk in desks]
        latched = [status is not None and press in status.halt.known for status in statuses]
        if all(latched):
            self._reach(steps.FLAG, steps.LATCHED)
        elif self._open(steps.FLAG):
            lying = [press in {f.identity for f in desk.bridge.flags()} for desk in desks]
            if all(one or other for one, other in zip(latched, lying, strict=True)):
                self._reach(steps.FLAG)

    def _open(self, name: str) -> bool:
        step = self._steps.get(name)
        return step is not None and step.needed and step.took_ms is None

    def _reach(self, *names: str) -> None:
        """Note the moment of each step that was not reached before, and tell."""
        fresh = [name for name in names if self._open(name)]
        took = round((self._clock.monotonic() - self._began) * 1000)
        for name in fresh:
            self._steps[name] = replace(self._steps[name], took_ms=took)
        if fresh:
            self._bus.publish(DrillMoved(tuple(self._steps.values())))

    def _on_change(self, change: str) -> None:
        if self._measuring and change == "closed":
            self._reach(steps.FIRST_CLOSE)

    def _on_state(self, event: StateChanged) -> None:
        if not self._steps or event.account not in self._states:
            return
        self._states[event.account] = event.state
        states = set(self._states.values())
        if self._measuring:
            if all(state.stopped for state in states):
                self._reach(steps.BLOCKED)
            if states == {TradingState.STOPPED_FLAT}:
                self._reach(steps.FLAT)
        elif states <= {TradingState.PAUSED, TradingState.RUNNING}:
            self._reach(steps.PAUSED)
            if states == {TradingState.RUNNING}:
                self._reach(steps.RUNNING)
                self._end()

    # ------------------------------------------------------------------ telling

    def _report(self) -> dict[str, object]:
        found = tuple(self._steps.values())
        flat = self._steps[steps.FLAT].took_ms is not None
        next_step = RESUME_TWICE if flat else f"{NOT_FLAT}; {RESUME_TWICE}"
        self._journal(steps.describe(found), next_step)
        self._bus.publish(DrillMoved(found))
        shown = [{**asdict(step), "in_time": step.in_time} for step in found]
        return {"flat": flat, "steps": shown, "next_step": next_step}

    def _end(self) -> None:
        took = self._steps[steps.RUNNING].took_ms or 0
        self._steps = {}
        self._journal(f"stop drill: running again after {took / 1000:.1f} s", "nothing is left")

    def _journal(self, text: str, next_step: str) -> None:
        now = self._clock.now()
        for desk in self._all():
            desk.journal(AlarmEntry(desk.account, now, "DRILL", text, next_step))
