"""The controls of the strip: stop, hold, pause, badges, headroom."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.domain.trading_state import TradingState
from signalos_desktop.ui.theme.density import COMPACT
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.badges import ModeBadge, StateWord
from signalos_desktop.ui.widgets.headroom import Headroom, HeadroomBar
from signalos_desktop.ui.widgets.stop_button import StopButton, StopPhase
from signalos_desktop.ui.widgets.strip_buttons import (
    FALL_S,
    HOLD_S,
    HoldButton,
    PauseButton,
    UndoButton,
)

LEFT = Qt.MouseButton.LeftButton


class Clock:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stop(theme: Theme, qtbot: QtBot) -> StopButton:
    button = StopButton(theme)
    qtbot.addWidget(button)
    button.show()
    return button


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hold(theme: Theme, qtbot: QtBot, clock: Clock) -> HoldButton:
    button = HoldButton(theme, clock=clock)
    qtbot.addWidget(button)
    button.show()
    return button


def pass_time(hold: HoldButton, clock: Clock, seconds: float) -> None:
    clock.now += seconds
    hold.advance()


def test_the_stop_acts_when_it_goes_down(stop: StopButton, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stop.stop_pressed):
        qtbot.mousePress(stop, LEFT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_stop_acts_on_a_key(stop: StopButton, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(stop.stop_pressed):
        qtbot.keyPress(stop, key)


def test_a_screen_reader_can_press_the_stop(stop: StopButton, qtbot: QtBot) -> None:
    actions = QAccessible.queryAccessibleInterface(stop).actionInterface()
    with qtbot.waitSignal(stop.stop_pressed):
        actions.doAction(QAccessibleActionInterface.pressAction())


def test_the_stop_can_not_be_disabled(stop: StopButton, qtbot: QtBot) -> None:
    stop.setEnabled(False)
    stop.setDisabled(True)

    assert stop.isEnabled()
    with qtbot.waitSignal(stop.stop_pressed):
        qtbot.mousePress(stop, LEFT)


@pytest.mark.parametrize("phase", list(StopPhase))
def test_a_second_stop_is_sent_in_every_phase(
    stop: StopButton, qtbot: QtBot, phase: StopPhase
) -> None:
    if phase is StopPhase.STOPPING:
        stop.set_stopping(2, 9)
    elif phase is not StopPhase.READY:
        stop.set_stopped(flat=phase is StopPhase.STOPPED, note="checked")

    assert stop.phase is phase
    with qtbot.waitSignal(stop.stop_pressed):
        qtbot.mousePress(stop, LEFT)


@pytest.mark.parametrize(
    ("positions", "orders", "whole", "scope"),
    [
        (6, 3, False, "close 6 positions + 3 orders (ours)"),
        (1, 0, False, "close 1 position (ours)"),
        (0, 1, True, "close 1 order (whole account)"),
        (0, 0, False, "nothing open, locks entries"),
        (None, 3, False, "close everything open (ours)"),
    ],
)
def test_the_stop_says_what_it_closes(
    stop: StopButton, positions: int | None, orders: int | None, whole: bool, scope: str
) -> None:
    stop.set_scope(positions, orders, whole_account=whole)

    assert stop.scope == scope
    assert scope in stop.accessibleName()


def test_where_it_is_narrow_only_the_usual_scope_is_left_out(
    stop: StopButton, theme: Theme
) -> None:
    theme.set_density(COMPACT)

    stop.set_scope(6, 3)
    assert stop.scope == "close 6 positions + 3 orders"
    stop.set_scope(6, 3, whole_account=True)
    assert stop.scope.endswith("(whole account)")


def test_the_stop_is_as_wide_as_its_words(stop: StopButton) -> None:
    stop.set_scope(6, 3)
    short = stop.sizeHint().width()
    stop.set_scope(6000, 3000, whole_account=True)

    assert stop.sizeHint().width() > short
    assert stop.sizeHint().height() == 44


def test_holding_two_seconds_completes_once(hold: HoldButton, clock: Clock, qtbot: QtBot) -> None:
    qtbot.mousePress(hold, LEFT)
    with qtbot.assertNotEmitted(hold.completed):
        pass_time(hold, clock, HOLD_S - 0.1)
    assert hold.sub_text() == "keep holding 0.1 s"

    with qtbot.waitSignal(hold.completed):
        pass_time(hold, clock, 0.2)
    with qtbot.assertNotEmitted(hold.completed):
        pass_time(hold, clock, 10)
        qtbot.mouseRelease(hold, LEFT)


def test_letting_go_empties_it(hold: HoldButton, clock: Clock, qtbot: QtBot) -> None:
    qtbot.mousePress(hold, LEFT)
    pass_time(hold, clock, 1.0)
    with qtbot.assertNotEmitted(hold.completed):
        qtbot.mouseRelease(hold, LEFT)
        pass_time(hold, clock, FALL_S)

    assert hold.progress == 0
    assert hold.sub_text() == "hold 2 s"


def test_space_holds_and_enter_does_nothing(hold: HoldButton, clock: Clock, qtbot: QtBot) -> None:
    qtbot.keyPress(hold, Qt.Key.Key_Return)
    pass_time(hold, clock, 3)
    assert hold.progress == 0

    qtbot.keyPress(hold, Qt.Key.Key_Space)
    with qtbot.waitSignal(hold.completed):
        pass_time(hold, clock, HOLD_S)


def test_losing_the_focus_lets_go(hold: HoldButton, clock: Clock, qtbot: QtBot) -> None:
    qtbot.keyPress(hold, Qt.Key.Key_Space)
    pass_time(hold, clock, 1.5)
    QApplication.sendEvent(hold, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))

    with qtbot.assertNotEmitted(hold.completed):
        pass_time(hold, clock, 2)
    assert hold.progress == 0


def test_a_blocked_hold_says_why_and_never_completes(
    hold: HoldButton, clock: Clock, qtbot: QtBot
) -> None:
    qtbot.mousePress(hold, LEFT)
    pass_time(hold, clock, 1.5)
    hold.block("EA must answer")

    with qtbot.assertNotEmitted(hold.completed):
        pass_time(hold, clock, 5)
    assert hold.sub_text() == "EA must answer"
    assert "EA must answer" in hold.accessibleName()

    hold.unblock()
    assert hold.isEnabled()
    assert hold.sub_text() == "hold 2 s"


def test_holding_changes_no_width(hold: HoldButton, clock: Clock, qtbot: QtBot) -> None:
    before = hold.sizeHint()
    qtbot.mousePress(hold, LEFT)
    pass_time(hold, clock, 0.8)

    assert hold.sizeHint() == before


def test_pause_is_one_click(theme: Theme, qtbot: QtBot) -> None:
    pause = PauseButton(theme)
    qtbot.addWidget(pause)

    with qtbot.waitSignal(pause.clicked):
        qtbot.mouseClick(pause, LEFT)
    assert pause.sizeHint().height() >= 44


def test_a_double_click_on_pause_does_not_undo_it(theme: Theme, qtbot: QtBot) -> None:
    undo = UndoButton(theme)
    qtbot.addWidget(undo)
    undo.show()
    with qtbot.assertNotEmitted(undo.undone):
        qtbot.mouseClick(undo, LEFT)

    undo.deaf.stop()
    with qtbot.waitSignal(undo.undone):
        qtbot.mouseClick(undo, LEFT)


@pytest.mark.parametrize(
    ("live", "name"),
    [(True, "Live account"), (False, "Demo account"), (None, "Account type not known yet")],
)
def test_the_badge_is_named(theme: Theme, qtbot: QtBot, live: bool | None, name: str) -> None:
    badge = ModeBadge(theme, live=live)
    qtbot.addWidget(badge)

    assert badge.accessibleName() == name


@pytest.mark.parametrize("state", list(TradingState))
def test_every_state_has_its_word(theme: Theme, qtbot: QtBot, state: TradingState) -> None:
    word = StateWord(theme)
    qtbot.addWidget(word)
    word.set_state(state)

    said = word.accessibleName().replace(", ", "_")
    assert said.endswith(state.name.replace("STOPPED_NOT_FLAT", "STOPPED_NOT FLAT"))


@pytest.mark.parametrize(
    "room",
    [
        None,
        Headroom(Decimal(510), Decimal(122), Decimal(177), Decimal(36)),
        Headroom(Decimal(900), Decimal(0), Decimal(-60), Decimal(36)),
        Headroom(Decimal(0), Decimal(0), Decimal(0), Decimal(0)),
    ],
)
def test_headroom_is_said_in_figures(theme: Theme, qtbot: QtBot, room: Headroom | None) -> None:
    bar = HeadroomBar(theme)
    qtbot.addWidget(bar)
    bar.set_room(room)
    bar.grab()

    assert ("not known" in bar.accessibleName()) is (room is None)
    if room is not None and room.left < 0:
        assert "left \u221260.00" in bar.accessibleName()
