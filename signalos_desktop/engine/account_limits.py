"""Checks the account's limits at every snapshot: floors, warnings, pauses, the look at midnight."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from signalos_desktop.domain.equity import AccountState
from signalos_desktop.domain.risk.account_limits import (
    SERVER_ZONE,
    AccountLimit,
    DayResume,
    LimitAction,
    LimitRules,
    Reference,
    limits_of,
)
from signalos_desktop.domain.risk.anchors import Course
from signalos_desktop.domain.risk.floors import (
    Anchor,
    Floor,
    day_result,
    floor_of,
    next_day_floor,
)
from signalos_desktop.domain.risk.periods import Period, next_start
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.domain.values import Account, iso_ms, plain
from signalos_desktop.engine import limit_words as words
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.entries import Replay
from signalos_desktop.engine.events import AccountChanged, EaSeen, LimitsChanged
from signalos_desktop.engine.limits import LimitStanding, standing_of, worst_left
from signalos_desktop.engine.money_course import MoneyCourse
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.resting import cancel_resting, resting_tickets
from signalos_desktop.engine.stop_latch import StopLatch
from signalos_desktop.engine.stop_words import RULE

AGAIN_S = 5.0
SERVER_DAY = AccountLimit("Day", Period.DAY, SERVER_ZONE, Reference.BALANCE, Decimal(0))
CANCELLING = frozenset({PauseReason.DAILY_LOSS, PauseReason.DRAWDOWN})


@dataclass(slots=True)
class _Watched:
    """One account's course, and what was said of it already."""

    course: MoneyCourse
    said: set[tuple[str, str, str]]
    told: LimitsChanged | None = None
    state: AccountState | None = None
    cancelled_at: float = float("-inf")


