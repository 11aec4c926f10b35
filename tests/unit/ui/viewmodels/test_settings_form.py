"""The settings as a form: all of them, found by words, changed together."""

from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.viewmodels.settings_form import SettingsForm, title_of


def test_every_declared_setting_has_a_line_in_a_group() -> None:
    form = SettingsForm(Settings())
    assert [line.key for line in form.lines()] == [setting.key for setting in Settings()]
    assert {line.group for line in form.lines()} == set(form.groups())


def test_a_value_out_of_range_is_told_with_what_is_allowed() -> None:
    form = SettingsForm(Settings())
    assert form.type("risk.percent", "200") == "allowed: 0.01-5"
    assert form.errors() == {"risk.percent": "allowed: 0.01-5"}
    assert form.type("risk.percent", "2") == ""
    assert form.changes() == {"risk.percent": "2"}
    assert form.changed_in("Risk rules") == 1


def test_the_value_that_is_in_force_is_no_change() -> None:
    form = SettingsForm(Settings())
    form.type("risk.percent", "2")
    form.type("risk.percent", f"{form.settings.shown('risk.percent')}.0")
    assert form.changes() == {}


def test_a_default_can_be_brought_back() -> None:
    form = SettingsForm(Settings({"magic": 7}))
    assert form.reset_to_default("magic") == "4400000"
    assert form.changes() == {"magic": "4400000"}
    form.discard()
    assert form.value("magic") == "7"


def test_settings_are_found_by_key_and_by_help() -> None:
    lines = list(SettingsForm(Settings()).lines())
    assert "risk.max_daily_loss_percent" in {ln.key for ln in lines if ln.found_by("daily LOSS")}
    assert not [line for line in lines if line.found_by("no such thing")]


def test_titles_are_words() -> None:
    assert title_of("risk.max_open_risk_percent") == "Max open risk percent"
    assert title_of("risk.duplicate_window_min") == "Duplicate window minutes"
    assert title_of("risk.min_confidence") == "Min confidence"
