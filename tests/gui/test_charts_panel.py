"""The column of charts, fed with events."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.position import DealEntry
from signalos_desktop.domain.values import Side
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.panels.chart_column import ChartColumn
from signalos_desktop.ui.panels.chart_levels import equity_mark, position_levels
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.viewmodels.ticket import ChartOrder
from tests.gui.panel_samples import (
    ACCOUNT,
    START,
    account_changed,
    deal_seen,
    opened,
    position,
    quotes,
    symbols_changed,
)


class Watch:
    """The clock of the test."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def actions() -> Actions:
    return Actions()


@pytest.fixture
def column(
    qtbot: QtBot, theme: Theme, bus: EventBus, actions: Actions, watch: Watch
) -> ChartColumn:
    made = ChartColumn(theme, bus, actions, watch)
    made.resize(486, 465)
    qtbot.addWidget(made)
    made.show()
    bus.publish(symbols_changed())
    return made


def test_the_first_symbol_with_a_price_is_charted_and_follows_its_quotes(
    column: ChartColumn, bus: EventBus
) -> None:
    bus.publish(quotes(0, "1.08"))
    bus.publish(quotes(1, "1.09"))
    bus.publish(quotes(2, "2350", "XAUUSD"))
    assert (column.symbol, column.account) == ("EURUSD", ACCOUNT)
    assert column.price.series.size == 2
    assert column.price.series.last_close == 1.09
    column.show_symbol("XAUUSD")
    assert column.price.series.last_close == 2350
    column.grab()


def test_another_timeframe_keeps_what_was_seen(column: ChartColumn, bus: EventBus) -> None:
    for seconds in range(0, 300, 10):
        bus.publish(quotes(seconds, "1.08"))
    column.timeframe.set_current("M1")
    column.timeframe.chosen.emit("M1")
    assert column.price.series.size == 5


def test_equity_and_balance_follow_the_account_once_a_second(
    column: ChartColumn, bus: EventBus, watch: Watch
) -> None:
    bus.publish(account_changed("10000", "10001"))
    bus.publish(account_changed("10000", "10002"))
    watch.now += timedelta(seconds=1)
    bus.publish(account_changed("10000", "9990"))
    assert column.equity.series.size == 2
    assert column.equity.series.last == (START.timestamp() + 1, 10000, 9990)
    assert column.equity.drop is not None
    assert column.equity.drop.amount == 12


def test_the_ticket_and_a_chosen_position_put_their_levels_on_the_chart(
    column: ChartColumn, bus: EventBus, actions: Actions
) -> None:
    actions.account = ACCOUNT
    order = ChartOrder(
        "XAUUSD",
        Side.BUY,
        Decimal("2350"),
        Decimal("0.2"),
        Decimal("2340"),
        Decimal("20"),
        ((Decimal("2370"), Decimal("0.2"), Decimal("40")),),
    )
    actions.drawn.emit(order)
    assert column.symbol == "XAUUSD"
    bus.publish(opened(position()))
    actions.symbol_wanted.emit("EURUSD", ACCOUNT)
    assert column.symbol == "EURUSD"
    column.grab()


def test_levels_say_their_money_to_the_cent_and_their_price_to_the_point(
    column: ChartColumn,
) -> None:
    lines = position_levels([position()], ACCOUNT, column.instruments)
    assert [(line.label, line.tag) for line in lines] == [
        ("buy 0.40   48219031", "1.08412"),
        ("S/L   0.40   −80.00", "1.08212"),
        ("T/P   0.40   +160.00", "1.08812"),
    ]


def test_a_close_marks_the_side_of_its_position_and_a_deposit_marks_nothing() -> None:
    closing = equity_mark(deal_seen(1, profit="64.4").deal, 10.0)
    assert closing is not None
    assert (closing.side, closing.profit) == (Side.BUY, 63.0)
    opening = equity_mark(deal_seen(2, DealEntry.IN, "0", "BUY").deal, 10.0)
    assert opening is not None
    assert opening.profit is None
    assert equity_mark(deal_seen(3, DealEntry.IN, "500", "BALANCE").deal, 10.0) is None


def test_a_low_column_shows_one_chart_at_a_time(column: ChartColumn) -> None:
    column.resize(486, 200)
    assert not column.equity_frame.isVisible()
    column.which.set_current("Equity")
    column.which.chosen.emit("Equity")
    assert column.equity_frame.isVisible()
    assert not column.price_frame.isVisible()
