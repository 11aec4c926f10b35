"""The settings of the panel itself: its look, what it asks before it acts, its keys, its alarms."""

from signalos_desktop.engine.setting_kinds import Setting, SettingKind

# Action -> its usual keys and what they do; the order decides who keeps keys that stand twice.
HOTKEYS: dict[str, tuple[str, str]] = {
    "stop": ("Ctrl+Shift+Pause", "emergency stop, everywhere in the panel"),
    "pause": ("Pause", "pause entries, everywhere in the panel"),
    "paste": ("F9", "go to the box where a signal is pasted, as a new order in MetaTrader 5"),
    "breakeven": ("Ctrl+Alt+B", "S/L of the selected position to its entry"),
    "close_25": ("Ctrl+Alt+1", "close 25 % of the selected position"),
    "close_50": ("Ctrl+Alt+2", "close 50 % of the selected position"),
    "close_75": ("Ctrl+Alt+3", "close 75 % of the selected position"),
    "close_100": ("Ctrl+Alt+4", "close the selected position"),
}


def _choice(key: str, choices: tuple[str, ...], text: str) -> Setting:
    """A choice; the first one is the default."""
    return Setting(key, SettingKind.CHOICE, choices[0], text, choices=choices)


def _switch(key: str, text: str, *, on: bool) -> Setting:
    return Setting(key, SettingKind.BOOLEAN, on, text)


PANEL_SETTINGS: tuple[Setting, ...] = (
    _choice("panel.theme", ("system", "dark", "light"), "colours of the panel"),
    _choice(
        "panel.colours",
        ("usual", "colour-blind", "red-up"),
        "profit green and loss red, a set for the colour-blind, or profit red and loss green",
    ),
    _switch("panel.reduced_motion", "nothing in the panel moves or pulses by itself", on=False),
    _switch("panel.confirm_fire", "FIRE asks once more before the order is sent", on=True),
    _switch("panel.confirm_close", "closing a ticket, or a part of it, asks once more", on=True),
    _switch("panel.sound", "alarms sound", on=True),
    Setting(
        "panel.broker_phone",
        SettingKind.TEXT,
        "",
        "phone number of your broker, shown in the alarms that you need it for",
    ),
    *(
        Setting(f"hotkey.{action}", SettingKind.TEXT, keys, f"keys: {text}; empty = none")
        for action, (keys, text) in HOTKEYS.items()
    ),
)
