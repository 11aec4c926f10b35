"""What the user can wish for: asks the engine and turns what comes back into a short message."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.controls import Answer, Controls, answered
from signalos_desktop.engine.stop_words import BUTTON
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.book import Look
from signalos_desktop.ui.widgets.toasts import Toast

# The page on which a message is taught.
PROVIDERS = "providers"
Wish = Callable[[Controls], Awaitable[Answer]]


class EngineDoor(Protocol):
    """The engine as seen from the panel's thread."""

    async def ask(self, wish: Wish) -> Answer: ...

    async def look(self) -> list[Look]: ...


def no_stop(source: str) -> None:
    """What stands in for the stop in parts of a panel that nobody can trade with."""
    raise RuntimeError(f"a stop by {source} has no latch to press")


class Actions(QObject):
    """One coroutine for each wish; do() starts one from a click and keeps it until it is done.

    notified: a Toast. chosen: the id of the signal in the ticket. drawn: what the price chart shows
    of the ticket, a ChartOrder or None. symbol_wanted: a symbol to be charted, of the account.
    stop_pressed: sent at every press; press_stop latches it, with or without an engine.
    settings_changed: the engine has taken new ones. drill_moved: the steps of a stop drill.
    teach_wanted: the TeachSubject to be marked, once its page is open.
    account: whom the wishes are about. live: some account trades real money.
    """

    notified = Signal(object)
    chosen = Signal(str)
    drawn = Signal(object)
    symbol_wanted = Signal(str, object)
    page_wanted = Signal(str)
    teach_wanted = Signal(object)
    stop_pressed = Signal()
    settings_changed = Signal()
    drill_moved = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, press_stop: Callable[[str], None] = no_stop
    ) -> None:
        super().__init__(parent)
        self.account: Account | None = None
        self.live = False
        self._door: EngineDoor | None = None
        self._press_stop = press_stop
        self._running: set[asyncio.Task[Any]] = set()

    def connect_engine(self, door: EngineDoor) -> None:
        self._door = door

    def disconnect_engine(self) -> None:
        self._door = None

    @property
    def connected(self) -> bool:
        return self._door is not None

    def do(self, wish: Coroutine[Any, Any, Any]) -> None:
        """Run a wish from a click; it is kept until it is done."""
        try:
            task = asyncio.get_running_loop().create_task(wish)
        except RuntimeError:
            wish.close()
            self.say(Tone.BAD, "The panel is closing", "nothing was asked of the engine")
            return
        self._running.add(task)
        task.add_done_callback(self._finish)

    def say(self, tone: Tone, title: str, text: str = "", icon: str = "") -> None:
        mark = icon or ("warning" if tone in (Tone.BAD, Tone.AMBER) else "check")
        self.notified.emit(Toast(tone, mark, title, text))

    # ------------------------------------------------------------------ signals

    async def submit(self, text: str, provider: str = "paste") -> Answer:
        return await self.ask("Submit", lambda c: c.submit(Message(text, provider)))

    async def fire(self, signal: str, override: str | None = None) -> Answer:
        """override: the reason to fire over soft rules."""
        owner = self.account
        return await self.ask(f"Fire {signal}", lambda c: c.fire(signal, owner, override=override))

    def teach(self, subject: object) -> None:
        """Open the page on which a message's words are marked."""
        self.page_wanted.emit(PROVIDERS)
        self.teach_wanted.emit(subject)

    async def skip(self, signal: str) -> Answer:
        return await self.ask(f"Reject {signal}", lambda c: c.skip(signal))

    # ------------------------------------------------------------------ tickets

    async def close(
        self, ticket: int, fraction: Decimal | None = None, account: Account | None = None
    ) -> Answer:
        """account: the ticket's own; None = the one that the panel is about, as in all of these."""
        owner = account or self.account
        return await self.ask(f"Close {ticket}", lambda c: c.close(ticket, fraction, owner))

    async def modify(
        self, ticket: int, sl: Decimal | None, tp: Decimal | None, account: Account | None = None
    ) -> Answer:
        """None keeps a level, 0 removes it."""
        owner = account or self.account
        return await self.ask(f"Modify {ticket}", lambda c: c.modify(ticket, sl, tp, owner))

    async def breakeven(self, ticket: int, account: Account | None = None) -> Answer:
        owner = account or self.account
        return await self.ask(f"Break-even {ticket}", lambda c: c.breakeven(ticket, owner))

    async def cancel(self, ticket: int, account: Account | None = None) -> Answer:
        owner = account or self.account
        return await self.ask(f"Cancel {ticket}", lambda c: c.cancel(ticket, owner))

    # ------------------------------------------------------------------ pause, stop, resume

    async def pause(self, reason: str = "") -> Answer:
        async def wish(controls: Controls) -> Answer:
            return controls.pause(reason=reason)

        return await self.ask("Pause", wish)

    async def undo_pause(self) -> Answer:
        owner = self.account
        return await self.ask("Resume", lambda c: c.undo_pause(owner))

    def stop(self, source: str = BUTTON) -> None:
        """Latch the emergency stop from this thread; waits for no engine and no disk."""
        self._press_stop(source)
        self.stop_pressed.emit()

    async def drill(self) -> Answer:
        """Press the stop on demo accounts and measure it."""

        async def wish(controls: Controls) -> Answer:
            return answered(await controls.drill.run())

        return await self.ask("Stop drill", wish)

    async def resume(self, by_hand: frozenset[int] = frozenset(), *, flat: bool = False) -> Answer:
        """One step down: stopped, paused, running. by_hand: tickets the user sees to himself."""
        owner = self.account
        return await self.ask("Resume", lambda c: c.resume(by_hand, owner, flat=flat))

    async def start_fresh(self) -> Answer:
        """The EA puts its damaged files aside; the stop stays."""
        owner = self.account
        return await self.ask("Start fresh", lambda c: c.start_fresh(owner))

    async def resolve(
        self, signal: str, resolved_as: str, account: Account | None = None
    ) -> Answer:
        owner = account or self.account
        return await self.ask(f"Resolve {signal}", lambda c: c.resolve(signal, resolved_as, owner))

    async def settings(self, changes: Mapping[str, object]) -> Answer:
        async def wish(controls: Controls) -> Answer:
            return controls.settings(changes)

        answer = await self.ask("Settings", wish)
        if answer.ok:
            self.settings_changed.emit()
        return answer

    async def look(self) -> list[Look]:
        """Where every account stands now; nothing while there is no engine."""
        return [] if self._door is None else await self._door.look()

    # ------------------------------------------------------------------ asking

    async def ask(self, what: str, wish: Wish, *, aloud: bool = True) -> Answer:
        """Any wish; what: its name in a message. aloud False = whoever asks tells it himself."""
        answer = await self._asked(wish)
        return self._told(what, answer) if aloud else answer

    async def _asked(self, wish: Wish) -> Answer:
        if self._door is None:
            text = "the engine is still starting: try again when the strip shows an account"
            return Answer(False, "NOT_STARTED", text)
        try:
            return await self._door.ask(wish)
        except Exception as failure:  # noqa: BLE001 - the boundary of a wish: it is told, not lost
            text = f"{failure or type(failure).__name__}: look at the log and at the account"
            return Answer(False, type(failure).__name__, text)

    def _told(self, what: str, answer: Answer) -> Answer:
        if not answer.ok:
            self.say(Tone.BAD, f"{what} was refused", answer.text or answer.code, "cross")
        elif answer.text:
            self.say(Tone.AMBER, what, answer.text)
        return answer

    def _finish(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.say(Tone.BAD, "That did not work", str(task.exception()))
