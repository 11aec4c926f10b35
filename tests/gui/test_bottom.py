"""The tabs at the bottom, fed with events, and on the real simulated terminal."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from signalos_desktop.app.panel import Panel
from signalos_desktop.domain.receipt import ReceiptStatus
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.models.table import Role
from signalos_desktop.ui.panels.bottom import BottomTabs
from signalos_desktop.ui.panels.ticket_bar import Levels, widens
from signalos_desktop.ui.theme.theme import Theme
from tests.gui.panel_run import Play, fire, running, until
from tests.gui.panel_samples import (
    ACCOUNT,
    account_changed,
    closed,
    command_changed,
    deal_seen,
    opened,
    order_changed,
    position,
    receipt_read,
    symbols_changed,
)


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def tabs(qtbot: QtBot, theme: Theme, bus: EventBus) -> BottomTabs:
    made = BottomTabs(theme, bus, Actions())
    made.resize(1322, 260)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(tabs: BottomTabs, row: int = 0) -> dict[str, str]:
    model = tabs.positions
    model.flush()
    return {c.key: model.index(row, n).data() for n, c in enumerate(model.columns)}


def test_a_position_stands_in_mt5s_columns_to_the_point_and_the_cent(
    tabs: BottomTabs, bus: EventBus
) -> None:
    bus.publish(opened(position(sl=None)))
    bus.publish(symbols_changed())
    bus.publish(account_changed())
    cells = shown(tabs)
    assert list(cells)[:6] == ["symbol", "ticket", "time", "type", "volume", "opened"]
    assert (cells["opened"], cells["sl"], cells["tp"]) == ("1.08412", "", "1.08812")
    assert (cells["volume"], cells["profit"], cells["swap"]) == ("0.40", "+48.80", "−1.20")


def test_five_thousand_positions_and_none(tabs: BottomTabs, bus: EventBus) -> None:
    held = [position(number) for number in range(1, 5001)]
    for one in held:
        bus.publish(opened(one))
    tabs.positions.flush()
    assert tabs.positions.rowCount() == 5000
    assert tabs.tabs.current == "positions"
    for one in held:
        bus.publish(closed(one))
    tabs.positions.flush()
    assert tabs.positions.rowCount() == 0


def test_long_and_right_to_left_comments_break_nothing(tabs: BottomTabs, bus: EventBus) -> None:
    bus.publish(opened(position(1, comment="x" * 10_000)))
    bus.publish(opened(position(2, comment="مرحبا\nسطر", profit="NaN")))
    tabs.positions.flush()
    tabs.grab()
    assert len(shown(tabs)["comment"]) == 200
    assert shown(tabs, 1)["profit"] == "unknown"


def test_an_unclear_command_makes_amber_rows_and_a_count(tabs: BottomTabs, bus: EventBus) -> None:
    bus.publish(opened(position(48219031)))
    bus.publish(command_changed(5, ticket=48219031))
    bus.publish(receipt_read(5, ReceiptStatus.UNKNOWN, "timeout"))
    for model in (tabs.positions, tabs.commands):
        model.flush()
        assert model.index(0, 0).data(Role.TINT) == "amber_bg"
    bus.publish(receipt_read(5))
    for model in (tabs.positions, tabs.commands):
        model.flush()
        assert model.index(0, 0).data(Role.TINT) == ""


def test_every_tab_shows_what_came_in(tabs: BottomTabs, bus: EventBus) -> None:
    bus.publish(order_changed())
    bus.publish(deal_seen(3))
    bus.publish(command_changed(1))
    for key, model in (
        ("orders", tabs.orders),
        ("history", tabs.deals),
        ("commands", tabs.commands),
        ("journal", tabs.journal),
    ):
        tabs.show_tab(key)
        model.flush()
        assert model.rowCount() >= 1
        tabs.grab()


def test_what_happens_while_the_journal_is_read_is_not_lost(
    tabs: BottomTabs, bus: EventBus
) -> None:
    bus.publish(opened(position()))
    tabs.load_journal(())
    assert [row.text.partition(":")[0] for row in tabs.journal.shown_rows()] == ["position opened"]


def test_widening_a_stop_has_to_be_pressed_twice(tabs: BottomTabs, bus: EventBus) -> None:
    sent: list[tuple[object, ...]] = []
    tabs.bar.changed.connect(lambda *change: sent.append(change))
    bus.publish(opened(position(7)))
    tabs.positions.flush()
    key = tabs.positions.key_at(0)
    view = tabs.panels["positions"].view
    view.activated_row.emit(key)
    tabs.bar.sl.set_text("1.08000")
    QTest.keyClick(tabs.bar, Qt.Key.Key_Return)
    assert sent == []
    QTest.keyClick(tabs.bar, Qt.Key.Key_Return)
    [(levels, sl, tp)] = sent
    assert isinstance(levels, Levels)
    assert (levels.account, levels.ticket, sl, tp) == (ACCOUNT, 7, Decimal("1.08000"), None)
    assert tabs.bar.isHidden()


def test_the_bar_goes_when_its_position_does(tabs: BottomTabs, bus: EventBus) -> None:
    held = position(7)
    bus.publish(opened(held))
    tabs.positions.flush()
    tabs.panels["positions"].view.acted.emit(tabs.positions.key_at(0), "close")
    assert tabs.bar.isVisible()
    bus.publish(closed(held))
    assert tabs.bar.isHidden()


def test_only_more_loss_counts_as_wider() -> None:
    held = position()
    levels = Levels(ACCOUNT, 7, "", held.side, held.sl, held.tp)
    assert widens(levels, Decimal(0))
    assert widens(levels, Decimal("1.08"))
    assert not widens(levels, Decimal("1.083"))
    assert not widens(levels, None)


def test_a_real_position_is_changed_halved_and_closed_from_its_row(play: Play) -> None:
    async def script(panel: Panel) -> None:
        await running(panel)
        tabs = panel.window.findChild(BottomTabs)
        assert isinstance(tabs, BottomTabs)
        ticket = await fire(panel, "SELL EURUSD SL 1.0900 TP 1.0600")
        book = panel.window.views.book
        assert book is not None
        await until(lambda: tabs.positions.rowCount() == 1, "the row")
        key = tabs.positions.key_at(0)
        row = tabs.positions.row(key)
        assert row is not None
        assert row.position.ticket == ticket
        before = row.position.volume
        acted = tabs.panels["positions"].view.acted
        acted.emit(key, "edit")
        tabs.bar.tp.set_text("1.0590")
        tabs.bar.go.click()
        await until(lambda: book.positions[ticket].tp == Decimal("1.0590"), "the new T/P")
        acted.emit(key, "half")
        tabs.bar.go.click()
        await until(lambda: book.positions[ticket].volume < before, "the half")
        acted.emit(key, "close")
        tabs.bar.go.click()
        await until(lambda: tabs.positions.rowCount() == 0, "no row")
        await until(lambda: tabs.commands.rowCount() == 4, "the commands")
        assert {row.outcome.value for row in tabs.commands.shown_rows()} == {"Filled"}
        assert tabs.deals.total() >= 3

    play(script)
