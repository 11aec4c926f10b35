"""The economic calendar as a file that the user puts there and renews."""

import os
import stat
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from signalos_desktop.domain.news import Calendar, CalendarError, read_calendar

LARGEST = 4 << 20


class NewsFile:
    """Implements engine.news.CalendarSource."""

    def read(self, path: str, zone: str) -> Calendar:
        try:
            kind = os.stat(path)
            if not stat.S_ISREG(kind.st_mode):
                return Calendar(problem=f"{path} is no file")
            if kind.st_size > LARGEST:
                return Calendar(problem=f"{path} has {kind.st_size} bytes, allowed {LARGEST}")
            with open(path, "rb") as file:
                text = file.read(LARGEST + 1).decode("utf-8")
            events = read_calendar(text, ZoneInfo(zone or "UTC"))
        except OSError as error:
            return Calendar(problem=f"{path} cannot be read ({error.strerror})")
        except UnicodeDecodeError as error:
            return Calendar(problem=f"{path} is not UTF-8 text (byte {error.start})")
        except CalendarError as error:
            return Calendar(problem=f"{path}: {error}")
        return Calendar(events, datetime.fromtimestamp(kind.st_mtime, UTC))
