"""Outside the hours and around news the account pauses by itself, and resting orders go in time."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signalos_desktop.domain.news import Calendar, Impact, NewsEvent
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.domain.trading_state import PauseReason, StopLevel
from signalos_desktop.engine.events import Alarm, StateChanged
from signalos_desktop.engine.quiet_times import AGAIN_S, QuietTimes
from signalos_desktop.engine.stop_latch import StopPress
from tests.helpers.rig import EURUSD, NOON, Rig, play, position, receipt, resting, snapshot

PAYROLLS = NewsEvent(NOON + timedelta(minutes=10), "USD", Impact.HIGH, "Payrolls")
RATES = NewsEvent(NOON + timedelta(minutes=10), "NZD", Impact.HIGH, "Rates")
NZDJPY = replace(EURUSD, name="NZDJPY", currency_base="NZD", currency_profit="JPY")


def begin(rig: Rig, *events: NewsEvent, **changes: object) -> None:
    """Two minutes before and after news, and a calendar of this minute."""
    rules = {"news.before_min": 2, "news.after_min": 2, **changes}
    rig.pipeline.settings = rig.settings.with_changes(rules)
    QuietTimes(rig.pipeline, rig.bus, rig.clock)
    rig.desk.calendar = Calendar(tuple(sorted(events, key=lambda one: one.time)), rig.clock.now())
    rig.open_for_business()
    rig.desk.judge("start")


async def until(rig: Rig, moment: datetime, **shown: Any) -> frozenset[PauseReason]:
    """The reasons after a heartbeat at this moment."""
    rig.clock.move((moment - rig.clock.now()).total_seconds())
    rig.feed(snapshot(rig.clock, **shown))
    await rig.settle()
    return rig.desk.safety.reasons


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def cancels(rig: Rig) -> list[int | None]:
    return [row.ticket for row in rig.bridge.outbox.rows if row.action.value == "CANCEL"]


def test_news_that_hold_every_symbol_pause_the_account_and_let_it_go_again(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS)
        assert await until(rig, minutes(7.9)) == frozenset()
        assert await until(rig, minutes(8)) == {PauseReason.NEWS}
        assert "USD Payrolls at" in rig.ledger.replay().states[-1].source
        signal = await rig.submit()
        item = rig.inbox.get(signal)
        assert item is not None
        assert (item.state.value, item.reason.split(";")[0]) == ("skipped_paused", "paused (news)")
        assert await until(rig, minutes(12)) == {PauseReason.NEWS}
        assert await until(rig, minutes(12.1)) == frozenset()
        told = [(one.state.name, *sorted(one.reasons)) for one in rig.told(StateChanged)]
        assert told[-2:] == [("PAUSED", "news"), ("RUNNING",)]

    play(tmp_path, scene)


@pytest.mark.parametrize(("scope", "reasons"), [("symbol", set()), ("account", {"news"})])
def test_other_symbols_go_on_unless_the_whole_account_shall_rest(
    tmp_path: Path, scope: str, reasons: set[str]
) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, RATES, **{"news.scope": scope})
        symbols = (EURUSD, NZDJPY)
        assert await until(rig, minutes(9), symbols=symbols) == {PauseReason(r) for r in reasons}
        signal = await rig.submit()
        refusal = await rig.pipeline.fire(signal, rig.desk, by_user=True)
        assert (refusal is None) is (scope == "symbol")

    play(tmp_path, scene)


def test_a_calendar_of_no_use_pauses_until_there_is_another(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig)
        rig.desk.calendar = Calendar()
        assert await until(rig, minutes(1)) == {PauseReason.NEWS}
        rig.desk.calendar = Calendar((), minutes(1))
        assert await until(rig, minutes(2)) == frozenset()
        rig.desk.calendar = Calendar()
        rig.pipeline.settings = rig.pipeline.settings.with_change("news.file", "on its way")
        assert await until(rig, minutes(3)) == frozenset()
        rig.desk.calendar = Calendar(problem="no CSV")
        assert await until(rig, minutes(4)) == {PauseReason.NEWS}
        rig.pipeline.settings = rig.pipeline.settings.with_change("news.missing", "warn")
        assert await until(rig, minutes(5)) == frozenset()

    play(tmp_path, scene)


def test_outside_the_hours_of_everybody_the_account_pauses(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, **{"hours.windows": "Wed 12:00-12:30"})
        assert await until(rig, minutes(29)) == frozenset()
        assert await until(rig, minutes(30)) == {PauseReason.SESSION}
        late = {"strategy.late.hours.windows": "Wed 12:00-13:00", "strategy.for": "vip=late"}
        rig.pipeline.settings = rig.pipeline.settings.with_changes(late)
        assert await until(rig, minutes(31)) == frozenset()
        assert await until(rig, minutes(60)) == {PauseReason.SESSION}
        rig.pipeline.settings = rig.pipeline.settings.with_change("hours.windows", "")
        assert await until(rig, minutes(61)) == frozenset()

    play(tmp_path, scene)


def test_a_resting_order_is_taken_back_before_the_window_and_that_is_said(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS)
        shown = {
            "orders": (resting(101, NOON), resting(102, NOON, magic=1)),
            "positions": (position(7, NOON), position(8, NOON, magic=1)),
        }
        await until(rig, minutes(7.4), **shown)
        assert cancels(rig) == []
        await until(rig, minutes(7.5), **shown)
        [row] = rig.bridge.outbox.rows
        assert (row.action.value, row.ticket) == ("CANCEL", 101)
        [entry] = [known.entry for known in rig.ledger.replay().commands]
        assert "news.resting: USD Payrolls" in entry.source
        await until(rig, minutes(7.7), **shown)
        [alarm] = [one for one in rig.told(Alarm) if one.code == "NEWS_AHEAD"]
        assert "BUY_LIMIT 0.1 EURUSD (101) is taken back" in alarm.text
        assert "BUY 0.3 EURUSD (7) stays open" in alarm.text
        assert "102" not in alarm.text

    play(tmp_path, scene)


def test_of_many_trades_some_are_named_and_the_rest_is_counted(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS)
        held = tuple(position(ticket, NOON) for ticket in range(1, 31))
        await until(rig, minutes(9), positions=held)
        [alarm] = [one for one in rig.told(Alarm) if one.code == "NEWS_AHEAD"]
        assert alarm.text.count("stays open") == 20
        assert alarm.text.endswith("and 10 more")

    play(tmp_path, scene)


def test_a_cancel_that_was_refused_is_asked_again(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS)
        orders = (resting(101, NOON),)
        await until(rig, minutes(8), orders=orders)
        [row] = rig.bridge.outbox.rows
        frozen = receipt(row.cmd_id, ReceiptStatus.REJECTED)
        rig.clock.move(1)
        rig.feed(snapshot(rig.clock, orders=orders, receipts=(frozen,)))
        await rig.settle()
        assert cancels(rig) == [101]
        await until(rig, minutes(8) + timedelta(seconds=AGAIN_S), orders=orders)
        assert cancels(rig) == [101, 101]

    play(tmp_path, scene)


def test_what_shall_be_kept_is_kept_and_said(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS, **{"news.resting": "keep"})
        await until(rig, minutes(9), orders=(resting(101, NOON), resting(1, NOON, symbol="?")))
        assert cancels(rig) == []
        [alarm] = [one for one in rig.told(Alarm) if one.code == "NEWS_AHEAD"]
        assert "(101) is kept" in alarm.text

    play(tmp_path, scene)


def test_the_rules_of_the_order_s_own_provider_count(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        mine = {"strategy.mine.news.resting": "keep", "strategy.for": "vip=mine"}
        begin(rig, PAYROLLS, **mine)
        text = "EURUSD BUY LIMIT 1.07900 SL 1.07600 TP 1.08500"
        signal = await rig.submit(text, provider="vip")
        assert await rig.pipeline.fire(signal, rig.desk, by_user=True) is None
        await rig.settle()
        [row] = rig.bridge.outbox.rows
        order = resting(101, NOON, comment=row.comment)
        await until(rig, minutes(9), orders=(order, resting(102, NOON)))
        assert cancels(rig) == [102]
        rig.pipeline.settings = rig.pipeline.settings.with_change("strategy.for", "")
        await until(rig, minutes(9.5), orders=(order,))
        assert cancels(rig) == [102, 101]
        last = rig.ledger.replay().commands[-1].entry
        assert (last.signal, last.command.ticket) == (signal, 101)

    play(tmp_path, scene)


def test_any_pause_takes_resting_orders_back_where_that_is_set(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, **{"pending.on_pause": "cancel"})
        orders = (resting(101, NOON),)
        await until(rig, minutes(1), orders=orders)
        assert cancels(rig) == []
        rig.desk.safety.pause(PauseReason.THROTTLE)
        await until(rig, minutes(2), orders=orders)
        assert cancels(rig) == [101]

    play(tmp_path, scene)


def test_a_stop_and_another_panel_leave_nothing_to_do(tmp_path: Path) -> None:
    async def scene(rig: Rig) -> None:
        begin(rig, PAYROLLS)
        rig.desk.fenced = True
        orders = (resting(101, NOON),)
        assert await until(rig, minutes(9), orders=orders) == frozenset()
        rig.desk.fenced = False
        rig.desk.safety.stop(StopPress("p", StopLevel.HALT, "test"), rig.clock.monotonic())
        await until(rig, minutes(9.5), orders=orders)
        assert cancels(rig) == []

    play(tmp_path, scene)
