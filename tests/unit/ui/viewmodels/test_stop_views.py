"""A stop in the panel's words: its banner, its tickets that wait, the runbook's sections; no Qt."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from signalos_desktop.domain.ea_status import StopTicket
from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Alarm, EaSeen, PositionChanged, StateChanged
from signalos_desktop.ui.theme.resources import RESOURCES
from signalos_desktop.ui.viewmodels.runbook import Section, read_runbook
from signalos_desktop.ui.viewmodels.views import Views
from tests.helpers.rig import ACCOUNT, NOON, SetClock, position, status


class Bench:
    def __init__(self) -> None:
        self.clock, self.bus = SetClock(), EventBus()
        self.views = Views(self.bus, self.clock)

    def state(self, state: TradingState, **told: object) -> None:
        event = StateChanged(ACCOUNT, state, frozenset(), 0, 0, 0, StopLevel.FLATTEN, "", ())
        self.bus.publish(replace(event, **told))  # type: ignore[arg-type] # the test names fields

    def banners(self) -> list[str]:
        notices = self.views.alarms.notices(self.views.book, lambda at: f"{at:%H:%M:%S}")
        return [notice.title for notice in notices]


@pytest.mark.parametrize("state", [TradingState.STOPPED_FLAT, TradingState.STOPPED_NOT_FLAT])
def test_the_banner_says_who_when_what_and_when_it_was_looked_at(state: TradingState) -> None:
    bench = Bench()
    bench.bus.publish(EaSeen(ACCOUNT, status(NOON)))
    bench.clock.move(4)
    stopped = NOON - timedelta(hours=1)
    bench.state(state, stopped_by="you (key)", stopped_at=stopped, open_positions=2)
    [title] = bench.banners()
    assert title == "Stopped by you (key) at 11:00:00. 2 positions, 0 orders, checked 12:00:00."


def test_what_is_not_known_is_not_said() -> None:
    bench = Bench()
    bench.state(TradingState.STOPPED_FLAT, unresolved=1)
    assert bench.banners() == ["Stopped. 0 positions, 0 orders, 1 unclear, never checked."]


def test_while_it_stops_there_is_no_banner_of_the_end() -> None:
    bench = Bench()
    bench.state(TradingState.STOPPING, stopped_by="you (key)")
    assert bench.banners() == []


@pytest.mark.parametrize(
    ("retcode", "next_step"),
    [(10018, "waits for the market to open"), (10004, "the EA tries again")],
)
def test_a_ticket_that_waits_for_the_market_says_so(retcode: int, next_step: str) -> None:
    bench = Bench()
    bench.bus.publish(EaSeen(ACCOUNT, status(NOON)))
    bench.bus.publish(PositionChanged(ACCOUNT, "opened", position(7, NOON)))
    tried = StopTicket(7, "EURUSD", Decimal(1), retcode, 1, 0)
    bench.state(TradingState.STOPPING, tickets=(tried,))
    words, after = bench.views.proof.answer(bench.views.proof.rows[7])
    assert (words.split()[0], after) == (str(retcode), next_step)


def test_an_alarm_about_a_stop_presses_until_it_is_seen_and_names_the_broker() -> None:
    bench = Bench()
    bench.views.alarms.broker_phone = "+44 20 5550 0100"
    for _ in range(2):
        bench.bus.publish(Alarm(ACCOUNT, "NOT_FLAT_NO_CONNECTION", "no connection", "call"))
    [notice] = bench.views.alarms.notices(bench.views.book, str)
    assert "2 times" in notice.text
    assert "+44 20 5550 0100" in notice.text
    assert bench.views.alarms.pressing
    bench.views.alarms.put_away(f"NOT_FLAT_NO_CONNECTION {ACCOUNT}")
    assert not bench.views.alarms.pressing


def test_a_runbook_is_sections_of_lines() -> None:
    text = "# Title\nnot shown\n\n## One\n1. a\n\n2. b\n## Two\n"
    assert read_runbook(text) == (Section("One", ("1. a", "2. b")), Section("Two", ()))


def test_the_runbook_that_is_shipped_has_a_way_out_of_each_alarm() -> None:
    sections = read_runbook((RESOURCES / "help" / "runbook.md").read_text(encoding="utf-8"))
    titles = " ".join(section.title for section in sections)
    for what in ("STOP NOT DELIVERED", "does not answer", "not flat", "FLOW_MISMATCH", "start"):
        assert what in titles
    assert all(section.lines for section in sections)
