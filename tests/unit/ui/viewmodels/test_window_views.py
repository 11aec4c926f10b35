"""Strip, inbox, alarms and proof: events in, words out; no Qt."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain import parsing
from signalos_desktop.domain.ea_status import StopTicket
from signalos_desktop.domain.signal import Message
from signalos_desktop.domain.trading_state import PauseReason, StopLevel, TradingState
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.entries import SignalState
from signalos_desktop.engine.events import (
    AccountChanged,
    Alarm,
    EaSeen,
    OrderChanged,
    PositionChanged,
    SignalChanged,
    SignalRead,
    StateChanged,
    TerminalReady,
)
from signalos_desktop.engine.limits import Headroom
from signalos_desktop.engine.standings import Standing, Unclear
from signalos_desktop.ui.theme.tokens import Tone
from signalos_desktop.ui.viewmodels.alarms import MOST_BANNERS
from signalos_desktop.ui.viewmodels.book import Look
from signalos_desktop.ui.viewmodels.strip import clock_mark, ea_mark, room_of, stop_shown
from signalos_desktop.ui.viewmodels.views import Views
from tests.helpers.rig import ACCOUNT, NOON, SetClock, account_state, position, resting, status


class Bench:
    """The views with a bus to tell them things and a clock that is set."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.bus = EventBus()
        self.views = Views(self.bus, self.clock)
        self.bus.publish(TerminalReady(ACCOUNT, "1.0", 2))

    def state(self, state: TradingState, *reasons: PauseReason, **changes: object) -> StateChanged:
        event = StateChanged(ACCOUNT, state, frozenset(reasons), 0, 0, 0, StopLevel.NONE, "", ())
        event = replace(event, **changes)  # type: ignore[arg-type]
        self.bus.publish(event)
        return event

    def read(self, text: str, life_s: int | None = 60) -> None:
        expires = None if life_s is None else self.clock.now() + timedelta(seconds=life_s)
        self.bus.publish(SignalRead("S1", Message(text), parsing.read(text), expires))

    def look(self, event: StateChanged, *unclear: Unclear, actual: str = "1.5") -> None:
        limit = Headroom("OPEN_RISK", Decimal(6), Decimal(actual), "%")
        standing = Standing(event, (limit,), len(unclear), unclear)
        heard = status(self.clock.now())
        self.views.books.take_looks([Look(standing, heard, 0.0, 0.02)])

    def titles(self) -> list[str]:
        return [n.title for n in self.views.alarms.notices(self.views.book, str)]


def test_the_ea_is_alive_late_then_silent_and_its_clock_unknown() -> None:
    bench = Bench()
    views, clock = bench.views, bench.clock
    assert ea_mark(views.book, clock.monotonic(), None).figure == "waiting"
    bench.bus.publish(EaSeen(ACCOUNT, status(clock.now())))
    assert ea_mark(views.book, clock.monotonic(), 38).note == "0.0 s ago, 38 ms"
    assert clock_mark(views.book, clock.monotonic()).figure == "+0.00 s"
    clock.move(3)
    assert ea_mark(views.book, clock.monotonic(), None).colour == "amber"
    clock.move(2)
    assert ea_mark(views.book, clock.monotonic(), None).figure == "no answer 0:05"
    assert clock_mark(views.book, clock.monotonic()).figure == "unknown"


def test_room_is_what_the_limit_leaves_and_unknown_is_not_shown_as_room() -> None:
    bench = Bench()
    assert room_of(bench.views.book) is None
    bench.look(bench.state(TradingState.RUNNING))
    room = room_of(bench.views.book)
    assert room is not None
    assert (room.used, room.left) == (Decimal("1.5"), Decimal("4.5"))
    assert room.figure == "4.50 % of 6.00 %"


def test_the_stop_says_what_it_would_close_and_how_far_it_is() -> None:
    bench = Bench()
    assert stop_shown(bench.views.book, False, 0).positions is None
    bench.look(bench.state(TradingState.RUNNING))
    bench.bus.publish(PositionChanged(ACCOUNT, "opened", position(1, NOON)))
    bench.bus.publish(PositionChanged(ACCOUNT, "opened", position(2, NOON, magic=7)))
    bench.bus.publish(OrderChanged(ACCOUNT, "opened", resting(3, NOON)))
    shown = stop_shown(bench.views.book, False, 0)
    assert (shown.phase, shown.positions, shown.orders) == ("ready", 1, 1)
    assert stop_shown(bench.views.book, True, 0).positions == 2
    bench.state(TradingState.STOPPING)
    shown = stop_shown(bench.views.book, False, 2)
    assert (shown.phase, shown.left, shown.total) == ("stopping", 2, 2)
    bench.state(TradingState.STOPPED_NOT_FLAT, stop_level=StopLevel.FLATTEN)
    assert stop_shown(bench.views.book, False, 2).note == "2 still open"
    bench.state(TradingState.STOPPED_FLAT)
    assert stop_shown(bench.views.book, False, 2).phase == "flat"


