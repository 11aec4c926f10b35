"""Pauses an account outside its hours and around news, and takes resting orders back in time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from signalos_desktop.domain.news import Calendar, NewsEvent
from signalos_desktop.domain.position import Position, RestingOrder
from signalos_desktop.domain.risk.quiet import (
    LEAD,
    currencies_of,
    news_everywhere,
    news_near,
    outside_hours,
    said,
)
from signalos_desktop.domain.risk.rules import NewsResting, RiskRules
from signalos_desktop.domain.trading_state import PauseReason, TradingState
from signalos_desktop.domain.values import Account, iso_ms, plain
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.desk import Desk
from signalos_desktop.engine.events import EaSeen
from signalos_desktop.engine.pipeline import Pipeline
from signalos_desktop.engine.ports import Clock
from signalos_desktop.engine.resting import cancel_resting, resting_tickets
from signalos_desktop.engine.setting_strategies import FOR
from signalos_desktop.engine.stop_words import MOST_LISTED

AGAIN_S = 5.0
NEXT_STEP = (
    "a firm may count an S/L, T/P or order that is filled near news as a trade: close what must not"
    " be, and place again later what was taken back"
)


@dataclass(slots=True)
class _Seen:
    """What was said of events and done in one account."""

    said: set[str] = field(default_factory=set)
    cancelled_at: float = float("-inf")


class QuietTimes:
    """Looks at every heartbeat of an Expert Advisor; only the engine's loop calls it.

    An account is paused only while every entry would be refused; the rest is for the rules.
    """

    def __init__(self, pipeline: Pipeline, bus: EventBus, clock: Clock) -> None:
        self._pipeline = pipeline
        self._clock = clock
        self._seen: dict[Account, _Seen] = {}
        bus.subscribe(EaSeen, self._tick)

    def _tick(self, event: EaSeen) -> None:
        desk = self._pipeline.desks.get(event.account)
        if desk is None or desk.fenced:
            return
        now, rules = self._clock.now(), self._rules(desk.account)
        specs = desk.book.specs.values()
        self._hold(desk, PauseReason.SESSION, [outside_hours(one, now) for one in rules])
        if not self._reading(desk):
            news = [news_everywhere(desk.calendar, one, specs, now) for one in rules]
            self._hold(desk, PauseReason.NEWS, news)
        if desk.safety.stopped:
            return
        near = any(news_near(desk.calendar, one, None, now, LEAD) for one in rules)
        if near:
            self._tell_ahead(desk, now)
        if near or self._cancels_when_paused:
            self._take_back(desk, now)

    def _of(self, desk: Desk) -> _Seen:
        return self._seen.setdefault(desk.account, _Seen())

    def _rules(self, account: Account) -> list[RiskRules]:
        """All the rules that an entry in the account may be judged by."""
        settings = self._pipeline.settings
        names = ("", *settings.mapping(FOR))
        return [settings.applied(name, str(account)).rules for name in names]

    def _rules_for(self, desk: Desk, one: Position | RestingOrder) -> RiskRules:
        """Those of who asked for it."""
        tracked = desk.flight.tracked.get(desk.flight.tagged(one) or 0)
        signal = tracked.entry.signal if tracked is not None else None
        item = self._pipeline.inbox.get(signal) if signal is not None else None
        provider = item.entry.message.provider if item is not None else ""
        return self._pipeline.settings.applied(provider, str(desk.account)).rules

    def _reading(self, desk: Desk) -> bool:
        """True while the calendar is on its way: entries are refused one by one so long."""
        return bool(self._pipeline.settings.text("news.file")) and desk.calendar == Calendar()

    @staticmethod
    def _hold(desk: Desk, reason: PauseReason, whys: list[str]) -> None:
        """Pause while every set of rules says why, and go on by itself."""
        if all(whys):
            if desk.safety.pause(reason):
                desk.judge(f"rule: {whys[0]}")
        elif desk.safety.clear(reason):
            desk.judge(f"rule: {reason} is over")

    # ------------------------------------------------------------------ what rests and is open

    def _tell_ahead(self, desk: Desk, now: datetime) -> None:
        """Say once of every event what it means for what is open and what rests."""
        touched: dict[str, list[str]] = {}
        for about, text in self._touched(desk, now):
            touched.setdefault(about, []).append(text)
        said_before = self._of(desk).said
        for about, texts in touched.items():
            if about not in said_before:
                said_before.add(about)
                listed = texts[:MOST_LISTED]
                if len(texts) > MOST_LISTED:
                    listed.append(f"and {len(texts) - MOST_LISTED} more")
                desk.alarm("NEWS_AHEAD", f"{about}; {', '.join(listed)}", NEXT_STEP)

    def _touched(self, desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
        """Ours in symbols whose window is on or near: the event, and what becomes of each."""
        magic = desk.bridge.magic
        for held in desk.book.positions.values():
            if held.magic == magic:
                side, lots = held.side.upper(), plain(held.volume)
                text = f"{side} {lots} {held.symbol} ({held.ticket}) stays open"
                yield from self._near(desk, held, now, text)
        for order in desk.book.orders.values():
            if order.magic == magic:
                kept = self._rules_for(desk, order).news_resting is NewsResting.KEEP
                text = f"{order.type} {plain(order.volume)} {order.symbol} ({order.ticket})"
                text += " is kept" if kept else " is taken back"
                yield from self._near(desk, order, now, text)

    def _near(
        self, desk: Desk, one: Position | RestingOrder, now: datetime, text: str
    ) -> Iterator[tuple[str, str]]:
        event, rules = self._event(desk, one, now)
        if event is not None:
            yield said(event, rules), text

    # ------------------------------------------------------------------ taking back

    def _take_back(self, desk: Desk, now: datetime) -> None:
        """Cancel the resting orders that must not fill now; asked again until they are gone."""
        seen, monotonic = self._of(desk), self._clock.monotonic()
        if monotonic - seen.cancelled_at < AGAIN_S:
            return
        paused = desk.standing().state is TradingState.PAUSED and self._cancels_when_paused
        wanted: dict[str, list[int]] = {}
        for ticket in resting_tickets(desk):
            why = f"rule: pending.on_pause: {', '.join(sorted(desk.safety.reasons))}"
            if not paused:
                why = self._why_back(desk, desk.book.orders[ticket], now)
            if why:
                wanted.setdefault(why, []).append(ticket)
        for source, tickets in wanted.items():
            seen.cancelled_at = monotonic
            desk.spawn(cancel_resting(desk, source, by_user=False, tickets=tickets))

    @property
    def _cancels_when_paused(self) -> bool:
        return self._pipeline.settings.text("pending.on_pause") == "cancel"

    def _why_back(self, desk: Desk, order: RestingOrder, now: datetime) -> str:
        """The rule by which a resting order is taken back; empty = it stays."""
        event, rules = self._event(desk, order, now)
        if event is None or rules.news_resting is NewsResting.KEEP:
            return ""
        return f"rule: news.resting: {event.currency} {event.title} at {iso_ms(event.time)}"

    def _event(
        self, desk: Desk, one: Position | RestingOrder, now: datetime
    ) -> tuple[NewsEvent | None, RiskRules]:
        """The event that it should not be filled near, by its own rules."""
        rules, spec = self._rules_for(desk, one), desk.book.specs.get(one.symbol)
        if spec is None:
            return None, rules
        return news_near(desk.calendar, rules, currencies_of(spec), now, LEAD), rules
