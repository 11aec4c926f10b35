"""The form of a provider: own and inherited values, errors with key, value and range, trust."""

import pytest

from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.viewmodels.providers import READ, TAKEN, ProviderForm, provider_note

OWN = Settings().with_changes({"provider.Gold.trust": "auto", "provider.Gold.alert_window_s": 60})


def test_every_field_says_whether_it_is_its_own() -> None:
    lines = {line.field: line for line in ProviderForm(OWN, "Gold").lines()}
    assert (lines["trust"].value, lines["trust"].origin) == ("auto", "its own")
    assert lines["zone"].origin == "as for all (entry.zone)"
    assert lines["symbol"].origin == "not set"
    assert {line.group for line in lines.values()} == {TAKEN, READ}
    assert ProviderForm(OWN, "Gold").own_fields() == ("trust", "alert_window_s")
    assert ProviderForm(OWN, "Gold").inherited("alert_window_s") == "300"


def test_a_wrong_value_names_key_value_and_range_and_is_no_change_to_save() -> None:
    form = ProviderForm(OWN, "Gold")
    form.type("alert_window_s", "9999")
    assert form.errors() == {
        "alert_window_s": "provider.Gold.alert_window_s = 9999, allowed 0-3600"
    }
    form.type("alert_window_s", "60")
    assert form.changes() == {}
    form.type("words", "shield=nonsense")
    assert "shield=nonsense" in form.errors()["words"]
    form.forget("words")
    assert form.errors() == {}


def test_what_is_typed_stays_when_other_settings_come_into_force() -> None:
    form = ProviderForm(OWN, "Gold")
    form.type("zone", "middle")
    form.type("edits", "ask")
    form.take_settings(OWN.with_change("provider.Gold.edits", "ask"))
    assert form.changes() == {"zone": "middle"}


def test_trust_is_told_in_words_and_observe_for_all_is_above_it() -> None:
    form = ProviderForm(OWN, "Gold")
    assert form.trust_words == "Auto: what passes every rule is sent without you"
    form.type("trust", "confirm")
    assert form.trust_words.startswith("Once saved, Confirm")
    held = ProviderForm(OWN.with_change("autonomy", "observe"), "Gold")
    assert held.trust_words.startswith("Observe")
    assert "holds for every provider" in held.trust_words
    assert provider_note(OWN, "Gold") == "Auto, 2 of its own"
    assert provider_note(OWN, "Other") == "Confirm, as for all"


@pytest.mark.parametrize("name", ["", " Gold", "x" * 81, "a\nb"])
def test_a_name_that_cannot_have_settings_is_refused(name: str) -> None:
    with pytest.raises(SettingInvalidError, match=r"provider|setting"):
        list(ProviderForm(OWN, name).lines())
