"""What the settings say about the panel itself, read once and handed to who needs it."""

from dataclasses import dataclass

from signalos_desktop.engine.setting_panel import HOTKEYS
from signalos_desktop.engine.settings import Settings
from signalos_desktop.ui.viewmodels.hotkeys import Hotkeys, assign


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """theme and colours as the settings write them; whole_account: what the stop closes."""

    theme: str
    colours: str
    reduced_motion: bool
    confirm_fire: bool
    confirm_close: bool
    sound: bool
    broker_phone: str
    whole_account: bool
    hotkeys: Hotkeys


def read_panel_settings(settings: Settings) -> PanelSettings:
    return PanelSettings(
        theme=settings.text("panel.theme"),
        colours=settings.text("panel.colours"),
        reduced_motion=settings.boolean("panel.reduced_motion"),
        confirm_fire=settings.boolean("panel.confirm_fire"),
        confirm_close=settings.boolean("panel.confirm_close"),
        sound=settings.boolean("panel.sound"),
        broker_phone=settings.text("panel.broker_phone"),
        whole_account=settings.text("stop.scope") == "account",
        hotkeys=assign({action: settings.text(f"hotkey.{action}") for action in HOTKEYS}),
    )
