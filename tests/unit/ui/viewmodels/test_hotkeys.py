"""Keys as the settings write them: what can be used, who keeps keys that stand twice."""

import pytest

from signalos_desktop.engine.setting_panel import HOTKEYS
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.viewmodels.hotkeys import BadKeysError, assign, read_keys
from signalos_desktop.ui.viewmodels.panel_settings import read_panel_settings
from signalos_desktop.ui.viewmodels.settings_form import SettingsForm


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ctrl + SHIFT+pause", "Ctrl+Shift+Pause"),
        ("F9", "F9"),
        ("Shift+f1", "Shift+F1"),
        ("Ctrl+Alt+b", "Ctrl+Alt+B"),
        ("Ctrl+Break", "Ctrl+Pause"),
        ("Alt+7", "Alt+7"),
    ],
)
def test_keys_are_read_as_people_write_them(text: str, keys: str) -> None:
    assert str(read_keys(text)) == keys


@pytest.mark.parametrize(
    "text", ["B", "Shift+B", "Ctrl+C", "Ctrl+", "Hyper+B", "Ctrl+ä", "F13", "", "Ctrl+Enter"]
)
def test_keys_that_would_be_typed_or_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadKeysError):
        read_keys(text)


def test_the_usual_keys_do_not_stand_in_each_others_way() -> None:
    usual = assign({})
    assert usual.problems == ()
    assert set(usual.actions.values()) == set(HOTKEYS)


def test_keys_that_stand_twice_stay_with_the_first_and_that_is_said() -> None:
    found = assign({"breakeven": "Pause"})
    assert found.keys_of("pause") == "Pause"
    assert found.keys_of("breakeven") == ""
    assert found.problems == ("hotkey.breakeven = Pause: these keys are for pause already",)


@pytest.mark.parametrize("text", ["", "rubbish", "S"])
def test_the_stop_never_loses_its_keys(text: str) -> None:
    found = assign({"stop": text})
    assert found.keys_of("stop") == "Ctrl+Shift+Pause"
    assert len(found.problems) == 1


def test_an_action_can_go_without_keys() -> None:
    found = assign({"close_25": ""})
    assert found.keys_of("close_25") == ""
    assert found.problems == ()


def test_the_settings_page_says_which_keys_are_taken() -> None:
    form = SettingsForm(Settings())
    assert "Ctrl or Alt" in form.type("hotkey.breakeven", "B")
    assert form.type("hotkey.breakeven", "F9") == "F9 is for paste already: choose others"
    assert form.type("hotkey.breakeven", "F8") == ""
    assert form.type("hotkey.paste", "F8") == "F8 is for breakeven already: choose others"
    assert form.type("hotkey.paste", "") == ""


def test_the_panels_settings_are_read_from_the_declared_ones() -> None:
    settings = Settings({"stop.scope": "account", "panel.theme": "light"})
    found = read_panel_settings(settings)
    assert (found.theme, found.whole_account, found.confirm_fire) == ("light", True, True)
    assert found.hotkeys.keys_of("paste") == "F9"
