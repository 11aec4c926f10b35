"""Bell, tray, account menu, resume summary, quitting: the small parts of the panel."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.domain.trading_state import StopLevel, TradingState
from signalos_desktop.domain.values import Account
from signalos_desktop.engine.bus import EventBus
from signalos_desktop.engine.events import Alarm, StateChanged
from signalos_desktop.engine.stop_words import TRAY
from signalos_desktop.ui.actions import Actions
from signalos_desktop.ui.bell import Bell
from signalos_desktop.ui.main_window import MainWindow
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.tray import Tray
from signalos_desktop.ui.viewmodels.alarms import STEPS
from signalos_desktop.ui.widgets.account_button import AccountButton
from tests.gui.panel_samples import ACCOUNT, account_changed, opened, position

OTHER = Account(7, "Other-Live")


def window_of(theme: Theme, qtbot: QtBot) -> tuple[MainWindow, EventBus, Actions]:
    bus, actions = EventBus(), Actions()
    window = MainWindow(theme, bus, actions, SystemClock())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window, bus, actions


def stopped(**changes: object) -> StateChanged:
    event = StateChanged(
        ACCOUNT, TradingState.STOPPED_NOT_FLAT, frozenset(), 1, 0, 0, StopLevel.HALT, "", ()
    )
    return replace(event, **changes)  # type: ignore[arg-type] # fields by name


def test_an_alarm_rings_at_once_and_again_while_it_is_pressing(qtbot: QtBot) -> None:
    rung: list[int] = []
    window, pressing = QWidget(), [False]
    qtbot.addWidget(window)
    bell = Bell(window, lambda: pressing[0], lambda: rung.append(1))
    bell.alarm()
    bell.again()
    assert len(rung) == 1
    pressing[0] = True
    bell.again()
    assert len(rung) == 2
    bell.on = False
    bell.alarm()
    assert len(rung) == 2


@pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")
def test_the_tray_stops_pauses_and_says_the_scope(qtbot: QtBot, theme: Theme) -> None:
    presses: list[str] = []
    window, actions = QWidget(), Actions(press_stop=presses.append)
    qtbot.addWidget(window)
    tray = Tray(theme, window, actions)
    tray.refresh(TradingState.RUNNING, "close 3 positions (ours)")
    assert tray.stop.text() == "EMERGENCY STOP: close 3 positions (ours)"
    assert "RUNNING" in tray.icon.toolTip()
    with qtbot.waitSignal(actions.stop_pressed):
        tray.stop.trigger()
    assert presses == [TRAY]
    tray.refresh(TradingState.PAUSED, "nothing open")
    assert not tray.pause.isEnabled()
    tray.show_window.trigger()
    assert window.isVisible()
    tray.alarm([Alarm(None, "EA_SILENT", "the EA is silent", "look at MT5")])
    tray.remove()
    assert not tray.icon.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_another_account_is_chosen_from_the_strip(qtbot: QtBot, theme: Theme) -> None:
    button = AccountButton(theme)
    qtbot.addWidget(button)
    button.set_accounts([ACCOUNT], ACCOUNT)
    button.click()
    assert button.menu is None
    button.set_accounts([ACCOUNT, OTHER], ACCOUNT)
    assert "one of 2" in button.accessibleName()
    button.click()
    assert button.menu is not None
    with qtbot.waitSignal(button.chosen) as chosen:
        button.menu.actions()[1].trigger()
    assert chosen.args == [OTHER]


def test_the_window_is_about_the_account_that_was_chosen(qtbot: QtBot, theme: Theme) -> None:
    window, bus, actions = window_of(theme, qtbot)
    bus.publish(account_changed())
    other = account_changed(equity="77.00").state
    bus.publish(type(account_changed())(replace(other, account=OTHER)))
    window.refresh()
    assert actions.account == ACCOUNT
    window.strip.account_chosen.emit(OTHER)
    assert actions.account == OTHER
    assert str(OTHER) in window.strip.account.accessibleName()


def test_quitting_with_something_open_asks_once_and_by_default_stays(
    qtbot: QtBot, theme: Theme
) -> None:
    window, bus, _ = window_of(theme, qtbot)
    left: list[bool] = []
    window.closing.connect(lambda: left.append(True))
    bus.publish(opened(position()))
    window.close()
    window.close()
    [toast] = window.toasts.shown()
    assert "1 position" in toast.text
    assert (window.isVisible(), left) == (True, [])
    window.toasts.acted.emit(toast.key)
    assert left == [True]


def test_the_summary_of_a_resume_names_what_is_still_open(qtbot: QtBot, theme: Theme) -> None:
    window, bus, _ = window_of(theme, qtbot)
    bus.publish(account_changed())
    bus.publish(opened(position(7)))
    bus.publish(stopped())
    window.refresh()
    window.strip.resume_begun.emit()
    summary = window.summary
    assert summary.isVisible()
    assert str(ACCOUNT) in summary.accessibleName()
    assert summary.by_hand == frozenset()
    summary.checks[7].click()
    window.refresh()
    assert summary.by_hand == {7}
    QTest.keyClick(summary, Qt.Key.Key_Escape)
    assert summary.isHidden()


def test_many_leftovers_are_ticked_together(qtbot: QtBot, theme: Theme) -> None:
    window, bus, _ = window_of(theme, qtbot)
    bus.publish(account_changed())
    for ticket in range(1, 13):
        bus.publish(opened(position(ticket)))
    bus.publish(stopped())
    window.strip.resume_begun.emit()
    rest = window.summary.rest
    assert rest is not None
    rest.click()
    assert window.summary.by_hand == {9, 10, 11, 12}


def test_the_brokers_phone_stands_in_the_alarms_that_need_it(qtbot: QtBot, theme: Theme) -> None:
    window, bus, _ = window_of(theme, qtbot)
    alarms = window.views.alarms
    alarms.broker_phone = "+44 20 7946 0000"
    bus.publish(Alarm(ACCOUNT, "NOT_FLAT_EA_SILENT", "still open", "close by hand"))
    bus.publish(Alarm(ACCOUNT, "SPREAD", "wide", "wait"))
    texts = {n.title: n.text for n in alarms.notices(None, str)}
    assert "7946" in texts["Still open"]
    assert "7946" not in texts["Wide"]
    assert alarms.pressing


def test_an_alarm_stands_on_every_page_and_leads_to_the_proof(qtbot: QtBot, theme: Theme) -> None:
    window, bus, _ = window_of(theme, qtbot)
    window.add_page("other", "info", "Another page", QWidget)
    window.open_page("other")
    bus.publish(Alarm(ACCOUNT, "STOP_NOT_DELIVERED", "no flag", "press Algo Trading"))
    window.refresh()
    assert [banner.isVisible() for banner in window.banners.banners] == [True]
    assert (
        window.banners.mapTo(window, window.banners.rect().topLeft()).y() >= window.strip.height()
    )
    assert not window.desk.isVisible()

    window.banners.proof_wanted.emit()
    assert window.desk.isVisible()

    window.add_page("runbook", "info", "What to do when", QWidget)
    window.banners.act(STEPS)
    assert window.pages.currentWidget() is window.page("runbook")
