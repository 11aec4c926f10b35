"""Whether a newer version exists, if this build has a feed and the user wants to know."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from signalos_desktop import __version__
from signalos_desktop.adapters.clock import SystemClock
from signalos_desktop.adapters.server.tls import tls_context
from signalos_desktop.adapters.settings_file import SettingsFile
from signalos_desktop.adapters.updates import ReleaseFeed, UpdatesFailedError, read_channel
from signalos_desktop.app.installation import shipped
from signalos_desktop.app.paths import DataFolder

SETTING = "updates.check"


@dataclass(frozen=True, slots=True)
class UpdateAnswer:
    """newer: the version, empty if there is none or nobody knows. page: to be opened on a click."""

    ok: bool
    text: str
    newer: str = ""
    notes: str = ""
    page: str = ""


async def check_for_update(data: DataFolder, channel_file: Path | None = None) -> UpdateAnswer:
    """Asks nobody if the setting is off or the build has no feed; blocks for moments only."""
    if not SettingsFile(data.root).load().settings.boolean(SETTING):
        return UpdateAnswer(True, f"not asked: {SETTING} is off")
    try:
        channel = read_channel(channel_file or shipped("resources") / "updates.json")
        if channel is None:
            return UpdateAnswer(True, "not asked: this build has no feed of releases")
        news = await ReleaseFeed(channel, __version__, SystemClock(), cache(tls_context)).look()
    except UpdatesFailedError as failure:
        return UpdateAnswer(False, str(failure))
    if news is None:
        return UpdateAnswer(True, f"{__version__} is the newest version")
    text = f"version {news.version} is out, this is {__version__}"
    return UpdateAnswer(True, text, news.version, news.notes, channel.page)
