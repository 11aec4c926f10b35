"""What stands on the banners: alarms until somebody has seen them, silence, pause, stop, doubts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.domain.values import plain
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Alarm
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.standings import Unclear
from signalos_desktop.ui.theme.figures import clock_span, counted
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.book import AccountBook
from signalos_desktop.ui.viewmodels.stop_notice import ENDED, stop_words
from signalos_desktop.ui.viewmodels.strip import reason_words

MOST_BANNERS = 3
SEEN, FILLED, NOT_FILLED, STEPS = "seen", "filled", "not_filled", "steps"


@dataclass(frozen=True, slots=True)
class Notice:
    """One banner. facts: (what, until when). actions: (key, words, icon)."""

    tone: Tone
    icon: str
    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str, str], ...] = ()
    alarm: bool = False


@dataclass(slots=True)
class Standing:
    """An alarm that nobody has put away yet."""

    alarm: Alarm
    first: datetime
    times: int = 1


class Alarms:
    """Keeps every alarm until the user says that it was seen; a repeated one is counted."""

    def __init__(self, bus: EventBus, clock: Clock) -> None:
        self._clock = clock
        self._standing: dict[str, Standing] = {}
        self.engine_silent_since: datetime | None = None
        self.failure = ""
        self.config_problem = ""
        self.broker_phone = ""
        self.new: list[Alarm] = []
        bus.subscribe(Alarm, self._on_alarm)

    @property
    def count(self) -> int:
        return len(self._standing)

    @property
    def pressing(self) -> bool:
        """Something stands that may cost money: it is heard again and again."""
        codes = [standing.alarm.code for standing in self._standing.values()]
        return self.engine_silent_since is not None or any(map(is_pressing, codes))

    def put_away(self, key: str) -> None:
        self._standing.pop(key, None)

    def set_engine_silent(self, *, silent: bool) -> None:
        self.engine_silent_since = self._clock.now() if silent else None

    def take_new(self) -> list[Alarm]:
        new, self.new = self.new, []
        return new

    def notices(
        self, book: AccountBook | None, show_time: Callable[[datetime], str]
    ) -> tuple[Notice, ...]:
        """Worst first; what does not fit is counted in the last one."""
        found = self._silences(book, self._clock.monotonic(), show_time)
        found += _doubts(book, show_time)
        silent = book is not None and book.silent(self._clock.monotonic())
        found += [
            self._alarm(key, standing, show_time)
            for key, standing in self._standing.items()
            # The banner of the silence says the same with the time that has passed.
            if not (silent and standing.alarm.code == "EA_SILENT")
        ]
        state = self._state_notice(book, show_time)
        rest = len(found) - MOST_BANNERS
        if rest > 0:
            more = Notice(
                Tone.BAD, "warning", f"{counted(rest, 'more alarm')}", "put one away to see it"
            )
            found = [*found[: MOST_BANNERS - 1], more]
        return (*found, *([state] if state is not None else []))

    def _on_alarm(self, event: Alarm) -> None:
        key = f"{event.code} {event.account or ''}".strip()
        known = self._standing.get(key)
        if known is None:
            self._standing[key] = Standing(event, self._clock.now())
            self.new.append(event)
        else:
            known.alarm = event
            known.times += 1

    def _silences(
        self, book: AccountBook | None, monotonic: float, show_time: Callable[[datetime], str]
    ) -> list[Notice]:
        found = []
        if self.failure:
            found.append(Notice(Tone.BAD, "warning", "The engine is not running", self.failure))
        if self.config_problem:
            title = "The settings on disk are damaged and not in force"
            found.append(Notice(Tone.BAD, "settings", title, self.config_problem))
        if self.engine_silent_since is not None:
            text = (
                f"since {show_time(self.engine_silent_since)}. STOP still works: it writes the "
                "stop file itself. Positions keep their S/L."
            )
            title = "The engine does not answer"
            found.append(Notice(Tone.BAD, "warning", title, text, alarm=True))
        waited = book.silence(monotonic) if book is not None else None
        if book is not None and waited is not None and book.silent(monotonic):
            stands = "is" if len(book.positions) == 1 else "are"
            open_ones = f"{counted(len(book.positions), 'position')} {stands} protected only by S/L"
            if not book.positions:
                open_ones = "No position was open then"
            title = f"The EA has not answered for {clock_span(int(waited))}. {open_ones}."
            text = "In MT5: is Algo Trading green? Is SignalOS at the top right of the chart?"
            text += self._broker() if book.positions else ""
            steps = ((STEPS, "Show me the steps", "info"),)
            found.append(Notice(Tone.BAD, "unlink", title, text, actions=steps, alarm=True))
        return found

    def _state_notice(
        self, book: AccountBook | None, show_time: Callable[[datetime], str]
    ) -> Notice | None:
        if book is None or book.state is None:
            return None
        state = book.state
        if state.state is TradingState.PAUSED:
            facts = tuple(reason_words(reason) for reason in sorted(state.reasons))
            text = f"Resume allows entries on {book.account} again; skipped signals stay skipped."
            return Notice(Tone.AMBER, "pause", "Paused", text, facts=facts)
        if state.state not in ENDED:
            return None
        title = stop_words(book, state, show_time, self._clock.now(), self._clock.monotonic())
        text = "Unlock to paused, look at it, then resume: nothing is opened again by itself."
        see = (("proof", "See the proof", "receipt"),)
        return Notice(Tone.PLAIN, "lock", title, text, actions=see)

    def _broker(self) -> str:
        """Where to reach the broker, if the settings know it."""
        return f" Your broker: {self.broker_phone}." if self.broker_phone else ""

    def _alarm(self, key: str, standing: Standing, show_time: Callable[[datetime], str]) -> Notice:
        alarm = standing.alarm
        times = f", {standing.times} times" if standing.times > 1 else ""
        title = f"{alarm.text[:1].upper()}{alarm.text[1:]}"
        text = f"{alarm.code} since {show_time(standing.first)}{times}. Next: {alarm.next_step}"
        pressing = is_pressing(alarm.code)
        text += self._broker() if pressing else ""
        actions = ((f"{SEEN}:{key}", "Seen", "check"),)
        return Notice(Tone.BAD, "bell", title, text, actions=actions, alarm=pressing)


def is_pressing(code: str) -> bool:
    """True for an alarm about positions that nobody may be watching."""
    return code.startswith(("STOP_", "NOT_FLAT", "LATE_FILL", "EA_SILENT"))


def _doubts(book: AccountBook | None, show_time: Callable[[datetime], str]) -> list[Notice]:
    """The must-resolve list: one notice for each signal with an unclear outcome."""
    if book is None or book.standing is None:
        return []
    return [_doubt(unclear, show_time) for unclear in book.standing.unclear]


def _doubt(unclear: Unclear, show_time: Callable[[datetime], str]) -> Notice:
    what = f"{unclear.action} {plain(unclear.lots)} {unclear.symbol}".replace("_", " ")
    title = f"Unclear: command {unclear.cmd_id}, {what}, since {show_time(unclear.since)}"
    text = "Look at Trade and History in MT5, then say what became of it. It is never sent again."
    actions: tuple[tuple[str, str, str], ...] = ()
    if unclear.signal is not None:
        actions = (
            (f"{FILLED}:{unclear.signal}", "It was filled", "check"),
            (f"{NOT_FILLED}:{unclear.signal}", "It was not", "cross"),
        )
    return Notice(Tone.AMBER, "question", title, text, actions=actions)
