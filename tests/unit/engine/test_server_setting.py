"""The setting server.url: kept as one spelling, and never an address that tells the token."""

import pytest

from signalos_desktop.engine.setting_kinds import SettingInvalidError
from signalos_desktop.engine.settings import Settings


def test_it_is_kept_in_one_spelling() -> None:
    assert Settings().text("server.url") == ""
    settings = Settings().with_change("server.url", " HTTPS://SignalOS.Example:443/ ")
    assert settings.text("server.url") == "https://signalos.example"
    assert Settings.from_stored(settings.explicit) == settings
    assert settings.with_change("server.url", "").text("server.url") == ""


@pytest.mark.parametrize("value", ["http://signalos.example", "https://me:pa55@x", "\u0000", 5])
def test_what_is_no_address_is_refused(value: object) -> None:
    with pytest.raises(SettingInvalidError, match=r"server\.url") as caught:
        Settings().with_change("server.url", value)
    assert "pa55" not in str(caught.value)
    with pytest.raises(SettingInvalidError):
        Settings.from_stored({"server.url": value})