def test_a_signal_counts_down_then_says_what_became_of_it() -> None:
    bench = Bench()
    inbox, clock = bench.views.inbox, bench.clock
    bench.read("EURUSD BUY 1.08 SL 1.07 TP 1.10")
    assert inbox.take() == ("S1",)
    assert inbox.line("S1", clock.now()).chip == "New"
    clock.move(45)
    bench.bus.publish(SignalChanged("S1", SignalState.READY, "passed"))
    line = inbox.line("S1", clock.now())
    assert (line.chip, line.age, line.life, line.dead) == ("Ready", "0:45", 0.25, False)
    bench.bus.publish(SignalChanged("S1", SignalState.DONE, "0 of 1 executed; REQUOTE"))
    line = inbox.line("S1", clock.now())
    assert (line.chip, line.tone, line.life) == ("Not filled", Tone.BAD, 0.0)


def test_an_alarm_stays_until_it_was_seen_and_is_counted() -> None:
    bench = Bench()
    alarm = Alarm(ACCOUNT, "LATE_FILL", "command 7 was filled after all", "look at it")
    bench.bus.publish(alarm)
    bench.bus.publish(alarm)
    [notice] = bench.views.alarms.notices(bench.views.book, str)
    assert notice.alarm
    assert "2 times" in notice.text
    assert "Next: look at it" in notice.text
    bench.views.alarms.put_away(notice.actions[0][0].partition(":")[2])
    assert bench.titles() == []


def test_too_many_alarms_are_counted_not_dropped() -> None:
    bench = Bench()
    for number in range(5):
        bench.bus.publish(Alarm(ACCOUNT, f"CODE_{number}", "text", "step"))
    titles = bench.titles()
    assert len(titles) == MOST_BANNERS
    assert titles[-1] == "2 more alarms"


def test_silence_doubt_and_pause_each_have_their_banner() -> None:
    bench = Bench()
    bench.bus.publish(EaSeen(ACCOUNT, status(NOON)))
    doubt = Unclear(12, "S1", "BUY", "EURUSD", Decimal("0.2"), NOON)
    bench.look(bench.state(TradingState.PAUSED, PauseReason.USER), doubt)
    notices = bench.views.alarms.notices(bench.views.book, str)
    assert [key for n in notices for key, _, _ in n.actions] == ["filled:S1", "not_filled:S1"]
    assert notices[-1].facts == (("Paused by you", "needs you"),)
    bench.clock.move(28)
    assert "has not answered for 0:28" in bench.titles()[0]
    bench.views.alarms.set_engine_silent(silent=True)
    assert bench.titles()[0] == "The engine does not answer"


def test_the_proof_counts_each_ticket_and_flat_is_the_accounts_word() -> None:
    bench = Bench()
    proof = bench.views.proof
    bench.bus.publish(AccountChanged(account_state()))
    bench.bus.publish(PositionChanged(ACCOUNT, "opened", position(1, NOON)))
    bench.bus.publish(OrderChanged(ACCOUNT, "opened", resting(3, NOON)))
    proof.press()
    bench.clock.move(1)
    tried = StopTicket(1, "EURUSD", Decimal("0.1"), 10004, 2, 0)
    bench.state(TradingState.STOPPING, tickets=(tried,))
    assert (proof.settled, proof.total) == (0, 2)
    assert "Requote" in proof.answer(proof.rows[1])[0]
    bench.bus.publish(OrderChanged(ACCOUNT, "closed", resting(3, NOON)))
    assert proof.headline(TradingState.STOPPING) == "1 of 2 flat"
    bench.bus.publish(PositionChanged(ACCOUNT, "closed", position(1, NOON)))
    assert proof.headline(TradingState.STOPPED_NOT_FLAT) == "Not proven flat"
    bench.state(TradingState.STOPPED_FLAT)
    assert proof.headline(TradingState.STOPPED_FLAT) == "2 of 2 flat"
    assert proof.by_us
    bench.state(TradingState.STOPPED_NOT_FLAT, verdict="EA_SILENT")
    assert proof.steps is not None
    assert proof.steps.flat is None
    bench.state(TradingState.PAUSED)
    assert proof.steps is None
