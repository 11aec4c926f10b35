"""Fields, switches, segments and lists: what is typed, what is refused, what is said of it."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.choices import Combo, Segmented, Switch
from signalos_desktop.ui.widgets.inputs import Field, NumberField, SettingRow
from signalos_desktop.ui.widgets.text import Text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def risk(theme: Theme, qtbot: QtBot) -> NumberField:
    field = NumberField(theme, "Risk per trade", low=Decimal("0.05"), high=Decimal(5), unit="%")
    qtbot.addWidget(field)
    field.set_value(Decimal("1.00"))
    field.show()
    return field


def type_into(field: Field, text: str, qtbot: QtBot) -> None:
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2.5", "2.5"), ("2,5", "2.5"), (" 0.05", "0.05"), ("5", "5"), ("+3", "3")],
)
def test_a_number_in_the_range_is_taken(
    risk: NumberField, qtbot: QtBot, text: str, value: str
) -> None:
    with qtbot.waitSignal(risk.changed) as changed:
        type_into(risk, text, qtbot)

    assert changed.args == [Decimal(value)]
    assert risk.value() == Decimal(value)
    assert risk.error == ""


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("7", "at most 5"),
        ("0.04", "at least 0.05"),
        ("abc", "Enter a number from 0.05 to 5"),
        ("1e3", "Enter a number from 0.05 to 5"),
        ("1.2.3", "Enter a number from 0.05 to 5"),
        ("NaN", "Enter a number from 0.05 to 5"),
        ("-1", "at least 0.05"),
    ],
)
def test_anything_else_is_refused_in_words(
    risk: NumberField, qtbot: QtBot, text: str, error: str
) -> None:
    with qtbot.assertNotEmitted(risk.changed):
        type_into(risk, text, qtbot)

    assert risk.value() is None
    assert risk.error == error
    assert risk.line.accessibleDescription() == error


def test_the_range_is_said_until_there_is_an_error(risk: NumberField, qtbot: QtBot) -> None:
    assert risk.line.accessibleDescription() == "0.05 to 5"
    type_into(risk, "9", qtbot)
    type_into(risk, "3", qtbot)

    assert risk.line.accessibleDescription() == "0.05 to 5"
    assert risk.line.accessibleName() == "Risk per trade, %"


def test_what_did_not_change_is_not_sent_again(risk: NumberField, qtbot: QtBot) -> None:
    type_into(risk, "2", qtbot)
    with qtbot.assertNotEmitted(risk.changed):
        qtbot.keyClick(risk.line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("low", "high", "hint"), [(None, Decimal(50), "up to 50"), (Decimal(1), None, "from 1")]
)
def test_half_open_ranges(
    theme: Theme, qtbot: QtBot, low: Decimal | None, high: Decimal | None, hint: str
) -> None:
    field = NumberField(theme, "Volume", low=low, high=high)
    qtbot.addWidget(field)
    field.set_text("x")

    assert field.error == "Enter a number"
    field.set_value(Decimal(7))
    assert field.line.accessibleDescription() == hint


def test_a_server_may_refuse_what_the_field_took(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Server", hint="https://host", width=200, placeholder="address")
    qtbot.addWidget(field)
    field.show_error("this host does not answer: check the address")
    assert field.box.error

    qtbot.keyClicks(field.line, "h")
    assert not field.box.error
    assert field.text() == "h"


def test_a_switch_toggles_by_mouse_and_by_space(theme: Theme, qtbot: QtBot) -> None:
    switch = Switch(theme, "News filter")
    qtbot.addWidget(switch)
    qtbot.mouseClick(switch, LEFT)
    assert switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)

    assert not switch.isChecked()
    assert switch.accessibleName() == "News filter"


def test_a_segment_is_chosen_by_the_user_only(theme: Theme, qtbot: QtBot) -> None:
    made = Segmented(theme, ("M1", "M5", "H1"), "M5", "Timeframe")
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.chosen):
        made.set_current("M1")
    with qtbot.waitSignal(made.chosen) as chosen:
        qtbot.mouseClick(made.childAt(made.width() - 10, 12), LEFT)

    assert (chosen.args, made.current) == (["H1"], "H1")


def test_the_wheel_over_a_list_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    combo = Combo(theme, ("FTMO 2-step", "Own"), "Formula")
    qtbot.addWidget(combo)
    combo.show()
    spot = QPointF(10, 10)
    turned = QWheelEvent(
        spot, spot, QPoint(), QPoint(0, -120), LEFT, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turned)

    assert combo.currentText() == "FTMO 2-step"


def test_a_setting_shows_its_help(theme: Theme, qtbot: QtBot) -> None:
    volume = NumberField(theme, "Volume")
    setting = SettingRow(theme, "Volume", "Rounded down, never up.", volume, Switch(theme, "On"))
    qtbot.addWidget(setting)
    setting.show()

    shown = {label.text() for label in setting.findChildren(Text) if label.isVisible()}
    assert {"Volume", "Rounded down, never up."} <= shown
