"""What people do in a run: messages, wishes about tickets, pause and resume, the stop."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import StopLevel
from signalos_desktop.domain.wire.flag import encode_flag
from tests.seeds.disk import COMMON

if TYPE_CHECKING:
    from tests.seeds.panel import Panel
    from tests.seeds.run import World

FIRE_S = (0.1, 3.0)


class Actions:
    """Wishes are asked of the app that lives at that moment, messages until they are answered."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._unanswered: dict[int, str] = {}
        self.signals = 0
        self.stops = 0
        self.flags = 0

    def schedule(self) -> None:
        plan, timeline = self._world.plan, self._world.ground.timeline
        for number, (at, text) in enumerate(plan.messages):
            timeline.at(at, partial(self._message, number, text))
        for at, verb in plan.wishes:
            timeline.at(at, partial(self._wish, verb))
        for at, kind in plan.stops:
            timeline.at(at, partial(self._stop, kind))

    def app_started(self) -> None:
        """Messages that nobody confirmed come again, as a source sends them again."""
        for number, text in sorted(self._unanswered.items()):
            self._submit(number, text)

    # ------------------------------------------------------------------ messages

    def _message(self, number: int, text: str) -> None:
        self.signals += 1
        self._unanswered[number] = text
        self._submit(number, text)

    def _submit(self, number: int, text: str) -> None:
        panel = self._world.panel
        if panel is None:
            return
        message = Message(text, provider="vip", message_id=str(number))

        def answered(answer: Any) -> None:
            if getattr(answer, "ok", False):
                self._unanswered.pop(number, None)
                self._fire_later(panel, str(answer.data["signal"]))

        panel.submit(message, answered)

    def _fire_later(self, panel: Panel, signal: str) -> None:
        if self._world.plan.choice.autonomy != "confirm":
            return

        def fire() -> None:
            if not panel.ended:
                panel.wish(panel.controls.fire(signal), lambda _: None)

        self._world.ground.timeline.after(self._world.random.uniform(*FIRE_S), fire)

    # ------------------------------------------------------------------ tickets, pause, resume

    def _wish(self, verb: str) -> None:
        panel = self._world.panel
        desk = next(iter(panel.session.desks.values()), None) if panel is not None else None
        if panel is None or desk is None:
            return
        controls = panel.controls
        if verb == "pause":
            panel.call(controls.pause)
        elif verb == "resume":
            self.resume(panel)
        elif verb == "garbage-ticket":
            panel.wish(controls.close(99), lambda _: None)
        elif verb == "cancel":
            for ticket in list(desk.book.orders)[:1]:
                panel.wish(controls.cancel(ticket), lambda _: None)
        else:
            held = sorted(desk.book.positions)
            if held:
                self._ticket(panel, verb, self._world.random.choice(held))

    def _ticket(self, panel: Panel, verb: str, ticket: int) -> None:
        controls = panel.controls
        work = {
            "close": lambda: controls.close(ticket),
            "part": lambda: controls.close(ticket, Decimal("0.5")),
            "modify": lambda: controls.modify(ticket, None, Decimal("1.15000")),
            "breakeven": lambda: controls.breakeven(ticket),
        }[verb]()
        panel.wish(work, lambda _: None)

    def resume(self, panel: Panel) -> None:
        """The user says: all that is left is handled by hand."""
        oracle, desks = self._world.oracle, panel.session.desks.values()
        tickets = frozenset(t for d in desks for t in (*d.book.positions, *d.book.orders))
        oracle.resume_asked()

        def answered(answer: Any) -> None:
            if not getattr(answer, "ok", False):
                oracle.resume_refused()
                oracle.note("resume refused", getattr(answer, "code", ""))

        panel.wish(panel.controls.resume(tickets), answered)

    # ------------------------------------------------------------------ the stop

    def _stop(self, kind: str) -> None:
        self.stops += 1
        oracle, panel = self._world.oracle, self._world.panel
        oracle.note("stop", kind)
        if kind in ("button", "halt") and panel is not None:
            panel.controls.stop(keep_positions=kind == "halt", source="user")
            return
        self.flags += 1
        data = b"" if kind == "empty-flag" else encode_flag(StopLevel.FLATTEN, f"hand{self.flags}")
        folder = COMMON if kind == "common-flag" else self._world.terminal.folder
        self._world.ground.disk.put(f"{folder}/halt.flag", data)
        self._world.ground.disk.fsync(f"{folder}/halt.flag")
