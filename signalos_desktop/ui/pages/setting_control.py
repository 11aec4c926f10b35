"""The control of one setting, made from its declaration: a list, a switch, a field."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from signalos_desktop.engine.setting_kinds import Setting, SettingKind
from signalos_desktop.ui.theme.theme import Theme
from signalos_desktop.ui.widgets.choices import Combo, Switch
from signalos_desktop.ui.widgets.inputs import Field

_NUMBERS = (SettingKind.DECIMAL, SettingKind.INTEGER)
NUMBER_WIDTH, TEXT_WIDTH = 120, 240


def make_control(
    theme: Theme,
    setting: Setting,
    title: str,
    value: str,
    check: Callable[[str], str],
    typed: Callable[[str], None],
) -> QWidget:
    """value: as a person types it. check: what is wrong with a text, in words, or empty."""
    if setting.kind is SettingKind.CHOICE:
        combo = Combo(theme, setting.choices, title, width=TEXT_WIDTH)
        combo.setCurrentText(value)
        combo.currentTextChanged.connect(typed)
        return combo
    if setting.kind is SettingKind.BOOLEAN:
        switch = Switch(theme, title, on=value == "true")
        switch.toggled.connect(lambda on: typed("true" if on else "false"))
        return switch
    number = setting.kind in _NUMBERS
    field = Field(
        theme,
        title,
        unit=setting.unit,
        hint=setting.allowed,
        width=NUMBER_WIDTH if number else TEXT_WIDTH,
        check=check,
    )
    if number:
        field.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    field.setFixedWidth(TEXT_WIDTH)
    field.set_text(value)
    field.line.setCursorPosition(0)
    field.edited.connect(typed)
    return field