class AccountLimits:
    """The limits of every account of a session; only the engine's loop calls it."""

    def __init__(
        self, pipeline: Pipeline, bus: EventBus, clock: Clock, latch: StopLatch, replay: Replay
    ) -> None:
        self._pipeline = pipeline
        self._bus = bus
        self._clock = clock
        self._latch = latch
        self._replay = replay
        self._watched: dict[Account, _Watched] = {}
        bus.subscribe(EaSeen, lambda event: self.look(event.account))
        bus.subscribe(AccountChanged, self._on_account)

    def _on_account(self, event: AccountChanged) -> None:
        """Look, unless the heartbeat of the same batch has seen this money already."""
        watched = self._watched.get(event.state.account)
        if watched is None or watched.state is not event.state:
            self.look(event.state.account)

    def look(self, account: Account) -> None:
        """Everything anew: floors for the rules, what must be said, what must be done.

        Without floors entries are refused: that stands until the end of a look that succeeds.
        """
        desk = self._pipeline.desks.get(account)
        if desk is None:
            return
        before, desk.floors = desk.floors, None
        rules = self._pipeline.limits(account)
        limits = limits_of(rules)
        watched = self._of(desk)
        watched.state = desk.book.state
        course = watched.course.look() if desk.bridge.means.prices else None
        if course is None:
            desk.floors = None if limits else ()
            return
        self._say_unexplained(desk, watched)
        found = self._floors(desk, watched.course, course, limits, rules)
        if not limits:
            desk.floors = ()
        elif watched.course.waiting:
            desk.floors = before or None
        elif found is not None:
            desk.floors = tuple(self._judge(desk, watched, course, rules, one) for one in found)
            self._midnight(desk, watched, course, rules, desk.floors)
            self._act(desk, watched, rules)
        self._tell(desk, watched, course)
        entries = watched.course.settle()
        if entries:
            desk.journal(*entries)

    def _of(self, desk: Desk) -> _Watched:
        account = desk.account
        if account not in self._watched:
            anchors = [e.anchor for e in self._replay.anchors if e.account == account]
            seen = [e.sighting for e in self._replay.sightings if e.account == account]
            course = MoneyCourse(desk, self._clock, anchors, seen[-1] if seen else None)
            self._watched[account] = _Watched(course, set())
        return self._watched[account]

    # ------------------------------------------------------------------ floors

    @staticmethod
    def _floors(
        desk: Desk,
        money: MoneyCourse,
        course: Course,
        limits: tuple[AccountLimit, ...],
        rules: LimitRules,
    ) -> list[tuple[Floor, Anchor]] | None:
        """None = one of them cannot be known yet."""
        state, found = desk.book.state, []
        for limit in limits:
            anchor, zone = money.anchor(limit), money.zone(limit)
            if anchor is None or zone is None or state is None:
                return None
            resets = next_start(course.now, limit.period, zone)
            moved = money.transfers(anchor.start)
            digits = state.currency_digits
            found.append((floor_of(limit, anchor, moved, rules, digits, resets), anchor))
        return found

    def _judge(
        self,
        desk: Desk,
        watched: _Watched,
        course: Course,
        rules: LimitRules,
        found: tuple[Floor, Anchor],
    ) -> Floor:
        """The floor with whether it is reached; what is new about it is said and done."""
        floor, anchor = found
        money = (course.balance, course.equity)
        if not floor.exact:
            self._say_once(desk, watched, anchor, "ANCHOR_ESTIMATED", floor, words.estimated)
        if floor.limit.trails and not rules.highest and watched.course.begun(floor.limit):
            self._say_once(desk, watched, anchor, "HIGHEST_NOT_KNOWN", floor, words.highest_unknown)
        reached = floor.left(*money) <= 0
        reason = _reason(floor)
        if reached and (not floor.breached or reason not in desk.safety.reasons):
            self._reach(desk, watched, rules, floor)
        elif floor.near(*money):
            self._say_once(desk, watched, anchor, "LIMIT_NEAR", floor, words.near)
        return replace(floor, breached=reached or floor.breached)

    def _reach(self, desk: Desk, watched: _Watched, rules: LimitRules, floor: Floor) -> None:
        if floor.limit.sticky and not floor.breached:
            watched.course.breach(floor.limit)
        reason = _reason(floor)
        stops = rules.action is LimitAction.STOP and not desk.safety.stopped
        if not desk.safety.pause(reason) and not stops:
            return
        text, step = words.reached(desk, floor)
        if stops:
            text += words.stop_reaches(self._pipeline.desks)
        desk.alarm("LIMIT_REACHED", text, step)
        if stops:
            self._latch.press(StopLevel.FLATTEN, f"{RULE}{floor.limit.name}")
        desk.judge(f"rule: {text}")

    # ------------------------------------------------------------------ acting

    def _act(self, desk: Desk, watched: _Watched, rules: LimitRules) -> None:
        floors = desk.floors or ()
        reached = any(floor.breached for floor in floors if floor.code == "DAILY_LOSS")
        over = rules.day_resume is DayResume.AUTOMATIC and floors and not reached
        if over and desk.safety.clear(PauseReason.DAILY_LOSS):
            desk.judge("rule: a new day has begun")
        standing = CANCELLING & desk.safety.reasons
        monotonic = self._clock.monotonic()
        if not standing or monotonic - watched.cancelled_at < AGAIN_S:
            return
        if resting_tickets(desk):
            watched.cancelled_at = monotonic
            source = f"rule: {', '.join(sorted(standing))}"
            desk.spawn(cancel_resting(desk, source, by_user=False))

    def _midnight(
        self,
        desk: Desk,
        watched: _Watched,
        course: Course,
        rules: LimitRules,
        floors: tuple[Floor, ...],
    ) -> None:
        """Before a day's reset: would what is open be below the next day's floor at once?"""
        ahead = timedelta(minutes=rules.check_before_min)
        for floor in floors:
            anchor = watched.course.anchor(floor.limit)
            if floor.limit.period is not Period.DAY or floor.resets is None or anchor is None:
                continue
            if floor.resets - course.now > ahead or course.equity >= course.balance:
                continue
            digits = desk.book.state.currency_digits if desk.book.state is not None else 2
            coming = next_day_floor(
                floor.limit, anchor, course.balance, course.equity, rules, digits
            )
            coming = replace(coming, resets=floor.resets)
            if coming.near(course.balance, course.equity):
                self._say_once(
                    desk, watched, anchor, "MIDNIGHT_CHECK", coming, words.before_midnight
                )

    # ------------------------------------------------------------------ telling

    def _say_once(
        self,
        desk: Desk,
        watched: _Watched,
        anchor: Anchor,
        code: str,
        floor: Floor,
        say: Callable[[Desk, Floor], tuple[str, str]],
    ) -> None:
        """An alarm once in a period."""
        key = (code, floor.limit.name, iso_ms(anchor.start))
        if key not in watched.said:
            watched.said.add(key)
            desk.alarm(code, *say(desk, floor))

    def _say_unexplained(self, desk: Desk, watched: _Watched) -> None:
        money = watched.course.unexplained()
        if money and not watched.course.waiting:
            text = f"the balance has moved by {plain(money)} and no deal says why"
            step = "look at the account's history in MT5: the limits count it as profit or loss"
            desk.alarm("BALANCE_UNEXPLAINED", text, step)

    def _tell(self, desk: Desk, watched: _Watched, course: Course) -> None:
        daily = (floor.limit for floor in desk.floors or () if floor.limit.daily)
        state, day = desk.book.state, watched.course.anchor(next(daily, SERVER_DAY))
        if state is None:
            return
        today = None
        if day is not None:
            moved = watched.course.transfers(day.start)
            today = day_result(course.equity, day, moved, state.currency_digits)
        standings: tuple[LimitStanding, ...] | None = None
        if desk.floors is not None:
            standings = tuple(standing_of(floor, state) for floor in desk.floors)
        left = worst_left(self._pipeline.exposure(desk).context()) if desk.floors else None
        changed = LimitsChanged(desk.account, state.currency, today, left, standings)
        if changed != watched.told:
            watched.told = changed
            self._bus.publish(changed)


def _reason(floor: Floor) -> PauseReason:
    daily = floor.code == "DAILY_LOSS"
    return PauseReason.DAILY_LOSS if daily else PauseReason.DRAWDOWN
